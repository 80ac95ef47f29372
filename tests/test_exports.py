"""Tables for other people's programs: what pandas, openpyxl and libhxl read from them is what the tables say."""

from __future__ import annotations

import io
import json
import math
from collections import Counter
from dataclasses import replace
from datetime import date

import hxl
import made
import openpyxl
import pandas as pd
import pytest

import mapapp
from mapapp import cli
from mapapp.errors import AskedWrongly, NotFound
from mapapp.exchange import export
from mapapp.exchange.hxl import tag
from mapapp.exchange.tables import Sheet, tables
from mapapp.exchange.workbook import LONGEST_CELL
from mapapp.timeline.known import known

DAY = date(2026, 1, 20)
HXL_HASHTAGS = {
    "#adm1", "#affected", "#country", "#date", "#description", "#event", "#geo", "#indicator", "#loc", "#meta", "#org",
    "#population", "#status",
}  # fmt: skip
"""Of those that the standard (HXL 1.1) has, the ones in use."""

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "＝", "＋", "－", "＠"]
"""What a spreadsheet takes for the beginning of a formula."""

FORMULA = "1+cmd|' /C calc'!A1, \"quoted\""


@pytest.fixture(scope="module")
def sheets(timeline) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in tables(timeline, DAY)}


@pytest.fixture(scope="module")
def hostile() -> Sheet:
    rows = [{"facility_id": f"f{n}", "name": f"{start}{FORMULA}", "best": n} for n, start in enumerate(STARTS)]
    rows.append({"facility_id": "f99", "name": "مخيم الهول، عين العرب", "best": None})
    return Sheet("board", ("facility_id", "name", "best"), rows)


@pytest.fixture(scope="module")
def written(tmp_path_factory, sheets):
    """All tables in all formats, as the command writes them."""
    out = tmp_path_factory.mktemp("export")
    for form in export.FORMATS:
        export.write(list(sheets.values()), form, out / (form if form in export.FILE_EACH else f"tables.{form}"))
    return out


def flat(value):
    """A cell as a table without lists says it."""
    return ("; ".join(map(str, value)) or None) if isinstance(value, list | tuple) else value


def same(read, said) -> bool:
    """Whether a program reads from a cell what the table says there."""
    read, said = flat(read), flat(said)
    if said is None or said == "":
        return read is None or read == "" or (isinstance(read, float) and math.isnan(read)) or read is pd.NaT
    if isinstance(said, bool):
        return read in (said, "yes" if said else "no")
    if isinstance(said, int | float):
        return not isinstance(read, str) and math.isclose(read, said, rel_tol=1e-13)  # a workbook keeps 15 digits
    if isinstance(read, int | float):  # a code such as 1 may be taken for a number
        return said.isdigit() and read == int(said)
    if isinstance(read, date):
        return read.isoformat()[:10] == said
    return read == said.replace("\r\n", "\n") or read == f"'{said}"


def differences(frame: pd.DataFrame, sheet: Sheet) -> list:
    assert list(frame.columns) == list(sheet.columns)
    assert len(frame) == len(sheet.rows)
    return [
        (sheet.name, column, read, row[column])
        for column in sheet.columns
        for read, row in zip(frame[column], sheet.rows, strict=True)
        if not same(read, row[column])
    ]


# As the programs read them


def read_csv(path, **more) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""], **more)


def test_pandas_reads_from_csv_what_the_tables_say(written, sheets):
    for name, sheet in sheets.items():
        assert not differences(read_csv(written / "csv" / f"{name}.csv"), sheet)


def test_pandas_reads_from_csv_with_hxl_tags_what_the_tables_say(written, sheets):
    for name, sheet in sheets.items():
        assert not differences(read_csv(written / "hxl" / f"{name}.csv", skiprows=[1]), sheet)


def test_pandas_reads_from_the_workbook_what_the_tables_say(written, sheets):
    read = pd.read_excel(written / "tables.xlsx", sheet_name=None, keep_default_na=False, na_values=[""])
    assert list(read) == list(sheets)
    for name, sheet in sheets.items():
        assert not differences(read[name], sheet)


def test_pandas_reads_from_json_what_the_tables_say(written, sheets):
    read = json.loads((written / "tables.json").read_text("utf-8"))
    assert list(read) == list(sheets)
    for name, sheet in sheets.items():
        assert not differences(pd.DataFrame(read[name], columns=list(sheet.columns), dtype=object), sheet)


