"""Systems of which the literature knows the exact moments, as programs: mostly several behaviours at once.

Iterations are independent of each other; where the long run is meant, customers are looked at that come late enough,
and what the empty start leaves is stated. Bounds come from the sampling error: false-alarm rate one in a million.
"""

from functools import cache
from math import comb, exp, factorial

import numpy as np
import pytest

import riskmc as rm
from pooled import ORIGIN, durations, pooled
from published import Z, assert_mean, assert_variance
from served import customers, in_system

ONE = {"s": {"capacity": 1}}
SETTLED = 0.015  # of a mean in the long run: what customer 60 of a queue with 60% load still lacks, and whole minutes


def risk(impacts, **arrivals):
    """Return the risks of a program: one that arrives."""
    return {"r": {"arrivals": arrivals, "impacts": impacts}}


def euros(activities, risks, iterations=50_000):
    """Return the cost of every iteration, in euros."""
    program = pooled(activities, {}, currency="EUR", risks=risks)
    return rm.simulate(program, iterations, engine="discrete-event").cost_cents / 100


def assert_chance(hits, chance):
    assert abs(np.mean(hits) - chance) <= Z * np.sqrt(chance * (1 - chance) / np.size(hits))


# ---- queues


@pytest.mark.parametrize(("service", "square"), [("1d", 1.0), ("uniform(0d 2d)", 4 / 3), ("gamma(2 0.5d)", 1.5)])
def test_service_of_any_kind_is_waited_for_as_pollaczek_and_khinchine_say(service, square):
    found = in_system(customers(60, 1 / 0.6, duration=service), ONE, 50, 60)
    assert_mean(found, 1 + 0.6 * square / 2 / (1 - 0.6), SETTLED)


def test_customers_who_come_on_fixed_dates_wait_as_the_root_of_their_equation_says():
    """D/M/1, one a day, service s of mean 0.6: s / (1 - r) days there, with r = exp(-(1 - r) / s) (Kendall 1953)."""
    words, root = {}, 0.5
    for n in range(40):
        date = np.datetime64("2027-01-04") + n
        words[f"in{n:02}end"] = {"milestone": True, "start_no_earlier_than": str(date)}
        words[f"out{n:02}"] = {"duration": "exponential(0.6d)", "uses": {"s": 1}, "after": [f"in{n:02}end"]}
        words[f"out{n:02}end"] = {"milestone": True, "after": [f"out{n:02}"]}
    for _ in range(200):
        root = exp(-(1 - root) / 0.6)
    assert_mean(in_system(words, ONE, 25, 40), 0.6 / (1 - root), SETTLED * 0.6)


@pytest.mark.parametrize("clock", ["working", "elapsed"])
def test_a_server_that_breaks_down_is_waited_for_on_both_clocks(clock):
    """0.4 customers a day of mean 1, a breakdown every 5 days, repair of mean 1.5. While working: Pollaczek-Khinchine
    with completion times (Gaver 1962); always: Mitrany and Avi-Itzhak (1968)."""
    come, fails, repair = 0.4, 0.2, 1 / 1.5
    server = {"capacity": 1, "outages": {"after": "exponential(5d)", "lasts": "exponential(1.5d)", "clock": clock}}
    found = in_system(customers(60, 1 / come, duration="exponential(1d)"), {"s": server}, 50, 60)
    mean = 1 + fails / repair
    square = 2 * mean**2 + fails * 2 / repair**2
    both = fails + repair
    expected = {
        "working": mean + come * square / 2 / (1 - come * mean),
        "elapsed": (both**2 + fails) / (both * (repair - come * both)),
    }
    assert_mean(found, expected[clock], SETTLED * expected[clock])


def test_customers_whose_test_fails_come_back():
    """M/M/1 whose service is done again with 35%: 1 / (1 - 0.35 - 0.3) days there (Takacs 1963)."""
    gate = {"fail": "35%", "redo": "100%", "work": "redrawn", "at_most": 99}
    found = in_system(customers(80, 1 / 0.3, duration="exponential(1d)", quality_gate=gate), ONE, 55, 70)
    assert_mean(found, 1 / 0.35, SETTLED / 0.35)


