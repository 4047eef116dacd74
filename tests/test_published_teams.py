"""Published and exact results of teams and backlogs, through the whole program.

Every bound comes from the sampling error: a right program fails a line about once in a million seeds.
"""

from math import comb, sqrt

import numpy as np
import pytest

import riskmc
from published import Z, assert_mean, assert_quantile, assert_variance, times
from riskmc.program import Program

DAY, WEEK = 1440, 7 * 1440
SURE_OF_RUNS = 7.9  # Student's t with 15 degrees of freedom: false-alarm rate one in a million
CYCLE_TIMES = (
    "1 1 1 11 1 2 6 3 6 1 1 1 1 1 4 1 4 3 1 1 1 21 1 5 13 5 5 4 2 2 5 1 13 7 5 1 2 9 9 2 1 1 1 1 1 1 1 13 1 3 1"
)


def agile(items, **team):
    """Return a program of one backlog that a team works off round the clock."""
    return Program(
        program="Case",
        start="2027-01-04",
        calendar="24h",
        teams={"team": team},
        projects={"p": {"activities": {"work": {"backlog": {"team": "team", "items": items}}}}},
    )


def stage(name="do", mean="1d", **words):
    return {"name": name, "takes": f"exponential({mean})", **words}


def simulated(program, unit=DAY, iterations=100_000):
    return times(riskmc.simulate(program, iterations=iterations), unit)


@pytest.mark.statistical
def test_t22_a_backlog_that_grows_at_random_takes_as_long_as_a_busy_period():
    """60 items, 0.6 more and 1 done a day, both Poisson: mean 60 / 0.4, variance 60 x 1.6 / 0.4^3. Exact: the first
    passage of a birth and death process (Gaver 1962). Minutes of a day are fine enough for the rounding."""
    days = simulated(agile(60, stages=[stage()], arrivals="0.6/d"))
    assert_mean(days, 150, own_error=0.02)
    assert_variance(days, 1500, own_error=0.5)


@pytest.mark.statistical
def test_t21_four_servers_in_a_row_with_six_items_finish_two_thirds_of_an_item_a_day():
    """Closed network of Gordon and Newell (1967): 6 / (6 + 4 - 1). What 700 items take more than 300, start and end are
    the same for both."""
    stages = [stage(f"s{i}") for i in range(4)]
    long, short = (simulated(agile(items, stages=stages, wip=6), iterations=20_000) for items in (700, 300))
    assert_mean(long - short, 400 / (6 / 9), own_error=0.2)


def flows(stages, wip, items, runs=16):
    """Return the flow of a backlog in the first iterations, as a user sees it."""
    trials = riskmc.simulate(agile(items, stages=stages, wip=wip), iterations=runs)
    return [riskmc.cumulative_flow(trials, "work", number) for number in range(runs)]


@pytest.mark.statistical
def test_t21_an_item_among_six_takes_nine_days():
    """Little's law (1961): 6 items at two thirds a day. The mean of items 100 to 900 of each of 16 iterations."""
    means = [flow.lead[100:900].mean() for flow in flows([stage(f"s{i}") for i in range(4)], 6, 1_000)]
    assert abs(np.mean(means) - 9) <= SURE_OF_RUNS * np.std(means, ddof=1) / 4


@pytest.mark.statistical
def test_que_03_as_many_are_there_as_published_and_each_for_as_long():
    """M/M/1/6 as above: 2.2902 at the server in the mean, each of whom is there for 2.4824 (Rossetti 2023, C.4)."""
    there, lead = [], []
    for flow in flows([stage("source", "1d"), stage("server", f"{1 / 1.2}d")], 6, 2_000):
        at, count = flow.days[:-1], flow.items[:-1, 2]
        looked = (at >= 100) & (at < 0.9 * flow.length)
        there.append(np.average(count[looked], weights=np.diff(flow.days)[looked]))
        moved = np.flatnonzero(np.diff(flow.items[:, 2]) > 0)[100:1_700] + 1
        left = np.flatnonzero(np.diff(flow.items[:, -1]) > 0)[100:1_700] + 1
        lead.append((flow.days[left] - flow.days[moved]).mean())
    for found, published in ((there, 2.2902), (lead, 2.4824)):
        assert abs(np.mean(found) - published) <= SURE_OF_RUNS * np.std(found, ddof=1) / 4 + 1e-3


