"""What a program says before anything is drawn: tasks on their calendars, links, selections, who acts.

Read straight from the nouns and semantics N1 to N5, T1 to T5, K6. Tests trust this; nothing else uses it.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from naive_hours import Axis, WorkingMinutes, working_minutes
from naive_sizes import central, constant

ACTING = {
    "pre": {"done"},
    "current": {"approved", "in_plan", "done"},
    "post": {"proposed", "approved", "in_plan", "done"},
}


@dataclass(frozen=True, eq=False)
class Tie:
    """A link between two tasks: where its lag runs, and the name of the lag's variable."""

    pred: str
    succ: str
    type: str
    lag: object
    calendar: WorkingMinutes
    name: str


@dataclass(eq=False)
class Task:
    """One activity: its calendar, where it stands at the data date, its planned and remaining minutes."""

    path: str
    project: str
    activity: object
    calendar: WorkingMinutes
    axis: Axis
    floor: int
    state: str = "open"
    started: int = 0
    finished: int = 0
    planned: float = 0.0
    remaining: float = 0.0
    date_condition: tuple | None = None

    @property
    def effort(self):
        return self.activity.level_of_effort is not None

    @property
    def margin(self):
        return bool(self.activity.margin)

    @property
    def milestone(self):
        duration = self.activity.duration
        certain = duration is not None and duration.range is None and duration.plan.value == 0
        return bool(self.activity.milestone) or (certain and not self.margin and not self.effort)

    @property
    def works(self):
        """Whether there is remaining work that ranges, drivers and risks can change."""
        return not (self.milestone or self.margin or self.effort or self.state == "finished")

    def minute(self, moment):
        return self.axis.minute(moment)


