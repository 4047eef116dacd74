"""Held: the schedule margin and the cost contingency that a plan holds, and the confidence level that they buy (N5).

Margin is held in activities (`margin: true`), money in entries of `costs` (`contingency: true`). Neither is simulated:
the base is the plan without them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riskmc.forecast import Probability
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.network.tasks import State
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True)
class Margin:
    """One activity that is schedule margin, and how many working days of its own calendar it holds."""

    activity: str
    name: str
    working_days: float


@dataclass(frozen=True)
class HeldMoney:
    """One entry of `costs` that is contingency: its identifier, name, project if it says one, and currency units."""

    id: str
    name: str
    project: str | None
    amount: float


@dataclass(frozen=True)
class Holding:
    """What is held, and the chance that it suffices.

    ``finish_days`` is how many days of 24 hours later the plan finishes with its margin, ``working_days`` the same on
    the program's calendar; None where there is no margin. ``cost`` is in currency units, None without contingency. The
    levels are the chances that the base and what is held are not exceeded: in time, in money, and in both at once.
    """

    margins: tuple[Margin, ...]
    money: tuple[HeldMoney, ...]
    finish_days: float | None
    working_days: float | None
    cost: float | None
    finish_level: Probability | None
    cost_level: Probability | None
    joint_level: Probability | None


def holding(trials: Trials) -> Holding:
    """Return what the program of the trials holds; levels are None where nothing is held, or nothing is random."""
    margins, money = _margins(trials), _money(trials)
    later = trials.plan.finish_with_margin
    days = None if later is None else (later - trials.plan.finish) / DAY_MINUTES
    working = None if later is None else working_days(trials, trials.plan.finish, later)
    cost = sum(item.amount for item in money) if money else None
    kept = None if later is None else np.asarray(trials.finish_minutes <= later)
    paid = None if cost is None else np.asarray(trials.cost_cents <= trials.plan.cost_cents + round(CENTS * cost))
    both = None if kept is None or paid is None else kept & paid
    levels = [
        None if hits is None or not trials.random else Probability.among(hits, trials.replicates)
        for hits in (kept, paid, both)
    ]
    return Holding(margins, money, days, working, cost, *levels)


def working_days(trials: Trials, first: int, last: int) -> float:
    """Return the working days of the program's calendar between two instants of trials, in minutes since 1970-01-01."""
    axis = trials.again().network.axis
    number = axis.number(trials.program.calendar)
    minutes = axis.index(number, last - axis.unix) - axis.index(number, first - axis.unix)
    return minutes / axis.calendars[number].day_minutes


def _margins(trials: Trials) -> tuple[Margin, ...]:
    network = trials.again().network
    return tuple(
        Margin(
            task.path,
            name_of(network.program, task.path),
            task.remaining / network.axis.calendars[task.calendar].day_minutes,
        )
        for task in network.tasks
        if task.activity.margin and task.state is not State.FINISHED
    )


def _money(trials: Trials) -> tuple[HeldMoney, ...]:
    return tuple(
        HeldMoney(name, item.name or name, item.project, item.fixed.plan.value)
        for name, item in trials.program.costs.items()
        if item.contingency and item.fixed is not None and item.fixed.plan is not None
    )