def pace(stages, items, fewer, unit=DAY, iterations=3_000, **team):
    """Return the units of time for an item of a board at work: start and end are the same for both backlogs."""
    long, short = (simulated(agile(n, stages=stages, **team), unit, iterations) for n in (items, fewer))
    return (long - short) / (items - fewer)


@pytest.mark.statistical
@pytest.mark.parametrize(
    ("serves", "servers", "places", "turned_away"),
    [(1.2, 1, 6, 0.07742), (1 / 40, 10, 10, 30.308 / 40)],  # M/M/1/6 a minute; M/M/10/10 of 40 an hour
)
def test_que_03_who_finds_no_place_is_turned_away_as_often_as_published(serves, servers, places, turned_away):
    """A source of mean 1 that stops while all places are taken sends as many as come in: the closed pair of stations
    is the queue with losses (Gordon and Newell 1967). Source: M. D. Rossetti (2023), KSL, examples C.4 and C.5."""
    stages = [stage("source", "1d"), stage("server", f"{1 / serves}d", servers=servers)]
    found = pace(stages, 500, 200, wip=places)
    assert_mean(found, 1 / (1 - turned_away), own_error=1e-3 / (1 - turned_away))


@pytest.mark.statistical
@pytest.mark.parametrize(("stations", "places", "pace_of_line"), [(2, 1, 2 / 3), (3, 1, 22 / 39), (2, 3, 4 / 5)])
def test_a_line_whose_stations_block_each_other_is_as_slow_as_hunt_says(stations, places, pace_of_line):
    """Exponential servers of the same rate, nothing between them, or room for two (Hunt 1956)."""
    stages = [stage(f"s{i}", wip=places if i else 1) for i in range(stations)]
    assert_mean(pace(stages, 500, 200), 1 / pace_of_line, own_error=3e-3)


@pytest.mark.statistical
def test_stages_of_several_servers_are_a_closed_network_of_its_product_form():
    """Two servers of 2 days, three of 4, one of 0.9, seven items: Buzen's convolution (1973)."""
    servers, days = (2, 3, 1), (2.0, 4.0, 0.9)
    sums = np.eye(1, 8)[0]
    for many, mean in zip(servers, days, strict=True):
        sums = np.convolve(sums, np.cumprod([1.0, *(mean / min(n, many) for n in range(1, 8))]))[:8]
    stages = [stage(f"s{i}", f"{days[i]}d", servers=servers[i]) for i in range(3)]
    assert_mean(pace(stages, 500, 200, wip=7), sums[7] / sums[6], own_error=3e-3)


@pytest.mark.statistical
def test_kan_01_thirty_items_one_after_another_take_142_days_at_90_percent():
    """Cycle times of 51 items, bootstrapped; the exact 30-fold convolution has 0.89996 at 141 and 0.90640 at 142 days.
    Source: R. Rueedlinger (2021), monte-carlo-simulation, forecasting_with_monte_carlo.ipynb."""
    sample = np.array(CYCLE_TIMES.split(), float)
    assert (sample.size, sample.mean(), sample.var(ddof=1)) == pytest.approx((51, 3.7058823529, 17.93176471))
    takes = f"empirical({' '.join(f'{days}d' for days in CYCLE_TIMES.split())})"
    days = simulated(agile(30, stages=[{"name": "do", "takes": takes}]))
    for p, value in ((0.5, 110), (0.85, 135), (0.9, 142), (0.95, 151)):
        assert_quantile(days, p, value)
    share, error = np.mean(days <= 141), Z * sqrt(0.09 / days.size)
    assert abs(share - 0.89996) <= error
    assert abs(np.mean(days <= 142) - 0.90640) <= error


