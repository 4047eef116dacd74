"""Progressed: the program as it will stand at a later data date if all goes as planned until then (AACE 70R-12).

What lies before the date has happened as in the deterministic plan: its ranges and risks are gone, a choice that had to
be made fell as planned, work that the plan has not is never done. Started work keeps its range on what remains (N4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from riskmc.network.estimates import money
from riskmc.network.sizes import central, spread
from riskmc.network.spending import cents_per_minute
from riskmc.network.tasks import State, Task
from riskmc.program.activity import Activity, Progress
from riskmc.program.cost import CostItem
from riskmc.program.estimate import Estimate
from riskmc.program.moment import Moment
from riskmc.program.notation import certain
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Quantity, Size
from riskmc.program.response import Response
from riskmc.program.risk import Risk
from riskmc.program.selector import select
from riskmc.program.stored import inherit_plan
from riskmc.program.vocabulary import SHARES, bare_numbers
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.trials import CENTS


def progressed(rerun: Rerun, date: datetime) -> Program:
    """Return the program of a run with ``date`` as its data date, done until then as its deterministic plan has it.

    Activities that responses add stand in it as plain activities. What is done lies where the plan has it, so that the
    deterministic finish and cost stay what they are.
    """
    return _Progress(rerun, date).program()


def last_finish(rerun: Rerun) -> datetime:
    """Return the instant at which the last activity of the deterministic plan finishes."""
    network = rerun.network
    last = max(int(network.plan.finish[task.number]) for task in network.tasks)
    return network.axis.epoch + timedelta(minutes=last)


@dataclass(frozen=True, eq=False)
class _Progress:
    """One data date of one plan."""

    rerun: Rerun
    date: datetime

    def program(self) -> Program:
        whole = self.rerun.network.program
        changes = {
            "data_date": Moment(self.date),
            "projects": {name: self._project(name, project) for name, project in whole.projects.items()},
            "choices": {name: self._choice(name, choice) for name, choice in whole.choices.items()},
            "risks": {name: self._risk(risk) for name, risk in whole.risks.items()},
            "responses": {name: self._response(response) for name, response in whole.responses.items()},
            "costs": {name: self._cost(item) for name, item in whole.costs.items()},
        }
        changed = whole.model_copy(update=changes)
        inherit_plan(changed, whole)
        return changed

    @cached_property
    def _minute(self) -> int:
        return self.rerun.network.axis.minute(self.date)

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {task.path: task for task in self.rerun.network.tasks}

    @cached_property
    def _passed(self) -> frozenset[str]:
        """The activities that are finished by then, or would have been done and are not in the plan."""
        finish = self.rerun.network.plan.finish
        return frozenset(path for path, task in self._tasks.items() if int(finish[task.number]) <= self._minute)

    def _all_passed(self, paths: tuple[str, ...]) -> bool:
        """Return whether all these activities have passed; of none, whether the whole program has."""
        return set(paths or self._tasks) & self._tasks.keys() <= self._passed

    # ------------------------------------------------------------------------------ activities

    def _project(self, home: str, project: Project) -> Project:
        activities = {name: self._activity(f"{home}.{name}", activity) for name, activity in project.activities.items()}
        return project.model_copy(update={"activities": activities, "data_date": None})

    def _activity(self, path: str, activity: Activity) -> Activity:
        task = self._tasks.get(path)
        if task is None or task.state is State.FINISHED:
            return activity
        if (
            task.follows
            and activity.level_of_effort is not None
            and (activity.level_of_effort.from_ or activity.level_of_effort.to)
        ):
            return activity
        progress = self._progress_of(task, path in self._passed)
        return activity if progress is None else activity.model_copy(update={"progress": progress})

    def _progress_of(self, task: Task, passed: bool) -> Progress | None:
        """Return the progress of an activity of the plan at the date; None where it has not begun."""
        plan, axis = self.rerun.network.plan, self.rerun.network.axis
        start, finish = int(plan.start[task.number]), int(plan.finish[task.number])
        begun = task.started if task.state is State.STARTED else min(start, finish)
        if not plan.exists[task.number]:
            return _never(self._moment(finish)) if passed else None
        if begun >= self._minute and not passed:
            return None
        started, spent = self._moment(begun), self._spent(task, finish)
        if passed:
            return Progress(started=started, finished=self._moment(finish), actual_cost=spent)
        left = axis.index(task.calendar, finish) - axis.index(task.calendar, max(self._minute, start))
        return Progress(started=started, remaining=_left(task, left), actual_cost=spent)

    def _moment(self, minute: int) -> Moment:
        return Moment(self.rerun.network.axis.epoch + timedelta(minutes=minute))

    def _spent(self, task: Task, finish: int) -> Quantity | None:
        """Return what has been spent by the date: what was by the data date, and what the plan spends from there on.

        None where the file does not say what was spent: then the plan counts from the start (N4).
        """
        activity, axis = task.activity, self.rerun.network.axis
        if activity.progress is None or activity.progress.actual_cost is None:
            return None
        left = axis.index(task.calendar, finish) - axis.index(task.calendar, min(self._minute, finish))
        unspent = min(1.0, left / task.planned) if task.planned else float(finish > self._minute)
        fixed = self._fixed(activity) * (task.cost_share - unspent)
        rate = cents_per_minute(self.rerun.network.program, task, axis) / CENTS
        return Quantity(activity.progress.actual_cost.value + fixed + rate * (task.remaining - left))

    def _fixed(self, activity: Activity) -> float:
        """Return the planned fixed cost of an activity in currency units."""
        fixed = None if activity.cost is None else activity.cost.fixed
        if fixed is None:
            return 0.0
        if fixed.plan is not None:
            return fixed.plan.value
        assert fixed.range is not None
        return self._central(fixed.range)

    # ------------------------------------------------------------------------------ chance and money

    def _choice(self, name: str, choice: dict[str, float]) -> dict[str, float]:
        """Return a choice; as planned, where work that hangs on it has begun or would have passed."""
        plan = self.rerun.network.plan
        hanging = [t for t in self._tasks.values() if t.activity.when is not None and t.activity.when.choice == name]
        made = any(t.path in self._passed or int(plan.start[t.number]) < self._minute for t in hanging)
        if not made:
            return choice
        likely = max(sorted(choice), key=lambda outcome: choice[outcome])
        return {outcome: float(outcome == likely) for outcome in choice}

    def _risk(self, risk: Risk) -> Risk:
        """Return a risk; closed where all that it can strike has passed, or its window has."""
        if risk.status != "open":
            return risk
        struck = [self._struck(impact.on, impact.except_) for impact in risk.impacts if impact.on is not None]
        over = risk.window is not None and risk.window.to is not None and risk.window.to.finish_like() <= self.date
        gone = over or self._all_passed(tuple(path for paths in struck for path in paths))
        return risk.model_copy(update={"status": "closed"}) if gone else risk

    def _struck(self, on: tuple[str, ...], but: tuple[str, ...] | None) -> tuple[str, ...]:
        network = self.rerun.network
        critical = network.plan.critical
        return select(network.program, on, but, lambda: {t.path for t in network.tasks if critical[t.number]})

    def _response(self, response: Response) -> Response:
        """Return a response without its activities, which are in the plan; its cost is known once its risks passed."""
        risks = self.rerun.network.program.risks
        names = [name.removeprefix("risks.") for name in response.acts_on]
        known = all(self._risk(risks[name]).status != "open" for name in names if name in risks)
        cost = response.cost
        if cost is not None and not cost.certain and known:
            cost = certain(Quantity(self._central(cost)))
        return response.model_copy(update={"activities": {}, "cost": cost})

    def _cost(self, item: CostItem) -> CostItem:
        """Return a cost of the program; its fixed amount is known once the work of its span has passed."""
        fixed = item.fixed
        ends = () if item.span is None else tuple(self.rerun.network.program.path(name) for name in item.span.to)
        if fixed is None or fixed.uncertain is None or not self._all_passed(ends):
            return item
        plan = fixed.plan or Quantity(self._central(fixed.uncertain))
        return item.model_copy(update={"fixed": Estimate.model_construct(plan=plan)})

    def _central(self, size: Size) -> float:
        return central(spread(size, money(None), self.rerun.network.program.elicited_as))


def _never(moment: Moment) -> Progress:
    """Return the progress of work that the plan has not: over in no time, at no cost."""
    return Progress(started=moment, finished=moment, actual_cost=Quantity(0.0))


def _left(task: Task, minutes: int) -> Size:
    """Return what remains of an activity: a time, or the range of its remaining work in the same proportion."""
    given = task.activity.progress.remaining if task.activity.progress is not None else None
    if given is None or given.certain or not task.remaining:
        return certain(Quantity(float(minutes), "emin" if task.elapsed else "min"))
    share, plain = minutes / task.remaining, SHARES | bare_numbers(given.family)
    told = tuple((name, q if name in plain else replace(q, value=share * q.value)) for name, q in given.parameters)
    clip = given.clip and (
        replace(given.clip[0], value=share * given.clip[0].value),
        replace(given.clip[1], value=share * given.clip[1].value),
    )
    return replace(given, parameters=told, clip=clip)
