"""Funding: the best set by brute force, what waits for what, and sets simulated without the other projects."""

from itertools import combinations

import numpy as np
import pytest

import riskmc as rm
from riskmc.analysis.value import fund, value
from riskmc.analysis.value.funding import MOST_SETS, without
from riskmc.errors import ArgumentError
from riskmc.simulation.engine import simulate_like
from valued import two_projects

TRAMS = "docs/method/data/trams.yaml"


def program(seed: int, count: int = 6):
    """Projects of drawn cost and benefit; every second one waits for the one before it."""
    draw = np.random.default_rng(seed)
    projects, benefits = {}, []
    for i in range(count):
        after = [f"p{i - 1}.a"] if i % 2 else []
        projects[f"p{i}"] = {
            "activities": {"a": {"duration": "100ed", "cost": f"{draw.integers(1, 9)}M", "after": after}}
        }
        benefits.append({"at": f"p{i}.a", "per_year": f"{draw.integers(1, 30) / 10}M", "for": "10y"})
    return rm.Program(
        program="P",
        start="2027-01-01",
        calendar="24h",
        benefits=benefits,
        discount_rate={"real": "4%"},
        projects=projects,
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_chosen_set_is_the_best_of_all_that_fit_and_hold_what_they_wait_for(seed):
    base = value(rm.simulate(program(seed), iterations=20))
    names = [place for place in base.places if place]
    worth = {name: base.npv(name).samples.mean() for name in names}
    costs = {name: base.trials.project_cost[name].mean() / 100 for name in names}
    budget = 0.5 * sum(costs.values())
    allowed = [
        chosen
        for size in range(len(names) + 1)
        for chosen in combinations(names, size)
        if sum(costs[name] for name in chosen) <= budget
        and all(f"p{int(name[1:]) - 1}" in chosen for name in chosen if int(name[1:]) % 2)
    ]
    best = max(allowed, key=lambda chosen: sum(worth[name] for name in chosen))
    found = fund(base, budget)
    assert set(found.chosen.projects) == set(best)
    assert found.chosen.npv == pytest.approx(sum(worth[name] for name in best))


def test_a_set_of_everything_is_the_program_itself_to_the_bit():
    base = value(rm.simulate(TRAMS, iterations=300))
    found = fund(base, "500M")
    assert found.chosen.projects == ("depot", "line7", "tickets", "signals")
    assert found.chosen.npv == float(base.npv().samples.mean())
    assert found.chosen.within_budget == 1


def test_projects_that_are_left_out_cost_and_yield_nothing():
    trials = rm.simulate(TRAMS, iterations=300)
    other = simulate_like(trials, without(trials.again().program, ["tickets"]))
    assert (other.cost_cents == trials.project_cost["tickets"]).all()
    assert value(other).npv().samples == pytest.approx(value(trials).npv("tickets").samples)


def test_a_project_is_funded_with_what_it_waits_for():
    found = fund(rm.simulate(TRAMS, iterations=300), "135M")
    assert found.needs["line7"] == ("depot",)
    assert all("depot" in one.projects for one in found.sets if "line7" in one.projects)


def test_on_the_frontier_more_value_has_a_smaller_chance():
    found = fund(rm.simulate(TRAMS, iterations=300), "135M")
    ranked = sorted(found.frontier, key=lambda one: one.npv)
    chances = [float(one.within_budget) for one in ranked]
    assert chances == sorted(chances, reverse=True)
    assert len(found.frontier) < len(found.sets)
    for one in found.sets:
        assert one.npv_low <= one.npv <= one.npv_high


def test_nothing_is_funded_where_nothing_fits():
    assert fund(rm.simulate(TRAMS, iterations=100), "1k").chosen.projects == ()


def test_one_project_leaves_nothing_to_choose():
    alone = rm.Program(
        program="P", start="2027-01-01", discount_rate={"real": "4%"}, benefits=[{"at": "p.a", "per_year": "1M"}],
        projects={"p": {"activities": {"a": {"duration": "5d"}}}},
    )  # fmt: skip
    with pytest.raises(ArgumentError, match="one project only"):
        fund(rm.simulate(alone, iterations=20), 5)
    with pytest.raises(ArgumentError, match="budget"):
        fund(two_projects(benefits=[{"at": "x.a", "per_year": "1M"}]), "plenty")


def test_tables_name_their_units():
    found = fund(rm.simulate(TRAMS, iterations=200), "135M")
    assert {"npv_mean_EUR_low", "cost_p80_EUR", "chance_within_budget"} <= set(found.to_frame())
    assert found.to_frame()["chosen"].sum() == 1
    assert repr(found).startswith("<Funding 'City trams': fund New depot, Line 7")
    assert "New depot" in found._repr_html_()


def test_of_many_sets_those_about_the_budget_are_told_when_much_of_it_belongs_to_no_project():
    """64 sets, each dearer one worth more; 40M are paid whatever is funded, so 20M of 60M are left for projects."""
    sizes = [2**i for i in range(6)]
    spread = rm.Program(
        program="P", start="2027-01-01", calendar="24h", discount_rate={"real": "3%"},
        benefits=[{"at": f"p{size}.a", "per_year": f"{size}M", "for": "5y"} for size in sizes],
        projects={f"p{size}": {"activities": {"a": {"duration": "10ed", "cost": f"{size}M"}}} for size in sizes},
        costs={"office": {"fixed": "40M"}},
    )  # fmt: skip
    found = fund(rm.simulate(spread, iterations=20), "60M")
    assert found.chosen.projects == ("p4", "p16")
    assert found.chosen.cost_mean == 60e6
    assert len(found.sets) == MOST_SETS
