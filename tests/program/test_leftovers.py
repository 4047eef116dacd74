"""Leftovers: an overlay outlives an update of its plan, and says what of it the plan no longer has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import riskmc as rm
from riskmc.program.leftovers import listed, settled, unmatched
from riskmc.program.overlay import overlay
from riskmc.program.plain_words import path_text

PLAN: dict[str, Any] = {
    "program": "Plan",
    "start": "2027-01-04",
    "calendars": {"site": {"week": {"mon-fri": "08:00-16:00"}}},
    "projects": {
        "P": {
            "activities": {
                "A1": {"duration": "10d", "wbs": "CIV"},
                "A2": {"duration": "20d", "after": ["A1"], "wbs": "CIV.1"},
                "A3": {"duration": "5d", "after": ["A2"], "wbs": "MEP"},
                "end": {"milestone": True, "after": ["A3"]},
            }
        }
    },
}
OVERLAY: dict[str, Any] = {
    "program": "Overlay",
    "plan": "plan.xer",
    "ranges": [{"on": "wbs:CIV.*", "duration": "triangular(90% 100% 130%)", "sizes": "own"}],
    "risks": {"rain": {"probability": "50%", "impacts": [{"on": ["A1", "A3"], "duration": "x uniform(100% 150%)"}]}},
}


def laid(lost: str = "", plan: dict[str, Any] = PLAN, **more: Any) -> rm.Program:
    """Return the overlay, with more words, over the plan without the activity ``lost``, its links passed on."""
    activities = {name: dict(said) for name, said in plan["projects"]["P"]["activities"].items()}
    gone = activities.pop(lost, {})
    for said in activities.values():
        said["after"] = [link for name in said.get("after", ()) for link in (gone["after"] if name == lost else [name])]
    updated = {**plan, "projects": {"P": {"activities": activities}}}
    return overlay(rm.Program(**updated), rm.Program(**{**OVERLAY, **more}))


def places(program: rm.Program) -> list[str]:
    return [path_text(place) for place, _ in unmatched(program)]


def test_nothing_is_lost_where_the_plan_has_everything() -> None:
    program = laid()
    assert unmatched(program) == []
    assert settled(program) is program


LOSSES: list[tuple[dict[str, Any], str]] = [
    ({"finish": "A2"}, "finish"),
    (
        {"targets": [{"name": "T", "at": "A2", "finish": "2027-06-01"}, {"name": "U", "finish": "2027-06-01"}]},
        "targets",
    ),
    ({"benefits": [{"at": "A2", "per_year": "1M"}]}, "benefits"),
    ({"correlations": [{"pair": ["A1", "A2"], "duration": 0.5}]}, "correlations"),
    ({"costs": {"c": {"per_day": 1000, "span": {"from": "A2", "to": "A3"}}}}, "costs"),
    ({"costs": {"c": {"fixed": 1000, "project": "Q"}}}, "costs"),
    ({"calendar": "night"}, "calendar"),
    ({"projects": {"P": {"calendar": "night"}}}, "projects"),
    ({"projects": {"P": {"activities": {"A3": {"calendar": "night"}}}}}, "projects"),
    ({"projects": {"P": {"activities": {"A3": {"after": ["A2 SS+2d", "A1"]}}}}}, "projects"),
    ({"projects": {"P": {"activities": {"A3": {"when": "A2 finish > 2027-02-01"}}}}}, "projects"),
    ({"projects": {"P": {"activities": {"A3": {"uses": {"crane": 1}}}}}}, "projects"),
    ({"projects": {"P": {"activities": {"new": {"level_of_effort": {"from": "A2", "to": "A3"}}}}}}, "projects"),
    ({"renamed": {"A0": "A2"}}, "renamed"),
    (
        {"responses": {"r": {"status": "approved", "activities": {"n": {"duration": "3d", "after": ["A2"]}}}}},
        "responses",
    ),
    ({"ranges": [{"on": ["A2", "A3"], "duration": "90%", "sizes": "own", "except": ["A2"]}]}, "ranges"),
    ({"drivers": {"d": {"on": "A2", "duration": "x 110%"}}}, "drivers"),
    ({"risks": {"r": {"probability": "50%", "impacts": [{"on": "A2", "duration": "x 150%"}]}}}, "risks"),
]


@pytest.mark.parametrize(("more", "section"), LOSSES, ids=lambda said: said if isinstance(said, str) else "")
def test_what_the_plan_has_lost_is_listed_and_the_rest_simulates(more: dict[str, Any], section: str) -> None:
    program = laid("A2", **more)
    assert places(program)
    assert all(place.startswith(section) for place in places(program))
    trials = rm.simulate(program, iterations=20)
    assert set(listed(program)) <= set(trials.notes)
    assert settled(program) is not program or section in ("ranges", "drivers", "risks")


def test_a_lost_name_is_told_with_the_nearest_there_is() -> None:
    program = laid("A2", finish="P.A2")
    assert listed(program) == ("finish: unknown activity 'P.A2'; did you mean 'P.A3'?",)


def test_a_target_a_pair_and_a_cost_without_its_end_are_left_out() -> None:
    more = {section: words[section] for words, section in LOSSES[:5]}
    found = settled(laid("A2", **more))
    assert (found.finish, found.correlations, found.costs, found.benefits) == (None, (), {}, ())
    assert [target.name for target in found.targets] == ["U"]


def test_several_losses_of_one_list_leave_the_others() -> None:
    targets = [
        {"name": name, "at": at, "finish": "2027-06-01"}
        for name, at in zip("abcd", ["A2", "A1", "A2", "A3"], strict=True)
    ]
    assert [target.name for target in settled(laid("A2", targets=targets)).targets] == ["b", "d"]


def test_work_whose_condition_is_lost_is_not_done() -> None:
    """It lasts nothing and keeps its links: the plan without it."""
    activities = {
        "P": {"activities": {"plan_b": {"duration": "90d", "after": ["A1"], "when": "A2 finish > 2027-02-01"}}}
    }
    without, with_it = laid("A2", risks={}, ranges=[]), laid("A2", risks={}, ranges=[], projects=activities)
    assert rm.simulate(with_it, 10).finish_minutes[0] == rm.simulate(without, 10).finish_minutes[0]


def test_the_draws_of_what_is_left_stay_the_same() -> None:
    """R5: an impact that has lost one of its activities strikes the others as before."""
    before, after = rm.simulate(laid(finish="A1"), 200), rm.simulate(laid("A3", finish="A1"), 200)
    np.testing.assert_array_equal(before.finish_minutes, after.finish_minutes)
    np.testing.assert_array_equal(before.occurred["rain"], after.occurred["rain"])


def test_a_name_that_several_projects_have_now_is_listed() -> None:
    plan = rm.Program(**{**PLAN, "projects": {**PLAN["projects"], "Q": PLAN["projects"]["P"]}})
    program = overlay(plan, rm.Program(**OVERLAY))
    assert places(program) == ["risks.rain.impacts[0].on[0]", "risks.rain.impacts[0].on[1]"]
    assert "write one of P.A1, Q.A1" in listed(program)[0]


def test_patterns_that_match_nothing_are_listed_for_any_program() -> None:
    words = {
        "ranges": [{"on": ["wbs:CIW.*", "critical"], "except": "name:*x*", "duration": "90%", "sizes": "own"}],
        "drivers": {"d": {"on": "tag:x", "duration": "x 110%"}},
        "correlations": [{"group": "Q.*", "duration": 0.5}, {"group": "risks.*", "occurrence": 0.5}],
        "responses": {"s": {"acts_on": {"rain": {"impacts": [{"on": "code:a=b", "duration": "x 110%"}]}}}},
        "risks": {"rain": {"probability": "5%", "impacts": [{"on": "z*", "duration": "x 110%"}]}},
    }
    program = rm.Program(**{**PLAN, **words})
    assert places(program) == [
        "ranges[0].on[0]",
        "ranges[0].except[0]",
        "drivers.d.on[0]",
        "risks.rain.impacts[0].on[0]",
        "responses.s.acts_on.rain.impacts[0].on[0]",
        "correlations[0].group[0]",
    ]
    assert "ranges[0].on[0]: 'wbs:CIW.*' matches no activity; did you mean 'CIV'?" in rm.simulate(program, 5).notes


def test_a_program_without_a_plan_still_refuses_unknown_names() -> None:
    with pytest.raises(rm.ProgramError, match="unknown activity 'A9'"):
        rm.simulate(rm.Program(**PLAN, finish="A9"), 5)


def test_what_acts_on_lost_work_or_a_lost_pool_is_left_out() -> None:
    """A policy as a whole, for without its trigger it would look at something else; of a risk the one impact."""
    when, lent = {"at": "A2", "later_than": "2028-01-01"}, {"resource": "ghost", "units": -1, "lasts": "5d"}
    program = laid(
        "A2",
        policies={"hurry": {"review": "20d", "when": when, "do": {"prioritise": {"P": 1}}}},
        risks={"rain": {"arrivals": {"rate": "1/y"}, "impacts": [lent, {"on": "A1", "pause": "2d"}]}},
        scope={"more": {"on": "A2", "growth": "2%/mo"}},
    )
    assert {*places(program)} == {"risks.rain.impacts[0].resource", "scope.more.on[0]", "policies.hurry.when.at"}
    left = settled(program)
    assert left.policies == {}
    assert [impact.pause is not None for impact in left.risks["rain"].impacts] == [True]


def test_scope_and_policies_that_match_nothing_are_listed() -> None:
    rush = {"overtime": {"on": "tag:night", "rate": "120%"}}
    policies = {"late": {"review": "20d", "when": {"later_than": "2028-01-01"}, "do": rush}}
    program = laid(scope={"creep": {"on": "x.*", "growth": "2%/mo"}}, policies=policies)
    assert places(program) == ["scope.creep.on[0]", "policies.late.do.overtime.on[0]"]