@pytest.mark.statistical
def test_kan_02_a_backlog_that_splits_takes_18_weeks_at_the_median_and_23_at_85_percent():
    """50 to 58 stories, each worth 1 to 2 items, 3 to 6 done a week, counted in whole weeks: mean 18.534 by
    enumeration. Source: T. Magennis (2021), Forecasting Using Data Training, exercise 2."""
    stories = f"empirical({' '.join(map(str, range(50, 59)))})"
    weeks = np.ceil(simulated(agile(stories, throughput="empirical(3 4 5 6)", split="uniform(0% 100%)"), WEEK))
    exact = whole_weeks()
    assert_mean(weeks, exact @ np.arange(exact.size))
    assert exact @ np.arange(exact.size) == pytest.approx(18.534, abs=0.01)
    for p, value in ((0.5, 18), (0.85, 23), (0.95, 25)):
        assert_quantile(weeks, p, value)
    assert np.datetime64("2017-07-01") + 7 * np.quantile(weeks, 0.85, method="inverted_cdf").astype(
        int
    ) == np.datetime64("2017-12-09")


def whole_weeks():
    """Return the exact probabilities of 0, 1, 2 ... weeks of KAN-02, by enumeration."""
    share = (np.arange(20_000) + 0.5) / 20_000
    backlog = np.concatenate([np.ceil(stories * (1 + share)) for stories in range(50, 59)])
    left, out = np.bincount(backlog.astype(int)) / backlog.size, [0.0]
    while left[1:].sum() > 1e-12:
        out.append(sum(left[1 : done + 1].sum() for done in (3, 4, 5, 6)) / 4)
        left = np.append(0.0, sum(np.append(left[done + 1 :], np.zeros(done)) for done in (3, 4, 5, 6)) / 4)
    return np.array(out)


@pytest.mark.statistical
def test_a_board_of_two_places_that_gets_more_while_it_works_takes_what_its_markov_chain_says():
    """Ten items, 0.3 more a day, two exponential stages of a day, two items in both: solved as a chain that ends."""
    states = {}
    for todo in range(81):
        for first in range(3):
            for second in range(3 - first):
                if todo == 0 or first + second == 2:
                    states[todo, first, second] = len(states)
    stays, days = np.zeros((len(states), len(states))), np.zeros(len(states))
    for (todo, first, second), row in states.items():
        rate = 0.3 + (first > 0) + (second > 0)
        if first + second == 0:
            continue
        days[row] = 1 / rate
        more = (todo, first + 1, second) if first + second < 2 else (min(todo + 1, 80), first, second)
        stays[row, states[more]] += 0.3 / rate
        if first:
            stays[row, states[todo, first - 1, second + 1]] += 1 / rate
        if second:
            stays[row, states[max(todo - 1, 0), first + (todo > 0), second - 1]] += 1 / rate
    expected = np.linalg.solve(np.eye(len(states)) - stays, days)[states[8, 2, 0]]
    found = simulated(agile(10, stages=[stage("a"), stage("b")], wip=2, arrivals="0.3/d"), iterations=20_000)
    assert_mean(found, expected, own_error=3e-3)


@pytest.mark.statistical
def test_weeks_in_which_an_item_is_done_or_not_are_negative_binomial():
    """Six items, one a week with 60%: P(weeks = 6 + k) = C(5 + k, k) 0.6^6 0.4^k."""
    weeks = np.rint(simulated(agile(6, throughput="discrete(0:40% 1:60%)"), WEEK, iterations=20_000))
    for k in range(8):
        chance = comb(5 + k, k) * 0.6**6 * 0.4**k
        assert abs(np.mean(weeks == 6 + k) - chance) <= Z * sqrt(chance * (1 - chance) / weeks.size)
