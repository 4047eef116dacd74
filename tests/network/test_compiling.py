"""What the compile step refuses, and in which words: the thing, the value, the rule and the place."""

from __future__ import annotations

from typing import Any

import pytest

import riskmc as rm
from riskmc.network.compiling import Settings, compile_network

ACTIVITIES: dict[str, Any] = {
    "dig": {"duration": "10d", "cost": "100k"},
    "line": {"duration": "20d", "after": ["dig"], "cost": {"fixed": "50k", "per_day": "1k"}},
}


def program(activities: dict[str, Any] | None = None, **more: Any) -> rm.Program:
    words = {"program": "Tunnel", "start": "2027-01-04", "projects": {"p": {"activities": activities or ACTIVITIES}}}
    return rm.Program(**{**words, **more})


def refused(found: rm.Program, **settings: Any) -> str:
    with pytest.raises(rm.RiskmcError) as error:
        compile_network(found, Settings(**settings))
    return str(error.value)


def risk(**impact: Any) -> dict[str, Any]:
    return {"soil": {"probability": "30%", "impacts": [impact]}}


@pytest.mark.parametrize(
    ("activities", "text"),
    [
        ({"a": {"duration": "5d", "after": ["b"]}, "b": {"duration": "5d", "after": ["a"]}}, "p.a -> p.b -> p.a"),
        ({"a": {"duration": {"plan": "5ed", "range": "triangular(4d 5d 6d)"}}}, "both be working or both be elapsed"),
        ({"a": {"duration": "5d", "progress": {"finished": "2027-02-01"}}}, "data_date"),
        ({"a": {"duration": "triangular(1w 4d 3d)"}}, "low <= mode <= high"),
    ],
)
def test_an_activity_that_makes_no_sense_is_named(activities: dict[str, Any], text: str):
    assert text in refused(program(activities))


def test_an_actual_date_after_the_data_date_is_an_error():
    activities = {"a": {"duration": "5d", "progress": {"started": "2027-02-01"}}}
    assert "after the data date 2027-01-20" in refused(program(activities, data_date="2027-01-20"))


@pytest.mark.parametrize(
    ("impact", "text"),
    [
        ({"on": ["dig", "line"], "cost_per_day": "+ 5k"}, "takes a factor"),
        ({"on": ["dig"], "duration": "+ 5ed"}, "an elapsed addition cannot strike p.dig"),
    ],
)
def test_an_impact_that_cannot_act_is_refused_with_the_way_out(impact: dict[str, Any], text: str):
    assert text in refused(program(risks=risk(**impact)))


def test_once_over_an_activity_that_hangs_on_a_date_is_refused():
    activities = {**ACTIVITIES, "late": {"duration": "5d", "after": ["dig"], "when": "dig finish > 2027-01-15"}}
    found = program(activities, risks=risk(on=["line", "late"], duration="+ 5d", spread="once"))
    assert "whose existence hangs on a date; use `each`" in refused(found)


def test_split_over_nothing_is_refused():
    activities = {"a": {"duration": "5d"}, "b": {"duration": "5d"}}
    found = program(activities, risks=risk(on=["a", "b"], cost="+ 5k", spread="split"))
    assert "these are all 0" in refused(found)


def test_a_group_that_multiplies_and_adds_to_a_cost_is_refused():
    risks = {
        "one": {"probability": "30%", "parallel_group": "g", "impacts": [{"on": "dig", "cost": "x 110%"}]},
        "two": {"probability": "30%", "parallel_group": "g", "impacts": [{"on": "dig", "cost": "+ 5k"}]},
    }
    assert "parallel_group 'g' both multiplies and adds" in refused(program(risks=risks))


def test_funding_without_a_rule_is_said_not_to_be_enforced_rather_than_refused():
    found = program(funding={2027: "90M"})
    assert any("not enforced" in note for note in compile_network(found, Settings()).notes)
    left_out = compile_network(found, Settings(ignore=("funding",)))
    assert left_out.ignored == ("funding limits: funding",)
    assert not left_out.notes


def test_a_program_with_escalation_says_that_its_costs_are_in_constant_money():
    rising = program(escalation={"general": {"rate": "3%", "from": 2027}})
    assert any("constant money" in note for note in compile_network(rising, Settings()).notes)
    assert not any("constant money" in note for note in compile_network(program(), Settings()).notes)


