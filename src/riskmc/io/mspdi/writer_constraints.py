"""Constraints of an activity as Microsoft Project holds them: one type with a date, and a deadline beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from riskmc.io.mspdi.activity import ALAP, ASAP, FNET, FNLT, MFO, MSO, SNET, SNLT
from riskmc.io.planned_work import constraint_date
from riskmc.program.activity import Activity
from riskmc.program.moment import Moment
from riskmc.program.program import Program


class Limits(NamedTuple):
    """The constraint of a task, its deadline, and the words of the program that found no room."""

    kind: int
    date: Moment | None
    deadline: Moment | None
    left: tuple[str, ...]


def constraints_win(program: Program) -> bool:
    """Return whether dates of constraints win over links in the file: where the program has any that must."""
    every = program.activities().values()
    must = any(activity.mandatory_start or activity.mandatory_finish for activity in every)
    return must or any(project.constraints_win for project in program.projects.values())


def pulls_back(program: Program) -> bool:
    """Return whether no-later-than dates pull work back against its links, as where Project's constraints win."""
    return any(project.constraints_win for project in program.projects.values())


def limits(activity: Activity, wins: bool, pulls: bool) -> Limits:
    """Return what Project can hold of an activity's constraints, the strictest first; ``wins``: they override links.

    A finish no later than is a deadline, unless such dates pull work back: a deadline does not.
    """
    found = list(_wanted(activity, wins, pulls))
    kind, date = (found[0][1], found[0][2]) if found else (ASAP, None)
    no_later = None if pulls else activity.finish_no_later_than
    ends = [end for end in (activity.deadline, no_later, activity.needed_by) if end is not None]
    left = tuple(word for word, other, at in found[1:] if (other, at) != (kind, date))
    return Limits(kind, date, min(ends, key=lambda end: end.at, default=None), left)


def _wanted(activity: Activity, wins: bool, pulls: bool) -> Iterator[tuple[str, int, Moment | None]]:
    """Yield (word, constraint type, date) of every constraint that Project has a type for."""
    hard = {"mandatory_start": MSO, "mandatory_finish": MFO}
    firm = {"start_on": SNET if wins else MSO, "finish_on": FNET if wins else MFO}
    for word, kind in {**hard, **firm, "start_no_earlier_than": SNET, "finish_no_earlier_than": FNET}.items():
        date = constraint_date(activity, word)
        if date is not None:
            yield word, kind, date
    if activity.as_late_as_possible:
        yield "as_late_as_possible", ALAP, None
    if activity.start_no_later_than is not None:
        yield "start_no_later_than", SNLT, activity.start_no_later_than
    if pulls and activity.finish_no_later_than is not None:
        yield "finish_no_later_than", FNLT, activity.finish_no_later_than
