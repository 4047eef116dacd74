"""Drivers: shares that add up, removal effects that are paired, and both known exactly where the sum is linear."""

from itertools import permutations
from math import sqrt

import numpy as np
import pytest

import riskmc as rm
from driven import DAY, chain, late, program
from published import Z
from riskmc.analysis.drivers import runs as runs_of_risks
from riskmc.analysis.drivers.runs import Runs
from riskmc.analysis.drivers.view import level, view_of
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError

CERTAIN = {"rock": late(5, cost="+ 20k"), "water": late(3, on="line"), "luck": late(-2)}


@pytest.fixture(scope="module")
def mixed() -> rm.Trials:
    """Two paths that meet, and risks that strike one, the other or both."""
    activities = {
        "dig": {"duration": "uniform(10d 20d)", "cost": "100k"},
        "order": {"duration": "uniform(12d 18d)"},
        "build": {"duration": "uniform(5d 9d)", "after": ["dig", "order"], "cost": {"per_day": "2k"}},
    }
    risks = {
        "rock": {"probability": "40%", "impacts": [{"on": "dig", "duration": "+ uniform(2d 9d)", "cost": "+ 30k"}]},
        "supplier": {"probability": "50%", "impacts": [{"on": "order", "duration": "x 140%"}]},
        "strike": {"probability": "30%", "impacts": [{"on": ["dig", "build"], "duration": "x 120%"}]},
    }
    return rm.simulate(program(activities, risks=risks), 1_000)


def test_certain_additions_in_a_row_have_shares_and_removal_effects_of_exactly_their_size():
    found = rm.drivers(rm.simulate(chain(CERTAIN), 500))
    for risk, days, money in (("rock", 5, 20_000), ("water", 3, 0), ("luck", -2, 0)):
        told = found[risk]
        assert told.finish_days.value == pytest.approx(days, abs=1e-9)
        assert told.removal_finish_days == (days, days, days)
        assert told.cost.value == pytest.approx(money, abs=1e-6)
        assert told.removal_cost == (money, money, money)
    assert found.total_days == (6, 6, 6)
    assert [driver.id for driver in found.risks] == ["rock", "water", "luck"]


def test_shares_are_the_mean_gains_over_all_orders_in_which_risks_join(mixed):
    view, names = view_of(mixed, 0.80), list(mixed.program.risks)
    gains = {name: [] for name in names}
    for order in permutations(names):
        before = mixed.program.scenario(rm.Scenario(remove=tuple(f"risks.{name}" for name in names)))
        levels = [view.levels(view.outcome(rm.simulate(before, 1_000)))]
        for place, name in enumerate(order):
            gone = tuple(f"risks.{other}" for other in order[place + 1 :])
            changed = mixed.program.scenario(rm.Scenario(remove=gone)) if gone else mixed.program
            levels.append(view.levels(view.outcome(rm.simulate(changed, 1_000))))
            gains[name].append(np.subtract(levels[-1], levels[-2]))
    found = rm.drivers(mixed)
    for name in names:
        minutes, cents = np.mean(gains[name], axis=0)
        assert found[name].finish_days.value == pytest.approx(minutes / DAY, abs=1e-9)
        assert found[name].cost.value == pytest.approx(cents / 100, abs=1e-6)


def test_a_removal_effect_is_the_difference_from_a_run_of_the_program_without_the_risk(mixed):
    found = rm.drivers(mixed)
    for name in mixed.program.risks:
        without = rm.simulate(mixed.program.scenario(rm.Scenario(remove=(f"risks.{name}",))), 1_000)
        apart = rm.compare(mixed, without).changes.popitem()[1].finish().quantile(0.80)
        assert found[name].removal_finish_days == pytest.approx((-apart.value, -apart.high, -apart.low), abs=0.02)
        assert found[name].removal_finish_days.value == -apart.value


def test_shares_add_up_to_what_all_risks_add_exactly_and_in_the_printed_digits(mixed):
    found = rm.drivers(mixed)
    low, high = found.levels("finish")
    assert sum(risk.finish_days.value for risk in found.risks) * DAY == pytest.approx(high - low, abs=1e-6)
    cheap, dear = found.levels("cost")
    assert sum(risk.cost.value for risk in found.risks) * 100 == pytest.approx(dear - cheap, abs=1e-4)
    for by in ("finish", "cost"):
        digits, ends = found.digits(by), found.levels(by)
        assert sum(found.whole_shares(by).values()) == digits.level(ends[1]) - digits.level(ends[0])


