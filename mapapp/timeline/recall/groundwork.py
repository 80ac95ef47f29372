"""Groundwork: what all look backs share that are cut from one time line, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from mapapp.timeline.clashes import ORDER
from mapapp.timeline.custody import ATTRIBUTES
from mapapp.timeline.hindsight import Days, Hindsight, hindsight, latest
from mapapp.timeline.recall.cut import Cut, Mask, Rows, positions
from mapapp.timeline.recall.shared_records import SharedRecords
from mapapp.timeline.record_rules import RECORD_RULES, RecordRule
from mapapp.timeline.records import by_label
from mapapp.timeline.site_rules import SITE_RULES
from mapapp.timeline.sites import may_be_far_since
from mapapp.timeline.spans import FIRST, LAST, numbered
from mapapp.timeline.timeline import Timeline
from mapapp.timeline.verification import as_keys, states_something

NONE = -1
OF_SITES = {rule.id for rule in SITE_RULES}
OF_RECORDS = {rule.id for rule in RECORD_RULES if isinstance(rule, RecordRule)}


class Groundwork:
    """A time line of all records, ready to be cut.

    Parameters
    ----------
    whole : Timeline
        With all that is on record.
    """

    def __init__(self, whole: Timeline) -> None:
        self.whole = whole
        self.all_known: Hindsight = hindsight(whole.situation)

    @cached_property
    def records(self) -> SharedRecords:
        """The records as plain values."""
        return SharedRecords(self.whole.register, self.all_known)

    @cached_property
    def subjects(self) -> pd.Index:
        """Whom records can be about: the facilities, then those that are counted together."""
        situation = self.whole.situation
        return pd.Index([*situation.facilities.index, *situation.aggregates], dtype=object)

    @cached_property
    def about(self) -> dict[str, Rows]:
        """By column the subject that each event or figure names there, `NONE` where it names none."""
        events, figures = self.all_known.events.table, self.all_known.figures.table
        named = {"at": events["facility_id"], "to": events["to_facility_id"], "figures": figures["facility_id"]}
        return {name: positions(self.subjects, ids) for name, ids in named.items()}

    @cached_property
    def place(self) -> Rows:
        """The place that each event of control is about."""
        events = self.all_known.events.table
        place = positions(self.place_ids, events["place_id"])
        return np.where((events["event_type"] == "control").to_numpy(), place, NONE)

    @cached_property
    def states(self) -> Mask:
        """Which events set the status, the operator or the guard of a facility."""
        return states_something(self.all_known.events.table)

    @cached_property
    def replaced(self) -> tuple[Rows, Rows]:
        """The rows of the events that others replace, and of these."""
        records = self.all_known.events
        pairs = [(one, by) for one, by in records.replacing if one in records.known_since]
        earlier, later = (positions(records.table.index, (pair[at] for pair in pairs)) for at in (0, 1))
        return earlier, later

    @cached_property
    def cited(self) -> Mapping[str, tuple[str, ...]]:
        """The sources of each event."""
        return by_label(self.all_known.events.table["source_ids"])

    @cached_property
    def custody(self) -> Cut:
        """The spans of custody, by facility and attribute."""
        told = self.whole.told["custody"]
        return Cut(told, self.custody_groups(told.table), self._resting(told.table["event_ids"]))

    def custody_groups(self, spans: pd.DataFrame) -> Rows:
        """Number spans of custody in the order of their facility and attribute."""
        attributes = pd.Index(sorted(ATTRIBUTES), dtype=object)
        return self.rank_of(spans["facility_id"]) * len(attributes) + positions(attributes, spans["attribute"])

    @cached_property
    def in_order(self) -> pd.Index:
        """The subjects in the order of their ids."""
        in_order: pd.Index = pd.Index(sorted(self.subjects), dtype=object)
        return in_order

    def rank_of(self, ids: Iterable[str]) -> Rows:
        """Number facilities in the order of their ids."""
        return positions(self.in_order, ids)

    @cached_property
    def rank(self) -> Rows:
        """The same of each subject, and a last one for none."""
        return np.append(self.rank_of(self.subjects), NONE)

    @cached_property
    def custody_of(self) -> Rows:
        """The facility of each span of custody."""
        return positions(self.subjects, self.custody.told.table["facility_id"])

    @cached_property
    def recorded_of(self) -> Rows:
        """By span of custody the place of its facility in that order, `NONE` where it says who holds the ground."""
        return np.where(self.is_ground, NONE, self.rank[self.custody_of])

    @cached_property
    def is_ground(self) -> Mask:
        """Which spans of custody say who holds the ground."""
        return (self.custody.told.table["attribute"] == "ground_holder").to_numpy()

    @cached_property
    def custody_sources(self) -> Days:
        """The day from which the last of the sources of each span of custody was known."""
        return latest(self.custody.told.table["source_ids"], self.all_known.sources_since)

    @cached_property
    def event_units(self) -> Rows:
        """The unit that each event happened on, `NONE` where there is none."""
        joined = self.whole.common_ground.terrain.events
        at = joined.index.get_indexer(self.all_known.events.table.index)
        return np.asarray(joined["unit_id"].to_numpy()[at])

    @cached_property
    def nearest(self) -> Rows:
        """The facility nearest to each event."""
        return positions(self.subjects, self.whole.events["nearest_facility_id"])

    @cached_property
    def seen(self) -> tuple[Rows, Days]:
        """When which facility was seen by records (see `verification.as_keys`), and from when on that was known."""
        events, figures, about = self.all_known.events, self.all_known.figures, self.about
        attested, latest_day = self.states & (events.own == FIRST), numbered(events.table["date_latest"], FIRST)
        told = (
            (about["at"], events.own, events.since),
            (about["to"], events.own, events.since),
            (about["at"][attested], latest_day[attested], np.maximum(events.since, latest_day)[attested]),
            (about["figures"], figures.own, figures.since),
        )
        where, when, since = (np.concatenate(several) for several in zip(*told, strict=True))
        keys = as_keys(self.rank[where], when)
        order = np.argsort(keys, kind="stable")
        return keys[order], since[order]

    @cached_property
    def front_of(self) -> Rows:
        """The facility of each span of the front."""
        return positions(self.subjects, self.front.told.table["facility_id"])

    @cached_property
    def front(self) -> Cut:
        """The spans of the front, by facility; they rest on no records."""
        told = self.whole.told["front"]
        return Cut(told, self.rank_of(told.table["facility_id"]), np.full(len(told.table), FIRST))

    @cached_property
    def unit_of(self) -> Rows:
        """The unit that each subject stands on, `NONE` where there is none."""
        standing = self.whole.common_ground.terrain.standing
        return np.array([standing.get(one, NONE) for one in self.subjects], dtype=np.intp)

    @cached_property
    def held_since(self) -> Days:
        """By subject the first day of which it is known who held its ground, `LAST` where there is none."""
        spans = self.whole.held.spans
        first = pd.Series(numbered(spans["valid_from"], FIRST)).groupby(spans["unit_id"].to_numpy()).min().to_dict()
        return np.array([first.get(one, LAST) for one in self.unit_of.tolist()], dtype=np.int64)

    @cached_property
    def may_be_far_since(self) -> Days:
        """By subject the first day on which ground of its guard counts that is not its own, `LAST` where none does."""
        first = may_be_far_since(self.whole.situation, self.whole.custody)
        return np.array([first.get(one, LAST) for one in self.subjects], dtype=np.int64)

    @cached_property
    def place_ids(self) -> pd.Index:
        """The places, in order."""
        ids: pd.Index = pd.Index(sorted(self.whole.situation.places.index), dtype=object)
        return ids

    @cached_property
    def places(self) -> Cut:
        """The spans of the holders of places."""
        told = self.whole.told["places"]
        return Cut(told, positions(self.place_ids, told.table["place_id"]), self._resting(told.table["event_ids"]))

    @cached_property
    def said_again(self) -> Mask:
        """Which spans of places begin with a record of their own, uncontested: later ones only say the same again."""
        own, told = self._own, self.whole.told["places"]
        begun = [
            span["contested_by"] is None and any(own[one] == start for one in span["event_ids"])
            for span, start in zip(told.rows, told.starts.tolist(), strict=True)
        ]
        return np.array(begun, dtype=bool)

    @cached_property
    def passed_on(self) -> Mask:
        """Which spans of places begin with the one record of their day, by which the holder became another."""
        told, group, own = self.whole.told["places"], self.places.group, self.all_known.events.own
        records = Counter(zip(self.place.tolist(), own.tolist(), strict=True))
        alone = [records[one] == 1 for one in zip(group.tolist(), told.starts.tolist(), strict=True)]
        holders = [(one, span["holder"]) for one, span in zip(group.tolist(), told.rows, strict=True)]
        another = [before != now for before, now in pairwise([None, *holders])]
        return np.asarray(self.said_again & np.array(alone, bool) & np.array(another, bool))

    @cached_property
    def clashes(self) -> Cut:
        """The contradictions, by rule."""
        told = self.whole.told["clashes"]
        ids = ([one for side in clash["sides"] for one in side.ids] for clash in told.rows)
        return Cut(told, clash_groups(told.table), self._resting(ids))

    @cached_property
    def clash_of(self) -> Rows:
        """The facility of each contradiction, `NONE` for those that are not found facility by facility."""
        table = self.clashes.told.table
        ids = zip(table["rule"], table["facility_ids"], strict=True)
        return positions(
            self.subjects, (several[0] if rule in OF_SITES | OF_RECORDS else None for rule, several in ids)
        )

    @cached_property
    def _own(self) -> dict[str, int]:
        """The day of each event and figure."""
        tables = (self.all_known.events, self.all_known.figures)
        return {one: day for table in tables for one, day in zip(table.ids, table.own.tolist(), strict=True)}

    def _resting(self, ids: Iterable[Sequence[str]]) -> Days:
        """The latest day of the records that each of some spans rests on."""
        return latest(ids, self._own)


def clash_groups(clashes: pd.DataFrame) -> Rows:
    """Number contradictions in the order of their rules."""
    return positions(pd.Index(ORDER, dtype=object), clashes["rule"])


@lru_cache(maxsize=2)  # all look backs on a time line ask for it
def groundwork(whole: Timeline) -> Groundwork:
    """Lay the groundwork for the look backs on a time line of all records."""
    return Groundwork(whole)
