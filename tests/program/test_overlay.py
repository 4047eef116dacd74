"""The overlay: an analyst's words over the plan of a planning tool."""

from __future__ import annotations

from pathlib import Path

import pytest

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
