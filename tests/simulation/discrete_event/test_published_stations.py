"""Stations in the long run, and what the literature knows of loops, teams and orders: as programs of a file's words.

The first rows look at every customer and every moment of a station that begins as it stands in the long run, so that
nothing has to settle. Bounds come from the sampling error: false-alarm rate one in a million.
"""

from itertools import permutations
from math import exp

import numpy as np
import pytest

import riskmc as rm
from naive_waiting import erlang_wait
from pooled import durations, pooled
from published import Z, assert_mean, assert_variance
from served import customers, ends, in_system, present, standing

SETTLED = 0.015  # of a mean: what late customers of a queue with half its load lack, and whole minutes
ONE = {"s": {"capacity": 1}}


def assert_chance(hits, chance):
    assert abs(np.mean(hits) - chance) <= Z * np.sqrt(chance * (1 - chance) / np.size(hits))


def there(load, servers, most):
    """Return the chances of 0 to ``most`` customers in M/M/c in the long run (Erlang 1917)."""
    weights = np.cumprod([1.0, *(load / min(k, servers) for k in range(1, 2_000))])
    return (weights / weights.sum())[: most + 1]


STATIONS = [
    (5.0, 10.0, 3, 30, 4.444444, {0: 0.888889, 2: 0.444444}),  # T1: who finds all three at work waits
    (1 / 1.8, 1.0, 2, 120, 4.263158, {}),  # T2
    (1 / 1.8, 1.0, 3, 25, 0.295620, {}),
    (1 / 1.8, 1.0, 4, 20, 0.058424, {}),
    (6.0, 5.0, 1, 75, 25.0, {2: 1 - 0.421296}),  # QUE-01, minutes as days: L 5, Lq 4.1667, P(N <= 2) 0.4213
    (2.0, 1.75, 1, 95, 12.25, {3: 0.586182}),  # QUE-02
    (2.0, 1.75, 2, 20, 0.41425, {3: 0.050972}),
    (2.0, 1.75, 3, 15, 0.05374, {3: 0.019034}),
    (2.0, 1.75, 4, 12, 0.00729, {3: 0.013022}),
]


@pytest.mark.statistical
@pytest.mark.parametrize(("apart", "service", "servers", "most", "wait", "beyond"), STATIONS)
def test_every_customer_of_a_station_waits_as_erlang_says(apart, service, servers, most, wait, beyond):
    """Every one who comes, the first included; time there is the wait and the work."""
    assert erlang_wait(1 / apart, 1 / service, servers) == pytest.approx(wait, rel=1e-3)
    at = ends(standing(there(service / apart, servers, most), 3, apart, service, servers, True), 5_000)
    for n in ("000", "002"):
        assert_mean(at[f"out{n}"] - at[f"in{n}"], wait + service, 1e-3 * service)


@pytest.mark.statistical
@pytest.mark.parametrize(("apart", "service", "servers", "most", "wait", "beyond"), STATIONS)
def test_at_any_moment_as_many_are_there_as_erlang_and_little_say(apart, service, servers, most, wait, beyond):
    """L = (wait + service) / apart, of which service / apart are served: Lq is the rest (Little 1961)."""
    at = ends(standing(there(service / apart, servers, most), 8, apart, service, servers, False), 5_000)
    count = present(at, 0.8 * apart)
    assert_mean(count, (wait + service) / apart, 2e-3)
    for number, chance in beyond.items():
        assert_chance(count > number, chance)


# ---- orders of service


@pytest.mark.statistical
def test_the_last_to_come_goes_first_and_the_mean_hangs_on_the_mean_of_the_service_alone():
    """Pre-emptive resume, one day each, every second day: 1 / (1 - 0.5) days there, as if exponential (Kelly 1979)."""
    words = customers(60, 2, duration="1d")
    for n in range(60):
        words[f"out{n:02}"]["priority"] = 200 - n
    found = in_system(words, {"s": {"capacity": 1, "preemption": True}}, 20, 26)
    assert_mean(found, 2.0, SETTLED)


