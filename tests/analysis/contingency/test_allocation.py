"""Allocation: parts by source, project and response, which add up to what is needed, to the minute and to the cent."""

from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from riskmc.analysis.contingency.requirement import contingency
from riskmc.analysis.drivers import drivers

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"


def program(projects, **sections):
    words = {"calendar": "24h", **sections}
    told = {name: {"activities": activities} for name, activities in projects.items()}
    return rm.Program(program="Case", start="2027-01-04", projects=told, **words)


def whole(found):
    """What is needed, in minutes and in cents."""
    needed = found.needed()
    return round(needed.finish_days.value * 1440), round(needed.cost.value * 100)


@pytest.fixture(scope="module")
def ferry():
    return rm.simulate(FERRY, 500)


@pytest.mark.parametrize("level", [0.50, 0.70, 0.80, 0.90])
def test_parts_add_up_to_the_minute_and_to_the_cent_at_every_level(ferry, level):
    found = contingency(ferry, level)
    minutes, cents = whole(found)
    assert (found.sources.minutes, found.sources.cents) == (minutes, cents)
    assert (found.responses.minutes, found.responses.cents) == (minutes, cents)
    assert found.projects.cents == cents
    assert found.projects.minutes == 0


def test_the_parts_of_the_risks_are_their_shares(ferry):
    shares = {driver.id: driver for driver in drivers(ferry, 0.80, removals=False).risks}
    parts = contingency(ferry, 0.80).sources.parts[1:]
    assert {part.id for part in parts} == set(shares)
    for part in parts:
        assert part.finish_days == shares[part.id].finish_days
        assert abs(part.minutes - 1440 * part.finish_days.value) <= 1
        assert abs(part.cents - 100 * part.cost.value) <= 1


def test_without_risks_all_of_it_comes_from_the_ranges():
    plain = program({"p": {"a": {"duration": "uniform(5d 9d)", "cost": {"plan": 100, "range": "uniform(80 150)"}}}})
    found = contingency(rm.simulate(plain, 500))
    assert [part.kind for part in found.sources.parts] == ["estimates"]
    assert (found.sources.minutes, found.sources.cents) == whole(found)
    assert found.sources.parts[0].finish_days == found.needed().finish_days


def test_with_nothing_but_one_risk_all_of_it_is_its_share():
    risk = {"soil": {"probability": "40%", "impacts": [{"on": "p.a", "duration": "+ 7d", "cost": "+ 900"}]}}
    found = contingency(rm.simulate(program({"p": {"a": {"duration": "10d", "cost": 100}}}, risks=risk), 500))
    estimates, soil = found.sources.parts
    assert (estimates.minutes, estimates.cents) == (0, 0)
    assert (soil.minutes, soil.cents) == (7 * 1440, 90_000)
    assert [(part.id, part.cents) for part in found.projects.parts] == [("p", 90_000)]


def test_projects_that_are_alike_have_equal_parts_and_a_certain_one_has_none():
    """Two projects whose costs rise and fall together share the P80 in halves: v is additive."""
    same = {"cost": {"plan": 1000, "range": "uniform(900 1500)"}, "duration": "1d"}
    alike = {"x": {"a": same}, "y": {"a": same}, "z": {"a": {"duration": "1d", "cost": 777}}}
    one = rm.simulate(program(alike, correlations=[{"group": ["x.a", "y.a"], "cost": 1.0}]), 800)
    parts = {part.id: part for part in contingency(one).projects.parts}
    assert abs(parts["x"].cents - parts["y"].cents) <= 1
    assert parts["z"].cents == 0
    above = np.sort(one.project_cost["x"] - one.plan.project_cost["x"])
    assert abs(parts["x"].cents - above[639]) <= 1


def test_what_belongs_to_no_project_is_a_part_of_its_own():
    costs = {"insurance": {"fixed": {"plan": 100, "range": "uniform(100 200)"}}}
    found = contingency(rm.simulate(program({"p": {"a": {"duration": "1d", "cost": 50}}}, costs=costs), 500))
    assert {part.name: part.cents for part in found.projects.parts} == {
        "p": 0,
        "Program (no project)": whole(found)[1],
    }


