"""The overlay: an analyst's words over the plan of a planning tool."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

import riskmc as rm
from riskmc.io import plan_file, program_file, read
from riskmc.program import Program, Quantity
from riskmc.program.notation import size
from riskmc.program.overlay import overlay
from riskmc.program.reference import faults, unknown_over_plan

PLAN = Program(
    program="From the tool",
    start="2027-01-04",
    calendars={"site": {"week": {"mon-fri": "08:00-16:00"}}},
    projects={
        "P1": {
            "activities": {
                "A 10": {"duration": "20d", "cost": "5k", "calendar": "site", "codes": {"phase": "1"}},
                "A 20": {"duration": "10d", "after": ['"A 10" SS+2d']},
            }
        }
    },
)
OVERLAY = """
program: Analysed
plan: tool.xer
projects:
  P1:
    activities:
      "A 10": {duration: pert(15d 20d 40d), cost: {per_day: 1k}, codes: {risk: high}}
      more: {duration: 5d, after: ['"A 20"']}
drivers:
  crew: {on: ["A 10", ghost], duration: x 110%}
risks:
  rain: {probability: 20%, impacts: [{on: "A*", duration: x 120%}]}
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(plan_file, "PLANS", {".xer": lambda path: PLAN})
    (tmp_path / "analysis.yaml").write_text(OVERLAY)
    return read(tmp_path / "analysis.yaml")


def test_the_overlay_changes_what_it_says_and_no_more(program: Program) -> None:
    activity = program.activities()["P1.A 10"]
    assert (program.program, program.start) == ("Analysed", PLAN.start)
    assert (activity.duration.plan, activity.duration.range) == (Quantity(20.0, "d"), size("pert(15d 20d 40d)"))
    assert (activity.cost.fixed.plan, activity.cost.per_day) == (Quantity(5000.0), Quantity(1000.0))
    assert (activity.calendar, activity.codes) == ("site", {"phase": "1", "risk": "high"})
    assert program.activities()["P1.A 20"] == PLAN.activities()["P1.A 20"]
    assert list(program.activities()) == ["P1.A 10", "P1.A 20", "P1.more"]


def test_what_the_plan_lacks_is_listed_and_not_refused(program: Program) -> None:
    assert faults(program) == []
    assert unknown_over_plan(program) == [("drivers.crew.on[1]", "unknown activity 'ghost'")]


def test_an_overlay_written_out_is_read_as_itself(program: Program, tmp_path: Path) -> None:
    program_file.write(program, tmp_path / "again.yaml")
    assert read(tmp_path / "again.yaml") == program
    assert overlay(PLAN, program) == program


def laid(words: str, plan: Program = PLAN) -> Program:
    """Return a plan with an overlay, written as YAML, over it."""
    own = Program(program="Overlay", plan="tool.xer", **yaml.load(words, Loader=yaml.BaseLoader))
    return overlay(plan, own)


def test_an_activity_that_the_plan_has_lost_is_left_out_and_noted() -> None:
    """It would else stand in the program as new work that nothing is linked to."""
    program = laid('projects: {P1: {activities: {"A 11": {duration: pert(5d 8d 20d), after: []}, "A 20": {tags: x}}}}')
    assert list(program.activities()) == ["P1.A 10", "P1.A 20"]
    assert program.notes == (
        "projects.P1.activities.A 11: the plan has no activity 'A 11'; did you mean 'A 10'? Left out "
        "(a new one needs a duration, and a link: `after`)",
    )


@pytest.mark.parametrize(
    "activities",
    [
        "{new: {duration: 5d, after: ['\"A 10\"']}}",
        "{new: {milestone: true, after: ['\"A 10\"']}}",
        "{new: {duration: pert(5d 8d 20d)}, more: {duration: 5d, after: [new]}}",
        "{new: {level_of_effort: {from: A 10, to: A 20}}}",
    ],
)
def test_an_activity_that_links_tie_to_others_is_new(activities: str) -> None:
    program = laid(f"projects: {{P1: {{activities: {activities}}}}}")
    assert "P1.new" in program.activities()
    assert program.notes == ()


@pytest.mark.parametrize("said", ["{duration: triangular(90% 100% 120%), after: ['\"A 10\"']}", "{tags: x}"])
def test_what_cannot_stand_on_its_own_is_not_new(said: str) -> None:
    assert "P1.new" not in laid(f"projects: {{P1: {{activities: {{new: {said}}}}}}}").activities()


def test_a_project_that_the_plan_has_lost_is_noted_once_with_the_way_out() -> None:
    program = laid('projects: {P2: {activities: {"A 10": {tags: x}, "A 20": {tags: y}}}}')
    assert list(program.projects) == ["P1"]
    (note,) = program.notes
    assert note.startswith("projects.P2: the plan has no project 'P2', it has 'P1'; left out with 2 activities")
    assert "`renamed: {P2: P1}`" in note


