"""The critical path method the slow, obvious way: one iteration, absolute minutes, loops over open intervals.

Tests trust this; nothing else uses it. Rule numbers: T and N are those of docs/method (what a simulated program
means), P those of scheduling with Primavera P6: 1 starts snap, 4 finishes driven by finishes, 6 constraints on
finishes, 7 as late as possible, 12 level of effort, 13 to 15 late dates.

A calendar is a sorted list of open ``(start, end)`` minutes, apart from each other. On it, an *index* is the number
of open minutes before an instant. An index k is two instants: as a start the beginning of open minute k, as a finish
the end of minute k - 1 (T3). Progress (finished and started activities) is the caller's business.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Calendar = list[tuple[int, int]]


@dataclass
class Activity:
    """An activity in one iteration; instants are absolute minutes, ``duration`` working minutes."""

    name: str
    calendar: Calendar
    duration: int
    floor: int = 0  # data date or project start: always acts (P1, N4)
    start_floor: int | None = None  # start no earlier than, slip included: a constraint (N3)
    finish_floor: int | None = None  # finish no earlier than: a constraint (N3, P6)
    fixed_start: int | None = None  # mandatory start (N3)
    fixed_finish: int | None = None  # mandatory finish (N3)
    late_start_cap: int | None = None  # start no later than: late dates only (N3)
    late_finish_cap: int | None = None  # finish no later than: late dates only (N3)
    late_bound: int | None = None  # must finish by: takes the place of the program's finish in late dates (P13)
    as_late_as_possible: bool = False  # P7
    milestone: str | None = None  # None, "start" or "finish"
    exists: bool = True  # N7: False is zero duration, links act, constraints do not
    level_of_effort: bool = False  # P12
    sets_finish: bool = True  # may set the program's finish (N5)
    keeps_floor: bool = False  # P1: a start milestone without predecessors may keep the raw data date
    working: Calendar | None = None  # what weather and calendar risks leave of the calendar in this iteration


@dataclass
class Link:
    """A dependency of ``succ`` on ``pred``; ``lag`` counts open minutes of ``lag_calendar``."""

    pred: str
    succ: str
    type: str = "FS"
    lag: int = 0
    lag_calendar: Calendar | None = None  # needed where lag is not 0


@dataclass
class Dates:
    """What `schedule` returns: instants and indices by name, tightness by link."""

    start: dict[str, int] = field(default_factory=dict)
    finish: dict[str, int] = field(default_factory=dict)
    start_index: dict[str, int] = field(default_factory=dict)
    finish_index: dict[str, int] = field(default_factory=dict)
    tight: list[bool] = field(default_factory=list)
    program_finish: int = 0
    critical: set[str] = field(default_factory=set)  # on a driving chain, and existing
    reached: set[tuple[str, str]] = field(default_factory=set)  # (name, "start" or "finish"): the ends on the chains
    late_start: dict[str, int] = field(default_factory=dict)
    late_finish: dict[str, int] = field(default_factory=dict)
    late_start_index: dict[str, int] = field(default_factory=dict)
    late_finish_index: dict[str, int] = field(default_factory=dict)
    total_float: dict[str, int] = field(
        default_factory=dict
    )  # working minutes of the activity; not for level of effort
    free_float: dict[str, int] = field(default_factory=dict)  # likewise; against the successors' early dates


# ---- time on one calendar


def worked(calendar, t):
    """W(t): open minutes before instant t."""
    minutes = 0
    for start, end in calendar:
        if start >= t:
            break
        minutes += min(end, t) - start
    return minutes


def start_of(calendar, k):
    """S[k]: the instant at which open minute k starts."""
    if k < 0:
        raise ValueError("before the axis")
    for start, end in calendar:
        if k < end - start:
            return start + k
        k -= end - start
    raise ValueError("beyond the horizon")


def end_of(calendar, k):
    """F[k]: the end of open minute k - 1, and S[0] for k = 0."""
    return start_of(calendar, k - 1) + 1 if k > 0 else start_of(calendar, 0)


def advance(t, link):
    """Move an instant by a lag (N2): forwards to the end of a minute, backwards to the start of one, 0 not at all.

    A lead that reaches back before the axis stops at its first open minute, where it drives nothing.
    """
    if link.lag > 0:
        return end_of(link.lag_calendar, worked(link.lag_calendar, t) + link.lag)
    if link.lag < 0:
        return start_of(link.lag_calendar, max(0, worked(link.lag_calendar, t) + link.lag))
    return t


def rests_at_start(calendar, t):
    """P4: a finish driven to t is no end of work on the calendar, so it moves to the next start of work."""
    return t > end_of(calendar, worked(calendar, t))


def rest(calendar, t):
    """The instant at which a finish driven to t rests (P4)."""
    k = worked(calendar, t)
    return start_of(calendar, k) if rests_at_start(calendar, t) else end_of(calendar, k)


# ---- the schedule


def schedule(activities, links, late=True):
    """Return the Dates of the activities; ValueError for a cycle or an instant off the calendars."""
    by_name = {activity.name: activity for activity in activities}
    order = sorted_topologically(activities, links)
    dates = Dates()
    for name in order:
        place(by_name[name], [link for link in links if link.succ == name], by_name, dates)
    dates.program_finish = max(dates.finish[a.name] for a in activities if sets_finish(a))  # N5, P13
    for name in reversed(order):  # P7: after the forward pass, later ones first
        if by_name[name].as_late_as_possible:
            push_late(by_name[name], links, by_name, dates)
    for activity in activities:  # P12: what follows the work follows it to its new place
        if activity.level_of_effort:
            place(activity, [link for link in links if link.succ == activity.name], by_name, dates)
    dates.tight = [is_tight(link, by_name, dates) for link in links]
    dates.reached = driving_chains(activities, links, dates)
    dates.critical = {name for name, _ in dates.reached if by_name[name].exists}  # N7: it passes on, uncounted
    if late:
        set_late_dates(order, links, by_name, dates)
    return dates


def sorted_topologically(activities, links):
    """Predecessors first: take, again and again, every activity whose predecessors have all been taken."""
    predecessors = {activity.name: set() for activity in activities}
    for link in links:
        predecessors[link.succ].add(link.pred)
    order, waiting = [], [activity.name for activity in activities]
    while waiting:
        ready = [name for name in waiting if predecessors[name] <= set(order)]
        if not ready:
            raise ValueError(f"a cycle among {', '.join(waiting)}")
        order += ready
        waiting = [name for name in waiting if name not in ready]
    return order


def sets_finish(activity):
    return activity.sets_finish and not activity.level_of_effort  # N5, P12, P13


def length(activity):
    """Working minutes of the activity in this iteration: none for a milestone and for what does not exist (N7)."""
    return activity.duration if activity.exists and not activity.milestone else 0


def is_event(activity):
    """Zero duration and no start milestone: it has a finish only, so whatever drives it drives a finish (P5)."""
    return length(activity) == 0 and activity.milestone != "start"


def driven_to(link, dates):
    """The instant to which a link drives its successor's start (FS, SS) or finish (FF, SF)."""
    leaves = dates.finish if link.type in ("FS", "FF") else dates.start
    return advance(leaves[link.pred], link)


