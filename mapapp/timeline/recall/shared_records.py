"""Shared records: all records as plain values, by what they are about, as look backs choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from mapapp.situation.lazily import OnDemand
from mapapp.timeline.hindsight import Hindsight
from mapapp.timeline.recall.cut import Rows, positions
from mapapp.timeline.recall.roster import AllTold
from mapapp.timeline.records import Record, id_of
from mapapp.timeline.register import Register


class SharedRecords:
    """The records of a situation, ready to be chosen among.

    Parameters
    ----------
    register : Register
        All of them.
    all_known : Hindsight
        When they were known.
    """

    def __init__(self, register: Register, all_known: Hindsight) -> None:
        self._register = register
        self._all_known = all_known

    @cached_property
    def all_told(self) -> dict[str, AllTold]:
        """Events, figures, and both as `records`, as plain values."""
        return self._told(self._register.records)

    @cached_property
    def all_bare(self) -> dict[str, AllTold]:
        """The same without their notes."""
        return self._told(self._bare)

    @cached_property
    def _bare(self) -> dict[str, Record]:
        told = self._register.records.items()
        return {one: {**record, "notes": None} if record["notes"] else record for one, record in told}

    def _told(self, records: Mapping[str, Record]) -> dict[str, AllTold]:
        events, figures = (
            AllTold(self._register.records, table.ids, [records[one] for one in table.ids], table.since)
            for table in (self._all_known.events, self._all_known.figures)
        )
        return {"events": events, "figures": figures, "records": figures.with_more(events)}

    @cached_property
    def events_at(self) -> dict[str, Rows]:
        """facility_id -> the rows of its events (see `Register.facility_events`)."""
        return self._rows_of(self._register.facility_events)

    @cached_property
    def events_in(self) -> dict[str, Rows]:
        """place_id -> the rows of its events."""
        return self._rows_of(self._register.place_events)

    @cached_property
    def parts(self) -> Rows:
        """The rows of the events that are part of another one."""
        return positions(self._all_known.events.table.index, map(id_of, self._register.parts))

    @cached_property
    def disputed(self) -> Rows:
        """The rows of the events and figures that belong to a question that is answered differently."""
        return positions(pd.Index(self.all_told["records"].ids), map(id_of, self._register.disputed))

    def _rows_of(self, events: Mapping[str, list[Record]]) -> dict[str, Rows]:
        index = self._all_known.events.table.index
        return {key: positions(index, (one["event_id"] for one in several)) for key, several in events.items()}

    @cached_property
    def happened(self) -> Mapping[str, list[Record]]:
        """facility_id -> its dated events that stand, in order (see `Register.happened`), without their notes."""
        return self._without_notes(self._register.happened)

    @cached_property
    def stated(self) -> Mapping[str, list[Record]]:
        """facility_id -> the dated records of its status that stand (see `Register.stated`), without their notes."""
        return self._without_notes(self._register.stated)

    def _without_notes(self, told: Mapping[str, list[Record]]) -> Mapping[str, list[Record]]:
        bare = self._bare
        return OnDemand(told, lambda one: [bare[event["event_id"]] for event in told[one]])
