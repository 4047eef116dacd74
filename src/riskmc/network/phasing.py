"""When the money of a program is spent (C3 to C5): every item with the span of time and the profile, as arrays.

Work is paid for while it is done, what has been spent between its actual start and its actual finish or the data
date, an entry of `costs` over its span, the cost of a response over the activities it adds, else on the first day.
What risks charge to the program is spent evenly from the data date to the finish, and so is, in the discrete-event
engine, what behaviours cost: of a project until its own finish. What work costs for waiting with its units (D7) is
spent over the same time as the rest of it, from its start to its finish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.phasing import AT_FINISH, AT_START, EVEN
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.mitigation import home_of
from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.prices import NO_PRICES, price_group
from riskmc.network.spending import RISKS, CostTable, Item, planned_cents
from riskmc.network.tasks import State, Task, start_of
from riskmc.program.activity import Spend
from riskmc.program.program import Program

# share of the cost by share s of the working time: s (a + s (b + s c))
PROFILES: Mapping[Spend, tuple[float, float, float]] = {
    "even": (1.0, 0.0, 0.0),
    "start": (1.0, 0.0, 0.0),
    "finish": (1.0, 0.0, 0.0),
    "front": (2.0, -1.0, 0.0),
    "back": (0.0, 1.0, 0.0),
    "bell": (0.0, 3.0, -2.0),
}
_MODES = {"start": AT_START, "finish": AT_FINISH}


class Parts(NamedTuple):
    """What is spent, for the kernel `phase`: one entry an item, and one for what of it was spent before the data date.

    ``row`` is the item's in the cost table, or -1 for so many ``cents``. ``place`` is 0 for no project, else 1 + its
    number; ``group`` the price index it follows, 0 for none. ``node`` < 0 is window -1 - node. ``least`` is the
    earliest minute by which what lasts nothing is spent. The plan's own span is held beside.
    """

    row: NDArray[np.int32]
    cents: NDArray[np.float64]
    place: NDArray[np.int32]
    group: NDArray[np.int32]
    node: NDArray[np.int32]
    calendar: NDArray[np.int32]
    mode: NDArray[np.int32]
    profile: NDArray[np.float64]
    least: NDArray[np.int32]
    plan_begin: NDArray[np.int32]
    plan_length: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Window:
    """A span of time that is no node: from a minute of the axis, or the first start of ``nodes``, to the last finish.

    ``output`` is the number of the output whose finish ends it, or -1: then the nodes do. ``last`` is a certain end.
    """

    calendar: int
    first: int | None = None
    nodes: tuple[int, ...] = ()
    output: int = -1
    last: int | None = None

    def ends(
        self, starts: NDArray[Any], finishes: NDArray[Any], outputs: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return start and finish in minutes of the axis: by lane, where the instants given are by node and lane."""
        first = starts[list(self.nodes)].min(axis=0) if self.first is None else np.full_like(outputs[0], self.first)
        if self.last is not None:
            return first, np.full_like(outputs[0], self.last)
        last = finishes[list(self.nodes)].max(axis=0) if self.output < 0 else outputs[self.output]
        return first, np.maximum(first, last)


@dataclass(frozen=True)
class Part:
    """One entry of `Parts` on its way there; ``planned`` cents are what the plan itself spends on it (P1)."""

    place: int
    node: int
    calendar: int
    spend: Spend
    least: int
    row: int = -1
    cents: int = 0
    group: int = 0
    planned: int = 0


