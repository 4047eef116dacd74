"""References between the items of a program built in Python: every one that leads nowhere is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from riskmc.io import read
from riskmc.program import Program
from riskmc.program.reference import broken, faults

DATA = Path(__file__).parents[1] / "data"
SOUND = {
    "program": "X",
    "start": "2027-01-04",
    "projects": {"p": {"activities": {"a": {"duration": "1d"}, "b": {"duration": "1d"}}}},
}


@pytest.mark.parametrize("name", ["harbour", "foundation", "corners"])
def test_the_examples_have_no_faults(name: str) -> None:
    assert faults(read(DATA / f"{name}.yaml")) == []


@pytest.mark.parametrize(
    ("section", "said", "path"),
    [
        ("calendar", "other", "calendar"),
        ("costs", {"c": {"per_day": 1, "span": {"from": "a", "to": "x"}}}, "costs.c.span.to[0]"),
        ("costs", {"c": {"fixed": 1, "project": "q"}}, "costs.c.project"),
        ("resources", {"r": {"calendar": "q"}}, "resources.r.calendar"),
        ("benefits", [{"at": "x", "per_year": "1M"}], "benefits[0].at"),
        ("correlations", [{"pair": ["risks.q", "a"], "occurrence": 0.5}], "correlations[0].pair[0]"),
        ("correlations", [{"group": ["a", "q"], "duration": 0.5}], "correlations[0].group[1]"),
        ("risks", {"r": {"arrivals": {"rate": "1/y", "while": "q"}}}, "risks.r.arrivals.while"),
        ("responses", {"r": {"secondary": ["risks.q"]}}, "responses.r.secondary[0]"),
        (
            "responses",
            {"r": {"activities": {"t": {"duration": "1d", "before": ["q"]}}}},
            "responses.r.activities.t.before[0]",
        ),
        ("responses", {"r": {"acts_on": {"q": {"probability": 0}}}}, "responses.r.acts_on.q"),
        ("projects", {"p": {"calendar": "q", "activities": {"a": {"duration": "1d"}}}}, "projects.p.calendar"),
        ("projects", {"p": {"activities": {" a": {"duration": "1d"}}}}, "projects.p.activities. a"),
    ],
)
def test_a_reference_that_leads_nowhere_is_found_at_its_place(section: str, said: object, path: str) -> None:
    assert [place for place, _ in faults(Program(**{**SOUND, section: said}))] == [path]


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ({"finish": "b"}, "finish"),
        ({"benefits": [{"at": "p.b", "per_year": "1M"}]}, "benefits[0].at"),
        ({}, "projects.p.activities.a.when"),
    ],
)
def test_work_that_was_never_scheduled_has_no_date_to_ask_for(words: dict[str, object], path: str) -> None:
    waits = {} if words else {"when": "b finish > 2027-01-06", "after": ["b"]}
    activities = {"a": {"duration": "1d", **waits}, "b": {"duration": "1d", "unscheduled": "true"}}
    assert [
        place for place, _ in faults(Program(**{**SOUND, **words, "projects": {"p": {"activities": activities}}}))
    ] == [path]


def test_scenarios_are_tried_when_a_file_is_read_and_not_once_they_are_applied() -> None:
    program = Program(**SOUND, scenarios={"s": {"set": {"p.a.duration": "x"}, "add_cost": 1}, "t": {"add_cost": 1}})
    assert [place for place, _ in broken(program)] == [("scenarios", "s", "set", "p.a.duration")]
    assert faults(program.scenario("t")) == []


def test_activities_of_one_response_know_each_other() -> None:
    activities = {"t": {"duration": "1d", "before": ["p.a"]}, "u": {"duration": "1d", "after": ["t"]}}
    assert faults(Program(**SOUND, responses={"r": {"activities": activities}})) == []


def test_two_meanings_of_one_path_are_found() -> None:
    projects = {"p": {"activities": {"q.a": {"duration": "1d"}}}, "p.q": {"activities": {"a": {"duration": "1d"}}}}
    assert any(
        "two meanings" in text for _, text in faults(Program(program="X", start="2027-01-04", projects=projects))
    )


def test_thousands_of_wrong_references_are_found_quickly() -> None:
    activities = {f"a{n}": {"duration": "1d", "after": [f"b{n}"]} for n in range(3000)}
    assert len(faults(Program(program="X", start="2027-01-04", projects={"p": {"activities": activities}}))) == 3000