def acting(links, by_name):
    """Level-of-effort activities drive nothing (P12)."""
    return [link for link in links if not by_name[link.pred].level_of_effort]


# ---- forward


def place(activity, incoming, by_name, dates):
    """Set start and finish of one activity whose predecessors are placed."""
    incoming = acting(incoming, by_name)
    to_start = [driven_to(link, dates) for link in incoming if link.type in ("FS", "SS")]
    to_finish = [driven_to(link, dates) for link in incoming if link.type in ("FF", "SF")]
    if activity.level_of_effort:
        place_level_of_effort(activity, to_start, to_finish, dates)
        return
    floors = [activity.floor]
    constrained_finish = None
    if activity.exists:  # N7: constraints act on what exists only; the data date always does
        floors += [t for t in [activity.start_floor] if t is not None]
        constrained_finish = activity.finish_floor
        if activity.fixed_start is not None:  # N3: a mandatory date overrides logic
            floors, to_start, to_finish, constrained_finish = [activity.floor, activity.fixed_start], [], [], None
        elif activity.fixed_finish is not None:  # P11: no earlier than the data date; what ends there began before
            set_dates(activity, worked(activity.calendar, max(activity.fixed_finish, activity.floor)), False, dates)
            return
    if loses_time(activity):
        place_losing_time(activity, floors + to_start, to_finish, constrained_finish, dates)
        return
    finish_index, at_start = latest_bound(activity, floors + to_start, to_finish, constrained_finish)
    set_dates(activity, finish_index, at_start, dates)
    if activity.keeps_floor and not incoming:  # P1
        dates.start[activity.name] = dates.finish[activity.name] = max(floors)


def latest_bound(activity, to_start, to_finish, constrained_finish):
    """Return the greatest of the bounds as (finish index, does it rest at a start of work?)."""
    calendar = activity.calendar
    bounds = []
    for t in to_start:
        if is_event(activity):
            bounds.append((worked(calendar, t), rests_at_start(calendar, t)))  # P5
        else:
            bounds.append((worked(calendar, t) + length(activity), False))  # P1, P3: snaps to the next working minute
    for t in to_finish:
        bounds.append((worked(calendar, t), rests_at_start(calendar, t)))  # P4
    if constrained_finish is not None:
        bounds.append((worked(calendar, constrained_finish), False))  # P6: moved back to the end of work
    return max(bounds)  # at one index the later instant


