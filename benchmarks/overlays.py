"""An overlay to time: 30 filter rules and 60 risks over whatever plan there is, as an analyst would write them.

Broad rules first, then the branches of the WBS, then trades and disciplines (activity codes), then names and the
driving chain. The same overlay for the same plan.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from riskmc.program.overlay import overlay
from riskmc.program.program import Program

RULES, RISKS, NAMED = 30, 60, 8
TEMPLATES = {
    "routine": {"duration": "pert(95% 100% 115%)"},
    "trade": {"duration": "triangular(90% 100% 130%)", "cost": "normal(100% 8%)"},
    "new": {"duration": "trigen(85% 105% 160%)", "cost": "triangular(95% 100% 130%)"},
}


def overlaid(plan: Program) -> Program:
    """Return the plan with 30 filter rules, 60 risks, a driver and three correlation groups laid over it."""
    return overlay(plan, Program(**words(plan)))


def words(plan: Program) -> dict[str, Any]:
    """Return the overlay in the words of the program file."""
    chance = random.Random(len(plan.activities()))
    filters = _filters(plan)
    return {
        "program": "Overlay to time",
        "plan": "plan.xer",
        "templates": TEMPLATES,
        "ranges": [_rule(number, on) for number, on in enumerate(filters[:RULES])],
        "drivers": {"labour": {"on": filters[-1], "duration": "x pert(95% 102% 120%)"}},
        "correlations": [{"group": on, "duration": 0.3} for on in filters[1:4]],
        "risks": {f"r{number:02}": _risk(chance, number, plan, filters) for number in range(RISKS)},
        "targets": [{"name": "Handover", "finish": "2099-12-31"}],
    }


def _filters(plan: Program) -> list[str]:
    """Return filters that match something, the broad ones first."""
    activities = plan.activities().values()
    branches = Counter(".".join(activity.wbs.split(".")[:2]) for activity in activities if activity.wbs)
    codes = Counter(f"code:{name}={value}" for activity in activities for name, value in activity.codes.items())
    wbs = [f"wbs:{branch}.*" for branch, _ in branches.most_common(12)]
    named = ["name:*install*", "name:*test*", "name:*level 1*", "critical"]
    return ["all", *wbs, *(code for code, _ in codes.most_common(RULES - 1 - len(wbs) - len(named))), *named]


def _rule(number: int, on: str) -> dict[str, Any]:
    sizes = ("own", "correlated 0.3", "same")[number % 3]
    return {"on": on, "use": list(TEMPLATES)[number % 3], "sizes": sizes}


def _risk(chance: random.Random, number: int, plan: Program, filters: list[str]) -> dict[str, Any]:
    """Return a risk that strikes a filter by a factor, or a few activities by days and money."""
    if number % 2:
        impact = {"on": chance.choice(filters[1:]), "duration": "x pert(100% 110% 150%)"}
        return {"name": "A condition", "probability": 0.2, "impacts": [impact]}
    work = [path for path, activity in plan.activities().items() if not activity.milestone]
    struck = sorted(chance.sample(work, min(NAMED, len(work))))
    impact = {"on": [f'"{path}"' for path in struck], "duration": "+ triangular(1d 3d 10d)", "spread": "each"}
    return {"name": "An event", "probability": 0.1, "impacts": [impact, {"cost": "+ triangular(10k 20k 80k)"}]}