def test_the_second_of_two_stations_is_a_queue_as_if_there_were_no_first():
    """Burke (1956), Jackson (1957): 1 / (1 - 0.5) + 1 / (1.25 - 0.5) days in both."""
    words = customers(70, 2, duration="exponential(1d)")
    for n in range(70):
        words[f"then{n:02}"] = {
            "duration": "exponential(0.8d)", "uses": {"t": 1}, "after": [f"out{n:02}"], "priority": n,
        }  # fmt: skip
        words[f"out{n:02}end"]["after"] = [f"then{n:02}"]
    found = in_system(words, {**ONE, "t": {"capacity": 1}}, 60, 70)
    assert_mean(found, 1 / 0.5 + 1 / 0.75, SETTLED * 3)


def test_four_machines_wait_for_one_repairman():
    """Up for 5 days, repaired in 1, both exponential: birth and death of the machines that are down (Palm 1947)."""
    machines, up = 4, 5.0
    weight = np.array([factorial(machines) / factorial(machines - k) / up**k for k in range(machines + 1)])
    cycle = machines / (weight[1:].sum() / weight.sum())  # the repairman ends one a day while any is down
    words = {}
    for m in range(machines):
        for k in range(30):
            words[f"up{m}{k:02}"] = {"duration": "exponential(5d)", "after": [f"down{m}{k - 1:02}"] if k else []}
            words[f"down{m}{k:02}"] = {"duration": "exponential(1d)", "uses": {"s": 1}, "after": [f"up{m}{k:02}"]}
            words[f"end{m}{k:02}"] = {"milestone": True, "after": [f"down{m}{k:02}"]}
    trials = rm.simulate(pooled(words, ONE), 4_000, engine="discrete-event", dispatch="file-order")
    ends = trials.milestone_finish
    found = np.mean([ends[f"p.end{m}20"] - ends[f"p.end{m}05"] for m in range(machines)], axis=0) / 15 / 1440
    assert_mean(found, cycle, SETTLED / 2)


@pytest.mark.parametrize("resumes", ["continue", "restart"])
def test_work_that_others_interrupt_goes_on_or_begins_again(resumes):
    """Two days of work, interrupted by those who come every 2 days, of mean 0.5: d (1 + l b) where it goes on, and
    (exp(l d) - 1) (1 / l + b) where it begins again, with b = 0.5 / (1 - 0.25) (Gaver 1962)."""
    words = customers(50, 2, duration="exponential(0.5d)")
    words = {name: said | ({"priority": 1} if "uses" in said else {}) for name, said in words.items()}
    words["low"] = {"duration": "2d", "uses": {"s": 1}, "priority": 9, "preemption": {"resumes": resumes}}
    words["done"] = {"milestone": True, "after": ["low"]}
    program = pooled(words, {"s": {"capacity": 1, "preemption": True}})
    trials = rm.simulate(program, 10_000, engine="discrete-event")
    busy = 0.5 / 0.75
    expected = {"continue": 2 * (1 + busy / 2), "restart": (exp(1) - 1) * (2 + busy)}
    assert_mean((trials.milestone_finish["p.done"] - ORIGIN) / 1440, expected[resumes], 0.01)


# ---- units


@pytest.mark.parametrize(("jobs", "servers"), [(9, 3), (10, 4)])
def test_exponential_jobs_on_equal_servers_take_their_harmonic_sum(jobs, servers):
    """All servers are busy until so many jobs are left, then one less after each: independent exponentials."""
    activities = {f"j{n}": {"duration": "exponential(2d)", "uses": {"s": 1}} for n in range(jobs)}
    found = durations(pooled(activities, {"s": {"capacity": servers}}), 20_000)
    left = range(1, servers + 1)
    assert_mean(found, 2 * ((jobs - servers) / servers + sum(1 / k for k in left)), 0.005)
    assert_variance(found, 4 * ((jobs - servers) / servers**2 + sum(1 / k**2 for k in left)), 0.005)


