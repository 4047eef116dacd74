"""Diagnosis: what clips, narrows and cancels out moves P80 by the days that can be worked out by hand."""

from math import pi, sin, sqrt

import pytest
from scipy import stats

import fabricated
import riskmc as rm
from pictured import ferry
from riskmc.analysis.diagnosis import diagnose
from riskmc.errors import ArgumentError

N = 4_000
Z = stats.norm.isf(5e-7)  # false alarm 1e-6


def simulated(activities, n=N, risks=None, **options):
    """A program of one project that works round the clock."""
    sections = {"risks": risks} if risks else {}
    projects = {"p": {"activities": activities}}
    program = rm.Program(program="P", start="2027-01-04", calendar="24h", projects=projects, **sections)
    return rm.simulate(program, iterations=n, **options)


def causes(found):
    return {cause.id: cause for cause in found.causes}


# ------------------------------------------------------------------------------ closed forms


def test_a_date_that_work_waits_for_clips_all_of_the_uncertainty_before_it():
    """A lasts 10 to 20 days, 15 in the plan; B waits for day 30: P80 is the plan; without that it is 3 days late."""
    work = {
        "a": {"duration": {"plan": "15ed", "range": "uniform(10ed 20ed)"}},
        "b": {"duration": "5ed", "after": ["a"], "start_no_earlier_than": "2027-02-03"},
    }
    found = diagnose(simulated(work))
    cause = causes(found)["constraints"]
    assert found.gap_days == 0
    assert cause.share == found.shares["p.b"] == 1.0
    error = Z * 10 * sqrt(0.8 * 0.2 / N)  # of a P80 whose density is a tenth a day
    assert cause.gap_days.value == pytest.approx(3, abs=error)
    assert cause.p80_days.value == pytest.approx(18 - 30, abs=error)
    assert cause.gap_days.low <= cause.gap_days.value <= cause.gap_days.high


def test_a_date_that_acts_in_some_iterations_has_their_share():
    """A lasts 10 to 20 days, and B waits for the end of day 12: in a fifth of the iterations."""
    work = {
        "a": {"duration": "uniform(10ed 20ed)"},
        "b": {"duration": "5ed", "after": ["a"], "start_no_earlier_than": "2027-01-16"},
    }
    assert diagnose(simulated(work)).shares["p.b"] == pytest.approx(0.2, abs=Z * sqrt(0.16 / N))


def test_a_fixed_date_clips_only_where_it_acts_as_planned():
    work = {
        "a": {"duration": {"plan": "15ed", "range": "uniform(10ed 20ed)"}},
        "b": {
            "duration": {"plan": "5ed", "range": "uniform(5ed 9ed)"},
            "after": ["a"],
            "mandatory_finish": "2027-02-03",
        },
    }
    planned = diagnose(simulated(work, constraints="as-planned"))
    assert planned.gap_days == 0
    assert causes(planned)["constraints"].gap_days.value > 3
    assert "constraints" not in causes(diagnose(simulated(work)))


def test_correlation_widens_a_chain_as_the_variance_of_a_sum_says():
    """Of twelve normal durations of sd 2 the sum has 144 x 2^2 (1 + 11 r) / 12; r is 2 sin(pi 0.3 / 6)."""
    work = {f"a{i}": {"duration": "normal(30ed 2ed)", "after": [f"a{i - 1}"] if i else []} for i in range(12)}
    n = 20_000
    cause = causes(diagnose(simulated(work, n)))["uncorrelated"]
    r = 2 * sin(pi * 0.3 / 6)
    before, after = (2 * sqrt(12 * (1 + 11 * rho)) for rho in (0.0, r))
    z = stats.norm.ppf(0.8)
    error = Z * (before + after) * sqrt(0.16 / n) / stats.norm.pdf(z)
    assert cause.gap_days.value == pytest.approx(z * (after - before), abs=error)
    assert len(cause.places) == 12


