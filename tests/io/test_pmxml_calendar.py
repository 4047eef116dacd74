"""Calendars of P6's XML: the standard week, holidays and exceptions, and the minute by which a shift ends."""

import pytest

from pmxml_plans import changed, read_text, text
from riskmc.io.pmxml import reader as pmxml
from riskmc.program.calendar import shifts_text

OFFICE = "08:00-12:00 13:00-17:00"


def office(program):
    return program.calendars["Office"]


def week(program) -> dict[str, str]:
    return {day: shifts_text(shifts) for day, shifts in office(program).week.items()}


def test_a_shift_ends_with_the_minute_after_its_last_one(tmp_path):
    assert week(read_text(tmp_path, text("plain")))["mon"] == OFFICE


def test_finishes_on_the_hour_are_the_end_where_all_of_the_file_are(tmp_path):
    """Some tools write the end itself: no finish of the file is a last minute."""
    exclusive = text("plain").replace("11:59:00", "12:00:00").replace("16:59:00", "17:00:00")
    assert week(read_text(tmp_path, exclusive))["mon"] == OFFICE


@pytest.mark.parametrize("start, finish", [("00:00:00", "23:59:00"), ("00:00:00", "00:00:00"), ("00:00", "24:00")])
def test_a_whole_day_is_24_hours(tmp_path, start, finish):
    whole = text("plain").replace("11:59:00", "12:00:00").replace("16:59:00", "17:00:00")
    old = "<Start>08:00:00</Start><Finish>12:00:00</Finish>"
    program = read_text(tmp_path, whole.replace(old, f"<Start>{start}</Start><Finish>{finish}</Finish>", 1))
    assert week(program)["mon"] == "24h"


def test_a_shift_over_midnight_ends_on_the_next_day(tmp_path):
    night = changed("<Finish>16:59:00</Finish>", "<Finish>05:59:00</Finish>")
    assert week(read_text(tmp_path, night))["mon"] == "08:00-12:00 13:00-06:00"


def test_midnight_is_the_end_of_the_day_also_where_finishes_are_last_minutes(tmp_path):
    late = changed("<Finish>16:59:00</Finish>", "<Finish>00:00:00</Finish>")
    assert week(read_text(tmp_path, late))["mon"] == "08:00-12:00 13:00-24:00"


def test_days_without_shifts_are_off(tmp_path):
    assert week(read_text(tmp_path, text("plain")))["sun"] == "off"


def test_exceptions_are_holidays_or_have_shifts_of_their_own(tmp_path):
    found = [(str(e.first), shifts_text(e.shifts)) for e in office(read_text(tmp_path, text("plain"))).exceptions]
    assert found == [("2027-01-01", "off"), ("2027-01-09", "08:00-12:00")]


def test_a_calendar_may_stand_inside_its_project(tmp_path):
    plain = text("plain")
    calendar = plain[plain.index("  <Calendar>") : plain.index("</Calendar>") + len("</Calendar>\n")]
    inside = plain.replace(calendar, "").replace("    <WBSObjectId>100</WBSObjectId>\n", calendar, 1)
    assert week(read_text(tmp_path, inside))["mon"] == OFFICE


def test_a_calendar_without_a_week_works_office_hours_and_says_so(tmp_path):
    plain = text("plain")
    without = plain[: plain.index("<StandardWorkWeek>")] + plain[plain.index("</StandardWorkWeek>") + 19 :]
    program = read_text(tmp_path, without)
    assert week(program)["mon"] == OFFICE
    assert any(note.startswith("calendars without a readable week") for note in program.notes)


def test_an_exception_outside_1899_to_2200_is_passed_over(tmp_path):
    far = changed("2027-01-01T00:00:00</Date>", "9999-01-01T00:00:00</Date>")
    assert [str(e.first) for e in office(read_text(tmp_path, far)).exceptions] == ["2027-01-09"]


def test_only_calendars_in_use_are_kept(tmp_path):
    extra = "<Calendar><ObjectId>9</ObjectId><Name>Unused</Name></Calendar>\n  <Calendar>"
    assert list(read_text(tmp_path, changed("<Calendar>", extra)).calendars) == ["Office"]


def test_the_hours_of_a_calendar_without_days_are_none():
    assert pmxml.Calendars([("1", pmxml.Element("Calendar"))], pmxml.Findings("x")).hours("1") is None