def test_work_that_needs_two_of_five_pools_takes_what_its_markov_chain_says():
    """Five at a round table, each needs both neighbours' forks (Dijkstra 1965); exponential, of mean 1 to 5 days."""
    forks = [frozenset((n, (n + 1) % 5)) for n in range(5)]

    @cache
    def left(waiting, eating):
        for n in waiting:
            if all(forks[n].isdisjoint(forks[other]) for other in eating):
                return left(tuple(m for m in waiting if m != n), (*eating, n))
        rates = [1 / (n + 1) for n in eating]
        then = (left(waiting, tuple(m for m in eating if m != n)) for n in eating)
        return (1 + sum(rate * days for rate, days in zip(rates, then, strict=True))) / sum(rates) if rates else 0.0

    activities = {
        f"p{n}": {"duration": f"exponential({n + 1}d)", "uses": {f"f{fork}": 1 for fork in sorted(forks[n])}}
        for n in range(5)
    }
    program = pooled(activities, {f"f{n}": {"capacity": 1} for n in range(5)})
    assert_mean(durations(program, 20_000, dispatch="file-order"), left(tuple(range(5)), ()), 0.005)


def test_the_whole_crew_is_there_as_often_as_independent_renewals_are():
    """Three who stay 40 days and are replaced after 15: on day 60 all are there with the cube of one's chance."""
    crew = {"capacity": 3, "turnover": {"leaves": "exponential(40d)", "vacancy": "exponential(15d)"}}
    activities = {"wait": {"duration": "60d"}, "a": {"duration": "1h", "uses": {"crew": 3}, "after": ["wait"]}}
    there = 40 / 55 + 15 / 55 * exp(-60 * (1 / 40 + 1 / 15))
    assert_chance(durations(pooled(activities, {"crew": crew}), 50_000) < 60.1, there**3)


def test_units_lost_by_overlapping_events_are_all_back_with_the_chance_of_an_idle_crowd():
    """M/G/infinity from empty, 0.05 x 12 loads: on day 50 nobody is away with exp(-0.6 (1 - exp(-50 / 12)))."""
    activities = {"wait": {"duration": "50d"}, "a": {"duration": "1h", "uses": {"crew": 1}, "after": ["wait"]}}
    away = risk([{"resource": "crew", "units": -1, "lasts": "exponential(12d)"}], rate="0.05/d", exposure="calendar")
    found = durations(pooled(activities, {"crew": {"capacity": 1}}, risks=away), 50_000)
    assert_chance(found < 50.1, exp(-0.6 * (1 - exp(-50 / 12))))


def test_work_that_waits_for_a_weekly_window_waits_half_of_what_is_left_of_the_week():
    """A day drawn evenly from a week meets Wednesday with 1/7, else it waits three days on average."""
    weekly = {"wed": {"week": {"wed": "24h"}}}
    activities = {"a": {"duration": "uniform(14d 21d)"}, "b": {"duration": "1min", "uses": {"s": 1}, "after": ["a"]}}
    found = durations(pooled(activities, {"s": {"capacity": 1, "calendar": "wed"}}, calendars=weekly), 20_000)
    assert_mean(found, 17.5 + 6 / 7 * 3, 2 / 1440)


@pytest.mark.parametrize(("paused", "days"), [("hold", 52), ("release", 40)])
def test_a_crew_that_is_held_through_outages_is_paid_through_them(paused, days):
    """Forty days of work, outages as of Gaver (1962): paid for 52 days of mean, sd 12; or for the work alone."""
    outages = {"after": "exponential(20d)", "lasts": "exponential(6d)"}
    pools = {"s": {"capacity": 1, "outages": outages}, "crew": {"capacity": 1, "cost": "10/h"}}
    words = {"duration": "40d", "uses": {"s": 1, "crew": 1}, "cost": {"per_day": 100}, "while_paused": paused}
    trials = rm.simulate(pooled({"a": words}, pools, currency="EUR"), 10_000, engine="discrete-event")
    paid = trials.cost_cents / 34_000
    assert_mean(paid, days, 1e-9)
    assert_variance(paid, 144 if paused == "hold" else 0, 0.01)


# ---- what arrives


def test_arrivals_of_the_same_minute_all_strike():
    """25 in a day: one in 60 gaps is shorter than a minute. Mean and variance of a Poisson number are equal."""
    found = euros({"w": {"duration": "1d"}}, risk([{"cost": "+ 1"}], rate="25/d", exposure="active"))
    assert_mean(found, 25)
    assert_variance(found, 25)


def test_requests_of_the_same_minute_are_all_work():
    """Twenty a day of half an hour each: a busy period of 10 / (1 - 5 / 12) days."""
    scope = {"c": {"on": "w", "rate": "20/d", "size": "exponential(30min)"}}
    found = durations(pooled({"w": {"duration": "10d"}}, {}, scope=scope), 4_000)
    assert_mean(found, 10 / (1 - 5 / 12), 0.02)  # each is whole minutes


