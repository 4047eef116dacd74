"""P6's own dates, recomputed slowly and obviously in plain Python: the oracle for plan files read from XER.

Instants are minutes since an epoch; an index k counts the working minutes of a calendar before an instant. Every rule
is one of the numbered rules for landing on the dates that P6 stored, given in docs/guide/xer.md.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

DAY = 1440
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEVER = -(10**9)


class WorkTime:
    """Open minutes of one calendar between two days, by plain lists."""

    def __init__(self, calendars, name, first: date, last: date):
        self.epoch = datetime.combine(first, time())
        spans = []
        for number in range((last - first).days):
            day = first + timedelta(days=number)
            for start, finish in shifts_of(calendars, name, day):
                spans.append((number * DAY + start, number * DAY + finish))
        self.opens, self.closes, self.before = [], [], []
        worked = 0
        for start, finish in sorted(spans):
            if self.closes and start <= self.closes[-1]:
                worked += max(0, finish - self.closes[-1])
                self.closes[-1] = max(self.closes[-1], finish)
                continue
            self.opens.append(start)
            self.closes.append(finish)
            self.before.append(worked)
            worked += finish - start

    def index(self, t):
        i = bisect_right(self.opens, t) - 1
        if i < 0:
            return 0
        return self.before[i] + min(t, self.closes[i]) - self.opens[i]

    def start(self, k):
        i = bisect_right(self.before, k) - 1
        return self.opens[i] + k - self.before[i]

    def finish(self, k):
        return self.start(k - 1) + 1 if k > 0 else self.start(0)


class Clock(WorkTime):
    """Every minute is open."""

    def __init__(self):
        self.opens, self.closes, self.before = [0], [10**9], [0]


def shifts_of(calendars, name, day):
    if name == "standard" and name not in calendars:
        return ((480, 720), (780, 1020)) if day.weekday() < 5 else ()
    calendar = calendars[name]
    for exception in calendar.exceptions:
        if exception.first <= day <= exception.last:
            return exception.shifts
    if calendar.based_on:
        for exception in calendars[calendar.based_on].exceptions:
            if exception.first <= day <= exception.last:
                return exception.shifts
    if not calendar.week and calendar.based_on:
        return calendars[calendar.based_on].week.get(NAMES[day.weekday()], ())
    return calendar.week.get(NAMES[day.weekday()], ())


@dataclass
class Node:
    path: str
    activity: object
    work: WorkTime
    data_date: int
    duration: int  # of what is left to do
    project: object
    project_id: str
    links: list = field(default_factory=list)
    successors: list = field(default_factory=list)
    start: int = 0
    finish: int = 0
    rests: int = 0
    late_start: int = 0
    late_finish: int = 0
    late_instant: int | None = None
    raw_start: int | None = None
    actual_start: int = 0
    actual_finish: int = 0
    held: bool = False  # complete, and still held back by unfinished predecessors (rule 8)

    @property
    def level_of_effort(self):
        return self.activity.level_of_effort is not None

    @property
    def started(self):
        return self.activity.progress is not None and self.activity.progress.started is not None

    @property
    def complete(self):
        return self.activity.progress is not None and self.activity.progress.finished is not None

    @property
    def override(self):
        return self.project.out_of_sequence == "progress_override"

    @property
    def without_work(self):
        """A finish milestone, or work of no duration, which ends where its predecessors end."""
        return self.duration == minutes_left(self.activity) == 0 and self.activity.milestone != "start"

    @property
    def start_instant(self):
        return self.work.start(self.start) if self.raw_start is None else self.raw_start


@dataclass
class Schedule:
    nodes: dict[str, Node]
    epoch: datetime
    ends: dict[str, int] = field(default_factory=dict)  # rule 13, by project, before anything is as late as possible
    finish: int = 0  # the latest of them

    def minute(self, moment: datetime) -> int:
        return int((moment - self.epoch).total_seconds()) // 60


def schedule(program, years_after: int = 12) -> Schedule:
    """Return the early dates of every scheduled activity of a program read from XER."""
    moments = [m.at for p in program.projects.values() for m in (p.start, p.data_date) if m is not None]
    first = min(moments).date() - timedelta(days=1500)
    last = max(moments).date() + timedelta(days=365 * years_after)
    plan = Schedule({}, datetime.combine(first, time()))

    @cache
    def work(name):
        return Clock() if name == "24h" else WorkTime(program.calendars, name, first, last)

    for project_id, project in program.projects.items():
        for code, activity in project.activities.items():
            if not activity.unscheduled:
                calendar = work(activity.calendar or project.calendar or program.calendar)
                plan.nodes[f"{project_id}.{code}"] = new_node(plan, project_id, project, code, activity, calendar)
    for node in plan.nodes.values():
        tie(plan, node, program.projects[node.project_id], work)
    order = topological(plan)
    for node in order:
        forward(plan, node)
    plan.finish = latest_finish(order)
    for name in {node.project_id for node in order}:
        plan.ends[name] = latest_finish([node for node in order if node.project_id == name])
    as_late_as_possible(plan, order)
    for node in plan.nodes.values():
        if node.level_of_effort:
            follow(node)
    return plan


def latest_finish(nodes):
    """Rule 13: the latest early finish of unfinished work; of finished work alone, of that."""
    return max(node.rests for node in [n for n in nodes if not n.complete] or nodes)


def new_node(plan, project_id, project, code, activity, calendar):
    beginning = max(plan.minute(moment.at) for moment in (project.start, project.data_date) if moment)
    node = Node(f"{project_id}.{code}", activity, calendar, beginning, minutes_left(activity), project, project_id)
    progress = activity.progress
    if progress is not None:
        node.actual_start = plan.minute((progress.started or progress.finished).at)
        node.actual_finish = plan.minute((progress.finished or progress.started).at)
    return node


def tie(plan, node, project, work):
    """Tie a node to its predecessors, each link with its lag and the calendar the lag runs on (rule 2)."""
    lag_on = project.lag_calendar or "predecessor"
    for link in node.activity.after:
        before = plan.nodes.get(f"{node.project_id}.{link.activity}") or plan.nodes.get(link.activity)
        if before is None:
            continue
        ends = {"predecessor": before.work, "successor": node.work}
        calendar = ends.get(lag_on) or work("24h" if lag_on == "24h" else project.calendar)
        lag = 0 if link.lag is None else minutes(link.lag.value)
        node.links.append((before, link.type, lag, calendar))
        before.successors.append((node, link.type, lag, calendar))


def minutes(quantity) -> int:
    return round(quantity.value * {"h": 60, "min": 1, "": 1}[quantity.unit])


def minutes_left(activity) -> int:
    progress = activity.progress
    if progress is not None and progress.finished is not None:
        return 0
    if activity.milestone or activity.level_of_effort is not None:
        return 0
    if progress is not None and progress.remaining is not None:
        return minutes(progress.remaining.value)
    return minutes(activity.duration.plan)


def topological(plan):
    waiting, order = {}, []
    for node in plan.nodes.values():
        waiting[node.path] = sum(not before.level_of_effort for before, *_ in node.links)
    ready = [n for n in plan.nodes.values() if not waiting[n.path] and not n.level_of_effort]
    while ready:
        node = ready.pop()
        order.append(node)
        for after, *_ in node.successors:
            waiting[after.path] -= 1
            if not waiting[after.path] and not after.level_of_effort:
                ready.append(after)
    assert len(order) == sum(not n.level_of_effort for n in plan.nodes.values()), "a cycle"
    return order


def lagged(t, lag, calendar):
    if not lag:
        return t
    k = calendar.index(t) + lag
    return calendar.finish(k) if lag > 0 else calendar.start(k)


def bound(before, after, kind, lag, calendar, event=None):
    """The instant that a link allows: from the predecessor's finish (FS, FF) or start (SS, SF), after the lag."""
    from_start = kind in ("SS", "SF")
    if counts_from_actual_start(before, after, kind):
        return lagged(before.actual_start, lag, calendar)
    since = None
    if before.started and not before.complete and from_start:  # rule 9: what was worked of the lag is consumed
        since = before.actual_start
    if before.held:  # rule 11: its dates are those from the data date on, and so is what is left of the lag
        since = before.actual_start if from_start else before.actual_finish
    if since is not None and lag > 0:
        lag = max(0, lag - (calendar.index(before.data_date) - calendar.index(since)))
    if before.complete and not before.held:  # rule 11: its actual dates, whoever works then
        event = before.actual_start if from_start else before.actual_finish
    if event is None:
        event = before.start_instant if from_start else before.rests
    return lagged(event, lag, calendar)


