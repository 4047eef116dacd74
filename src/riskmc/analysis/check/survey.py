"""The survey of a program: links, ranges, strikes and criticality, looked up once for all rules of a check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.check.thresholds import Thresholds
from riskmc.distributions import Distribution
from riskmc.network.axis import CLOCK
from riskmc.network.estimates import Rule, last_matching
from riskmc.network.network import Network
from riskmc.network.sizes import central, is_elapsed, spread
from riskmc.network.tasks import State, Task, number
from riskmc.program.activity import Activity
from riskmc.program.link import Link
from riskmc.program.notation import kind
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.risk import Impact, Risk
from riskmc.program.selector import select
from riskmc.program.stored import StoredDates
from riskmc.simulation.trials import Trials


class Hit(NamedTuple):
    """One activity that a point of the gate counts: its path, the thing in a few words, a figure where there is one."""

    path: str
    detail: str
    value: float | None = None


class Measure(NamedTuple):
    """What a point of the gate counts, and out of how many."""

    found: list[Hit]
    of: int


class Tie(NamedTuple):
    """One link between two scheduled activities, and its number among the links of the successor."""

    predecessor: Task
    successor: Task
    link: Link
    number: int


@dataclass(frozen=True)
class Range:
    """The range of an activity's duration, as written and as a distribution.

    ``shape`` is in minutes or in shares of the plan, ``plan`` the planned value in the same measure; ``rule`` is the
    number of the entry of `ranges` that it comes from, None where it is the activity's own.
    """

    task: Task
    size: Size
    shape: Distribution
    plan: float
    rule: int | None

    @cached_property
    def central(self) -> float:
        """The most likely value, else the median."""
        return central(self.shape)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """P10 and P90."""
        low, high = _ends(self.shape)
        return low, high


@dataclass(frozen=True, eq=False)
class Survey:
    """A program with its network and the trials of it as given; everything else is worked out once, when asked for.

    ``program`` is the program as given; `whole` has the activities of the acting responses in it too. ``stored`` holds
    the dates of the planning tool by path, ``future`` the actual dates after the data date (path, what is wrong),
    ``default_range`` the range of what has none, ``measures`` what the gate has counted so far.
    """

    program: Program
    network: Network
    trials: Trials
    thresholds: Thresholds = field(default_factory=Thresholds)
    stored: Mapping[str, StoredDates] = field(default_factory=dict)
    future: Sequence[tuple[str, str]] = ()
    default_range: Size | None = None
    measures: dict[str, Measure] = field(default_factory=dict)

    @property
    def whole(self) -> Program:
        """The program that was compiled."""
        return self.network.program

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Activities by path, those of the acting responses included."""
        return self.whole.activities()

    @cached_property
    def by_path(self) -> dict[str, Task]:
        """Scheduled activities by path."""
        return {task.path: task for task in self.network.tasks}

    @cached_property
    def unfinished(self) -> list[Task]:
        """Activities that are not finished, level of effort apart."""
        return [t for t in self.network.tasks if t.state is not State.FINISHED and not t.follows]

    @cached_property
    def ties(self) -> list[Tie]:
        """Links between scheduled activities, level of effort apart."""
        return list(_ties(self.whole, self.by_path))

    @cached_property
    def before(self) -> dict[str, list[Tie]]:
        """Links into each activity."""
        return _grouped((tie.successor.path, tie) for tie in self.ties)

    @cached_property
    def after(self) -> dict[str, list[Tie]]:
        """Links out of each activity."""
        return _grouped((tie.predecessor.path, tie) for tie in self.ties)

    @cached_property
    def criticality(self) -> dict[str, float]:
        """Share of the iterations in which each activity is on a driving chain (N6)."""
        told = self.trials.statistics
        return dict(zip(told.paths, told.criticality.tolist(), strict=True))

    @cached_property
    def driving(self) -> set[str]:
        """Activities on a driving chain of the plan."""
        return {t.path for t in self.network.tasks if self.network.plan.critical[t.number] and not t.activity.margin}

    @cached_property
    def rules(self) -> list[tuple[str, ...]]:
        """The activities that each entry of `ranges` selects, whether or not it is the last to do so."""
        return [self.select(rule.on, rule.except_) for rule in self.program.ranges]

    @cached_property
    def applied(self) -> dict[str, Rule]:
        """The entry of `ranges` that is the last to match each activity's duration (K1)."""
        return last_matching(self.program, list(zip(self.program.ranges, self.rules, strict=True)))["duration"]

    @cached_property
    def entry(self) -> dict[str, int]:
        """The number of that entry in `ranges`."""
        found: dict[str, int] = {}
        for place, (rule, paths) in enumerate(zip(self.program.ranges, self.rules, strict=True)):
            template = self.program.templates.get(rule.use) if rule.use else None
            if rule.duration is not None or (template is not None and template.duration is not None):
                found.update(dict.fromkeys(paths, place))
        return found

    @cached_property
    def ranges(self) -> dict[str, Range]:
        """The range of each activity whose duration has one."""
        return {found.task.path: found for found in _ranges(self)}

    @cached_property
    def mixed(self) -> set[int]:
        """Rows of the sampler whose scores are correlated with others."""
        return set(self.network.sampler.target.tolist())

    @cached_property
    def shared(self) -> set[str]:
        """Activities whose range draws one size for all it matches (`sizes: same`)."""
        return {path for path, rule in self.applied.items() if rule.sizes == "same"}

    @cached_property
    def risks(self) -> dict[str, Risk]:
        """Open risks that this check samples."""
        return {name: risk for name, risk in self.program.risks.items() if name in self.network.occurs}

    @property
    def correlates(self) -> bool:
        """Whether there are two estimates that could be correlated."""
        costs = [n for n in self.network.sampler.names if n.startswith("activity/") and n.endswith("/cost")]
        return sum(self.network.ranged) > 1 or len(costs) > 1

    @cached_property
    def struck(self) -> dict[str, set[str]]:
        """The activities whose durations each sampled risk can change."""
        return {name: set(self._durations(risk.impacts)) for name, risk in self.risks.items()}

    def select(self, on: Collection[str], except_: Collection[str] | None = None) -> tuple[str, ...]:
        """Return the paths of the activities that a selector means."""
        return select(self.whole, on, except_, lambda: self.driving)

    def samples(self, paths: Iterable[str]) -> list[str]:
        """Return those of the paths whose durations a range, driver or risk can still change."""
        return [path for path in paths if path in self.by_path and self.by_path[path].samples]

    def name(self, path: str) -> str:
        """Return the display name of an activity, its path where it has none."""
        return self.activities[path].name or path

    def at(self, path: str, *more: str | int) -> Place:
        """Return the place of an activity, or of a word inside it."""
        home = self.whole.project_of(path)
        return ("projects", home, "activities", path[len(home) + 1 :], *more)

    def lag_days(self, tie: Tie) -> float:
        """Return the central lag of a link in days of the predecessor's calendar; 24-hour days where it is elapsed."""
        lag = tie.link.lag
        if lag is None:
            return 0.0
        axis, pred = self.network.axis, tie.predecessor
        calendar = CLOCK if is_elapsed(lag) or tie.link.lag_calendar == "24h" else pred.calendar
        minutes = central(spread(lag, number(axis, calendar, pred.planned)))
        return minutes / axis.calendars[calendar].day_minutes

    @cached_property
    def without_range(self) -> set[str]:
        """Unfinished work that neither a range nor a driver makes uncertain (P2)."""
        driven = {path for d in self.program.drivers.values() if d.duration for path in self.select(d.on, d.except_)}
        work = (task for task in self.unfinished if task.samples and task.remaining > 0)
        return {task.path for task in work if not self.network.ranged[task.number] and task.path not in driven}

    @cached_property
    def by_default(self) -> list[str]:
        """Activities to which the default range applies: they have none of their own, and no rule is for them."""
        ranged = (task.path for task in self.unfinished if self.network.ranged[task.number])
        return [path for path in ranged if path not in self.ranges] if self.default_range is not None else []

    @cached_property
    def mean_start(self) -> dict[str, float]:
        """Mean start of each activity that exists in any iteration, in minutes of the axis."""
        return self._means(self.trials.statistics.mean_start)

    @cached_property
    def mean_finish(self) -> dict[str, float]:
        """Mean finish of each activity that exists in any iteration, in minutes of the axis."""
        return self._means(self.trials.statistics.mean_finish)

    def _means(self, minutes: NDArray[np.float64]) -> dict[str, float]:
        pairs = zip(self.trials.statistics.paths, (minutes - self.network.axis.unix).tolist(), strict=True)
        return {path: minute for path, minute in pairs if minute == minute}

    @property
    def own(self) -> dict[str, Activity]:
        """Activities of the program as given, by path."""
        return self.program.activities()

    @cached_property
    def has_baseline(self) -> bool:
        """Whether the plan file has a baseline finish of any activity."""
        return any(dates.baseline_finish is not None for dates in self.stored.values())

    @property
    def finish(self) -> datetime:
        """The finish of the plan."""
        return plan_finish(self.network)

    @cached_property
    def last(self) -> Task | None:
        """What `finish:` names, else the unfinished activity that finishes last in the plan; None without any."""
        if self.program.finish is not None:
            return self.by_path.get(self.program.path(self.program.finish))
        plan = self.network.plan
        there = [task for task in self.unfinished if plan.exists[task.number]]
        return max(there, key=lambda task: int(plan.finish[task.number]), default=None)

    def instant(self, minute: int) -> datetime:
        """Return a minute of the axis as a date and time."""
        return self.network.axis.epoch + timedelta(minutes=int(minute))

    def status(self, task: Task) -> datetime | None:
        """Return the data date that an activity goes by, or None without any."""
        found = self.program.projects[task.project].data_date or self.program.data_date
        return None if found is None else found.start_like()

    def finish_of(self, task: Task) -> datetime:
        """Return when an activity finished, or will in the plan."""
        plan = self.network.plan
        return self.instant(task.finished if task.state is State.FINISHED else plan.finish[task.number])

    def float_days(self, task: Task) -> float:
        """Return the total float of an activity in the plan, in days of its calendar."""
        return self.days(task, float(self.network.plan.total_float[task.number]))

    def between(self, task: Task, first: datetime, second: datetime) -> int:
        """Return the working minutes of an activity's calendar from one instant to another, below 0 backwards."""
        return self._worked(task.calendar, first, second)

    def project_minutes(self, task: Task, first: datetime, second: datetime) -> int:
        """Return the working minutes from one instant to another on the calendar of an activity's project."""
        name = self.whole.projects[task.project].calendar or self.whole.calendar
        return self._worked(self.network.axis.number(name), first, second)

    def _worked(self, calendar: int, first: datetime, second: datetime) -> int:
        axis = self.network.axis
        last = axis.calendars[calendar].horizon
        begin, end = (axis.index(calendar, min(max(axis.minute(at), 0), last)) for at in (first, second))
        return end - begin

    def days(self, task: Task, minutes: float) -> float:
        """Return working minutes of an activity in days of its calendar."""
        return minutes / self.network.axis.calendars[task.calendar].day_minutes

    def _durations(self, impacts: Sequence[Impact]) -> Iterator[str]:
        for impact in impacts:
            if impact.duration is not None and impact.on is not None:
                yield from self.samples(self.select(impact.on, impact.except_))


