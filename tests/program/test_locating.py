"""What the compile step refuses has a file and a line, where the program was read from a file."""

from pathlib import Path

import pytest

import riskmc as rm
from riskmc.program.locating import located

FILE = """\
riskmc: 1
program: Kitchen
start: 2027-01-04
projects:
  k:
    activities:
      a: {duration: 5d}
      b:
        duration: 3d
        after: [a]
"""
UNDER_B = "        progress: {started: 2027-03-01}\n"


def refused(folder: Path, text: str, **options: object) -> str:
    file = folder / "kitchen.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(rm.ProgramError) as error:
        rm.simulate(rm.read(file), iterations=100, **options)
    return str(error.value).removeprefix(f"{folder}/")


def test_a_cycle_stands_at_its_first_activity(tmp_path):
    text = FILE.replace("a: {duration: 5d}", "a: {duration: 5d, after: [b]}")
    assert refused(tmp_path, text).startswith("kitchen.yaml:7: k.a: its links lead back to itself: k.a -> k.b -> k.a")


def test_a_missing_status_date_stands_at_the_activity_that_needs_it(tmp_path):
    assert refused(tmp_path, FILE + UNDER_B).startswith("kitchen.yaml:8: k.b: progress needs the status date")


def test_an_actual_date_after_the_data_date_is_named(tmp_path):
    text = FILE.replace("start:", "data_date: 2027-02-01\nstart:") + UNDER_B
    told = refused(tmp_path, text)
    assert told.startswith("kitchen.yaml:9: k.b: started 2027-03-01 lies after the data date 2027-02-01")


def test_an_unknown_scenario_stands_at_the_scenarios(tmp_path):
    some = "scenarios: {fast: {set: {k.a.duration: 4d}}}\n"
    assert refused(tmp_path, FILE + some, scenario="fsat").startswith(
        "kitchen.yaml:11: scenarios: unknown scenario 'fsat'; did you mean 'fast'?"
    )
    assert refused(tmp_path, FILE, scenario="fast").startswith("kitchen.yaml: scenarios: unknown scenario 'fast'")


def test_a_program_made_by_hand_has_no_place():
    program = rm.Program(program="X", start="2027-01-04", projects={"k": {"activities": {"a": {"duration": "5d"}}}})
    with pytest.raises(rm.ProgramError) as error:
        rm.simulate(program, iterations=100, scenario="fast")
    assert str(error.value).startswith("scenarios: unknown scenario")


def test_work_of_the_plan_file_has_no_line_in_the_overlay(tmp_path):
    file = tmp_path / "kitchen.yaml"
    file.write_text(FILE, encoding="utf-8")
    program = rm.read(file)
    project = program.projects["k"]
    brought = project.model_copy(update={"activities": {**project.activities, "x": project.activities["a"]}})
    program.__dict__["projects"] = {"k": brought}  # as the plan file would have brought it
    with pytest.raises(rm.ProgramError) as error, located(program):
        raise rm.ProgramError([("k.x", "one"), ("k.a.duration", "two"), ("nowhere", "three")])
    assert str(error.value) == f"k.x: one\n{file}:7: k.a.duration: two\n{file}: nowhere: three"
