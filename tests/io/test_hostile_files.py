"""Hostile and broken files of every kind, where no test of the reader itself holds the case: refused with its place."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

import riskmc as rm
from books import book, plan
from mspdi_plans import MONDAY, STANDARD, WEEK, calendar, task, xml
from riskmc.errors import RiskmcError
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.program import Program

DATA = Path(__file__).parents[1] / "data"
PLANS = {
    "xer": (DATA / "xer" / "plain.xer").read_bytes(),
    "pmxml": (DATA / "pmxml" / "plain.xml").read_bytes(),
    "sm": (DATA / "rcpsp" / "pair.sm").read_bytes(),
    "rcp": (DATA / "rcpsp" / "pair.rcp").read_bytes(),
    "mspdi": xml(task(1, 8), task(2, 8)).replace("><", ">\n<").encode(),
    "csv": b"ID,Name,Duration,Start,Predecessors\n1,Dig,5d,2027-01-04,\n2,Line,5d,2027-01-04,1\n",
    "register": b"ID,Risk,Probability,Delay (d),Activities,From\nR1,Soil,50%,5,dig,2027-01-04\n",
}
SUFFIX = {"pmxml": "xml", "mspdi": "xml", "register": "csv"}
OUTSIDE = b'<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project><Name>&a;</Name></Project>'
LONG = b"x" * 10_000_000
HEADS = ("ID", "Duration", "Predecessors", "Calendar")


def broken(kind: str, old: bytes, new: bytes) -> bytes:
    """Return the bytes of a plan with one thing changed, where it stands first."""
    assert old in PLANS[kind]
    return PLANS[kind].replace(old, new, 1)


def written(folder: Path, kind: str, content: bytes) -> Path:
    file = folder / f"file.{SUFFIX.get(kind, kind)}"
    file.write_bytes(content)
    return file


def computed(folder: Path, kind: str, content: bytes) -> Program:
    """Return the program of a file of which the plan could be computed."""
    file = written(folder, kind, content)
    program = rm.read(plan(folder), register=file) if kind == "register" else rm.read(file)
    compile_network(program, Settings())
    return program


SPAN = {"FromDate": "1990-01-01T00:00:00", "ToDate": "2190-01-01T23:59:00"}
OFF = {"TimePeriod": SPAN, "DayWorking": 0}
DAYS_OFF = calendar(1, "Office", WEEK, Exceptions={"Exception": [{**OFF, "Type": 1, "Period": 1}] * 400})
NEVER = {**OFF, "Type": 5, "MonthItem": 99, "MonthPosition": -7}
UPON = [calendar(n, f"c{n}", {2: "08:00-12:00"}, base=n - 1) for n in range(2, 400)]
LAGGED = b"%R\t1\t1\t5\t10\t10\tPR_FS\t"


def mspdi(*rows: dict, **more: object) -> bytes:
    return xml(*(rows or (task(1, 8), task(2, 8))), **more).encode()


IDLE = b"DaysOfWeek()(" + b"".join(b"(0||%d()())" % day for day in range(1, 8)) + b")))"
NO_WORK = re.sub(rb"DaysOfWeek.*\(0\|\|VIEW.*", IDLE, PLANS["xer"], count=1)


@pytest.mark.parametrize("kind, content, told", [
    ("xer", broken("xer", b"%R\t1\t1\t5\t", b"%R\t1\t1\t3\t"), "BRIDGE.A 10.2: its links lead back to itself"),
    ("xer", NO_WORK, "calendars.Office: a calendar needs working time"),
    ("xer", broken("xer", b"2027-01-04 00:00\t2027", b"0000-01-04 00:00\t2027"),
     "file.xer:8: PROJECT BRIDGE last_recalc_date: expected a date like 2027-01-04 08:00, found '0000-01-04 00:00'"),
    ("xer", broken("xer", b"2027-01-04 00:00\t2027", b"9999-01-04 00:00\t2027"),
     "file.xer:8: PROJECT BRIDGE last_recalc_date: expected a date from 1900 to 2199"),
    ("xer", b"PK\x03\x04" + bytes(300), "file.xer:1: not a Primavera P6 XER file"),
    ("pmxml", broken("pmxml", b"<ObjectId>2</ObjectId>\n      <PlannedD", b"<ObjectId>1</ObjectId>\n      <PlannedD"),
     "file.xml:142: Activity B ObjectId: expected a new number, found 1 again"),
    ("mspdi", OUTSIDE, "file.xml: holds a document type or entities (DTD), which no plan needs"),
    ("mspdi", PLANS["mspdi"][:-200], "is no sound XML: unclosed token"),
    ("mspdi", PLANS["mspdi"].replace(b"Task 2", b"B\xe9ton"), "is no sound XML: not well-formed"),
    ("mspdi", broken("mspdi", b"<FromTime>08:00:00", b"<FromTime>1e999:00"),
     "FromTime: expected a time of day like 08:00:00, found '1e999:00'"),
    ("mspdi", mspdi(calendars=[DAYS_OFF]), "Calendar 1: expected at most 1,000,000 days in all exceptions"),
    ("mspdi", mspdi(calendars=[STANDARD, *UPON]), "Calendar 51: expected at most 50 calendars based on one another"),
    ("mspdi", mspdi(*(task(n, 8, level=n) for n in range(1, 999))), "Task 201 OutlineLevel: expected at most 200"),
    ("mspdi", mspdi(task(1, Duration="PT1_0H0M0S")), "expected a duration of 0 to 100 years like PT8H0M0S"),
    ("mspdi", mspdi(task(1, FixedCost="1_000")), "Task 1 FixedCost: expected a number, found '1_000'"),
    ("mspdi", broken("mspdi", b"UTF-8", b"x" * 9_000), "its encoding cannot be read: unknown encoding: xxx"),
    ("xer", broken("xer", LAGGED + b"0", LAGGED + b"1e11"), "file.xer:41: TASKPRED lag_hr_cnt: a time of at most"),
    ("pmxml", broken("pmxml", b"<HoursPerDay>8", b"<HoursPerDay>-8"),
     "file.xml:19: Calendar Office HoursPerDay: expected hours of 0 or more, found -8"),
    ("csv", broken("csv", b"Dig", b'"Dig'), "file.csv:2: is no sound CSV: a cell begins with quotes that never end"),
    ("csv", broken("csv", b"Line", b'"Line').replace(b",", b";"), "file.csv:3: is no sound CSV: a cell begins"),
    ("sm", broken("sm", b"   3        1          1           5", b"   3        1          1           1"),
     "file.1: its links lead back to itself: file.1 -> file.3 -> file.1"),
    ("sm", PLANS["sm"].decode().encode("utf-16"), "file.sm: holds bytes that are not text"),
    ("sm", PLANS["sm"][:700], "file.sm:16: no PSPLIB problem: expected the part PRECEDENCE RELATIONS"),
    ("sm", broken("sm", b"  2      1     3", b"  2      1     " + b"3" * 10_000_000), "file.sm:29: REQUESTS/DURATIONS"),
    ("rcp", broken("rcp", b"1   5\n", b"1   1\n"), "its links lead back to itself: file.1 -> file.2 -> file.4"),
    ("rcp", b"1" * 10_000_000, "file.rcp:1: the number of jobs: expected a whole number from 0 to 999999999"),
    ("csv", broken("csv", b"\n2,", b"\n1,"), "file.csv:3: ID: '1' is said twice; first in row 2"),
    ("csv", broken("csv", b"Dig,5d", b"Dig,-5d"), "file.csv:2: duration: a duration cannot be negative, got -5d"),
    ("csv", broken("csv", b"2027-01-04", b"0000-01-04"), "file.csv:2: start: '0000-01-04' is no date"),
    ("csv", broken("csv", b"2027-01-04", b"9999-12-31"), "dates of a plan lie in the years 100 to 9,000, got 31 Dec"),
    ("csv", broken("csv", b"2027-01-04", b"0001-01-01"), "dates of a plan lie in the years 100 to 9,000, got 1 Jan 1"),
    ("csv", PLANS["csv"] + bytes(range(256)), "file.csv: is no text"),
    ("register", broken("register", b"50%", b"-50%"), "file.csv:2: R1: a probability is between 0% and 100%"),
    ("register", broken("register", b",5,dig", b",-5e9,dig"), "file.csv:2: R1: a time of at most 200 years"),
    ("register", broken("register", b",2027-01-04", b",0000-01-04"), "file.csv:2: R1: '0000-01-04' is not a day"),
    ("register", bytes(range(256)), "file.csv: is no text"),
    ("register", broken("register", b"Soil", LONG), "file.csv:2: is no sound CSV: field larger than field limit"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_with_its_place(kind: str, content: bytes, told: str, tmp_path: Path) -> None:
    begun = time.process_time()
    with pytest.raises(RiskmcError) as raised:
        computed(tmp_path, kind, content)
    assert told in str(raised.value)
    assert len(str(raised.value)) < 2_000
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("kind, old", [("xer", b"Work B"), ("mspdi", b"Task 2")])
def test_a_name_of_ten_million_letters_is_read_in_bounded_time(kind: str, old: bytes, tmp_path: Path) -> None:
    begun = time.process_time()
    program = computed(tmp_path, kind, broken(kind, old, LONG))
    assert LONG.decode() in [activity.name for activity in program.activities().values()]
    assert time.process_time() - begun < 10


NESTED = b"(0||CalendarData()(" * 50_000 + b"))" * 50_000
WIDE = b"%F\t" + b"\t".join(b"c%d" % n for n in range(50_000)) + b"\ttask_pred_id"


@pytest.mark.parametrize("kind, content", [
    ("mspdi", mspdi(calendars=[calendar(1, "Office", WEEK, Exceptions={"Exception": [NEVER]})])),
    ("mspdi", mspdi(task(1, PercentComplete="1e9", Start=MONDAY), task(2, PercentComplete="-5", ActualStart=MONDAY))),
    ("mspdi", broken("mspdi", b"Task 2", b"two\r\nlines\tand <![CDATA[<x> & ]] y]]>")),
    ("mspdi", PLANS["mspdi"].replace(b"UTF-8", b"UTF-16LE").decode().encode("utf-16-le")),
    ("xer", re.sub(rb"\(0\|\|CalendarData[^\t\r\n]*", NESTED, PLANS["xer"], count=1)),
    ("xer", broken("xer", b"%F\ttask_pred_id", WIDE)),
    ("csv", broken("csv", b"Dig", b'12" pipe')),
])  # fmt: skip
def test_what_is_strange_and_can_be_read_is_read_in_bounded_time(kind: str, content: bytes, tmp_path: Path) -> None:
    begun = time.process_time()
    assert len(computed(tmp_path, kind, content).activities()) > 1
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("kind, old", [("xer", b"Work B"), ("mspdi", b"Task 2"), ("csv", b"Dig")])
def test_formulas_are_names_and_never_computed(kind: str, old: bytes, tmp_path: Path) -> None:
    program = computed(tmp_path, kind, broken(kind, old, b"=1+cmd()"))
    assert "=1+cmd()" in [activity.name for activity in program.activities().values()]


@pytest.mark.parametrize("rows, told", [
    ([("a", 5, "b", None), ("b", 5, "a", None)], "its links lead back to itself"),
    ([("a", 5, None, None), ("a", 6, None, None)], "plan.xlsx:Activities!A3: a: is said twice; first in row 2"),
    ([("a", 5, None, "never")], "plan.xlsx:Calendars!2: "),
])  # fmt: skip
def test_a_workbook_is_refused_with_the_cell(rows: list[tuple[object, ...]], told: str, tmp_path: Path) -> None:
    sheets = {"Program": [("Start", "2027-01-04")], "Activities": [HEADS, *rows]}
    if rows[0][-1]:
        sheets["Calendars"] = [("ID", "Mon"), ("never", "off")]
    file = book(tmp_path / "plan.xlsx", sheets)
    with pytest.raises(RiskmcError) as raised:
        compile_network(rm.read(file), Settings())
    assert told in str(raised.value)
