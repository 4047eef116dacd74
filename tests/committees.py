"""Small programs for reports to committees: one of each kind that a decision can meet."""

from typing import Any

import riskmc as rm

START = "2027-01-04"
STORM = {"name": "Storm", "probability": "40%", "impacts": [{"on": "p.build", "duration": "+ 12d"}]}


def small(**more: Any) -> rm.Program:
    """Return a program of two activities with a risk, money and a target; ``more`` replaces or adds sections."""
    activities = {
        "dig": {"duration": "triangular(8d 10d 15d)", "cost": {"per_day": "10k"}},
        "build": {"duration": "triangular(15d 20d 30d)", "after": ["dig"], "cost": {"fixed": "200k"}},
        "done": {"milestone": True, "after": ["build"]},
    }
    whole = {
        "program": "Pier",
        "start": START,
        "currency": "EUR",
        "projects": {"p": {"activities": activities}},
        "risks": {
            "storm": {"name": "Storm", "probability": "40%", "impacts": [{"on": "p.build", "duration": "+ 12d"}]}
        },
        "targets": [{"name": "Opening", "finish": "2027-02-22"}, {"name": "Budget", "cost": "420k"}],
    }
    return rm.Program(**{**whole, **more})


def responding(cost: str = "50k", **more: Any) -> rm.Program:
    """Return the same with one proposed response that makes the storm unlikely."""
    response = {"name": "Breakwater", "cost": cost, "acts_on": {"storm": {"probability": "5%"}}}
    return small(responses={"breakwater": response}, **more)


def certain() -> rm.Program:
    """Return a plan in which nothing is random."""
    activities = {"dig": {"duration": "10d"}, "build": {"duration": "20d", "after": ["dig"]}}
    return rm.Program(program="Pier", start=START, projects={"p": {"activities": activities}})


def trials_of(program: rm.Program, iterations: int = 1_000, **options: Any) -> rm.Trials:
    """Return trials with what a report needs of every activity."""
    return rm.simulate(program, iterations, statistics=True, **options)
