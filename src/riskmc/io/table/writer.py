"""Program -> a bare table of activities (.csv), as planning tools and spreadsheets exchange it: one row an activity.

Durations and lags are in working days of each activity's calendar, links as Microsoft Project writes them (`12SS+5d`).
Text that a spreadsheet would take for a formula, a number or a date has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime

from riskmc.io.plan_text import number_text, one_line
from riskmc.io.planned_money import per_day, spent, still_to_spend
from riskmc.io.planned_work import (
    POINTS,
    constraint_date,
    day_minutes,
    minutes,
    planned_minutes,
    point_minutes,
    remaining_minutes,
)
from riskmc.io.range_file import harmless
from riskmc.io.table.headings import CONSTRAINTS
from riskmc.program.activity import Activity
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.stored import NO_DATES, StoredDates

COLUMNS = (
    "ID", "Name", "Duration", "Predecessors", "WBS", "Milestone", "Start", "Finish", "Late Start", "Late Finish",
    "Constraint Type", "Constraint Date", "Deadline", "Actual Start", "Actual Finish", "Remaining Duration",
    *POINTS.values(), "Cost", "Actual Cost", "GUID",
)  # fmt: skip
_PLAIN_CODE = re.compile(r"[A-Za-z_][\w.]*\d")
_NAMES = {word: name.title() for name, word in reversed([*CONSTRAINTS.items()])}


def file_text(program: Program, dates: Mapping[str, StoredDates]) -> str:
    """Return the text of a table of a plan whose durations, lags and remaining work are hours or minutes."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    named = ids(program)
    for path, activity in program.activities().items():
        table.writerow(_row(program, path, activity, named, dates.get(path, NO_DATES)))
    return out.getvalue()


def ids(program: Program) -> dict[str, str]:
    """Return what each activity is called: its code, where all codes are plain and different; else its row's number."""
    every = program.activities()
    codes = {path: path.removeprefix(f"{program.project_of(path)}.") for path in every}
    fit = len({*codes.values()}) == len(codes) and all(_PLAIN_CODE.fullmatch(code) for code in codes.values())
    return codes if fit else {path: str(number) for number, path in enumerate(every, start=1)}


def _row(program: Program, path: str, activity: Activity, named: Mapping[str, str], known: StoredDates) -> list[str]:
    day, left, planned = day_minutes(program, activity), remaining_minutes(activity), planned_minutes(activity)
    kind, date = _constraint(activity)
    progress, home = activity.progress, program.project_of(path)
    points, actual = point_minutes(activity), spent(activity)
    started = progress is not None and progress.finished is None
    cost = still_to_spend(activity) + per_day(activity) * left / day
    if started and 0 < left < planned:  # read, it is the cost of all the work, of which what remains is still to spend
        cost *= planned / left
    return [
        named[path],
        harmless(one_line(activity.name or "")),
        "" if activity.milestone else _days(planned, day),
        ", ".join(_link(program, link, home, named, day) for link in activity.after),
        harmless(one_line(activity.wbs or "")),
        "Yes" if activity.milestone else "No",
        *map(_date, (known.early_start, known.early_finish, known.late_start, known.late_finish)),
        kind,
        _date(date),
        _date(activity.deadline or activity.finish_no_later_than),
        _date(progress.started if progress is not None else None),
        _date(progress.finished if progress is not None else None),
        _days(left, day) if started else "",
        *(_days(points[name], day) if name in points else "" for name in POINTS),
        number_text(round(cost, 2)) if cost else "",
        number_text(round(actual, 2)) if actual is not None else "",
        activity.guid or "",
    ]


def _link(program: Program, link: Link, home: str, named: Mapping[str, str], day: float) -> str:
    before, lag = named[program.path(link.activity, home)], link.lag
    if lag is None:
        return before if link.type == "FS" else f"{before}{link.type}"
    elapsed = lag.value.unit.startswith("e")
    value = lag.value.value / 24 if elapsed else minutes(lag.value) / day
    sign = "+" if value >= 0 else "-"
    return f"{before}{link.type}{sign}{number_text(round(abs(value), 6))}{'ed' if elapsed else 'd'}"


def _constraint(activity: Activity) -> tuple[str, Moment | None]:
    """Return the first constraint that the table has a name for, the strictest first."""
    for word in (
        "mandatory_start", "mandatory_finish", "start_on", "finish_on", "start_no_earlier_than",
        "finish_no_earlier_than", "start_no_later_than",
    ):  # fmt: skip
        date = constraint_date(activity, word)
        if date is not None:
            return _NAMES[word], date
    return "", None


def _days(length: float, day: float) -> str:
    return f"{number_text(round(length / day, 6))}d"


def _date(at: datetime | Moment | None) -> str:
    found = at.at if isinstance(at, Moment) else at
    return "" if found is None else f"{found:%Y-%m-%d %H:%M}"
