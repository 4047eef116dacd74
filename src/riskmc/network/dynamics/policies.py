"""Policies: when managers look, what they compare, and what they do, as arrays for both engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import Axis
from riskmc.network.draws import CENTS
from riskmc.network.dynamics.clocks import Clocks
from riskmc.network.dynamics.pools import PRIORITIES
from riskmc.network.dynamics.staffing import UNIT, calendar_of, stepped
from riskmc.network.plan import PlanDates
from riskmc.network.ragged import flat, pointers
from riskmc.network.tasks import State, Task
from riskmc.network.worktime import WorkTime
from riskmc.program.moment import Moment
from riskmc.program.policy import Action, AddUnits, Policy
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.words import IN_A_YEAR

OVERTIME, CRASH, ADD_UNITS, PRIORITISE = range(4)
NEVER = -1
Select = Callable[[Sequence[str], Sequence[str] | None], Sequence[str]]


class PolicyTable(NamedTuple):
    """One row a policy; minutes of the 24-hour clock, shares in thousandths, units in thousandths of a unit.

    A policy looks every ``every`` minutes from ``begin`` on whether the latest finish forecast for its goals,
    ``goal[goal_ptr[y]:goal_ptr[y + 1]]``, lies more than ``by`` after ``limit``, and has ended once it is no more than
    ``until`` after it. It acts on nodes ``node[ptr[y]:ptr[y + 1]]``, with ``value`` their new priority. ``rate`` is
    that of overtime, or what a crash leaves of the work; ``pay`` what an hour of overtime costs besides, of the hour's
    own cost; ``fatigue`` the output lost a minute; ``errors`` the factor on chances to fail. ``cents`` are paid once
    for each activity crashed, or for each unit and minute of ``clock``. ``pool`` gets ``units`` after ``lead`` minutes
    for ``lasts`` (-1: for good), who learn in the steps ``ramp_ptr``; ``overhead`` is what talk costs. ``planned`` are
    by node the minutes still planned, ``there`` whether it is in the plan, its dates allowing, ``first`` the minute of
    the data date.
    """

    every: NDArray[np.int64]
    limit: NDArray[np.int64]
    by: NDArray[np.int64]
    until: NDArray[np.int64]
    delay: NDArray[np.int64]
    at_most: NDArray[np.int64]
    kind: NDArray[np.int64]
    goal_ptr: NDArray[np.int32]
    goal: NDArray[np.int64]
    ptr: NDArray[np.int32]
    node: NDArray[np.int64]
    value: NDArray[np.int64]
    rate: NDArray[np.int64]
    pay: NDArray[np.float64]
    fatigue: NDArray[np.float64]
    errors: NDArray[np.float64]
    cents: NDArray[np.float64]
    clock: NDArray[np.int64]
    pool: NDArray[np.int64]
    units: NDArray[np.int64]
    lead: NDArray[np.int64]
    lasts: NDArray[np.int64]
    overhead: NDArray[np.float64]
    ramp_ptr: NDArray[np.int32]
    ramp_end: NDArray[np.int64]
    ramp_output: NDArray[np.int64]
    planned: NDArray[np.int64]
    there: NDArray[np.uint8]
    first: int


class Reading(NamedTuple):
    """What policies are read with."""

    program: Program
    tasks: Sequence[Task]
    axis: Axis
    plan: PlanDates
    pools: dict[str, int]
    clocks: Clocks | None
    select: Select
    nodes: int


def policy_table(reading: Reading, ignored: bool) -> PolicyTable:
    """Return the policies of a program in the order of their names; none where they are left out."""
    every = [] if ignored else [policy for _, policy in sorted(reading.program.policies.items())]
    every = [one for one in every if one.do.add_units is None or one.do.add_units.resource in reading.pools]
    columns = [_row(reading, policy) for policy in every]
    goals = [_goals(reading, policy.when.at) for policy in every]
    moved = [_moved(reading, policy.do) for policy in every]
    ramps = [_ramp(reading, policy.do.add_units) for policy in every]

    def whole(name: str) -> NDArray[np.int64]:
        return np.array([row[name] for row in columns], np.int64)

    def number(name: str) -> NDArray[np.float64]:
        return np.array([row[name] for row in columns], np.float64)

    return PolicyTable(
        every=whole("every"), limit=whole("limit"), by=whole("by"), until=whole("until"), delay=whole("delay"),
        at_most=whole("at_most"), kind=whole("kind"), goal_ptr=pointers(goals), goal=flat(goals, np.int64),
        ptr=pointers(moved), node=flat([[n for n, _ in some] for some in moved], np.int64),
        value=flat([[v for _, v in some] for some in moved], np.int64), rate=whole("rate"), pay=number("pay"),
        fatigue=number("fatigue"), errors=number("errors"), cents=number("cents"),
        clock=whole("clock").astype(np.int64), pool=whole("pool").astype(np.int64), units=whole("units"),
        lead=whole("lead"), lasts=whole("lasts"), overhead=number("overhead"), ramp_ptr=pointers(ramps),
        ramp_end=flat([[end for end, _ in some] for some in ramps], np.int64),
        ramp_output=flat([[output for _, output in some] for some in ramps], np.int64), planned=_planned(reading),
        there=np.array([*reading.plan.possible, *[True] * reading.nodes])[: reading.nodes].astype(np.uint8),
        first=min((task.data_date for task in reading.tasks), default=0),
    )  # fmt: skip


class Read(NamedTuple):
    """What an action means: a row as of the table, the nodes it moves, steps of learning, hours in which it is paid."""

    row: dict[str, float]
    moved: list[tuple[int, int]]
    ramp: list[tuple[int, int]]
    work: WorkTime | None


def measure_of(reading: Reading, do: Action) -> Read:
    """Return what one action means, decided while a replication runs."""
    work = None if do.add_units is None else _hours(reading, do.add_units)
    return Read(_action(reading, do), _moved(reading, do), _ramp(reading, do.add_units), work)


def minutes_of(quantity: Quantity | None) -> int:
    """Return a duration on the 24-hour clock: the days of a policy are days of the calendar on the wall."""
    return 0 if quantity is None else round(quantity.value * IN_A_YEAR["min"] / IN_A_YEAR[quantity.unit.lstrip("e")])


def _row(reading: Reading, policy: Policy) -> dict[str, float]:
    when = policy.when
    later = _promised(reading.program, when.at) if when.later_than == "target" else when.later_than
    assert isinstance(later, Moment)
    by = minutes_of(when.by)
    row: dict[str, float] = {
        "every": max(1, minutes_of(policy.review)), "limit": reading.axis.minute(later.finish_like()), "by": by,
        "until": by if when.until is None else min(by, minutes_of(when.until)), "delay": minutes_of(policy.delay),
        "at_most": NEVER if policy.at_most is None else policy.at_most,
    }  # fmt: skip
    return row | _action(reading, policy.do)


def _action(reading: Reading, do: Action) -> dict[str, float]:
    """Return the columns that say what is done."""
    row: dict[str, float] = {
        "rate": UNIT, "pay": 0.0, "fatigue": 0.0, "errors": 1.0, "cents": 0.0, "clock": 0, "pool": NEVER, "units": 0,
        "lead": 0, "lasts": NEVER, "overhead": 0.0,
    }  # fmt: skip
    if do.overtime is not None:
        rate, premium, tired = round(do.overtime.rate * UNIT), do.overtime.premium or 0.0, do.overtime.fatigue
        fatigue = 0.0 if tired is None else tired.amount / minutes_of(Quantity(1.0, tired.unit))
        row |= {"kind": OVERTIME, "rate": rate, "pay": (rate / UNIT - 1) * (1 + premium), "fatigue": fatigue}
        row["errors"] = 1.0 if do.overtime.errors is None else do.overtime.errors
    elif do.crash is not None:
        row |= {"kind": CRASH, "rate": round(do.crash.duration * UNIT)}
        row["cents"] = 0.0 if do.crash.cost is None else do.crash.cost.value * CENTS
    elif do.add_units is not None:
        row |= _added(reading, do.add_units)
    else:
        row["kind"] = PRIORITISE
    return row


def _promised(program: Program, at: str | None) -> Moment | None:
    """Return the finish that `targets` promise there; that of the program where none names what is its finish."""
    wanted = _meant(program, program.finish if at is None else at)
    finishes = {_meant(program, target.at): target.finish for target in program.targets if target.finish is not None}
    return finishes.get(wanted, finishes.get(None))


def _meant(program: Program, name: str | None) -> str | None:
    return name if name is None or name in program.projects else program.path(name)


def _added(reading: Reading, add: AddUnits) -> dict[str, float]:
    work = _hours(reading, add)
    per_minute = 0.0 if add.cost is None else CENTS * add.cost.amount / work.minutes(Quantity(1.0, add.cost.unit))
    clock = 0 if reading.clocks is None else reading.clocks.of(work)
    return {
        "kind": ADD_UNITS, "cents": per_minute, "clock": clock, "pool": reading.pools[add.resource],
        "units": round(add.units * UNIT), "lead": minutes_of(add.lead),
        "lasts": NEVER if add.lasts is None else minutes_of(add.lasts), "overhead": add.overhead,
    }  # fmt: skip


def _hours(reading: Reading, add: AddUnits) -> WorkTime:
    return reading.axis.calendars[reading.axis.number(calendar_of(reading.program, add.resource))]


def _ramp(reading: Reading, add: AddUnits | None) -> list[tuple[int, int]]:
    """Return the steps in which added units learn: their own, else those of the pool; on the 24-hour clock."""
    ramp_up = None if add is None else add.ramp_up or reading.program.resources[add.resource].ramp_up
    return [] if ramp_up is None else stepped(ramp_up, minutes_of(ramp_up.over))


def _goals(reading: Reading, at: str | None) -> list[int]:
    """Return the nodes whose latest finish a policy looks at."""
    program, tasks = reading.program, reading.tasks
    at = program.finish if at is None else at
    inside = tasks if at is None else [task for task in tasks if task.project == at]
    if at is not None and at not in program.projects:
        inside = [task for task in tasks if task.path == program.path(at)]
    return [task.number for task in inside if not task.follows] or [task.number for task in tasks[:1]]


def _moved(reading: Reading, do: Action) -> list[tuple[int, int]]:
    """Return the nodes that an action changes, each with its new priority where that is what changes."""
    chosen = do.selecting()
    if chosen:
        paths = set(reading.select(chosen[0].on, chosen[0].except_))
        return [(task.number, 0) for task in reading.tasks if task.path in paths and _open(task)]
    new = {} if do.prioritise is None else do.prioritise
    program = reading.program
    own = {program.path(name): level for name, level in new.items() if name not in program.projects}
    moved = []
    for task in reading.tasks:
        if task.path in own or task.project in new:
            home = new.get(task.project, program.projects[task.project].priority)
            level = own.get(task.path, task.activity.priority)
            moved.append((task.number, 1 + (home << PRIORITIES) + level))
    return moved


def _open(task: Task) -> bool:
    return task.state is not State.FINISHED and task.milestone is None and not task.follows


def _planned(reading: Reading) -> NDArray[np.int64]:
    """Return the minutes of work that the plan still holds, by node."""
    left = [0 if task.follows or task.state is State.FINISHED else round(task.remaining) for task in reading.tasks]
    return np.array([*left, *[0] * (reading.nodes - len(left))], np.int64)
