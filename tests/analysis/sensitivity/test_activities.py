"""Sensitivity of a program: closed forms of chains, agreement with the trials, and everything that is left out."""

from math import sqrt

import numpy as np
import pytest

import riskmc as rm
from published import N, Z, chain, program
from rendering import ROOT

FERRY = ROOT / "models" / "ferry" / "program.yaml"


@pytest.fixture(scope="module")
def ferry():
    return rm.simulate(FERRY, iterations=range(300, 2_300))


@pytest.fixture(scope="module")
def found(ferry):
    return rm.sensitivity(ferry)


@pytest.mark.statistical
def test_in_a_chain_cruciality_and_schedule_sensitivity_are_shares_of_the_spread():
    """Normal activities with spreads 3 and 4 days in a row: sd 5, so both are 0.6 and 0.8; significance is 1."""
    found = rm.sensitivity(rm.simulate(chain("normal", [(50, 3), (50, 4)], 1440), iterations=N))
    for name, share in (("a0", 0.6), ("a1", 0.8)):
        one = found[name]
        assert abs(one.pearson.value - share) <= Z * (1 - share**2) / sqrt(N)
        assert abs(one.schedule_sensitivity.value - share) <= Z / sqrt(N)
        assert one.significance.value == 1
        assert one.criticality == 1
        rank = 6 / np.pi * np.arcsin(share / 2)
        assert abs(one.spearman.value - rank) <= 2 * Z / sqrt(N)
        assert abs(one.kendall.value - 2 / np.pi * np.arcsin(share)) <= 2 * Z / sqrt(N)


def test_a_working_calendar_does_not_change_the_indices_of_a_program_of_one_activity():
    told = {"dig": {"duration": "triangular(5d 10d 30d)"}}
    plan = rm.Program(program="One", start="2027-01-04", projects={"p": {"activities": told}})
    one = rm.sensitivity(rm.simulate(plan, iterations=1_000))["dig"]
    assert one.schedule_sensitivity == pytest.approx((1, 1, 1))
    assert one.pearson.value == one.kendall.value == 1


def test_criticality_and_mean_durations_are_those_of_the_trials(ferry, found):
    table, activities = found.to_frame(), ferry.activities()
    for ours, theirs in (("criticality", "criticality"), ("mean_duration_days", "mean_duration_days")):
        both = table[ours].dropna()
        assert np.allclose(both.astype(float), activities[theirs].reindex(both.index), rtol=1e-9)


def test_the_mean_float_is_that_of_the_replayed_iterations():
    trials = rm.simulate(FERRY, iterations=range(250, 280))
    replays = [rm.iteration(trials, k) for k in trials.iterations]
    found = rm.sensitivity(trials)
    for one in found.indices:
        floats = [r.activity[one.path].total_float_days for r in replays if r.activity[one.path].exists]
        if floats:
            assert one.total_float_days.value == pytest.approx(np.mean(floats), abs=1e-9)


def test_float_is_measured_to_the_finish_of_the_iteration_and_not_to_a_deadline():
    told = {
        "a": {"duration": "uniform(5d 9d)", "finish_no_later_than": "2027-01-05"},
        "b": {"duration": "1d", "after": ["a"]},
    }
    plan = rm.Program(program="D", start="2027-01-04", projects={"p": {"activities": told}})
    trials = rm.simulate(plan, iterations=100)
    assert trials.plan.total_float_days["p.a"] < 0
    assert rm.sensitivity(trials)["a"].total_float_days == (0, 0, 0)


def test_a_date_imposed_on_a_project_or_its_own_finish_does_not_count_either():
    """The short project has the float to the finish of the program, 20 less 9 days at the least."""
    told = {
        "p": {"must_finish_by": "2027-01-05", "activities": {"short": {"duration": "uniform(5d 9d)"}}},
        "q": {"float_to": "project", "activities": {"own": {"duration": "uniform(5d 9d)"}}},
        "r": {"activities": {"long": {"duration": "20d"}}},
    }
    plan = rm.Program(program="D", start="2027-01-04", calendar="24h", projects=told)
    trials = rm.simulate(plan, iterations=100)
    assert trials.plan.total_float_days["p.short"] < 0
    found = rm.sensitivity(trials)
    for path in ("p.short", "q.own"):
        one = found[path]
        assert one.total_float_days.value == pytest.approx(20 - one.duration_days.value)


