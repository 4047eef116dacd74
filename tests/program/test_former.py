"""Former names: what `renamed` says still means the new activity, and keeps its draws."""

from __future__ import annotations

import numpy as np
import pytest

import riskmc as rm
from riskmc.program.reference import faults


def program(projects: dict, **more: object) -> rm.Program:
    made = {home: {"activities": {name: {"duration": "1d"} for name in names}} for home, names in projects.items()}
    return rm.Program(**{"program": "X", "start": "2027-01-04", "projects": made, **more})


@pytest.mark.parametrize(
    ("projects", "renamed", "former"),
    [
        ({"p": ["new"]}, {"old": "new"}, {"p.new": "p.old"}),
        ({"p": ["new"]}, {"old": "p.new"}, {"p.new": "p.old"}),
        ({"p": ["new"]}, {"p.old": "new"}, {"p.new": "p.old"}),
        ({"p": ["new"]}, {"q.old": "p.new"}, {"p.new": "q.old"}),
        ({"CR": ["CR.2"]}, {"CR.1": "CR.2"}, {"CR.CR.2": "CR.CR.1"}),
        ({"CR": ["CR.2"]}, {"CR.CR.1": "CR.CR.2"}, {"CR.CR.2": "CR.CR.1"}),
        ({"p": ["A 10.3"]}, {'"A 10.2"': '"A 10.3"'}, {"p.A 10.3": "p.A 10.2"}),
        ({"p2": ["a", "b"]}, {"p1": "p2"}, {"p2.a": "p1.a", "p2.b": "p1.b"}),
        ({"p2": ["a", "c"]}, {"p1": "p2", "p1.b": "p2.c"}, {"p2.a": "p1.a", "p2.c": "p1.b"}),
        ({"p": ["a"]}, {"risks.old": "risks.new", "gone": "nothing"}, {}),
    ],
)
def test_a_renamed_activity_has_its_old_path(projects: dict, renamed: dict, former: dict) -> None:
    assert program(projects, renamed=renamed).former() == former


def test_an_old_name_means_the_new_activity() -> None:
    found = program({"p2": ["a", "c"]}, renamed={"p1": "p2", "b": "c"})
    assert found.path("b") == found.path("p2.b") == "p2.c"
    assert found.path("p1.a") == "p2.a"
    assert rm.program.select(found, ["p1.*"]) == ("p2.a", "p2.c")


def test_a_name_that_has_been_given_away_again_is_refused() -> None:
    """Else two activities would draw the same numbers."""
    assert "share their random numbers" in faults(program({"p": ["a", "b"]}, renamed={"a": "b"}))[0][1]
    assert faults(program({"p": ["a", "b"]}, renamed={"a": "b", "b": "a"})) == []
    assert faults(program({"p": ["b"], "q": ["a"]}, renamed={"p.a": "p.b"})) == []


def simulated(home: str, code: str, renamed: dict) -> rm.Trials:
    activities = {code: {"duration": "pert(5d 8d 20d)"}, "A/2": {"duration": "pert(5d 8d 20d)", "after": [f'"{code}"']}}
    risks = {"r": {"probability": "50%", "impacts": [{"on": f"{home}.*", "duration": "x uniform(100% 150%)"}]}}
    words = {"program": "X", "start": "2027-01-04", "projects": {home: {"activities": activities}}, "risks": risks}
    return rm.simulate(rm.Program(**words, renamed=renamed), iterations=100)


def test_draws_outlive_a_renamed_project_and_codes_with_dots_and_strokes() -> None:
    before = simulated("P1", "SW.1/a", {})
    after = simulated("P1-REV2", "SW.1/b", {"P1": "P1-REV2", "SW.1/a": "SW.1/b"})
    np.testing.assert_array_equal(before.finish_minutes, after.finish_minutes)
    anew = simulated("P1-REV2", "SW.1/b", {"P1": "P1-REV2"})
    assert (before.finish_minutes != anew.finish_minutes).any()
