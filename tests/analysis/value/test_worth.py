"""Value: present values, payback and the chance of a return, worked out by hand; sunk cost; real and nominal."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

import riskmc as rm
from riskmc.analysis.value import value
from riskmc.analysis.value.streams import YEAR, Streams, payback
from riskmc.errors import ArgumentError
from valued import RATE, stream

Z = stats.norm.isf(5e-7)  # false alarm 1e-6


def simulated(benefits, activities=None, n=400, rate="4%", sampling="montecarlo", **sections):
    """A program that works round the clock from 1 January 2027; by default one activity of 365 days."""
    work = activities or {"a": {"duration": "365ed"}}
    program = rm.Program(
        program="P", start="2027-01-01", calendar="24h", currency="EUR", benefits=benefits,
        projects={"p": {"activities": work}}, **{"discount_rate": {"real": rate}, **sections},
    )  # fmt: skip
    return rm.simulate(program, iterations=n, sampling=sampling)


# ------------------------------------------------------------------------------ closed forms


def test_a_constant_stream_from_a_certain_date_has_its_textbook_value():
    found = value(simulated([{"at": "p.a", "per_year": "10M", "for": "5y"}]))
    year = 365 * 1440 / YEAR
    assert found.npv().samples == pytest.approx(stream(10e6, year, year + 5))
    assert set(found.npv().samples) == {found.npv().samples[0]}


def test_a_stream_for_ever_is_a_perpetuity():
    found = value(simulated([{"at": "p.a", "per_year": "10M"}]))
    assert found.npv().samples == pytest.approx(stream(10e6, 365 * 1440 / YEAR))


def test_costs_are_discounted_by_the_middle_of_the_month_in_which_they_are_spent():
    work = {"wait": {"duration": "370ed"}, "pay": {"duration": "5ed", "cost": "1M", "after": ["wait"]}}
    found = value(simulated([{"at": "p.pay", "per_year": "1k"}], work))
    middle = (365 + 15.5) * 1440 / YEAR  # of January 2028
    assert found.flows.costs.sum(axis=0) == pytest.approx(1e6 * (1 + RATE) ** -middle)


def test_at_a_rate_of_nothing_money_is_added_up():
    work = {"a": {"duration": "365ed", "cost": "12M"}}
    found = value(simulated([{"at": "p.a", "per_year": "10M", "for": "5y"}], work, rate="0%"))
    assert found.npv().samples == pytest.approx(50e6 - 12e6)
    assert found.benefit_cost().samples == pytest.approx(50 / 12)


def test_a_late_milestone_costs_its_benefits_in_the_iteration_in_which_it_is_late():
    work = {"a": {"duration": "uniform(100ed 500ed)"}}
    trials = simulated([{"at": "p.a", "per_year": "10M", "for": "5y"}], work)
    start = (trials.finish_minutes - np.datetime64("2027-01-01", "m").astype(np.int64)) / YEAR
    assert value(trials).npv().samples == pytest.approx(stream(10e6, start, start + 5))


def test_payback_is_when_benefits_have_paid_for_the_costs():
    work = {"a": {"duration": "365ed", "cost": "12M"}}
    found = value(simulated([{"at": "p.a", "per_year": "8M", "for": "5y"}], work))
    assert found.flows.payback == pytest.approx(365 * 1440 / YEAR + 1.5)
    assert found.payback(0.8).date().isoformat() == "2029-07-01"  # 547.875 days after 1 January 2028
    assert found.chance_of_payback() == 1


def test_never_is_counted_as_never():
    work = {"a": {"duration": "365ed", "cost": "12M"}}
    trials = simulated([{"at": "p.a", "per_year": "discrete(2M:30% 8M:70%)", "for": "5y"}], work, n=4_000)
    found = value(trials)
    ever = float(found.chance_of_payback())
    assert ever == pytest.approx(0.7, abs=Z * sqrt(0.21 / 4_000))
    assert found.payback(0.5) is not None
    assert found.payback(0.8) is None
    assert np.isinf(found.flows.payback).mean() == pytest.approx(1 - ever)


def test_what_is_paid_back_and_then_spent_again_is_paid_back_for_good_only_later():
    """Benefits of 12 a year from the start; 1 is spent in the first month and 6.5 in the sixth."""
    streams = Streams(np.array([[12.0]]), np.array([[0.0]]), np.array([[np.inf]]))
    spent = np.array([[1.0], [0], [0], [0], [0], [6.5]])
    found = payback(streams, np.arange(7) / 12, spent)
    assert found == pytest.approx(6.5 / 12 + 1 / 12)


def test_a_drawn_benefit_has_the_mean_of_its_range():
    trials = simulated([{"at": "p.a", "per_year": "triangular(7M 9M 14M)"}], n=10_000)
    scale = stream(1.0, 365 * 1440 / YEAR)
    sample = value(trials).npv().samples / scale
    assert sample.mean() == pytest.approx(10e6, abs=Z * sample.std() / 100)


# ------------------------------------------------------------------------------ what is left out, and what is mixed


def test_what_was_spent_before_the_data_date_is_sunk():
    done = {"duration": "100ed", "cost": "5M", "progress": {"started": "2027-01-01", "finished": "2027-04-10"}}
    work = {"a": done, "b": {"duration": "100ed", "cost": "3M", "after": ["a"]}}
    trials = simulated([{"at": "p.b", "per_year": "1M"}], work, data_date="2027-04-11", rate="0.000001%")
    assert value(trials).flows.costs.sum(axis=0) == pytest.approx(3e6, rel=1e-6)


def test_a_benefit_of_what_does_not_exist_is_nothing():
    work = {"a": {"duration": "10ed"}, "b": {"duration": "10ed", "exists": "40%"}}
    found = value(simulated([{"at": "p.b", "per_year": "1M"}], work, n=4_000))
    assert float(found.chance_positive()) == pytest.approx(0.4, abs=Z * sqrt(0.24 / 4_000))


def test_a_rate_with_a_premium_and_a_mixture_of_moneys_are_warned_of():
    benefits = [{"at": "p.a", "per_year": "1M"}]
    assert value(simulated(benefits)).warnings == ()
    assert "premium for risk" in value(simulated(benefits, rate="9%")).warnings[0]
    (mixed,) = value(simulated(benefits, discount_rate={"nominal": "6%"})).warnings
    assert "constant money" in mixed
    rising = {"general": {"rate": "3%", "from": 2027}}
    assert value(simulated(benefits, discount_rate={"nominal": "6%"}, escalation=rising)).warnings == ()


def test_a_real_rate_meets_constant_money_and_a_nominal_one_then_year_money():
    work = {"wait": {"duration": "370ed"}, "pay": {"duration": "5ed", "cost": "1M", "after": ["wait"]}}
    rising = {"general": {"rate": "10%", "from": 2028}}
    benefits = [{"at": "p.pay", "per_year": "1k"}]
    real = value(simulated(benefits, work, escalation=rising), "4% real").flows.costs.sum(axis=0)
    nominal = value(simulated(benefits, work, escalation=rising), "4% nominal").flows.costs.sum(axis=0)
    assert nominal == pytest.approx(1.1 * real, rel=1e-6)


@pytest.mark.parametrize(
    "benefits, rate, said",
    [
        ([], None, "the program has no benefits"),
        ([{"at": "p.a", "per_year": "1M"}], "0% real", "for ever has no value"),
        ([{"at": "p.a", "per_year": "1M"}], "4%", '"3.5% real" or "6% nominal", got'),
    ],
)
def test_what_has_no_value_is_refused_in_words(benefits, rate, said):
    with pytest.raises(ArgumentError, match=said):
        value(simulated(benefits), rate)


def test_a_program_without_a_discount_rate_is_told_what_to_write():
    trials = simulated([{"at": "p.a", "per_year": "1M"}], discount_rate=None)
    with pytest.raises(ArgumentError, match=r"discount_rate: \{real: 3\.5%\}"):
        value(trials)
    assert value(trials, "4% real").percent == 0.04


# ------------------------------------------------------------------------------ invariants


def test_the_parts_of_the_projects_add_up_to_the_program():
    found = value(rm.simulate("docs/method/data/trams.yaml", iterations=500))
    parts = (
        sum(found.npv(name).samples for name in found.places if name) + found.flows.benefits[0] - found.flows.costs[0]
    )
    assert found.npv().samples == pytest.approx(parts)


def test_benefits_keep_their_draws_whatever_stands_beside_them():
    one = {"at": "p.a", "per_year": "uniform(1M 2M)"}
    other = {"at": "p.b", "per_year": "uniform(1M 2M)"}
    work = {"a": {"duration": "10ed"}, "b": {"duration": "10ed"}}
    alone, both = value(simulated([one], work)).npv().samples, value(simulated([other, one], work)).npv().samples
    lone = value(simulated([other], work)).npv().samples
    assert both == pytest.approx(alone + lone)
    assert not np.allclose(alone, lone)


def test_a_beginning_of_the_iterations_has_the_same_values():
    file = "docs/method/data/trams.yaml"
    long, part = (value(rm.simulate(file, iterations=i)).npv().samples for i in (600, range(300, 600)))
    assert part == pytest.approx(long[300:])


def test_with_latin_hypercubes_the_mean_is_known_better():
    benefits = [{"at": "p.a", "per_year": "uniform(1M 2M)"}]
    plain, cubes = (value(simulated(benefits, n=5_120, sampling=s)).npv() for s in ("montecarlo", "lhs"))
    halves = [npv.replicates.mean_half_width(npv.samples, 0.95) for npv in (plain, cubes)]
    assert halves[0] is None
    assert halves[1] < 0.05 * 1.96 * plain.sd() / sqrt(5_120)


def test_tables_name_their_units():
    found = value(rm.simulate("docs/method/data/trams.yaml", iterations=300))
    assert {"benefits_mean_EUR", "npv_p20_EUR", "chance_positive"} <= set(found.to_frame())
    assert list(found.to_frame().index) == ["", "depot", "line7", "tickets", "signals"]
    assert repr(found).startswith("<Value 'City trams': NPV EUR")
    assert "constant money" in found._repr_html_()


def test_a_program_without_benefits_is_refused_before_anything_is_run():
    with pytest.raises(ArgumentError, match="no benefits"):
        value(simulated([]))
