"""Rework of the printed answer: which gates and approvals sent work back, how often, and how much was done again."""

from __future__ import annotations

from riskmc.forecast.figures import chance
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.document.sections import told_apart
from riskmc.simulation.trials import Trials

MOST_LOOPS = 10
_NOTE = "Redone: mean working days done again, over all iterations. Waived: a failure was let pass in the end."


def rework(trials: Trials) -> Section:
    """Return the gates and approvals that cost the most work: how often they failed, and what was done again."""
    told = sorted(trials.rework, key=lambda loop: (-loop.days, loop.activity, loop.kind))
    if not told:
        return Section()
    shown, activities = told[:MOST_LOOPS], trials.program.activities()
    names = told_apart([activities[loop.activity].name or loop.activity for loop in shown], [x.activity for x in shown])
    rows = [
        (f"{name} ({loop.kind})", _share(loop.failed), f"{loop.days:.1f} d", _share(loop.waived))
        for name, loop in zip(names, shown, strict=True)
    ]
    columns = [
        Column("Sent back by", yields=True),
        *(Column(word, right=True) for word in ("Failed", "Redone", "Waived")),
    ]
    more = [f"and {len(told) - len(shown)} more: --json lists them all."] if len(told) > len(shown) else []
    return Section(columns, rows, [_NOTE, *more])


def _share(share: float) -> str:
    """Return a share of the iterations, which may be none of them, or all."""
    return "never" if share == 0 else "always" if share == 1 else chance(share)
