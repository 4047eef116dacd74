"""Rules between the items of the discrete-event engine: what gates send back, what pools can ever meet, promises."""

from __future__ import annotations

from typing import Any

import pytest

import riskmc as rm
from riskmc.program.behaviour import most_units
from riskmc.program.reference import faults

WORK: dict[str, Any] = {
    "survey": {"duration": "5d"},
    "dig": {"duration": "5d", "after": ["survey"]},
    "line": {"duration": "5d", "after": ["dig SS+2d"]},
    "open": {"milestone": True, "after": ["line"]},
}
GATE: dict[str, Any] = {"fail": "30%", "redo": "50%", "at_most": 2}


def program(changes: dict[str, Any] | None = None, **more: Any) -> rm.Program:
    """Return four activities in a row, with more words in some of them and in the program."""
    activities = {name: {**said, **(changes or {}).get(name, {})} for name, said in WORK.items()}
    return rm.Program(program="X", start="2027-01-04", projects={"p": {"activities": activities}}, **more)


def told(found: rm.Program) -> str:
    return "\n".join(f"{place}: {text}" for place, text in faults(found))


@pytest.mark.parametrize("sent", ["line", "dig", "survey", "p.survey"])
def test_a_gate_sends_back_itself_and_what_comes_before_it(sent: str) -> None:
    assert faults(program({"line": {"quality_gate": {**GATE, "of": [sent]}}})) == []


@pytest.mark.parametrize("word", ["quality_gate", "approval"])
def test_nothing_sends_back_what_comes_after_it(word: str) -> None:
    loop = GATE if word == "quality_gate" else {"takes": "2d", "reject": "10%", "redo": "50%", "at_most": 1}
    found = program({"dig": {word: {**loop, "of": ["dig", "line"]}}})
    assert told(found) == (
        f"projects.p.activities.dig.{word}.of[1]: "
        "'line' does not come before p.dig, and only earlier work can be sent back"
    )


def test_a_milestone_is_a_gate_for_the_work_before_it() -> None:
    assert faults(program({"open": {"quality_gate": {**GATE, "of": ["line"]}}})) == []
    assert "has no work to be done again" in told(program({"open": {"quality_gate": {**GATE, "of": ["line", "open"]}}}))


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ({"capacity": 4}, 4),
        ({"capacity": 4, "staffing": {"2028-01-01": 6, "2029-01-01": 3}}, 6),
        ({"capacity": 4, "staffing": {"2028-01-01": 2}}, 4),
    ],
)
def test_work_needs_no_more_than_its_pool_ever_has(words: dict[str, Any], most: int) -> None:
    pools = {"crews": words}
    assert faults(program({"dig": {"uses": {"crews": most}}}, resources=pools)) == []
    assert told(program({"dig": {"uses": {"crews": most + 0.5}}}, resources=pools)) == (
        f"projects.p.activities.dig.uses.crews: needs {most + 0.5:g} crews, and there are never more than {most}: "
        "it can never start"
    )
    asked = {"takes": "2d", "by": {"crews": most + 1}}
    assert "approval.by.crews: needs" in told(program({"dig": {"approval": asked}}, resources=pools))


def test_capacities_of_a_plan_and_finished_work_are_no_limit() -> None:
    needs = {"dig": {"uses": {"crews": 5}}}
    assert faults(program(needs, resources={"crews": {"capacity": 4, "from_plan": True}})) == []
    assert faults(program(needs, resources={"crews": {}})) == []
    done = {"started": "2027-01-11", "finished": "2027-01-15"}
    found = program({"dig": {"uses": {"crews": 5}, "progress": done}}, resources={"crews": {"capacity": 4}})
    assert faults(found) == []


def test_what_policies_and_opportunities_may_add_counts() -> None:
    def add(**more: Any) -> dict[str, Any]:
        return {
            "hire": {
                "review": "20d",
                "when": {"later_than": "2028-01-01"},
                "do": {"add_units": {"resource": "crews", "units": 2}},
                **more,
            }
        }

    pools = {"crews": {"capacity": 4}}
    assert most_units(program(resources=pools)) == {"crews": 4.0}
    assert most_units(program(resources=pools, policies=add(at_most=3))) == {"crews": 10.0}
    assert most_units(program(resources=pools, policies=add())) == {"crews": float("inf")}
    lent = {"arrivals": {"rate": "1/y"}, "impacts": [{"resource": "crews", "units": 1, "lasts": "5d"}]}
    assert most_units(program(resources=pools, risks={"lent": lent})) == {"crews": float("inf")}
    lost = {"arrivals": {"rate": "1/y"}, "impacts": [{"resource": "crews", "units": -1, "lasts": "5d"}]}
    assert most_units(program(resources=pools, risks={"lost": lost})) == {"crews": 4.0}


def test_units_are_taken_from_a_pool_that_has_a_capacity() -> None:
    lost = {"arrivals": {"rate": "1/y"}, "impacts": [{"resource": "crews", "units": -1, "lasts": "5d"}]}
    assert told(program(resources={"crews": {"cost": "95/h"}}, risks={"lost": lost})) == (
        "risks.lost.impacts[0].resource: 'crews' has no `capacity` that could change"
    )


def test_impacts_on_several_pools_draw_under_their_names() -> None:
    def taken(*pools: str) -> rm.Risk:
        impacts = [{"resource": pool, "units": -1, "lasts": "5d"} for pool in pools]
        return rm.Risk(arrivals={"rate": "1/y"}, impacts=impacts)

    assert len(taken("crews", "testers").impacts) == 2
    with pytest.raises(rm.ProgramError, match="two impacts change the resource of crews: give each an `id`"):
        taken("crews", "crews")


def test_a_response_pauses_nothing_where_nothing_arrives() -> None:
    risk = {"probability": "10%", "impacts": [{"on": "dig", "duration": "x 110%"}]}
    response = {"acts_on": {"r": {"impacts": [{"on": "dig", "pause": "2d"}]}}}
    assert told(program(risks={"r": risk}, responses={"b": response})) == (
        "responses.b.acts_on.r.impacts[0].pause: needs `arrivals` of risk 'r': it happens at a moment"
    )


@pytest.mark.parametrize(
    ("at", "targets", "sound"),
    [
        (None, [{"name": "T", "finish": "2028-01-01"}], True),
        (None, [{"name": "T", "at": "p.open", "finish": "2028-01-01"}], True),
        (None, [{"name": "T", "at": "dig", "finish": "2028-01-01"}], False),
        (None, [{"name": "T", "cost": "5M"}], False),
        ("open", [{"name": "T", "at": "p.open", "finish": "2028-01-01"}], True),
        ("p", [{"name": "T", "at": "p", "finish": "2028-01-01"}], True),
        ("p", [{"name": "T", "at": "open", "finish": "2028-01-01"}], False),
        ("open", [{"name": "T", "finish": "2028-01-01"}], False),
    ],
)
def test_a_policy_that_looks_at_a_target_needs_a_promise(
    at: str | None, targets: list[dict[str, str]], sound: bool
) -> None:
    when = {"later_than": "target", **({"at": at} if at else {})}
    policy = {"review": "20d", "when": when, "do": {"prioritise": {"p": 1}}}
    found = program(finish="p.open", targets=targets, policies={"y": policy})
    assert (faults(found) == []) == sound
    assert sound or "policies.y.when.later_than: no entry of `targets` promises" in told(found)
