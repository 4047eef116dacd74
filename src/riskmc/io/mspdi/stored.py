"""What Microsoft Project itself computed: early and late dates, total slack, levelling delay and the baseline."""

from __future__ import annotations

from datetime import datetime

from riskmc.io.findings import instant, number
from riskmc.io.mspdi.fields import Row, row
from riskmc.io.mspdi.outline import Item
from riskmc.program.activity import Activity
from riskmc.program.stored import StoredDates

TOOL = "Microsoft Project"
TENTHS = 10


def stored(item: Item, activity: Activity) -> StoredDates:
    """Return what is stored of a task; of a complete one the baseline alone, of a started one what remains.

    Work as late as possible is compared by its scheduled dates, which are late. A field that makes no sense counts as
    not stored: these dates change no number.
    """
    at, progress = item.row, activity.progress
    start, finish, planned_cost = _baseline(at)
    delay = (number(at["LevelingDelay"]) or 0.0) / TENTHS
    if progress is not None and progress.finished is not None:
        return StoredDates(delay=delay, baseline_start=start, baseline_finish=finish, planned_cost=planned_cost)
    late = activity.as_late_as_possible
    begun = progress is not None
    early_start = _date(at, "Start" if late else "EarlyStart")
    if progress is not None and progress.resumes is not None:
        early_start = progress.resumes.at
    slack = number(at["TotalSlack"]) if at["TotalSlack"].strip() else None
    return StoredDates(
        early_start=early_start,
        early_finish=_date(at, "Finish" if late else "EarlyFinish"),
        late_start=None if begun else _date(at, "LateStart"),
        late_finish=_date(at, "LateFinish"),
        total_float=None if slack is None else float(round(slack / TENTHS)),
        delay=delay,
        baseline_start=start,
        baseline_finish=finish,
        planned_cost=planned_cost,
    )


def _baseline(at: Row) -> tuple[datetime | None, datetime | None, float | None]:
    """Return start, finish and cost of baseline 0; the file counts hundredths of the currency."""
    for element in at.below("Baseline"):
        found = row(element, at.label)
        if found["Number"].strip() in ("", "0"):
            cents = number(found["Cost"]) if found["Cost"].strip() else None
            return _date(found, "Start"), _date(found, "Finish"), None if cents is None else cents / 100
    return None, None, None


def _date(at: Row, name: str) -> datetime | None:
    try:
        return instant(at[name]) if at[name] else None
    except ValueError:
        return None
