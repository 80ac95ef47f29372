"""CSV for other people's spreadsheets: unknown is empty, and no text can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""A spreadsheet runs a cell that begins so (OWASP, "CSV Injection"), in their wide forms too."""


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Give rows as CSV (RFC 4180, but with a bare newline at the end of a line).

    Parameters
    ----------
    columns : sequence of str
        The columns, in order.
    rows : sequence of mapping
        Column -> text, number, list of texts or None.

    Returns
    -------
    str
        With a header row. Several values of a cell have ; between them, None is empty, yes and no stand for the two
        truth values, and a text that a spreadsheet would run has an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return _harmless("; ".join(str(one) for one in value))
    return _harmless(value) if isinstance(value, str) else value


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
