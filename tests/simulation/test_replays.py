"""Replay: an iteration has the bits of the trials, and its dates, links and sizes fit together."""

from datetime import timedelta

import numpy as np
import pytest

import riskmc as rm
from rendering import MODELS, ROOT
from riskmc.forecast.instant import minutes_of

FERRY = ROOT / "models" / "ferry" / "program.yaml"


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_finish_and_cost_are_the_bits_of_the_trials(model, sampling):
    trials = rm.simulate(model, iterations=range(200, 600), seed=9, sampling=sampling, mitigation="post")
    for k in (200, 255, 256, 511, 599):
        found, at = rm.iteration(trials, k), k - 200
        assert minutes_of(found.finish) == trials.finish_minutes[at]
        assert round(100 * found.cost) == trials.cost_cents[at]
        for project, finishes in trials.project_finish.items():
            assert minutes_of(found.project_finish[project]) == finishes[at]
            assert round(100 * found.project_cost[project]) == trials.project_cost[project][at]
        for path, finishes in trials.milestone_finish.items():
            if found.activity[path].exists:
                assert minutes_of(found.activity[path].finish) == finishes[at]


def test_any_iteration_of_a_program_is_computed_alone():
    trials = rm.simulate(FERRY, iterations=1_200, seed=3)
    for k in (0, 300, 1_199):
        alone, among = rm.iteration(FERRY, k, seed=3), rm.iteration(trials, k)
        assert alone.activity == among.activity
        assert alone.strikes == among.strikes
        assert alone.links == among.links


def test_shares_of_risks_over_the_replays_are_those_of_the_trials():
    trials = rm.simulate(FERRY, iterations=60)
    struck = [rm.iteration(trials, k).occurred for k in range(60)]
    for risk, share in trials.occurred.items():
        assert sum(one[risk] for one in struck) == round(60 * share)


def test_criticality_over_the_replays_is_that_of_the_trials():
    trials = rm.simulate(FERRY, iterations=60)
    replays = [rm.iteration(trials, k) for k in range(60)]
    told = dict(zip(trials.statistics.paths, trials.statistics.criticality, strict=True))
    for path, share in told.items():
        assert sum(path in one.critical_path for one in replays) == round(60 * share)
        assert all(one.activity[path].critical == (path in one.critical_path) for one in replays)


def plan(activities, **sections):
    return rm.Program(program="Replayed", start="2027-01-04", projects={"p": {"activities": activities}}, **sections)


def test_the_p80_is_the_lowest_numbered_iteration_with_its_finish():
    trials = rm.simulate(FERRY, iterations=range(100, 700))
    found = rm.iteration(trials, at=0.80)
    p80 = trials.finish().quantile(0.80)
    assert found.finish == p80
    finishes = trials.finish_minutes.tolist()
    assert found.number == 100 + finishes.index(minutes_of(p80))
    assert found.percentile == 0.80
    assert found.title() == f"iteration {found.number}, the P80"


def test_dates_and_durations_of_a_chain_follow_each_other():
    found = rm.iteration(plan({"a": {"duration": "uniform(3d 9d)"}, "b": {"duration": "2d", "after": ["a"]}}), 7)
    a, b = found.activity["p.a"], found.activity["p.b"]
    assert a.start.isoformat() == "2027-01-04T08:00:00"
    assert b.start == a.finish or b.start.hour == 8
    assert 3 <= a.duration_days <= 9
    assert b.duration_days == 2
    assert (a.total_float_days, b.total_float_days) == (0, 0)
    assert found.critical_path == ("p.a", "p.b")
    assert [tuple(tie) for tie in found.links] == [("p.a", "p.b", "FS", 0.0)]


def test_a_sampled_lag_is_told_as_it_was_drawn():
    told = {"a": {"duration": "1d"}, "b": {"duration": "1d", "after": ["a FS+uniform(2d 6d)"]}}
    found = rm.iteration(plan(told, calendar="24h"), 11)
    (tie,) = found.links
    waited = found.activity["p.b"].start - found.activity["p.a"].finish
    assert waited == timedelta(hours=tie.lag_hours)


def test_risks_that_struck_have_their_sizes_and_the_others_none():
    told = {"a": {"duration": "10d", "cost": 1_000}, "b": {"duration": "5d", "after": ["a"]}}
    impacts = [
        {"on": ["a"], "duration": "+uniform(2d 4d)", "cost": "+uniform(100 200)"},
        {"on": ["b"], "duration": "x1.5"},
    ]
    program = plan(told, risks={"flood": {"probability": "50%", "impacts": impacts}})
    seen = set()
    for k in range(20):
        found = rm.iteration(program, k)
        sizes = {(s.what, s.aspect): s for s in found.strikes}
        seen.add(found.occurred["flood"])
        assert bool(sizes) == found.occurred["flood"]
        if not sizes:
            assert found.activity["p.a"].duration_days == 10
            assert found.cost == 1_000
            continue
        delay, money, factor = sizes["a", "duration"], sizes["a", "cost"], sizes["b", "duration"]
        assert (delay.unit, money.unit, factor.unit) == ("days", "money", "factor")
        assert found.activity["p.a"].duration_days == pytest.approx(10 + delay.size, abs=1 / 480)
        assert found.cost == pytest.approx(1_000 + money.size, abs=0.011)
        assert factor.size == pytest.approx(1.5)
        assert (delay.activities, factor.activities) == (("p.a",), ("p.b",))
        assert found.activity["p.b"].duration_days == 7.5
    assert seen == {True, False}