def test_openpyxl_reads_values_with_their_types(written, sheets):
    book = openpyxl.load_workbook(written / "tables.xlsx")
    assert book.sheetnames == list(sheets)
    page, said = book["board"], {row["facility_id"]: row for row in sheets["board"].rows}
    header = [cell.value for cell in page[1]]
    assert (page.freeze_panes, page["A1"].font.bold) == ("A2", True)
    read = {row[0]: dict(zip(header, row, strict=True)) for row in page.iter_rows(min_row=2, values_only=True)}
    assert read.keys() == said.keys()
    hol = read["al-hol"]
    assert hol["name_ar"] == "مخيم الهول"
    assert (hol["guard"], hol["contradiction"]) == ("NONE", True), "nobody is not the same as unknown"
    assert hol["guard_since"] == pd.Timestamp("2026-01-20")
    assert hol["last_verified_on"].date().isoformat() == said["al-hol"]["last_verified_on"]
    assert isinstance(hol["persons_high"], int)
    assert read["twahina"]["latitude"] is None, "unknown is empty, never zero"
    assert read["twahina"]["persons_best"] is None


def test_days_are_days_for_pandas_and_unknown_ones_are_none(written):
    events = read_csv(written / "csv" / "events.csv")
    days = pd.to_datetime(events["event_date"], format="%Y-%m-%d")
    assert days.isna().sum() == events["event_date"].isna().sum() > 0
    assert days.max() == pd.Timestamp("2026-03-20")
    assert events["best"].dtype == float
    assert events["best"].isna().any(), "no zero in place of what is not known"


# For spreadsheets


