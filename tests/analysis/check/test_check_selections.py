"""Rules on names and patterns: no match, not in the plan, never applied, repaired or idle correlations, unused."""

import pytest

from checked import found, places, program

WORK = {name: {"duration": "triangular(9d 10d 14d)"} for name in "abc"}
SIZE = {"duration": "triangular(90% 100% 130%)", "sizes": "own"}


@pytest.mark.parametrize("words, place", [
    ({"ranges": [{"on": "tag:none", **SIZE}]}, "ranges[0].on"),
    ({"ranges": [{"on": ["p.*", "wbs:9.*"], **SIZE}]}, "ranges[0].on"),
    ({"ranges": [{"on": "all", "except": "code:trade=Civil", **SIZE}]}, "ranges[0].except"),
    ({"drivers": {"d": {"on": "name:Dig*", "duration": "x 110%"}}}, "drivers.d.on"),
    ({"correlations": [{"group": "q.*", "duration": 0.3}]}, "correlations[0].group"),
    ({"risks": {"r": {"probability": "9%", "impacts": [{"on": ["x*", "p.a"], "duration": "x 110%"}]}}},
     "risks.r.impacts[0].on"),
])  # fmt: skip
def test_a_pattern_that_selects_nothing_is_wrong(words, place):
    assert places("no-match", program(WORK, **words)) == [place]


def test_patterns_that_select_something_are_not():
    ranges = [{"on": ["p.*", "all", "critical"], **SIZE}]
    assert places("no-match", program(WORK, ranges=ranges, correlations=[{"group": "p.*", "duration": 0.3}])) == []


def test_a_group_of_risks_is_no_pattern_of_activities():
    risks = {name: {"probability": "9%", "impacts": [{"on": "p.a", "duration": "x 110%"}]} for name in ("r1", "r2")}
    grouped = program(WORK, risks=risks, correlations=[{"group": "risks.*", "occurrence": 0.3}])
    assert places("no-match", grouped) == []


def test_a_name_that_the_plan_below_no_longer_has_is_listed():
    over = program(WORK, plan="plan.xer", ranges=[{"on": ["p.gone", "p.a"], **SIZE}])
    (lost,) = found("not-in-plan", over)
    assert lost.place == "ranges[0].on[0]"
    assert places("not-in-plan", program(WORK, plan="plan.xer", ranges=[{"on": "p.a", **SIZE}])) == []
    assert "p.gone" in lost.detail


def test_a_range_whose_every_activity_has_a_later_or_own_one_never_applies():
    plain = {name: {"duration": "10d"} for name in "abc"}
    first, all_of_them = {"on": "p.a", **SIZE}, {"on": "all", **SIZE}
    assert places("never-applies", program(plain, ranges=[first, all_of_them])) == ["ranges[0]"]
    assert places("never-applies", program(plain, ranges=[all_of_them, first])) == []
    assert places("never-applies", program(WORK, ranges=[all_of_them])) == ["ranges[0]"]


def test_correlations_that_contradict_each_other_are_told_with_the_largest_change():
    pairs = [
        {"pair": [f"p.{x}", f"p.{y}"], "duration": r}
        for x, y, r in (("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9))
    ]
    (repaired,) = found("correlations-repaired", program(WORK, correlations=pairs))
    assert "3 correlated items" in repaired.reason
    assert abs(repaired.value) > 0.1
    mild = [{**pair, "duration": 0.4} for pair in pairs]
    assert places("correlations-repaired", program(WORK, correlations=mild)) == []


def test_a_correlation_of_fewer_than_two_ranges_ties_nothing():
    mixed = {"a": {"duration": "uniform(1d 2d)"}, "b": {"duration": "9d"}, "c": {"duration": "uniform(1d 2d)"}}
    assert places("ties-nothing", program(mixed, correlations=[{"pair": ["p.a", "p.b"], "duration": 0.3}])) == [
        "correlations[0]"
    ]
    assert places("ties-nothing", program(mixed, correlations=[{"pair": ["p.a", "p.c"], "duration": 0.3}])) == []


def test_what_nothing_uses_is_listed():
    week = {"week": {"mon-fri": "08:00-16:00"}}
    calendars = {"base": week, "used": {"based_on": "base"}, "idle": week}
    work = {**WORK, "d": {"duration": "9d", "calendar": "used"}, "e": {"duration": "1d", "when": "way = left"}}
    checked = program(
        work,
        calendars=calendars,
        templates={"used": {"duration": "uniform(90% 110%)"}, "spare": {"duration": "uniform(90% 110%)"}},
        ranges=[{"on": "p.d", "use": "used"}],
        choices={"way": {"left": "50%", "right": "50%"}, "never": {"yes": "50%", "no": "50%"}},
        resources={"crew": {"cost": "10/h"}},
    )
    assert places("unused", checked) == ["calendars.idle", "templates.spare", "choices.never", "resources.crew"]


def test_a_board_that_approves_is_used():
    work = {**WORK, "d": {"duration": "9d", "approval": {"takes": "2d", "by": {"board": 1}}}}
    assert places("unused", program(work, resources={"board": {"capacity": 1}, "crew": {"cost": "10/h"}})) == [
        "resources.crew"
    ]


def test_scope_and_overtime_of_nothing_are_listed():
    later = {"review": "20d", "when": {"later_than": "2028-01-01"}}
    policies = {
        "late": {**later, "do": {"overtime": {"on": "tag:night", "rate": "120%"}}},
        "later": {**later, "do": {"crash": {"on": "*", "except": "q.*", "duration": "80%"}}},
    }
    checked = program(WORK, scope={"creep": {"on": "x.*", "growth": "2%/mo"}}, policies=policies)
    assert places("no-match", checked) == [
        "scope.creep.on",
        "policies.late.do.overtime.on",
        "policies.later.do.crash.except",
    ]