@dataclass(eq=False)
class Phases:
    """All parts of a network with their windows: ``certain`` ones are the same in every iteration, the rest are not."""

    network: Network
    parts: list[Part] = field(default_factory=list)
    certain: list[Part] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    def table(self, certain: bool = False) -> Parts:
        """Return the parts as arrays."""
        chosen = self.certain if certain else self.parts
        spans = np.array([self._planned(part) for part in chosen], np.int32).reshape(-1, 2)
        column = {name: [getattr(part, name) for part in chosen] for name in _WHOLE}
        return Parts(
            cents=np.array([part.cents for part in chosen], np.float64),
            mode=np.array([_MODES.get(part.spend, EVEN) for part in chosen], np.int32),
            profile=np.array([PROFILES[part.spend] for part in chosen], np.float64).reshape(-1, 3),
            plan_begin=spans[:, 0], plan_length=spans[:, 1],
            **{name: np.array(numbers, np.int32) for name, numbers in column.items()},
        )  # fmt: skip

    def planned(self) -> tuple[Parts, NDArray[np.int32]]:
        """Return what the plan itself spends, and the windows int32[2 w, 1] in which it does."""
        spans = [self._planned(part) for part in self.parts]
        ends = [end for begin, length in spans for end in (begin, begin + length)]
        numbers = np.arange(len(spans), dtype=np.int32)
        cents = np.array([part.planned for part in self.parts], np.float64)
        table = self.table()._replace(row=np.full_like(numbers, -1), cents=cents, node=-1 - numbers)
        return table._replace(mode=np.full_like(numbers, EVEN)), np.array(ends, np.int32).reshape(-1, 1)

    def _planned(self, part: Part) -> tuple[int, int]:
        """Return the span in which the plan's own dates have a part spent: its first minute, and how many there are."""
        plan, work = self.network.plan, self.network.axis.calendars[part.calendar]
        if part.node >= 0:
            start, finish = int(plan.start[part.node]), int(plan.finish[part.node])
        else:
            start, finish = _planned_ends(self.windows[-1 - part.node], plan)
        return _minutes(int(work.index(start)), int(work.index(finish)), part)


_WHOLE = ("row", "place", "group", "node", "calendar", "least")


def _planned_ends(window: Window, plan: PlanDates) -> tuple[int, int]:
    first, last = window.ends(plan.start[:, None], plan.finish[:, None], plan.outputs[:, None])
    return int(first[0]), int(last[0])


def _minutes(start: int, finish: int, part: Part) -> tuple[int, int]:
    """Return the span that kernels/phasing.py `_window` makes of a start and a finish."""
    end = finish if finish > start else max(start, part.least)
    if part.spend == "start" and finish > start:
        end = start + 1
    first = end - 1 if part.spend == "finish" or finish <= start else start
    return first, end - first


def phases(network: Network) -> Phases:
    """Return when every item of a network is spent, and on which price index it hangs."""
    out = Phases(network)
    rows = _rows(network.items)
    tasks = {task.path: task for task in network.tasks}
    for item, row in zip(network.items, rows, strict=True):
        if item.source in tasks:
            _of_activity(out, item, row, tasks[item.source])
        else:
            _standing(out, item, row)
    if network.dynamics is not None:
        out.parts += _charges(out, network)
    return out


def _charges(out: Phases, network: Network) -> Iterator[Part]:
    """Yield what behaviours cost, by place: spent evenly until its finish. Their rows come after those of the items."""
    axis, calendar = network.axis, network.axis.number(network.program.calendar)
    group = price_group(network.program, None)
    for place in range(1 + len(network.projects)):
        window = Window(calendar, _now(network.program, axis), output=place)
        assert window.first is not None
        least, row = axis.index(calendar, window.first) + 1, network.costs.fixed.size + place
        yield Part(place, _window(out, window), calendar, "even", least, row, group=group)


def with_charges(table: CostTable, amounts: int, places: int) -> CostTable:
    """Return the cost table with a row for what behaviours cost at each place: amounts after those drawn."""
    rows, none = np.arange(places, dtype=table.fixed.dtype), np.full(places, -1)
    more = {
        "fixed": amounts + rows, "constant": 0.0 * rows, "rate": 0.0 * rows, "node": none, "exists": none,
        "project": rows - 1,
    }  # fmt: skip
    found = {name: np.append(getattr(table, name), added) for name, added in more.items()}
    for name in ("factor_ptr", "addition_ptr", "rate_ptr", "total_ptr"):
        found[name] = np.append(getattr(table, name), np.full(places, getattr(table, name)[-1]))
    return table._replace(**{name: array.astype(getattr(table, name).dtype) for name, array in found.items()})


def _rows(items: Sequence[Item]) -> Iterator[int]:
    """Yield the row of every item in the cost table, -1 for one that does not vary."""
    row = 0
    for item in items:
        yield row if item.varies else -1
        row += item.varies


def _cents(amount: float) -> int:
    return int(np.floor(amount + 0.5))


