"""Convergence as JSON (`riskmc convergence --json`): `docs/method/convergence.md` describes the keys."""

from __future__ import annotations

from dataclasses import asdict

from riskmc.analysis.convergence import Convergence
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, plain, provenance_of, rounded
from riskmc.simulation.until import Goal


def dumps_convergence(found: Convergence) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_convergence(found), 2)


def compose_convergence(found: Convergence) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    return {
        **provenance_of(found.trials),
        "random": found.trials.random,
        "needed": [
            {
                **_measure(found, need.goal),
                "within": rounded(need.goal.within),
                "half_width": rounded(need.half_width),
                "iterations": need.iterations,
            }
            for need in found.needs
        ],
        "points": [
            {
                **_measure(found, point.goal),
                "iterations": point.iterations,
                "value": rounded(point.value) if isinstance(point.value, float) else plain(point.value),
                "half_width": rounded(point.half_width),
                "by_law": rounded(point.by_law),
            }
            for point in found.points
        ],
        "latin_hypercubes": [asdict(saving) for saving in found.savings],
    }


def _measure(found: Convergence, goal: Goal) -> Entry:
    return {"measure": goal.text, "unit": found.unit(goal)}
