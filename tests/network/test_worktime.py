"""Working time against minute bitmaps, round trips, known dates, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import naive_calendar
from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.worktime import (
    HorizonError,
    clock,
    compile_calendar,
    conversion,
    convert_finish,
    convert_start,
    latest_finish,
    latest_start,
)
from riskmc.program.calendar import Calendar, CalendarException
from riskmc.program.holiday import holiday_dates
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity

EPOCH = datetime(2027, 1, 4)  # a Monday
HORIZON = 24 * 1440
OFFICE = ((480, 720), (780, 1020))
WEEKDAYS = naive_calendar.DAYS[:5]


def program_with(**calendars):
    """Return what `compile_calendar` reads of a program: its calendars, here from the oracle's plain mappings."""
    return SimpleNamespace(calendars={name: noun(plain) for name, plain in calendars.items()})


def noun(plain):
    exceptions = tuple(
        CalendarException(first=first, last=last, shifts=tuple(shifts))
        for first, last, shifts in plain.get("exceptions", ())
    )
    week = {day: tuple(shifts) for day, shifts in plain.get("week", {}).items()}
    rest = {key: value for key, value in plain.items() if key not in ("exceptions", "week", "holiday_dates")}
    dates = tuple(plain.get("holiday_dates", ()))
    return Calendar(week=week, exceptions=exceptions, holiday_dates=dates, **rest)


def compiled(epoch=EPOCH, horizon=HORIZON, name="c", **calendars):
    return compile_calendar(program_with(**calendars), name, epoch, horizon)


