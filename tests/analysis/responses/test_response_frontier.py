"""Frontier of responses: all subsets against simulations of their own; dominated ones, ties, budgets, screens."""

from itertools import combinations

import numpy as np
import pytest

import riskmc as rm
from rendering import ROOT
from riskmc.analysis.paired import quantile_difference
from riskmc.errors import ArgumentError
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.portfolios import portfolio_program

FERRY = ROOT / "models" / "ferry" / "program.yaml"
N = 2_000


def program(count=4, responses=None, **more):
    """Return a chain of activities, each struck by a risk of its own, each risk with a response."""
    names = [f"a{k:02}" for k in range(count)]
    activities = {
        name: {"duration": "triangular(8d 10d 15d)", "cost": "1000", "after": names[k - 1 : k] if k else []}
        for k, name in enumerate(names)
    }
    risks = {
        f"r{k:02}": {"probability": "40%", "impacts": [{"on": f"p.{name}", "duration": f"+ {4 + 3 * k}d"}]}
        for k, name in enumerate(names)
    }
    words = {
        f"m{k:02}": {"cost": f"{10 + 7 * k}k", "acts_on": {f"r{k:02}": {"probability": "5%"}}} for k in range(count)
    }
    return rm.Program(
        **{
            "program": "Canal",
            "start": "2027-01-04",
            "currency": "EUR",
            "projects": {"p": {"activities": activities}},
            "risks": risks,
            "responses": words if responses is None else responses,
            "targets": [{"name": "Open", "finish": "2027-04-01"}, {"name": "Budget", "cost": "40k"}],
            **more,
        }
    )


@pytest.fixture(scope="module")
def trials():
    return rm.simulate(program(), N)


def own(trials, bought):
    """Return the trials of a portfolio, simulated by itself."""
    candidates = frozenset(trials.program.responses)
    return simulate_like(trials, portfolio_program(trials.again().program, bought, candidates), mitigation="current")


def slow(trials, measure):
    """Return the efficient (spent, value) pairs by simulating every subset and comparing each with each."""
    names = sorted(trials.program.responses)
    found = []
    for size in range(len(names) + 1):
        for some in combinations(names, size):
            spent = sum(trials.program.responses[name].cost.value.value for name in some)
            found.append((spent, measure(own(trials, frozenset(some)))))
    return sorted({one for one in found if not any(o != one and o[0] <= one[0] and o[1] <= one[1] for o in found)})


@pytest.mark.parametrize("by", ("finish", "cost", "chance"))
def test_the_frontier_is_that_of_simulating_every_subset(trials, by):
    measures = {
        "finish": lambda run: run.finish().quantile(0.80),
        "cost": lambda run: run.cost().quantile(0.80),
        "chance": lambda run: -run.finish().probability("2027-04-01").value,
    }
    frontier = rm.response_frontier(trials, by)
    sign = -1 if by == "chance" else 1
    told = [(one.spent, sign * one.value if by == "chance" else one.value) for one in frontier.efficient]
    assert told == slow(trials, measures[by])
    assert frontier.exact
    assert len(frontier.ratings) == 16


def test_every_point_has_its_paired_interval_from_buying_nothing_and_from_the_step_before(trials):
    frontier = rm.response_frontier(trials)
    runs = [own(trials, frozenset(one.responses)).finish_minutes for one in frontier.efficient]
    assert frontier.efficient[0].difference == (0, 0, 0)
    assert frontier.efficient[0].step is None
    for place, one in enumerate(frontier.efficient[1:], start=1):
        wanted = quantile_difference(runs[0], runs[place], 0.80)
        assert one.difference == pytest.approx([end / 1440 for end in wanted])
        wanted = quantile_difference(runs[place - 1], runs[place], 0.80)
        assert one.step == pytest.approx([end / 1440 for end in wanted])


def test_a_response_that_changes_nothing_is_never_on_the_frontier():
    idle = {"acts_on": {"r00": {"probability": "40%"}}}
    useful = {"cost": "9k", "acts_on": {"r01": {"probability": "0%"}}}
    for cost in ("0", "500"):
        frontier = rm.response_frontier(rm.simulate(program(2, {"idle": {**idle, "cost": cost}, "m": useful}), N))
        assert [one.responses for one in frontier.efficient] == [(), ("m",)]
        assert [one.ties for one in frontier.efficient] == [(), ()]
        assert frontier.always == ("m",)
        assert frontier.never == ("idle",)


def test_two_responses_that_do_the_same_for_as_much_money_are_a_tie():
    same = {"cost": "9k", "acts_on": {"r01": {"probability": "0%"}}}
    frontier = rm.response_frontier(rm.simulate(program(2, {"first": same, "second": same}), N))
    assert [one.responses for one in frontier.efficient] == [(), ("first",)]
    assert frontier.efficient[1].ties == (("second",),)
    assert frontier.never == ()


def test_the_best_portfolio_is_the_last_efficient_one_that_the_budget_allows(trials):
    frontier = rm.response_frontier(trials, budget="30k")
    spent = [one.spent for one in frontier.efficient]
    assert spent == sorted(spent)
    for budget in (0, 9_999, 10_000, 35_000, 1e9):
        best = frontier.best(budget)
        assert best.spent == max(one for one in spent if one <= budget)
    assert frontier.best() == frontier.best(30_000)
    assert not frontier.best(0).responses


def test_the_order_of_responses_in_the_file_changes_nothing(trials):
    shuffled = program(responses=dict(reversed(list(program().model_dump(by_alias=True)["responses"].items()))))
    assert list(shuffled.responses) == list(trials.program.responses)[::-1]
    one, other = (rm.response_frontier(run) for run in (trials, rm.simulate(shuffled, N)))
    assert one.ratings == other.ratings
    told = [[(p.spent, p.value, p.difference) for p in found.efficient] for found in (one, other)]
    assert told[0] == told[1]


