"""Plans in P6's own format: small ones of our own (tests/data/xer), real ones beside the project, what they store."""

from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from riskmc.io.findings import instant
from riskmc.io.xer import reader as xer
from riskmc.io.xer.tables import tables

DATA = Path(__file__).parent / "data" / "xer"
REAL = Path(__file__).parents[1] / ".." / "shared" / "data" / "xer"
EARLY = ("early_start_date", "early_end_date")
LATE = ("late_start_date", "late_end_date")
REAL_PLANS = pytest.mark.parametrize(
    "name, activities", [("airport", 66), ("week2", 198), ("level-of-effort", 52), ("hotel", 4217)]
)


@cache
def plan(name: str):
    """Return (program, notes) of a plan by name."""
    return xer.read_with_notes(DATA / f"{name}.xer")


def activities(name: str, project: str):
    """Return the activities of one project of a plan, by code."""
    return plan(name)[0].projects[project].activities


def hours(quantity) -> float:
    return quantity.value * {"h": 1, "min": 1 / 60}[quantity.unit]


def link(activity, number=0):
    found = activity.after[number]
    return found.activity, found.type, hours(found.lag.value) if found.lag else 0


def at(moment) -> datetime:
    assert not moment.bare
    return moment.at


def real(name: str) -> Path:
    file = REAL / f"{name}.xer"
    if not file.exists():
        pytest.skip(f"the real plan {name}.xer is not beside the project (../shared/data/xer)")
    return file


def stored(file: Path, start: str, finish: str) -> dict:
    """Return (start, finish, total float in minutes) as the file has them, by project and code."""
    found = tables(file.read_bytes(), file.name)[1]
    projects = {proj_id: name for _, proj_id, name in found["PROJECT"].select("proj_id", "proj_short_name")}
    columns = ("proj_id", "task_code", start, finish, "total_float_hr_cnt")
    return {
        f"{projects[proj_id]}.{code}": (*(instant(at) if at else None for at in dates), round(float(hours or 0) * 60))
        for _, proj_id, code, *dates, hours in found["TASK"].select(*columns)
    }


def stored_flags(file: Path) -> dict:
    """Return whether P6 flagged each activity as on the driving path, by project and code."""
    found = tables(file.read_bytes(), file.name)[1]
    projects = {proj_id: name for _, proj_id, name in found["PROJECT"].select("proj_id", "proj_short_name")}
    rows = found["TASK"].select("proj_id", "task_code", "driving_path_flag")
    return {f"{projects[proj_id]}.{code}": flag == "Y" for _, proj_id, code, flag in rows}