@pytest.mark.parametrize(
    ("more", "kind", "item"),
    [
        (
            {"risks": {"new": {"arrivals": {"rate": "0.8/y"}, "impacts": [{"on": "dig", "duration": "x 110%"}]}}},
            "arrivals",
            "risks.new",
        ),
        ({"scope": {"creep": {"on": "dig", "growth": "2%/mo"}}}, "scope", "scope.creep"),
        (
            {
                "policies": {
                    "first": {
                        "review": "20d",
                        "when": {"later_than": "2028-01-01"},
                        "do": {"prioritise": {"p": 1}},
                    }
                }
            },
            "policies",
            "policies.first",
        ),
        (
            {"projects": {"p": {"activities": {"dig": {"duration": "9d", "approval": {"takes": "2d"}}}}}},
            "approvals",
            "p.dig",
        ),
        (
            {
                "projects": {"p": {"activities": {"dig": {"duration": "9d", "uses": {"crews": 1}}}}},
                "resources": {"crews": {"capacity": 4, "outages": {"after": "60d", "lasts": "2d"}}},
            },
            "resources",
            "resources.crews",
        ),
        ({"funding": {2027: "90M"}, "funding_rule": {"without": "pause_all"}}, "funding", "funding"),
    ],
)
def test_what_needs_the_other_engine_is_named_with_the_word_that_leaves_it_out(
    more: dict[str, Any], kind: str, item: str
):
    found = program(**more)
    text = refused(found)
    assert "discrete-event engine" in text
    assert item in text
    assert f"--ignore {kind}" in text
    network = compile_network(found, Settings(ignore=(kind,)))
    assert any(item in words for words in network.ignored)


def test_weather_is_simulated_and_left_out_on_request():
    found = program(
        calendars={"sea": {"based_on": "standard", "weather": {"nov-feb": {"lost": "25%"}}}}, calendar="sea"
    )
    assert compile_network(found, Settings()).lost.sites == ("sea",)
    network = compile_network(found, Settings(ignore=("weather",)))
    assert network.lost is None
    assert network.ignored == ("weather: calendars.sea",)


def test_resource_limits_of_the_program_file_are_refused_and_those_of_a_plan_are_not():
    activities = {"a": {"duration": "5d", "uses": {"testers": 2}}}
    limited = program(activities, resources={"testers": {"capacity": 4}})
    assert "resources.testers" in refused(limited)
    planned = program(activities, resources={"testers": {"capacity": 4, "from_plan": True}})
    assert "resource limits" in " ".join(compile_network(planned, Settings()).notes)


def test_the_limit_of_a_resource_that_only_approvers_need_is_refused():
    activities = {"a": {"duration": "5d", "approval": {"takes": "2d", "by": {"board": 1}}}}
    text = refused(program(activities, resources={"board": {"capacity": 1}}))
    assert "resource limits: resources.board" in text
    assert "approvals: p.a" in text
    assert "--ignore resources,approvals" in text


def test_a_gate_is_refused():
    activities = {"a": {"duration": "5d", "quality_gate": {"fail": "30%", "redo": "50%", "at_most": 2}}}
    assert "quality gates: p.a" in refused(program(activities))


def test_the_cost_of_a_resource_is_counted_though_its_limit_is_not():
    activities = {"a": {"duration": "5d", "uses": {"testers": 2}}}
    found = program(activities, resources={"testers": {"capacity": 4, "cost": "95/h"}})
    trials = rm.simulate(found, iterations=1, ignore=["resources"])
    assert trials.plan.cost_cents == 5 * 8 * 2 * 95 * 100


def test_relaxed_constraints_are_listed_one_by_one():
    activities = {
        "a": {"duration": "5d", "start_on": "2027-02-01"},
        "b": {"duration": "5d", "mandatory_finish": "2027-03-01"},
        "c": {"duration": "5d", "as_late_as_possible": True},
        "d": {"duration": "5d", "start_no_earlier_than": "2027-02-01", "finish_no_later_than": "2027-02-02"},
    }
    told = compile_network(program(activities), Settings()).relaxed
    assert [line.split(":")[0] for line in told] == ["p.a", "p.b", "p.c"]
    assert compile_network(program(activities), Settings(constraints="as-planned")).relaxed == ()


def test_a_must_finish_by_is_listed_as_relaxed_and_moves_float_alone():
    projects = {"p": {"must_finish_by": "2027-02-05", "activities": {"a": {"duration": "5d"}}}}
    network = compile_network(program(projects=projects), Settings())
    assert network.relaxed == ("p: must finish by 2027-02-05 does not act in the simulation",)
    plans = [
        compile_network(program(projects=projects), Settings(constraints=c)).plan for c in ("relaxed", "as-planned")
    ]
    assert [list(plan.total_float) for plan in plans] == [[20 * 480]] * 2  # from Friday 8 January to 5 February
    assert plans[0].outputs[0] == plans[1].outputs[0]