@pytest.mark.parametrize("form", ["csv", "hxl"])
def test_arabic_survives_excel_that_guesses_the_encoding_by_the_mark(written, form):
    data = (written / form / "board.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert "مخيم الهول" in data.decode("utf-8-sig")


def test_a_formula_in_a_name_stays_text_in_csv(hostile):
    for text, skip in ((export.as_csv(hostile), None), (export.as_hxl(hostile), [1])):
        names = pd.read_csv(io.StringIO(text.lstrip("\ufeff")), skiprows=skip)["name"]
        assert all(name.startswith("'") for name in names[: len(STARTS)])
        assert [name[1:].replace("\r", "\n") for name in names[: len(STARTS)]] == [
            f"{start}{FORMULA}".replace("\r", "\n") for start in STARTS
        ]
        assert names.iloc[-1] == hostile.rows[-1]["name"]


def test_a_formula_in_a_name_stays_text_in_the_workbook(hostile):
    data = export.ONE_FILE["xlsx"]([hostile])
    page = openpyxl.load_workbook(io.BytesIO(data))["board"]
    for n, row in enumerate(hostile.rows, 2):
        cell = page.cell(n, 2)
        assert cell.data_type == "s", cell.value
        assert cell.value.replace("\r", "\n") == row["name"].replace("\r", "\n")
        if n - 2 < len(STARTS):
            assert cell.quotePrefix, "it stays one when somebody edits the cell"
    assert page.cell(len(STARTS) + 2, 3).value is None
    read = pd.read_excel(io.BytesIO(data))
    assert read["name"].iloc[0] == f"={FORMULA}"


def test_a_formula_in_the_name_of_a_facility_stays_text_in_every_export(situation, tmp_path):
    camps = made.facilities(camp=(40.5, 36.5)).assign(name='=HYPERLINK("http://example.org")', name_ar="@مخيم")
    told = replace(situation, facilities=camps, events=situation.events[:0], figures=situation.figures[:0])
    every = tables(mapapp.build(told), DAY)
    export.write(every, "csv", tmp_path / "csv")
    export.write(every, "xlsx", tmp_path / "tables.xlsx")
    for path in sorted((tmp_path / "csv").iterdir()):
        for row in pd.read_csv(path, dtype=str, header=None, keep_default_na=False).itertuples(index=False):
            assert not any(cell.startswith(("=", "@")) for cell in row), path.name
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert not [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so():
    sheet = Sheet("events", ("title", "notes"), [{"title": "a" * 40_000, "notes": "bell \x07 and null \x00"}])
    page = openpyxl.load_workbook(io.BytesIO(export.ONE_FILE["xlsx"]([sheet])))["events"]
    assert len(page["A2"].value) == LONGEST_CELL
    assert page["A2"].value.endswith("…")
    assert page["B2"].value == "bell  and null "


# HXL


def test_every_table_validates_as_hxl(written, sheets):
    for name, sheet in sheets.items():
        issues = []
        path, local = str(written / "hxl" / f"{name}.csv"), hxl.InputOptions(allow_local=True)
        data = hxl.data(path, local)
        assert [column.display_tag for column in data.columns] == [tag(column) for column in sheet.columns]
        hxl.schema(None, callback=issues.append).validate(data)
        errors = [one for one in issues if one.message != "Possible numeric outlier"]  # camps differ in size
        assert not errors, (name, [(one.message, one.value) for one in errors])
        assert sum(1 for _ in hxl.data(path, local)) == len(sheet.rows)


def test_a_wrong_value_would_not_validate():
    """Else the test above proves nothing."""
    sheet = Sheet("events", ("event_date", "best"), [{"event_date": "one day", "best": "many"}])
    issues = []
    data = hxl.data(io.BytesIO(export.as_hxl(sheet).encode()))
    assert not hxl.schema(None, callback=issues.append).validate(data)
    assert {one.value for one in issues} == {"one day", "many"}


def test_hashtags_are_of_the_standard_and_none_stands_twice(sheets):
    for sheet in sheets.values():
        told = [tag(column) for column in sheet.columns]
        assert {one.partition("+")[0] for one in told} <= HXL_HASHTAGS
        assert all(hxl.TagPattern.parse(one) for one in told)
        assert [one for one, times in Counter(told).items() if times > 1] == [], sheet.name


def test_a_column_without_a_tag_does_not_go_out():
    with pytest.raises(KeyError):
        export.as_hxl(Sheet("x", ("shoe_size",), []))


# What is in them, and the command


def test_exports_are_of_the_look_back(situation, sheets):
    then = {sheet.name: sheet for sheet in tables(mapapp.build(known(situation, date(2026, 1, 19))), DAY)}
    about = {row["what"]: row["value"] for row in then["about"].rows}
    assert about["known on"] == "2026-01-19"
    assert {row["what"]: row["value"] for row in sheets["about"].rows}["known on"] == "all that is on record"
    ids = [{row["event_id"] for row in one["events"].rows} for one in (then, sheets)]
    assert ids[0] < ids[1]
    assert "C049" in ids[1] - ids[0], "reported on 25 January"


def test_a_table_without_rows_has_its_columns_where_it_can(situation, tmp_path):
    nothing = replace(
        situation,
        facilities=situation.facilities[:0],
        events=situation.events[:0],
        figures=situation.figures[:0],
        conflicts=situation.conflicts[:0],
    )
    every = tables(mapapp.build(nothing), DAY)
    for form in export.FORMATS:
        export.write(every, form, tmp_path / (form if form in export.FILE_EACH else f"tables.{form}"))
    assert list(read_csv(tmp_path / "csv" / "events.csv").columns)[:2] == ["event_id", "event_date"]
    assert len(openpyxl.load_workbook(tmp_path / "tables.xlsx").sheetnames) == len(every)


@pytest.mark.parametrize("form", ["csv", "hxl"])
def test_the_command_writes_one_table(capsys, tmp_path, form, sheets):
    out = tmp_path / "board.csv"
    asked = ["export", "--to", form, "--table", "board", "--date", DAY.isoformat(), "--out", str(out)]
    assert cli.main(asked) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert not differences(read_csv(out, skiprows=[1] if form == "hxl" else None), sheets["board"])


def test_the_same_from_python(timeline, tmp_path, sheets):
    (path,) = mapapp.export(timeline, DAY, "csv", tmp_path / "board.csv", table="board")
    assert not differences(read_csv(path), sheets["board"])
    with pytest.raises(AskedWrongly, match="no format 'ods'"):
        mapapp.export(timeline, DAY, "ods", tmp_path / "board.ods")
    with pytest.raises(NotFound, match="no table 'shoes'"):
        mapapp.export(timeline, DAY, "csv", tmp_path / "shoes.csv", table="shoes")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--to", "csv", "--out", "all.csv"),
        ("--to", "csv", "--table", "shoes", "--out", "shoes.csv"),
        ("--to", "xlsx", "--out", "nowhere/tables.xlsx"),
        ("--to", "json", "--out", "."),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(capsys, tmp_path, monkeypatch, wrong):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["export", *wrong]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in error
    assert list(tmp_path.iterdir()) == []
