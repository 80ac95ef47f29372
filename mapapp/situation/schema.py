"""The columns of a situation folder, as data: checks, readers and the tables of the guide are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mapapp.situation.codes import CODES

__all__ = ["CODES", "HOLDS_GROUND", "STATES", "TABLES", "Column", "Kind", "Table"]

Kind = Literal["id", "ref", "refs", "text", "code", "actor", "actors", "date", "int", "float", "bool", "url"]
"""What a cell holds. `refs` and `actors` are several ids with `;` between them; every other kind is one value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        The name in the file.
    kind : Kind
        What a cell holds.
    meaning : str
        What it says, in a sentence for the person who fills it in.
    required : bool
        Whether every record must have a value. An empty cell elsewhere means unknown.
    codes : str
        For `code`: the key of the list in `CODES` that the value must be in.
    refers_to : tuple of str
        For `ref` and `refs`: the tables, any of which holds the id. `aggregate` is the list in `situation.toml`.
    standard : str
        The field's own standard that the name comes from.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    codes: str = ""
    refers_to: tuple[str, ...] = ()
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a situation folder.

    Attributes
    ----------
    name : str
        The name in code.
    file : str
        The file name in the folder.
    key : str
        The column with the id, unique in the table.
    meaning : str
        What one record is.
    columns : tuple of Column
        In the order of the file.
    geometry : str
        `Point`, `Polygon` or empty: the GeoJSON geometry a record carries (EPSG:4326, longitude before latitude).
    optional : bool
        Whether a folder may do without the file.
    """

    name: str
    file: str
    key: str
    meaning: str
    columns: tuple[Column, ...]
    geometry: Literal["", "Point", "Polygon"] = ""
    optional: bool = False

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return {c.name: c for c in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in file order."""
        return tuple(c.name for c in self.columns)


# fmt: off
# One line a column, so that the tables below read as tables.
NOTES = Column("notes", "text", "Anything a reader must know to use the record rightly.")
TLP = Column("tlp", "code", "Sharing level; empty: the default of situation.toml.", codes="tlp", standard="TLP 2.0")
SOURCES = Column("source_ids", "refs", "The sources it rests on.", required=True, refers_to=("sources",))
NAME_AR = Column("name_ar", "text", "The name in Arabic.")
ADM = (
    Column("adm1_name", "text", "Governorate."),
    Column("adm1_pcode", "text", "P-code of the governorate.", standard="OCHA P-codes"),
    Column("country", "text", "Country."),
)
GEO = (
    Column("geo_precision", "code", "How well the point is known; empty: the place is not established.",
           codes="geo_precision", standard="ACLED"),
    Column("geo_radius_km", "float", "How far the true place may lie from the point, in km."),
    Column("geo_source", "text", "Where the point comes from."),
)
GRADES = (
    Column("source_reliability", "code", "Of the best source.", codes="reliability", standard="Admiralty code"),
    Column("information_credibility", "code", "Of the claim itself.", codes="credibility", standard="Admiralty code"),
    Column("confidence", "code", "The compiler's overall view.", codes="confidence"),
)
CLAIM = (
    Column("claimed_by", "text", "Who says so."),
    Column("denied_by", "text", "Who denies it."),
    Column("denied_on", "date", "The day of the denial; empty: as soon as it was reported."),
    Column("conflict_group", "text", "Records that disagree with one another share this id."),
)
FACILITY_COLUMNS = (
    Column("facility_id", "id", "Id, stable and unique.", required=True),
    Column("name", "text", "Name in English.", required=True),
    NAME_AR,
    Column("alt_names", "text", "Other names and spellings, with ; between them."),
    Column("facility_type", "code", "What kind of site it is.", required=True, codes="facility_type"),
    Column("site_type", "text", "The kind in the sources' own words."),
    Column("in_scope", "text", "yes, uncertain (named once, weakly) or destination (people were sent there)."),
    *ADM,
    Column("place_id", "ref", "The nearest place.", refers_to=("cities",)),
    *GEO,
    SOURCES,
    NOTES,
    TLP,
)