def test_work_without_a_range_has_the_effect_of_the_usual_one():
    """P80 of triangular(90 100 130) is 130 - sqrt(0.2 x 40 x 30), 14.5 days after the plan of 100 days."""
    cause = causes(diagnose(simulated({"a": {"duration": "100ed"}})))["no-range"]
    error = Z * sqrt(0.16 / N) * sqrt(40 * 30 / (4 * 0.2))
    assert cause.gap_days.value == pytest.approx(30 - sqrt(0.2 * 40 * 30), abs=error)


def test_the_distance_from_the_plan_is_what_is_there_without_risks_and_what_they_add():
    found = diagnose(ferry())
    assert found.without_risks_days + found.risks_days.value == pytest.approx(found.gap_days, abs=1e-9)
    certain = {"always": {"probability": "100%", "impacts": [{"on": "p.a", "duration": "+ 7ed"}]}}
    told = diagnose(simulated({"a": {"duration": {"plan": "12ed", "range": "uniform(10ed 20ed)"}}}, risks=certain))
    assert told.risks_days == (7.0, 7.0, 7.0)


# ------------------------------------------------------------------------------ invariants


def test_risks_that_strike_float_alone_move_p80_by_exactly_zero():
    work = {
        "a": {"duration": "uniform(10ed 20ed)"},
        "b": {"duration": "1ed"},
        "end": {"milestone": True, "after": ["a", "b"]},
    }
    idle = {"small": {"probability": "50%", "impacts": [{"on": "p.b", "duration": "+ 2ed"}]}}
    cause = causes(diagnose(simulated(work, risks=idle)))["float-only"]
    assert cause.p80_days == (0.0, 0.0, 0.0)
    assert cause.places == ("risks.small",)


def test_causes_stand_in_the_order_of_their_days_and_those_not_told_apart_last():
    sizes = [abs(c.gap_days.value) if c.gap_days.told_apart else 0.0 for c in diagnose(ferry()).causes]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0


def test_relaxing_nothing_moves_nothing_with_latin_hypercubes_too():
    found = diagnose(rm.simulate(ferry().program, iterations=512, sampling="lhs"))
    assert causes(found)["open-end"].p80_days == (0.0, 0.0, 0.0)


def test_a_plan_without_chance_is_told_as_one_and_what_ranges_would_do():
    found = diagnose(simulated({"a": {"duration": "100ed"}}, n=500))
    assert found.gap_days == 0
    assert found.risks_days is None
    assert [cause.id for cause in found.causes] == ["no-range"]


def test_tables_name_their_units():
    found = diagnose(ferry())
    assert {"gap_days", "gap_days_low", "p80_days_high", "p80_cost_EUR"} <= set(found.to_frame())
    assert list(found.constraints()) == ["activity", "share_of_iterations"]
    assert "after the plan; added where relaxed: 24 ranges read as extremes +" in repr(found)
    assert "24 ranges read as extremes" in found._repr_html_()


def test_trials_that_cannot_be_run_again_are_refused():
    with pytest.raises(ArgumentError, match="cannot be run again"):
        diagnose(fabricated.trials())


def test_policies_in_python_act_in_every_run_of_a_diagnosis():
    """The crew works overtime at its first review: a fixed date relaxed without it would be counted against it."""

    @rm.policy("overtime", every="1d")
    def overtime(view, memory):
        seen.append(view.now)
        return [rm.Overtime(["p.*"], "200%")]

    seen = []
    work = {
        "a": {"duration": "uniform(10ed 20ed)"},
        "b": {"duration": "5ed", "after": ["a"], "start_no_earlier_than": "2027-02-03"},
    }
    trials = simulated(work, 32, policies=[overtime])
    seen.clear()
    found = causes(diagnose(trials))["constraints"]
    assert seen
    plain = causes(diagnose(simulated(work, 32, engine="discrete-event")))["constraints"]
    assert found.p80_days.value < plain.p80_days.value
