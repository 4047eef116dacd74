"""Plans in Microsoft Project XML: small ones written by a few words, real ones beside the project, and their dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from riskmc.io.mspdi import reader as mspdi
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.stored import stored_of

REAL = Path(__file__).parents[1] / ".." / "shared" / "data" / "mspdi"
NATIVE = {
    "software-development": 74,
    "task-links-2003": 16,
    "task-links-2007": 16,
    "task-links-2010": 16,
    "task-links-2016": 16,
    "relations": 5,
    "small-lags": 38,
    "legacy-split": 16,
    "levelled-tms201": 320,
}
TYPES = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
WEEK = dict.fromkeys(range(2, 7), "08:00-12:00 13:00-17:00")
MONDAY = "2027-01-04T08:00:00"  # the start of every plan here; 4 January 2027 is a Monday


def element(name: str, content: object) -> str:
    """Return an element: text, or a dict of elements, or a list of them."""
    if isinstance(content, list):
        return "".join(element(name, one) for one in content)
    inner = "".join(element(*pair) for pair in content.items()) if isinstance(content, dict) else escape(str(content))
    return f"<{name}>{inner}</{name}>"


def times(text: str) -> dict:
    """Return working times as the file has them."""
    pairs = [span.split("-") for span in text.split()]
    return {"WorkingTime": [{"FromTime": f"{a}:00", "ToTime": f"{b}:00"} for a, b in pairs]}


def day(number: int, text: str) -> dict:
    """Return a weekday, 1 for Sunday, with its working times; none is a day off."""
    worked = {"DayWorking": 1, "WorkingTimes": times(text)} if text else {"DayWorking": 0}
    return {"DayType": number, **worked}


def calendar(uid: int, name: str, week: dict | None = None, base: int = -1, **more) -> dict:
    """Return a calendar with working times by weekday; days that a base calendar does not name are off."""
    days = [day(number, (week or {}).get(number, "")) for number in range(1, 8) if base == -1 or number in (week or {})]
    return {"UID": uid, "Name": name, "IsBaseCalendar": int(base == -1), "BaseCalendarUID": base,
            "WeekDays": {"WeekDay": days}, **more}  # fmt: skip


def link(before: int, kind: str = "FS", hours: float = 0, form: int = 7, **more) -> dict:
    """Return a link; a lag in percent stands as it is."""
    lag = hours if form in (19, 20, 51, 52) else hours * 600
    return {"PredecessorUID": before, "Type": TYPES[kind], "LinkLag": f"{lag:g}", "LagFormat": form, **more}


def task(uid: int, hours: float = 8, *links: dict, level: int = 1, **more) -> dict:
    """Return a task of so many hours."""
    said = {"UID": uid, "ID": uid, "Name": f"Task {uid}", "OutlineLevel": level, "DurationFormat": 7, "CalendarUID": -1,
            "Duration": f"PT{int(hours)}H{round(hours % 1 * 60)}M0S", **more}  # fmt: skip
    return {**said, "PredecessorLink": list(links)} if links else said


STANDARD = calendar(1, "Standard", WEEK)


def xml(*tasks: dict, calendars=(STANDARD,), resources=(), assignments=(), fields=(), **project) -> str:
    """Return a plan as Microsoft Project writes it."""
    said = {"Name": "plan.xml", "Title": "Plan", "StartDate": MONDAY, "ScheduleFromStart": 1, "CalendarUID": 1,
            "MinutesPerDay": 480, "MinutesPerWeek": 2400, "DaysPerMonth": 20, "HonorConstraints": 1,
            "SplitsInProgressTasks": 1, **project,
            "ExtendedAttributes": {"ExtendedAttribute": list(fields)}, "Calendars": {"Calendar": list(calendars)},
            "Tasks": {"Task": list(tasks)}, "Resources": {"Resource": list(resources)},
            "Assignments": {"Assignment": list(assignments)}}  # fmt: skip
    inner = "".join(element(*pair) for pair in said.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">{inner}</Project>'


def read(folder: Path, *tasks: dict, **more):
    """Return the program of a plan written into a folder."""
    file = folder / "plan.xml"
    file.write_text(xml(*tasks, **more), encoding="utf-8")
    return mspdi.read(file)


def dates(program) -> dict[str, tuple[str, str]]:
    """Return start and finish of every activity as planned, ``01-04 08:00``, by UID."""
    network = compile_network(program, Settings(constraints="as-planned"))
    out = {}
    for one in network.tasks:
        ends = (network.plan.start[one.number], network.plan.finish[one.number])
        out[one.path.partition(".")[2]] = tuple(
            f"{network.axis.epoch + timedelta(minutes=int(at)):%m-%d %H:%M}" for at in ends
        )
    return out


def real(name: str) -> Path:
    """Return a real plan; a test that needs it skips, saying so, where it is absent."""
    file = REAL / f"{name}.xml"
    if not file.exists():
        pytest.skip(f"the real plan {name}.xml is not beside the project (../shared/data/mspdi)")
    return file


@cache
def compared(name: str) -> dict[str, tuple[list, int]]:
    """Return, by field, what differs from the stored dates in working minutes, and how many were compared."""
    program = mspdi.read(real(name))
    network = compile_network(program, Settings(constraints="as-planned"))
    found: dict[str, tuple[list, int]] = {}
    for one in network.tasks:
        kept = stored_of(program).dates[one.path]
        work, total_float = network.axis.calendars[one.calendar], int(network.plan.total_float[one.number])
        start, finish = (int(work.index(int(at[one.number]))) for at in (network.plan.start, network.plan.finish))
        wanted = {"early_start": start, "early_finish": finish, "late_start": start + total_float,
                  "late_finish": finish + total_float}  # fmt: skip
        pairs = [(field, getattr(kept, field), computed) for field, computed in wanted.items()]
        for field, at, computed in pairs:
            _count(found, field, one.path, at, computed, None if at is None else _index(network, work, at))
        _count(found, "total_float", one.path, kept.total_float, total_float, kept.total_float)
    return found


def _index(network, work, at: datetime) -> int:
    return int(work.index(network.axis.minute(at)))


def _count(found: dict, field: str, path: str, stored: object, computed: int, index: float | None) -> None:
    differing, number = found.get(field, ([], 0))
    if stored is not None and abs(index - computed) > 1:
        differing = [*differing, (path, stored, computed - index)]
    found[field] = differing, number + (stored is not None)
