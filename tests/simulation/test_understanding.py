"""Trials know how many activities of their plan were recomputed on the dates that its tool stored."""

from datetime import datetime

import pytest

import riskmc as rm
from riskmc.program.stored import Stored, StoredDates, remember_stored
from riskmc.simulation import understanding
from stored_plans import CHAIN, at, chain, written

RANGE = "triangular(90% 100% 130%)"
OVER = "riskmc: 1\nprogram: Over\nplan: plan.xer\n"


def trials(folder, tasks, text=OVER, **words):
    written(folder / "plan.xer", tasks, CHAIN)
    (folder / "over.yaml").write_text(text)
    return rm.simulate(folder / words.pop("file", "plan.xer"), 64, default_range=RANGE, **words)


@pytest.mark.parametrize("file", ["plan.xer", "over.yaml"])
def test_a_plan_and_a_program_over_it_are_understood_alike(tmp_path, file):
    found = trials(tmp_path, chain(), file=file).recomputed
    assert (found.tool, found.matched, found.compared, found.complete) == ("Primavera P6", 3, 3, True)
    found = trials(tmp_path, chain(C={"total_float_hr_cnt": "8"}), file=file).recomputed
    assert (found.matched, found.compared, found.complete) == (2, 3, False)


def test_a_plan_that_is_simulated_itself_is_not_compiled_again(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(understanding, "recompute", lambda plan: asked.append(plan))
    assert trials(tmp_path, chain()).recomputed.matched == 3
    assert not asked


def test_what_the_overlay_a_scenario_or_a_response_changes_is_not_held_against_the_plan(tmp_path):
    text = OVER + (
        "projects: {PLAN: {activities: {B: {duration: 30d}}}}\n"
        "scenarios: {late: {set: {PLAN.A.duration: 20d}}}\n"
        "responses: {r: {status: approved, activities: {x: {duration: 9d, before: [PLAN.A]}}}}\n"
    )
    assert trials(tmp_path, chain(), text, file="over.yaml", scenario="late").recomputed.complete


def test_a_program_without_stored_dates_is_not_compared():
    dig = {"dig": {"duration": "5d"}}
    program = rm.Program(program="Shed", start="2027-01-04", projects={"p": {"activities": dig}})
    assert rm.simulate(program, 1).recomputed is None


def test_a_plan_that_cannot_be_scheduled_without_its_overlay_is_not_compared(tmp_path):
    """A waits for B and B for A; the overlay takes one of the links away."""
    written(tmp_path / "plan.xer", chain(), ("A B", "B A"))
    (tmp_path / "over.yaml").write_text(OVER + "projects: {PLAN: {activities: {A: {after: []}}}}\n")
    assert rm.simulate(tmp_path / "over.yaml", 16, default_range=RANGE).recomputed is None


def test_delays_are_counted_and_whether_they_are_kept(tmp_path):
    """B stands two days later than A lets it."""
    late = {"early_start_date": at("13 08:00"), "early_end_date": at("15 17:00")}
    found = trials(tmp_path, chain(B=late)).recomputed
    assert [(delay.activity, delay.days) for delay in found.delays] == [("PLAN.B", 2.0)]
    assert (found.delay_days, found.kept) == (2.0, False)
    kept = rm.keep_delays(rm.read(tmp_path / "plan.xer"))
    assert rm.simulate(kept, 16, default_range=RANGE).recomputed.kept


def test_the_stated_part_of_a_delay_is_in_days_of_the_clock():
    program = rm.Program(program="P", start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "1d"}}}})
    dates = StoredDates(early_start=datetime(2027, 1, 6, 8), early_finish=datetime(2027, 1, 6, 17), delay=2 * 1440)
    remember_stored(program, Stored("p.xml", "Microsoft Project", {"p.a": dates}))
    (delay,) = rm.verify(program).delays
    assert (delay.days, delay.stated) == (2.0, 2.0)
    assert {d.rule for d in rm.verify(program).differences} == {"levelling delay that the file states"}
