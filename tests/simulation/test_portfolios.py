"""Portfolios of responses, switched inside compiled networks: bit by bit the programs in which they act or do not."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import random_programs
import riskmc as rm
from rendering import MODELS
from riskmc.errors import ArgumentError
from riskmc.network.mitigation import structural
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.portfolios import portfolio_program, response_cents, run_portfolios

IDS = [model.parent.name for model in MODELS]
ACTIVITIES = {
    "dig": {"duration": "20d", "cost": "1000"},
    "lay": {"duration": "pert(10d 15d 30d)", "cost": {"per_day": "70"}, "after": ["dig"]},
    "open": {"milestone": "true", "after": ["lay"]},
}
RISKS = {
    "rain": {"probability": "40%", "impacts": [{"on": "p.dig", "duration": "+ uniform(5d 20d)", "cost": "+ 900"}]},
    "strike": {"probability": "30%", "impacts": [{"on": "p.lay", "duration": "x uniform(110% 180%)"}]},
    "leak": {"probability": "50%", "impacts": [{"on": "p.lay", "duration": "+ 4d"}]},
}


def program(risks=RISKS, activities=ACTIVITIES, responses=None, **more):
    """Return a small program; every response is proposed unless it says otherwise."""
    words = {name: {"status": "proposed", **said} for name, said in (responses or {}).items()}
    whole = {"program": "Canal", "start": "2027-01-04", "projects": {"p": {"activities": activities}}}
    return rm.Program(**whole, risks=risks, responses=words, **more)


def subsets(names):
    """Return every subset of the names."""
    return [frozenset(some) for size in range(len(names) + 1) for some in combinations(sorted(names), size)]


def assert_same(trials, candidates, portfolios):
    """Compare every portfolio with a simulation of its own: finishes, costs, milestones, projects."""
    found = run_portfolios(trials, candidates, portfolios)
    for number, bought in enumerate(portfolios):
        changed = portfolio_program(trials.again().program, bought, candidates)
        own = simulate_like(trials, changed, mitigation="current")
        assert np.array_equal(found.finish_minutes(number), own.finish_minutes), sorted(bought)
        assert np.array_equal(found.cost_cents(number), own.cost_cents), sorted(bought)
        for place, finish in {**own.project_finish, **own.milestone_finish}.items():
            assert np.array_equal(found.finish_at(number, place), finish), (sorted(bought), place)
        for project, cost in own.project_cost.items():
            assert np.array_equal(found.project_cost(number, project), cost), (sorted(bought), project)


KINDS = {
    "less likely": ({"acts_on": {"rain": {"probability": "10%"}}}, False),
    "impossible": ({"acts_on": {"rain": {"probability": "0%"}}}, False),
    "certain": ({"acts_on": {"rain": {"probability": "100%"}}}, False),
    "may not work": ({"works": "60%", "acts_on": {"rain": {"probability": "10%", "duration": "x 30%"}}}, False),
    "never works": ({"works": "0%", "cost": "70", "acts_on": {"rain": {"probability": "10%"}}}, False),
    "smaller": ({"works": "50%", "acts_on": {"rain": {"duration": "x 70%", "cost": "x 50%"}}}, False),
    "several risks": ({"acts_on": {"rain": {"duration": "x 70%"}, "leak": {"probability": "5%"}}}, False),
    "other impacts": ({"acts_on": {"rain": {"impacts": [{"on": "p.lay", "duration": "x 120%"}]}}}, False),
    "secondary": ({"acts_on": {"rain": {"probability": "5%"}}, "secondary": ["risks.leak"]}, False),
    "dear": ({"cost": "triangular(50 80 150)", "acts_on": {"strike": {"probability": "5%"}}}, False),
    "in the plan": ({"status": "in_plan", "cost": "5000", "acts_on": {"rain": {"probability": "5%"}}}, False),
    "approved": ({"status": "approved", "cost": "uniform(1 9)", "acts_on": {"rain": {"probability": "5%"}}}, False),
    "given": ({"acts_on": {"strike": {"given": {"rain": "90%"}}}}, True),
    "activities": ({"activities": {"drain": {"duration": "9d", "cost": "400", "before": ["p.dig"]}}}, True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_response_is_switched_to_the_bits_of_the_program_with_and_without_it(kind):
    said, apart = KINDS[kind]
    trials = rm.simulate(program(responses={"a": said, "b": {"acts_on": {"rain": {"probability": "20%"}}}}), 600)
    assert structural(trials.program, ["a"]) == (frozenset({"a"}) if apart else frozenset())
    assert_same(trials, frozenset({"a", "b"}), subsets({"a", "b"}))


def test_responses_to_one_risk_are_switched_in_every_combination():
    acting = [{"duration": "x 70%"}, {"probability": "20%"}, {"cost": "x 20%", "duration": "x 50%"}]
    responses = {f"r{k}": {"works": f"{60 + 20 * k}%", "acts_on": {"rain": change}} for k, change in enumerate(acting)}
    responses["r3"] = {"acts_on": {"rain": {"impacts": [{"on": "all", "duration": "+ 9d", "spread": "once"}]}}}
    assert_same(rm.simulate(program(responses=responses), 600), frozenset(responses), subsets(responses))


@pytest.mark.parametrize("apart", ("parallel group", "secondary in a group", "pair", "certain in a pair", "started"))
def test_what_cannot_be_switched_to_the_same_bits_is_compiled_apart(apart):
    risks, activities, more = {name: {**said} for name, said in RISKS.items()}, dict(ACTIVITIES), {}
    impacts = [{"on": "p.lay", "duration": "+ uniform(1d 30d)"}]
    response = {"acts_on": {"strike": {"impacts": impacts}}}
    if apart in ("parallel group", "secondary in a group"):
        for name in ("strike", "leak"):
            risks[name]["parallel_group"] = "g"
    if apart in ("secondary in a group", "pair"):
        response = {"acts_on": {"strike": {"probability": "10%"}}, "secondary": ["risks.leak"]}
    if apart == "certain in a pair":
        response = {"acts_on": {"leak": {"probability": "100%"}}}
    if "pair" in apart:
        pairs = [("risks.rain", "risks.leak", 0.5), ("risks.rain", "risks.strike", 0.7)]
        more["correlations"] = [{"pair": [a, b], "occurrence": c} for a, b, c in pairs]
    if apart == "started":
        activities["dig"] = {**activities["dig"], "progress": {"started": "2027-01-05"}, "cost": "1000.33"}
        more["data_date"], response = "2027-01-12 10:00", {"acts_on": {}, "secondary": ["risks.rain"]}
    trials = rm.simulate(program(risks, activities, {"a": response}, **more), 600)
    assert structural(trials.program, ["a"]) == {"a"}
    assert_same(trials, frozenset({"a"}), subsets({"a"}))


@pytest.mark.parametrize("model", MODELS, ids=IDS)
@pytest.mark.parametrize("sampling", ("montecarlo", "lhs"))
def test_every_portfolio_of_a_bundled_program_has_the_bits_of_its_own_simulation(model, sampling):
    trials = rm.simulate(model, range(200, 700), sampling=sampling)
    candidates = frozenset(trials.program.responses)
    assert_same(trials, candidates, subsets(candidates)[::5])


CHANGES = (
    {"probability": "10%"},
    {"probability": "0%"},
    {"probability": "100%"},
    {"duration": "x 50%"},
    {"cost": "x 150%"},
    {"probability": "45%", "duration": "x 30%"},
    {"impacts": [{"id": "new", "on": "p.*", "duration": "x 125%"}]},
    {"impacts": [{"id": "new", "cost": "+ 700"}]},
)


@st.composite
def responding(draw, source):
    """Return a random program with up to three responses, some of which bring a risk of the program's."""
    words = draw(source)
    risks = sorted(words["risks"])
    words["responses"] = {}
    for number in range(draw(st.integers(1, 3)) if risks else 0):
        response = {
            "status": draw(st.sampled_from(("proposed", "proposed", "approved", "in_plan"))),
            "cost": draw(st.sampled_from(("400", "uniform(1 9)"))),
            "works": draw(st.sampled_from(("50%", "100%", "100%"))),
            "acts_on": {name: draw(st.sampled_from(CHANGES)) for name in risks if draw(st.booleans())},
        }
        brought = [name for name in risks if name not in response["acts_on"]]
        if brought and draw(st.booleans()):
            response["secondary"] = [f"risks.{draw(st.sampled_from(brought))}"]
        words["responses"][f"s{number}"] = response
    return words


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(responding(st.one_of(random_programs.programs(), random_programs.programs_in_progress())))
def test_every_portfolio_of_a_random_program_has_the_bits_of_its_own_simulation(words):
    trials = rm.simulate(rm.Program(**words), range(250, 262))
    candidates = frozenset(trials.program.responses)
    assert_same(trials, candidates, subsets(candidates))


