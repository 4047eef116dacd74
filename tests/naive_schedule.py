"""Slow, obvious schedule of one iteration: one activity after the other, links followed by counting open minutes.

Semantics N1 to N7 and T3. Dates are instants (minutes of the axis); ``k`` are working minutes of the activity's own
calendar. Tests trust this; nothing else uses it.
"""

from dataclasses import dataclass, field
from graphlib import TopologicalSorter


@dataclass
class Dates:
    """Where an activity lies: instants, working minutes of its calendar, and which links were tight."""

    start: int
    finish: int
    k_start: int
    k_finish: int
    tight: list = field(default_factory=list)


@dataclass
class Draws:
    """What one iteration (or the plan) says: minutes of work, of lags and slips, and what exists."""

    minutes: dict
    lags: dict
    slips: dict
    exists: dict


@dataclass
class Schedule:
    """Dates and existence of every task, conditions on dates decided; finishes are those of the forward pass."""

    dates: dict
    exists: dict
    project_finish: dict
    program_finish: int


def schedule(plan, draws, as_planned):
    """Return the schedule of one iteration, or of the plan."""
    dates, exists = {}, dict(draws.exists)
    for path in order(plan):
        task = plan.tasks[path]
        if task.date_condition:
            exists[path] = exists[path] and holds(task.date_condition, dates)
        dates[path] = placed(plan, task, draws, exists[path], dates, as_planned)
    for task in plan.tasks.values():
        if task.effort:
            dates[task.path] = supported(plan, task, dates)
    finishes = {name: project_finish(plan, name, dates) for name in {task.project for task in plan.tasks.values()}}
    found = Schedule(dates, exists, finishes, program_finish(plan, dates)[0])
    if as_planned:
        push_all(plan, draws, found)
    return found


def push_all(plan, draws, found):
    """Move what is as late as possible, the last ones first, and then what follows it (N3)."""
    for path in reversed(order(plan)):
        if plan.tasks[path].activity.as_late_as_possible:
            push(plan, plan.tasks[path], draws, found)
    for task in plan.tasks.values():
        if task.effort:
            found.dates[task.path] = supported(plan, task, found.dates)
    working = [task.project for task in plan.tasks.values() if not task.effort]
    for name in working:  # a finish that is one activity's moves with it; those of many are the forward pass's
        if working.count(name) == 1:
            found.project_finish[name] = project_finish(plan, name, found.dates)
    if plan.finish is not None:
        found.program_finish = found.dates[plan.finish].finish


def order(plan):
    """Return the tasks that work or mark, predecessors first; level of effort comes after everything."""
    graph = {path: set() for path, task in plan.tasks.items() if not task.effort}
    for link in plan.links:
        if link.pred in graph and link.succ in graph:
            graph[link.succ].add(link.pred)
    for path in graph:
        if plan.tasks[path].date_condition:
            graph[path].add(plan.tasks[path].date_condition[0])
    return list(TopologicalSorter(graph).static_order())


def holds(condition, dates):
    """Return whether an activity's start or finish lies after, or not after, an instant."""
    path, event, comparison, instant = condition
    found = getattr(dates[path], event)
    return found > instant if comparison == ">" else found <= instant


def placed(plan, task, draws, exists, dates, as_planned):
    """Return the dates of one task, given those of its predecessors."""
    if task.state == "finished":
        return actual(task)
    starts, finishes = bounds(plan, task, draws, dates)
    minutes = draws.minutes[task.path] if exists else 0
    finish_floor = None
    if exists:
        starts += constraint_starts(task, draws, as_planned)
        finish_floor = finish_floor_of(task, as_planned)
    floor = (task.floor, None)
    if minutes == 0 and not fixed(task, exists, as_planned):
        return marked(task, [floor, *starts, *finishes], finish_floor)
    found = worked(task, minutes, [floor, *starts], finishes, finish_floor)
    return moved_to_fixed(task, minutes, found) if fixed(task, exists, as_planned) else found


def actual(task):
    """Return the dates of finished work: they stand, on its calendar."""
    calendar = task.calendar
    k_start, k_finish = calendar.index(task.started), calendar.index(task.finished)
    return Dates(calendar.start(k_start), calendar.finish(k_finish), k_start, k_finish)


def bounds(plan, task, draws, dates):
    """Return the (instant, link) that hold back the start, and those that hold back the finish."""
    starts, finishes = [], []
    for link in plan.links:
        if link.succ != task.path or plan.tasks[link.pred].effort or plan.overridden(link):
            continue
        if overtaken(plan.tasks[link.pred], task, link, dates):
            continue
        instant = advanced(link.calendar, *driving(plan.tasks[link.pred], task, link, draws, dates))
        (starts if link.type[1] == "S" else finishes).append((instant, link))
    return starts, finishes