@pytest.mark.parametrize("pause", ["6d", "exponential(6d)"])
def test_pauses_that_pass_together_are_a_busy_period_of_any_number_of_servers(pause):
    """Forty days of work, 0.05 pauses a day on the clock: 40 exp(0.05 x 6), however long each of them (Takacs 1962)."""
    stops = risk([{"on": "w", "pause": pause, "overlap": "union"}], rate="0.05/d", exposure="active")
    assert_mean(durations(pooled({"w": {"duration": "40d"}}, {}, risks=stops), 20_000), 40 * exp(0.3), 0.01)


@pytest.mark.parametrize(
    ("number", "size", "mean", "variance", "chance"),
    [
        (12, "discrete(1:50% 2:33.3333% 3:16.6667%)", 20, 40, None),  # RSK-04
        (25, "uniform(5 95)", 1250, 79_375, None),  # RSK-07
        (5, "discrete(100:80% 500:16% 1000:4%)", 1000, 440_000, (600, 0.059893)),  # RSK-10, exercise 9.34
    ],
)
def test_a_poisson_number_of_losses_adds_up_as_published(number, size, mean, variance, chance):
    """Sources: Loss Data Analytics, examples 5.3.1 and 5.3.5; Klugman, Panjer and Willmot, Loss Models."""
    losses = risk([{"cost": f"+ {size}"}], rate=f"{number}/w", exposure="active")
    found = euros({"w": {"duration": "1w"}}, losses)
    assert_mean(found, mean, 1e-3)
    assert_variance(found, variance, 1e-2)
    if chance:
        assert_chance(found == chance[0], chance[1])


def test_renewals_by_uniform_times_are_e_less_one_in_a_unit_of_time():
    """The renewal function of the uniform distribution on a unit is e^t - 1 in it (Feller 1971)."""
    comes = risk([{"cost": "+ 1"}], every="uniform(0d 1d)", exposure="active")
    assert_mean(euros({"w": {"duration": "1d"}}, comes), exp(1) - 1, 2e-3)  # in whole minutes


# ---- loops


def test_loops_within_a_loop_multiply():
    """Three and two days that fail with 30%, then four with 25% that send back all (GERT, Pritsker 1966)."""
    gate = {"redo": "100%", "at_most": 999}
    words = {
        "a": {"duration": "3d"},
        "b": {"duration": "2d", "after": ["a"], "quality_gate": {**gate, "fail": "30%", "of": ["a", "b"]}},
        "c": {"duration": "4d", "after": ["b"], "quality_gate": {**gate, "fail": "25%", "of": ["a", "b", "c"]}},
    }
    once, spread = 5 / 0.7 + 4, 25 * 0.3 / 0.7**2
    found = durations(pooled(words, {}), 50_000)
    assert_mean(found, once / 0.75, 1e-3)
    assert_variance(found, spread / 0.75 + once**2 * 0.25 / 0.75**2, 0.05)


def test_failures_in_a_row_of_gates_are_negative_binomial():
    gate = {"fail": "35%", "redo": "100%", "at_most": 999}
    steps = {f"s{n}": {"duration": "1d", "quality_gate": gate, "after": [f"s{n - 1}"] if n else []} for n in range(4)}
    found = np.rint(durations(pooled(steps, {}), 20_000))
    for k in range(5):
        assert_chance(found == 4 + k, comb(k + 3, 3) * 0.65**4 * 0.35**k)


# ---- money


def test_money_of_eight_months_a_year_stretches_any_work_by_the_same_rule():
    """T23 for work of any length, iteration by iteration: 240 days of work from every first of January."""
    money = {"funding": dict.fromkeys((2025, 2026, 2027), "240k"), "funding_rule": {"without": "pause_all"}}
    words = {"dig": {"duration": "uniform(100d 600d)", "cost": {"per_day": 1000}}}
    one = pooled(words, {}, start="2025-01-01", currency="EUR", **money)
    work, whole = durations(one, 1_000, ignore=["funding"]), durations(one, 1_000)
    assert np.ptp(work) > 400
    assert whole == pytest.approx(365 * (work // 240) + work % 240, abs=1e-9)
