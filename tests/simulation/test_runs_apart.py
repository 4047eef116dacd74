"""Cases of the discrete-event engine have the bits of programs that are simulated anew without the risks."""

import numpy as np
import pytest

import riskmc as rm
from happening import program
from riskmc.errors import UnsupportedError
from riskmc.simulation.cases import apart, run_cases
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.portfolios import portfolio_program, run_portfolios

ITERATIONS = range(200, 330)  # across the border between two blocks


def closed(whole, risks):
    """Return the program in which some risks are closed, and so never occur."""
    shut = {name: risk.model_copy(update={"status": "closed"}) for name, risk in whole.risks.items() if name in risks}
    return whole.model_copy(update={"risks": {**whole.risks, **shut}})


def assert_same(like, finish, finish_at, cost, project_cost):
    """Assert that a case has the finishes and cents of a simulation of its own."""
    assert np.array_equal(finish, like.finish_minutes)
    assert np.array_equal(cost, like.cost_cents)
    for place, minutes in {**like.project_finish, **like.milestone_finish}.items():
        assert np.array_equal(finish_at(place), minutes)
    for project, cents in like.project_cost.items():
        assert np.array_equal(project_cost(project), cents)


@pytest.mark.parametrize(("sampling", "threads"), [("montecarlo", 2), ("lhs", 1)])
def test_every_case_is_the_program_without_its_risks_simulated_anew(sampling, threads):
    trials = rm.simulate(program(), ITERATIONS, seed=5, sampling=sampling, threads=threads)
    assert trials.engine == "discrete-event"
    without = [frozenset(), frozenset({"soil"}), frozenset({"changes"}), frozenset({"rig", "changes"})]
    cases = run_cases(trials, [*without, *without[:2]])
    for case, risks in enumerate([*without, *without[:2]]):
        like = simulate_like(trials, closed(trials.again().program, risks))
        found = (lambda place, case=case: cases.finish_at(case, place)), cases.cost_cents(case)
        assert_same(like, cases.finish_minutes(case), *found, lambda name, case=case: cases.project_cost(case, name))
    assert cases.outcomes == len(without) * len(trials)  # the same case twice is run once
    assert np.array_equal(cases.finish_minutes(0), trials.finish_minutes)


def test_the_program_alone_has_the_same_finish_and_cost():
    trials = rm.simulate(program(), ITERATIONS)
    whole, alone = (run_cases(trials, [frozenset({"changes"})], program_alone=only) for only in (False, True))
    assert np.array_equal(whole.finish_minutes(0), alone.finish_minutes(0))
    assert np.array_equal(whole.cost_cents(0), alone.cost_cents(0))


def test_progress_counts_the_iterations_of_all_runs():
    trials, told = rm.simulate(program(), ITERATIONS), []
    run_cases(trials, [frozenset(), frozenset({"soil"})], progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2 * len(trials), 2 * len(trials))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_every_portfolio_is_the_program_with_its_responses_simulated_anew():
    trials, candidates = rm.simulate(program(), ITERATIONS), frozenset({"survey", "spares"})
    portfolios = [frozenset(), frozenset({"survey"}), candidates]
    found = run_portfolios(trials, candidates, portfolios)
    for number, bought in enumerate(portfolios):
        like = simulate_like(trials, portfolio_program(trials.again().program, bought, candidates))
        assert_same(
            like, found.finish_minutes(number), lambda place, k=number: found.finish_at(k, place),
            found.cost_cents(number), lambda name, k=number: found.project_cost(k, name),
        )  # fmt: skip


def test_so_many_runs_that_they_take_hours_are_refused():
    trials = rm.simulate(program(), 1)
    many = [program() for _ in range(1025)]
    with pytest.raises(UnsupportedError, match=r"1,025 runs of the discrete-event engine.*--ignore"):
        apart(trials.again(), many)
