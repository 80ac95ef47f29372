"""A view: everything that says what a picture shows, as plain data that a receipt can carry."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from mapapp.errors import AskedWrongly
from mapapp.situation.codes import AUDIENCES

Extent: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""

PAPERS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0), "16:9": (338.67, 190.5)}
"""Paper -> width and height in mm, landscape."""


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows and how.

    Attributes
    ----------
    day : date
        The day shown.
    created : datetime
        When it is made, UTC: an argument like any other, so that the same view gives the same picture.
    known : date, optional
        Leave out what was reported after this day.
    confirmed_only : bool
        Whether to leave out what is not confirmed.
    since : date, optional
        Make it a moving picture from this day on.
    changes_only : bool
        Whether a moving picture has a frame only for the days on which something changes or happens.
    extent : tuple of float, optional
        West, south, east, north in degrees (EPSG:4326); where none is given, all sites on the ground that is shown.
    facility_id : str, optional
        Make it a sheet about this facility.
    before : date, optional
        Make it a pair: this day beside the other, with the list of changes.
    days : tuple of date
        Make it a sheet of small maps, one for each of these days.
    audience : str, optional
        For whom the copy is (of `codes.AUDIENCES`); records above that level are withheld.
    paper, portrait : str, bool
        Of `PAPERS`.
    title, caption : str, optional
        In place of the situation's own title; a line under it.
    table : bool
        Whether a table of the sites in view stands below the map.
    atlas : bool
        Make it one sheet for each facility, with an index.
    facility_types, statuses, holders : tuple of str
        Show only sites of these kinds, in these states, on the ground of these holders; empty: all.
    """

    day: date
    created: datetime
    known: date | None = None
    confirmed_only: bool = False
    since: date | None = None
    changes_only: bool = False
    extent: Extent | None = None
    facility_id: str | None = None
    before: date | None = None
    days: tuple[date, ...] = ()
    audience: str | None = None
    paper: str = "A4"
    portrait: bool = False
    title: str | None = None
    caption: str | None = None
    table: bool = False
    atlas: bool = False
    facility_types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise AskedWrongly(f"There is no paper {self.paper!r}. Choose one of {', '.join(PAPERS)}.")
        if self.audience is not None and self.audience not in AUDIENCES:
            raise AskedWrongly(f"There is no audience {self.audience!r}. Choose one of {', '.join(AUDIENCES)}.")
        if self.extent is not None:
            _require_extent(self.extent)

    def on(self, day: date, **changed: Any) -> View:
        """The same view of another day."""
        return replace(self, day=day, **changed)

    def as_record(self) -> dict[str, Any]:
        """The view as plain JSON types; what is as usual is left out."""
        said = {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}
        return {name: _plain(value) for name, value in said.items()}


def from_record(record: dict[str, Any]) -> View:
    """Undo `View.as_record`.

    Raises
    ------
    AskedWrongly
        Where it is not the record of a view.
    """
    try:
        return View(**{name: _parsed(name, value) for name, value in record.items()})
    except (TypeError, ValueError, AttributeError) as error:
        raise AskedWrongly(
            "The receipt does not say what the picture shows: it was made or changed by hand."
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _parsed(name: str, value: Any) -> Any:
    if name == "created":
        return datetime.fromisoformat(value)
    if name in {"day", "known", "before", "since"}:
        return date.fromisoformat(value)
    if name == "days":
        return tuple(map(date.fromisoformat, value))
    return tuple(value) if isinstance(value, list) else value


def _require_extent(extent: Extent) -> None:
    west, south, east, north = extent
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise AskedWrongly(
            "The extent is west,south,east,north in degrees, west before east and south before north, "
            "such as 38,34.5,42.5,37.5."
        )