def counts_from_actual_start(before, after, kind):
    """Rule 9, the other choice: a lag from the start of work that has begun counts from its actual start."""
    begun = before.started and not before.complete
    return begun and kind in ("SS", "SF") and after.project.lag_from == "actual_start"


def ignored(node, before, kind):
    """Links that progress has overtaken."""
    if before.level_of_effort:
        return not node.level_of_effort
    if node.level_of_effort:
        return False
    if node.complete:  # rule 8
        return node.project.out_of_sequence != "retained_logic" or (before.complete and not before.held)
    if not node.started or before.complete:
        return False
    if node.override and kind in ("FS", "SS"):
        return True  # rule 10
    pushed = before.start > before.work.index(before.data_date)
    return kind == "SS" and before.started and not pushed  # rule 9


def forward(plan, node):
    """Set start, finish and resting instant of a node whose predecessors are done."""
    work, activity = node.work, node.activity
    finish_bounds, start_bounds = [], []
    for before, kind, lag, calendar in node.links:
        if not ignored(node, before, kind):
            t = bound(before, node, kind, lag, calendar)
            (start_bounds if kind in ("FS", "SS") else finish_bounds).append(t)
    if node.complete:
        settle(node, start_bounds + finish_bounds)
        return
    constraints = [activity.progress and activity.progress.resumes]
    if not node.started:
        constraints = [activity.start_no_earlier_than and activity.start_no_earlier_than.date, activity.start_on]
    start_bounds += [plan.minute(moment.at) for moment in constraints if moment]
    if keeps_data_date(node, start_bounds):
        node.raw_start = node.data_date  # rule 1
    start = max([work.index(node.data_date), *(work.index(t) for t in start_bounds)])
    rest = [(start + node.duration, NEVER)]
    for t in finish_bounds + ([node.data_date, *start_bounds] if node.without_work else []):
        k = work.index(t)
        rest.append((k, work.start(k) if t > work.finish(k) else work.finish(k)))  # rules 4, 5
    finishes = (activity.finish_no_earlier_than, activity.finish_on)
    rest += [(work.index(plan.minute(moment.at)), NEVER) for moment in finishes if moment is not None]  # rule 6
    finish, instant = mandated(plan, node) or expected(plan, node, start) or max(rest)
    node.finish, node.start = finish, finish - node.duration
    node.rests = max(work.finish(finish), instant)
    if activity.milestone == "start":
        node.rests = node.start_instant


