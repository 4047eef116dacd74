"""Keeping delays: a program in which the levelling and preferential delays of its plan's stored dates hold.

A delayed activity waits, by a finish-to-start link, for the work that ends on its stored start and uses one of its
resources; where there is none, it starts no earlier than it is stored.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from riskmc.forecast.figures import number
from riskmc.forecast.language import said
from riskmc.network.tasks import Task
from riskmc.program.activity import Activity, Constraint
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.overlay import with_notes
from riskmc.program.program import Program
from riskmc.program.stored import inherit_plan, plan_of, remember_delays
from riskmc.simulation.delays import Delay, delays
from riskmc.simulation.recomputation import TOLERANCE, Recomputation, recompute


def keep_delays(program: Program) -> Program:
    """Return the program with the delays of its plan's stored dates kept, and a note that says so; itself if none."""
    plan = plan_of(program)
    if plan is None:
        return program
    found = recompute(plan)
    lost = [delay for delay in delays(found) if delay.activity in program.activities()]
    if not lost:
        return program
    links = _links(program, found, lost)
    changed = with_notes(_kept(program, found, lost, links), [_note(lost, len(links))])
    inherit_plan(changed, program)
    remember_delays(changed)
    return changed


def _note(lost: Sequence[Delay], links: int) -> str:
    days = sum(delay.days for delay in lost)
    ways = [(links, "by links to work on the same resource"), (len(lost) - links, "by earliest starts")]
    told = ", ".join(f"{count} {how}" for count, how in ways if count)
    whose = f"{len(lost):,} activit{'y keeps the delay' if len(lost) == 1 else 'ies keep the delays'}"
    return f"{whose} in the plan's own dates, {days_text(days)} in all: {told}"


def days_text(days: float) -> str:
    """Return working days as ``34 working days``, below ten with a decimal."""
    told = number(days, 250 if days >= 10 or days == round(days) else 2.5)
    if days == 1:
        return said("{days} working day", days=told)
    return said("{days} working days", days=told)


def _kept(program: Program, found: Recomputation, lost: Sequence[Delay], links: Mapping[str, str]) -> Program:
    dates = {task.path: known.early_start for task, known in zip(found.tasks, found.dates, strict=True)}
    known, held = program.activities(), {}
    for path in (delay.activity for delay in lost):
        start = dates[path]
        assert start is not None
        held[path] = _after(known[path], links[path]) if path in links else _floored(known[path], start)
    return program.with_activities(held)


def _after(activity: Activity, pred: str) -> Activity:
    return activity.model_copy(update={"after": (*activity.after, Link(activity=pred, type="FS"))})


def _floored(activity: Activity, start: datetime) -> Activity:
    earlier = activity.start_no_earlier_than
    slip = {} if earlier is None or earlier.slip is None else {"slip": earlier.slip}
    return activity.model_copy(update={"start_no_earlier_than": Constraint(date=Moment(start), **slip)})


def _links(program: Program, found: Recomputation, lost: Sequence[Delay]) -> dict[str, str]:
    """Return the work for which each delayed activity waits, where there is any; no link closes a loop."""
    delayed = {delay.activity for delay in lost}
    tasks = [task for task in found.tasks if task.path in program.activities() and not task.follows]
    ends: dict[int, list[Task]] = {}
    for task, finish in _finishes(found):
        ends.setdefault(finish, []).append(task)
    place = {path: number for number, path in enumerate(_order(program, found))}
    out: dict[str, str] = {}
    for task in tasks:
        if task.path in delayed:
            near = [pred for minute in _instants(found, task) for pred in ends.get(minute, ())]
            fitting = [pred.path for pred in near if _shares(task, pred) and _before(place, pred.path, task.path)]
            if fitting:
                out[task.path] = fitting[0]
    return out


def _finishes(found: Recomputation) -> Iterator[tuple[Task, int]]:
    """Yield unfinished work with its stored finish, on the axis."""
    for task, dates in zip(found.tasks, found.dates, strict=True):
        if dates.early_finish is not None and not task.follows:
            yield task, found.network.axis.minute(dates.early_finish)


def _instants(found: Recomputation, task: Task) -> Iterator[int]:
    """Yield the minutes of the axis at which work may end for the activity to start on its stored date at once."""
    row = found.tasks.index(task)
    work, start = found.network.axis.calendars[task.calendar], int(found.stored["early_start"][row])
    if 0 < start < work.limit:
        yield from range(int(work.finish_instant(start)), int(work.start_instant(start)) + int(TOLERANCE))


def _shares(task: Task, pred: Task) -> bool:
    return pred.project == task.project and not task.activity.uses.keys().isdisjoint(pred.activity.uses)


def _before(place: Mapping[str, int], pred: str, succ: str) -> bool:
    return pred in place and succ in place and place[pred] < place[succ]


def _order(program: Program, found: Recomputation) -> list[str]:
    """Return the activities in an order that all links follow, the earliest stored start first (Kahn 1962)."""
    starts = {task.path: known.early_start for task, known in zip(found.tasks, found.dates, strict=True)}
    activities = program.activities()
    waits: dict[str, int] = {}
    follow: dict[str, list[str]] = {path: [] for path in activities}
    for path, activity in activities.items():
        before = [program.path(link.activity, program.project_of(path)) for link in activity.after]
        waits[path] = len(before)
        for pred in before:
            follow[pred].append(path)
    ready = [(starts.get(path) or datetime.min, path) for path, count in waits.items() if not count]
    heapq.heapify(ready)
    out = []
    while ready:
        _, path = heapq.heappop(ready)
        out.append(path)
        for succ in follow[path]:
            waits[succ] -= 1
            if not waits[succ]:
                heapq.heappush(ready, (starts.get(succ) or datetime.min, succ))
    return out
