"""Made-up trials: a small program, and outcomes spread evenly over a range, to test what is said of an answer."""

from datetime import datetime

import numpy as np

from riskmc.forecast.instant import minutes_of
from riskmc.program.program import Program
from riskmc.simulation.trials import ActivityStatistics, Coverage, Plan, Trials

DAY = 1440
PLANNED = minutes_of(datetime(2030, 2, 15, 17))
MONEY = 37_000_000_000  # cents

HARBOUR = {
    "program": "Harbour Tunnel",
    "start": "2027-01-04",
    "currency": "EUR",
    "finish": "build.open",
    "projects": {
        "design": {
            "name": "Detailed design",
            "activities": {
                "survey": {"name": "Ground survey", "duration": "pert(15d 20d 40d)"},
                "permits": {"name": "Permits of the harbour authority, the city and the province", "duration": "60d"},
            },
        },
        "build": {
            "activities": {
                "dig": {"duration": "180d", "cost": "60M", "after": ["design.survey", "design.permits"]},
                "line": {"name": "Line the tunnel", "duration": "120d", "after": ["dig"]},
                "open": {"name": "Open to public", "milestone": True, "after": ["line"]},
            },
        },
    },
    "targets": [
        {"name": "Open to public", "at": "build.open", "finish": "2030-06-30"},
        {"name": "Approved budget", "cost": "420M"},
        {"name": "Commitment", "at": "build.open", "finish": "2030-09-30", "cost": "450M", "joint": "70%"},
    ],
    "risks": {"soil": {"name": "Contaminated soil", "probability": "35%", "impacts": [{"cost": "+ 2M"}]}},
    "assumptions": ["Night work is allowed from 2028."],
    "not_in_the_model": ["War", "Change of law"],
}


def program(**changes: object) -> Program:
    """The harbour tunnel, with some of its sections changed."""
    return Program(**{**HARBOUR, **changes})


def plan(**changes: object) -> Plan:
    """The deterministic answer for the harbour tunnel."""
    told = {
        "finish": PLANNED,
        "cost_cents": MONEY,
        "project_finish": {"design": PLANNED - 400 * DAY, "build": PLANNED},
        "project_cost": {"design": MONEY // 20, "build": MONEY - MONEY // 20},
        "milestone_finish": {"build.open": PLANNED},
        "total_float_days": {"design.survey": 12.0, "design.permits": 0.0, "build.dig": 0.0, "build.line": 0.0},
    }
    return Plan(**{**told, **changes})


def shuffled(n: int, prime: int) -> np.ndarray:
    """Evenly spread shares between 0 and 1 in a scrambled order; the same on every machine and numpy."""
    return (np.arange(n, dtype=np.int64) * prime % n + 0.5) / n


def trials(n: int = 2_000, **changes: object) -> Trials:
    """Trials of the harbour tunnel, in which cost leans on the delay; any field can be given instead."""
    noun = changes.pop("program", None) or program()
    delay = 60 + 200 * np.sqrt(shuffled(n, 7_919))
    finish = PLANNED + (delay * DAY).astype(np.int64)
    cost = MONEY + (delay * 2.5e7 + 3e9 * shuffled(n, 104_729)).astype(np.int64)
    fields = {
        "program": noun,
        "seed": 1,
        "iterations": range(n),
        "start": datetime(2027, 1, 4),
        "finish_minutes": finish,
        "cost_cents": cost,
        "plan": plan(),
        "recompute": lambda: statistics(noun),
        "project_finish": {"design": finish - 400 * DAY, "build": finish.copy()},
        "project_cost": {"design": cost // 20, "build": cost - cost // 20},
        "milestone_finish": {"build.open": finish.copy()},
        "occurred": {"soil": 0.3515},
        "coverage": Coverage(work=0.92, driving=1.0),
    }
    return Trials(**{**fields, **changes})


def certain(**changes: object) -> Trials:
    """Trials of a plan in which nothing is random (P2): one iteration, the plan itself."""
    told = plan()
    same = {
        "random": False,
        "coverage": None,
        "occurred": {},
        "finish_minutes": np.array([told.finish]),
        "cost_cents": np.array([told.cost_cents]),
        "project_finish": {project: np.array([finish]) for project, finish in told.project_finish.items()},
        "project_cost": {project: np.array([cost]) for project, cost in told.project_cost.items()},
        "milestone_finish": {path: np.array([finish]) for path, finish in told.milestone_finish.items()},
    }
    return trials(1, **{**same, **changes})


def statistics(noun: Program) -> ActivityStatistics:
    """Means for every activity of ``noun``: criticality rises along the file, the first activity never exists."""
    paths = tuple(noun.activities())
    count = len(paths)
    dates = PLANNED - DAY * np.linspace(600.0, 0.0, count)
    dates[0] = np.nan
    return ActivityStatistics(paths, np.linspace(0.0, 1.0, count), dates - 50 * DAY, dates, np.linspace(20, 180, count))
