"""Dates of a bare table: constraints, progress, the first day of work, and the dates that its tool had computed."""

from __future__ import annotations

from datetime import datetime

from riskmc.io.sheets.cell_source import CellSource
from riskmc.io.sheets.links import time_text
from riskmc.io.table.headings import CONSTRAINTS, constraint
from riskmc.io.table.rows import Item
from riskmc.program.moment import moment
from riskmc.program.plain_words import Place
from riskmc.program.stored import StoredDates

NO_DATE = "2000-01-03"  # a Monday: a day that nobody takes for the real one
_FREE = ("", "as soon as possible", "asap", "none", "na")
_LATE = ("as late as possible", "alap")


def constraints(item: Item, place: Place, found: CellSource) -> None:
    """Put the constraint of an activity, and its deadline where nothing else says when it must be done."""
    kind, at = constraint(item.texts.get("constraint", "")), item.dates.get("constraint_date")
    if kind in _LATE:
        found.put((*place, "as_late_as_possible"), "true", item.spot("constraint"))
    elif kind in CONSTRAINTS and at is not None:
        found.put((*place, CONSTRAINTS[kind]), at, item.spot("constraint_date"))
    elif kind in CONSTRAINTS:
        found.note("constraints without a date are left out", item.title)
    elif kind not in _FREE:
        allowed = ", ".join(CONSTRAINTS)
        found.fault(item.spot("constraint"), "constraint", f"unknown constraint {kind!r}; known: {allowed}")
    if "deadline" in item.dates and CONSTRAINTS.get(kind) != "finish_no_later_than":
        found.put((*place, "finish_no_later_than"), item.dates["deadline"], item.spot("deadline"))


def progress(item: Item, place: Place, found: CellSource) -> None:
    """Put what has happened: actual start and finish, and the duration that remains."""
    for role in ("started", "finished"):
        if role in item.dates:
            found.put((*place, "progress", role), item.dates[role], item.spot(role))
    if "started" in item.dates and "finished" not in item.dates and "remaining" in item.texts:
        text = item.texts["remaining"].replace(",", ".")
        found.put((*place, "progress", "remaining"), time_text(text), item.spot("remaining"))


def first_day(items: list[Item], found: CellSource) -> None:
    """Put the start of the program, and the status date where work has begun; keep starts that no link explains."""
    work = [item for item in items if not item.summary]
    starts = [date for item in items for name in ("start", "started") if (date := item.dates.get(name))]
    if not starts:
        starts = [NO_DATE]
        found.note(f"the table has no dates: its work begins on {NO_DATE}; a column Start says when it does")
    first = min(starts, key=lambda text: moment(text).at)
    source = next((item for item in items if first in (item.dates.get("start"), item.dates.get("started"))), work[0])
    found.put(("start",), first, source.spot("start", "started"))
    actual = [date for item in work for name in ("started", "finished") if (date := item.dates.get(name))]
    if actual:
        last = max(actual, key=lambda text: moment(text).at)
        found.note(f"the table has no status date: that of its last actual date is taken, {last}")
        found.put(("data_date",), last, source.spot("start"))
    for item in work:
        _keep(item, first, found)


def _keep(item: Item, first: str, found: CellSource) -> None:
    """Keep a start that no link explains as the earliest one, as planning tools do where somebody typed it."""
    start = item.dates.get("start")
    place: Place = ("projects", "plan", "activities", item.name)
    constrained = item.texts.get("constraint") or found.get((*place, "after")) or item.begun
    if start is None or constrained or moment(start).at.date() <= moment(first).at.date():
        return
    found.note("activities without predecessors begin no earlier than the table says", item.title)
    found.put((*place, "start_no_earlier_than"), start, item.spot("start"))


def stored(items: list[Item], found: CellSource) -> None:
    """Let the words know the dates that the planning tool had computed, of work to do, where they have times of day."""
    for item in items:
        early = _instant(item, "start"), _instant(item, "finish")
        late = _instant(item, "late_start"), _instant(item, "late_finish")
        if not item.summary and not item.begun and any((*early, *late)):
            found.dates[f"plan.{item.name}"] = StoredDates(*early, *late)


def _instant(item: Item, role: str) -> datetime | None:
    """Return a date with a time of day; None for a day alone, which is no instant."""
    text = item.dates.get(role, "")
    return moment(text).at if "T" in text else None
