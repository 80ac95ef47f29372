"""What the cells of one record must agree on: days and numbers in order, a place and a day where one is needed."""

from __future__ import annotations

from collections.abc import Callable

from mapapp.situation.draft import Draft
from mapapp.situation.schema import STATES
from mapapp.situation.tables import DAY_COLUMN

_UNDATED = {
    "events": "No day is known for this record. It is kept off the time line.",
    "figures": "No day is known for this figure. It is kept out of charts and counts.",
}
_LATER = (
    ("event_date", "end_date", "ends"),
    ("date_earliest", "date_latest", "has its latest possible day"),
    ("as_of_earliest", "as_of_latest", "has its latest possible day"),
    ("event_date", "reported_on", "was reported"),
    ("as_of_date", "reported_on", "was reported"),
)
_NEEDED = {
    "control": (("place_id",), ("holder_after", "sub_event_type")),
    "custody": (("facility_id",), ("guard_after", "operator_after")),
    "status": (("facility_id",), ("status_after",)),
}
"""By event type: groups of columns, of each of which one must say something for the record to say anything."""


def apply_rules(draft: Draft) -> None:
    """Check every record of a table against itself; what is wrong goes to the draft's Problems."""
    for rule in _RULES[draft.table.name]:
        rule(draft)


def _span_in_order(draft: Draft) -> None:
    """A span that ends on or before its first day says nothing, and which of its two days is wrong is not known."""
    start = "event_date" if draft.table.name == "events" else "valid_from"
    for row in list(draft.rows()):
        first, end = draft.cells[start][row], draft.cells["valid_to"][row]
        if first and end and end <= first:
            draft.leave_out(row, "valid_to", f"It ends on {end}, but begins on {first}. The record is left out.")


def _days_in_order(draft: Draft) -> None:
    for start, end, verb in _LATER:
        if start not in draft.cells or end not in draft.cells:
            continue
        for row in draft.rows():
            first, last = draft.cells[start][row], draft.cells[end][row]
            if first and last and last < first:
                draft.lose(row, end, f"It {verb} on {last}, before {start} {first}. The value is left out.")


def _numbers_in_order(draft: Draft) -> None:
    for low, high in (("low", "high"), ("low", "best"), ("best", "high"), ("families_low", "families_high")):
        if low not in draft.cells:
            continue
        for row in draft.rows():
            least, most = draft.cells[low][row], draft.cells[high][row]
            if least is not None and most is not None and least > most:
                draft.cells[low][row] = draft.cells[high][row] = None
                draft.lose(
                    row, low, f"The number in {low} ({least}) is above that in {high} ({most}). Both are left out."
                )


def _dated(draft: Draft) -> None:
    """A gap that the data declares: a record of a state is then open at its start, any other has no place in time."""
    column, reason = DAY_COLUMN[draft.table.name], _UNDATED[draft.table.name]
    for row in draft.rows():
        is_state = draft.table.name == "events" and draft.cells["event_type"][row] in STATES
        if draft.cells[column][row] is None and not is_state and (row, column) not in draft.lost:
            draft.say(row, column, reason, "note", hidden=True)


def _placed(draft: Draft) -> None:
    """A point may be unknown, but then geo_precision must not claim how well it is known."""
    for row in draft.rows():
        if draft.geometry[row] is not None or (row, "geometry") in draft.lost:
            continue
        if draft.cells["geo_precision"][row]:
            draft.lose(row, "geometry", "There is no point, but geo_precision says how good the point is.", hidden=True)
        else:
            draft.say(row, "geometry", "Its place is not established. It is kept off the map.", "note", hidden=True)


def _outlined(draft: Draft) -> None:
    """A zone without a shape is no zone."""
    for row in list(draft.rows()):
        if (row, "geometry") in draft.lost:
            draft.kept[row] = False
        elif draft.geometry[row] is None:
            draft.leave_out(row, "geometry", "The zone has no outline. It is left out.")


def _both_coordinates(draft: Draft) -> None:
    pair = ("latitude", "longitude")
    for row in draft.rows():
        given = [name for name in pair if draft.cells[name][row] is not None]
        if len(given) == 1:
            other = pair[1 - pair.index(given[0])]
            value = draft.cells[given[0]][row]
            draft.cells[given[0]][row] = None
            if not draft.lost & {(row, name) for name in pair}:
                draft.lose(row, other, f"The {other} is empty beside {given[0]} {value:g}. Both are left out.")


def _says_something(draft: Draft) -> None:
    """A record of a state that does not say whose or which state changes nothing."""
    for row in draft.rows():
        kind = draft.cells["event_type"][row]
        for group in _NEEDED.get(kind, ()):
            if not any(draft.cells[name][row] or (row, name) in draft.lost for name in group):
                draft.say(row, group[0], f"A record of {kind} without {' or '.join(group)} changes nothing.")


_RULES: dict[str, tuple[Callable[[Draft], None], ...]] = {
    "camps": (_placed,),
    "prisons": (_placed,),
    "cities": (_placed,),
    "control_zones": (_span_in_order, _outlined),
    "events": (_span_in_order, _days_in_order, _numbers_in_order, _both_coordinates, _says_something, _dated),
    "figures": (_days_in_order, _numbers_in_order, _dated),
    "sources": (),
    "conflicts": (),
}