def overtaken(before, task, link, dates):
    """Return whether started work ignores SS from started work that nothing pushes past the data date (P6 rule 9)."""
    if link.type != "SS" or before.state != "started" or task.state != "started":
        return False
    return dates[before.path].k_start <= before.calendar.index(before.floor)


def driving(before, task, link, draws, dates):
    """Return the instant and the lag of a link; of a lag from a start, what was worked is consumed (P6 rule 9)."""
    found, lag = dates[before.path], draws.lags[link]
    if link.type[0] == "F":
        return found.finish, lag
    if before.state != "started":
        return (before.started if before.state == "finished" else found.start), lag
    if lag > 0:
        lag = max(lag - link.calendar.index(before.floor) + link.calendar.index(before.started), 0)
    return before.calendar.start(found.k_start), lag


def advanced(calendar, instant, lag):
    """Return the instant ``lag`` working minutes away: an end of work after a lag, a start of work before a lead."""
    if lag == 0:
        return instant
    k = calendar.index(instant) + lag
    return calendar.finish(k) if lag > 0 else calendar.start(k)


def constraint_starts(task, draws, as_planned):
    """Return the instants before which constraints keep the start back (N3)."""
    if task.state == "started":
        return []
    found = []
    constraint = task.activity.start_no_earlier_than
    if constraint is not None:
        slip = draws.slips.get(task.path, 0)
        k = task.calendar.index(task.minute(constraint.date.start_like())) + slip
        found.append((task.calendar.start(k), None))
    for name in ("start_on",) if as_planned else ("start_on", "mandatory_start"):
        if getattr(task.activity, name) is not None:
            found.append((task.minute(getattr(task.activity, name).start_like()), None))
    return found


def finish_floor_of(task, as_planned):
    """Return the instant before which a constraint keeps the finish back, or None."""
    activity, found = task.activity, []
    if activity.finish_no_earlier_than is not None:
        found.append(task.minute(activity.finish_no_earlier_than.start_like()))
    if activity.finish_on is not None and as_planned:
        found.append(task.minute(activity.finish_on.finish_like()))
    return max(found, default=None)


def fixed(task, exists, as_planned):
    """Return whether a mandatory date sets the task, whatever its links say."""
    if task.activity.mandatory_start and task.state == "open":
        return as_planned and exists
    return bool(as_planned and exists and task.activity.mandatory_finish)


def marked(task, held, finish_floor):
    """Return the dates of what takes no time: the instant that drives it, or the next start of work on its calendar."""
    calendar = task.calendar
    latest = max(instant for instant, _ in held)
    k = calendar.index(latest)
    if finish_floor is not None and calendar.index(finish_floor) > k:
        k = calendar.index(finish_floor)
        latest = calendar.finish(k)
    finish = calendar.finish(k) if latest <= calendar.finish(k) else calendar.start(k)
    return Dates(calendar.start(k), finish, k, k, [link for at, link in held if link and calendar.index(at) == k])


def worked(task, minutes, starts, finishes, finish_floor):
    """Return the dates of work: it starts when its start may, and later where its finish is held back."""
    calendar = task.calendar
    earliest = max(calendar.index(instant) for instant, _ in starts)
    k = earliest + minutes
    k = max([k, *(calendar.index(instant) for instant, _ in finishes)])
    if finish_floor is not None:
        k = max(k, calendar.index(finish_floor))
    rests = any(calendar.index(at) == k and at > calendar.finish(k) for at, _ in finishes)
    tight = [link for at, link in starts if link and calendar.index(at) + minutes == k]
    tight += [link for at, link in finishes if calendar.index(at) == k]
    finish = calendar.start(k) if rests else calendar.finish(k)
    return Dates(start_of(task, k - minutes), finish, k - minutes, k, tight)


def start_of(task, k):
    """Return the start instant: the actual one where work has begun."""
    return task.calendar.start(task.calendar.index(task.started) if task.state == "started" else k)


def moved_to_fixed(task, minutes, found):
    """Return the dates that a mandatory start or finish commands, never before its project may start."""
    calendar = task.calendar
    if task.activity.mandatory_start is not None and task.state == "open":
        k = calendar.index(max(task.minute(task.activity.mandatory_start.start_like()), task.floor))
        tight = found.tight * (k == found.k_start)
        return Dates(calendar.start(k), calendar.finish(k + minutes), k, k + minutes, tight)
    k = calendar.index(max(task.minute(task.activity.mandatory_finish.finish_like()), task.floor))
    tight = found.tight * (k == found.k_finish)
    return Dates(start_of(task, k - minutes), calendar.finish(k), k - minutes, k, tight)


