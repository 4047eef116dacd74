"""Weather and calendar risks in whole programs: closed forms, the days one by one, what they leave alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import sqrt

import numpy as np
import pytest

import riskmc as rm
from naive_draws import word
from riskmc.program.program import Program
from riskmc.simulation.cases import run_cases
from riskmc.simulation.engine import simulate_like

START = date(2027, 1, 4)
WINTER = {"nov-feb": {"lost": "25%", "persistence": "50%"}, "mar-apr": {"lost": "8%"}, "may": {"lost": "100%"}}
STRIKE = {
    "probability": "60%",
    "window": {"from": "2027-01-15", "to": "2027-03-15"},
    "impacts": [{"calendars": ["site"], "lost": "uniform(5d 20d)"}],
}


def program(weather=WINTER, **more):
    """Four activities on three calendars, two of them at the site, with links that hold starts and finishes."""
    words = {
        "program": "Site",
        "start": "2027-01-04",
        "calendar": "site",
        "calendars": {
            "site": {"based_on": "standard", "weather": weather},
            "six": {"based_on": "site", "week": {"sat": "08:00-12:00"}},
            "indoors": {"week": {"mon-fri": "08:00-16:00"}},
        },
        "projects": {"p": {"activities": {
            "a": {"duration": "pert(10d 20d 40d)", "cost": {"per_day": 1000}},
            "b": {"duration": "triangular(5d 10d 30d)", "calendar": "six", "after": ["a"], "cost": {"fixed": 5000}},
            "c": {"duration": "uniform(5d 20d)", "calendar": "indoors", "after": ["a SS+2d"], "cost": {"per_day": 500}},
            "d": {"duration": "10d", "after": ["b", "c FF+1d"], "cost": {"per_day": 700}},
            "m": {"milestone": True, "after": ["d"]},
        }}},
        "risks": {
            "r1": {"probability": "40%", "impacts": [{"on": "a", "duration": "+ uniform(5d 20d)"}]},
            "r2": {"probability": "30%", "impacts": [{"on": "b", "duration": "x uniform(110% 150%)"}]},
        },
    }  # fmt: skip
    return Program.model_validate(words | more)


def alone(weather, duration="20d", **more):
    """One activity that works round the clock at a site."""
    return program(
        weather,
        calendars={"site": {"based_on": "24h", "weather": weather}},
        projects={"p": {"activities": {"a": {"duration": duration}}}},
        **{"risks": {}} | more,
    )


def days(trials):
    """Days from the start to the finish of the program."""
    first = datetime.combine(START, datetime.min.time())
    return trials.finish_minutes / 1440 - (first - datetime(1970, 1, 1)).days


# ---- closed forms; bounds of one false alarm in a million (4.9 standard errors)


@pytest.mark.parametrize(
    ("weather", "mean", "sd"),
    [({"lost": 1 / 3, "persistence": 0.6}, 30.333333, 5.990734), ({"lost": 1 / 3}, 30.0, sqrt(15))],
)
def test_twenty_good_days_take_as_long_as_the_chain_says(weather, mean, sd):
    # good to bad 0.2, bad to good 0.4, stationary start; and independent days of the same share
    n = 40_000
    found = days(rm.simulate(alone({"jan-dec": weather}), n))
    assert abs(found.mean() - mean) < 4.9 * sd / sqrt(n)
    kurtosis = ((found - found.mean()) ** 4).mean() / found.var() ** 2
    assert abs(found.std(ddof=1) - sd) < 4.9 * sd * sqrt((kurtosis - 1) / (4 * n))


def test_a_strike_of_certain_length_moves_the_finish_by_that_where_it_strikes():
    strike = {
        "probability": "30%",
        "window": {"from": "2027-01-05", "to": "2027-01-10"},
        "impacts": [{"calendars": "site", "lost": "7d"}],
    }
    n = 10_000
    found = days(rm.simulate(alone({"jan-dec": {"lost": 0}}, risks={"strike": strike}), n))
    assert set(found) == {20.0, 27.0}
    assert abs((found == 27).mean() - 0.3) < 4.9 * sqrt(0.21 / n)


def test_a_strike_begins_at_any_moment_of_its_window_alike():
    # work of 1 d at the end of which the window is half over: it is struck in half of the iterations
    strike = {
        "probability": 1,
        "window": {"from": "2027-01-04", "to": "2027-01-05"},
        "impacts": [{"calendars": "site", "lost": "3d"}],
    }
    n = 10_000
    found = days(rm.simulate(alone({"jan-dec": {"lost": 0}}, "1d", risks={"strike": strike}), n))
    assert set(found) == {1.0, 4.0}
    assert abs((found == 4).mean() - 0.5) < 4.9 * sqrt(0.25 / n)


# ---- day by day


def is_bad(day, iteration, chances, before):
    """The weather of a day, drawn from its date, given that of the day before."""
    lost, persistence = chances(day)
    chance = persistence if before else lost * (1 - persistence) / (1 - lost) if lost < 1 else 1.0
    return word(1, "weather/site", iteration, day.toordinal()) < round(chance * 2**32)


def bad_days(iteration, chances, first, last):
    """The bad days from ``first`` to ``last``, the chain begun half a year before."""
    day, bad, found = first - timedelta(days=180), False, set()
    while day <= last:
        bad = is_bad(day, iteration, chances, bad)
        if bad and day >= first:
            found.add(day)
        day += timedelta(days=1)
    return found


def test_a_chain_of_work_finishes_on_the_day_that_counting_good_days_gives():
    def chances(day):
        if day.month in (11, 12, 1, 2):
            return 0.25, 0.5
        return {3: (0.08, 0.08), 4: (0.08, 0.08), 5: (1.0, 1.0)}.get(day.month, (0.0, 0.0))

    activities = {"a": {"duration": "15d"}, "b": {"duration": "7d", "after": ["a"]}, "c": {"duration": "30d"}}
    activities["c"]["after"] = ["b FS+3d"]  # a lag passes in all working days, bad ones too
    found = days(rm.simulate(program(projects={"p": {"activities": activities}}, risks={}), range(500, 530)))
    for place, iteration in enumerate(range(500, 530)):
        bad, day = bad_days(iteration, chances, START, date(2027, 12, 31)), START
        for work, waits in ((15, 0), (7, 3), (30, 0)):
            while work or waits:
                if day.weekday() < 5 and work:
                    work -= day not in bad
                elif day.weekday() < 5:
                    waits -= 1
                day += timedelta(days=1)
        assert round(found[place] * 24) == (day - START).days * 24 - 7  # the last day ends at 17:00


def test_work_goes_on_in_the_part_of_a_bad_day_that_the_weather_leaves():
    weather = {"nov-feb": {"lost": "25%", "persistence": "50%", "leaves": "40%"}, "mar-oct": {"lost": "60%"}}

    def chances(day):
        return (0.25, 0.5) if day.month in (11, 12, 1, 2) else (0.6, 0.6)

    found = days(rm.simulate(alone(weather, "60.3d"), range(30)))
    for iteration in range(30):
        bad, day, left = bad_days(iteration, chances, START, date(2028, 12, 31)), START, round(60.3 * 1440)
        while True:
            part = 1.0 if day not in bad else 0.4 if day.month in (11, 12, 1, 2) else 0.0
            if left <= part * 1440:
                break
            left, day = left - round(part * 1440), day + timedelta(days=1)
        assert round(found[iteration] * 1440) == (day - START).days * 1440 + left


def test_a_bad_day_is_over_for_all_hours_when_its_calendar_has_worked_its_part():
    # 480 minutes from 08:00 with an hour off at noon: 75% of them are over at 15:00, when the late crew has worked 1 h
    weather, late = {"jan-dec": {"lost": "100%", "leaves": "75%"}}, {"week": {"mon-fri": "14:00-17:00"}}
    calendars = {"site": {"week": {"mon-fri": "08:00-12:00 13:00-17:00"}, "weather": weather}, "late": late}
    crew = {"crew": {"capacity": 1, "calendar": "late"}}
    for work, finish in (({"duration": "12h"}, 1 + 15 / 24), ({"duration": "5h", "uses": {"crew": 1}}, 4 + 15 / 24)):
        found = program(calendars=calendars, projects={"p": {"activities": {"a": work}}}, resources=crew, risks={})
        assert set(days(rm.simulate(found, 300, engine="discrete-event"))) == {finish}


def test_weather_that_leaves_every_day_whole_changes_no_bit_and_more_left_is_never_later():
    none, some, more, all_ = (
        rm.simulate(program({"jan-dec": {"lost": "30%", "leaves": left}}), 1000).finish_minutes
        for left in (0, "20%", "70%", "100%")
    )
    assert np.array_equal(all_, rm.simulate(program(None), 1000).finish_minutes)
    assert (none >= some).all()
    assert (some >= more).all()
    assert (more >= all_).all()
    assert none.mean() > some.mean() > more.mean() > all_.mean()


# ---- what is left alone


def test_no_lost_day_changes_no_bit():
    dry = program({"jan-dec": {"lost": 0}})
    plain = dry.model_copy(
        update={"calendars": {n: c.model_copy(update={"weather": None}) for n, c in dry.calendars.items()}}
    )
    for one, other in ((dry, plain), (program(), None)):
        t = rm.simulate(one, 600)
        u = rm.simulate(other, 600) if other else rm.simulate(plain, 600)
        same = np.array_equal(t.finish_minutes, u.finish_minutes) and np.array_equal(t.cost_cents, u.cost_cents)
        assert same == (other is not None)


def test_ignoring_the_weather_is_having_none_and_is_said():
    ignored = rm.simulate(program(), 600, ignore=["weather"])
    assert np.array_equal(ignored.finish_minutes, rm.simulate(program(None), 600).finish_minutes)
    assert ignored.ignored == ("weather: calendars.site",)


def test_weather_never_brings_a_finish_forward_and_a_worse_month_neither():
    dry, wet = (rm.simulate(program(w), 1000).finish_minutes for w in (None, WINTER))
    wetter = rm.simulate(program(WINTER | {"mar-apr": {"lost": "30%"}}), 1000).finish_minutes
    assert (wet >= dry).all()
    assert (wet > dry).any()
    assert (wetter >= wet).all()
    assert (wetter > wet).any()


def test_longer_work_never_finishes_earlier():
    short = rm.simulate(program(), 1000).finish_minutes
    longer = program().model_dump(by_alias=True, exclude_none=True)["projects"]
    longer["p"]["activities"]["d"]["duration"] = "12d"
    long = rm.simulate(program(projects=longer), 1000).finish_minutes
    assert (long >= short).all()
    assert (long > short).any()


def test_any_threads_and_any_part_of_the_iterations_have_the_same_bits():
    found = program(risks={"strike": STRIKE})
    whole = rm.simulate(found, 1000, threads=1)
    part = rm.simulate(found, range(300, 900), threads=3)
    assert np.array_equal(part.finish_minutes, whole.finish_minutes[300:900])
    assert np.array_equal(part.cost_cents, whole.cost_cents[300:900])


def test_an_earlier_beginning_of_the_calendars_changes_no_weather():
    later = {"a": {"duration": "20d", "start_no_earlier_than": "2027-03-01"}}
    early = later | {"before": {"duration": "1d", "start_no_earlier_than": "2021-05-01"}}
    alone_, after = (
        rm.simulate(program(start=start, projects={"p": {"activities": each}}, risks={}), 600)
        for start, each in (("2027-01-04", later), ("2021-05-01", early))
    )
    assert np.array_equal(alone_.finish_minutes, after.finish_minutes)


def test_renaming_another_calendar_or_risk_changes_no_weather():
    words = program().model_dump(by_alias=True, exclude_none=True)
    words["calendars"]["seven"] = words["calendars"].pop("six")
    words["projects"]["p"]["activities"]["b"]["calendar"] = "seven"
    assert np.array_equal(
        rm.simulate(Program.model_validate(words), 600).finish_minutes, rm.simulate(program(), 600).finish_minutes
    )


# ---- the same iterations again


@pytest.mark.parametrize("without", [["strike"], ["strike", "r1"], []])
def test_cases_without_risks_are_what_simulating_without_them_gives(without):
    found = program(risks=program().model_dump(by_alias=True, exclude_none=True)["risks"] | {"strike": STRIKE})
    trials = rm.simulate(found, 700)
    cases = run_cases(trials, [frozenset(without), frozenset({"r2"})])
    kept = {n: r.model_copy(update={"status": "closed"} if n in without else {}) for n, r in found.risks.items()}
    alike = simulate_like(trials, found.model_copy(update={"risks": kept}))
    assert np.array_equal(cases.finish_minutes(0), alike.finish_minutes)
    assert np.array_equal(cases.cost_cents(0), alike.cost_cents)


def test_the_shares_of_the_variance_name_the_weather():
    trials = rm.simulate(program(), 4096)
    table = rm.variance_shares(trials).to_frame()
    assert any("eather" in str(cell) for cell in table.to_numpy().ravel().tolist() + table.index.tolist())


# ---- the plan


def test_the_plan_loses_nothing_and_its_days_held_for_weather_become_work():
    held = ["2027-01-11..2027-01-13", "2027-01-20"]
    activities = {"a": {"duration": "20d"}}
    calendars = {"site": {"based_on": "standard", "weather": WINTER, "weather_allowance": held}}
    base = program(projects={"p": {"activities": activities}}, risks={})
    found = rm.simulate(program(projects={"p": {"activities": activities}}, risks={}, calendars=calendars), 600)
    plain = rm.simulate(base, 600)
    assert found.plan.finish - plain.plan.finish == 4 * 1440 + 2 * 1440  # four working days more, over a weekend
    assert np.array_equal(found.finish_minutes, plain.finish_minutes)
    ignored = rm.simulate(found.program, 600, ignore=["weather"])
    assert set(ignored.finish_minutes) == {ignored.plan.finish}


def test_days_tagged_among_the_exceptions_of_a_plan_become_work_and_its_other_days_off_do_not():
    off = {"2027-01-11..2027-01-15": "off", "2027-01-25": "off"}
    calendars = {"site": {"based_on": "standard", "weather": {"jul": {"lost": "50%"}}, "exceptions": off}}
    calendars["site"]["weather_allowance"] = "2027-01-11..2027-01-15"
    activities = {"a": {"duration": "20d"}}
    found = rm.simulate(program(projects={"p": {"activities": activities}}, risks={}, calendars=calendars), 300)
    assert set(found.plan.finish - found.finish_minutes) == {7 * 1440}


# ---- refusals


def test_dates_that_constraints_pull_back_are_refused_where_work_loses_time():
    activities = {"a": {"duration": "5d", "mandatory_finish": "2027-03-01"}}
    found = program(projects={"p": {"activities": activities}}, risks={})
    rm.simulate(found, 300)
    with pytest.raises(rm.UnsupportedError, match="a loses time"):
        rm.simulate(found, 300, constraints="as-planned")


def test_a_window_that_is_over_is_refused():
    over = STRIKE | {"window": {"from": "2026-01-15", "to": "2026-03-15"}}
    with pytest.raises(rm.ProgramError, match="it is over"):
        rm.simulate(program(risks={"strike": over}), 300)
