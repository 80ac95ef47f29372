"""Points in CSV: UTF-8, commas, a header; any number of rows."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from mapapp.errors import AskedWrongly
from mapapp.exchange.points import Chunk, Unread, places, require_column

BLOCK_BYTES = 16_000_000


class CsvPoints:
    """A CSV file of points, possibly gzipped.

    Parameters
    ----------
    path : Path
        The file.
    longitude, latitude : str
        The columns with the degrees.

    Notes
    -----
    A row under the header whose every cell that is not empty begins with # is one of HXL tags and no point.
    """

    def __init__(self, path: Path, longitude: str, latitude: str) -> None:
        self._path = path
        self._longitude, self._latitude = longitude, latitude
        self.columns = _header(path)
        self.unread = Unread()
        for name in (longitude, latitude):
            require_column(name, self.columns, path)

    def __iter__(self) -> Iterator[Chunk]:
        """Read it, a chunk at a time; raises AskedWrongly where it is no CSV in UTF-8."""
        with pa.OSFile(str(self._path)) as file:
            plain = pa.CompressedInputStream(file, "gzip") if self._path.suffix.lower() == ".gz" else file
            try:
                yield from self._chunks(self._opened(plain), file)
            except (pa.ArrowInvalid, OSError) as error:
                raise AskedWrongly(f"{self._path.name} cannot be read as CSV in UTF-8 ({error}).") from error

    def _opened(self, stream: pa.NativeFile) -> pyarrow.csv.CSVStreamingReader:
        return pyarrow.csv.open_csv(
            stream,
            pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
            pyarrow.csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=self._broken
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(self.columns, pa.string()), strings_can_be_null=False
            ),
        )

    def _broken(self, row: pyarrow.csv.InvalidRow) -> str:
        self.unread.broken[row.number] = f"{row.actual_columns} cells where the header has {row.expected_columns}"
        return "skip"

    def _chunks(self, reader: pyarrow.csv.CSVStreamingReader, file: pa.NativeFile) -> Iterator[Chunk]:
        row = 2
        for batch in reader:
            table = pa.Table.from_batches([batch])
            rows, row = self._rows(row, len(table))
            filled = _filled(table)
            if len(rows) and rows[0] == 2 and filled[0] and _is_tags(table):
                self.unread.tags, filled[0] = 1, False
            table, rows = table.filter(pa.array(filled)), rows[filled]
            columns = [table[name].to_pandas() for name in (self._longitude, self._latitude)]
            x, y, faults = places(*columns)
            yield Chunk(table, x, y, rows, faults, file.tell())

    def _rows(self, first: int, count: int) -> tuple[npt.NDArray[np.int64], int]:
        """The numbers of the next rows, those of broken ones passed over, and the number after them."""
        numbers = np.arange(first, first + count + len(self.unread.broken))
        numbers = numbers[~np.isin(numbers, list(self.unread.broken))][:count]
        return numbers, int(numbers[-1]) + 1 if count else first


def _header(path: Path) -> list[str]:
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise AskedWrongly(f"{path.name} cannot be read as CSV in UTF-8 ({error}).") from error
    if len(set(header)) < len(header):
        raise AskedWrongly(f"{path.name} has two columns of one name. Rename one of them.")
    if len(header) == 1 and ";" in header[0]:
        raise AskedWrongly(f"{path.name} has semicolons between its cells. Save it with commas.")
    return header


def _filled(table: pa.Table) -> npt.NDArray[np.bool_]:
    """Which rows have anything in them."""
    filled = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        if filled.all():
            break
        filled |= pc.not_equal(column, "").to_numpy()
    return filled


def _is_tags(table: pa.Table) -> bool:
    cells = [column[0].as_py() for column in table.columns]
    return all(cell.startswith("#") for cell in cells if cell)
