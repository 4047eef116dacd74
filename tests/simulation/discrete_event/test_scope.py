"""Scope growth: requests as arrivals, and compound growth against its closed form and a count of minutes."""

from math import e, exp

import numpy as np
import pytest
from hypothesis import assume, given, settings

import riskmc as rm
from arriving import DAY, SETTINGS, only, program, told
from behaving_programs import behaving
from published import assert_mean, assert_variance
from riskmc.errors import ProgramError, RiskmcError
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock
from riskmc.simulation.stretching import stretched

N = 50_000
MONDAY = np.datetime64("2027-01-04", "m").astype(np.int64)
MONTH = 43_680  # minutes of the 24-hour calendar: 52 weeks / 12


def minutes(one, iterations=256, **options):
    """Return the finish of every iteration in minutes from the start."""
    return rm.simulate(one, iterations, **options).finish_minutes - MONDAY


def growing(growth, duration="12mo", calendar="24h", **words):
    scope = {"creep": {"on": "code", "growth": growth, **words}}
    return program({"code": {"duration": duration}}, calendar=calendar, scope=scope)


# ---- compound growth


def test_compound_growth_ends_where_the_line_of_work_done_meets_the_curve():
    """120 items, 10 a month, 2% a month: 12 e^(0.02 t) = t at 16.788058 months."""
    found = minutes(growing("2%/mo"))
    assert (np.abs(found / MONTH - 16.788058) < 1.5 / MONTH + 1e-6).all()


def test_growth_just_below_the_limit_ends_and_above_it_is_refused_before_the_run():
    """The limit is 1 / (12 e) = 3.0657% a month."""
    assert 100 / (12 * e) == pytest.approx(3.0657, abs=5e-5)
    assert (minutes(growing("3.06%/mo")) / MONTH < 35).all()
    with pytest.raises(ProgramError, match=r"grows p\.code by 3\.1%/mo.* 12 months.*above 3\.0657%/mo it never"):
        minutes(growing("3.1%/mo"))


def test_growth_that_a_freeze_ends_is_not_refused():
    """Four months of growth at 10%, and then the work that there is."""
    found = minutes(growing("10%/mo", freeze="2027-05-01"))
    frozen = (np.datetime64("2027-05-01", "m").astype(np.int64) - MONDAY) / MONTH
    assert (np.abs(found - MONTH * 12 * exp(0.1 * frozen)) <= 1).all()


def test_both_implementations_stop_work_that_may_never_end_at_the_same_event():
    """Its hours end before the axis does: at their end no minute is worked, and nothing finishes there again."""
    one = growing("2%/mo", duration="uniform(16.4mo 20.4mo)", calendar="standard")
    agreement = stretched(one, SETTINGS, lambda network: compare_events(network, 1, 4))
    assert agreement.first is None
    assert rm.simulate(one, 4).censored > 0


def test_work_that_may_never_end_is_stopped_and_counted():
    """At 2% a month 18.4 months are the limit: about half of the iterations lie beyond."""
    trials = rm.simulate(growing("2%/mo", duration="uniform(16.4mo 20.4mo)"), 1024)
    assert 400 < trials.censored < 624
    assert any("did not end" in note for note in trials.notes)


