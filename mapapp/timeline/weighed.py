"""Records weighed: with each, how well it is established and from when on it was known."""

from __future__ import annotations

import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.evidence import assess
from mapapp.timeline.reporting import Reporting
from mapapp.timeline.unchanged import Whole


def weighed(
    records: pd.DataFrame, situation: Situation, days: Reporting, table: str, whole: Whole | None = None
) -> pd.DataFrame:
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
    whole : Whole, optional
        Where these are the records of a look back: all of them, weighed.

    Returns
    -------
    DataFrame
        With `standing` (rung of the claim ladder) and `independent` (number of independent sources, see
        `evidence.assess`), `known_on` and `known_by` (see `reporting.Reporting`).
    """
    more: pd.DataFrame = getattr(days, table)
    return pd.concat([records, assess(records, situation.sources, situation.actors, whole), more], axis=1)
