"""Money that binds: what is released when, which costs go on by themselves, what each item is spent on (K7).

Money released is a pool that work draws on: who works holds the money that it will spend until the next release, or
until its end, and gives back what it did not need (kernels/discrete_event/funding.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ProgramError
from riskmc.network.axis import Axis
from riskmc.network.draws import CENTS
from riskmc.network.layout import Layout
from riskmc.network.plan import PlanDates
from riskmc.network.ragged import flat, pointers
from riskmc.network.spending import Item, planned_cents
from riskmc.network.tasks import PLANNED, Task
from riskmc.program.finance import MonthDay
from riskmc.program.numeral import amount_text
from riskmc.program.program import Program


class FundingTable(NamedTuple):
    """Releases: at ``minute`` so many ``cents``, those of years ``year``; without any, money binds nothing.

    ``pauses``: without money all work pauses, else nothing starts. ``ahead``: the cost of work is booked when it
    starts. ``spent`` cents were spent before. Level of effort and spans of cost go on by themselves: node a opens
    those in ``opens[open_ptr[a]:open_ptr[a + 1]]`` with its start, and they end when all of ``ends[end_ptr[s]:...]``
    have finished; ``closes`` lists them by the nodes that end them.
    """

    minute: NDArray[np.int64]
    cents: NDArray[np.int64]
    year: NDArray[np.int64]
    pauses: int
    ahead: int
    spent: int
    open_ptr: NDArray[np.int32]
    opens: NDArray[np.int64]
    close_ptr: NDArray[np.int32]
    closes: NDArray[np.int64]
    ends: NDArray[np.int64]


class Spending(NamedTuple):
    """How the cost of an iteration falls on nodes, one entry an item that is still to be paid.

    ``row`` is the item's in the cost table, -1 for so many ``cents``; ``node`` who spends it, -1 for nobody: it is
    spent evenly from ``begin``, a minute of the axis, to the finish of ``output`` in the static pass.
    """

    row: NDArray[np.int64]
    cents: NDArray[np.int64]
    node: NDArray[np.int64]
    begin: NDArray[np.int64]
    output: NDArray[np.int64]


def funding_table(program: Program, axis: Axis, layout: Layout, items: Sequence[Item], ignored: bool) -> FundingTable:
    """Return the money that binds; an empty table where the program says no rule for it, or it is left out."""
    rule, n = program.funding_rule, layout.n
    years = sorted(program.funding) if rule is not None and not ignored else []
    standing = sorted(set(np.flatnonzero(layout.nodes.level_of_effort).tolist())) if years else []
    opened: list[list[int]] = [[] for _ in range(n)]
    closed: list[list[int]] = [[] for _ in range(n)]
    for node in standing:
        for link in np.flatnonzero(layout.edges.successor == node):
            starts = bool(layout.bounds_start[link])
            (opened if starts else closed)[int(layout.edges.predecessor[link])].append(node)
    begins = [max(0, axis.minute(year_begins(year, program.fiscal_year_starts))) for year in years]
    ends = np.bincount(np.array([node for nodes in closed for node in nodes], np.int64), minlength=n)
    return FundingTable(
        np.array(begins, np.int64), np.array([round(program.funding[y].value * CENTS) for y in years], np.int64),
        np.array(years, np.int64), int(rule is not None and rule.without == "pause_all"),
        int(rule is not None and rule.commit == "at_start"), sum(_cents(item.certain) for item in items),
        pointers(opened), flat(opened, np.int64), pointers(closed), flat(closed, np.int64), ends.astype(np.int64),
    )  # fmt: skip


def year_begins(year: int, starts: MonthDay) -> datetime:
    """Return the first minute of a fiscal year: one that begins within a calendar year is named by its end."""
    month, day = (int(part) for part in starts.split("-"))
    first = year - (starts != "01-01")
    leap = first % 4 == 0 and (first % 100 != 0 or first % 400 == 0)
    return datetime(first, month, day if leap or (month, day) != (2, 29) else 28)


def spending(items: Sequence[Item], tasks: Sequence[Task], spans: Mapping[str, int], now: int) -> Spending:
    """Return on which node each item is spent; ``now`` is the minute before which nothing is left to spend."""
    nodes = {task.path: task.number for task in tasks} | {f"costs/{name}": node for name, node in spans.items()}
    rows, row = [], 0
    for item in items:
        cents = 0 if item.varies else _cents(item.certain + item.constant) - _cents(item.certain)
        if item.varies or cents:
            rows.append((row if item.varies else -1, cents, nodes.get(item.source, -1), now, 1 + item.project))
        row += item.varies
    table = np.array(rows, np.int64).reshape(-1, 5)
    return Spending(*(np.ascontiguousarray(column) for column in table.T))


def shortest(program: Program, tasks: Sequence[Task], least: Mapping[int, float]) -> dict[int, float]:
    """Return the working minutes of planned work at the least, by node, where nothing can make them fewer."""
    if program.policies or any(risk.arrivals for risk in program.risks.values()):
        return {}
    sure = (task for task in tasks if task.samples and task.state is PLANNED and not (task.elapsed or task.backlog))
    return {task.number: max(least.get(task.number, 0.0), 0.0) for task in sure}


def check_enough(
    program: Program, items: Sequence[Item], plan: PlanDates, certain: bool, least: Mapping[int, float]
) -> None:
    """Raise ProgramError where all money ever released is less than what the program costs in every iteration.

    ``certain``: nothing is drawn, so that it costs what the plan costs; else only what no draw changes counts, and the
    cost by the day of what lasts ``least`` minutes at the least, by node.
    """
    if program.funding_rule is None:
        return
    released = sum(round(money.value * CENTS) for money in program.funding.values())
    if certain:
        costs = int(planned_cents(items, plan.minutes, plan.exists, 1 + len(program.projects))[0])
    else:
        costs = sum(_cents(item.certain) + int(_sure(item, least.get(item.node, 0.0))) for item in items)
    if released < costs:
        said = f"{amount_text(released / CENTS)} in all is less than the {amount_text(costs / CENTS)}"
        raise ProgramError.at("funding", f"{said} that it surely costs: the program could never finish")


def _sure(item: Item, minutes: float) -> float:
    """Return the cents of an item that every iteration pays, beyond what is spent, for so many minutes at the least."""
    if item.additions or item.total_factors or item.exists >= 0:
        return 0.0
    fixed = 0.0 if item.factors or item.fixed >= 0 else item.constant
    return fixed + (0.0 if item.rate_factors else item.rate * minutes)


def _cents(amount: float) -> int:
    return int(np.floor(amount + 0.5))


__all__ = ["FundingTable", "Spending", "check_enough", "funding_table", "shortest", "spending", "year_begins"]
