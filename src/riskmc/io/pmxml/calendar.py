"""Calendar elements of Primavera P6 XML -> working hours: the standard week, holidays and other exceptions.

P6 writes the last minute that is worked as the ``Finish`` of a shift, 11:59:00 for noon. Files of other tools that
write noon itself are told by their finishes: all of them on multiples of five minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from xml.etree.ElementTree import Element

from riskmc.io.findings import Findings, instant
from riskmc.io.xer.calendar import DAY, FIRST_SERIAL, LAST_SERIAL, Shifts, WorkingHours, in_order
from riskmc.io.xml_source import text_of

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST_DAY = FIRST_SERIAL + timedelta(days=LAST_SERIAL)
LAST_MINUTE = DAY - 1

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?Z?")


class Calendars:
    """The calendars of a file: ``place`` is the number of the Calendar element, by which its hours are asked for."""

    def __init__(self, elements: Iterable[tuple[str, Element]], findings: Findings):
        self._elements = dict(elements)
        self._findings = findings

    def hours(self, place: str) -> WorkingHours | None:
        """Return the week and the exceptions of a calendar; None where it says nothing of any day of the week."""
        week: dict[str, Shifts] = {}
        for element in self._elements[place].iter("StandardWorkHours"):
            name = text_of(element, "DayOfWeek").lower()
            if name in WEEK:
                week[name[:3]] = self._shifts(element, place)
            else:
                self._fault(place, "StandardWorkHours DayOfWeek", f"expected Monday to Sunday, found {name[:60]!r}")
        exceptions = {
            day: self._shifts(element, place)
            for element in self._elements[place].iter("HolidayOrException")
            if (day := self._day(text_of(element, "Date"), place))
        }
        return WorkingHours(week, exceptions) if week else None

    def _shifts(self, day: Element, place: str) -> Shifts:
        return in_order(
            (start, finish if finish > start else finish + DAY)
            for start, finish in self._times(day, place)
            if start is not None and finish is not None
        )

    def _times(self, day: Element, place: str) -> Iterator[tuple[int | None, int | None]]:
        """Yield start and finish of every shift in minutes of the day; an empty one is a day off."""
        for shift in day.iter("WorkTime"):
            start, finish = text_of(shift, "Start"), text_of(shift, "Finish")
            if start or finish:
                yield self._minute(start, place), self._finish(self._minute(finish, place))

    def _finish(self, minute: int | None) -> int | None:
        """Return the end of the shift whose ``Finish`` is given: the minute after it, as P6 writes the last one."""
        if minute is None or minute % DAY == 0:
            return minute
        return minute + 1 if minute == LAST_MINUTE or self._inclusive else minute

    @cached_property
    def _inclusive(self) -> bool:
        """Whether the finishes of the file are last minutes worked."""
        texts = {text_of(shift, "Finish") for element in self._elements.values() for shift in element.iter("WorkTime")}
        return any(minute % 5 for text in texts if (minute := _clock(text)) not in (None, LAST_MINUTE))

    def _minute(self, text: str, place: str) -> int | None:
        minute = _clock(text)
        if minute is None:
            self._fault(place, "WorkTime", f"expected a time like 08:00:00, found {text!r}")
        return minute

    def _day(self, text: str, place: str) -> date | None:
        """Return the date of an exception; None where it lies outside 1899 to 2200, as no plan reaches there."""
        try:
            day = instant(text).date()
        except ValueError:
            self._fault(place, "HolidayOrException Date", f"expected a date like 2027-12-24T00:00:00, found {text!r}")
            return None
        return day if FIRST_SERIAL < day < LAST_DAY else None

    def _fault(self, place: str, element: str, message: str) -> None:
        name = text_of(self._elements[place], "Name") or text_of(self._elements[place], "ObjectId")
        self._findings.fault(place, f"CALENDAR {name} {element}", message)


def _clock(text: str) -> int | None:
    """Return 08:00:00 in whole minutes of the day; None where it is no time of a day."""
    match = _CLOCK.fullmatch(text.rpartition("T")[2])
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    return hour * 60 + minute + (int(match[3] or 0) >= 30) if hour <= 24 and minute < 60 else None
