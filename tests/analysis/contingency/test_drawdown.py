"""Drawdown: what is still needed from date to date: all of it at the start, nothing when all is done."""

from datetime import datetime
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from published import Z
from riskmc.analysis.contingency.requirement import contingency
from riskmc.errors import ArgumentError
from riskmc.reports.answers.contingency import tell_contingency

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"
N = 20_000


def program(activities, **sections):
    words = {"calendar": "24h", "start": "2027-01-01", **sections}
    return rm.Program(program="Case", projects={"p": {"activities": activities}}, **words)


@pytest.fixture(scope="module")
def ferry():
    return contingency(rm.simulate(FERRY, 500))


def test_it_starts_at_the_full_requirement_and_ends_at_zero(ferry):
    steps = ferry.drawdown().steps
    assert steps[0].date == datetime(2027, 1, 11)
    assert steps[0].needed == ferry.needed()
    assert steps[-1].needed.finish_days == (0, 0, 0)
    assert steps[-1].needed.cost == (0, 0, 0)
    assert steps[-2].needed.finish_days.value > 0


def test_dates_are_the_beginnings_of_months_quarters_or_years(ferry):
    for by, months in (("month", range(1, 13)), ("quarter", (1, 4, 7, 10)), ("year", (1,))):
        dates = [step.date for step in ferry.drawdown(by).steps[1:]]
        assert {(date.day, date.hour) for date in dates} == {(1, 0)}
        assert {date.month for date in dates} == set(months)
        assert dates == sorted(set(dates))


@pytest.mark.statistical
def test_what_is_needed_half_way_is_the_p80_of_what_is_left():
    """Two activities of uniform(60d 140d), planned at 90d each: after the first, 0.8 x 80d - 30d = 34d is needed.

    On 1 April the first has just ended; on 1 May and 1 June 60 and 29 of the second's 90 days are left: 2/3 of 34d,
    and 29/90 of it.
    """
    size = {"plan": "90d", "range": "uniform(60d 140d)"}
    trials = rm.simulate(program({"a": {"duration": size}, "b": {"duration": size, "after": ["a"]}}), N)
    steps = {step.date: step.needed for step in contingency(trials, 0.80).drawdown("month").steps}
    error = 80 * Z * sqrt(0.8 * 0.2 / N)
    for month, share in ((4, 1), (5, 60 / 90), (6, 29 / 90)):
        assert abs(steps[datetime(2027, month, 1)].finish_days.value - 34 * share) <= error
    both = (
        80 * (2 - sqrt(0.4)) - 60
    )  # the P80 of two uniform numbers is 2 - sqrt(0.4), where their density is sqrt(0.4)
    assert abs(steps[datetime(2027, 1, 1)].finish_days.value - both) <= error / sqrt(0.4)


def test_it_begins_at_the_data_date_where_there_is_one():
    work = {"a": {"duration": {"plan": "90d", "range": "uniform(60d 140d)"}, "progress": {"started": "2027-01-01"}}}
    found = contingency(rm.simulate(program(work, data_date="2027-02-10"), 200))
    dates = [step.date for step in found.drawdown("month").steps]
    assert dates[:2] == [datetime(2027, 2, 10), datetime(2027, 3, 1)]


def test_released_is_what_is_needed_less_than_before_and_adds_up_to_all_of_it(ferry):
    table = ferry.drawdown().to_frame()
    assert np.isclose(table["released_days"].sum(), ferry.needed().finish_days.value)
    assert np.isclose(table["released_EUR"].sum(), ferry.needed().cost.value)
    assert table["released_days"].iloc[0] == 0


def test_the_repr_says_from_where_to_where(ferry):
    assert "to nothing by 1 Apr 2029, 10 dates by the quarter" in repr(ferry.drawdown())


def test_a_period_that_is_none_and_too_many_dates_are_refused(ferry):
    with pytest.raises(ArgumentError, match="by: one of month, quarter, year, got 'week'"):
        ferry.drawdown("week")
    long = rm.simulate(program({"a": {"duration": {"plan": "36y", "range": "uniform(36y 40y)"}}}), 50)
    with pytest.raises(ArgumentError, match="choose a longer period"):
        contingency(long).drawdown("month")
    assert len(contingency(long).drawdown("year")) < 40


def test_progress_is_told_to_whoever_watches(ferry):
    heard = []
    ferry.drawdown("year", progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (heard[-1][1],) * 2
    assert heard == sorted(heard)


@pytest.fixture(scope="module")
def growing():
    """Work that grows by 2% a month never ends from some size on: here in a quarter of the iterations."""
    work = {"dig": {"duration": "100d"}, "code": {"duration": "uniform(10mo 22mo)", "after": ["dig"]}}
    creep = {"on": "p.code", "growth": "2%/mo"}
    return contingency(rm.simulate(program(work, calendar="standard", scope={"creep": creep}), 128), 0.8)


def test_dates_at_which_iterations_never_end_are_told_as_what_is_needed_at_least(growing):
    steps = growing.drawdown().steps
    ends = [step.needed.endless for step in steps]
    assert ends[0]
    assert not ends[-1]
    assert ends == sorted(ends, reverse=True)
    for step in steps:
        assert (step.needed.finish.year > 2100) == step.needed.endless
        assert 0 <= step.needed.working_days <= 3 + 5 / 7 * step.needed.finish_days.value


def test_the_answer_says_that_no_less_is_needed_where_iterations_never_end(growing):
    told = " ".join(tell_contingency(growing, growing.drawdown()).split())
    count = sum(step.needed.endless for step in growing.drawdown().steps)
    assert "P80 falls on iterations that do not end: no less than that is needed." in told
    assert f"On {count} dates P80 falls on iterations that do not end: no less than is told is needed then." in told


def test_a_percentile_below_the_iterations_that_never_end_is_told_without_a_word_of_them(growing):
    certain = contingency(growing.trials, 0.5)
    assert not any(step.needed.endless for step in certain.drawdown().steps)
    assert "falls on iterations" not in tell_contingency(certain, certain.drawdown())
