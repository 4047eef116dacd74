"""Earned value of programs: what was planned, earned and spent at the data date, against which baseline."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import riskmc as rm
from riskmc.analysis.earned_value.result import earned_value
from riskmc.errors import ArgumentError
from riskmc.program.stored import Stored, StoredDates, remember_stored, stored_of

MODELS = Path(__file__).parents[3] / "models"
XER = Path(__file__).parents[2] / "data" / "xer"
DONE = {"started": "2027-01-04T08:00", "finished": "2027-01-15T17:00"}
RANGE = "triangular(80% 100% 150%)"


def program(activities, date="2027-01-25", **sections):
    projects = {"p": {"activities": activities}}
    return rm.Program(program="Case", start="2027-01-04", projects=projects, data_date=date, **sections)


def two(first=None, second=None, **sections):
    """Two weeks of a, then two weeks of b; each costs 100k. At 25 January half of b should be done."""
    return program(
        {
            "a": {
                "duration": {"plan": "10d", "range": RANGE},
                "cost": "100k",
                **({"progress": first} if first else {}),
            },
            "b": {
                "duration": {"plan": "10d", "range": RANGE},
                "cost": "100k",
                "after": ["a"],
                **({"progress": second} if second else {}),
            },
        },
        **sections,
    )


def measured(plan, baseline=None, **options):
    return earned_value(rm.simulate(plan, 60, **options), baseline)


def test_work_that_went_as_planned_has_indices_of_one_and_earns_the_time_that_has_passed():
    found = measured(
        two({**DONE, "actual_cost": "100k"}, {"started": "2027-01-18T08:00", "actual_cost": "50k"})
    ).program
    assert (found.value.pv, found.value.ev, found.value.ac, found.value.bac) == (150e3, 150e3, 150e3, 200e3)
    assert (found.value.spi, found.value.cpi, found.value.eac) == (1, 1, 200e3)
    assert found.timing.pd == (datetime(2027, 1, 29, 17) - datetime(2027, 1, 4, 8)).total_seconds() / 86400
    assert found.timing.at == (datetime(2027, 1, 25) - datetime(2027, 1, 4, 8)).total_seconds() / 86400
    assert (found.timing.es, found.timing.spi_t) == (found.timing.at, 1)
    assert found.forecast_finish == found.planned_finish


def test_what_is_late_and_dear_is_behind_and_forecast_later_and_dearer():
    """Only a is done on 25 January, a week late, for 120k: 100k of 150k earned, the plan's value of Monday
    18 January at eight."""
    late = {"started": "2027-01-04T08:00", "finished": "2027-01-22T17:00", "actual_cost": "120k"}
    found = measured(two(late)).program
    assert (found.value.spi, found.value.cpi) == (100 / 150, 100 / 120)
    assert found.value.eac == 240e3
    assert found.timing.es == 14
    assert -7 < found.timing.sv_t < -6
    assert found.forecast_finish > found.planned_finish
    assert (
        found.forecast_finish
        == datetime(2027, 1, 4, 8) + (datetime(2027, 1, 29, 17) - datetime(2027, 1, 4, 8)) / found.timing.spi_t
    )


def test_percent_complete_is_what_the_file_says_else_what_of_the_planned_duration_is_behind():
    def earned(**progress):
        return measured(two(DONE, {"started": "2027-01-18T08:00", **progress})).program.value.ev - 100e3

    assert earned() == 50e3
    assert earned(remaining="8d") == 20e3
    assert earned(remaining="15d") == 0
    assert earned(remaining="8d", percent="35%") == 35e3
    with pytest.raises(rm.ProgramError, match="a finished activity is 100% done, got percent: 40%"):
        two({**DONE, "percent": "40%"})


def test_percent_moves_no_simulated_number():
    plain, said = (two(DONE, {"started": "2027-01-18T08:00", **more}) for more in ({}, {"percent": "70%"}))
    runs = [rm.simulate(plan, 60) for plan in (plain, said)]
    assert (runs[0].finish_minutes == runs[1].finish_minutes).all()
    assert (runs[0].cost_cents == runs[1].cost_cents).all()


@pytest.mark.parametrize(
    "spend, share", [("even", 0.5), ("start", 1), ("finish", 0), ("front", 0.75), ("back", 0.25), ("bell", 0.5)]
)
def test_planned_value_follows_the_working_time_and_the_profile(spend, share):
    """At the weekend in the middle of four weeks half of the working time is over."""
    work = {"a": {"duration": "20d", "cost": "100k", "spend": spend}}
    for date in ("2027-01-16", "2027-01-17", "2027-01-18"):
        assert measured(program(work, date)).program.value.pv == 100e3 * share
    assert measured(program(work, "2027-02-01")).program.value.pv == 100e3


def test_level_of_effort_and_costs_of_the_program_are_earned_as_planned_and_never_drive_the_index():
    activities = {
        "a": {"duration": "10d", "cost": "100k", "progress": DONE},
        "office": {"level_of_effort": {"from": "a", "to": "b"}, "cost": {"per_day": "1k"}},
        "b": {"duration": "10d", "cost": "100k", "after": ["a"], "progress": {"started": "2027-01-18T08:00"}},
    }
    found = measured(program(activities, costs={"staff": {"per_day": 500}, "permit": "8k"}))
    lines = {line.source: line for line in found.lines}
    assert (lines["p.office"].bac, lines["p.office"].pv, lines["p.office"].ev) == (2_000_000, 1_500_000, 1_500_000)
    assert (lines["costs/staff"].bac, lines["costs/staff"].ev) == (1_000_000, 750_000)
    assert lines["costs/permit"].ev == lines["costs/permit"].pv == 600_000
    assert found.program.value.spi == 1


def test_the_parts_are_the_whole_and_the_budget_is_what_the_plan_costs():
    found = earned_value(rm.simulate(MODELS / "tunnel" / "program.yaml", 60))
    for word in ("bac", "pv", "ev", "ac"):
        total = sum(getattr(line, word) for line in found.lines)
        assert round(100 * getattr(found.program.value, word)) == total
        inside = sum(getattr(found[place].value, word) for place in found.statuses if place)
        none = sum(getattr(line, word) for line in found.lines if not line.project)
        assert round(100 * inside) + none == total
    ferry = rm.simulate(MODELS / "ferry" / "program.yaml", 60)
    assert round(100 * earned_value(ferry).program.value.bac) == ferry.plan.cost_cents


def test_contingency_is_no_part_of_the_budget():
    held = two(DONE, costs={"u": {"fixed": "30k", "contingency": True}})
    assert measured(held).program.value.bac == 200e3


def test_without_progress_it_is_not_started_and_without_a_data_date_nothing_is_known():
    idle = measured(two())
    assert not idle.begun
    assert idle.program.value.pv == 150e3
    assert idle.program.value.spi == 0
    assert "not started" in repr(idle)
    undated = measured(two(date=None))
    assert not undated.begun
    assert (undated.program.data_date, undated.program.timing, undated.program.forecast_finish) == (None, None, None)
    assert undated.program.value.spi is None


def test_where_no_money_is_spent_value_is_working_days():
    begun = {"started": "2027-01-18T08:00", "remaining": "8d"}
    activities = {
        "a": {"duration": {"plan": "10d", "range": RANGE}, "progress": {**DONE, "finished": "2027-01-18T12:00"}},
        "b": {"duration": "10d", "after": ["a"], "progress": begun},
        "m": {"milestone": True, "after": ["b"]},
    }
    found = measured(program(activities))
    value = found.program.value
    assert (value.bac, value.pv, value.ev, value.ac) == (20, 15, 12, 10.5 + 5)
    assert found.unit == "days"
    assert found.program.cost is None
    assert any("No money is spent" in note for note in found.notes)
    assert "bac_working_days" in found.to_frame().columns


def test_another_program_is_a_baseline_and_what_it_has_not_earns_nothing():
    """The budget was 80k for a alone, planned for one week; b was added later."""
    old = rm.Program(
        program="As approved",
        start="2027-01-04",
        projects={"p": {"activities": {"a": {"duration": "5d", "cost": "80k"}}}},
    )
    found = measured(two({**DONE, "actual_cost": "90k"}, {"started": "2027-01-18T08:00", "actual_cost": "50k"}), old)
    assert (found.program.value.bac, found.program.value.pv) == (80e3, 80e3)
    assert (found.program.value.ev, found.program.value.ac) == (80e3, 140e3)
    assert any("Without a budget in the baseline: 1;" in note for note in found.notes)
    assert "As approved" in found.notes[0]
    assert found.program.timing.es == found.program.timing.pd


def test_baseline_dates_that_the_planning_tool_stored_take_the_place_of_the_plans_own():
    plan = two({**DONE, "actual_cost": "100k"})
    dates = {
        "p.a": StoredDates(baseline_start=datetime(2027, 1, 4, 8), baseline_finish=datetime(2027, 1, 29, 17)),
        "p.b": StoredDates(baseline_start=datetime(2027, 2, 1, 8), baseline_finish=datetime(2027, 2, 12, 17)),
    }
    remember_stored(plan, Stored("case.xml", "Microsoft Project", dates))
    assert stored_of(plan) is not None
    found = measured(plan)
    assert found.program.value.pv == 75e3
    assert found.program.value.ev == 100e3
    assert found.program.timing.pd == (datetime(2027, 2, 12, 17) - datetime(2027, 1, 4, 8)).total_seconds() / 86400
    assert "the baseline dates of 2 activities that Microsoft Project stored" in found.notes[0]


def test_what_the_file_does_not_say_is_assumed_and_told():
    spent = {**DONE, "actual_cost": "70k"}
    activities = {
        "a": {"duration": "10d", "progress": spent},
        "b": {"duration": "10d", "cost": "100k", "after": ["a"], "progress": {"started": "2027-01-18T08:00"}},
    }
    found = measured(program(activities))
    lines = {line.source: line for line in found.lines}
    assert (lines["p.a"].bac, lines["p.a"].ac, lines["p.a"].certain) == (7_000_000, 7_000_000, True)
    assert (lines["p.b"].ac, lines["p.b"].certain) == (5_000_000, False)
    assert any("Activities without a planned cost: 1;" in note for note in found.notes)
    assert any("Actual costs that are not known: 1;" in note for note in found.notes)


def test_projects_have_their_own_data_dates_and_names():
    projects = {
        "x": {
            "name": "North",
            "activities": {"a": {"duration": "10d", "cost": "10k", "progress": DONE}},
            "data_date": "2027-01-18",
        },
        "y": {"activities": {"b": {"duration": "10d", "cost": "10k"}}, "data_date": "2027-01-11"},
    }
    found = measured(rm.Program(program="Two", start="2027-01-04", projects=projects))
    assert (found["x"].value.pv, found["y"].value.pv, found[None].value.pv) == (10e3, 5e3, 15e3)
    assert (found["x"].name, found[None].data_date) == ("North", datetime(2027, 1, 18))
    with pytest.raises(ArgumentError, match="there is no project 'z'; there are x, y"):
        found["z"]


def test_a_program_is_simulated_and_the_simulated_finish_and_cost_stand_beside():
    plan = two(DONE, {"started": "2027-01-18T08:00"})
    found = earned_value(plan)
    run = rm.simulate(plan)
    assert found.program.finish.quantile(0.80) == run.finish().quantile(0.80)
    assert found.to_frame().loc["", "simulated_cost_p80"] == run.cost().quantile(0.80)
    assert "SPI 1.00" in repr(found)
    assert "Earned value" in found._repr_html_()


def test_a_plan_without_chance_and_a_renamed_baseline_are_measured_too():
    found = measured(replace_ranges(two(DONE)))
    assert not found.trials.random
    assert found.program.value.ev == 100e3
    assert replace(found.program.value, ac=0).cpi is None


def replace_ranges(plan):
    activities = {name: activity.but(duration="10d") for name, activity in plan.projects["p"].activities.items()}
    return plan.but(projects={"p": plan.projects["p"].but(activities=activities)})


def test_the_planned_cost_that_a_tool_stored_is_the_budget_of_work_that_has_begun():
    begun = {"started": "2027-01-18T08:00", "actual_cost": "80k", "percent": "25%"}
    plan = two({**DONE, "actual_cost": "130k"}, begun)
    dates = {"p.a": StoredDates(planned_cost=90e3), "p.b": StoredDates(planned_cost=120e3)}
    remember_stored(plan, Stored("case.xer", "Primavera P6", dates))
    found = measured(plan)
    assert (found.program.value.bac, found.program.value.ac) == (210e3, 210e3)
    assert found.program.value.ev == 90e3 + 0.25 * 120e3
    assert found.program.value.pv == 90e3 + 120e3 / 2
    assert "the planned cost of 2 that have begun, as Primavera P6 stored it" in found.notes[0]


def test_a_stored_planned_cost_of_work_that_nobody_has_begun_gives_way_to_the_program():
    plan = two({**DONE, "actual_cost": "130k"})
    remember_stored(plan, Stored("case.xer", "Primavera P6", {"p.b": StoredDates(planned_cost=7.0)}))
    assert measured(plan).program.value.bac == 200e3


def test_finished_work_of_a_plan_file_is_budgeted_as_it_was_planned_and_not_as_it_was_spent():
    found = earned_value(rm.simulate(rm.read(XER / "costs.xer"), 60))
    lines = {line.source: line for line in found.lines}
    assert (lines["MONEY.DONE"].bac, lines["MONEY.DONE"].ac) == (400_000, 410_050)
    assert lines["MONEY.HALF"].bac == 840_000
