"""The oracle of the critical path method itself, on closed forms and on what its words mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive_network import Activity, Link, rest, schedule, start_of

CLOCK = [(0, 100_000)]
DAY = 1440


def office(days=range(5), weeks=20):
    """Working days 08:00-12:00 and 13:00-17:00 as open intervals; day 0 is a Monday."""
    return [
        (midnight + start, midnight + end)
        for day in range(7 * weeks)
        if day % 7 in days
        for midnight in [day * DAY]
        for start, end in [(480, 720), (780, 1020)]
    ]


OFFICE = office()


def at(week, day, clock="00:00"):
    hours, minutes = clock.split(":")
    weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(day)
    return (week * 7 + weekday) * DAY + int(hours) * 60 + int(minutes)


MONDAY = at(4, "mon")  # the data date of the small cases: the axis starts four weeks before


def activity(name, days=1.0, calendar=OFFICE, **fields):
    fields = {"floor": MONDAY} | fields
    return Activity(name, calendar, round(days * (480 if calendar is not CLOCK else DAY)), **fields)


# ---- the four links, lags and calendars


@pytest.mark.parametrize(
    "kind, lag, start, finish",
    [
        ("FS", 0, at(4, "wed", "08:00"), at(4, "thu", "17:00")),
        ("FS", 480, at(4, "thu", "08:00"), at(4, "fri", "17:00")),
        ("FS", -480, at(4, "tue", "08:00"), at(4, "wed", "17:00")),
        ("SS", 480, at(4, "tue", "08:00"), at(4, "wed", "17:00")),
        ("FF", 480, at(4, "tue", "08:00"), at(4, "wed", "17:00")),
        ("SF", 1440, at(4, "tue", "08:00"), at(4, "wed", "17:00")),
        ("SF", 0, at(4, "mon", "08:00"), at(4, "tue", "17:00")),  # held by the data date
    ],
)
def test_links_of_two_two_day_activities_from_monday(kind, lag, start, finish):
    dates = schedule([activity("a", 2), activity("b", 2)], [Link("a", "b", kind, lag, OFFICE)])
    assert (dates.start["a"], dates.finish["a"]) == (at(4, "mon", "08:00"), at(4, "tue", "17:00"))
    assert (dates.start["b"], dates.finish["b"]) == (start, finish)
    assert dates.tight == [kind != "SF" or lag > 0]


@pytest.mark.parametrize(
    "lag, calendar, start",
    [
        (480, OFFICE, at(5, "tue", "08:00")),  # Friday 17:00 + a working day = Monday 17:00
        (2 * DAY, CLOCK, at(5, "mon", "08:00")),  # + two days of the clock = Sunday 17:00
        (3 * DAY, CLOCK, at(5, "tue", "08:00")),
        (-480, OFFICE, at(4, "fri", "08:00")),
        (-DAY, CLOCK, at(4, "fri", "08:00")),  # - one day of the clock = Thursday 17:00
    ],
)
def test_a_lag_runs_on_its_calendar(lag, calendar, start):
    dates = schedule([activity("a", 5), activity("b", 1)], [Link("a", "b", "FS", lag, calendar)])
    assert dates.start["b"] == start


def test_a_finish_driven_into_a_weekend_rests_at_the_next_start_of_work():
    """P4: a clock activity ends on Saturday noon; the office activity that may not finish before ends Monday 08:00."""
    dates = schedule([activity("a", 5.5, CLOCK), activity("b", 1)], [Link("a", "b", "FF")])
    assert dates.finish["a"] == at(4, "sat", "12:00")
    assert dates.finish["b"] == dates.program_finish == at(5, "mon", "08:00")
    assert dates.start["b"] == at(4, "fri", "08:00")
    assert dates.critical == {"a", "b"}
    assert dates.total_float["b"] == 0
    assert dates.total_float["a"] == at(5, "mon", "08:00") - at(4, "sat", "12:00")  # until b's finish would move


def test_a_finish_driven_into_the_middle_of_work_stays_there():
    dates = schedule([activity("a", 1.5, CLOCK), activity("b", 1)], [Link("a", "b", "FF")])
    assert dates.finish["a"] == dates.finish["b"] == at(4, "tue", "12:00")


def test_a_finish_driven_by_a_constraint_is_moved_back_to_the_end_of_work():
    """P6."""
    dates = schedule([activity("b", 1, finish_floor=at(4, "sat", "12:00"))], [])
    assert (dates.start["b"], dates.finish["b"]) == (at(4, "fri", "08:00"), at(4, "fri", "17:00"))


@pytest.mark.parametrize(
    "milestone, finish",
    [("finish", at(4, "fri", "17:00")), ("start", at(5, "mon", "08:00")), (None, at(4, "fri", "17:00"))],
)
def test_milestones_rest_at_the_end_or_at_the_start_of_work(milestone, finish):
    """P5, and what lasts nothing without being a milestone finishes as a finish milestone does."""
    dates = schedule([activity("a", 5), activity("m", 0, milestone=milestone)], [Link("a", "m")])
    assert dates.finish["m"] == finish
    assert dates.start["m"] == at(5, "mon", "08:00")
    assert dates.critical == {"a", "m"}


def test_a_finish_milestone_driven_into_a_weekend_rests_on_monday():
    dates = schedule([activity("a", 5.5, CLOCK), activity("m", 0, milestone="finish")], [Link("a", "m")])
    assert dates.finish["m"] == at(5, "mon", "08:00")


def test_nothing_finishes_before_the_data_date():
    """N4: a finish milestone on a Sunday's data date waits for Monday's work, it does not rest on Friday."""
    dates = schedule([activity("m", 0, milestone="finish", floor=at(4, "sun"))], [])
    assert dates.finish["m"] == at(5, "mon", "08:00")


def test_a_start_milestone_may_keep_the_raw_data_date():
    """P1."""
    dates = schedule([activity("m", 0, milestone="start", keeps_floor=True), activity("c", 1, CLOCK)], [Link("m", "c")])
    assert dates.finish["m"] == dates.start["c"] == MONDAY


# ---- constraints


def test_no_earlier_than_is_a_floor_and_ends_the_chain():
    dates = schedule([activity("a", 2), activity("b", 1, start_floor=at(4, "fri"))], [Link("a", "b")])
    assert dates.start["b"] == at(4, "fri", "08:00")
    assert dates.critical == {"b"}
    assert dates.total_float == {"a": 960, "b": 0}


def test_mandatory_dates_override_logic():
    chain = [Link("a", "b")]
    by_start = schedule([activity("a", 5), activity("b", 2, fixed_start=at(4, "wed"))], chain)
    assert (by_start.start["b"], by_start.finish["b"]) == (at(4, "wed", "08:00"), at(4, "thu", "17:00"))
    by_finish = schedule([activity("a", 5), activity("b", 2, fixed_finish=at(4, "sat"))], chain)
    assert (by_finish.start["b"], by_finish.finish["b"]) == (at(4, "thu", "08:00"), at(4, "fri", "17:00"))
    assert by_finish.total_float["a"] == -960


def test_no_later_than_moves_late_dates_only():
    capped = schedule([activity("a", 5), activity("b", 2, late_start_cap=at(4, "fri"))], [Link("a", "b")])
    assert capped.start["b"] == at(5, "mon", "08:00")
    assert capped.total_float == {"a": -480, "b": -480}


def test_as_late_as_possible_takes_the_free_float_and_no_more():
    """P7: b may move until c starts; a, before it, keeps its early dates; d without successor goes to the finish."""
    activities = [
        activity("a", 1), activity("b", 1, as_late_as_possible=True), activity("long", 4), activity("c", 1),
        activity("d", 1, as_late_as_possible=True),
    ]  # fmt: skip
    dates = schedule(activities, [Link("a", "b"), Link("b", "c"), Link("long", "c")])
    assert dates.start["b"] == at(4, "thu", "08:00")
    assert dates.start["a"] == at(4, "mon", "08:00")
    assert dates.finish["d"] == dates.program_finish == at(4, "fri", "17:00")
    assert dates.free_float["b"] == dates.free_float["d"] == 0


def test_what_does_not_exist_takes_no_time_but_passes_its_links_on():
    """N7: its lag applies, its constraint does not, and it is not counted critical."""
    gone = activity("b", 5, exists=False, start_floor=at(6, "mon"))
    dates = schedule([activity("a", 1), gone, activity("c", 1)], [Link("a", "b", "FS", 480, OFFICE), Link("b", "c")])
    assert dates.finish["b"] == at(4, "tue", "17:00")
    assert dates.start["c"] == at(4, "wed", "08:00")
    assert dates.critical == {"a", "c"}


# ---- level of effort


def test_level_of_effort_spans_its_work_and_drives_nothing():
    """P12, N5: from the least start driver to the greatest finish driver."""
    activities = [activity("a", 2), activity("b", 3), activity("c", 1), activity("office", 0, level_of_effort=True)]
    links = [
        Link("a", "b"), Link("a", "office", "SS"), Link("b", "office", "SS"), Link("a", "office", "FF"),
        Link("b", "office", "FF"), Link("office", "c", "FS"),
    ]  # fmt: skip
    dates = schedule(activities, links)
    assert (dates.start["office"], dates.finish["office"]) == (at(4, "mon", "08:00"), at(4, "fri", "17:00"))
    assert dates.start["c"] == at(4, "mon", "08:00")
    assert dates.critical == {"a", "b"}
    assert "office" not in dates.total_float


# ---- driving chains


def test_all_driving_chains_count_when_they_tie():
    dates = schedule([activity(n, 2) for n in "abc"], [Link("a", "c"), Link("b", "c")])
    assert dates.critical == {"a", "b", "c"}


def test_an_activity_may_be_reached_at_its_start_alone():
    """Its duration does not matter then: a drives b by its start, whatever it lasts."""
    dates = schedule([activity("a", 1), activity("b", 5)], [Link("a", "b", "SS", 480, OFFICE)])
    assert dates.reached == {("b", "finish"), ("a", "start")}
    assert dates.total_float == {"a": 0, "b": 0}


def test_what_drives_a_finish_drives_the_start_that_hangs_on_it():
    """a holds b's finish, so b's start waits for it, and c's with it."""
    links = [Link("a", "b", "FF"), Link("b", "c", "SS")]
    dates = schedule([activity("a", 4), activity("b", 1), activity("c", 3)], links)
    assert dates.start["b"] == dates.start["c"] == at(4, "thu", "08:00")
    assert dates.reached == {("c", "finish"), ("b", "start"), ("a", "finish")}
    assert dates.critical == {"a", "b", "c"}


