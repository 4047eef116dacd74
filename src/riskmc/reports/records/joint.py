"""Joint confidence as JSON (`riskmc joint --json`): curves, what a level needs, commitments, and targets together.

`docs/method/joint.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.joint_curves import JointCurves
from riskmc.analysis.joint_needs import Needed
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, chance_entry, plain, provenance_of

POINTS = 25


def dumps_joint(curves: JointCurves, finish: object = None, budget: float | str | None = None) -> str:
    """Return joint confidence as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_joint(curves, finish, budget), 3)


def compose_joint(curves: JointCurves, finish: object = None, budget: float | str | None = None) -> Entry:
    """Return everything that is said of joint confidence, of the date and the budget asked for or approved."""
    date, amount = curves.pair(finish, budget)
    return {
        **provenance_of(curves.trials),
        "at": curves.at,
        "basis": curves.basis(),
        "asked": {
            "finish": plain(date),
            "cost": plain(amount),
            "confidence": None if date is None or amount is None else chance_entry(curves.confidence(date, amount)),
        },
        "levels": [_level(curves, level, date, amount) for level in curves.levels],
        "commitments": [
            {
                "name": one.name, "finish": plain(one.date), "cost": plain(one.amount), "wanted": one.wanted,
                "met": one.met, **chance_entry(one.probability),
            }
            for one in curves.commitments()
        ],
        "together": _together(curves),
    }  # fmt: skip


def _level(curves: JointCurves, level: float, date: object, amount: float | None) -> Entry:
    finish, cost = curves.balanced(level)
    points = curves.curve(level, POINTS)
    return {
        "level": level,
        "balanced": {"finish": plain(finish), "cost": plain(cost)},
        "budget_needed": None if date is None else _needed(curves.budget_needed(date, level)),
        "finish_needed": None if amount is None else _needed(curves.finish_needed(amount, level)),
        "curve": [
            {"finish": plain(day.to_pydatetime()), "cost": plain(float(cost))}
            for day, cost in points.itertuples(index=False)
        ],
    }


def _needed(needed: Needed) -> Entry:
    ends = {name: plain(getattr(needed, name)) for name in ("given", "value", "low", "high")}
    return {**ends, "reason": needed.reason or None}


def _together(curves: JointCurves) -> Entry:
    found = curves.together()
    return {
        "alone": [{"name": name, "outcome": what, **chance_entry(met)} for name, what, met in found.alone],
        "dates": None if found.dates is None else chance_entry(found.dates),
        "dates_and_budgets": None if found.both is None else chance_entry(found.both),
    }