def keeps_data_date(node, start_bounds):
    """Rule 1: nothing but the data date holds a start milestone, so it keeps that very minute."""
    activity = node.activity
    others = ("finish_no_earlier_than", "finish_on", "mandatory_start", "mandatory_finish")
    free = not start_bounds and not any(not ignored(node, before, kind) for before, kind, *_ in node.links)
    free = free and not activity.as_late_as_possible
    return activity.milestone == "start" and free and not any(getattr(activity, name) for name in others)


def mandated(plan, node):
    """The finish that a mandatory constraint sets, against all logic, but no date before the data date (rule 11)."""
    work, activity = node.work, node.activity
    if activity.mandatory_start is not None and not node.started:
        instant = max(plan.minute(activity.mandatory_start.at), node.data_date)
        k = work.index(instant)
        rests = work.start(k) if node.without_work and instant > work.finish(k) else NEVER
        return k + node.duration, rests
    if activity.mandatory_finish is not None:
        return work.index(max(plan.minute(activity.mandatory_finish.at), node.data_date)), NEVER
    return None


def expected(plan, node, start):
    """Rule 11: an expected finish sets the finish of work that goes on from its start, whatever remains of it."""
    given = node.activity.expected_finish
    if given is None or not node.project.use_expected_finish or node.activity.milestone:
        return None
    finish = max(node.work.index(plan.minute(given.at)), start)
    node.duration = finish - start
    return finish, NEVER


