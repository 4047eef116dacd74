"""The workbook of a program: an equal program is read from it, its cells are what they seem, and its bytes stay."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import random_programs
import riskmc as rm
from riskmc.io.workbook import file as workbook_file
from riskmc.io.workbook import writer as workbook_writer

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted([*ROOT.glob("tests/data/**/*.yaml"), *ROOT.glob("models/*/program.yaml")])
EVERYTHING = {
    "program": "Everything",
    "start": "2027-01-04T00:00",
    "data_date": "2027-01-04 09:30",
    "confidence": {"expect": "P60", "commit": "P90"},
    "payments": {"lag": "45ed", "retention": "5%"},
    "discount_rate": {"nominal": "6.25%"},
    "management_reserve": "0.30000000000000004",  # one digit more than a number of a spreadsheet has
    "renamed": {"old": "new"},
    "funding": {2027: "90M"},
    "calendars": {
        "c": {"week": {"mon-fri": "22:00-06:00", "sun": "off"}, "weather": {"nov-feb": {"lost": "25%"}}},
        "d": {"based_on": "c", "exceptions": {"2027-01-06": "off", "2027-02-01..2027-02-05": "08:00-12:00"}},
    },
    "choices": {"fork": {"left": "50%", "right": "50%"}},
    "projects": {
        "p": {
            "activities": {
                "new": {"duration": {"plan": "3w", "range": "triangular(90% 100% 130%)"}, "uses": {"crew": 1.5}},
                "A 10.2": {"duration": "5ed", "after": ["new SS+2d", {"activity": "new", "lag": "uniform(1d 2d)"}]},
                "b": {"duration": "1d", "after": ['"A 10.2" FF-3h'], "when": "fork = left", "tags": ["x;y", "z"]},
                "site": {"level_of_effort": "true", "after": ["new SS"]},
                "span": {"level_of_effort": {"from": "new", "to": ["b", "A 10.2"]}},
                "A*1": {"duration": "1d"},
                "c": {"duration": "0", "start_no_earlier_than": {"date": "2027-03-01", "slip": "uniform(0d 5d)"}},
                "bare": {"milestone": "start", "guid": "{G}", "codes": {"Trade": "Civil", "a;b: c": "=1+1"}},
            },
        },
        "q": {"name": "Nothing in it"},
    },
    "resources": {"crew": {"capacity": 2, "cost": "95/h"}},
    "costs": {"k": {"fixed": {"range": "900"}, "per_day": "33", "span": {"from": "new", "to": ["b"]}}},
    "targets": [{"name": " blanks ", "cost": "1.25M"}, {"name": "#REF!", "finish": "2028-01-01"}],
    "ranges": [{"on": ['"A*1"', "name:a;b*"], "duration": "90%", "sizes": "own"}],
    "correlations": [{"group": ["p.*"], "duration": 0.4}, {"pair": ["p.new", "p.b"], "cost": -0.25}],
    "risks": {
        "r": {"probability": "12.3456789012345678%", "name": "", "given": {"q": "40%"}, "impacts": [{"cost": "+ 5k"}]},
        "q": {"probability": "20%", "impacts": [{"cost": "+ 1k"}]},
        "s": {"arrivals": {"rate": "0.8/y", "while": "p"}, "impacts": [{"on": "p.new", "duration": "x 110%"}]},
    },
    "responses": {
        "m": {
            "acts_on": {"r": {"probability": "1%", "impacts": [{"id": "i", "cost": "+ uniform(1k 2k)"}]}},
            "activities": {"talk": {"duration": "5d", "before": ["p.new", "p.b SS+1d"]}},
        }
    },
    "scenarios": {
        "t": {
            "set": {"p.new.duration": "90d", "p.b.after": ["p.new", '"p.A 10.2" SS']},
            "add": {"risks": {"u.v": {"probability": "5%", "impacts": [{"cost": "+ 1k", "id": "[x]"}]}}},
        }
    },
    "assumptions": ["One; two", "  "],
    "notes": ["A\x01B_x0041_"],
}


def test_every_example_comes_back_equal_with_its_hash(tmp_path: Path) -> None:
    for file in EXAMPLES:
        program = rm.read(file)
        program = program if program.plan is None else program.but(plan=None)
        workbook_writer.write(program, tmp_path / "again.xlsx")
        again = rm.read(tmp_path / "again.xlsx")
        assert again == program, file
        assert again.hash() == program.hash(), file


def test_a_program_with_every_kind_of_word_comes_back_equal(tmp_path: Path) -> None:
    program = rm.Program(**EVERYTHING)
    workbook_writer.write(program, tmp_path / "everything.xlsx")
    assert workbook_file.read(tmp_path / "everything.xlsx") == program


def test_the_same_program_makes_the_same_bytes() -> None:
    assert workbook_writer.dumps(rm.Program(**EVERYTHING)) == workbook_writer.dumps(rm.Program(**EVERYTHING))


SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(words=random_programs.programs())
def test_random_programs_come_back_equal(words: dict, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "random.xlsx"
    workbook_writer.write(rm.Program(**words), file)
    assert workbook_file.read(file) == rm.Program(**words)


ODD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co"]), min_size=1, max_size=8)


@SLOW
@given(words=st.lists(ODD, min_size=9, max_size=9))
def test_odd_texts_come_back_as_they_are(words: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    names = ("".join(sign for sign in word if sign.isprintable() and sign not in '"') for word in words)
    a, b, *rest = (f"a{name}{number}" for number, name in enumerate(names))
    activities = {
        a: {"name": words[0], "duration": "1d", "tags": rest[:2], "codes": {rest[2]: words[3]}, "wbs": words[4]},
        b: {"duration": "1d", "after": [rm.Link(activity=a, type="SS", lag="1d")]},
    }
    risks = {rest[3]: {"name": words[5], "owner": words[6], "probability": "10%", "impacts": [{"cost": "+ 5"}]}}
    program = rm.Program(
        program=words[7],
        start="2027-01-04",
        projects={rest[4]: {"activities": activities}},
        risks=risks,
        notes=[words[8]],
    )
    file = tmp_path_factory.getbasetemp() / "odd.xlsx"
    workbook_writer.write(program, file)
    assert workbook_file.read(file) == program


def test_numbers_are_numbers_and_dates_are_dates(tmp_path: Path) -> None:
    activity = {"duration": "20d", "cost": "1.2M", "start_on": "2027-02-01", "mandatory_finish": "2027-03-01 12:30"}
    program = rm.Program(program="X", start="2027-01-04", projects={"p": {"activities": {"a": activity}}})
    workbook_writer.write(program, tmp_path / "x.xlsx")
    head, row = openpyxl.load_workbook(tmp_path / "x.xlsx")["Activities"].iter_rows(values_only=True)
    cells = dict(zip(head, row, strict=True))
    assert cells["Duration"] == 20
    assert cells["Cost"] == 1_200_000
    assert cells["Start on"] == datetime.datetime(2027, 2, 1)
    assert cells["Mandatory finish"] == datetime.datetime(2027, 3, 1, 12, 30)


@pytest.mark.parametrize("text", ["=cmd()|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", '=HYPERLINK("x")'])
def test_text_that_looks_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    program = rm.Program(
        program=text, start="2027-01-04", projects={"p": {"activities": {text: {"name": text, "duration": "1d"}}}}
    )
    workbook_writer.write(program, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(found) == 3
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)
    assert workbook_file.read(tmp_path / "x.xlsx") == program


def test_a_text_longer_than_a_cell_is_refused_with_its_place() -> None:
    activities = {"a": {"duration": "1d", "name": "x" * 40_000}}
    program = rm.Program(program="X", projects={"p": {"activities": activities}})
    with pytest.raises(rm.ArgumentError, match=r"projects\.p\.activities\.a\.name: a cell holds 32,767 characters"):
        workbook_writer.dumps(program)


def test_a_list_too_long_for_a_cell_is_written_word_by_word(tmp_path: Path) -> None:
    names = [f"activity-number-{number:05d}" for number in range(2000)]
    activities = {name: {"duration": "1d"} for name in names}
    ranges = [{"on": [f"p.{name}" for name in names], "duration": "uniform(90% 110%)", "sizes": "own"}]
    program = rm.Program(program="X", start="2027-01-04", projects={"p": {"activities": activities}}, ranges=ranges)
    workbook_writer.write(program, tmp_path / "x.xlsx")
    assert workbook_file.read(tmp_path / "x.xlsx") == program
