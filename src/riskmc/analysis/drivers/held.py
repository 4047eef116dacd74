"""Held: a program with what is neither a range nor a risk at its deterministic value, other draws as they were (P1).

Drivers stand at 100%, choices at their most probable outcome, work that may not exist does so at 50% or more, sampled
lags and slips stand at their most likely value; nothing is correlated; risks never occur.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from riskmc.analysis.changed import Words, certain, with_activities, without_risks
from riskmc.network.network import Network
from riskmc.network.sizes import central, is_elapsed, spread
from riskmc.network.tasks import Task, number
from riskmc.network.ties import lag_calendar
from riskmc.program.link import Link
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.uncertainty import Driver, RangeRule

FACTORS = ("duration", "cost", "cost_per_day", "cost_total")


def acts(driver: Driver) -> bool:
    """Return whether a driver does anything: whether one of its factors is not a certain 100%."""
    sizes = [size for word in FACTORS if (size := getattr(driver, word)) is not None]
    return any(not size.certain or size.value.value != 1 for size in sizes)


def without_drivers(program: Program, names: Collection[str]) -> Program:
    """Return the program with some of its `drivers` at 100%."""
    drivers = {name: _whole(driver) if name in names else driver for name, driver in program.drivers.items()}
    return program.model_copy(update={"drivers": drivers})


def _whole(driver: Driver) -> Driver:
    given = [word for word in FACTORS if getattr(driver, word) is not None]
    return driver.model_copy(update={word: certain(Quantity(1.0, "%"), "x") for word in given})


def without_choices(program: Program, names: Collection[str]) -> Program:
    """Return the program with some of its `choices` at their most probable outcome; of equal ones the first by name."""
    settled = {name: _settled(choice) if name in names else choice for name, choice in program.choices.items()}
    return program.model_copy(update={"choices": settled})


def _settled(choice: dict[str, float]) -> dict[str, float]:
    likely = max(sorted(choice), key=lambda outcome: choice[outcome])
    return {outcome: float(outcome == likely) for outcome in choice}


def without_doubt(program: Program, paths: Collection[str]) -> Program:
    """Return the program with some work that may not exist there where its chance is 50% or more, and else not."""
    known = program.activities()
    return with_activities(program, {path: {"exists": float((known[path].exists or 0.0) >= 0.5)} for path in paths})


def without_any_risk(program: Program) -> Program:
    """Return the program in which no risk ever occurs; what responses cost stays."""
    return without_risks(program, [name for name, risk in program.risks.items() if risk.status == "open"])


def without_weather(program: Program) -> Program:
    """Return the program without the weather of its calendars; days held free for it are off again."""
    calendars = {name: calendar.model_copy(update={"weather": None}) for name, calendar in program.calendars.items()}
    return program.model_copy(update={"calendars": calendars})


def without_behaviours(program: Program) -> Program:
    """Return the program without what the plan's own answer leaves out: gates, approvals, scope growth, policies (P1).

    Pools stay, and everybody in them; what fails and who leaves does not happen.
    """
    some = {path: a for path, a in program.activities().items() if a.quality_gate is not None or a.approval is not None}
    plain = with_activities(program, {path: {"quality_gate": None, "approval": None} for path in some})
    pools = {
        name: pool.model_copy(update={"turnover": None, "outages": None}) for name, pool in program.resources.items()
    }
    return plain.model_copy(update={"resources": pools, "scope": {}, "policies": {}})


def correlates(program: Program, default_range: Size | None) -> bool:
    """Return whether anything is correlated: by `correlations`, by a rule of `ranges`, or by the default range."""
    shared = any(rule.sizes in ("same", "correlated") for rule in program.ranges)
    return bool(program.correlations) or shared or default_range is not None


def uncorrelated(program: Program, default_range: Size | None) -> Program:
    """Return the program with every estimate drawn on its own, those that share one size too, and every risk."""
    given = () if default_range is None else (RangeRule(on=("all",), duration=default_range, sizes="own"),)
    loose = [rule.model_copy(update={"sizes": "own", "correlation": None}) for rule in program.ranges]
    return program.model_copy(update={"ranges": (*given, *loose), "correlations": ()})


@dataclass(frozen=True, eq=False)
class SampledDates:
    """The sampled lags, and earliest dates that may slip, of a program; ``network`` is the program compiled."""

    program: Program
    network: Network

    @property
    def lagged(self) -> list[str]:
        """The activities with a sampled lag before them."""
        known = self.program.activities().items()
        return [path for path, a in known if path in self._tasks and any(_drawn(link.lag) for link in a.after)]

    @property
    def slipping(self) -> list[str]:
        """The activities with an earliest date that may slip."""
        dated = [(path, a.start_no_earlier_than) for path, a in self.program.activities().items()]
        return [path for path, date in dated if path in self._tasks and date is not None and _drawn(date.slip)]

    def held_lags(self, program: Program) -> Program:
        """Return ``program`` with every sampled lag at its most likely value."""
        known = program.activities()
        words: dict[str, Words] = {
            path: {"after": tuple(self._link(self._tasks[path], link) for link in known[path].after)}
            for path in self.lagged
        }
        return with_activities(program, words)

    def held_slips(self, program: Program) -> Program:
        """Return ``program`` with every slip at its most likely value."""
        return with_activities(program, {path: self._date(self._tasks[path]) for path in self.slipping})

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {task.path: task for task in self.network.tasks}

    def _link(self, succ: Task, link: Link) -> Link:
        pred = self._tasks.get(self.network.program.path(link.activity, succ.project))
        if link.lag is None or link.lag.certain or pred is None:
            return link
        calendar = lag_calendar(self.network.program, self.network.axis, pred, succ, link)
        return link.model_copy(update={"lag": self._mode(link.lag, succ, calendar, pred.planned)})

    def _date(self, task: Task) -> Words:
        date = task.activity.start_no_earlier_than
        assert date is not None
        assert date.slip is not None
        return {"start_no_earlier_than": date.model_copy(update={"slip": self._mode(date.slip, task, task.calendar)})}

    def _mode(self, size: Size, task: Task, calendar: int, base: float | None = None) -> Size:
        """Return the most likely value of a size in whole minutes of a calendar."""
        reading = task.activity.elicited_as or self.program.elicited_as
        minutes = central(spread(size, number(self.network.axis, calendar, base), reading))
        return certain(Quantity(float(round(minutes)), "emin" if is_elapsed(size) else "min"))


def _drawn(size: Size | None) -> bool:
    return size is not None and not size.certain
