"""Money of a plan in planning tools' terms: spent, still to spend, fixed or growing with time; read and written back.

Such a tool holds what is still to spend; a program holds the planned cost, of which started work still spends the share
remaining over planned duration. `Money.cost` goes one way, `still_to_spend` the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from riskmc.io.planned_work import planned_minutes, remaining_minutes
from riskmc.program.activity import Activity
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity

PER_DAY = "riskmc cost per day"
"""The resource that stands for money alone in files that riskmc writes, and is no pool."""


@dataclass(slots=True)
class Money:
    """Money of one activity in the file's currency: what is spent, and what is still to spend, fixed and with time.

    ``planned`` is what the plan had for it (its budget), None where the file does not say.
    """

    actual: float = 0.0
    fixed: float = 0.0
    with_time: float = 0.0
    uses: dict[str, float] = field(default_factory=dict)
    planned: float | None = None

    def plan(self, amount: float) -> None:
        """Add to the planned cost."""
        self.planned = (self.planned or 0.0) + amount

    def cost(self, planned: float, left: float, day: float, started: bool, follows: bool = False) -> Cost | None:
        """Return the planned cost, fixed and per working day; None without any.

        ``planned`` and ``left`` are the minutes of the duration and of what remains, ``day`` those of a day. Money
        spent on work that has not started is part of the cost. What ``follows`` other work spends no share.
        """
        fixed = self.fixed + (0.0 if started else self.actual)
        fixed, per_day = (fixed, self.with_time * day / left) if left > 0 else (fixed + self.with_time, 0.0)
        if started and 0 < left < planned and not follows:
            fixed *= planned / left
        return _cost(fixed, per_day) if fixed or per_day else None


@lru_cache(maxsize=1 << 16)
def _cost(fixed: float, per_day: float) -> Cost:
    return Cost(
        fixed=Estimate(plan=Quantity(fixed)) if fixed else None,
        per_day=Quantity(per_day) if per_day else None,
    )


def still_to_spend(activity: Activity) -> float:
    """Return what is still to spend of the fixed cost: of started work, as large a share as is left of its duration."""
    cost = activity.cost.fixed if activity.cost is not None else None
    fixed = cost.plan.value if cost is not None and cost.plan is not None else 0.0
    planned, left = planned_minutes(activity), remaining_minutes(activity)
    started = activity.progress is not None and activity.progress.started is not None
    return fixed * left / planned if started and 0 < left < planned else fixed


def per_day(activity: Activity) -> float:
    """Return what an activity costs a working day."""
    cost = activity.cost.per_day if activity.cost is not None else None
    return 0.0 if cost is None else cost.value


def spent(activity: Activity) -> float | None:
    """Return the actual cost; None where nobody has said it."""
    actual = activity.progress.actual_cost if activity.progress is not None else None
    return None if actual is None else actual.value


def bearers(activity: Activity) -> dict[str, float]:
    """Return the units of the resources that an activity uses, the first of which bears what it costs a day."""
    return dict(activity.uses) or ({PER_DAY: 1.0} if per_day(activity) else {})


def resource_names(program: Program) -> list[str]:
    """Return the resources of a program, those in use that it does not describe, and the one that stands for money."""
    every = program.activities().values()
    named = (*program.resources, *(name for activity in every for name in activity.uses))
    return [*dict.fromkeys((*named, *(name for activity in every for name in bearers(activity))))]