@pytest.mark.statistical
@pytest.mark.parametrize("preemption", [False, True])
def test_two_classes_with_certain_services_wait_as_pollaczek_khinchine_and_cobham_say(preemption):
    """Half a day every second day goes before a day every 2.5: loads 0.25 and 0.4; what one who comes finds in work
    lasts 0.25 / 4 and 0.2 more (Cobham 1954; White and Christie 1958 where the better one interrupts)."""
    words = {}
    for kind, number, apart, lasts, priority in (("", 99, 2, "0.5d", 1), ("low", 90, 2.5, "1d", 2)):
        for name, said in customers(number, apart, duration=lasts).items():
            words[f"{kind}{name}"] = {**said, "after": [f"{kind}{before}" for before in said["after"]]}
            if "uses" in said:
                words[f"{kind}{name}"]["priority"] = priority
    at = ends(pooled(words, {"s": {"capacity": 1, "preemption": preemption}}), 4_000, dispatch="file-order")
    better, residual = 0.0625, 0.0625 + 0.2
    high = 0.5 + (better if preemption else residual) / 0.75
    low = (1 / 0.75 if preemption else 1) + residual / 0.75 / 0.35
    for kind, expected, looked in (("", high, range(50, 70)), ("low", low, range(40, 56))):
        found = [at[f"{kind}out{n:02}"] - at[f"{kind}in{n:02}"] for n in looked]
        assert_mean(np.mean(found, axis=0), expected, SETTLED * expected)


@pytest.mark.statistical
def test_who_waits_for_both_halves_of_an_order_is_there_as_long_as_flatto_and_hahn_say():
    """Two servers, one half for each: (12 - load) / 8 of the time at one of them (Nelson and Tantawi 1988)."""
    words = {}
    for name, said in customers(60, 2, duration="exponential(1d)").items():
        words[name] = said
        if "uses" in said:
            words[name.replace("out", "half")] = {**said, "uses": {"t": 1}}
            words[f"{name}end"] = {"milestone": True, "after": [name, name.replace("out", "half")]}
    words |= {name: {"milestone": True, "after": [name[:-3], name[:-3].replace("out", "half")]}
              for name in words if name.startswith("out") and name.endswith("end")}  # fmt: skip
    assert_mean(in_system(words, {**ONE, "t": {"capacity": 1}}, 50, 60), (12 - 0.5) / 8 * 2, SETTLED * 3)


@pytest.mark.statistical
def test_customers_who_come_in_pairs_wait_for_each_other():
    """Pairs every four days, one day each: half a day for the other, all over 1 - load (Gaver 1959)."""
    words = customers(45, 4, duration="exponential(1d)")
    for n in range(45):
        words[f"two{n:02}"] = words[f"out{n:02}"]
        words[f"two{n:02}end"] = {"milestone": True, "after": [f"two{n:02}"]}
    at = ends(pooled(words, ONE), 4_000)
    found = [at[f"{one}{n:02}"] - at[f"in{n:02}"] for n in range(35, 45) for one in ("out", "two")]
    assert_mean(np.mean(found, axis=0), (1 + 0.5) / (1 - 0.5), SETTLED * 3)


@pytest.mark.statistical
def test_work_that_is_drawn_anew_at_every_interruption_takes_what_gaver_says():
    """Interrupted every 2 days for 0.5 / (1 - 0.25): (2 + b) (1 / E exp(-S / 2) - 1), repeat different (Gaver 1962)."""
    words = customers(50, 2, duration="exponential(0.5d)")
    words = {name: said | ({"priority": 1} if "uses" in said else {}) for name, said in words.items()}
    words["low"] = {"duration": "uniform(1d 3d)", "uses": {"s": 1}, "priority": 9, "preemption": {"resumes": "redraw"}}
    words["lowend"] = {"milestone": True, "after": ["low"]}
    at = ends(pooled(words, {"s": {"capacity": 1, "preemption": True}}), 10_000)
    assert_mean(at["low"], (2 + 0.5 / 0.75) * (1 / (exp(-0.5) - exp(-1.5)) - 1), 0.005)


@pytest.mark.statistical
def test_who_comes_in_an_outage_finds_a_long_one():
    """Up 10 days, out 2 or 18: E[D^2] / 2 over the mean of up and out, the paradox of inspection (Feller 1971)."""
    machine = {"capacity": 1, "outages": {"after": "uniform(0d 20d)", "lasts": "discrete(2d:50% 18d:50%)"}}
    words = {"wait": {"duration": "300d"}, "a": {"duration": "1min", "uses": {"m": 1}, "after": ["wait"]}}
    found = durations(pooled(words, {"m": machine}), 20_000) - 300 - 1 / 1440
    assert_mean(found, 164 / 2 / 20, 2e-3)
    assert_chance(found > 0, 0.5)


