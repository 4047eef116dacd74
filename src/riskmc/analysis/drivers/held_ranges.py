"""Held ranges: a program with the ranges of some activities at one value, every other draw as it was (P1, R5).

The value is the plan's, else the most likely one. The range becomes a certain one, not none: its variable is still
drawn, so that what is correlated with it keeps its own draws, and no rule of `ranges` takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from riskmc.analysis.changed import Words, certain, with_activities
from riskmc.network.estimates import Field, Rule, last_matching, money
from riskmc.network.network import Network
from riskmc.network.risks import active_responses
from riskmc.network.sizes import central, spread
from riskmc.network.tasks import State, Task
from riskmc.program.cost import CostItem
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.response import Response
from riskmc.program.selector import select

DEFAULT = "default range"  # what `--range` gave


@dataclass(frozen=True, eq=False)
class RangedWork:
    """The activities of a program that have a range on duration or cost; ``network`` is the program compiled."""

    program: Program
    network: Network

    @cached_property
    def tasks(self) -> Mapping[str, Task]:
        """The unfinished activities with a range, by path, in file order."""
        unfinished = [task for task in self.network.tasks if task.state is not State.FINISHED]
        return {task.path: task for task in unfinished if self._duration_varies(task) or self._cost_varies(task)}

    @cached_property
    def driving(self) -> set[str]:
        """The activities on a driving path of the plan, margin left out (N6)."""
        critical = self.network.plan.critical
        return {task.path for task in self.network.tasks if critical[task.number] and not task.activity.margin}

    def select(self, selector: Collection[str]) -> list[str]:
        """Return the activities with a range that a selector names."""
        chosen = select(self.network.program, selector, None, lambda: self.driving)
        return [path for path in chosen if path in self.tasks]

    def source(self, path: str) -> str | None:
        """Return what gives an activity its range: the key of a rule of `ranges`, DEFAULT, or None for its own."""
        task = self.tasks[path]
        rules = [self._rules["duration"].get(path)] if self._duration_varies(task) and not _own_time(task) else []
        rules += [self._rules["cost"].get(path)] if self._cost_varies(task) and not _own_cost(task) else []
        if not rules:
            return None
        return next((rule.key for rule in rules if rule is not None), DEFAULT)

    def held(self, paths: Collection[str]) -> Program:
        """Return the program with the ranges of some activities, of duration and of cost, at one value."""
        return with_activities(self.program, {path: self._words(self.tasks[path]) for path in paths})

    @property
    def other_costs(self) -> list[str]:
        """The costs of no activity that have a range: those of `costs`, and those of responses that act."""
        items = [name for name, item in self.program.costs.items() if item.fixed is not None and item.fixed.uncertain]
        acting = active_responses(self.program, self.network.mitigation)
        paid = [name for name, response in acting.items() if response.cost and not response.cost.certain]
        return [*(f"costs.{name}" for name in items), *(f"responses.{name}" for name in paid)]

    def held_other_costs(self, program: Program) -> Program:
        """Return ``program`` with the ranges of costs of no activity at one value."""
        costs = {name: self._item(item) for name, item in program.costs.items()}
        responses = {name: self._response(response) for name, response in program.responses.items()}
        return program.model_copy(update={"costs": costs, "responses": responses})

    @cached_property
    def _rules(self) -> Mapping[Field, Mapping[str, Rule]]:
        """The rule of `ranges` that matches last, by field and by path (K1)."""
        whole = self.network.program
        chosen = [(rule, select(whole, rule.on, rule.except_, lambda: self.driving)) for rule in whole.ranges]
        return last_matching(whole, chosen)

    def _duration_varies(self, task: Task) -> bool:
        duration = task.activity.duration
        constant = duration is not None and duration.range is not None and duration.range.certain
        return self.network.ranged[task.number] and not constant

    def _cost_varies(self, task: Task) -> bool:
        fixed = _fixed(task)
        if fixed is None or (fixed.range is not None and fixed.range.certain):
            return False
        ruled = task.path in self._rules["cost"] and fixed.plan is not None and fixed.plan.value != 0
        return fixed.uncertain is not None or ruled

    def _words(self, task: Task) -> Words:
        """Return the words of an activity with its ranges at one value."""
        words: Words = {}
        if self._duration_varies(task):
            words = {"duration": _at(task.activity.duration, _time(task, task.planned or task.remaining))}
            words |= _progress(task)
        fixed = _fixed(task)
        if fixed is not None and self._cost_varies(task):
            amount = Quantity(self._amount(fixed, task.activity.elicited_as))
            words["cost"] = (task.activity.cost or Cost()).model_copy(update={"fixed": _at(fixed, amount)})
        return words

    def _amount(self, fixed: Estimate, elicited_as: str | None = None) -> float:
        """Return the planned amount, else the most likely one."""
        if fixed.plan is not None:
            return fixed.plan.value
        assert fixed.range is not None
        return central(spread(fixed.range, money(None), elicited_as or self.program.elicited_as))

    def _item(self, item: CostItem) -> CostItem:
        if item.fixed is None or item.fixed.uncertain is None:
            return item
        return item.model_copy(update={"fixed": _at(item.fixed, Quantity(self._amount(item.fixed)))})

    def _response(self, response: Response) -> Response:
        if response.cost is None or response.cost.certain:
            return response
        amount = central(spread(response.cost, money(None), self.program.elicited_as))
        return response.model_copy(update={"cost": certain(Quantity(amount))})


def _at(estimate: Estimate | None, value: Quantity) -> Estimate:
    """Return an estimate whose range is one value: still drawn, and always the same."""
    if estimate is None:
        return Estimate.model_construct(plan=value, range=certain(value))
    return estimate.model_copy(update={"range": certain(value)})


def _progress(task: Task) -> Words:
    """Return the progress of started work with what remains at one value, where that has a range of its own."""
    progress = task.activity.progress
    if progress is None or progress.remaining is None or progress.remaining.certain:
        return {}
    return {"progress": progress.model_copy(update={"remaining": certain(_time(task, task.remaining))})}


def _time(task: Task, minutes: float) -> Quantity:
    return Quantity(minutes, "emin" if task.elapsed else "min")


def _fixed(task: Task) -> Estimate | None:
    return None if task.activity.cost is None else task.activity.cost.fixed


def _own_time(task: Task) -> bool:
    return task.own is not None or task.backlog is not None


def _own_cost(task: Task) -> bool:
    fixed = _fixed(task)
    return fixed is not None and fixed.uncertain is not None