def test_approved_responses_are_the_base_unless_reconsidered():
    words = {
        name: {"cost": "9k", "status": status, "acts_on": {f"r0{k}": {"probability": "0%"}}}
        for k, (name, status) in enumerate({"in": "approved", "new": "proposed", "plan": "in_plan"}.items())
    }
    trials = rm.simulate(program(3, words), N)
    frontier = rm.response_frontier(trials)
    assert frontier.candidates == ("new",)
    assert frontier.efficient[0].value == trials.finish().quantile(0.80)
    assert frontier.states["pre"].spent == -9_000
    assert frontier.states["current"].difference == (0, 0, 0)
    again = rm.response_frontier(trials, reconsider=True)
    assert again.candidates == ("in", "new", "plan")
    assert again.efficient[0].responses == ("plan",)  # costs nothing more
    assert again.states["pre"].spent == 0
    assert again.states["current"].spent == 9_000
    assert again.states["post"].value == again.efficient[-1].value


def test_beyond_twelve_a_screen_drops_what_never_helps_and_leaves_an_exact_search():
    useful = dict(list(program(5).model_dump(by_alias=True)["responses"].items()))
    idle = {f"idle{k}": {"cost": "1k", "acts_on": {"r00": {"probability": "40%"}}} for k in range(9)}
    frontier = rm.response_frontier(rm.simulate(program(5, {**idle, **useful}), N))
    assert frontier.dropped == tuple(idle)
    assert len(frontier.ratings) == 32 + 9 + 1 + 14  # of the useful, idle ones alone, all, and all but one
    assert not frontier.exact
    alone = rm.response_frontier(rm.simulate(program(5, useful), N))
    assert [one.responses for one in frontier.efficient] == [one.responses for one in alone.efficient]


def test_beyond_twelve_useful_ones_greedy_steps_are_said_and_never_worse_than_what_was_screened():
    trials = rm.simulate(program(14), 500)
    frontier = rm.response_frontier(trials)
    assert not frontier.exact
    assert len(frontier.ratings) < 2**14
    assert "portfolios tried" in frontier.foot
    assert frontier.efficient[-1].value <= min(one.value for one in frontier.states.values())
    best = [frontier.ratings[frozenset(one.responses)] for one in frontier.efficient]
    for name in trials.program.responses:
        rating = frontier.ratings[frozenset({name})]
        assert any(one.spent <= rating.spent and one.value <= rating.value for one in best)


def test_the_chance_is_that_of_the_program_s_date_else_of_its_budget():
    dated = rm.response_frontier(rm.simulate(program(), 300), "chance")
    assert dated.measured.target == "Open"
    only_budget = program(targets=[{"name": "Budget", "cost": "40k"}])
    budget = rm.response_frontier(rm.simulate(only_budget, 300), "chance")
    assert budget.measured.target == "Budget"
    with pytest.raises(ArgumentError, match="no target"):
        rm.response_frontier(rm.simulate(program(targets=[]), 300), "chance")


def test_it_works_without_money_without_anything_random_and_with_latin_hypercubes():
    free = {name: {"acts_on": {"r00": {"probability": "5%"}}} for name in ("a", "b")}
    frontier = rm.response_frontier(rm.simulate(program(2, free), N, sampling="lhs"))
    assert [one.responses for one in frontier.efficient] == [("a",)]
    certain = {"p": {"activities": {"a00": {"duration": "10d"}, "a01": {"duration": "5d", "after": ["a00"]}}}}
    work = {"m": {"cost": "5k", "activities": {"prepare": {"duration": "3d", "before": ["p.a00"]}}}}
    plan = rm.simulate(program(2, work, risks={}, projects=certain), 100)
    assert not plan.random
    found = rm.response_frontier(plan)
    assert [one.responses for one in found.efficient] == [()]
    assert found.states["post"].difference == (5, 5, 5)  # three working days and a weekend
    assert rm.response_frontier(plan, "chance").efficient[0].value == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"by": "dates"}, "by is finish, cost or chance"),
        ({"percentile": 80}, "did you mean 0.80"),
        ({"percentile": 1}, "strictly between 0 and 1"),
        ({"budget": -5}, "0 or more"),
        ({"budget": "5d"}, "an amount of money is needed"),
    ],
)
def test_an_argument_without_meaning_is_refused(trials, wrong, told):
    with pytest.raises(ArgumentError, match=told):
        rm.response_frontier(trials, **wrong)


def test_a_program_without_a_proposed_response_says_so():
    approved = {"m": {"status": "approved", "acts_on": {"r00": {"probability": "5%"}}}}
    with pytest.raises(ArgumentError, match="no proposed response"):
        rm.response_frontier(rm.simulate(program(2, approved), 100))
    with pytest.raises(ArgumentError, match="no responses to decide on"):
        rm.response_frontier(rm.simulate(program(2, {}), 100))


def test_tables_carry_their_units_and_the_repr_reads():
    frontier = rm.response_frontier(rm.simulate(FERRY, 500))
    frame = frontier.to_frame()
    assert {"responses", "spent_EUR", "finish_p80", "difference_days", "difference_days_low", "step_days"} <= {*frame}
    everything = frontier.portfolios()
    assert len(everything) == 4
    assert everything.efficient.sum() == len(frontier.efficient)
    assert repr(frontier).startswith("<ResponseFrontier 'Electric Island Ferry': EUR 0: nothing, reaches ")
    assert "all combinations · 500 iterations · seed 1" in repr(frontier)
    assert "Which responses to buy" in frontier._repr_html_()
    assert np.isnan(frame.step_days[0])