@pytest.mark.parametrize(("float_to", "days"), [("program", 15), ("project", 0)])
def test_float_is_measured_to_the_finish_of_the_program_unless_a_project_says_its_own(float_to: str, days: int):
    short = {"float_to": float_to, "activities": {"a": {"duration": "5d"}}}
    projects = {"short": short, "long": {"activities": {"b": {"duration": "20d"}}}}
    plan = compile_network(program(projects=projects), Settings()).plan
    assert list(plan.total_float) == [days * 480, 0]


def test_work_as_late_as_possible_ends_with_its_own_project_not_with_the_program():
    short = {"activities": {"a": {"duration": "5d", "as_late_as_possible": True}, "c": {"duration": "10d"}}}
    projects = {"short": short, "long": {"activities": {"b": {"duration": "20d"}}}}
    plan = compile_network(program(projects=projects), Settings(constraints="as-planned")).plan
    assert plan.finish[0] == plan.finish[1] < plan.finish[2]


def test_a_mandatory_finish_stands_though_work_would_have_to_begin_before_the_data_date():
    activities = {"a": {"duration": "5d", "mandatory_finish": "2027-01-06"}, "b": {"duration": "2d", "after": ["a"]}}
    plan = compile_network(program(activities), Settings(constraints="as-planned")).plan
    assert plan.start[0] == plan.start.min() < plan.finish[0] < plan.start[1]
    assert plan.start[1] - plan.finish[0] == 15 * 60  # Wednesday 17:00 to Thursday 08:00: the mandatory finish


def test_the_default_range_reaches_only_what_has_none_and_says_so():
    activities = {"a": {"duration": "triangular(4d 5d 9d)"}, "b": {"duration": "5d"}, "m": {"milestone": True}}
    trials = rm.simulate(program(activities), iterations=10, default_range="triangular(90% 100% 130%)")
    assert "the default range applies to 1 activity without" in " ".join(trials.notes)
    assert trials.coverage is not None
    assert trials.coverage.work == 1.0


def test_an_impossible_correlation_is_repaired_and_reported():
    activities = {name: {"duration": "triangular(4d 5d 9d)"} for name in "abc"}
    pairs = [(["p.a", "p.b"], 0.9), (["p.b", "p.c"], 0.9), (["p.a", "p.c"], -0.9)]
    correlations = [{"pair": pair, "duration": rho} for pair, rho in pairs]
    trials = rm.simulate(program(activities, correlations=correlations), iterations=10)
    assert "correlations repaired to the nearest consistent ones" in " ".join(trials.notes)


def test_response_activities_join_the_project_they_come_before():
    responses = {"talks": {"status": "approved", "activities": {"talk": {"duration": "15d", "before": ["p.dig"]}}}}
    trials = rm.simulate(program(responses=responses), iterations=1)
    assert "p.talk" in trials.plan.activity_finish
    base = rm.simulate(program(), iterations=1)
    assert trials.plan.finish > base.plan.finish
    assert rm.simulate(program(responses=responses), iterations=1, mitigation="pre").plan.finish == base.plan.finish


def test_an_addition_is_scaled_by_a_response_only_where_the_response_works():
    """Half of the iterations have 10 days more, half 5: the size has one name, and two scales."""
    late = {"soil": {"probability": "100%", "impacts": [{"on": "p.dig", "duration": "+ 10ed", "cost": "+ 100"}]}}
    half = {"works": "50%", "acts_on": {"soil": {"duration": "x 50%", "cost": "x 10%"}}}
    activities = {"dig": {"duration": "20ed", "cost": "1000"}}
    found = program(activities, risks=late, responses={"talks": {"status": "approved", **half}})
    trials = rm.simulate(found, iterations=400)
    apart = trials.finish_minutes - trials.plan.finish
    assert sorted({*(apart // 1440).tolist()}) == [5, 10]
    assert sorted({*trials.cost_cents.tolist()}) == [1010_00, 1100_00]
    assert ((apart == 10 * 1440) == (trials.cost_cents == 1100_00)).all()


def test_a_response_activity_cannot_take_a_name_in_use():
    responses = {"talks": {"status": "approved", "activities": {"line": {"duration": "15d", "before": ["p.dig"]}}}}
    assert "already has an activity 'line'" in refused(program(responses=responses))
