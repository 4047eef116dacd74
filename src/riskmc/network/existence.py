"""Existence of activities: choices, probabilities and conditions as events (N7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from riskmc.errors import ProgramError
from riskmc.network.axis import Axis
from riskmc.network.events import ALWAYS, NEVER, Events, Term
from riskmc.network.tasks import FINISHED, PLANNED, Task
from riskmc.program.condition import Condition
from riskmc.program.program import Program


@dataclass(frozen=True)
class Existence:
    """The event that each task exists (by path), its value in the deterministic plan, and whose hangs on a date."""

    events: Mapping[str, int]
    planned: Mapping[str, bool]
    dated: frozenset[str]


def drawn_choices(program: Program, events: Events) -> dict[tuple[str, str], int]:
    """Return the event of every outcome of every choice, by cumulative probability in the order of their names."""
    outcomes: dict[tuple[str, str], int] = {}
    for name, choice in sorted(program.choices.items()):
        low = 0.0
        for position, (outcome, probability) in enumerate(sorted(choice.items())):
            high = 1.0 if position == len(choice) - 1 else low + probability
            outcomes[name, outcome] = events.happens(f"choice/{name}", low, high)
            low = high
    return outcomes


def drawn_existence(tasks: Sequence[Task], events: Events) -> dict[str, int]:
    """Return the event of every activity with a probability to exist."""
    chances = {t.path: t.activity.exists for t in tasks if t.state is PLANNED and t.activity.exists is not None}
    return {path: events.happens(f"activity/{path}/exists", 0.0, chances[path]) for path in sorted(chances)}


def existence(
    program: Program,
    tasks: Sequence[Task],
    drawn: Mapping[str, int],
    choices: Mapping[tuple[str, str], int],
    risks: Mapping[str, int],
    events: Events,
    axis: Axis,
) -> Existence:
    """Return who exists when: the conjunction of an activity's probability and its condition.

    Conditions on dates are left to the forward pass; the rest become events. An activity that has started exists.
    """
    by_path: dict[str, int] = {}
    planned: dict[str, bool] = {}
    dated = set()
    by_task = {task.path: task for task in tasks}
    for task in tasks:
        condition = task.activity.when if task.state is PLANNED else None
        terms: list[Term] = [(drawn[task.path], False)] if task.path in drawn else []
        likely = task.activity.exists is None or task.path not in drawn or task.activity.exists >= 0.5
        if condition is not None and condition.activity is None:
            terms.append(_term(task, condition, choices, risks, program))
            likely = likely and _planned(program, condition)
        elif condition is not None:
            settled = _settled(condition, by_task[program.path(condition.activity or "", task.project)], axis)
            if settled is None:
                dated.add(task.path)
            elif not settled:
                terms.append((NEVER, False))
                likely = False
        by_path[task.path] = events.all_of(terms) if terms else ALWAYS
        planned[task.path] = likely
    return Existence(by_path, planned, frozenset(dated))


def _settled(condition: Condition, source: Task, axis: Axis) -> bool | None:
    """Return whether a condition on a date that has already happened holds; None where it lies ahead."""
    started = condition.event == "start" and source.state is not PLANNED
    if condition.date is None or not (started or source.state is FINISHED):
        return None
    instant = source.started if condition.event == "start" else source.finished
    later = instant > axis.minute(condition.date.finish_like())
    return later == (condition.comparison == ">")


def _term(
    task: Task, condition: Condition, choices: Mapping[tuple[str, str], int], risks: Mapping[str, int], program: Program
) -> Term:
    if condition.choice is not None:
        key = (condition.choice, condition.outcome or "")
        if key not in choices:
            raise ProgramError([(task.path, f"when: choice {condition.choice!r} has no outcome {condition.outcome!r}")])
        return choices[key], False
    risk = condition.risk or ""
    settled = ALWAYS if program.risks[risk].status == "occurred" else NEVER
    return risks.get(risk, settled), not condition.occurs


def _planned(program: Program, condition: Condition) -> bool:
    """Return whether a condition holds in the plan: each choice at its most probable outcome, no risk (P1)."""
    if condition.choice is not None:
        choice = program.choices[condition.choice]
        return condition.outcome == max(sorted(choice), key=lambda outcome: choice[outcome])
    occurred = program.risks[condition.risk or ""].status == "occurred"
    return occurred == condition.occurs