def set_dates(activity, finish_index, at_start, dates):
    """Write both dates. The start falls on a working minute (T3); start = finish minus duration (P4)."""
    calendar, name = activity.calendar, activity.name
    start_index = finish_index - length(activity)
    at_start = at_start or activity.milestone == "start"  # a start milestone has a start only
    dates.start_index[name], dates.finish_index[name] = start_index, finish_index
    dates.start[name] = start_of(calendar, start_index)
    dates.finish[name] = start_of(calendar, finish_index) if at_start else end_of(calendar, finish_index)


def loses_time(activity):
    """Only work loses time."""
    return activity.working is not None and length(activity) > 0 and not activity.level_of_effort


def place_losing_time(activity, to_start, to_finish, constrained_finish, dates):
    """Work starts on the first minute that is left and goes on in those that are; a held finish pulls the start."""
    calendar, working, name = activity.calendar, activity.working, activity.name
    done = end_of(working, max(worked(working, t) for t in to_start) + length(activity))
    bounds = [(worked(calendar, done), False)] + [(worked(calendar, t), rests_at_start(calendar, t)) for t in to_finish]
    if constrained_finish is not None:
        bounds.append((worked(calendar, constrained_finish), False))
    index, at_start = max(bounds)
    dates.finish_index[name] = index
    dates.finish[name] = start_of(calendar, index) if at_start else end_of(calendar, index)
    dates.start[name] = losing_start(activity, index)
    dates.start_index[name] = worked(calendar, dates.start[name])


def losing_start(activity, index):
    """The latest start with which the work ends by the end of minute ``index`` - 1 of the calendar."""
    left = worked(activity.working, end_of(activity.calendar, index))
    return start_of(activity.working, left - length(activity))


def place_level_of_effort(activity, to_start, to_finish, dates):
    """P12: start = the least of the start drivers, finish = the greatest of the finish drivers, an end of work."""
    calendar, name = activity.calendar, activity.name
    start_index = worked(calendar, max(activity.floor, min(to_start, default=activity.floor)))
    finish_index = start_index + activity.duration
    if to_finish:
        finish_index = max(start_index, worked(calendar, max(to_finish)))
    dates.start_index[name], dates.finish_index[name] = start_index, finish_index
    dates.start[name], dates.finish[name] = start_of(calendar, start_index), end_of(calendar, finish_index)


# ---- driving chains


def is_tight(link, by_name, dates):
    """N6: does the link's bound equal the successor's start or finish, in the successor's working time?"""
    pred, succ = by_name[link.pred], by_name[link.succ]
    if pred.level_of_effort or succ.level_of_effort:
        return False
    if loses_time(succ) and link.type in ("FS", "SS"):
        return worked(succ.working, driven_to(link, dates)) == worked(succ.working, dates.start[succ.name])
    bound = worked(succ.calendar, driven_to(link, dates))
    reached = dates.start_index if link.type in ("FS", "SS") else dates.finish_index
    return bound == reached[link.succ]


def driving_chains(activities, links, dates):
    """N6: the ends reached from every activity that finishes last, back through tight links; all ties count.

    Each activity has two ends, and a tight link leads to the end of the predecessor that it leaves from. Start and
    finish hang together (start = finish - duration), so what drives the one drives the other: reached at either end,
    an activity is traced through all its tight links.
    """
    last = [a.name for a in activities if sets_finish(a) and dates.finish[a.name] == dates.program_finish]
    reached = {(name, "finish") for name in last}
    waiting = list(last)
    while waiting:
        name = waiting.pop()
        for link, tight in zip(links, dates.tight, strict=True):
            end = (link.pred, "finish" if link.type in ("FS", "FF") else "start")
            if tight and link.succ == name and end not in reached:
                reached.add(end)
                waiting.append(link.pred)
    return reached


# ---- late dates, float, as late as possible


def set_late_dates(order, links, by_name, dates):
    """Late dates by definition: the latest finish that delays no successor's late dates, nor the program (P14).

    They stand as P6 has them: a late finish is an end of work (P15), and a start of work where that is the early
    finish itself; a start milestone stands at a start of work if that is allowed, else at the end of work before.
    """
    for name in reversed(order):
        activity = by_name[name]
        if activity.level_of_effort:
            continue
        calendar, early = activity.calendar, dates.finish_index[name]
        if activity.exists and (activity.fixed_start is not None or activity.fixed_finish is not None):
            index, instant = early, dates.finish[name]  # N3: mandatory dates are late dates too
        else:
            step = latest_step(activity, links, by_name, dates, "late")
            index, instant = step // 2, finish_at(activity, step)
            if index == early and activity.milestone != "start":
                instant = dates.finish[name]
        start = late_start_of(activity, index)
        dates.late_start_index[name], dates.late_finish_index[name] = start, index
        dates.late_start[name], dates.late_finish[name] = start_of(calendar, start), instant
        dates.total_float[name] = index - early
        dates.free_float[name] = latest_step(activity, links, by_name, dates, "free") // 2 - early


