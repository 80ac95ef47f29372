"""Reading one map file: every layer of it, in any vector format that GDAL reads, as longitude and latitude."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

import numpy.typing as npt
import pyogrio
import pyogrio.errors
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from mapapp.exchange.archive import Archive, MapFile
from mapapp.exchange.plain import Layer, read_plain

Array = npt.NDArray[Any]

PLAIN = (".geojson", ".json")

POINTERS = (b"<OGRVRT", b"<OGRWFS", b"<WFS", b"<GDAL_", b"gdal_streamed_alg")
"""What stands in files that hold no shapes but send GDAL elsewhere: to other files, or to the network."""

FAULTS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    shapely.errors.GEOSException,
    zipfile.BadZipFile,
    CRSError,
    ProjError,
    OSError,
    UnicodeDecodeError,
)


class UnreadableError(Exception):
    """A file that cannot be read; the message says why."""


def read(archive: Archive, file: MapFile, columns: Collection[str], *, names: bool = False) -> list[Layer]:
    """Read all layers of a file.

    Parameters
    ----------
    archive : Archive
        What the file is in.
    file : MapFile
        The file.
    columns : collection of str
        The columns that are needed.
    names : bool
        Whether the names of the layers are needed.

    Returns
    -------
    list of Layer
        Those that have shapes.

    Raises
    ------
    UnreadableError
        Where any of it cannot be read: half a map would look like a whole one.
    """
    try:
        data = archive.bytes_of(file)
        _refuse_pointers(data[:4096])
        if file.name.lower().endswith(PLAIN) and not names:
            plain = read_plain(data, columns)
            if plain is not None:
                return [plain]
        return [_layer(file, name, columns) for name in _layer_names(file)]
    except FAULTS as error:
        raise UnreadableError(_said(error)) from error


def read_columns(archive: Archive, file: MapFile, columns: Collection[str]) -> list[dict[str, Array]]:
    """Read columns of every layer of a file, without its shapes; raises UnreadableError."""
    try:
        _refuse_pointers(archive.bytes_of(file)[:4096])
        read_layer = [pyogrio.raw.read(file.path, n, columns=columns, read_geometry=False) for n in _layer_names(file)]
        return [dict(zip(meta["fields"], values, strict=True)) for meta, _, _, values in read_layer]
    except FAULTS as error:
        raise UnreadableError(_said(error)) from error


def _layer_names(file: MapFile) -> Iterator[str]:
    """The names of the layers that have shapes."""
    for name, kind in pyogrio.list_layers(file.path):
        if kind is not None:
            yield name


def _layer(file: MapFile, name: str, columns: Collection[str]) -> Layer:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        meta, _, wkb, values = pyogrio.raw.read(file.path, name, columns=columns, force_2d=True)
        shapes = shapely.from_wkb(wkb, on_invalid="fix")
    remarks = sorted({str(one.message).partition(". To avoid")[0] for one in caught})
    shapes, remark = _to_degrees(shapes, meta["crs"])
    return Layer(name, shapes, dict(zip(meta["fields"], values, strict=True)), remarks + remark)


def _to_degrees(shapes: Array, crs: str | None) -> tuple[Array, list[str]]:
    """The shapes in EPSG:4326, and a remark where that had to be assumed."""
    if crs is None:
        return shapes, ["It does not say what its coordinates are measured in; longitude and latitude are assumed"]
    if crs in ("EPSG:4326", "OGC:CRS84"):
        return shapes, []
    to_degrees = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
    return shapely.transform(shapes, to_degrees.transform, interleaved=False), []


def _refuse_pointers(head: bytes) -> None:
    if any(mark in head for mark in POINTERS):
        raise UnreadableError("it holds no shapes of its own but points to other data")


def _said(error: Exception) -> str:
    """The reason in a fault, as part of a sentence."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    if "not recognized as being in a supported file format" in lines[0]:
        return "it is in no format that is known here"
    return lines[0].rstrip(".;")
