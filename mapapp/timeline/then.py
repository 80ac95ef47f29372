"""Then: what was known on a day of records, sources and facilities.

Records are appended and superseded, never edited away, so a look back is a choice among them. What no day can be given
for is left out of a look back, or it would be hindsight: notes, gradings made in view of later sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.timeline.hindsight import ENDS, LINKS, Hindsight, Records
from mapapp.timeline.spans import LAST

GRADES = ("information_credibility", "confidence")


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
        for name, values in self._unsettled(records, rows[unsettled]).items():
            if name in told:
                amended[name] = told[name].copy()
                amended[name].iloc[unsettled] = values.array
        return told.assign(**amended)

    def without(self, source_ids: Iterable[str]) -> tuple[str, ...]:
        """Give sources, but for those that were not there yet."""
        return tuple(one for one in source_ids if one not in self.hidden)

    def without_hidden(self, table: Any) -> Any:
        """Give a table without later sources and without notes."""
        return table.assign(source_ids=self._sources(table), notes=None)

    def _sources(self, table: Any) -> pd.Series[Any]:
        ids = [several if self.hidden.isdisjoint(several) else self.without(several) for several in table["source_ids"]]
        return pd.Series(ids, index=table.index, dtype=object)

    def _unsettled(self, records: Records, rows: npt.NDArray[np.intp]) -> dict[str, pd.Series[Any]]:
        """The columns of some records in which something was still to come."""
        table = records.table.iloc[rows]
        denied_later = table["denied_on"] > self.moment
        partly = denied_later | np.array([not self.hidden.isdisjoint(ids) for ids in table["source_ids"]], dtype=bool)
        return {
            "source_ids": self._sources(table),
            **{name: table[name].mask(table[name] > self.moment) for name in ENDS if name in table},
            **{name: self._among(records, table[name]) for name in LINKS if name in table},
            **_held_for(table, denied_later, partly),
        }

    def _among(self, records: Records, named: pd.Series[Any]) -> pd.Series[Any]:
        """Links, but for those to records that were not known."""
        known = [one if records.known_since.get(one, LAST) <= self.day else None for one in named]
        return pd.Series(known, index=named.index, dtype=object)


def _held_for(table: pd.DataFrame, denied_later: pd.Series[bool], partly: pd.Series[bool]) -> dict[str, Any]:
    """The columns that say how good records are, without denials and sources that came later."""
    graded = {name: table[name].mask(partly, None) for name in GRADES if name in table}
    if "claim_state" in table:
        graded["claim_state"] = _ungraded(table, denied_later, partly)
    denied = {
        "denied_by": table["denied_by"].mask(denied_later, None),
        "denied_on": table["denied_on"].mask(denied_later),
    }
    return graded | denied


def _ungraded(table: pd.DataFrame, denied_later: pd.Series[bool], partly: pd.Series[bool]) -> pd.Series[Any]:
    """What a claim was held for before the refutation, or before the sources that lifted it, were there."""
    word = table["claimed_by"].notna().map({True: "claimed", False: "reported"})
    state = table["claim_state"].mask(denied_later & (table["claim_state"] == "refuted"), word)
    lifted = state.isin(["corroborated", "confirmed"])
    return state.mask(partly & lifted, None)
