"""Small plans written by hand in P6's own format (tests/data/xer), read once, and short words to look into them."""

from datetime import datetime
from functools import cache
from pathlib import Path

from riskmc.io import xer

DATA = Path(__file__).parent / "data" / "xer"


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