def plan_finish(network: Network) -> datetime:
    """Return the finish of the plan of a compiled program."""
    return network.axis.epoch + timedelta(minutes=int(network.plan.outputs[0]))


def _grouped(pairs: Iterable[tuple[str, Tie]]) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for path, tie in pairs:
        found[path].append(tie)
    return found


def _ties(program: Program, by_path: dict[str, Task]) -> Iterator[Tie]:
    """Yield the links in the order of the program."""
    for task in by_path.values():
        if task.follows:
            continue
        for place, link in enumerate(task.activity.after):
            pred = by_path.get(program.path(link.activity, task.project))
            if pred is not None and not pred.follows:
                yield Tie(pred, task, link, place)


def _ranges(survey: Survey) -> Iterator[Range]:
    """Yield the range that applies to each unfinished activity: its own, else the last matching rule (K1)."""
    shapes: dict[tuple[Size, str | None, int], Distribution] = {}
    for task in survey.unfinished:
        own, rule = task.activity.duration, survey.applied.get(task.path)
        if not task.samples or task.remaining <= 0:
            continue
        if task.own is not None and own is not None and own.range is not None and task.own_name == "duration":
            yield Range(task, own.range, task.own, task.planned, None)
        elif task.own is None and task.backlog is None and rule is not None:
            base = number(survey.network.axis, task.calendar, 1.0)
            key = (rule.size, rule.elicited_as, task.calendar)
            shape = shapes.setdefault(key, spread(rule.size, base, rule.elicited_as))
            plan = 1.0 if kind(rule.size) == "share" else task.planned
            yield Range(task, rule.size, shape, plan, survey.entry[task.path])


def _ends(shape: Distribution) -> tuple[float, float]:
    low, high = shape.quantile(np.array([0.1, 0.9])).tolist()
    return low, high
