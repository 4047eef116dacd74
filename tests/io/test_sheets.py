"""Sheets: cells as texts whatever the file, every cell with its name, and hostile files refused within bounds."""

from __future__ import annotations

import graphlib
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from books import book, rezipped
from riskmc.errors import InputError
from riskmc.io.sheets import xlsx_source
from riskmc.io.sheets.opening import sheets
from riskmc.io.sheets.sheet import cell_name

SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def test_the_packages_of_formats_do_not_import_each_other_in_a_ring():
    home = Path(sheets.__code__.co_filename).parents[1]
    graph = {
        package.parent.name: {
            name
            for file in package.parent.glob("*.py")
            for name in re.findall(r"^from riskmc\.io\.(\w+)\.", file.read_text(encoding="utf-8"), re.MULTILINE)
        }
        - {package.parent.name}
        for package in home.glob("*/__init__.py")
    }
    assert {"sheets", "table"} <= graph["workbook"]
    graphlib.TopologicalSorter(graph).prepare()


def refusal(file: Path) -> str:
    with pytest.raises(InputError) as found:
        sheets(file)
    return str(found.value)


def with_cells(folder: Path, cells: bytes) -> Path:
    file = book(folder / "a.xlsx", {"S": [["x"]]})
    return rezipped(file, {SHEET: MAIN + b"<sheetData>" + cells + b"</sheetData></worksheet>"})


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7"), (16_383, "XFD7")]
)
def test_cells_have_the_names_of_spreadsheets(column: int, name: str) -> None:
    assert cell_name(7, column) == name


def test_values_of_a_workbook_come_as_a_program_file_would_say_them(tmp_path: Path) -> None:
    values = ["text", 12.5, 120000, 0.1 + 0.2, 1e22, True, date(2027, 1, 4), datetime(2027, 1, 4, 8, 30), time(8, 30)]
    said = [
        "text", "12.5", "120000", "0.3", "10000000000000000000000", "true", "2027-01-04", "2027-01-04 08:30", "08:30",
    ]  # fmt: skip
    row = sheets(book(tmp_path / "a.xlsx", {"S": [values]}))["S"].rows[0]
    assert [*row.texts.values()] == said