def test_finished_work_level_of_effort_and_margin_are_left_out():
    told = {
        "done": {"duration": "2d", "progress": {"started": "2027-01-04", "finished": "2027-01-05"}},
        "work": {"duration": "uniform(5d 9d)", "after": ["done"]},
        "margin": {"duration": "3d", "margin": True, "after": ["work"]},
        "end": {"milestone": True, "after": ["margin"]},
        "manage": {"level_of_effort": {"from": "work", "to": "end"}},
    }
    plan = rm.Program(
        program="Left out", start="2027-01-04", data_date="2027-01-11", projects={"p": {"activities": told}}
    )
    found = rm.sensitivity(rm.simulate(plan, iterations=100))
    assert {one.path for one in found.indices} == {"p.work", "p.end"}
    assert found["end"].schedule_sensitivity.value is None
    assert found["end"].criticality == 1


def test_started_work_counts_whole_but_varies_in_what_remains():
    told = {"dig": {"duration": "20d", "progress": {"started": "2027-01-04", "remaining": "uniform(5d 15d)"}}}
    plan = rm.Program(program="S", start="2027-01-04", data_date="2027-01-18", projects={"p": {"activities": told}})
    trials = rm.simulate(plan, iterations=400)
    one = rm.sensitivity(trials)["dig"]
    assert one.schedule_sensitivity.value == pytest.approx(1)
    assert one.duration_days.value == pytest.approx(trials.statistics.mean_duration_days[0])


@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_threads_and_parts_change_no_bit(sampling, monkeypatch):
    whole = rm.sensitivity(rm.simulate(FERRY, iterations=range(50, 650), threads=1, sampling=sampling))
    monkeypatch.setattr("riskmc.simulation.kept_activities.MEMORY", 10 * 600 * 7)
    parts = rm.sensitivity(rm.simulate(FERRY, iterations=range(50, 650), threads=2, sampling=sampling))
    assert parts.indices == whole.indices
    assert parts.merge_points == whole.merge_points


def test_the_table_is_ordered_by_schedule_sensitivity(found):
    values = found.to_frame()["schedule_sensitivity"].fillna(0).to_list()
    assert values == sorted(values, reverse=True)


def test_a_plan_that_is_certain_has_no_indices():
    told = {"a": {"duration": "5d"}, "b": {"duration": "5d", "after": ["a"]}}
    plan = rm.Program(program="Plan", start="2027-01-04", projects={"p": {"activities": told}})
    found = rm.sensitivity(rm.simulate(plan, iterations=50))
    assert found["a"].schedule_sensitivity.value is None
    assert found.merge_points == ()
    assert "nothing moves the finish" in repr(found)


def test_it_says_what_it_found(found):
    assert repr(found).startswith("<Sensitivity 'Electric Island Ferry': schedule sensitivity index: Water permit 0.")
    assert "seed 1, from iteration 300 · program" in repr(found)
    assert "Water permit" in found._repr_html_()


def test_hostile_names_are_text_in_the_card():
    told = {"a": {"name": "<script>alert(1)</script>", "duration": "uniform(5d 9d)"}}
    plan = rm.Program(program="<b>", start="2027-01-04", projects={"p": {"activities": told}})
    shown = rm.sensitivity(rm.simulate(plan, iterations=50))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_net_19_significance_is_between_criticality_and_one():
    """Source: R package ProjectManagement, stochastic.pert. What is always critical has significance 1."""
    told = {
        "1": {"duration": ("triangular", 1, 2, 3)},
        "2": {"duration": ("triangular", 0.5, 1, 1.5), "after": ["1"]},
        "3": {"duration": ("triangular", 0.25, 0.5, 2.25)},
        "4": {"duration": ("triangular", 3, 4, 5), "after": ["1", "3"]},
        "5": {"duration": ("exponential", 2), "after": ["2"]},
    }
    found = rm.sensitivity(rm.simulate(program(told, 5_000), iterations=20_000))
    for one in found.indices:
        assert one.criticality <= one.significance.value <= 1
