"""Records weighed: with each, how well it is established and from when on it was known."""

from __future__ import annotations

import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.evidence import assess
from mapapp.timeline.reporting import Reporting


def weighed(records: pd.DataFrame, situation: Situation, days: Reporting, table: str) -> pd.DataFrame:
    """Add to events or figures what is not on record but follows from it.

    Parameters
    ----------
    records : DataFrame
        The events or figures of the situation.
    situation : Situation
        Its sources and actors.
    days : Reporting
        See `reporting.reporting`.
    table : str
        `events` or `figures`.

    Returns
    -------
    DataFrame
        With `standing` (rung of the claim ladder) and `independent` (number of independent sources, see
        `evidence.assess`), `known_on` and `known_by` (see `reporting.Reporting`).
    """
    more: pd.DataFrame = getattr(days, table)
    return records.join(assess(records, situation.sources, situation.actors)).join(more)