def latest_step(activity, links, by_name, dates, sought):
    """Return the step of the latest finish that respects the dates of the successors.

    ``sought`` "late" respects their late dates, the program's finish, and the activity's own latest dates; "push" their
    early dates, and that finish where none of them takes the activity's finish; "free" their early dates, and that
    finish where there is no successor.

    Finishes in order of time are end_of(0), start_of(0), end_of(1), start_of(1), ...: step 2k and 2k + 1. A finish of
    work is an end of work; only a start milestone may stand at either, and where it is moved it stands at a start.
    Later is never easier, so halving finds the last step that is allowed.
    """
    steps = range(2 * length(activity), 2 * worked(activity.calendar, activity.calendar[-1][1]) + 1)
    if activity.milestone != "start":
        steps = steps[::2]
    elif sought != "late":
        steps = steps[1::2]
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if is_allowed(activity, steps[middle], links, by_name, dates, sought):
            low = middle
        else:
            high = middle - 1
    if not is_allowed(activity, steps[low], links, by_name, dates, sought):
        raise ValueError(f"{activity.name}: its late dates fall before the axis")
    return steps[low]


def late_start_of(activity, index):
    """The index of the start of work that finishes at this index."""
    if loses_time(activity):
        return worked(activity.calendar, losing_start(activity, index))
    return index - length(activity)


def finish_at(activity, step):
    return start_of(activity.calendar, step // 2) if step % 2 else end_of(activity.calendar, step // 2)


def is_allowed(activity, step, links, by_name, dates, sought):
    """May the activity finish at this step, given its successors' dates? (Off the calendars is surely too late.)"""
    outgoing = [link for link in links if link.pred == activity.name and not by_name[link.succ].level_of_effort]
    try:
        return is_in_time(activity, step, outgoing, dates, sought) and all(
            is_kept(link, activity, step, by_name[link.succ], dates, sought) for link in outgoing
        )
    except ValueError:
        return False


def is_in_time(activity, step, outgoing, dates, sought):
    """Does this finish respect the program's finish, and the activity's own latest dates?"""
    # P14: the program's finish holds every late date; others where no successor holds them, or holds the start only.
    calendar, k = activity.calendar, step // 2
    finishes = [x for x in outgoing if x.type in ("FS", "FF")]
    holding = {"free": outgoing, "push": finishes, "late": []}[sought]
    bound = dates.program_finish if activity.late_bound is None or sought != "late" else activity.late_bound
    if (
        not holding
        and finish_at(activity, step if activity.milestone == "start" and sought == "late" else 2 * k) > bound
    ):
        return False
    if sought != "late" or not activity.exists:  # N7
        return True
    if activity.late_finish_cap is not None and k > worked(calendar, activity.late_finish_cap):
        return False
    return activity.late_start_cap is None or late_start_of(activity, k) <= worked(calendar, activity.late_start_cap)


def is_kept(link, activity, step, succ, dates, sought):
    """Does the successor's date stand when the activity finishes at this step?

    A finish that drives a finish may not pass the instant at which that stands; what drives a start, or a start that
    drives, may not pass the start of work of the successor's index. A start milestone has one instant.
    """
    calendar, k = activity.calendar, step // 2
    if activity.milestone == "start":
        leaves = finish_at(activity, step)
    else:
        leaves = end_of(calendar, k) if link.type in ("FS", "FF") else start_of(calendar, late_start_of(activity, k))
    late = sought == "late"
    if (late and succ.milestone == "start") or link.type == "FF" or (link.type == "FS" and is_event(succ)):
        limit = (dates.late_finish if late else dates.finish)[succ.name]
    elif link.type == "SF":
        limit = start_of(succ.calendar, (dates.late_finish_index if late else dates.finish_index)[succ.name])
    else:
        limit = start_of(succ.calendar, (dates.late_start_index if late else dates.start_index)[succ.name])
    return advance(leaves, link) <= limit


def push_late(activity, links, by_name, dates):
    """P7: push to zero free float against the successors as they stand; never earlier than logic puts it.

    Where successors take the start alone, the program's finish holds the finish: late is not later than the program.
    """
    if not activity.exists or activity.fixed_start is not None or activity.fixed_finish is not None:
        return  # N7, N3
    index = latest_step(activity, links, by_name, dates, "push") // 2
    if index > dates.finish_index[activity.name]:
        set_dates(activity, index, False, dates)