def push(plan, task, draws, schedule):
    """Move a task to its latest dates that delay no successor, or to its project's finish where no successor holds."""
    exists = schedule.exists[task.path]
    if task.state != "open" or not exists or fixed(task, exists, as_planned=True):
        return
    dates, found = schedule.dates, schedule.dates[task.path]
    length, after = found.k_finish - found.k_start, unfinished_successors(plan, task)
    last = None  # what holds its finish, where no link from its finish does (P6 rule 14)
    if not any(link.type[0] == "F" for link in after):
        last = task.calendar.index(schedule.project_finish[task.project])

    def free(k):
        return (last is None or k + length <= last) and harmless(plan, task, after, k, length, draws, dates)

    low, high = found.k_start, found.k_start + 1
    while free(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if free(middle) else (low, middle)
    if low > found.k_start:
        dates[task.path] = Dates(task.calendar.start(low), task.calendar.finish(low + length), low, low + length)
        for link in after:
            instant = reached(link, dates[task.path], draws)
            if plan.tasks[link.succ].calendar.index(instant) == held_at(link, dates):
                dates[link.succ].tight.append(link)


def unfinished_successors(plan, task):
    """Return the links of a task to work that could still be delayed."""
    links = [link for link in plan.links if link.pred == task.path and not plan.overridden(link)]
    after = [(link, plan.tasks[link.succ]) for link in links]
    return [link for link, successor in after if not successor.effort and successor.state != "finished"]


def harmless(plan, task, after, k, length, draws, dates):
    """Return whether a start at working minute ``k`` would delay none of the successors."""
    moved = Dates(task.calendar.start(k), task.calendar.finish(k + length), k, k + length)
    return all(undelayed(plan, link, reached(link, moved, draws), dates) for link in after)


def undelayed(plan, link, instant, dates):
    """Return whether a link that reaches an instant leaves the successor where it is.

    Within one working minute a finish that another finish drives, or what takes no time, would still move from the end
    of work to the next start.
    """
    successor, k = dates[link.succ], plan.tasks[link.succ].calendar.index(instant)
    if link.type == "SF" or (link.type[1] == "S" and successor.k_start < successor.k_finish):
        return k <= held_at(link, dates)
    return k < successor.k_finish or instant <= successor.finish


def reached(link, before, draws):
    """Return the instant that a link reaches from the dates of its predecessor."""
    return advanced(link.calendar, before.start if link.type[0] == "S" else before.finish, draws.lags[link])


def held_at(link, dates):
    """Return the working minute of the successor's end that a link holds."""
    return dates[link.succ].k_start if link.type[1] == "S" else dates[link.succ].k_finish


def project_finish(plan, project, dates):
    """Return the latest finish of a project's work; of level of effort alone, that of the work it supports."""
    own = [task for task in plan.tasks.values() if task.project == project]
    ends = [(task.path, "F") for task in own if not task.effort]
    ends = ends or [end for task in own for end in plan.supports(task)[1]]
    return max(dates[path].start if event == "S" else dates[path].finish for path, event in ends)


def supported(plan, task, dates):
    """Return the span of level of effort: from the first start to the last finish of the work it supports (C5)."""
    starts, finishes = plan.supports(task)
    first = min(dates[path].start if event == "S" else dates[path].finish for path, event in starts)
    last = max(dates[path].start if event == "S" else dates[path].finish for path, event in finishes)
    k_start, k_finish = task.calendar.index(first), task.calendar.index(last)
    k_finish = max(k_start, k_finish)
    return Dates(task.calendar.start(k_start), task.calendar.finish(k_finish), k_start, k_finish)


def program_finish(plan, dates):
    """Return the finish instant of the program and the tasks that set it (N5)."""
    if plan.finish is not None:
        return dates[plan.finish].finish, [plan.finish]
    last = max(dates[path].finish for path, task in plan.tasks.items() if not task.effort)
    return last, [path for path, task in plan.tasks.items() if not task.effort and dates[path].finish == last]


def critical(plan, dates, exists):
    """Return the tasks on a driving chain to the finish: back through all links that were tight (N6)."""
    _, todo = program_finish(plan, dates)
    seen = set(todo)
    while todo:
        for link in dates[todo.pop()].tight:
            if link.pred not in seen:
                seen.add(link.pred)
                todo.append(link.pred)
    return {path for path in seen if exists[path] and not plan.tasks[path].margin}
