"""Headings of a bare table of activities, as planning tools and people write them: ID, Task Name, Duration, Start.

Those of Microsoft Project in German, French and Spanish stand in `sheets.tongues`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

from riskmc.io.sheets import tongues
from riskmc.io.sheets.header import spelled
from riskmc.io.sheets.tongues import HEADINGS, by_spelling

ROLES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "activity id", "task id", "no", "nr", "number", "#", "code", "activity code", "key", "task no", "item",
    ),
    "guid": ("guid", "unique id", "uid", "task unique id"),
    "name": (
        "name", "task name", "task", "activity", "activity name", "activity description", "description", "title",
        "work package",
    ),
    "duration": (
        "duration", "original duration", "planned duration", "task duration", "dur", "days", "od", "plan",
        "at completion duration",
    ),
    "start": ("start", "start date", "planned start", "scheduled start", "begin", "early start"),
    "finish": ("finish", "finish date", "planned finish", "scheduled finish", "end", "end date", "early finish"),
    "late_start": ("late start",),
    "late_finish": ("late finish",),
    "total_float": ("total slack", "total float", "slack", "float"),
    "predecessors": (
        "predecessors", "predecessor", "predecessor details", "pred", "preds", "depends on", "after", "dependencies",
        "predecessor ids",
    ),
    "successors": ("successors", "successor", "successor details", "succ", "successor ids"),
    "guid_predecessors": ("unique id predecessors",),
    "low": ("low", "minimum", "optimistic", "minimum duration"),
    "mode": ("most likely", "most likely duration"),
    "high": ("high", "maximum", "pessimistic", "maximum duration"),
    "family": ("distribution", "shape", "family"),
    "range": ("duration range", "range"),
    "cost": ("cost", "fixed cost", "budget", "total cost", "budgeted cost", "budgeted total cost", "planned cost"),
    "actual_cost": ("actual cost", "actual total cost"),
    "calendar": ("calendar", "task calendar", "calendar name"),
    "resources": ("resource names", "resources", "resource", "resource name"),
    "wbs": ("wbs", "wbs code", "outline number"),
    "milestone": ("milestone",),
    "summary": ("summary", "is summary", "summary task"),
    "level": ("outline level", "level", "indent"),
    "constraint": ("constraint type", "constraint", "primary constraint"),
    "constraint_date": ("constraint date", "primary constraint date"),
    "deadline": ("deadline",),
    "started": ("actual start", "started"),
    "finished": ("actual finish", "finished"),
    "remaining": ("remaining duration", "remaining"),
    "active": ("active",),
}  # fmt: skip
DATES = (
    "start", "finish", "late_start", "late_finish", "constraint_date", "deadline", "started", "finished",
)  # fmt: skip
_KNOWN = {**by_spelling(HEADINGS), **{spelled(name): role for role, names in ROLES.items() for name in names}}
_MEANT = by_spelling(tongues.CONSTRAINTS)
_NEAR = 0.87  # Predecesors and Duratoin are; Status Date and Start Date are not
_MISSED = frozenset(ROLES) - {"name", "guid", "wbs", "summary", "level", "family", "active", "resources"}
"""Without these columns a plan has other dates or money, and nobody sees why."""
CONSTRAINTS: Mapping[str, str] = {
    "must start on": "mandatory_start",
    "must finish on": "mandatory_finish",
    "start no earlier than": "start_no_earlier_than",
    "start no later than": "start_no_later_than",
    "finish no earlier than": "finish_no_earlier_than",
    "finish no later than": "finish_no_later_than",
    "start on or after": "start_no_earlier_than",
    "start on or before": "start_no_later_than",
    "finish on or after": "finish_no_earlier_than",
    "finish on or before": "finish_no_later_than",
    "start on": "start_on",
    "finish on": "finish_on",
    "mandatory start": "mandatory_start",
    "mandatory finish": "mandatory_finish",
}


def role(heading: str) -> str | None:
    """Return what a column of a bare table holds, a key of `ROLES`; None for a heading that is none of the usual."""
    return _KNOWN.get(_composed(heading))


def misspelt(heading: str) -> str | None:
    """Return the usual heading, of those that count, which another nearly is; None where it is a column of its own."""
    said = _composed(heading)
    if said in _KNOWN or not said.replace(" ", "").isalpha():
        return None
    missed = (name for name, role in _KNOWN.items() if role in _MISSED)
    near = get_close_matches(said, missed, n=1, cutoff=_NEAR)
    return near[0].capitalize() if near else None


def constraint(text: str) -> str:
    """Return the kind of a constraint in English: `muss anfangen am` is must start on; others as they are."""
    kind = _composed(text)
    return _MEANT.get(kind, kind)


def _composed(text: str) -> str:
    return spelled(unicodedata.normalize("NFC", text))