def test_renamed_projects_and_activities_keep_what_the_overlay_says_of_them() -> None:
    words = 'projects: {P2: {activities: {"A 10": {tags: x}, "B 20": {tags: y}}}}\nrenamed: {P2: P1, B 20: A 20}'
    program = laid(words)
    assert [activity.tags for activity in program.activities().values()] == [("x",), ("y",)]
    assert program.notes == ()


def test_a_value_takes_the_place_of_the_plans_and_a_range_stands_beside_it() -> None:
    program = laid(
        'projects: {P1: {activities: {"A 10": {duration: 30d, cost: triangular(90% 100% 130%)}, '
        '"A 20": {duration: {range: triangular(90% 100% 130%)}}}}}'
    )
    first, second = program.activities().values()
    assert (first.duration.plan, first.duration.range) == (Quantity(30.0, "d"), None)
    assert (first.cost.fixed.plan, first.cost.fixed.range) == (Quantity(5000.0), size("triangular(90% 100% 130%)"))
    assert (second.duration.plan, second.duration.range) == (Quantity(10.0, "d"), size("triangular(90% 100% 130%)"))


def test_days_off_are_added_to_those_of_a_calendar_of_the_plan() -> None:
    holidays = {"site": {"week": {"mon-fri": "08:00-16:00"}, "exceptions": {"2027-03-01": "off", "2027-03-02": "off"}}}
    words = "calendars: {site: {exceptions: {2027-03-02: 08:00-12:00, 2027-07-01: off}, hours_per_day: 7}}"
    calendar = laid(words, PLAN.but(calendars=holidays)).calendars["site"]
    assert [(str(e.first), len(e.shifts)) for e in calendar.exceptions] == [
        ("2027-03-01", 0),
        ("2027-03-02", 1),
        ("2027-07-01", 0),
    ]
    assert (len(calendar.week), calendar.hours_per_day) == (5, 7.0)


def updated(finished: bool) -> Program:
    """Return the plan as the planner sends it a month later: A 10 is done or under way, A 30 is new."""
    state = {"finished": "2027-01-29"} if finished else {"remaining": "5d"}
    activities = {
        "A 10": {"duration": "20d", "cost": "5k", "progress": {"started": "2027-01-04", **state}},
        "A 20": {"duration": "10d", "after": ['"A 10" SS+2d']},
        "A 30": {"duration": "5d", "after": ['"A 20"']},
    }
    return Program(
        program="From the tool",
        start="2027-01-04",
        projects={"P1": {"data_date": "2027-02-01", "activities": activities}},
    )


RANGED = (
    'projects: {P1: {activities: {"A 10": {duration: triangular(10d 20d 60d)}}}}\n'
    "ranges: [{on: all, duration: triangular(50% 100% 150%), sizes: own}]"
)


def test_a_range_of_work_that_has_begun_counts_with_what_remains() -> None:
    """A quarter of the planned 20 days remains, so a quarter of the range does: 2.5 to 15 days."""
    table = rm.ranges(laid(RANGED, updated(finished=False)))
    row = table.loc["P1.A 10"]
    assert (row.duration_planned, row.duration_left) == (5.0, 0.25)
    assert (row.duration_minimum, row.duration_most_likely, row.duration_maximum) == (2.5, 5.0, 15.0)
    assert table.loc["P1.A 30"].duration_rule == "ranges[0] all"


def test_finished_work_takes_no_range() -> None:
    program = laid(RANGED, updated(finished=True))
    assert rm.ranges(program).loc["P1.A 10"].duration_rule == ""
    assert rm.simulate(program, 100).coverage.work == 1.0


def test_the_draws_of_an_activity_outlive_the_update_of_its_plan() -> None:
    """R5: new and finished work beside it change nothing of A 20."""
    own = "ranges: [{on: A 20, duration: triangular(50% 100% 150%), sizes: own}]\nfinish: A 20"
    before, after = (rm.simulate(laid(own, plan), 100).finish_minutes for plan in (PLAN, updated(finished=True)))
    assert len(set((after - before).tolist())) > 1  # other dates ...
    np.testing.assert_array_equal(np.argsort(before, kind="stable"), np.argsort(after, kind="stable"))  # ... same draws


def test_a_value_takes_an_older_range_away() -> None:
    ranged = laid('projects: {P1: {activities: {"A 10": {duration: pert(15d 20d 40d)}}}}')
    words = {"projects": {"P1": {"activities": {"A 10": {"duration": "30d"}}}}}
    again = overlay(ranged, Program(program="Again", plan="tool.xer", **words))
    assert again.activities()["P1.A 10"].duration.range is None


def test_a_capacity_of_the_overlay_is_a_limit_and_one_of_the_plan_is_none() -> None:
    plan = PLAN.but(resources={"crew": {"capacity": 2, "from_plan": True}, "crane": {"capacity": 1, "from_plan": True}})
    own = Program(program="O", plan="tool.xer", resources={"crew": {"capacity": 3}, "crane": {"cost": "95/h"}})
    laid = overlay(plan, own).resources
    assert {name: (pool.capacity, pool.from_plan) for name, pool in laid.items()} == {
        "crew": (3.0, False),
        "crane": (1.0, True),
    }