def test_only_what_may_set_the_finish_does():
    early = [activity("a", 2), activity("late", 4, sets_finish=False)]
    dates = schedule(early, [])
    assert dates.program_finish == at(4, "tue", "17:00")
    assert dates.critical == {"a"}
    assert dates.total_float["late"] == -960


def test_calendars_make_float_and_driving_chains_differ():
    """A clock activity ends Saturday noon; the office work after it starts Monday: driven, though it has float."""
    dates = schedule([activity("a", 5.5, CLOCK), activity("b", 1)], [Link("a", "b")])
    assert dates.critical == {"a", "b"}
    assert dates.total_float["a"] == at(5, "mon", "08:00") - at(4, "sat", "12:00")


def test_a_cycle_is_refused():
    with pytest.raises(ValueError, match="a cycle among a, b"):
        schedule([activity("a"), activity("b"), activity("c")], [Link("a", "b"), Link("b", "a")])


def test_a_finish_rests_where_it_should():
    assert rest(OFFICE, at(4, "fri", "17:00")) == at(4, "fri", "17:00")
    assert rest(OFFICE, at(4, "fri", "17:01")) == at(5, "mon", "08:00")
    assert rest(OFFICE, at(4, "fri", "12:30")) == at(4, "fri", "13:00")
    assert rest(OFFICE, at(4, "fri", "16:59")) == at(4, "fri", "16:59")