def test_a_number_shown_as_a_percentage_is_one(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for column, form in enumerate(("0%", "0.00%", "0.0 %", "0", '"up to "0', "[h]:mm", "#,##0 [$€-407]"), start=1):
        made.active.cell(1, column, 0.35).number_format = form
    made.save(tmp_path / "a.xlsx")
    texts = sheets(tmp_path / "a.xlsx")["Sheet"].rows[0].texts
    assert [*texts.values()] == ["35%", "35%", "35%", "0.35", "0.35", "08:24", "0.35"]


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append([date(2027, 1, 4)])
    made.save(tmp_path / "a.xlsx")
    assert sheets(tmp_path / "a.xlsx")["Sheet"].rows[0].texts == {0: "2027-01-04"}


def test_the_stored_result_of_a_formula_counts_and_none_is_told(tmp_path: Path) -> None:
    cells = b'<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c r="C2"><f>1+1</f></c><c r="D2" t="e"><v>#REF!</v></c></row>'
    found = sheets(with_cells(tmp_path, cells))["S"]
    assert [(row.number, row.texts) for row in found.rows] == [(2, {1: "2", 3: "#REF!"})]
    assert found.uncomputed == {(2, 2)}


def test_cells_without_names_stand_side_by_side(tmp_path: Path) -> None:
    cells = b'<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row><row><c><v>2</v></c></row>'
    found = sheets(with_cells(tmp_path, cells))["S"]
    assert [(row.number, row.texts) for row in found.rows] == [(1, {0: "a", 1: "1"}), (2, {0: "2"})]


def test_sheets_come_in_order_and_name_their_cells(tmp_path: Path) -> None:
    found = sheets(book(tmp_path / "a.xlsx", {"Zebra": [["x"]], "Ape": [[None], [None, "y"]]}))
    assert [*found] == ["Zebra", "Ape"]
    assert found["Ape"].rows[0].number == 2
    assert str(found["Ape"].problem(2, 1, "cost", "is odd")) == f"{tmp_path / 'a.xlsx'}:Ape!B2: cost: is odd"


@pytest.mark.parametrize(
    ("content", "comma"),
    [
        (b"a,b\r\n1,\xc3\xa4\r\n", False),
        (b"\xef\xbb\xbfa;b\n1;\xc3\xa4\n", True),
        (b"a\tb\n1\t\xe4\n", False),
        ("a;b\n1;ä\n".encode("utf-16"), True),
    ],
)
def test_texts_are_read_in_any_usual_encoding_with_any_usual_mark(content: bytes, comma: bool, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    found = sheets(file)[""]
    assert [row.texts for row in found.rows] == [{0: "a", 1: "b"}, {0: "1", 1: "ä"}]
    assert found.decimal_comma == comma
    assert str(found.problem(2, 1, "", "is odd")) == f"{file}:2: is odd"


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_source, "MOST_BYTES", 2_000_000)
    row = b'<row><c t="inlineStr"><is><t>' + b"a" * 20_000 + b"</t></is></c></row>"
    assert "unpacks to more than 2 MB" in refusal(with_cells(tmp_path, row * 1000))


def test_a_cell_far_away_costs_nothing_and_one_beyond_the_last_column_is_refused(tmp_path: Path) -> None:
    found = sheets(with_cells(tmp_path, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))["S"]
    assert [(row.number, row.texts) for row in found.rows] == [(1_048_576, {16_383: "1"})]
    assert "more cells than any table" in refusal(with_cells(tmp_path, b'<row><c r="ZZZ1"><v>1</v></c></row>'))


def test_cells_far_below_on_many_sheets_are_refused_in_bounded_time(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", {f"S{number}": [["x"]] for number in range(12)})
    far = MAIN + b'<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    parts = {f"xl/worksheets/sheet{number}.xml": far for number in range(1, 13)}
    assert "more cells than any table" in refusal(rezipped(file, parts))


def test_a_text_longer_than_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    long = b"a" * 10_000_000
    cells = b'<row r="3"><c r="F3" t="inlineStr"><is><t>' + long + b"</t></is></c></row>"
    assert "F3: holds more than 32,767 characters" in refusal(with_cells(tmp_path, cells))
    (tmp_path / "a.csv").write_bytes(b"a,b\n1," + b"x" * 40_000)
    assert refusal(tmp_path / "a.csv").endswith("a.csv:2: a cell holds more than 32,767 characters")
    (tmp_path / "a.csv").write_bytes(b"a,b\n1," + long)
    assert "a.csv:2: is no sound CSV" in refusal(tmp_path / "a.csv")


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "boom">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_document_types_and_their_entities_are_refused(part: str, tmp_path: Path) -> None:
    file = rezipped(book(tmp_path / "a.xlsx", {"S": [["x"]]}), {part: DTD + MAIN + b"&e;</worksheet>"})
    assert "document type" in refusal(file)
    head = DTD.decode().replace("?>", ' encoding="UTF-16"?>', 1)
    hidden = head + MAIN.decode() + "&e;</worksheet>"
    assert "document type" in refusal(rezipped(file, {part: hidden.encode("utf-16")}))


def test_what_is_no_table_is_told_in_plain_words(tmp_path: Path) -> None:
    good = book(tmp_path / "good.xlsx", {"S": [["x"]]}).read_bytes()
    with zipfile.ZipFile(tmp_path / "plain.xlsx", "w") as plain:
        plain.writestr("readme.txt", "hello")
    cases = {
        "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(100), "an old .xls, or has a password"),
        "cut.xlsx": (good[: len(good) // 2], "is no sound workbook"),
        "plain.xlsx": ((tmp_path / "plain.xlsx").read_bytes(), "is a zip, but no workbook"),
        "bytes.csv": (bytes(range(256)), "is no text"),
    }
    for name, (content, text) in cases.items():
        (tmp_path / name).write_bytes(content)
        assert text in refusal(tmp_path / name)
    assert "there is no such file" in refusal(tmp_path / "none.xlsx")
    assert "cannot be read" in refusal(tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", {"S": [["ID", "p"], ["R1", 0.5], ["R2", date(2027, 1, 1)]]})
    with zipfile.ZipFile(file) as opened:
        part = data.draw(st.sampled_from(sorted(opened.namelist())))
        content = bytearray(opened.read(part))
    place = data.draw(st.integers(0, max(0, len(content) - 1)))
    kind = data.draw(st.sampled_from(["cut", "drop", "garble", "double", "zip"]))
    if kind == "zip":
        raw = bytearray(file.read_bytes())
        raw[place % len(raw)] ^= data.draw(st.integers(1, 255))
        file.write_bytes(raw)
    else:
        made = {
            "cut": content[:place],
            "drop": content[:place] + content[place + 9 :],
            "garble": content[:place] + bytes([data.draw(st.integers(0, 255))]) + content[place + 1 :],
            "double": content[:place] + content[max(0, place - 30) : place] + content[place:],
        }[kind]
        rezipped(file, {part: bytes(made)})
    try:
        found = sheets(file)
    except InputError:
        return
    assert all(isinstance(text, str) for sheet in found.values() for row in sheet.rows for text in row.texts.values())