def instant(moment, epoch=EPOCH):
    return int((datetime.fromisoformat(moment) - epoch).total_seconds() // 60)


@st.composite
def shift_sets(draw, at_least=0):
    """Up to three shifts of a day, on a coarse or a fine grid, perhaps across midnight or round the clock."""
    if draw(st.integers(0, 9)) == 0:
        return [(0, 1440)]
    grain = draw(st.sampled_from([60, 30, 7, 1]))
    shifts = []
    for _ in range(draw(st.integers(at_least, 3))):
        start = draw(st.integers(0, 1439 // grain)) * grain
        shifts.append((start, start + draw(st.integers(1, 900 // grain)) * grain))
    return sorted(shifts)


def days():
    return st.integers(-3, 30).map(lambda n: EPOCH.date() + timedelta(days=n))


@st.composite
def calendars(draw, base=None):
    """A calendar as the oracle wants it, with special days, holidays and perhaps a base."""
    names = draw(st.lists(st.sampled_from(naive_calendar.DAYS), unique=True, min_size=0 if base else 1))
    week = {day: draw(shift_sets()) for day in names}
    if not base:
        week[names[0]] = draw(shift_sets(at_least=1))
    exceptions = []
    for length in draw(st.lists(st.integers(0, 6), max_size=3, unique=True)):  # of one length they might contend
        first = draw(days())
        exceptions.append((first, first + timedelta(days=length), draw(shift_sets())))
    plain = {"week": week, "exceptions": exceptions, "holiday_dates": draw(st.lists(days(), max_size=3, unique=True))}
    return plain | ({"based_on": base} if base else {})


@st.composite
def families(draw):
    """Two calendars: the first stands alone, the second may be based on it."""
    root = draw(calendars())
    return {"a": root, "b": draw(calendars(base="a") if draw(st.booleans()) else calendars())}


def both(family, name, epoch):
    """Return the compiled calendar and the oracle's bitmap, or None where nothing is worked in time."""
    is_open = naive_calendar.bitmap(family, name, epoch, HORIZON)
    if not is_open.any():
        return None
    try:
        return compiled(epoch, name=name, **family), is_open
    except ProgramError:  # its week has no work: refused, tested below
        return None


epochs = st.integers(0, 6).map(lambda n: EPOCH + timedelta(days=n))


@settings(deadline=None, max_examples=150)
@given(families(), epochs)
def test_every_minute_of_a_calendar_agrees_with_the_bitmap(family, epoch):
    for name in family:
        if (pair := both(family, name, epoch)) is None:
            continue
        work, is_open = pair
        np.testing.assert_array_equal(work.is_open(np.arange(HORIZON)), is_open)
        np.testing.assert_array_equal(work.index(np.arange(HORIZON + 1)), naive_calendar.indices(is_open))
        assert work.limit == is_open.sum()
        np.testing.assert_array_equal(work.start_instant(np.arange(work.limit)), naive_calendar.starts(is_open))
        np.testing.assert_array_equal(work.finish_instant(np.arange(work.limit + 1)), naive_calendar.finishes(is_open))


@settings(deadline=None, max_examples=100)
@given(calendars(), epochs)
def test_a_start_and_the_finish_before_it_share_one_index(plain, epoch):
    if (pair := both({"c": plain}, "c", epoch)) is None:
        return
    work, k = pair[0], np.arange(pair[0].limit)
    np.testing.assert_array_equal(work.index(work.start_instant(k)), k)
    np.testing.assert_array_equal(work.index(work.finish_instant(k)), k)
    assert (work.opens[1:] > work.closes[:-1]).all()


@settings(deadline=None, max_examples=150)
@given(families(), epochs)
def test_conversions_agree_with_the_bitmaps_for_every_index(family, epoch):
    pairs = [both(family, name, epoch) for name in family]
    if None in pairs:
        return
    (a, open_a), (b, open_b) = pairs
    for (one, map_one), (other, map_other) in [((a, open_a), (b, open_b)), ((b, open_b), (a, open_a))]:
        table = conversion(one, other)
        index = np.array(naive_calendar.indices(map_other))
        assert table.table.dtype == np.int32
        np.testing.assert_array_equal(convert_start(table, np.arange(one.limit)), index[naive_calendar.starts(map_one)])
        np.testing.assert_array_equal(
            convert_finish(table, np.arange(one.limit + 1)), index[naive_calendar.finishes(map_one)]
        )


@settings(deadline=None, max_examples=100)
@given(families(), epochs)
def test_the_bounds_for_late_dates_are_the_largest_indices_allowed(family, epoch):
    """By definition: search all k for the largest whose conversion is at most m."""
    pairs = [both(family, name, epoch) for name in family]
    if None in pairs:
        return
    a, b = pairs[0][0], pairs[1][0]
    there, back = conversion(a, b), conversion(b, a)
    m = np.arange(b.limit)
    starts, finishes = convert_start(there, np.arange(a.limit)), convert_finish(there, np.arange(1, a.limit + 1))
    np.testing.assert_array_equal(latest_start(back, m), np.searchsorted(starts, m, side="right") - 1)
    np.testing.assert_array_equal(latest_finish(back, m), np.searchsorted(finishes, m, side="right"))


@settings(deadline=None, max_examples=50)
@given(families(), epochs)
def test_the_lowest_bit_of_a_finish_look_up_says_whether_it_ends_work_there_too(family, epoch):
    pairs = [both(family, name, epoch) for name in family]
    if None in pairs:
        return
    a, b = pairs[0][0], pairs[1][0]
    table, k = conversion(a, b), np.arange(1, a.limit + 1)
    ends_work = (table.table[(k - 1) // table.slot] & 1).astype(bool)
    rests = a.finish_instant(k)
    np.testing.assert_array_equal(ends_work, (rests > 0) & b.is_open(rests - 1))


def test_two_days_from_monday_finish_on_tuesday_at_five():
    office = compiled(name="standard")
    start = office.index(instant("2027-01-11T00:00"))
    finish = start + round(office.minutes(Quantity(2, "d")))
    assert office.start_instant(start) == instant("2027-01-11T08:00")
    assert office.finish_instant(finish) == instant("2027-01-12T17:00")
    assert office.start_instant(finish) == instant("2027-01-13T08:00")


def test_five_days_from_wednesday_noon_jump_the_weekend():
    office = compiled(name="standard")
    start = office.index(instant("2027-01-06T12:30"))  # during lunch: the next working minute is 13:00
    assert office.start_instant(start) == instant("2027-01-06T13:00")
    assert office.finish_instant(start + 5 * 480) == instant("2027-01-13T12:00")


def test_ten_working_days_over_christmas_skip_the_dutch_holidays():
    """20 to 24 December 2027 is a week of work; 25 and 26 fall in the weekend; 27 to 31 the second week."""
    plain = {
        "week": dict.fromkeys(WEEKDAYS, OFFICE),
        "holiday_dates": holiday_dates("NL", date(2027, 1, 1), date(2031, 1, 1)),
    }
    office = compiled(horizon=4 * 366 * 1440, c=plain)
    for first, last in [("2027-12-20T00:00", "2027-12-31T17:00"), ("2029-12-19T00:00", "2030-01-04T17:00")]:
        # 2029: 25 and 26 December are Tuesday and Wednesday, 1 January is a Tuesday
        assert office.finish_instant(office.index(instant(first)) + 10 * 480) == instant(last)


def test_a_holiday_does_not_cut_short_the_night_shift_that_began_before_it():
    night = {"week": dict.fromkeys(WEEKDAYS, ((1320, 1800),)), "holiday_dates": (date(2027, 1, 6),)}
    work = compiled(c=night)
    assert work.is_open(instant("2027-01-06T05:59"))
    assert not work.is_open(instant("2027-01-06T22:00"))
    assert not work.is_open(instant("2027-01-07T05:00"))
    assert work.is_open(instant("2027-01-07T22:00"))


def test_a_shift_that_began_before_the_epoch_reaches_into_it():
    work = compiled(epoch=datetime(2027, 1, 5), c={"week": {"mon": ((1320, 1800),)}})
    assert work.start_instant(0) == 0
    assert work.finish_instant(360) == 360


def test_touching_and_overlapping_shifts_become_one_interval():
    work = compiled(c={"week": dict.fromkeys(naive_calendar.DAYS, ((0, 720), (600, 1440)))})
    assert work.opens.tolist() == [0]
    assert work.closes.tolist() == [HORIZON]
    assert (work.day_minutes, work.week_minutes) == (1440, 10080)


def test_a_working_exception_opens_a_saturday_and_closes_nothing_else():
    saturday = date(2027, 1, 9)
    plain = {"week": dict.fromkeys(WEEKDAYS, OFFICE), "exceptions": [(saturday, saturday, ((480, 720),))]}
    assert compiled(c=plain).limit == compiled(name="standard").limit + 240


def test_a_calendar_based_on_another_takes_its_week_its_holidays_and_its_special_days():
    base = {
        "week": dict.fromkeys(WEEKDAYS, OFFICE),
        "holiday_dates": (date(2027, 1, 6), date(2027, 1, 7)),
        "exceptions": [(date(2027, 1, 8), date(2027, 1, 8), ())],
    }
    crew = {
        "based_on": "base",
        "week": {"mon": ()},
        "exceptions": [(date(2027, 1, 7), date(2027, 1, 7), ((480, 540),))],
    }
    work = compiled(name="crew", base=base, crew=crew)
    first_week = work.index(instant("2027-01-11T00:00"))
    assert first_week == 480 + 60  # Tuesday whole; Wednesday, Friday off by the base; Thursday one hour by its own
    assert not work.is_open(instant("2027-01-11T08:00"))


@pytest.mark.parametrize(
    "value, unit, minutes",
    [
        (90, "", 90),
        (90, "min", 90),
        (2, "h", 120),
        (1.5, "d", 720),
        (1, "w", 2400),
        (3, "mo", 3 * 2400 * 52 / 12),
        (1, "y", 2400 * 52),
        (90, "emin", 90),
        (1, "eh", 60),
        (1, "ed", 1440),
        (1, "ew", 10080),
        (1, "emo", 30 * 1440),
        (1, "ey", 365 * 1440),
        (-2, "d", -960),
    ],
)
def test_durations_count_by_the_calendar_and_elapsed_ones_by_the_clock(value, unit, minutes):
    assert compiled(name="standard").minutes(Quantity(value, unit)) == pytest.approx(minutes, rel=1e-15)


def test_a_share_is_no_duration():
    with pytest.raises(ArgumentError, match="units are"):
        compiled(name="standard").minutes(Quantity(0.35, "%"))


def test_the_length_of_a_day_is_the_weeks_hours_by_its_working_days_unless_given():
    week = {"mon": ((480, 1080),), "tue": ((480, 720),), "sat": ((1320, 1560),)}  # 10 + 4 + 4 hours
    work = compiled(c={"week": week})
    assert (work.day_minutes, work.week_minutes, work.month_minutes) == (360, 1080, 1080 * 52 / 12)
    given_day = compiled(c={"week": week, "hours_per_day": 8})
    assert (given_day.day_minutes, given_day.week_minutes) == (480, 1080)
    given_week = compiled(c={"week": week, "hours_per_week": 40, "hours_per_month": 160})
    assert (given_week.day_minutes, given_week.week_minutes, given_week.month_minutes) == (360, 2400, 9600)


def test_the_lengths_of_a_base_hold_for_a_calendar_that_keeps_its_week():
    base = {"week": dict.fromkeys(WEEKDAYS, OFFICE), "hours_per_day": 7.6}
    assert compiled(name="c", base=base, c={"based_on": "base"}).day_minutes == pytest.approx(456)
    assert compiled(name="c", base=base, c={"based_on": "base", "week": {"fri": ()}}).day_minutes == 480


def test_standard_and_24h_need_not_be_defined_and_24h_is_the_clock():
    assert compiled(name="standard").day_minutes == 480
    hours, true_clock = compiled(name="24h"), clock(HORIZON)
    for name in ("opens", "closes", "before"):
        np.testing.assert_array_equal(getattr(hours, name), getattr(true_clock, name))
    assert (hours.day_minutes, hours.week_minutes, hours.month_minutes) == (1440, 10080, 10080 * 52 / 12)
    assert (true_clock.day_minutes, true_clock.week_minutes) == (1440, 10080)


@pytest.mark.parametrize(
    "calendars, message",
    [
        ({"c": {"week": {"mon": ()}}}, r"calendars\.c\.week: no day of the week is worked"),
        ({"c": {"based_on": "d"}, "d": {"based_on": "c"}}, r"calendars\.c\.based_on: .* itself: c -> d -> c"),
        ({"c": {"based_on": "standart"}}, r"calendars\.c\.based_on: there is no calendar 'standart'; .*'standard'"),
        ({"night": {}}, "calendars: there is no calendar 'c'"),
        ({"c": {"week": {}, "hours_per_day": 8, "hours_per_week": 40}}, r"calendars\.c: no day of the week is worked"),
    ],
)
def test_a_calendar_that_cannot_be_worked_by_is_refused(calendars, message):
    with pytest.raises(ProgramError, match=message):
        compiled(**calendars)


def test_a_calendar_of_exception_days_alone_ends():
    days_off = {"exceptions": [(date(2027, 1, 9), date(2027, 1, 10), ((0, 1440),))]}
    work = compiled(c=days_off | {"hours_per_day": 12, "hours_per_week": 24})
    assert not work.endless
    assert work.limit == 2880
    assert compiled(name="standard").endless


@pytest.mark.parametrize("ask", ["start", "finish", "index", "early", "convert"])
def test_leaving_the_horizon_is_a_signal_to_extend_it(ask):
    office, hours = compiled(name="standard"), clock(HORIZON)
    asked = {
        "start": lambda: office.start_instant(office.limit),
        "finish": lambda: office.finish_instant([0, office.limit + 1]),
        "index": lambda: office.index(HORIZON + 1),
        "early": lambda: office.index(-1),
        "convert": lambda: convert_start(conversion(office, hours), office.limit),
    }
    with pytest.raises(HorizonError, match="outside 0 to"):
        asked[ask]()
    assert office.finish_instant(office.limit) <= HORIZON


def test_a_horizon_before_the_first_work_is_a_signal_too():
    with pytest.raises(HorizonError, match="after the horizon"):
        compiled(horizon=400, name="standard")


@pytest.mark.parametrize("epoch, horizon, told", [
    (datetime(2027, 1, 4, 8), HORIZON, "midnight"), (EPOCH, 0, "midnight"), (EPOCH, 2**29, "over 1,021 years"),
])  # fmt: skip
def test_an_axis_starts_at_midnight_and_fits_its_numbers(epoch, horizon, told):
    with pytest.raises(ArgumentError, match=told):
        compiled(epoch=epoch, horizon=horizon, name="standard")


def test_thirty_years_of_three_calendars_are_exact_at_their_far_end():
    plain = {
        "week": dict.fromkeys(WEEKDAYS, OFFICE),
        "holiday_dates": holiday_dates("NL", date(2027, 1, 1), date(2057, 1, 1)),
    }
    night = {"week": dict.fromkeys(naive_calendar.DAYS, ((1320, 1800),))}
    horizon = 30 * 365 * 1440
    work = {name: compiled(horizon=horizon, name=name, c=plain, night=night) for name in ("c", "night", "24h")}
    for a in work.values():
        for b in work.values():
            k = np.arange(a.limit - 5000, a.limit)
            np.testing.assert_array_equal(convert_start(conversion(a, b), k), b.index(a.start_instant(k)))
            np.testing.assert_array_equal(convert_finish(conversion(a, b), k + 1), b.index(a.finish_instant(k + 1)))


def test_a_calendar_as_a_file_writes_it_has_its_holidays_shutdown_and_saturday():
    """July and December 2027 of the harbour example: Dutch holidays, days off at the end of the year, one Saturday."""
    words = {
        "week": {"mon-fri": "08:00-12:00 13:00-17:00"},
        "holidays": "NL",
        "exceptions": {"2027-12-24..2027-12-31": "off", "2027-07-03": "08:00-12:00"},
    }
    program = Program(
        program="Harbour",
        start="2027-01-04",
        calendars={"site": words},
        projects={"design": {"activities": {"survey": {"duration": "15d", "calendar": "site"}}}},
    )
    work = compile_calendar(program, "site", EPOCH, 400 * 1440)
    assert work.is_open([instant("2027-07-03T08:00"), instant("2027-07-03T13:00")]).tolist() == [True, False]
    assert not work.is_open(instant("2027-04-27T09:00"))  # King's Day
    christmas = work.index(instant("2027-12-23T17:00"))
    assert work.start_instant(christmas) == instant("2028-01-03T08:00")


def test_the_slot_is_the_coarsest_that_is_exact():
    office, hours = compiled(name="standard"), clock(HORIZON)
    itself = conversion(office, office)
    assert (itself.table.tolist(), itself.slot) == ([1], office.limit)
    assert conversion(office, hours).slot == 240
    assert conversion(hours, office).slot == 60