def settle(node, bounds):
    """Complete work keeps its actual dates, unless unfinished predecessors still hold it back (rules 8 and 11)."""
    work = node.work
    node.held = bool(bounds)
    latest = max(node.data_date, node.actual_finish, *bounds) if node.held else node.actual_finish
    k = node.start = node.finish = work.index(latest)
    node.rests = work.finish(k)
    if latest > node.rests and (node.held or node.activity.milestone == "finish"):
        node.rests = work.start(k)
    node.raw_start = work.start(k if node.held else work.index(node.actual_start))
    if node.activity.milestone == "start":
        node.rests = node.raw_start


def as_late_as_possible(plan, order):
    """Rule 7: push to zero free float, the last in the network first."""
    for node in reversed(order):
        mandatory = node.activity.mandatory_start or node.activity.mandatory_finish
        if not node.activity.as_late_as_possible or node.started or mandatory:
            continue
        low, high = 0, 1
        while high < 10**6 and fits(node, high, plan.ends[node.project_id]):
            high *= 2
        while low < high:
            middle = (low + high + 1) // 2
            fitting = fits(node, middle, plan.ends[node.project_id])
            low, high = (middle, high) if fitting else (low, middle - 1)
        place(node, low)


def place(node, shift):
    node.start, node.finish = node.start + shift, node.finish + shift
    if shift:
        node.rests = node.work.finish(node.finish)
        node.raw_start = None
        if node.activity.milestone == "start":
            node.rests = node.start_instant


def fits(node, shift, end):
    """Whether a push delays no successor, nor the project where no successor holds the finish."""
    kept = node.start, node.finish, node.rests, node.raw_start
    place(node, shift)
    after = [link for link in node.successors if not ignored(link[0], node, link[1]) and not link[0].level_of_effort]
    good = any(kind in ("FS", "FF") for _, kind, *_ in after) or node.finish <= node.work.index(end)
    for link in after:
        good = good and undelayed(node, *link)
    node.start, node.finish, node.rests, node.raw_start = kept
    return good


def undelayed(node, after, kind, lag, calendar):
    """Whether a successor stays where it is; a finish may not move from an end of work to the next start either."""
    instant = bound(node, after, kind, lag, calendar)
    k = after.work.index(instant)
    if kind == "SS" or kind == "SF" or (kind == "FS" and not after.without_work):
        return k <= (after.start if kind in ("FS", "SS") else after.finish)
    return k < after.finish or instant <= after.rests


def follow(node):
    """Rule 12: level of effort runs from the least of its start drivers to the greatest of its finish drivers."""
    starts, finishes = [], []
    for before, kind, lag, calendar in node.links:
        k = node.work.index(bound(before, node, kind, lag, calendar))
        (starts if kind in ("FS", "SS") else finishes).append(k)
    first = node.work.index(node.data_date)
    node.start = max(first, min(starts, default=first))
    node.finish = max([node.start, *finishes])
    node.rests = node.work.finish(node.finish)


def compare(program, schedule, stored):
    """Return (path, stored start, stored finish, computed start, computed finish) of every activity that differs.

    ``stored`` holds (early start, early finish) by path; the comparison is in working minutes of the activity's own
    calendar, so that 17:00 and next 08:00 are one.
    """
    differing, counted = [], 0
    for path, (start, finish) in stored.items():
        node = schedule.nodes.get(path)
        if node is None or node.complete or start is None or finish is None:
            continue
        counted += 1
        wanted = node.work.index(schedule.minute(start)), node.work.index(schedule.minute(finish))
        if wanted != (node.start, node.finish):
            at = [schedule.epoch + timedelta(minutes=m) for m in (node.start_instant, node.rests)]
            differing.append((path, start, finish, *at))
    return differing, counted


def driving_path(schedule):
    """Return the paths of P6's longest path: back from the latest early finish through links that are tight."""
    working = [node for node in schedule.nodes.values() if not (node.level_of_effort or node.complete)]
    waiting = [node for node in working if node.rests == schedule.finish]
    found = set()
    while waiting:
        node = waiting.pop()
        if node.path in found:
            continue
        found.add(node.path)
        for before, kind, lag, calendar in node.links:
            held = node.start if kind in ("FS", "SS") else node.finish
            if ignored(node, before, kind) or (before.complete and not before.held):
                continue
            if counts_from_actual_start(before, node, kind):
                continue
            if node.work.index(bound(before, node, kind, lag, calendar)) == held:
                waiting.append(before)
    return {path for path in found if not schedule.nodes[path].complete}
