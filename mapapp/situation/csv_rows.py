"""CSV as spreadsheets write it (RFC 4180, UTF-8, commas): rows with their numbers, a broken row told from the rest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mapapp.situation.cells import usable_id
from mapapp.situation.raw import RawRecord, RawTable
from mapapp.situation.schema import Table
from mapapp.situation.wording import listed, quoted

_MOST_BROKEN_ROWS = 100
_BROKEN = "The row cannot be read: a quotation mark is opened and not closed, or stands inside a quoted text unpaired."


def read_csv(raw: RawTable, text: str, table: Table) -> RawTable:
    """Fill a table from the text of its CSV file.

    Parameters
    ----------
    raw : RawTable
        The empty table.
    text : str
        The whole file, decoded, without a byte order mark.
    table : Table
        What it should hold: a file that has none of its columns is another file.

    Returns
    -------
    RawTable
        The same one. Rows that are all empty are no records.
    """
    rows = _rows(text)
    header = [name.strip() for name in next(rows, (1, []))[1] or []]
    if reason := _no_header(header, table.names):
        return raw.unreadable(reason)
    raw.columns = tuple(dict.fromkeys(header))
    for number, cells in rows:
        if cells is None:
            raw.left_out(f"row {number}", _BROKEN)
        elif any(cell.strip() for cell in cells):
            _add(raw, header, number, cells, table.key)
    if sum(problem.reason == _BROKEN for problem in raw.problems) == _MOST_BROKEN_ROWS:
        raw.left_out("", f"More than {_MOST_BROKEN_ROWS} rows cannot be read. Those after the last named are left out.")
    return raw


def _no_header(header: list[str], expected: tuple[str, ...]) -> str:
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        return f"The column {listed([quoted(name) for name in twice])} is there twice. Rename or delete one of the two."
    if set(header) & set(expected):
        return ""
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if any(sign in cell for cell in header):
            return f"The columns are separated by {name}. Save the file as CSV with commas."
    return (
        f"The first row holds none of the columns of this file ({expected[0]}, {expected[1]} ...). Is it another file?"
    )


def _rows(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """Rows with their numbers; None for one that cannot be read, after which reading goes on at the next line."""
    lines = list(io.StringIO(text, newline=""))
    start = number = broken = 0
    while start < len(lines) and broken < _MOST_BROKEN_ROWS:
        reader, taken = csv.reader(lines[start:], strict=True), 0
        try:
            for cells in reader:
                number, taken = number + 1, reader.line_num
                yield number, cells
        except csv.Error:
            number, start, broken = number + 1, start + taken + 1, broken + 1
            yield number, None
        else:
            return


def _add(raw: RawTable, header: list[str], number: int, cells: list[str], key: str) -> None:
    if len(cells) == len(header):
        found = {name: cell for name, cell in zip(header, cells, strict=True) if name or cell.strip()}
        raw.records.append(RawRecord(f"row {number}", found))
        return
    said = f"Row {number} has {len(cells)} cells, the header has {len(header)}."
    cause = "A text with a comma must stand in quotation marks." if len(cells) > len(header) else "A comma is missing."
    at = header.index(key) if key in header else 0
    name = cells[at].strip() if at < len(cells) else ""
    if known := key in header and usable_id(name):
        raw.gone.add(name)
    reason = f"{said} {cause} Which value belongs where is not clear, so the record is left out."
    raw.left_out(name if known else f"row {number}", reason)
