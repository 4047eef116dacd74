"""The table of ranges as CSV: what is written, what a spreadsheet makes of it, and what is read."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.io.range_file import COLUMNS, Range, Row, dumps, harmless, loads, number_text, plain

DIG = Range(20.0, 1.0, 18.0, 20.0, 26.0, 18.9, 24.1, "triangular", "triangular(90% 100% 130%)", "own", "", "own", "")
PLAIN = Row("build.dig", "Dig", "planned", "d", DIG, Range())


def test_the_table_has_one_header_and_one_line_a_row() -> None:
    lines = dumps([PLAIN, PLAIN]).splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1].startswith(
        "build.dig,Dig,planned,d,20,,18,20,26,18.9,24.1,triangular,triangular(90% 100% 130%),own,"
    )
    assert "triangular(90% 100% 130%) | 18 20 26 18.9 24.1" in lines[1]
    assert len(lines) == 3


@pytest.mark.parametrize(
    "name", ["=cmd()", "+1", "-A1", "@SUM(A1)", "\tx", "2024.1010", "1E5.2", "MAR.10", "Dec-12", "'quoted", "#a", "/x"]
)
def test_no_name_is_a_formula_a_number_or_a_date_and_all_are_read_back(name: str) -> None:
    assert harmless(name) == f"'{name}"
    assert plain(harmless(name)) == name
    (row,) = csv.DictReader(io.StringIO(dumps([Row(name, name, "planned", "d", DIG, Range())])))
    assert row["activity"].startswith("'")
    assert row["name"][:1] in ("'", "x")


@pytest.mark.parametrize(
    "name", ["build.dig", "A 10.2", "Übergabe.x", "_a.b", "P1.MAR.10", "מגדל.יסוד", "triangular(90%)"]
)
def test_a_harmless_name_stays_as_it_is(name: str) -> None:
    assert harmless(name) == name


@settings(max_examples=100, deadline=None)
@given(name=st.text(min_size=1, max_size=12).filter(lambda text: text.isprintable() and text == text.strip()))
def test_every_name_is_read_back_exactly(name: str) -> None:
    rows, problems = loads(dumps([Row(name, name, "planned", "d", DIG, Range())]).encode(), "t.csv")
    assert (problems, [row.activity for row in rows]) == ([], [name])


@pytest.mark.parametrize(
    ("value", "field", "text"),
    [
        (18.0, "duration", "18"),
        (1 / 3, "duration", "0.3333"),
        (-0.00001, "duration", "0"),
        (1234567.891, "cost", "1234567.89"),
        (None, "cost", ""),
    ],
)
def test_numbers_are_written_for_a_spreadsheet(value: float | None, field: str, text: str) -> None:
    assert number_text(value, field) == text


TABLE = 'activity,duration_minimum,comment\nbuild.dig,18,mine\nbuild.line,"1,5",\n'


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace(",", ";").replace('"1;5"', "1,5").encode(),
        TABLE.replace('"1,5"', "1.5").replace(",", "\t").encode(),
        TABLE.encode("utf-16"),
        ("\n" + TABLE.replace("\n", "\n,,\n")).encode(),
        TABLE.replace("activity,duration_minimum", "Activity ,Duration Minimum").encode(),
    ],
    ids=["plain", "mark", "crlf", "semicolons", "tabs", "utf-16", "empty lines", "headings"],
)
def test_what_spreadsheets_write_is_read(content: bytes) -> None:
    rows, problems = loads(content, "t.csv")
    assert problems == []
    assert [(row.activity, row.texts["duration_minimum"][:2]) for row in rows] == [
        ("build.dig", "18"),
        ("build.line", rows[1].texts["duration_minimum"][:2]),
    ]
    assert rows[1].texts["duration_minimum"] in ("1,5", "1.5")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "t.csv:1: the file is empty"),
        (b"activity\nCaf\xe9\n", "t.csv:2: is not UTF-8"),
        (b"name,duration_range\nx,1d\n", "t.csv:1: a table of ranges needs the column `activity`"),
        (b"activity,duration_minumum\n", "t.csv:1: duration_minumum: unknown column; did you mean 'duration_minimum'?"),
        (b"activity,cost_p10,cost_p10\n", "t.csv:1: cost_p10: this column is there twice"),
        (b'activity,name\na,"two\nlines"\na,\n', "t.csv:4: a: is said twice; first on line 2"),
        (b"activity,name\n,x\n", "t.csv:2: activity: the row names no activity"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_line(content: bytes, said: str) -> None:
    _, problems = loads(content, "t.csv")
    assert [str(problem)[: len(said)] for problem in problems] == [said]
