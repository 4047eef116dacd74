"""Removal order: the best first, then the next best once it is gone; nothing that delays nothing."""

import numpy as np

import riskmc as rm
from driven import DAY, chain, late, program
from riskmc.analysis.drivers import order as searched
from riskmc.analysis.drivers.runs import Runs


def orders(trials: rm.Trials) -> list[str]:
    return [step.risk for step in rm.drivers(trials).finish_order]


def test_certain_additions_go_by_their_size_and_what_is_gained_adds_up():
    found = rm.drivers(rm.simulate(chain({"a": late(3), "b": late(7), "c": late(5), "luck": late(-2)}), 300))
    assert [(step.risk, step.gain.value, step.together.value) for step in found.finish_order] == [
        ("b", 7, 7),
        ("c", 5, 12),
        ("a", 3, 15),
    ]
    low, high = found.levels("finish")
    assert [high - step.level for step in found.finish_order] == [7 * DAY, 12 * DAY, 15 * DAY]
    assert high - low == 13 * DAY


def test_each_step_is_the_best_of_all_that_are_left():
    risks = {name: late(days, f"{chance}%") for name, days, chance in (("a", 9, 30), ("b", 6, 60), ("c", 4, 80))}
    trials = rm.simulate(chain(risks), 500)
    left, gone, expected = set(risks), [], []
    while left:
        tried = {}
        for name in sorted(left):
            changed = trials.program.scenario(rm.Scenario(remove=tuple(f"risks.{risk}" for risk in [*gone, name])))
            tried[name] = int(np.sort(rm.simulate(changed, 500).finish_minutes)[399])
        best = min(tried, key=tried.get)
        expected.append((best, tried[best]))
        gone.append(best)
        left.remove(best)
    found = rm.drivers(trials).finish_order
    assert [(step.risk, step.level) for step in found] == expected


def test_the_interval_of_a_step_is_that_of_the_runs_without_and_with_the_risk():
    risks = {name: late(days, f"{chance}%") for name, days, chance in (("a", 9, 30), ("b", 6, 60), ("c", 4, 80))}
    found = rm.drivers(rm.simulate(chain(risks), 500))
    gone = frozenset()
    for step in found.finish_order:
        fresh = Runs(found.trials, found.view)
        before, after = fresh.outcome(gone), fresh.outcome(gone | {step.risk})
        assert step.gain == found.view.days(after, before)
        assert step.together == found.view.days(after, found.base)
        gone |= {step.risk}


def test_where_two_paths_hold_each_other_both_risks_are_in_the_order():
    activities = {
        "one": {"duration": "10d"},
        "two": {"duration": "10d"},
        "end": {"duration": "uniform(1d 2d)", "after": ["one", "two"]},
    }
    risks = {"first": late(5, on="one"), "second": late(5, on="two")}
    found = rm.drivers(rm.simulate(program(activities, risks=risks), 200))
    assert [step.gain.value for step in found.finish_order] == [0, 5]
    assert {risk.finish_days.value for risk in found.risks} == {2.5}
    assert {risk.removal_finish_days.value for risk in found.risks} == {0}


def test_what_gains_most_goes_first_though_another_share_is_larger():
    activities = {
        "one": {"duration": "10d"},
        "two": {"duration": "10d"},
        "end": {"duration": "uniform(1d 2d)", "after": ["one", "two"]},
    }
    risks = {"first": late(5, on="one"), "second": late(5, on="two"), "tail": late(2, on="end")}
    found = rm.drivers(rm.simulate(program(activities, risks=risks), 200))
    assert found["tail"].finish_days.value == 2 < found["first"].finish_days.value == 2.5
    assert found.finish_order[0].risk == "tail"
    assert [step.together.value for step in found.finish_order] == [2, 2, 7]


def test_of_many_risks_those_with_the_largest_effects_and_shares_are_tried(monkeypatch):
    trials = rm.simulate(chain({f"r{days}": late(days) for days in range(1, 7)}), 200)
    whole = orders(trials)
    monkeypatch.setattr(searched, "ALL", 2)
    monkeypatch.setattr(searched, "TRIED", 1)
    assert orders(trials) == whole == ["r6", "r5", "r4", "r3", "r2", "r1"]


def test_the_order_for_the_cost_is_one_of_its_own():
    risks = {"slow": late(9), "dear": {"probability": "100%", "impacts": [{"on": "dig", "cost": "+ 5k"}]}}
    found = rm.drivers(rm.simulate(chain(risks), 200))
    assert [step.risk for step in found.cost_order] == ["dear"]
    assert found.order("cost")["gain_EUR"].tolist() == [5_000]
    assert found.order().columns.tolist()[:3] == ["risk", "finish", "gain_days"]
