"""Contents of a program, counted: the card that a notebook shows of it, and the same numbers as plain text.

No dates but those that the file says: when the program finishes is known only once it is compiled.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from riskmc.forecast.card import Figure, make_card
from riskmc.forecast.figures import start_day
from riskmc.forecast.language import marked
from riskmc.program.activity import Activity
from riskmc.program.moment import Moment

if TYPE_CHECKING:
    from riskmc.program.program import Program

_SINGULAR = {"activities": "activity"}


def program_text(program: Program) -> str:
    """Return a program in one line: its name, what is in it and when it starts."""
    counted = ", ".join(f"{count:,} {_plural(word, count)}" for word, count in _counts(program).items())
    dated = "".join(f"; {word.lower()} {day}" for word, day in program_days(program).items())
    return f"<Program {program.program!r}: {counted}{dated}>"


def program_card(program: Program) -> str:
    """Return the same as the HTML of a notebook card."""
    counts: list[Figure] = [(word.capitalize(), f"{count:,}", False) for word, count in _counts(program).items()]
    days: list[Figure] = [(word, day, False) for word, day in program_days(program).items()]
    over = f"Over the plan {program.plan}" if program.plan else ""
    return make_card(program.program, "Program", "", [*counts, *days], over, "Not yet simulated")


def _counts(program: Program) -> dict[str, int]:
    """Return how many there are of everything that a reader of a program asks for first."""
    activities = list(program.activities().values())
    milestones = sum(bool(activity.milestone) for activity in activities)
    return {
        "projects": len(program.projects),
        "activities": len(activities) - milestones,
        "milestones": milestones,
        "links": sum(len(activity.after) for activity in activities),
        "ranges": sum(map(_has_range, activities)),
        "range rules": len(program.ranges),
        "risks": len(program.risks),
        "targets": len(program.targets),
        "scenarios": len(program.scenarios),
    }


def _has_range(activity: Activity) -> bool:
    """Return whether the duration or the fixed cost of an activity has a range of its own."""
    cost = activity.cost.fixed if activity.cost else None
    return any(estimate is not None and estimate.uncertain is not None for estimate in (activity.duration, cost))


def program_days(program: Program) -> dict[str, str]:
    """Return the start and the data date as the file says them, of several projects the earliest."""
    projects = program.projects.values()
    found = {
        marked("Start"): _earliest(program.start, (project.start for project in projects)),
        marked("Data date"): _earliest(program.data_date, (project.data_date for project in projects)),
    }
    return {word: start_day(moment.start_like()) for word, moment in found.items() if moment is not None}


def _earliest(own: Moment | None, others: Iterable[Moment | None]) -> Moment | None:
    return own or min((moment for moment in others if moment is not None), default=None)


def _plural(words: str, count: int) -> str:
    return words if count != 1 else _SINGULAR.get(words, words.removesuffix("s"))
