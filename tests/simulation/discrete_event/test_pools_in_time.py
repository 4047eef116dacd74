"""Pools in time: staffing plans, turnover, ramp-up and outages against closed forms."""

from math import exp

import numpy as np
import pytest

import riskmc as rm
from pooled import ORIGIN, days, durations, pooled

SURE = 4.9  # standard errors: false-alarm rate 1e-6


def work(duration, pool, **more):
    """Return one activity that uses one of the crew."""
    return pooled({"a": {"duration": duration, "uses": {"crew": 1}, **more}}, {"crew": pool})


def near(sample, mean, sd=None):
    """Return whether mean, and standard deviation, lie within the sampling error of a sample."""
    error = SURE * sample.std() / np.sqrt(sample.size)
    fourth = ((sample - sample.mean()) ** 4).mean() / sample.var() ** 2
    spread = SURE * sample.std() * np.sqrt((fourth - 1) / (4 * sample.size))
    return abs(sample.mean() - mean) < error and (sd is None or abs(sample.std() - sd) < spread)


def test_a_pool_has_its_capacity_from_the_day_of_the_staffing_plan_on():
    later = {"capacity": 0, "staffing": {"2027-01-14": 1}}
    assert days(work("5d", later)) == {"a": (10, 15)}


def test_what_runs_goes_on_when_the_plan_takes_its_unit_away_and_new_work_waits():
    fewer = {"capacity": 1, "staffing": {"2027-01-06": 0, "2027-01-20": 1}}
    activities = {name: {"duration": "5d", "uses": {"crew": 1}} for name in ("a", "b")}
    assert days(pooled(activities, {"crew": fewer})) == {"a": (0, 5), "b": (16, 21)}


@pytest.mark.parametrize(("steps", "error"), [(1, 2.53), (3, 0.2), (6, 0.03), (12, 0.02), (30, 0.01), (100, 0.01)])
def test_ramp_up_in_steps_comes_as_near_to_the_exponential_curve_as_the_guide_says(steps, error):
    """60 person-days from 40% output with a time constant of 30 days: 76.599168 days in the limit of many steps."""
    crew = {
        "capacity": 0,
        "staffing": {"2027-01-04": 1},
        "ramp_up": {"start": "40%", "over": "30d", "steps": steps},
    }
    assert days(work("60d", crew))["a"][1] == pytest.approx(76.599168, abs=error)


def test_a_pool_works_at_the_mean_output_of_its_people():
    crew = {"capacity": 1, "staffing": {"2027-01-09": 2}, "ramp_up": {"start": "40%", "over": "10d", "steps": 1}}
    new = 1 - 0.6 * (1 - exp(-3)) / 3  # the mean of the curve over its one step of 30 days
    rate = (1 + round(new, 3)) / 2
    assert days(work("10d", crew))["a"][1] == pytest.approx(5 + 5 / rate, abs=0.02)


def test_after_turnover_the_next_work_waits_for_the_vacancy_to_end():
    """Alternating renewal: the place is vacant on day t with chance a / (a + b) (1 - exp(-(a + b) t)) (Cox 1962)."""
    crew = {"capacity": 1, "turnover": {"leaves": "exponential(30d)", "vacancy": "exponential(10d)"}}
    activities = {
        "before": {"duration": "50d"},
        "a": {"duration": "1d", "uses": {"crew": 1}, "after": ["before"]},
    }
    vacant = (1 / 30) / (1 / 30 + 1 / 10) * (1 - exp(-(1 / 30 + 1 / 10) * 50))
    assert near(durations(pooled(activities, {"crew": crew})), 51 + vacant * 10)


def test_who_leaves_finishes_what_runs_first():
    crew = {"capacity": 1, "turnover": {"leaves": "2d", "vacancy": "30d"}}
    activities = {"a": {"duration": "5d", "uses": {"crew": 1}}, "b": {"duration": "1d", "uses": {"crew": 1}}}
    assert days(pooled(activities, {"crew": crew})) == {"a": (0, 5), "b": (32, 33)}


@pytest.mark.parametrize("clock", ["working", "elapsed"])
def test_work_under_outages_that_stop_it_takes_as_long_as_gaver_says(clock):
    """Forty days of work, an outage every 20 days of it on average, each of 6 days: 52 days, sd 12 (Gaver 1962)."""
    crew = {"capacity": 1, "outages": {"after": "exponential(20d)", "lasts": "exponential(6d)", "clock": clock}}
    assert near(durations(work("40d", crew)), 52, 12)


def test_the_two_clocks_of_outages_differ_where_the_pool_rests():
    """After 30 idle days the working clock stands at 0; on the elapsed clock the 30 days wear too."""
    outages = {"after": "35d", "lasts": "7d"}
    activities = {
        "before": {"duration": "30d"},
        "a": {"duration": "10d", "uses": {"crew": 1}, "after": ["before"]},
    }
    taken = [
        durations(pooled(activities, {"crew": {"capacity": 1, "outages": {**outages, "clock": clock}}}), 1)[0]
        for clock in ("elapsed", "working")
    ]
    assert taken == [47, 40]


def test_an_outage_of_one_unit_stops_the_worst_priority_and_lets_it_go_on_when_a_unit_is_free():
    crew = {"capacity": 2, "outages": {"after": "2d", "lasts": "40d", "units": 1}}
    activities = {
        "first": {"duration": "10d", "uses": {"crew": 1}, "priority": 1},
        "second": {"duration": "10d", "uses": {"crew": 1}, "priority": 2},
    }
    assert durations(pooled(activities, {"crew": crew}), 1)[0] == 18  # eight days from the finish of the first on


def test_work_that_releases_gives_its_other_pools_back_during_an_outage():
    pools = {"crew": {"capacity": 1, "outages": {"after": "2d", "lasts": "10d"}}, "yard": {"capacity": 1}}
    other = {"duration": "3d", "uses": {"yard": 1}, "priority": 200}

    def finish(paused):
        a = {"duration": "5d", "uses": {"crew": 1, "yard": 1}, "while_paused": paused}
        activities = {"a": a, "other": other, "end": {"milestone": True, "after": ["other"]}}
        program = pooled(activities, pools)
        found = rm.simulate(program, 1, engine="discrete-event").milestone_finish["p.end"][0]
        return (found - ORIGIN) / 1440

    assert (finish("hold"), finish("release")) == (28, 5)  # outages from day 2 to 12 and from 14 to 24