class Plan:
    """A program on an axis: everything about it that is the same in every iteration."""

    def __init__(self, program, mitigation="current", days=1500, default_range=None):
        self.program, self.mitigation, self.default_range = program, mitigation, default_range
        self.axis = Axis(min(start_of(program, project) for project in program.projects.values()).date(), days)
        self.calendars = {}
        self.tasks = {path: self.task(path, activity) for path, activity in self.activities()}
        self.links = [tie for path in self.tasks for tie in self.ties(path)]
        self.links += [tie for response in self.acting().values() for tie in self.response_ties(response)]
        self.finish = None if program.finish is None else program.path(program.finish, None)

    def activities(self):
        """Yield (path, activity) of all that was scheduled, in the order of the file; then those of responses."""
        for path, activity in self.program.activities().items():
            if not activity.unscheduled:
                yield path, activity
        for response in self.acting().values():
            for name, activity in response.activities.items():
                yield f"{self.home_of(activity)}.{name}", activity

    def home_of(self, activity):
        """Return the project that the activity of a response joins: that of the first it precedes, else follows."""
        for link in (*activity.before, *activity.after):
            return self.program.path(link.activity, None).split(".")[0]
        return next(iter(self.program.projects))

    def acting(self):
        """Return the responses that act in this state of mitigation, by identifier (K6)."""
        known = self.program.responses
        return {name: known[name] for name in sorted(known) if known[name].status in ACTING[self.mitigation]}

    def calendar(self, name):
        if name not in self.calendars:
            self.calendars[name] = working_minutes(self.program, name, self.axis)
        return self.calendars[name]

    def task(self, path, activity):
        name = path.split(".")[0]
        project = self.program.projects[name]
        task = Task(path, name, activity, None, self.axis, self.axis.minute(self.floor(project)))
        task.calendar = self.calendar(self.calendar_name(project, task))
        if activity.duration is not None and not task.milestone:
            task.planned = task.remaining = planned_minutes(activity.duration, task.calendar)
        if activity.progress is not None:
            self.progress(task, activity.progress)
        condition = activity.when
        if condition is not None and condition.activity is not None and task.state == "open":
            task.date_condition = self.condition(condition, name)
        return task

    def floor(self, project):
        """Return the moment before which nothing unfinished of the project goes on (N4)."""
        status = project.data_date or self.program.data_date
        start = start_of(self.program, project)
        return start if status is None else max(start, status.start_like())

    def calendar_name(self, project, task):
        """Return the calendar of a task: 24 hours for milestones and elapsed durations (T2, T3)."""
        duration, own = task.activity.duration, task.activity.calendar
        if task.milestone and own is None:
            return "24h"
        if duration is not None and any(quantity.unit.startswith("e") for quantity in quantities(duration)):
            return "24h"
        return own or project.calendar or self.program.calendar

    def progress(self, task, progress):
        """Set the state of a task, its actual dates and its remaining minutes (N4)."""
        if progress.finished is not None:
            task.state, task.remaining = "finished", 0.0
            task.finished = task.minute(progress.finished.finish_like())
            task.started = task.finished if progress.started is None else task.minute(progress.started.start_like())
        elif progress.started is not None:
            task.state, task.started = "started", task.minute(progress.started.start_like())
            if progress.remaining is not None:
                task.remaining = central(progress.remaining, task.calendar.minutes, share_of=task.planned)
            elif task.planned:
                worked = task.calendar.index(task.floor) - task.calendar.index(task.started)
                task.remaining = max(task.planned - worked, 1.0)

    def condition(self, condition, home):
        """Return the path, event, comparison and instant of a condition on a date: after D is after D 24:00 (T5)."""
        path = self.program.path(condition.activity, home)
        return path, condition.event, condition.comparison, self.axis.minute(condition.date.finish_like())

    def ties(self, path):
        """Yield the links into a task."""
        home, seen = path.split(".")[0], {}
        for link in sorted(self.tasks[path].activity.after, key=str):
            pred = self.program.path(link.activity, home)
            if pred in self.tasks:
                sampled = link.lag is not None and not link.lag.certain
                seen[pred, link.type] = seen.get((pred, link.type), 0) + sampled
                yield self.tie(link, pred, path, seen[pred, link.type])

    def tie(self, link, pred, succ, count=1):
        """Return a link between two tasks, the ``count``-th sampled one of its type between them."""
        name = f"link/{pred}/{succ}/{link.type}/lag" + (f"/{count}" if count > 1 else "")
        return Tie(pred, succ, link.type, link.lag, self.lag_calendar(link, pred, succ), name)

    def response_ties(self, response):
        """Yield the links from the activities of a response to those they come before."""
        for name, activity in response.activities.items():
            for link in activity.before:
                yield self.tie(link, f"{self.home_of(activity)}.{name}", self.program.path(link.activity, None))

    def lag_calendar(self, link, pred, succ):
        """Return the calendar that a lag runs on (N2, T3)."""
        project = self.program.projects[self.tasks[succ].project]
        option = link.lag_calendar or project.lag_calendar or self.program.lag_calendar or "predecessor"
        if link.lag is not None and any(quantity.unit.startswith("e") for _, quantity in link.lag.parameters):
            return self.calendar("24h")
        if option == "24h":
            return self.calendar("24h")
        if option == "project":
            return self.calendar(project.calendar or self.program.calendar)
        end = self.tasks[pred if option == "predecessor" else succ]
        return self.calendar(self.program.calendar) if end.milestone else end.calendar

    def overridden(self, tie):
        """Return whether progress override lets a started task ignore an unfinished predecessor."""
        project = self.program.projects[self.tasks[tie.succ].project]
        option = project.out_of_sequence or self.program.out_of_sequence or "retained_logic"
        unfinished = self.tasks[tie.pred].state != "finished"
        started = self.tasks[tie.succ].state == "started"
        return option == "progress_override" and started and unfinished and tie.type[1] == "S"

    def supports(self, task):
        """Return the (task, end) pairs that begin, and those that end, a level of effort."""
        home, span = task.project, task.activity.level_of_effort
        first = [(self.program.path(name, home), "S") for name in span.from_]
        last = [(self.program.path(name, home), "F") for name in span.to]
        if not first:
            into = [(tie.pred, tie.type) for tie in self.links if tie.succ == task.path]
            first = [(pred, kind[0]) for pred, kind in into if kind[1] == "S"] or [(pred, "S") for pred, _ in into]
            last = [(pred, kind[0]) for pred, kind in into if kind[1] == "F"] or [(pred, "F") for pred, _ in into]
        return first, last

    def selected(self, patterns, except_=None):
        """Return the paths that a selector names, in the order of the file."""
        left_out = set(self.selected(except_)) if except_ else set()
        return [path for path in self.tasks if path not in left_out and any(self.matches(path, p) for p in patterns)]

    def matches(self, path, pattern):
        activity = self.tasks[path].activity
        kind, _, rest = pattern.partition(":")
        if kind == "tag":
            return any(fnmatchcase(tag, rest) for tag in activity.tags)
        if kind == "code":
            name, _, value = rest.partition("=")
            return name in activity.codes and fnmatchcase(activity.codes[name], value)
        if kind == "name":
            return activity.name is not None and fnmatchcase(activity.name.lower(), rest.lower())
        if kind == "wbs":
            below = rest.endswith(".*") and activity.wbs is not None and fnmatchcase(activity.wbs, rest[:-2])
            return below or fnmatchcase(activity.wbs or "", rest)
        alone = path.split(".", 1)[1]
        return pattern in ("all", path, alone) or any(self.fits(text, pattern) for text in (path, alone))

    def fits(self, text, pattern):
        """Return whether a text is a pattern, or fits one; a pattern without a dot speaks of the activity alone."""
        return text == pattern or ("*" in pattern and fnmatchcase(text, pattern))


def start_of(program, project):
    """Return the moment at which a project begins."""
    return (project.start or program.start).start_like()


def quantities(estimate):
    """Return every quantity written in an estimate."""
    ranged = () if estimate.range is None else tuple(quantity for _, quantity in estimate.range.parameters)
    return ranged if estimate.plan is None else (estimate.plan, *ranged)


def planned_minutes(estimate, calendar):
    """Return the minutes that stand in the plan: as planned, else the mode, else the median (P1)."""
    if estimate.plan is not None:
        return constant(estimate.plan, calendar.minutes)
    return central(estimate.range, calendar.minutes)
