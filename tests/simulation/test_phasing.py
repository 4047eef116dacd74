"""Spending over time: exact cents by day count, a slow obvious oracle, and what holds in every iteration (C3, C4)."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

import happening
import naive_phasing
import random_programs
from phased_programs import phased_programs
from riskmc import simulate
from riskmc.forecast.instant import instant_of, minutes_of
from riskmc.program.program import Program
from riskmc.simulation.phasing import edges_over, spending

ITERATIONS = range(250, 260)  # across the border between two blocks
random = settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def one(activity, start="2027-01-04", **words):
    """Return a program of one activity."""
    return Program(program="One", start=start, projects={"p": {"activities": {"a": activity}}}, **words)


def by_month(program, iterations=1, **options):
    trials = simulate(program, iterations=iterations, **options)
    return trials, spending(trials, edges_over(trials, "month"))


# ------------------------------------------------------------------------------ closed forms


def test_a_certain_cost_over_twenty_days_falls_on_two_months_by_working_days():
    """From Monday 18 January 2027: 10 working days in January, 10 in February."""
    _, found = by_month(one({"duration": "20d", "cost": "1000.01"}, start="2027-01-18"))
    assert found.constant[1, :, 0].tolist() == [50001, 50000]


def test_a_holiday_moves_its_day_of_money_into_the_next_month():
    """Of the 20 days only 9 are worked in January, for the 20th is off: 9/20 of 1,000.00 and 11/20."""
    calendar = {"standard": {"week": {"mon-fri": "08:00-16:00"}, "exceptions": {"2027-01-20": "off"}}}
    _, found = by_month(one({"duration": "20d", "cost": "1000"}, start="2027-01-18", calendars=calendar))
    assert found.constant[1, :, 0].tolist() == [45000, 55000]


def test_work_that_ends_at_the_last_midnight_of_a_month_is_spent_in_that_month():
    week = {"shifts": {"week": "24h"}}
    _, found = by_month(one({"duration": "28d", "cost": "28"}, "2027-01-04", calendar="shifts", calendars=week))
    assert found.constant[1, :, 0].tolist() == [2800]
    _, longer = by_month(one({"duration": "29d", "cost": "29"}, "2027-01-04", calendar="shifts", calendars=week))
    assert longer.constant[1, :, 0].tolist() == [2800, 100]


def test_the_last_minute_of_work_counts_where_it_lies():
    """28 days around the clock end with January; one minute more, and what is paid for at the end is of February."""
    week = {"shifts": {"week": "24h"}}
    for minutes, cents in ((40320, [10000]), (40321, [0, 10000])):
        activity = {"duration": f"{minutes}min", "cost": "100", "spend": "finish"}
        _, found = by_month(one(activity, "2027-01-04", calendar="shifts", calendars=week))
        assert found.constant[1, :, 0].tolist() == cents


@pytest.mark.parametrize(
    ("spend", "cents"),
    [
        ("even", [50000, 50000]),
        ("start", [100000, 0]),
        ("finish", [0, 100000]),
        ("front", [75000, 25000]),  # 1 - (1 - 1/2)^2
        ("back", [25000, 75000]),  # (1/2)^2
        ("bell", [50000, 50000]),
    ],
)
def test_a_profile_says_how_much_is_spent_by_half_of_the_time(spend, cents):
    _, found = by_month(one({"duration": "20d", "cost": "1000", "spend": spend}, start="2027-01-18"))
    assert found.constant[1, :, 0].tolist() == cents


def test_a_bell_spends_ten_and_a_half_percent_in_the_first_fifth():
    """3 (1/5)^2 - 2 (1/5)^3 = 0.104."""
    _, found = by_month(one({"duration": "25d", "cost": "1000", "spend": "bell"}, start="2027-01-25"))
    assert found.constant[1, :, 0].tolist() == [10400, 89600]


def test_a_milestone_that_costs_something_is_paid_for_at_its_moment():
    activities = {"a": {"duration": "20d"}, "paid": {"milestone": True, "cost": "500", "after": ["a"]}}
    program = Program(program="P", start="2027-01-04", projects={"p": {"activities": activities}})
    _, found = by_month(program)
    assert found.constant[1].sum(axis=0).tolist() == [50000]
    assert instant_of(int(found.edges[found.constant[1, :, 0].argmax()])) == datetime(2027, 1, 1)


def test_a_milestone_at_the_start_of_the_program_is_not_spent_before_it():
    program = one({"milestone": True, "cost": "500"}, start="2027-01-01")
    _, found = by_month(program)
    assert found.edges[0] == minutes_of(datetime(2027, 1, 1))
    assert found.constant[1, :, 0].tolist()[0] == 50000


def test_actual_cost_lies_before_the_data_date_and_the_rest_after_it():
    """Started 4 January, data date 1 February: 400 spent in January; 10 of 30 days remain, a third of 900."""
    activity = {"duration": "30d", "cost": "900", "progress": {"started": "2027-01-04", "actual_cost": "400"}}
    _, found = by_month(one(activity, data_date="2027-02-01"))
    assert found.constant[1, :, 0].tolist() == [40000, 30000]


def test_escalation_compounds_from_the_first_year_in_which_prices_rise():
    """1,000 in each of 2027 to 2029 at 10% from 2028: index 1, 1.1, 1.21."""
    prices = {"general": {"rate": "10%", "from": 2028}}
    activities = {
        f"a{y}": {"duration": "5d", "cost": "1000", "start_no_earlier_than": f"{y}-03-01"} for y in (2027, 2028, 2029)
    }
    program = Program(program="P", start="2027-01-04", projects={"p": {"activities": activities}}, escalation=prices)
    trials = simulate(program, iterations=1)
    found = spending(trials, edges_over(trials, "year"))
    assert found.then_year[1, :, 0].tolist() == [100000, 110000, 121000]
    assert found.slip.tolist() == [[0], [0]]


def test_slip_induced_escalation_is_what_a_year_of_slip_costs():
    """Planned in 2027, done in 2028 where the risk strikes: 5% of 1,000 more, and nothing of it in the plan."""
    risk = {"late": {"probability": "50%", "impacts": [{"on": "wait", "duration": "+ 400ed", "spread": "each"}]}}
    activities = {"wait": {"duration": "10ed"}, "a": {"duration": "5d", "cost": "1000", "after": ["wait"]}}
    program = Program(
        program="P", start="2027-01-04", projects={"p": {"activities": activities}}, risks=risk,
        escalation={"general": {"rate": "5%", "from": 2028}},
    )  # fmt: skip
    trials, found = by_month(program, 1000)
    struck = trials.finish_minutes > trials.plan.finish
    assert 0 < struck.sum() < 1000
    np.testing.assert_array_equal(found.slip[1], np.where(struck, 5000, 0))
    assert not found.held.any()


def test_actual_cost_is_never_escalated():
    done = {"duration": "10d", "cost": "700", "progress": {"started": "2027-01-04", "finished": "2027-01-15"}}
    prices = {"general": {"rate": "50%", "from": 2020}}
    _, found = by_month(one(done, data_date="2027-06-01", escalation=prices))
    assert found.then_year.sum() == 70000


def test_a_span_is_not_escalated_before_the_data_date():
    """9 a day since 4 January, 20 days of it in January, 20 in February: prices double for February."""
    activities = {"a": {"duration": "40d", "progress": {"started": "2027-01-04"}}}
    program = Program(
        program="P", start="2027-01-04", data_date="2027-02-01", projects={"p": {"activities": activities}},
        costs={"staff": {"per_day": "9", "span": {"from": "a", "to": "a"}}},
        escalation={"general": {"rate": "100%", "from": 2027}},
    )  # fmt: skip
    _, found = by_month(program)
    assert found.constant[0, :, 0].tolist() == [18000, 18000]
    assert found.then_year[0, :, 0].tolist() == [18000, 36000]


def test_payments_split_into_advance_lagged_rest_and_retention():
    """1,000 over January and February: 10% ahead in January, 85% 28 days late, 5% at the finish in February."""
    terms = {"lag": "28ed", "retention": "5%", "advance": "10%"}
    _, found = by_month(one({"duration": "20d", "cost": "1000"}, start="2027-01-18", payments=terms))
    assert found.paid[1, :, 0].tolist() == [10000, 5000 + 42500, 42500]


def test_two_rates_drawn_by_year_multiply_and_one_rate_for_all_years_compounds():
    rate = "discrete(0%:50% 10%:50%)"
    activity = {"duration": "5d", "cost": "1000", "start_no_earlier_than": "2028-03-01"}
    for years, possible in (("own", {100000, 110000, 121000}), ("same", {100000, 121000})):
        prices = {"general": {"rate": rate, "years": years, "from": 2027}}
        _, found = by_month(one(activity, escalation=prices), 400)
        assert set(found.then_year.sum(axis=(0, 1)).tolist()) == possible


# ------------------------------------------------------------------------------ the slow, obvious oracle


def compare(words, seed=1):
    program = Program(**words)
    trials = simulate(program, iterations=ITERATIONS, seed=seed)
    if not trials.has_cost:
        return
    edges = edges_over(trials, "month")
    found = spending(trials, edges)
    oracle = naive_phasing.Phaser(program)
    moments = [instant_of(int(edge)) for edge in edges]
    slack = 2 * (len(oracle.plan.tasks) + 5)  # an exact half of a cent may fall either way, and moves the next one
    for place, number in enumerate(ITERATIONS):
        mine = naive_phasing.phased(oracle, seed, number, moments)
        for p, name in enumerate(found.places):
            for period in range(len(edges) - 1):
                told = mine.get((name, period), [0, 0, 0])
                ours = [int(view[p, period, place]) for view in (found.constant, found.then_year, found.paid)]
                told = [told[0], told[1] if program.escalation else told[0], told[2] if program.payments else told[1]]
                assert ours == pytest.approx(told, abs=slack), (name, moments[period], number)


@random
@given(phased_programs())
def test_a_random_program_is_phased_as_the_oracle_phases_it(words):
    compare(words)


@random
@given(phased_programs(random_programs.programs_in_progress()))
def test_a_random_program_in_progress_is_phased_as_the_oracle_phases_it(words):
    compare(words)


# ------------------------------------------------------------------------------ what always holds


@random
@given(phased_programs(random_programs.programs_in_progress()))
def test_every_part_adds_up_to_the_cent_in_every_iteration(words):
    program = Program(**words)
    trials = simulate(program, iterations=ITERATIONS)
    months, years = (spending(trials, edges_over(trials, by)) for by in ("month", "year"))
    np.testing.assert_array_equal(months.constant.sum(axis=(0, 1)), trials.cost_cents)
    for place, name in enumerate(months.places[1:], 1):
        np.testing.assert_array_equal(months.constant[place].sum(axis=0), trials.project_cost[name])
    np.testing.assert_array_equal(months.paid.sum(axis=1), months.then_year.sum(axis=1))
    starts = np.searchsorted(months.edges, years.edges[:-1])
    for fine, coarse in (
        (months.constant, years.constant),
        (months.then_year, years.then_year),
        (months.paid, years.paid),
    ):
        if months.edges[0] == years.edges[0]:
            np.testing.assert_array_equal(np.add.reduceat(fine, starts, axis=1), coarse)
    assert months.plan.constant.sum() == trials.plan.cost_cents
    assert months.plan.paid.sum() == months.plan.then_year.sum()


# ------------------------------------------------------------------------------ the discrete-event engine


def test_what_waits_fails_and_arrives_is_spent_to_the_cent_of_every_iteration():
    """Waits with units held, rework, and what arrivals charge to a project or to none."""
    words = happening.WORDS | {"escalation": {"general": {"rate": "normal(3% 1%)", "years": "own", "from": "2027"}}}
    trials, found = by_month(Program(**words), iterations=range(200, 300))
    assert trials.engine == "discrete-event"
    assert np.array_equal(found.constant.sum(axis=(0, 1)), trials.cost_cents)
    for place, cents in trials.project_cost.items():
        assert np.array_equal(found.constant[found.places.index(place)].sum(axis=0), cents)
    assert found.plan.constant.sum() == trials.plan.cost_cents


def test_units_held_over_a_wait_are_paid_between_start_and_finish():
    """Two days of work and one of redoing it, each 8 hours at 10 an hour: all 240 of it in the only month."""
    gate = {"fail": "100%", "redo": "50%", "at_most": "1"}
    activity = {"duration": "2d", "uses": {"crew": "1"}, "quality_gate": gate}
    trials, found = by_month(one(activity, resources={"crew": {"capacity": "1", "cost": "10/h"}}))
    assert trials.cost_cents.tolist() == [24000]
    assert found.constant[1].tolist() == [[24000]]


def test_what_an_arrival_charges_to_the_program_is_spent_evenly_until_the_finish():
    """From Monday 18 January 2027, 20 working days: half of them in January, and so half of what five arrivals cost."""
    risk = {
        "arrivals": {"every": "1d", "while": "p", "at_most": "5"},
        "impacts": [{"cost": "+ 100"}],
    }
    trials, found = by_month(one({"duration": "20d"}, start="2027-01-18", risks={"r": risk}))
    assert trials.cost_cents.tolist() == [50000]
    assert found.constant[0, :, 0].tolist() == [25000, 25000]
