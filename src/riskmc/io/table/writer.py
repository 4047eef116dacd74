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

from riskmc.io.range_file import harmless
from riskmc.io.table.headings import CONSTRAINTS
from riskmc.io.xer.writer_cost import still_to_spend
from riskmc.io.xer.writer_tables import number_text, plain
from riskmc.io.xer.writer_task import minutes, planned_minutes, remaining_minutes
from riskmc.program.activity import Activity, Constraint
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates

COLUMNS = (
    "ID", "Name", "Duration", "Predecessors", "WBS", "Milestone", "Start", "Finish", "Late Start", "Late Finish",
    "Constraint Type", "Constraint Date", "Deadline", "Actual Start", "Actual Finish", "Remaining Duration",
    "Minimum Duration", "Most Likely Duration", "Maximum Duration", "Cost", "Actual Cost", "GUID",
)  # fmt: skip
_PLAIN_CODE = re.compile(r"[A-Za-z_][\w.]*\d")
_NO_DATES = StoredDates()
_NAMES = {word: name.title() for name, word in reversed([*CONSTRAINTS.items()])}


def file_text(program: Program, dates: Mapping[str, StoredDates]) -> str:
    """Return the text of a table of a plan whose durations, lags and remaining work are hours or minutes."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    named = ids(program)
    for path, activity in program.activities().items():
        table.writerow(_row(program, path, activity, named, dates.get(path, _NO_DATES)))
    return out.getvalue()


def ids(program: Program) -> dict[str, str]:
    """Return what each activity is called: its code, where all codes are plain and different; else its row's number."""
    every = program.activities()
    codes = {path: path.removeprefix(f"{program.project_of(path)}.") for path in every}
    fit = len({*codes.values()}) == len(codes) and all(_PLAIN_CODE.fullmatch(code) for code in codes.values())
    return codes if fit else {path: str(number) for number, path in enumerate(every, start=1)}


def _row(program: Program, path: str, activity: Activity, named: Mapping[str, str], known: StoredDates) -> list[str]:
    day = (program.calendars[activity.calendar or program.calendar].hours_per_day or 8.0) * 60
    kind, date = _constraint(activity)
    progress, home = activity.progress, program.project_of(path)
    found = activity.duration.range if activity.duration is not None else None
    points = {name: minutes(quantity) for name, quantity in found.parameters} if found is not None else {}
    started = progress is not None and progress.finished is None
    spent = progress.actual_cost if progress is not None else None
    cost = still_to_spend(activity) + _with_time(activity, day)
    return [
        named[path],
        harmless(plain(activity.name or "")),
        "" if activity.milestone else _days(planned_minutes(activity), day),
        ", ".join(_link(program, link, home, named, day) for link in activity.after),
        harmless(plain(activity.wbs or "")),
        "Yes" if activity.milestone else "No",
        *map(_date, (known.early_start, known.early_finish, known.late_start, known.late_finish)),
        kind,
        _date(date),
        _date(activity.deadline or activity.finish_no_later_than),
        _date(progress.started if progress is not None else None),
        _date(progress.finished if progress is not None else None),
        _days(remaining_minutes(activity), day) if started else "",
        *(_days(points[name], day) if name in points else "" for name in ("low", "mode", "high")),
        number_text(round(cost, 2)) if cost else "",
        number_text(round(spent.value, 2)) if spent is not None else "",
        activity.guid or "",
    ]


def _with_time(activity: Activity, day: float) -> float:
    per_day = activity.cost.per_day if activity.cost is not None else None
    return 0.0 if per_day is None else per_day.value * remaining_minutes(activity) / day


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
        said = getattr(activity, word)
        if said is not None:
            return _NAMES[word], said.date if isinstance(said, Constraint) else said
    return "", None


def _days(length: float, day: float) -> str:
    return f"{number_text(round(length / day, 6))}d"


def _date(at: datetime | Moment | None) -> str:
    found = at.at if isinstance(at, Moment) else at
    return "" if found is None else f"{found:%Y-%m-%d %H:%M}"
