"""Queues whose waits are known, as programs: each customer is an arrival, after the one before, and a service.

T1 to T4 and the cases QUE-01 and QUE-02 from an empty start; the long run, and how many are there, stand in
test_published_stations.py; QUE-03, with customers who are turned away, is a board in test_published_teams.py.
Iterations are independent of each other, so the mean of one customer's wait over them has no autocorrelation; that the
first customers wait less is in the exact chain (naive_waiting.py), or dies out before those who are looked at.
"""

import numpy as np
import pytest

import riskmc as rm
from naive_waiting import erlang_wait, waiting
from pooled import pooled

SURE = 4.9  # standard errors: false-alarm rate 1e-6
SURE_OF_RUNS = 7.9  # Student's t with 15 degrees of freedom: the same
TIME = "d"  # one unit of time of the sources is a day, so that whole minutes round off a thousandth of it


def customers(number, apart, service, priority, kind="c"):
    """Return the arrivals and services of one class of customers, with mean times in days."""
    words = {}
    for n in range(number):
        before = {"after": [f"{kind}{n - 1:03}in"]} if n else {}
        words[f"{kind}{n:03}in"] = {"duration": f"exponential({apart}{TIME})", **before}
        words[f"{kind}{n:03}out"] = {
            "duration": f"exponential({service}{TIME})",
            "uses": {"servers": 1},
            "after": [f"{kind}{n:03}in"],
            "priority": priority,
        }
    return words


def told(program, iterations, **options):
    """Return mean start and finish by activity in days."""
    told = rm.simulate(
        program, iterations, engine="discrete-event", dispatch="file-order", statistics=True, **options
    ).statistics
    starts, finishes = (np.asarray(column) / 1440 for column in (told.mean_start, told.mean_finish))
    return {path.split(".")[1]: (s, f) for path, s, f in zip(told.paths, starts, finishes, strict=True)}


@pytest.mark.parametrize(
    ("arrivals", "service", "servers", "limit"),
    [
        (0.2, 0.1, 3, 4.444444),  # T1
        (1.8, 1.0, 2, 4.263158),  # T2
        (1.8, 1.0, 3, 0.295620),
        (1.8, 1.0, 4, 0.058424),
        (10.0, 12.0, 1, 25 / 60),  # QUE-01, in hours: 25 minutes
        (0.5, 1 / 1.75, 1, 12.25),  # QUE-02
        (0.5, 1 / 1.75, 2, 0.41425),
        (0.5, 1 / 1.75, 3, 0.05374),
        (0.5, 1 / 1.75, 4, 0.00729),
    ],
)
def test_customers_of_an_m_m_c_queue_wait_as_long_as_the_chain_says(arrivals, service, servers, limit):
    assert erlang_wait(arrivals, service, servers) == pytest.approx(limit, rel=1e-3)
    n, iterations = 40, 8_192
    words = customers(n + 1, 1 / arrivals, 1 / service, 1)
    dates = told(pooled(words, {"servers": {"capacity": servers}}), iterations)
    for customer in (1, 10, n):
        mean, sd = waiting(arrivals, service, servers, customer)
        wait = dates[f"c{customer:03}out"][0] - dates[f"c{customer:03}in"][1]
        assert abs(wait - mean) < SURE * sd / np.sqrt(iterations) + 1 / 1440


def test_the_chain_of_customers_tends_to_the_long_run():
    assert waiting(0.2, 0.1, 3, 150)[0] == pytest.approx(4.444444, abs=0.01)


@pytest.mark.parametrize(
    ("preemption", "measure", "first", "second"),
    [(False, "wait", 1.0, 10 / 3), (True, "time in system", 1.428571, 4.761905)],
)
def test_two_classes_of_customers_wait_as_cobham_says(preemption, measure, first, second):
    """T3 and T4: M/M/1 with rates .3 and .4 and service 1; looked at from the 250th day on, when it has settled."""
    words = customers(150, 1 / 0.3, 1, 1, "a") | customers(200, 1 / 0.4, 1, 2, "b")
    program = pooled(words, {"servers": {"capacity": 1, "preemption": preemption}})
    runs = []
    for run in range(16):
        dates = told(program, range(256 * run, 256 * (run + 1)))
        spans = [
            np.mean([
                dates[f"{kind}{n:03}out"][0 if measure == "wait" else 1] - dates[f"{kind}{n:03}in"][1] for n in looked
            ])
            for kind, looked in (("a", range(75, 105)), ("b", range(100, 140)))
        ]  # fmt: skip
        runs.append(spans)
    means, errors = np.mean(runs, axis=0), np.std(runs, axis=0, ddof=1) / 4
    settled = 0.02  # what is left of the empty start after 250 days, relaxation time 37 (Cohen 1982)
    assert np.all(np.abs(means - (first, second)) < SURE_OF_RUNS * errors + settled * np.array((first, second)))
