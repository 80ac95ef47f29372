"""The receipt: what regenerates a picture, and what tells whether it still is the picture of its records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd

import mapapp
from mapapp.briefing.scene import Scene
from mapapp.briefing.view import View
from mapapp.errors import AskedWrongly
from mapapp.timeline.records import Record, plain_records
from mapapp.timeline.timeline import Timeline

KEY = "mapapp receipt"
"""The name under which a receipt stands in a file."""

FORMAT = 1
RECORD_BYTES, ID_SIGNS = 6, 10
FILES = ("facilities", "places", "events", "figures", "sources", "zones")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that a picture was made from.

    Attributes
    ----------
    id : str
        Printed on the picture: of the situation, the day, and of all the rest a digest.
    situation, digest : str
        The id of the situation, and of its files as they were.
    version : str
        Of this program.
    view : dict
        What was asked for (see `view.View.as_record`).
    marking : str
        The sharing level of the copy.
    withheld : dict
        Kind of record -> how many were withheld.
    records : dict
        Table -> id -> digest of each record that the picture rests on.
    file : str
        The kind of file: png, svg, pdf or pptx; gif, webp or mp4.
    dpi : int
        Dots per inch, where it has any.
    picture : str
        SHA-256 of what is seen (see `content`), so that an edit shows even where the records are not at hand.
    frames : str
        Of a moving picture SHA-256 of its frames and their times before they were packed.
    encoder : str
        What packed them: another one packs the same frames into other bytes.
    """

    id: str
    situation: str
    digest: str
    version: str
    view: dict[str, Any]
    marking: str
    withheld: dict[str, int]
    records: dict[str, dict[str, str]]
    file: str = ""
    dpi: int = 0
    picture: str = ""
    frames: str = ""
    encoder: str = ""

    def as_json(self) -> str:
        """The receipt as a line of JSON, always the same for the same receipt."""
        return canonical({"receipt": FORMAT, **asdict(self)})


def canonical(value: Any) -> str:
    """JSON with its keys in order and without blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Receipt:
    """Undo `Receipt.as_json`.

    Raises
    ------
    AskedWrongly
        Where the text is not a receipt.
    """
    try:
        said = json.loads(text)
        if said.pop("receipt") != FORMAT:
            raise AskedWrongly("The receipt was written by another version of the program, which this one cannot read.")
        return Receipt(**said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AskedWrongly("What stands where the receipt should be is not a receipt.") from error


def receipt(
    timeline: Timeline, view: View, ids: Mapping[str, Iterable[str]], marking: str, withheld: Mapping[str, int]
) -> Receipt:
    """Make the receipt of a picture.

    Parameters
    ----------
    timeline : Timeline
        Of the situation as the picture's readers may see it.
    view : View
        What the picture shows.
    ids : mapping
        Table -> ids of the records it rests on (see `used`).
    marking, withheld
        Its sharing level, and how many records of each kind are withheld.
    """
    situation = timeline.situation
    records = digests(timeline, ids)
    said = {"view": view.as_record(), "marking": marking, "withheld": dict(withheld), "records": records}
    whole = canonical({**said, "situation": situation.id, "version": mapapp.__version__})
    name = "".join(sign if sign.isalnum() else "-" for sign in situation.id)[:24]
    day = view.day.strftime("%Y%m%d")
    return Receipt(
        id=f"{name}-{day}-{hashlib.sha256(whole.encode()).hexdigest()[:ID_SIGNS]}",
        situation=situation.id,
        digest=situation.digest,
        version=mapapp.__version__,
        **said,
    )


def used(scenes: Iterable[Scene], told: Iterable[Record] = ()) -> dict[str, list[str]]:
    """Table -> ids of all the records that maps rest on, and of the events that are told beside them."""
    found: dict[str, set[str]] = {name: set() for name in FILES}
    for scene in scenes:
        rows = [site.record for site in scene.sites]
        found["facilities"].update(row["facility_id"] for row in (*rows, *scene.elsewhere))
        found["places"].update(place.key for place in scene.places)
        found["zones"].update(scene.zone_ids)
        found["events"].update(scene.event_ids)
        for row in rows:
            found["sources"].update(row["source_ids"])
            found["figures"].update(claim["figure_id"] for claim in (row["persons"] or {"claims": []})["claims"])
        known = scene.timeline.register.events
        found["sources"].update(source for one in scene.event_ids for source in known[one]["source_ids"])
    for event in told:
        found["events"].add(event["event_id"])
        found["sources"].update(event["source_ids"])
    return {name: sorted(ids) for name, ids in found.items()}


def digests(timeline: Timeline, ids: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """A short digest of each of these records as it stands in its file; those that are not there are left out."""
    found = {}
    for name in FILES:
        table = getattr(timeline.situation, name)
        records = table[table.index.isin(list(ids.get(name, ())))]
        shapes = records.geometry.to_wkb(hex=True) if isinstance(records, gpd.GeoDataFrame) else [None] * len(records)
        found[name] = {
            record[str(table.index.name)]: _digest({**record, "geometry": shape})
            for record, shape in zip(plain_records(records), shapes, strict=True)
        }
    return found


def _digest(record: Record) -> str:
    return hashlib.blake2b(canonical(record).encode(), digest_size=RECORD_BYTES).hexdigest()
