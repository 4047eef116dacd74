"""What a planning tool stored is known of the plan as it was read; what is made of a plan knows the plan."""

import riskmc as rm
from riskmc.program.stored import inherit_plan, plan_of, stored_of
from stored_plans import CHAIN, chain, written

OVER = "riskmc: 1\nprogram: Over\nplan: plan.xer\n"


def plan(folder):
    return written(folder / "plan.xer", chain(), CHAIN)


def table(folder):
    """Write a table of ranges and return its file."""
    file = folder / "ranges.csv"
    file.write_text("activity,unit,duration_minimum,duration_most_likely,duration_maximum\nPLAN.A,d,4,5,9\n")
    return file


def test_a_plan_is_its_own_plan(tmp_path):
    program = rm.read(plan(tmp_path))
    assert plan_of(program) is program
    assert set(stored_of(program).dates) == {"PLAN.A", "PLAN.B", "PLAN.C"}


def test_an_overlay_knows_its_plan_and_not_its_dates_as_its_own(tmp_path):
    plan(tmp_path)
    (tmp_path / "over.yaml").write_text(OVER)
    program = rm.read(tmp_path / "over.yaml")
    assert stored_of(program) is None
    assert len(stored_of(plan_of(program)).dates) == 3


def test_an_overlay_with_notes_knows_its_plan(tmp_path):
    plan(tmp_path)
    (tmp_path / "over.yaml").write_text(OVER + "ranges: [{on: [lost], duration: triangular(90% 100% 130%)}]\n")
    program = rm.read(tmp_path / "over.yaml")
    assert program.notes or plan_of(program)
    assert plan_of(program) is not None


def test_an_overlay_with_a_table_of_ranges_knows_its_plan(tmp_path):
    plan(tmp_path)
    table(tmp_path)
    (tmp_path / "over.yaml").write_text(OVER + "ranges: [{csv: ranges.csv}]\n")
    assert plan_of(rm.read(tmp_path / "over.yaml")) is not None


def test_a_plan_with_a_table_of_ranges_has_a_plan_below_it(tmp_path):
    program = rm.read(plan(tmp_path), ranges=table(tmp_path))
    assert stored_of(program) is None
    assert len(stored_of(plan_of(program)).dates) == 3


def test_a_scenario_of_a_plan_has_the_plan_below_it(tmp_path):
    program = rm.read(plan(tmp_path))
    changed = program.scenario(rm.Scenario(set={"PLAN.A.duration": "9d"}))
    assert stored_of(changed) is None
    assert plan_of(changed) is program


def test_what_is_made_of_a_program_without_a_plan_has_none():
    program = rm.Program(program="Shed", start="2027-01-04", projects={})
    changed = program.but(program="Barn")
    inherit_plan(changed, program)
    assert plan_of(changed) is None
