"""Assignments and resources of a Microsoft Project XML file: who works on a task, when, and what it costs.

Money that grows with time is told apart from money that does not by the task's type: fixed units and fixed duration
keep the units, so a longer task takes more work; with fixed work it does not. Materials of a fixed amount, cost
resources and the task's fixed cost are fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element

from riskmc.io.findings import unique
from riskmc.io.mspdi.fields import Fields, Row, row
from riskmc.io.mspdi.outline import Item
from riskmc.io.planned_money import Money

MATERIAL, WORK, COST = 0, 1, 2
FIXED_WORK = 2
CONTOURED = 8
NOBODY = "-65535"
"""The resource of the assignment in which Project keeps the splits of a task that nobody works on."""
REMAINING = "1"
_NO_WORK = "PT0H0M0S"


@dataclass(frozen=True)
class Pool:
    """A resource: ``name`` is its identifier in the program, ``calendar`` a UID, ``capacity`` units at most."""

    name: str
    title: str
    kind: int
    calendar: str
    capacity: float | None


class Assignment(NamedTuple):
    """One resource on one task: ``minutes`` is how long it works at its units, ``gaps`` whether it pauses."""

    pool: Pool | None
    units: float
    minutes: float
    contour: bool
    gaps: bool
    start: datetime | None
    finish: datetime | None
    cost: Row


def pools(root: Element, fields: Fields) -> dict[str, Pool]:
    """Return the resources of a file by UID."""
    rows = [row(element, "Resource") for element in root.iterfind("Resources/Resource")]
    rows = [at for at in rows if at["Name"].strip() and not at.flag("IsNull")]
    names = unique((at["UID"], at["Name"].strip()[:80]) for at in rows)
    return {at["UID"]: _pool(at, names[at["UID"]], fields) for at in rows}


def _pool(at: Row, name: str, fields: Fields) -> Pool:
    most = fields.number(at, "MaxUnits")
    capacity = most if 0 < most < 1e9 else None
    kind = COST if at.flag("IsCostResource") else fields.whole(at, "Type", WORK)
    return Pool(name, at["Name"].strip(), kind, at["CalendarUID"].strip(), capacity)


def assignments(root: Element, found: dict[str, Pool], fields: Fields) -> dict[str, list[Assignment]]:
    """Return the assignments of a file by the UID of their task."""
    by_task: dict[str, list[Assignment]] = {}
    for element in root.iterfind("Assignments/Assignment"):
        at = row(element, "Assignment")
        units = fields.number(at, "Units")
        work = fields.minutes(at, "RegularWork") or fields.minutes(at, "Work") or 0.0
        contour = fields.whole(at, "WorkContour")
        by_task.setdefault(at["TaskUID"].strip(), []).append(
            Assignment(
                pool=found.get(at["ResourceUID"].strip()),
                units=units,
                minutes=work / units if units > 0 else 0.0,
                contour=contour != 0,
                gaps=(contour == CONTOURED or at["ResourceUID"].strip() == NOBODY) and _pauses(at),
                start=fields.date(at, "Start"),
                finish=fields.date(at, "Finish"),
                cost=at,
            )
        )
    return by_task


def _pauses(at: Row) -> bool:
    """Return whether an assignment has days on which it could work and does not: a split."""
    return any(
        part.findtext("Value") == _NO_WORK and part.findtext("Type") == REMAINING for part in at.below("TimephasedData")
    )


def money(item: Item, found: list[Assignment], fields: Fields) -> Money | None:
    """Return the cost of a task, and the units of resources it uses; None without any."""
    out = Money()
    spent = to_spend = 0.0
    for one in found:
        actual, remaining = fields.money(one.cost, "ActualCost"), _to_spend(one.cost, fields)
        spent, to_spend = spent + actual, to_spend + remaining
        out.actual += actual
        if _grows(one, item, fields):
            out.with_time += remaining
        else:
            out.fixed += remaining
        if one.pool is not None and one.pool.kind == WORK and 0 < one.units < 1e9:
            out.uses[one.pool.name] = out.uses.get(one.pool.name, 0.0) + one.units
    out.actual += max(0.0, fields.money(item.row, "ActualCost") - spent)
    whole = item.row["RemainingCost"].strip() or item.row["Cost"].strip()
    out.fixed += max(0.0, _to_spend(item.row, fields) - to_spend) if whole else fields.money(item.row, "FixedCost")
    return out if out.actual or out.fixed or out.with_time or out.uses else None


def _to_spend(at: Row, fields: Fields) -> float:
    """Return what is still to spend: the remaining cost, else the cost less what is spent."""
    if at["RemainingCost"].strip():
        return fields.money(at, "RemainingCost")
    return max(0.0, fields.money(at, "Cost") - fields.money(at, "ActualCost"))


def _grows(one: Assignment, item: Item, fields: Fields) -> bool:
    """Return whether the cost of an assignment grows with the duration of its task."""
    if one.pool is None or one.pool.kind == COST:
        return False
    if one.pool.kind == MATERIAL:
        return one.cost["HasFixedRateUnits"].strip() in ("0", "false")
    return fields.whole(item.row, "Type") != FIXED_WORK