def _of_activity(out: Phases, item: Item, row: int, task: Task) -> None:
    """Add what an activity costs from the data date on, and what it has cost before (N4)."""
    axis, program, activity = out.network.axis, out.network.program, task.activity
    done = _cents(item.certain)
    least = 1 if task.follows else axis.index(task.calendar, task.data_date) + 1
    planned = _planned_cents(out.network, item) - done
    part = Part(1 + item.project, task.number, task.calendar, activity.spend, least, planned=planned)
    if done:
        out.certain.append(replace(part, node=_window(out, _past(task)), cents=done, least=0))
    cents = 0 if item.varies else _cents(item.certain + item.constant) - done
    if item.varies or cents:
        group = price_group(program, activity.cost.escalation if activity.cost else None)
        out.parts.append(replace(part, row=row, cents=cents, group=group))


def _planned_cents(network: Network, item: Item) -> int:
    plan = network.plan
    return int(planned_cents([item], plan.minutes, plan.exists, 1 + len(network.projects))[0])


def _past(task: Task) -> Window:
    last = task.finished if task.state is State.FINISHED else max(task.started, task.data_date)
    return Window(task.calendar, task.started, last=last)


def _window(out: Phases, window: Window) -> int:
    """Return the number that stands for a window where a node would."""
    out.windows.append(window)
    return -len(out.windows)


def _standing(out: Phases, item: Item, row: int) -> None:
    """Add what hangs on no activity: an entry of `costs`, the cost of a response, what risks charge to the program."""
    network, cents = out.network, 0 if item.varies else _cents(item.certain + item.constant)
    if not item.varies and not cents:
        return
    kind, _, name = item.source.partition("/")
    program, calendar = network.program, network.axis.number(network.program.calendar)
    place = 1 + item.project
    part = Part(place, 0, calendar, "even", 0, row, cents, planned=_planned_cents(network, item))
    if item.source == RISKS:
        window = Window(calendar, _now(program, network.axis), output=0)
    elif kind == "response":
        window, spend = _of_response(network, name, calendar)
        part = replace(part, spend=spend)
    else:
        entry = program.costs[name]
        part = replace(part, spend=entry.spend, group=price_group(program, entry.escalation))
        if name in network.spans:
            out.parts.append(replace(part, node=network.spans[name], least=1))
            return
        start = start_of(program, program.projects[entry.project] if entry.project else None)
        window = Window(calendar, network.axis.minute(start), output=place)
    if kind != "costs":
        part = replace(part, group=price_group(program, None))
    assert window.first is not None or window.nodes
    least = 0 if window.first is None else network.axis.index(calendar, window.first) + 1
    out.parts.append(replace(part, node=_window(out, window), least=least))


def _now(program: Program, axis: Axis) -> int:
    """Return the minute before which nothing is left to spend: the data date, else the start of the program."""
    start = axis.minute(start_of(program))
    return start if program.data_date is None else max(start, axis.minute(program.data_date.start_like()))


def _of_response(network: Network, name: str, calendar: int) -> tuple[Window, Spend]:
    """Return when the cost of a response is spent: over the activities it adds, else on the first day."""
    program = network.program
    added = program.responses[name].activities
    paths = {f"{home_of(program, activity)}.{key}" for key, activity in added.items()}
    nodes = tuple(task.number for task in network.tasks if task.path in paths)
    if nodes:
        return Window(calendar, nodes=nodes), "even"
    return Window(calendar, _now(program, network.axis), output=0), "start"


Ends = Callable[[Window], tuple[NDArray[Any], NDArray[Any]]]


def fill_windows(phases: Phases, ends: Ends, out: NDArray[np.int32]) -> None:
    """Fill ``out`` (int32[2 w, B]) with start and finish of every window, as working minutes of its calendar."""
    for w, window in enumerate(phases.windows):
        work = phases.network.axis.calendars[window.calendar]
        for row, instants in zip((2 * w, 2 * w + 1), ends(window), strict=True):
            out[row] = instants if window.calendar == CLOCK else work.index(instants)


__all__ = ["NO_PRICES", "PROFILES", "Parts", "Phases", "Window", "fill_windows", "phases", "with_charges"]