def test_the_part_of_one_response_is_what_it_moves_the_need_by():
    """It costs 300 for certain, which is in the base, and halves the chance of a risk that costs 900 and 7 days."""
    sections = {
        "risks": {"soil": {"probability": "30%", "impacts": [{"on": "p.a", "duration": "+ 7d", "cost": "+ 900"}]}},
        "responses": {"drill": {"status": "approved", "cost": 300, "acts_on": {"soil": {"probability": "5%"}}}},
    }
    plan = program({"p": {"a": {"duration": "10d", "cost": 100}}}, **sections)
    found = contingency(rm.simulate(plan, 500), 0.80)
    assert whole(found) == (0, 0)
    before, drill = found.responses.parts
    assert (before.minutes, before.cents) == (7 * 1440, 90_000)
    assert (drill.minutes, drill.cents) == (-7 * 1440, -90_000)
    assert before.finish_days == contingency(rm.simulate(plan, 500, mitigation="pre"), 0.80).needed().finish_days


def test_work_that_a_response_adds_moves_the_base_and_is_no_part_of_the_need():
    """Drilling takes 5 days before a, and with it the P80 has no delay of 7 days on top of the later base."""
    sections = {
        "risks": {"soil": {"probability": "30%", "impacts": [{"on": "p.a", "duration": "+ 7d"}]}},
        "responses": {
            "drill": {
                "status": "approved",
                "acts_on": {"soil": {"probability": "5%"}},
                "activities": {"bore": {"duration": "5d", "before": ["p.a"]}},
            }
        },
    }
    found = contingency(rm.simulate(program({"p": {"a": {"duration": "10d"}}}, **sections), 500), 0.80)
    assert [part.minutes for part in found.responses.parts] == [7 * 1440, -7 * 1440]


def test_a_response_that_is_in_the_plan_is_told_and_one_that_is_done_or_only_proposed_is_not():
    sections = {
        "risks": {"soil": {"probability": "30%", "impacts": [{"on": "p.a", "duration": "+ 7d"}]}},
        "responses": {
            name: {"status": status, "acts_on": {"soil": {"duration": "x 50%"}}}
            for name, status in (("one", "in_plan"), ("two", "done"), ("three", "proposed"))
        },
    }
    plan = program({"p": {"a": {"duration": "10d"}}}, **sections)
    assert [part.id for part in contingency(rm.simulate(plan, 200)).responses.parts] == ["before responses", "one"]
    after = contingency(rm.simulate(plan, 200, mitigation="post"))
    assert {part.id for part in after.responses.parts} == {"before responses", "one", "three"}
    assert after.responses.minutes == whole(after)[0]


def test_parts_worked_out_beforehand_are_those_of_first_use_and_progress_is_told(ferry):
    heard, early, late = [], contingency(ferry), contingency(ferry)
    early.work_out(lambda done, total: heard.append((done, total)))
    assert early.sources.parts == late.sources.parts
    assert heard[-1] == (heard[-1][1],) * 2


def test_the_table_has_one_row_a_part_with_its_interval(ferry):
    table = contingency(ferry).sources.to_frame()
    assert table.loc["estimates", "kind"] == "estimates"
    assert {"finish_days", "finish_days_low", "cost_EUR", "cost_EUR_high"} <= set(table.columns)
    assert (table["finish_days_low"] <= table["finish_days"]).all()


def test_without_responses_nothing_is_simulated_again(monkeypatch):
    activities = {"a": {"duration": "uniform(5d 9d)", "cost": "uniform(10 20)"}}
    trials = rm.simulate(program({"p": activities}), 200)
    again = contingency(trials).responses
    monkeypatch.setattr("riskmc.analysis.contingency.allocation.simulate_like", None)
    assert contingency(trials).responses.parts == again.parts
    assert again.minutes == whole(contingency(trials))[0]