def test_what_cannot_occur_has_exactly_nothing_everywhere():
    never = {"rock": late(5, "40%"), "ghost": late(30, "0%"), "done": {**late(9), "status": "closed"}}
    found = rm.drivers(rm.simulate(chain(never), 500))
    assert found["ghost"].finish_days == found["ghost"].cost == (0, 0, 0)
    assert found["ghost"].removal_finish_days == found["ghost"].removal_cost == (0, 0, 0)
    assert "done" not in {driver.id for driver in found.drivers}
    assert [step.risk for step in found.finish_order] == ["rock"]


def test_a_display_name_changes_nothing_but_the_name(mixed):
    named = mixed.program.scenario(rm.Scenario(set={"risks.rock.name": "Hard rock", "p.dig.name": "Dig it"}))
    plain, told = (rm.drivers(trials).to_frame() for trials in (mixed, rm.simulate(named, 1_000)))
    assert told.loc["rock", "name"] == "Hard rock"
    assert told.drop(columns="name").equals(plain.drop(columns="name"))


def test_only_risks_have_shares_and_ranges_drivers_and_choices_have_removal_effects():
    words = {
        "drivers": {"pace": {"on": "all", "duration": "x uniform(100% 120%)"}},
        "choices": {"soil": {"clay": "80%", "rock": "20%"}},
        "correlations": [{"group": "all", "duration": 0.5}],
    }
    found = rm.drivers(rm.simulate(chain({"rock": late(5, "40%")}, **words), 400))
    assert {driver.kind for driver in found.risks} == {"risk"}
    others = {driver.kind: driver for driver in found.others}
    assert others.keys() == {"estimates", "driver", "choice", "correlations"}
    assert all(driver.finish_days is driver.cost is None for driver in found.others)
    assert others["driver"].removal_finish_days.value > 0


def test_without_shares_there_are_none_and_removal_effects_stay_the_same(mixed):
    quick, whole = rm.drivers(mixed, shares=False), rm.drivers(mixed)
    assert {driver.finish_days for driver in quick.risks} == {None}
    for risk in quick.risks:
        assert risk.removal_finish_days == whole[risk.id].removal_finish_days


def test_a_milestone_or_a_project_can_be_explained_instead_of_the_program():
    activities = {
        "dig": {"duration": "uniform(10d 20d)"},
        "done": {"milestone": True, "after": ["dig"]},
        "line": {"duration": "10d", "after": ["done"]},
    }
    risks = {"rock": late(5, on="dig"), "water": late(3, on="line")}
    trials = rm.simulate(program(activities, risks=risks), 300)
    assert rm.drivers(trials, at="done")["water"].removal_finish_days == (0, 0, 0)
    assert rm.drivers(trials, at="done").total_days.value == 5
    assert rm.drivers(trials, at="p").total_days.value == 8
    with pytest.raises(ArgumentError, match=r"the dates of 'p\.dig' are not kept"):
        rm.drivers(trials, at="dig")


def test_at_a_project_the_cost_is_that_of_the_project():
    work = {name: {"activities": {"dig": {"duration": "uniform(1d 2d)", "cost": "9k"}}} for name in ("p", "q")}
    risks = {home: {"probability": "100%", "impacts": [{"on": f"{home}.dig", "cost": "+ 3k"}]} for home in ("p", "q")}
    said = {"program": "Two", "start": "2027-01-04", "calendar": "24h"}
    found = rm.drivers(rm.simulate(rm.Program(**said, projects=work, risks=risks), 100), at="p")
    assert {risk.id: risk.cost.value for risk in found.risks} == {"p": 3_000, "q": 0}
    assert {risk.id: risk.removal_cost.value for risk in found.risks} == {"p": 3_000, "q": 0}


def test_a_printed_share_lies_inside_its_printed_interval(mixed):
    found = rm.drivers(mixed)
    told = Difference(1.45, 1.2, 1.4)  # by largest remainder 1.45 may be printed as 2
    assert found.in_digits("finish", 2, told) == ("+2 d", "+1 to +2 d")
    assert found.in_digits("finish", 1, Difference(1.0, None, None)) == ("+1 d", "too few iterations")


@pytest.mark.parametrize("percentile", [80, "P80", "80%"])
def test_a_percentage_is_refused_with_what_was_meant(mixed, percentile):
    with pytest.raises(ArgumentError, match=r"did you mean 0\.80\?"):
        rm.drivers(mixed, percentile)


