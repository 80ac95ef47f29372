"""Writing joined points, a chunk at a time: CSV, GeoJSON, GeoParquet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import shapely

from mapapp.exchange.points import Chunk, kind_of

FORMULA = r"^[ ]*[=+\-@＝＋－＠\t\r\n]"
"""A spreadsheet runs a cell that begins so (OWASP, "CSV Injection")."""
NUMBER = r"^[ ]*[+\-]?[0-9.][0-9.,:eE+\- ]*$"

GEO = {
    "version": "1.0.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


class Output(Protocol):
    """A file of points being written. `guarded`: cells that were kept from running as formulas."""

    guarded: int

    def write(self, table: pa.Table, chunk: Chunk) -> None:
        """Add some points: their columns, and the chunk that has their places."""
        ...

    def close(self) -> None:
        """Write what comes at the end."""
        ...


@contextmanager
def written(path: Path) -> Iterator[Output]:
    """Open a file of points for writing: it is there whole at the end, or not at all.

    Parameters
    ----------
    path : Path
        Its name ends in .csv, .csv.gz, .geojson or .parquet.
    """
    kind = {"csv": CsvOutput, "geojson": GeoJsonOutput, "parquet": ParquetOutput}[kind_of(path)]
    beside = path.with_name(f".{path.name}.part")
    try:
        with pa.OSFile(str(beside), "wb") as file:
            output = kind(pa.CompressedOutputStream(file, "gzip") if path.suffix.lower() == ".gz" else file)
            yield output
            output.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class CsvOutput:
    """CSV, where a text that a spreadsheet would run gets an apostrophe before it."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream, self._writer = stream, None
        self.guarded = 0

    def write(self, table: pa.Table, chunk: Chunk) -> None:
        """Add some points; their places, unless they came as columns, stand in `longitude` and `latitude`."""
        for name, degrees in (("longitude", chunk.longitude), ("latitude", chunk.latitude)):
            if chunk.has_geometry and name not in table.column_names:
                table = table.append_column(name, pa.array(degrees, from_pandas=True))
        for number, field in enumerate(table.schema):
            if pa.types.is_string(field.type):
                table = table.set_column(number, field, self._harmless(table[number]))
        if self._writer is None:
            options = pyarrow.csv.WriteOptions(quoting_style="needed")
            self._writer = pyarrow.csv.CSVWriter(self._stream, table.schema, write_options=options)
        self._writer.write_table(table)

    def close(self) -> None:
        """Write what comes at the end."""
        if self._writer is not None:
            self._writer.close()
        self._stream.close()

    def _harmless(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        risky = pc.and_(pc.match_substring_regex(texts, FORMULA), pc.invert(pc.match_substring_regex(texts, NUMBER)))
        self.guarded += pc.sum(risky).as_py() or 0
        return pc.if_else(risky, pc.binary_join_element_wise("'", texts, ""), texts)


class GeoJsonOutput:
    """GeoJSON (RFC 7946), one feature a line."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream, self._begun = stream, False
        self.guarded = 0

    def write(self, table: pa.Table, chunk: Chunk) -> None:
        """Add some points; one without a place has no geometry."""
        lines = []
        for properties, x, y in zip(table.to_pylist(), chunk.longitude, chunk.latitude, strict=True):
            geometry = None if np.isnan(x) else {"type": "Point", "coordinates": [float(x), float(y)]}
            lines.append(json.dumps({"type": "Feature", "properties": _plain(properties), "geometry": geometry}))
        if lines:
            self._stream.write((self._lead() + ",\n".join(lines)).encode())

    def close(self) -> None:
        """Write what comes at the end."""
        self._stream.write(b"\n]}\n" if self._begun else b'{"type": "FeatureCollection", "features": []}\n')
        self._stream.close()

    def _lead(self) -> str:
        lead = ",\n" if self._begun else '{"type": "FeatureCollection", "features": [\n'
        self._begun = True
        return lead


class ParquetOutput:
    """GeoParquet."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream, self._writer = stream, None
        self.guarded = 0

    def write(self, table: pa.Table, chunk: Chunk) -> None:
        """Add some points; one without a place has no geometry."""
        shapes = shapely.to_wkb(shapely.points(chunk.longitude, chunk.latitude)).astype(object)
        shapes[np.isnan(chunk.longitude)] = None
        table = table.append_column("geometry", pa.array(shapes, pa.binary()))
        table = table.replace_schema_metadata({"geo": json.dumps(GEO)})
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._stream, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self) -> None:
        """Write what comes at the end."""
        if self._writer is not None:
            self._writer.close()
        self._stream.close()


def _plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Values that JSON knows: days as text, what is no number as null."""
    return {name: _value(value) for name, value in properties.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    return str(value)
