"""Records weighed: with each, how well it is established and from when on it was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from mapapp.situation.situation import Situation
from mapapp.timeline.evidence import GRADED_BY, assessed
from mapapp.timeline.records import Record, frame, plain_records
from mapapp.timeline.reporting import DATED_BY, first_known
from mapapp.timeline.unchanged import Again, Whole

SourceDays = Mapping[str, int]
WEIGHED_BY = {*GRADED_BY, *DATED_BY["events"], *DATED_BY["figures"]}
"""The columns of events and figures that say how they are weighed."""


class Weighed(Protocol):
    """Events or figures, weighed."""

    @property
    def table(self) -> pd.DataFrame:
        """As a table."""

    @property
    def records(self) -> list[Record]:
        """As plain records (see `records.plain_records`)."""


@dataclass(frozen=True, eq=False)
class AllWeighed:
    """All that are on record; see `Weighed`."""

    table: pd.DataFrame

    @property
    def records(self) -> list[Record]:
        """As plain records."""
        return plain_records(self.table)


def weighed(situation: Situation, table: str, joined: Mapping[str, Any], days: SourceDays) -> AllWeighed:
    """Add to events or figures what is not on record but follows from it.

    Parameters
    ----------
    situation : Situation
        Its records, sources and actors.
    table : str
        `events` or `figures`.
    joined : mapping
        For events, where they happened (see `joins.joins`); else empty.
    days : mapping
        See `reporting.source_days`.

    Returns
    -------
    AllWeighed
        With `standing` (rung of the claim ladder) and `independent` (number of independent sources, see
        `evidence.assess`), `known_on` and `known_by` (see `reporting.Reporting`).
    """
    records: pd.DataFrame = getattr(situation, table)
    more = assessed(records, situation.sources, situation.actors) | first_known(records, table, days)
    told = frame({**joined, **more}, records.index)
    return AllWeighed(pd.concat([records.drop(columns=[*joined], errors="ignore"), told], axis=1))


def weighed_again(situation: Situation, table: str, joined: Mapping[str, Any], days: SourceDays, whole: Whole) -> Again:
    """Weigh the events or figures of a look back, as `weighed` does.

    Those that say the same as among all records, and whose sources have the same days, weigh the same as in `whole`.
    """
    records: pd.DataFrame = getattr(situation, table)
    again = Again(whole, records)
    moved = {one for one, day in days.items() if day != whole.source_days[one]}
    citing = [not moved.isdisjoint(ids) for ids in records["source_ids"]]
    rows = np.union1d(again.rows(WEIGHED_BY), np.flatnonzero(citing))
    few = {name: again.column(name)[rows] for name in WEIGHED_BY if name in records}
    more = assessed(few, situation.sources, situation.actors) | first_known(few, table, days)
    columns = {name: again.before(name) for name in more}
    for name, weighed_so in more.items():
        columns[name][rows] = weighed_so
    again.say({**joined, **columns})
    return again