def test_drivers_are_told_in_every_iteration():
    told = {"a": {"duration": "10d"}, "b": {"duration": "10d"}}
    program = plan(told, drivers={"weather": {"on": ["*"], "duration": "x uniform(80% 150%)"}})
    found = rm.iteration(program, 3)
    (one,) = found.strikes
    assert (one.kind, one.source, one.aspect, one.unit) == ("driver", "weather", "duration", "factor")
    assert one.activities == ("p.a", "p.b")
    assert found.activity["p.a"].duration_days == pytest.approx(10 * one.size, abs=1 / 480)


def test_choices_agree_with_who_exists():
    told = {
        "pick": {"duration": "1d"},
        "by_sea": {"duration": "9d", "after": ["pick"], "when": "route = sea"},
        "by_air": {"duration": "2d", "after": ["pick"], "when": "route = air"},
        "by_rail": {"duration": "4d", "after": ["pick"], "when": "route = rail"},
    }
    program = plan(told, choices={"route": {"sea": "50%", "air": "30%", "rail": "20%"}})
    chosen = set()
    for k in range(30):
        found = rm.iteration(program, k)
        outcome = found.choices["route"]
        chosen.add(outcome)
        there = {path for path, one in found.activity.items() if one.exists}
        assert there == {"p.pick", f"p.by_{outcome}"}
        absent = found.activity["p.by_sea" if outcome != "sea" else "p.by_air"]
        assert tuple(absent) == (False, None, None, None, False, None)
    assert chosen == {"sea", "air", "rail"}


def test_what_has_happened_has_its_actual_dates_and_no_float():
    told = {
        "done": {"duration": "5d", "progress": {"started": "2027-01-04", "finished": "2027-01-08T17:00"}},
        "going": {"duration": "10d", "progress": {"started": "2027-01-11", "remaining": "uniform(3d 5d)"}},
    }
    found = rm.iteration(plan(told, data_date="2027-01-18"), 0)
    done, going = found.activity["p.done"], found.activity["p.going"]
    assert done.start.isoformat() == "2027-01-04T00:00:00"
    assert (done.duration_days, done.total_float_days) == (5, None)
    assert going.start.isoformat()[:10] == "2027-01-11"
    assert 8 <= going.duration_days <= 10


def test_the_table_has_one_row_an_activity_and_the_critical_ones_in_order():
    found = rm.iteration(FERRY, 5)
    table = found.to_frame()
    assert list(table.index) == list(found.activity)
    assert table.loc[table["critical"]].index.sort_values().tolist() == sorted(found.critical_path)
    assert list(found.critical().index) == list(found.critical_path)
    assert set(found.sizes()["unit"]) <= {"factor", "days", "money"}


def test_constraints_as_planned_hold_in_the_replay_too():
    told = {
        "a": {"duration": "uniform(3d 9d)"},
        "b": {"duration": "2d", "after": ["a"], "mandatory_start": "2027-02-01"},
    }
    found = rm.iteration(plan(told), 0, constraints="as-planned")
    assert found.activity["p.b"].start.isoformat()[:10] == "2027-02-01"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda t: rm.iteration(t, 600), "iteration 600 is none of these trials, 0 to 99"),
        (lambda t: rm.iteration(t), "give its number, or at=0.80"),
        (lambda t: rm.iteration(t, 3, at=0.8), "and not both"),
        (lambda t: rm.iteration(t, -1), "a whole number, at least 0, got -1"),
        (lambda t: rm.iteration(t, 2.5), "a whole number is needed, got 2.5"),
        (lambda t: rm.iteration(t, at=80), "did you mean 0.80"),
        (lambda t: rm.iteration(t, 3, seed=4), "seed cannot be chosen"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    trials = rm.simulate(FERRY, iterations=100)
    with pytest.raises(rm.ArgumentError) as refused:
        call(trials)
    assert said in str(refused.value)


def test_it_says_what_it_is():
    found = rm.iteration(FERRY, 5)
    assert repr(found).startswith("<Iteration 'Electric Island Ferry': Finish ")
    assert "Risks struck" in repr(found)
    assert "iteration 5" in found._repr_html_()


def test_a_certain_plan_is_replayed_as_it_is():
    found = rm.iteration(plan({"a": {"duration": "5d"}, "b": {"duration": "5d", "after": ["a"]}}), 0)
    assert found.finish.isoformat() == "2027-01-15T17:00:00"
    assert found.strikes == ()
    assert found.occurred == {}
    assert np.all(found.to_frame()["finish"] == found.to_frame()["plan_finish"])
