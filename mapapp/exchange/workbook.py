"""Tables as an Excel workbook: a sheet each, days as days, and no text that could run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from mapapp.exchange.tables import Sheet
from mapapp.situation.csv_text import FORMULA_STARTS

LONGEST_CELL = 32_767
"""Characters that a cell can hold; a longer text is cut, and ends in a sign that says so."""

CUT = "…"
NARROWEST, WIDEST = 10, 40
"""Columns, in characters."""

LOOKED_AT = 200
"""Rows that the width of a column is made for."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Give tables as the bytes of an XLSX file (ECMA-376).

    Parameters
    ----------
    sheets : sequence of Sheet
        In the order of the workbook.

    Returns
    -------
    bytes
        Numbers are numbers, days are dates, several values of a cell have ; between them, unknown is empty. A text that
        begins like a formula is a text, and stays one when it is edited.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    for at, column in enumerate(sheet.columns, 1):
        longest = max([len(column), *(len(str(row[column] or "")) for row in sheet.rows[:LOOKED_AT])])
        page.column_dimensions[get_column_letter(at)].width = min(max(longest, NARROWEST), WIDEST)
    page.append([_header(page, column) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, row[column]) for column in sheet.columns])


def _header(page: Any, column: str) -> Any:
    cell = WriteOnlyCell(page, column)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(one) for one in value)
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    text = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT
    return _as_text(page, text) if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _as_text(page: Any, text: str) -> Any:
    """A cell that a spreadsheet keeps as text, as if it had been typed with an apostrophe."""
    cell = WriteOnlyCell(page)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
