"""Progressed: a program at a later data date if all goes as planned; the base stays, what has passed is certain."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from riskmc.analysis.contingency.progressed import last_finish, progressed
from riskmc.simulation.engine import simulate_like

MODELS = Path(__file__).parents[3] / "models"
RANGE = "triangular(80% 100% 150%)"


def program(activities, **sections):
    return rm.Program(program="Case", start="2027-01-04", projects={"p": {"activities": activities}}, **sections)


def later(trials, date):
    return simulate_like(trials, progressed(trials.again(), datetime.fromisoformat(date)))


def same(one, other):
    return np.array_equal(one.finish_minutes, other.finish_minutes) and np.array_equal(one.cost_cents, other.cost_cents)


CHAIN = {
    "a": {"duration": {"plan": "10d", "range": RANGE}, "cost": {"fixed": "10k", "per_day": 500}},
    "b": {"duration": {"plan": "20d", "range": RANGE}, "cost": {"plan": "40k", "range": RANGE}, "after": ["a"]},
    "c": {"duration": {"plan": "5d", "range": RANGE}, "after": ["b"], "cost": {"per_day": 700}},
}


def test_it_is_the_program_that_a_planner_would_write_at_that_date():
    """The obvious oracle, written by hand: a is done on 15 January, b began on the 18th and has 10 of 20 days left."""
    trials = rm.simulate(program(CHAIN), 400)
    by_hand = {
        **CHAIN,
        "a": {**CHAIN["a"], "progress": {"started": "2027-01-04T08:00", "finished": "2027-01-15T17:00"}},
        "b": {**CHAIN["b"], "progress": {"started": "2027-01-18T08:00", "remaining": "10d"}},
    }
    written = rm.simulate(program(by_hand, data_date="2027-02-01"), 400)
    assert same(later(trials, "2027-02-01"), written)
    assert len(np.unique(written.finish_minutes)) > 10


def test_progress_that_there_is_goes_on_from_where_it_stands():
    """a began late and at 11 January has 8 days left, with a range of its own: at 18 January 3, and 3/8 of it."""
    begun = {"started": "2027-01-06", "remaining": "pert(6d 8d 16d)", "actual_cost": 700}
    first = {**CHAIN, "a": {**CHAIN["a"], "progress": begun}}
    trials = rm.simulate(program(first, data_date="2027-01-11"), 400)
    left = {"started": "2027-01-06", "remaining": "pert(2.25d 3d 6d)", "actual_cost": 700 + 10_000 * 5 / 10 + 5 * 500}
    by_hand = {**CHAIN, "a": {**CHAIN["a"], "progress": left}}
    found = later(trials, "2027-01-18")
    assert found.plan.cost_cents == trials.plan.cost_cents
    assert np.array_equal(
        found.finish_minutes, rm.simulate(program(by_hand, data_date="2027-01-18"), 400).finish_minutes
    )


@pytest.mark.parametrize("name", ["ferry", "insurer", "orbiter", "tunnel"])
def test_the_base_stays_what_it_is_at_every_date_and_nothing_varies_when_all_is_done(name):
    trials = rm.simulate(MODELS / name / "program.yaml", 256)
    end = last_finish(trials.again())
    begin = max(trials.start, *(p.data_date.at for p in trials.program.projects.values() if p.data_date), trials.start)
    for share in (0.2, 0.5, 0.8, 1.0):
        found = simulate_like(trials, progressed(trials.again(), begin + share * (end - begin)))
        assert found.plan.finish == trials.plan.finish
        assert found.plan.cost_cents == trials.plan.cost_cents
        assert found.plan.project_finish == trials.plan.project_finish
    assert set(found.finish_minutes.tolist()) == {trials.plan.finish}
    assert set(found.cost_cents.tolist()) == {trials.plan.cost_cents}


def test_a_risk_is_gone_once_all_that_it_can_strike_has_passed_and_not_before():
    risks = {
        "early": {
            "probability": "50%",
            "impacts": [{"on": "p.a", "duration": "x 200%"}, {"id": "fee", "cost": "+ 5k"}],
        },
        "both": {"probability": "50%", "impacts": [{"on": ["p.a", "p.b"], "duration": "x 120%"}]},
        "fine": {"probability": "50%", "impacts": [{"cost": "+ 1k"}]},
        "short": {"probability": "50%", "window": {"to": "2027-01-20"}, "impacts": [{"cost": "+ 1k"}]},
    }
    rerun = rm.simulate(program(CHAIN, risks=risks), 50).again()

    def open_at(date):
        return {
            name
            for name, risk in progressed(rerun, datetime.fromisoformat(date)).risks.items()
            if risk.status == "open"
        }

    assert open_at("2027-01-08") == {"early", "both", "fine", "short"}
    assert open_at("2027-01-16") == {"both", "fine", "short"}
    assert open_at("2027-01-21") == {"both", "fine"}
    assert open_at("2027-02-15") == {"fine"}
    assert open_at("2027-03-30") == set()


def test_a_choice_falls_as_planned_once_its_work_has_begun():
    activities = {
        **CHAIN,
        "piles": {"duration": "5d", "after": ["a"], "when": "ground = soft", "cost": "1k"},
        "raft": {"duration": "9d", "after": ["a"], "when": "ground = hard", "cost": "2k"},
    }
    trials = rm.simulate(program(activities, choices={"ground": {"soft": "70%", "hard": "30%"}}), 200)
    assert progressed(trials.again(), datetime(2027, 1, 8)).choices["ground"] == {"soft": 0.7, "hard": 0.3}
    assert progressed(trials.again(), datetime(2027, 1, 20)).choices["ground"] == {"soft": 1.0, "hard": 0.0}
    assert later(trials, "2027-01-20").plan.cost_cents == trials.plan.cost_cents


def test_the_price_of_a_response_and_of_an_entry_of_costs_is_known_when_what_they_are_about_has_passed():
    sections = {
        "risks": {"soil": {"probability": "50%", "impacts": [{"on": "p.a", "duration": "x 200%"}]}},
        "responses": {
            "drill": {"status": "approved", "cost": "uniform(1k 3k)", "acts_on": {"soil": {"probability": "10%"}}}
        },
        "costs": {"crane": {"fixed": {"plan": "5k", "range": "uniform(4k 9k)"}, "span": {"from": "p.a", "to": "p.b"}}},
    }
    rerun = rm.simulate(program(CHAIN, **sections), 50).again()
    before, after = (progressed(rerun, datetime(2027, *day)) for day in ((1, 8), (3, 1)))
    assert not before.responses["drill"].cost.certain
    assert after.responses["drill"].cost.value.value == 2000
    assert before.costs["crane"].fixed.uncertain is not None
    assert after.costs["crane"].fixed.plan.value == 5000


def test_work_that_a_response_adds_is_done_with_the_rest():
    sections = {
        "risks": {"soil": {"probability": "50%", "impacts": [{"on": "p.b", "duration": "x 200%"}]}},
        "responses": {
            "drill": {
                "status": "approved",
                "acts_on": {"soil": {"probability": "10%"}},
                "activities": {"bore": {"duration": "uniform(5d 9d)", "before": ["p.a"], "cost": "1k"}},
            }
        },
    }
    trials = rm.simulate(program(CHAIN, **sections), 200)
    found = later(trials, "2027-01-20")
    assert found.plan.finish == trials.plan.finish
    assert found.program.activities()["p.bore"].progress.finished is not None