# ---- late dates by definition

NIGHTS = [(day * DAY + 1320, day * DAY + 1800) for day in range(140) if day % 7 < 6]


@st.composite
def networks(draw):
    """Up to five activities of at least a minute on three calendars, links without leads, starts without SF."""
    calendars = st.sampled_from([OFFICE, NIGHTS, CLOCK])
    durations = st.sampled_from([1, 240, 480, 700, 1440, 2000])
    names = "abcde"[: draw(st.integers(1, 5))]
    activities = [Activity(name, draw(calendars), draw(durations), floor=MONDAY) for name in names]
    links = []
    for succ in range(1, len(names)):
        for pred in draw(st.lists(st.integers(0, succ - 1), max_size=2)):
            kind, lag = draw(st.sampled_from(["FS", "SS", "FF"])), draw(st.sampled_from([0, 0, 60, 480, 1000]))
            links.append(Link(names[pred], names[succ], kind, lag, draw(calendars)))
    return activities, links


@settings(deadline=None, max_examples=200)
@given(networks())
def test_the_program_bears_every_delay_up_to_total_float_and_none_beyond(network):
    """What late dates mean: start an activity at its late start, or a working minute later, and schedule again.

    A finish that drives a finish may not end in the rest after the successor's late finish, as P6 has it, though some
    programs could bear that: with FF, the delay beyond is not tried.
    """
    activities, links = network
    tried = 1 if any(link.type == "FF" for link in links) else 2
    dates = schedule(activities, links)
    assert min(dates.total_float.values()) >= 0
    for delayed in activities:
        late = dates.start_index[delayed.name] + dates.total_float[delayed.name]
        assert dates.late_start[delayed.name] == start_of(delayed.calendar, late)
        for index, moves in [(late, False), (late + 1, True)][:tried]:
            delayed.start_floor = start_of(delayed.calendar, index)
            again = schedule(activities, links, late=False)
            assert (again.program_finish > dates.program_finish) == moves
        delayed.start_floor = None


@settings(deadline=None, max_examples=100)
@given(networks())
def test_shortening_what_is_not_on_a_driving_chain_changes_nothing(network):
    """N6: only activities reached at their finish have a duration that can matter."""
    activities, links = network
    dates = schedule(activities, links, late=False)
    for spare in activities:
        if spare.name not in dates.critical:
            whole, spare.duration = spare.duration, 1
            assert schedule(activities, links, late=False).program_finish == dates.program_finish
            spare.duration = whole