@pytest.mark.parametrize(("order", "hours"), [((4, 0, 3, 2, 1), 47), ((0, 1, 2, 3, 4), 77)])
def test_five_jobs_through_two_machines_take_as_long_as_johnson_says(order, hours):
    """Johnson (1954): 47 with his rule, which no order beats."""
    jobs = ((4, 5), (4, 1), (30, 4), (6, 30), (2, 3))
    words = {}
    for place, job in enumerate(order):
        for machine, before, lasts in (("x", [], jobs[job][0]), ("y", [f"x{job}"], jobs[job][1])):
            words[f"{machine}{job}"] = {
                "duration": f"{lasts}h", "uses": {machine: 1}, "after": before, "priority": place,
            }  # fmt: skip
    assert durations(pooled(words, {"x": {"capacity": 1}, "y": {"capacity": 1}}), 1)[0] * 24 == hours
    assert min(_flow(jobs, some) for some in permutations(range(5))) == 47


def _flow(jobs, order):
    """Return when the second of two machines is done."""
    first = second = 0
    for job in order:
        first += jobs[job][0]
        second = max(second, first) + jobs[job][1]
    return second


def test_a_crew_of_twenty_four_finishes_before_a_larger_one():
    """At 0.0006 n^2 of talk a crew does most at 1 / sqrt(0.0018) = 23.6 people (Brooks 1975)."""
    work = {f"j{n:03}": {"duration": "1d", "uses": {"crew": 1}} for n in range(721)}
    days = {}
    for people in (16, 24, 30):
        hire = {"add_units": {"resource": "crew", "units": people - 1, "overhead": 0.0006}}
        policies = {"hire": {"review": "1d", "at_most": 1, "when": {"later_than": "2027-01-04"}, "do": hire}}
        days[people] = durations(pooled(work, {"crew": {"capacity": 1}}, policies=policies), 1)[0]
        whole = 720 // people  # rounds of jobs, each of a day at the rate of so many people
        rate = np.floor(1000 * (1 - 0.0006 * people**2)) / 1000
        assert days[people] == pytest.approx(1 + whole / rate, abs=whole / 1440)
    assert days[24] < days[30] < days[16]


# ---- loops and arrivals


@pytest.mark.statistical
def test_three_steps_that_send_each_other_back_take_what_their_markov_chain_says():
    """4, 3 and 2 days; b sends a and b back with 30%, c half of b and c with 40% (Smith and Eppinger 1997).

    By what lies ahead: a and b the first time, c the first time, a and b again while c is owed its half, half of b, c.
    """
    gate = {"at_most": 999}
    words = {
        "a": {"duration": "4d"},
        "b": {"duration": "3d", "after": ["a"], "quality_gate": {
            **gate, "fail": "30%", "redo": "100%", "of": ["a", "b"],
        }},
        "c": {"duration": "2d", "after": ["b"], "quality_gate": {
            **gate, "fail": "40%", "redo": "50%", "of": ["b", "c"],
        }},
    }  # fmt: skip
    stays = np.array(
        [
            [0.3, 0.7, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.4, 0.0],
            [0.0, 0.0, 0.3, 0.0, 0.7],
            [0.0, 0.0, 0.3, 0.0, 0.7],
            [0.0, 0.0, 0.0, 0.4, 0.0],
        ]
    )
    expected = np.linalg.solve(np.eye(5) - stays, [7, 2, 7, 1.5, 1])[0]
    assert expected == pytest.approx(15 + 2 / 3)
    assert_mean(durations(pooled(words, {}), 20_000), expected)


@pytest.mark.statistical
def test_redos_of_any_share_are_a_geometric_number_of_uniform_ones():
    """Ten days that fail with 40%, each time any share again: 10 + 5 x 0.4 / 0.6, and the variance of such a sum."""
    gate = {"fail": "40%", "redo": "uniform(0% 100%)", "at_most": 999}
    found = durations(pooled({"a": {"duration": "10d", "quality_gate": gate}}, {}), 20_000)
    assert_mean(found, 10 + 5 * 0.4 / 0.6, 1e-3)
    assert_variance(found, 100 * (0.4 / 0.6 / 12 + 0.25 * 0.4 / 0.36), 1e-2)


@pytest.mark.statistical
def test_a_year_of_work_has_fifty_two_weeks_of_forty_hours():
    """26 a year are one in 80 hours of the office, nights and weekends aside: Poisson."""
    comes = {"r": {"arrivals": {"rate": "26/y"}, "impacts": [{"cost": "+ 1"}]}}
    program = pooled({"w": {"duration": "10d"}}, {}, calendar="standard", currency="EUR", risks=comes)
    number = rm.simulate(program, 20_000).cost_cents / 100
    assert_mean(number, 1.0, 1e-4)
    assert_variance(number, 1.0, 1e-4)
    assert_chance(number == 0, exp(-1))