def test_groups_of_ranges_can_be_asked_for_and_an_empty_one_is_refused(mixed):
    found = rm.drivers(mixed, groups={"Ground": "dig"})
    assert found["Ground"].kind == "estimates"
    with pytest.raises(ArgumentError, match="'Sky' selects no activity with a range"):
        rm.drivers(mixed, groups={"Sky": "tag:sky"})


def test_a_plan_without_chance_has_no_drivers():
    found = rm.drivers(rm.simulate(program({"dig": {"duration": "10d"}}), 100))
    assert len(found) == 0
    assert found.to_frame().empty


def test_two_published_risk_events_move_the_mean_cost_by_their_probability_times_their_size():
    """RSK-02: P. Govan (2026), PRA, appendix-casestudy: 1.74M; a total of two normals with two risks, 50% and 40%.

    A false alarm once in 1e6 runs a bound: the seed is fixed, the bounds are from the sampling error.
    """
    activities = {
        "piers": {"duration": "10d", "cost": "normal(1.1M 20k)"},
        "deck": {"duration": "10d", "cost": "normal(500k 30k)"},
    }
    risks = {
        "a": {"probability": "50%", "impacts": [{"on": "piers", "cost": f"+ normal(120k {sqrt(30**2 - 20**2)}k)"}]},
        "b": {"probability": "40%", "impacts": [{"on": "deck", "cost": "+ normal(200k 40k)"}]},
    }
    trials = rm.simulate(program(activities, risks=risks), 20_000)
    cost = trials.cost_cents / 100
    assert abs(cost.mean() - 1_740_000) < Z * cost.std() / sqrt(20_000)
    runs = Runs(trials, view_of(trials, 0.80))
    base = runs.outcome(frozenset()).cost / 100
    for risk, mean in (("a", 60_000), ("b", 80_000)):
        apart = base - runs.outcome(frozenset({risk})).cost / 100
        assert abs(apart.mean() - mean) < Z * apart.std() / sqrt(20_000)


def test_runs_in_parts_of_what_memory_holds_give_the_same_bits(mixed, monkeypatch):
    whole = rm.drivers(mixed).to_frame()
    monkeypatch.setattr(runs_of_risks, "MEMORY", 1)
    assert rm.drivers(mixed).to_frame().equals(whole)


def test_of_more_than_twelve_risks_shares_are_sampled_and_still_add_up_exactly():
    risks = {f"r{n:02}": late(1 + n / 2, f"{10 + 5 * n}%") for n in range(13)}
    found = rm.drivers(rm.simulate(chain(risks), 100))
    assert found.pairs == 61
    low, high = found.levels("finish")
    assert sum(risk.finish_days.value for risk in found.risks) * DAY == pytest.approx(high - low, abs=1e-6)
    assert len(found.finish_order) == 10


def test_latin_hypercubes_have_drivers_too(mixed):
    found = rm.drivers(rm.simulate(mixed.program, 2_560, sampling="lhs"))
    assert all(risk.finish_days.low < risk.finish_days.value < risk.finish_days.high for risk in found.risks)


def test_the_level_is_the_order_statistic_that_the_forecast_has(mixed):
    assert level(mixed.finish_minutes, 0.80) == np.sort(mixed.finish_minutes)[799]


def test_the_table_has_units_in_its_columns_and_the_repr_says_what_matters(mixed):
    found = rm.drivers(mixed)
    assert {"finish_days", "finish_days_low", "cost_EUR", "removal_finish_days_high", "removal_cost_EUR"} <= {
        *found.to_frame().columns
    }
    assert found.head(2).index.tolist() == [risk.id for risk in found.risks[:2]]
    assert repr(found).startswith("<Drivers 'P80 Trial': all risks +")
    assert "riskmc-card" in found._repr_html_()


@pytest.mark.parametrize("exact", [True, False])
def test_removal_effects_come_with_the_shares_from_one_set_of_draws(mixed, exact, monkeypatch):
    asked, run = [], runs_of_risks.run_cases
    monkeypatch.setattr(runs_of_risks, "run_cases", lambda *words, **more: asked.append(words) or run(*words, **more))
    if not exact:
        monkeypatch.setattr("riskmc.analysis.drivers.shares.EXACT", 1)
    told = rm.drivers(mixed, removals=False)
    assert len(asked) == 1
    alone = rm.drivers(mixed, shares=False, removals=False)
    for risk in ("rock", "supplier", "strike"):
        assert told[risk].removal_finish_days == alone[risk].removal_finish_days
        assert told[risk].removal_cost == alone[risk].removal_cost
