"""Rework of the printed answer: which gates and approvals sent work back, how often, and how much was done again."""

from __future__ import annotations

from riskmc.forecast.figures import share_of_iterations
from riskmc.forecast.language import formats, marked, said
from riskmc.forecast.written import Written
from riskmc.reports.document.layout import Column, Section, left_out
from riskmc.reports.document.sections import told_apart
from riskmc.simulation.trials import Trials

MOST_LOOPS = 10
_NOTE = marked("Redone: mean working days done again, over all iterations. Waived: a failure was let pass in the end.")
_KINDS = {"gate": marked("gate"), "approval": marked("approval")}
_HEADINGS = (marked("Failed"), marked("Redone"), marked("Waived"))


def rework(trials: Trials) -> Section:
    """Return the gates and approvals that cost the most work: how often they failed, and what was done again."""
    told = sorted(trials.rework, key=lambda loop: (-loop.days, loop.activity, loop.kind))
    if not told:
        return Section()
    shown, activities = told[:MOST_LOOPS], trials.program.activities()
    names = told_apart([activities[loop.activity].name or loop.activity for loop in shown], [x.activity for x in shown])
    rows = [
        (
            f"{name} ({said(_KINDS.get(loop.kind, loop.kind))})",
            share_of_iterations(loop.failed),
            _days(loop.days),
            share_of_iterations(loop.waived),
        )
        for name, loop in zip(names, shown, strict=True)
    ]
    columns = [
        Column(said("Sent back by"), yields=True),
        *(Column(said(word), right=True) for word in _HEADINGS),
    ]
    return Section(columns, rows, [said(_NOTE), *left_out(len(told), len(shown))])


def _days(days: float) -> str:
    return Written(said("{days} d", days=formats().number(days, 1)), days, "days")
