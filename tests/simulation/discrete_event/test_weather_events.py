"""Weather and calendar risks in the discrete-event engine: the days of the other engine, whatever happens."""

from datetime import datetime
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_agreement import agreed, both

import riskmc as rm
from behaving_programs import STRIKE, add_weather, behaving
from hunting import assert_same_trials
from published import assert_mean, assert_variance
from random_programs import programs, programs_in_progress
from riskmc.errors import RiskmcError
from riskmc.network.settings import Settings
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.stretching import stretched

NO_FEBRUARY = {"feb": {"lost": "100%"}}
FICKLE = {"jan-dec": {"lost": "30%", "persistence": "60%"}}


def program(weather, activities, start="2027-01-04", **more):
    """A site that works round the clock, and a crew of one."""
    return rm.Program(**{
        "program": "Site", "start": start, "calendar": "site",
        "calendars": {
            "site": {"based_on": "24h", "weather": weather},
            "hours": {"based_on": "site", "week": {"mon-fri": "08:00-12:00 13:00-17:00", "sat-sun": "off"}},
        },
        "resources": {"crew": {"capacity": 1}}, "projects": {"p": {"activities": activities}},
    } | more)  # fmt: skip


def finishes(found, **options):
    """The instants at which the program finishes, all different ones."""
    minutes = rm.simulate(found, 64, engine="discrete-event", **options).finish_minutes
    return {datetime.fromtimestamp(60 * int(minute), tz=None) for minute in minutes}


def told_alike(found, iterations=32):
    """Whether both implementations tell the same of a program."""
    one = stretched(found, Settings(engine="discrete-event"), lambda network: compare_events(network, 1, iterations))
    return one.first is None and one.agree == one.iterations and one.events > 0


# ---- closed forms; the bounds of the random one: a false alarm in a million (4.9 standard errors)


@pytest.mark.parametrize(("weather", "mean", "sd"), [({"persistence": 0.6}, 30.333333, 5.990734), ({}, 30.0, sqrt(15))])
def test_twenty_good_days_take_as_long_as_the_chain_says(weather, mean, sd):
    """T14: good to bad 0.2, bad to good 0.4, stationary start; and independent days of the same share."""
    found = program({"jan-dec": {"lost": 1 / 3, **weather}}, {"a": {"duration": "20d"}})
    minutes = rm.simulate(found, 10_000, engine="discrete-event").finish_minutes
    days = minutes / 1440 - (datetime(2027, 1, 4) - datetime(1970, 1, 1)).days
    assert_mean(days, mean)
    assert_variance(days, sd**2)


@pytest.mark.parametrize(
    ("start", "first", "finish"),
    [
        ("2027-01-04", "20d", datetime(2027, 3, 13)),  # from 24 January: 8 d before February, which is lost, 12 d after
        ("2027-01-04", "28d", datetime(2027, 3, 21)),  # from 1 February: all 20 d in March
        ("2027-01-20", "5d", datetime(2027, 3, 14)),  # 7 d and 13 d; without the wait 12 d and 8 d
    ],
)
def test_work_that_waits_for_a_unit_meets_the_weather_of_the_days_on_which_it_is_done(start, first, finish):
    work = {"a": {"duration": first, "uses": {"crew": 1}, "priority": 1}, "b": {"duration": "20d", "uses": {"crew": 1}}}
    found = program(NO_FEBRUARY, work, start)
    assert finishes(found) == {finish}
    assert told_alike(found)


def test_exposure_at_work_passes_on_good_days_and_a_pause_on_all():
    # 25 January + 5 d of work: paused for 10 d, until 9 February; the other 15 d are done in March
    risk = {"arrivals": {"every": "5d", "at_most": 1}, "impacts": [{"on": "p.a", "pause": "10d"}]}
    found = program(NO_FEBRUARY, {"a": {"duration": "20d"}}, "2027-01-25", risks={"r": risk})
    assert finishes(found) == {datetime(2027, 3, 16)}
    # 12 d of work are over on 6 March; if bad days counted, there would be four arrivals
    risk = {"arrivals": {"every": "12d"}, "impacts": [{"on": "p.a", "duration": "+ 1d"}]}
    found = program(NO_FEBRUARY, {"a": {"duration": "20d"}}, "2027-01-25", risks={"r": risk})
    assert finishes(found) == {datetime(2027, 3, 15)}
    assert told_alike(found)


# ---- the other engine as an oracle


def test_work_cut_by_the_hours_of_its_pool_loses_the_days_that_work_in_these_hours_loses():
    cut = program(
        FICKLE, {"a": {"duration": "90h", "uses": {"crew": 1}}},
        resources={"crew": {"capacity": 1, "calendar": "standard"}},
    )  # fmt: skip
    alone = program(FICKLE, {"a": {"duration": "90h", "calendar": "hours"}})
    found = rm.simulate(cut, 600, engine="discrete-event").finish_minutes
    assert np.array_equal(found, rm.simulate(alone, 600, engine="monte-carlo").finish_minutes)
    assert np.unique(found).size > 5
    assert told_alike(cut)


@st.composite
def losing(draw):
    """A random program without behaviours, on whose calendars days are lost."""
    words = draw(st.one_of(programs(), programs_in_progress()))
    add_weather(draw, words)
    words["calendar"] = draw(st.sampled_from(("six", "six", words["calendar"])))
    return words


@settings(max_examples=12)
@given(losing())
def test_both_engines_lose_the_same_minutes_and_give_the_same_cents_and_chains(words):
    try:
        found = rm.Program(**words)
        static = rm.simulate(found, 256, engine="monte-carlo", statistics=True)
    except RiskmcError:
        assume(False)
    assert_same_trials(static, rm.simulate(found, 256, engine="discrete-event", statistics=True))


def test_a_calendar_risk_takes_the_same_stretch_in_both_engines():
    found = program(
        FICKLE, {"a": {"duration": "60d"}, "b": {"duration": "9d", "calendar": "hours"}},
        risks={"strike": STRIKE | {"impacts": [{"calendars": ["site"], "lost": "uniform(2d 9d)"}]}},
    )  # fmt: skip
    static, events = both(found)
    assert_same_trials(static, events)
    assert not np.array_equal(events.finish_minutes, rm.simulate(found, 256, ignore=["calendar-risks"]).finish_minutes)


# ---- the two implementations


@settings(max_examples=12)
@given(behaving(("weather", "pools", "gates", "approvals", "arrivals")))
def test_both_implementations_tell_the_same_of_queues_and_rework_in_bad_weather(words):
    assume("weather" in words["calendars"]["six"])
    agreed(words)


# ---- the plan


def test_the_levelled_plan_loses_no_time():
    work = {name: {"duration": "20d", "uses": {"crew": 1}} for name in "ab"}
    work["late"] = {"duration": "1d", "calendar": "24h", "as_late_as_possible": True}
    work["c"] = {"duration": "5d", "after": ["a", "late"]}
    wet, dry = (rm.simulate(program(w, work), 64, constraints="as-planned") for w in (FICKLE, None))
    assert vars(wet.plan) == vars(dry.plan)
    assert (wet.finish_minutes >= dry.finish_minutes).all()
    assert (wet.finish_minutes > dry.finish_minutes).any()