def test_what_a_response_costs_is_what_buying_it_adds_where_it_changes_nothing():
    trials = rm.simulate(program(responses={"a": {"cost": "pert(1000 2000 9000)"}, "b": {"cost": "12.345"}}), 500)
    assert trials.again().program.responses["a"].status == "proposed"
    paid = response_cents(trials.again(), ["a", "b"])
    both = simulate_like(trials, trials.again().program, mitigation="post")
    assert np.array_equal(both.cost_cents - trials.cost_cents, paid["a"] + paid["b"])
    assert set(paid["b"]) == {1235}
    assert 1000_00 <= paid["a"].min() < paid["a"].max() <= 9000_00


def test_the_trials_mitigation_does_not_matter():
    words = {"a": KINDS["dear"][0], "b": KINDS["approved"][0]}
    for mitigation in ("pre", "post"):
        trials = rm.simulate(program(responses=words), 300, mitigation=mitigation)
        assert_same(trials, frozenset({"a"}), subsets({"a"}))


def test_a_stranger_and_what_is_done_cannot_be_chosen():
    trials = rm.simulate(program(responses={"talks": {"status": "done"}}), 100)
    with pytest.raises(ArgumentError, match="no response 'talk'; did you mean 'talks'"):
        run_portfolios(trials, frozenset({"talk"}), [frozenset()])
    with pytest.raises(ArgumentError, match="'talks' is done"):
        run_portfolios(trials, frozenset({"talks"}), [frozenset()])


def test_threads_and_progress_change_no_bit():
    trials = rm.simulate(program(responses={"a": KINDS["may not work"][0], "b": KINDS["activities"][0]}), 600)
    told = []
    alone = rm.simulate(trials.again().program, 600, threads=1)
    candidates = frozenset({"a", "b"})
    one = run_portfolios(alone, candidates, subsets(candidates))
    two = run_portfolios(trials, candidates, subsets(candidates), lambda *done: told.append(done))
    for number in range(len(one)):
        assert np.array_equal(one.finish_minutes(number), two.finish_minutes(number))
        assert np.array_equal(one.cost_cents(number), two.cost_cents(number))
