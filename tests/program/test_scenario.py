"""Scenarios: what a program becomes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskmc.errors import ProgramError
from riskmc.io import read
from riskmc.program import CostItem, Program, Project, Quantity, Scenario, Sections
from riskmc.program.notation import size

PROGRAM = read(Path(__file__).parents[1] / "data" / "harbour.yaml")


def differing(changed: Program) -> set[str]:
    """Return the words in which a program differs from the harbour."""
    return {word for word in Program.model_fields if getattr(changed, word) != getattr(PROGRAM, word)}


def test_a_scenario_that_changes_nothing_gives_an_equal_program() -> None:
    assert PROGRAM.scenario(Scenario()) == PROGRAM
    assert PROGRAM.scenario(Scenario(set={"build.line.duration": "120d", "risks.soil.probability": 0.35})) == PROGRAM


def test_new_values_are_set_by_path() -> None:
    new = {
        "build.line.duration": "90d",
        "dig.cost.per_day": 5000,
        "risks.soil.probability": 0.1,
        "risks.soil.impacts.0.duration": "x 120%",
        "risks.flooding.given.soil": "50%",
        "drivers.productivity.duration": "x 105%",
        "targets.Approved budget.cost": "430M",
        "calendars.standard.week": {"mon-sat": "08:00-12:00"},
        "build.must_finish_by": "2031-01-01",
        "projects.design.activities.survey.name": "Survey",
        "finish": "line",
    }
    changed = PROGRAM.scenario(Scenario(set=new))
    assert changed.activities()["build.line"].duration.plan == Quantity(90.0, "d")
    assert changed.activities()["build.dig"].cost.per_day == Quantity(5000.0)
    assert changed.risks["soil"].impacts[0].duration == size("x 120%")
    assert changed.risks["flooding"].given == {"soil": 0.5}
    assert changed.targets[1].cost == Quantity(430e6)
    assert set(changed.calendars["standard"].week) == {"mon", "tue", "wed", "thu", "fri", "sat"}
    assert changed.projects["build"].must_finish_by is not None
    assert changed.activities()["design.survey"].name == "Survey"
    assert differing(changed) == {"projects", "risks", "drivers", "targets", "calendars", "finish"}
    assert PROGRAM.activities()["build.line"].duration.plan == Quantity(120.0, "d")


def test_other_holidays_are_written_out_anew() -> None:
    changed = PROGRAM.scenario(Scenario(set={"calendars.standard.holidays": "DE"}))
    assert changed.calendars["standard"].holiday_dates != PROGRAM.calendars["standard"].holiday_dates


def test_a_cost_is_added_under_the_name_of_the_scenario() -> None:
    changed = PROGRAM.scenario("second-tbm")
    assert changed.costs == {"second-tbm": CostItem(name="Second boring machine", fixed="18M")}
    assert PROGRAM.scenario(Scenario(add_cost="pert(1M 2M 4M)")).costs["scenario"].fixed.range == size("pert(1M 2M 4M)")


def test_responses_are_approved_and_withdrawn() -> None:
    approved = PROGRAM.scenario("respond")
    assert approved.responses["boreholes"].status == "approved"
    assert approved.scenario(Scenario(withdraw=["responses.boreholes"])).responses == PROGRAM.responses
    done = approved.scenario(Scenario(set={"responses.boreholes.status": "done"}))
    assert done.scenario(Scenario(approve=["boreholes"])) == done
    with pytest.raises(ProgramError, match="is done and cannot be withdrawn"):
        done.scenario(Scenario(withdraw=["boreholes"]))


def test_a_risk_goes_with_what_others_say_of_it() -> None:
    changed = PROGRAM.scenario(Scenario(remove=["risks.soil"]))
    assert list(changed.risks) == ["new-stakeholder", "fast-permit", "flooding"]
    assert changed.risks["flooding"].given == {}
    assert changed.responses["boreholes"].acts_on == {}


def test_items_and_single_words_are_removed() -> None:
    gone = [
        "responses.boreholes",
        "drivers.productivity",
        "build.open",
        "permits.start_no_earlier_than",
        "targets.Approved budget",
    ]
    changed = PROGRAM.scenario(Scenario(remove=gone, set={"finish": "reserve"}))
    assert (changed.responses, changed.drivers) == ({}, {})
    assert "build.open" not in changed.activities()
    assert changed.activities()["design.permits"].start_no_earlier_than is None
    assert [target.name for target in changed.targets] == ["Open to public", "Commitment"]


def test_more_of_any_section_is_added_before_values_are_set() -> None:
    more = Sections(
        projects={
            "build": Project(activities={"test": {"duration": "20d", "after": ["line"]}}),
            "close": {"activities": {"hand": {"duration": "5d"}}},
        },
        risks={"strike": {"probability": "10%", "impacts": [{"on": "test", "duration": "+ 5d"}]}},
        targets=[{"name": "Tested", "at": "test", "finish": "2030-01-01"}],
    )
    changed = PROGRAM.scenario(Scenario(add=more, set={"test.duration": "30d"}))
    assert changed.activities()["build.test"].duration.plan == Quantity(30.0, "d")
    assert list(changed.projects) == ["design", "build", "close"]
    assert (len(changed.targets), "strike" in changed.risks) == (4, True)


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ({"set": {"build.lin.duration": "5d"}}, "unknown path 'build.lin.duration'; did you mean 'build.line'?"),
        ({"set": {"build.line.duraton": "5d"}}, "did you mean 'duration'?"),
        ({"set": {"build.line.duration": "5"}}, "needs a unit of time"),
        ({"set": {"risks.soi.probability": "5%"}}, "did you mean 'soil'?"),
        ({"set": {"risks.soil.name.first": "x"}}, "there is no 'first'"),
        ({"set": {"targets.Open.cost": "5M"}}, "unknown item of targets 'Open'"),
        ({"set": {"nothing.at.all": "5M"}}, "a path is PROJECT.ACTIVITY.WORD"),
        ({"remove": ["build.line"]}, "write set: {build.line.exists: 0%}"),
        ({"remove": ["risks.soi"]}, "did you mean 'soil'?"),
        ({"approve": ["borehole"]}, "did you mean 'boreholes'?"),
        ({"add": {"risks": {"soil": {"probability": "5%"}}}}, "risks.soil is there already; change it by `set`"),
        (
            {"add": {"projects": {"build": {"activities": {"dig": {"duration": "5d"}}}}}},
            "activities.dig is there already",
        ),
    ],
)
def test_what_cannot_be_changed_is_said(scenario: dict[str, object], words: str) -> None:
    with pytest.raises(ProgramError) as caught:
        PROGRAM.scenario(Scenario(**scenario))
    assert words in str(caught.value)


def test_all_faults_of_a_scenario_are_said_at_once() -> None:
    with pytest.raises(ProgramError) as caught:
        PROGRAM.scenario(Scenario(set={"a.b": "1d", "line.duration": "5"}, approve=["x"]))
    assert [path for path, _ in caught.value.faults] == [
        "scenarios.scenario.set.a.b",
        "scenarios.scenario.set.line.duration",
        "scenarios.scenario.approve[0]",
    ]


def test_an_unknown_scenario_is_refused_with_the_known() -> None:
    with pytest.raises(ProgramError, match="did you mean 'respond'"):
        PROGRAM.scenario("respnd")


def choosing(**changes: str) -> Program:
    choices = {"cooling": {"water": "30%", "air": "70%"}}
    scenario = Scenario(set={f"choices.cooling.{outcome}": share for outcome, share in changes.items()})
    return PROGRAM.but(choices=choices).scenario(scenario)


def test_outcomes_of_a_choice_are_checked_when_all_of_them_are_set() -> None:
    assert choosing(water="100%", air="0%").choices == {"cooling": {"water": 1.0, "air": 0.0}}
    assert choosing(air="20%", water="80%").choices == {"cooling": {"water": 0.8, "air": 0.2}}


def test_an_outcome_set_alone_is_refused_with_the_others_to_set() -> None:
    with pytest.raises(ProgramError) as error:
        choosing(water="100%")
    assert "set.choices.cooling: the outcomes of a choice must add up to 100%, got 100% + 70%" in str(error.value)
    assert str(error.value).endswith("; set choices.cooling.air in this scenario too")


def test_an_outcome_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(ProgramError, match=r"unknown outcome of choices\.cooling 'watre'; did you mean 'water'"):
        choosing(watre="100%")


def test_without_a_risk_the_work_that_waits_for_it_is_never_done_and_what_it_replaces_always() -> None:
    activities = {"mend": {"duration": "9d", "when": "risk soil"}, "go_on": {"duration": "2d", "when": "not risk soil"}}
    program = PROGRAM.scenario(Scenario(add=Sections(projects={"more": {"activities": activities}})))
    found = program.scenario(Scenario(remove=("risks.soil",))).projects["more"].activities
    assert [(found[name].when, found[name].exists) for name in activities] == [(None, 0.0), (None, None)]
