"""Hostile and broken workbooks and tables: refused in plain words, in bounded time, or read; nothing else."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import riskmc as rm
from books import book, rezipped
from mutated import mutations
from riskmc.io.workbook import template
from riskmc.io.workbook import writer as workbook_writer
from riskmc.network.compiling import Settings, compile_network

GENERAL = [("Start", "2027-01-04")]
ROWS = [("ID", "Name", "Duration", "Predecessors"), ("a", "A", 5, None), ("b", "B", 5, "a")]
CSV = (
    b"ID;Name;Duration;Start;Predecessors;Min;Likely;Max;Cost;Milestone;Outline Level;Actual Start;Constraint Type\n"
    b"1;Work;9 days;Mon 04/01/27;;;;;;No;1;;\n2;Dig;5 days?;25/01/27 08:00;;4;5;9;1.200,50;No;2;04/01/27;ASAP\n"
    b"3;Line;2,5 wks;;2SS+5d;;;;;No;2;;As Late As Possible\n4;Open;0 days;;3FS+50%;;;;;Yes;1;;\n"
)
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
SHEET = "xl/worksheets/sheet2.xml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": ROWS})


def refused(file: Path) -> str:
    start = time.process_time()
    with pytest.raises(rm.InputError) as error:
        rm.read(file)
    assert time.process_time() - start < 10
    return str(error.value)


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused(part: str, content: bytes, plan: Path) -> None:
    assert "holds a document type (DTD)" in refused(rezipped(plan, {part: content}))


def test_a_zip_bomb_is_refused(plan: Path) -> None:
    rows = b"<row><c><v>1</v></c></row>" * 1_000_000
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    file = rezipped(plan, {SHEET: sheet})
    assert file.stat().st_size < 200_000
    assert "unpacks to over 200 times its size" in refused(file)


def test_broken_and_foreign_files_are_refused_in_plain_words(plan: Path) -> None:
    content = plan.read_bytes()
    with zipfile.ZipFile(other := io.BytesIO(), "w") as zipped:
        zipped.writestr("notes.txt", "hello")
    broken = {
        content[: len(content) // 2]: "is no sound workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500: "is an old .xls, or has a password: save it as .xlsx",
        other.getvalue(): "is a zip, but no workbook",
        b"": "",
        bytes(range(256)) * 20: "",
    }
    for bad, words in broken.items():
        plan.write_bytes(bad)
        assert words in refused(plan)


def test_stray_formats_far_to_the_right_and_below_do_no_harm(tmp_path: Path) -> None:
    import openpyxl

    file = book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": ROWS})
    made = openpyxl.load_workbook(file)
    for cell in ("XFD1", "XFD3", "A1048576"):
        made["Activities"][cell].font = openpyxl.styles.Font(bold=True)
    made["Activities"].merge_cells("E1:F2")
    made["Activities"].row_dimensions[3].hidden = True
    made.save(file)
    assert list(rm.read(file).activities()) == ["plan.a", "plan.b"]


def test_a_text_of_megabytes_is_refused(tmp_path: Path) -> None:
    rows = [*ROWS, ("c", "x", 5, None)]
    file = book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": rows})
    with zipfile.ZipFile(file) as opened:
        sheet = opened.read(SHEET)
    long = sheet.replace(b"<t>x</t>", b"<t>" + b"x" * 10_000_000 + b"</t>")
    assert len(long) > 10_000_000
    assert "holds more than 32,767 characters" in refused(rezipped(file, {SHEET: long}))
    (tmp_path / "plan.csv").write_bytes(b"ID,Duration\n" + b"x" * 10_000_000 + b",5\n")
    assert "plan.csv:2: " in refused(tmp_path / "plan.csv")


@pytest.mark.parametrize("value", ["0000-01-01", "10000-01-01", "-1", 1e300, "2027-13-45"])
def test_dates_that_do_not_exist_are_refused_with_their_cell(value: object, tmp_path: Path) -> None:
    file = book(tmp_path / "plan.xlsx", {"Program": [("Start", value)], "Activities": ROWS})
    assert "plan.xlsx:Program!B1: start: " in refused(file)


def test_negative_durations_and_calendars_without_working_time_are_refused(tmp_path: Path) -> None:
    rows = [("ID", "Duration", "Calendar"), ("a", -5, None), ("b", 5, "never")]
    calendars = [("ID", "Mon"), ("never", "off")]
    sheets = {"Program": GENERAL, "Activities": rows, "Calendars": calendars}
    told = refused(book(tmp_path / "plan.xlsx", sheets))
    assert "plan.xlsx:Activities!B2: duration: a duration cannot be negative, got -5d" in told


def test_many_faults_are_told_in_bounded_time(tmp_path: Path) -> None:
    rows = [("ID", "Duration", "Predecessors"), *((f"a{n}", "soon", f"b{n}") for n in range(2000))]
    links = [("Successor", "Predecessor"), *((f"c{n}", f"a{n}") for n in range(2000))]
    assert "unknown activity" in refused(
        book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": rows, "Links": links})
    )


def read_or_refused(file: Path) -> None:
    """Read a file and compute its plan: only errors of ours may come of it."""
    with contextlib.suppress(rm.RiskmcError):
        compile_network(rm.read(file), Settings())


FUZZED = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
PARTS = {info.filename: zipfile.ZipFile(io.BytesIO(template.workbook())).read(info)
         for info in zipfile.ZipFile(io.BytesIO(template.workbook())).infolist()}  # fmt: skip


@FUZZED
@given(data=st.data(), part=st.sampled_from(sorted(PARTS)))
def test_a_workbook_with_a_garbled_part_is_read_or_refused(
    data: st.DataObject, part: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "garbled.xlsx"
    garbled = data.draw(mutations(PARTS[part].replace(b"><", b">\n<")))
    with zipfile.ZipFile(file, "w") as made:
        for name, content in PARTS.items():
            made.writestr(name, garbled if name == part else content)
    read_or_refused(file)


@FUZZED
@given(content=mutations(template.workbook()))
def test_a_garbled_workbook_is_read_or_refused(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "bytes.xlsx"
    file.write_bytes(content)
    read_or_refused(file)


@FUZZED
@given(content=mutations(CSV))
def test_a_garbled_table_is_read_or_refused(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "garbled.csv"
    file.write_bytes(content)
    read_or_refused(file)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()", "x" * 300, "\u202eright to left"])
def test_hostile_names_come_through_as_they_are(name: str, tmp_path: Path) -> None:
    rows = [ROWS[0], ("a", f"{name}", 5, None)]
    program = rm.read(book(tmp_path / "plan.xlsx", {"Program": GENERAL, "Activities": [ROWS[0], ROWS[1]]}))
    activity = program.activities()["plan.a"].but(name=name)
    project = program.projects["plan"].model_copy(update={"activities": {"a": activity}})
    workbook_writer.write(program.but(projects={"plan": project}), tmp_path / "again.xlsx")
    assert rm.read(tmp_path / "again.xlsx").activities()["plan.a"].name == rows[1][1]