def test_growth_goes_on_overnight_and_work_in_office_hours_alone():
    """Minute by minute: after each open minute, is as much done as there is by now?"""
    one = growing("5%/mo", duration="40d", calendar="standard")
    at = np.arange(200 * DAY)
    open_now = (at // DAY % 7 < 5) & np.isin(at % DAY // 60, [8, 9, 10, 11, 13, 14, 15, 16])
    begin = int(np.flatnonzero(open_now)[0])
    done = np.cumsum(open_now)
    whole = 40 * 480 * np.exp(0.05 / MONTH * (at + 1 - begin))
    expected = int(at[done >= whole][0]) + 1
    assert (np.abs(minutes(one) - expected) <= 1).all()


# ---- requests


def requests(spread=None, activities=None, **words):
    change = {"on": "p.*", "rate": "2.4266667/w", "size": "exponential(1d)"} | words
    change |= {} if spread is None else {"spread": spread}
    return program(activities or {"code": {"duration": "40d"}}, scope={"changes": change})


def test_requests_that_arrive_while_work_lasts_make_it_a_busy_period():
    """Rate 2.1 a week, one day each: mean 40 / (1 - 0.3), variance 40 x 0.3 x 2 / 0.7^3."""
    found = minutes(requests(rate="2.1/w"), N) / DAY
    assert_mean(found, 40 / 0.7)
    assert_variance(found, 40 * 0.3 * 2 / 0.7**3)


def test_an_approved_share_of_the_requests_adds_work():
    """Rate 2.1 a week for forty days, of which 70% are approved: 0.21 a day."""
    logs = told(requests(rate="2.1/w", approved="70%", size="1min"), 1024)
    counts = np.array([len(only(log, "GREW")) for log in logs], float)
    assert_mean(counts, 40 * 0.3 * 0.7, 0.01)
    assert_variance(counts, 40 * 0.3 * 0.7, 0.01)


def test_nothing_is_asked_for_from_the_freeze_on():
    last = (np.datetime64("2027-01-20", "m").astype(np.int64)) - MONDAY
    when = [minute for log in told(requests(rate="7/w", freeze="2027-01-20")) for minute, *_ in only(log, "GREW")]
    assert when
    assert max(when) < last
    assert max(when) > last - DAY  # false alarm: 256 iterations without a request in a day, e^-256


def test_a_late_change_costs_in_proportion_to_progress():
    """Each change against the progress at its minute: nothing stops the work, so what is done is the time so far."""
    for log in told(requests(rate="2.1/w", size="1d", late_factor="200%"), 64):
        whole = 40 * DAY
        for minute, _, _, grew in only(log, "GREW"):
            assert grew == int(np.floor(DAY * (1 + minute / whole) + 0.5))
            whole += grew


@pytest.mark.parametrize(("spread", "share"), [("each", (1, 1)), ("once", (1, 0)), ("split", (0.25, 0.75))])
def test_changes_are_shared_by_the_rules_of_impacts(spread, share):
    activities = {"a": {"duration": "10d"}, "b": {"duration": "30d"}}
    for log in told(requests(spread, activities, size="0.5d", rate="1/w"), 64):
        done = {entity for _, _, entity, _ in only(log, "FINISHED")}
        assert done == {0, 1}
        finished = {entity: minute for minute, _, entity, _ in only(log, "FINISHED")}
        for minute, *_ in only(log, "GREW"):
            added = {entity: value for when, _, entity, value in only(log, "WORK_ADDED") if when == minute}
            if minute < finished[0]:
                assert added == {a: round(720 * part) for a, part in enumerate(share) if part}
            elif minute < finished[1]:
                assert added == {1: 720}


def test_requests_without_a_share_rule_for_several_activities_are_refused():
    with pytest.raises(ProgramError, match=r"scope\.changes: adds to .* must say `spread"):
        minutes(requests(activities={"a": {"duration": "1d"}, "b": {"duration": "1d"}}))


# ---- one implementation against the other


@settings(max_examples=8)
@given(behaving(("arrivals", "scope")))
def test_simpy_and_the_kernel_tell_the_same_of_scope_event_by_event(words):
    try:
        agreement = stretched(rm.Program(**words), SETTINGS, lambda network: compare_events(network, 1, 32))
    except RiskmcError:
        assume(False)
    assert agreement.first is None


def test_both_implementations_tell_of_growth_and_of_requests_alike():
    scope = {
        "changes": {"on": "p.*", "rate": "5/w", "size": "exponential(4h)", "spread": "split", "late_factor": "150%"},
        "creep": {"on": "p.b", "growth": "9%/mo", "freeze": "2027-03-01"},
    }
    activities = {"a": {"duration": "uniform(5d 15d)"}, "b": {"duration": "uniform(20d 40d)", "after": ["a"]}}
    one = program(activities, calendar="standard", scope=scope)
    kernel, reference = told(one, 64), told(one, 64, kind=ReferenceBlock)
    assert kernel == reference
    assert {kind for log in kernel for _, kind, _, _ in log} >= {"GREW", "WORK_ADDED"}
