"""Then: what was known on a day of records, sources and facilities.

Records are appended and superseded, never edited away, so a look back is a choice among them. What no day can be given
for is left out of a look back, or it would be hindsight: notes, gradings made in view of later sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.hindsight import ENDS, LINKS, Hindsight, Records
from mapapp.timeline.spans import LAST

GRADES = ("information_credibility", "confidence")
TO_COME = (*ENDS, *LINKS, *GRADES, "source_ids", "claim_state", "claimed_by", "denied_by", "denied_on")
"""The columns that say what was still to come of a record."""

NO_DAY = np.datetime64("NaT", "s")

Mask: TypeAlias = npt.NDArray[np.bool_]
Amended: TypeAlias = tuple[Mask, Any]
"""In which records a column read otherwise, and how."""


@dataclass(frozen=True, eq=False)
class Then:
    """What was known on a day.

    Attributes
    ----------
    all_known : Hindsight
        When everything was known.
    day : int
        The day.
    """

    all_known: Hindsight
    day: int

    @property
    def date(self) -> date:
        """The day as a date."""
        return self.moment.date()

    @cached_property
    def moment(self) -> pd.Timestamp:
        """The day as a time stamp."""
        return pd.Timestamp(np.datetime64(self.day, "D"))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The sources that were not there yet: those of later days, and those without a day that later records cite."""
        return frozenset(one for one, since in self.all_known.sources_since.items() if since > self.day)

    def rows(self, records: Records, wanted: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.intp]:
        """Give the rows of the records that were known, or of those that are wanted of them."""
        known = records.since <= self.day
        return np.flatnonzero(known if wanted is None else known & wanted)

    def table(self, records: Records, rows: npt.NDArray[np.intp], columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Give some rows of known records, with what was known of them in all columns or in some."""
        told = (records.bare if columns is None else records.columns(tuple(columns))).iloc[rows]
        unsettled = np.flatnonzero(records.settled[rows] > self.day)
        if not len(unsettled):
            return told
        amended = {}
        for name, (where, known) in self._to_come(records.table, rows[unsettled], records.known_since).items():
            if name in told and where.any():
                column = told[name].to_numpy(copy=True)
                column[unsettled[where]] = known
                amended[name] = pd.Series(column, told.index, dtype=column.dtype)
        return told.assign(**amended)

    def without(self, source_ids: Iterable[str]) -> tuple[str, ...]:
        """Give sources, but for those that were not there yet."""
        return tuple(one for one in source_ids if one not in self.hidden)

    def without_hidden(self, table: Any) -> Any:
        """Give a table without later sources."""
        cited = table["source_ids"].tolist()
        if all(map(self.hidden.isdisjoint, cited)):
            return table
        return table.assign(source_ids=pd.Series(map(self.without, cited), index=table.index, dtype=object))

    def _to_come(
        self, table: pd.DataFrame, rows: npt.NDArray[np.intp], known_since: Mapping[str, int]
    ) -> dict[str, Amended]:
        """What of some records was still to come, column by column."""
        told = {name: table[name].to_numpy()[rows] for name in TO_COME if name in table}
        moment = np.datetime64(self.moment)
        denied_later = told["denied_on"] > moment
        partly = np.array([not self.hidden.isdisjoint(ids) for ids in told["source_ids"]], dtype=bool)
        known = {
            "source_ids": (partly, np.fromiter(map(self.without, told["source_ids"][partly]), dtype=object)),
            "denied_by": (denied_later, None),
            "denied_on": (denied_later, NO_DAY),
            **{name: (told[name] > moment, NO_DAY) for name in ENDS if name in told},
        }
        for name in LINKS:
            if name in told:
                later = [one is not None and known_since.get(one, LAST) > self.day for one in told[name]]
                known[name] = (np.array(later, dtype=bool), None)
        return known | _held_for(told, denied_later, denied_later | partly)


def _held_for(told: Mapping[str, Any], denied_later: Mask, partly: Mask) -> dict[str, Amended]:
    """The columns that say how good records are, without denials and sources that came later."""
    graded: dict[str, Amended] = {name: (partly, None) for name in GRADES if name in told}
    if "claim_state" in told:
        graded["claim_state"] = (partly, _ungraded(told, denied_later, partly)[partly])
    return graded


def _ungraded(told: Mapping[str, Any], denied_later: Mask, partly: Mask) -> npt.NDArray[np.object_]:
    """What a claim was held for before the refutation, or before the sources that lifted it, were there."""
    state: npt.NDArray[np.object_] = told["claim_state"].copy()
    refuted_later = denied_later & (state == "refuted")
    state[refuted_later] = ["reported" if one is None else "claimed" for one in told["claimed_by"][refuted_later]]
    state[partly & ((state == "corroborated") | (state == "confirmed"))] = None
    return state