CAMPS = Table("camps", "camps.geojson", "facility_id", "A camp.", FACILITY_COLUMNS, "Point")
PRISONS = Table("prisons", "prisons.geojson", "facility_id", "A prison or other site.", FACILITY_COLUMNS, "Point")
CITIES = Table(
    "cities", "cities.geojson", "place_id", "A city, town or other named locality.",
    (
        Column("place_id", "id", "Id, stable and unique.", required=True),
        Column("name", "text", "Name in English.", required=True),
        NAME_AR,
        Column("alt_names", "text", "Other names and spellings, with ; between them."),
        Column("place_type", "code", "What kind of place it is. Only cities, towns, villages and quarters hold ground.",
               required=True, codes="place_type"),
        *ADM,
        Column("bank", "code", "The bank of the barrier river it is on; empty: taken from its point.", codes="bank"),
        *GEO,
        Column("population", "int", "Inhabitants."),
        Column("population_source", "text", "Where the population figure comes from, with its year."),
        SOURCES,
        NOTES,
        TLP,
    ),
    "Point",
)
CONTROL_ZONES = Table(
    "control_zones", "control_zones.geojson", "zone_id", "Ground held by one holder over one span of days.",
    (
        Column("zone_id", "id", "Id, unique.", required=True),
        Column("holder", "actor", "Who holds the ground.", required=True),
        Column("contested_by", "actor", "Who claims the ground against the holder; drawn hatched."),
        Column("valid_from", "date", "First day of the span; empty: open."),
        Column("valid_to", "date", "First day after the span; empty: open."),
        Column("claim_state", "code", "How well the holder is established.", codes="claim_state"),
        Column("method", "text", "How the outline was made."),
        Column("event_ids", "refs", "The control records it rests on.", refers_to=("events",)),
        Column("source_ids", "refs", "The sources it rests on.", refers_to=("sources",)),
        Column("area_km2", "float", "Geodesic area in square kilometres."),
        NOTES,
        TLP,
    ),
    "Polygon",
)
EVENTS = Table(
    "events", "events.csv", "event_id", "One dated record: something that happened, or a state that began.",
    (
        Column("event_id", "id", "Id, stable and unique.", required=True, standard="ACLED"),
        Column("event_date", "date", "The day it happened or the state began. Empty: not known; a state is then open "
               "at its start, any other record stays off the time line.", standard="ACLED"),
        Column("end_date", "date", "Last day of an event that took several days."),
        Column("valid_to", "date", "For a record of a state: the day on which it is known to have ended."),
        Column("time_precision", "code", "How well the day is known.", codes="time_precision", standard="ACLED"),
        Column("date_earliest", "date", "The earliest day it can have been."),
        Column("date_latest", "date", "The latest day it can have been; for a state open at its start: when attested."),
        Column("reported_on", "date", "The day it was first reported."),
        Column("event_type", "code", "The kind of record.", required=True, codes="event_type", standard="ACLED"),
        Column("sub_event_type", "text", "A finer kind. For control: change, limited_entry, withdrawal, retained, "
               "contested, baseline, not_established.", standard="ACLED"),
        Column("title", "text", "One line for the list and the map.", required=True),
        Column("place_id", "ref", "Where.", refers_to=("cities",)),
        Column("facility_id", "ref", "The facility it is about.", refers_to=("camps", "prisons", "aggregate")),
        Column("to_facility_id", "ref", "For a movement: where to.", refers_to=("camps", "prisons", "aggregate")),
        Column("location", "text", "The place in the source's own words.", standard="ACLED"),
        Column("latitude", "float", "Only where it happened away from place and facility.", standard="ACLED"),
        Column("longitude", "float", "Only where it happened away from place and facility.", standard="ACLED"),
        Column("actors", "text", "Who took part, in the sources' own words.", standard="ACLED"),
        Column("holder_before", "actor", "For control: who held the place before."),
        Column("holder_after", "actor", "For control: who holds it from this day."),
        Column("status_after", "code", "For status: the facility's state from this day.", codes="status"),
        Column("status_note", "text", "The state in the sources' own words."),
        Column("operator_after", "actor", "For custody: who runs the facility from this day."),
        Column("guard_after", "actor", "For custody: who guards it from this day. NONE: nobody; empty: not said."),
        Column("guard_unit", "text", "The guarding force as the source names it."),
        Column("quantity", "text", "What was counted (escaped, released, displaced)."),
        Column("low", "int", "Least number.", standard="UCDP GED"),
        Column("best", "int", "The number, where one is given.", standard="UCDP GED"),
        Column("high", "int", "Greatest number.", standard="UCDP GED"),
        Column("qualifier", "code", "How the number was worded.", codes="qualifier"),
        Column("unit", "code", "What is counted.", codes="unit"),
        Column("cumulative", "bool", "yes: a running total, never to be added up."),
        Column("part_of_id", "ref", "The record whose number this one is a part of; all parts together make it up.",
               refers_to=("events",)),
        Column("claim_state", "code", "How well it is established.", codes="claim_state"),
        *CLAIM,
        *GRADES,
        SOURCES,
        Column("supersedes_id", "ref", "The earlier record that this one replaces.", refers_to=("events",)),
        NOTES,
        TLP,
    ),
)
FIGURES = Table(
    "figures", "figures.csv", "figure_id", "One head count: one row per figure and claimant.",
    (
        Column("figure_id", "id", "Id, stable and unique.", required=True),
        Column("facility_id", "ref", "The facility, or an aggregate of several.", required=True,
               refers_to=("camps", "prisons", "aggregate")),
        Column("as_of_date", "date", "The day the figure is for. Empty: not known, and not charted."),
        Column("time_precision", "code", "How well the day is known.", codes="time_precision", standard="ACLED"),
        Column("as_of_earliest", "date", "The earliest day it can be for."),
        Column("as_of_latest", "date", "The latest day it can be for."),
        Column("reported_on", "date", "The day it was first reported."),
        Column("low", "int", "Least number of persons.", standard="UCDP GED"),
        Column("best", "int", "Number of persons, where one is given.", standard="UCDP GED"),
        Column("high", "int", "Greatest number of persons.", standard="UCDP GED"),
        Column("qualifier", "code", "How the number was worded.", codes="qualifier"),
        Column("syrian", "int", "Of these, Syrian."),
        Column("iraqi", "int", "Of these, Iraqi."),
        Column("third_country", "int", "Of these, of other countries."),
        Column("women", "int", "Of these, women."),
        Column("children", "int", "Of these, children."),
        Column("families_low", "int", "Least number of families."),
        Column("families_high", "int", "Greatest number of families."),
        Column("nationalities", "text", "Number of nationalities, as worded."),
        *CLAIM,
        *GRADES,
        SOURCES,
        Column("supersedes_id", "ref", "The earlier figure that this one replaces.", refers_to=("figures",)),
        NOTES,
        TLP,
    ),
)
SOURCES_TABLE = Table(
    "sources", "sources.csv", "source_id", "One source. Every other record points at it.",
    (
        Column("source_id", "id", "Id, stable and unique.", required=True),
        Column("title", "text", "Title, or our own label where title_basis says so.", required=True),
        Column("title_basis", "text", "page, slug or label."),
        Column("publisher", "text", "Who published it. `X via Y`, `Y / X`, `Y (from X)`, `Y (cites X)`: Y repeats X; "
               "both are one source."),
        Column("url", "url", "Address."),
        Column("published_on", "date", "Day of publication; empty where only the month, the year or nothing is known."),
        Column("published", "text", "Date of publication as far as known."),
        Column("language", "text", "Language code."),
        Column("source_type", "text", "What kind of source it is."),
        Column("source_reliability", "code", "How reliable it is.", codes="reliability", standard="Admiralty code"),
        Column("used", "bool", "no: read and set aside."),
        NOTES,
        TLP,
    ),
)
CONFLICTS = Table(
    "conflicts", "conflicts.csv", "conflict_group", "One question on which records or sources disagree.",
    (
        Column("conflict_group", "id", "Id; the records that disagree carry it in their column of that name.",
               required=True),
        Column("topic", "text", "The question, in a line.", required=True),
        Column("positions", "text", "Who says what, also those whose word is no record of its own."),
        Column("handling", "text", "What the situation shows, and why."),
        Column("facility_ids", "refs", "The facilities it is about.", refers_to=("camps", "prisons", "aggregate")),
        Column("place_ids", "refs", "The places it is about.", refers_to=("cities",)),
        NOTES,
        TLP,
    ),
    optional=True,
)
TABLES: dict[str, Table] = {
    t.name: t for t in (CAMPS, PRISONS, CITIES, CONTROL_ZONES, EVENTS, FIGURES, SOURCES_TABLE, CONFLICTS)
}
"""Every table by name, in the order they are read."""

HOLDS_GROUND = ("city", "town", "village", "neighbourhood")
"""Place types whose control claims give ground; the others are points."""
# fmt: on

STATES = ("control", "custody", "status")
"""Event types whose records say what holds from a day on; without a day they are open at their start."""
