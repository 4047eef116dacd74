"""Calendars -> CALENDAR rows of an XER file: the week and the special days in P6's own nest of brackets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from riskmc.io.plan_text import names, number_text
from riskmc.io.working_days import SUNDAY_FIRST, clock_text, crosses_midnight, layers, working_days
from riskmc.io.xer.calendar import FIRST_SERIAL
from riskmc.io.xer.writer_tables import TableText
from riskmc.program.calendar import Calendar, Shifts

_NAME = 255
_TEMPLATE = {
    "clndr_id": "", "default_flag": "N", "clndr_name": "", "proj_id": "", "base_clndr_id": "", "last_chng_date": "",
    "clndr_type": "CA_Base", "day_hr_cnt": "8", "week_hr_cnt": "40", "month_hr_cnt": "172", "year_hr_cnt": "2000",
    "rsrc_private": "N", "clndr_data": "",
}  # fmt: skip


def calendar_rows(calendars: Mapping[str, Calendar], default: str) -> tuple[TableText, dict[str, str]]:
    """Return the table of calendars, and the clndr_id of each by its identifier; ``default`` is P6's global default."""
    ids = {name: str(number) for number, name in enumerate(calendars, start=1)}
    titles = names(calendars, _NAME)
    table = TableText("CALENDAR", _TEMPLATE)
    for name, calendar in calendars.items():
        based_on = _base(calendars, calendar)
        chain = layers(calendars, name)
        own = working_days([_with_week(chain), calendar.model_copy(update={"week": {}})] if based_on else chain)
        table.add(
            clndr_id=ids[name],
            default_flag="Y" if name == default else "N",
            clndr_name=titles[name],
            base_clndr_id=ids[based_on] if based_on else "",
            **_lengths(calendar),
            clndr_data=_data(own.week, own.special),
        )
    return table, ids


def _base(calendars: Mapping[str, Calendar], calendar: Calendar) -> str | None:
    """Return the calendar from which P6 can inherit the special days: where no shift runs over midnight."""
    base = calendar.based_on
    if base is None or base not in calendars:
        return None
    chain = layers(calendars, base)
    plain = not crosses_midnight([*chain, calendar]) and not any(layer.holiday_dates for layer in chain)
    return base if plain else None


def _with_week(chain: list[Calendar]) -> Calendar:
    """Return a calendar that has only the week of a chain of them."""
    return Calendar.model_construct(week=dict(working_days(chain).week))


def _lengths(calendar: Calendar) -> dict[str, str]:
    """Return the hours of a day, a week, a month and a year; a calendar that does not say them has P6's usual ones."""
    told = {
        "day_hr_cnt": calendar.hours_per_day,
        "week_hr_cnt": calendar.hours_per_week,
        "month_hr_cnt": calendar.hours_per_month,
        "year_hr_cnt": calendar.hours_per_month and calendar.hours_per_month * 12,
    }
    return {column: number_text(hours) for column, hours in told.items() if hours}


def _data(week: Mapping[str, Shifts], special: Mapping[date, Shifts]) -> str:
    """Return the field ``clndr_data``: DaysOfWeek with days 1 (Sunday) to 7, and Exceptions by spreadsheet serials."""
    days = "".join(f"(0||{number}()({_shifts(week[day])}))" for number, day in enumerate(SUNDAY_FIRST, start=1))
    exceptions = "".join(_exceptions(special))
    return f"(0||CalendarData()((0||DaysOfWeek()({days}))(0||VIEW(ShowTotal|N)())(0||Exceptions()({exceptions}))))"


def _exceptions(special: Mapping[date, Shifts]) -> Iterator[str]:
    for number, (day, shifts) in enumerate(special.items()):
        yield f"(0||{number}(d|{(day - FIRST_SERIAL).days})({_shifts(shifts)}))"


def _shifts(shifts: Shifts) -> str:
    return "".join(f"(0||{number}(s|{clock_text(s.start)}|f|{clock_text(s.end)})())" for number, s in enumerate(shifts))
