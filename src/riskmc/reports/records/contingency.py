"""Contingency as JSON (`riskmc contingency --json`): `docs/method/contingency.md` describes the keys."""

from __future__ import annotations

from dataclasses import asdict

from riskmc.analysis.contingency import Allocation, Contingency, Drawdown
from riskmc.analysis.contingency.held import Holding
from riskmc.analysis.contingency.needed import Needed
from riskmc.analysis.contingency.requirement import LEVELS
from riskmc.forecast import Probability
from riskmc.forecast.instant import instant_of
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import (
    Entry,
    interval,
    interval_if_known,
    level_key,
    plain,
    provenance_of,
    rounded,
    share_entry,
)
from riskmc.simulation.trials import CENTS


def dumps_contingency(found: Contingency, drawdown: Drawdown | None = None) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_contingency(found, drawdown), 2)


def compose_contingency(found: Contingency, drawdown: Drawdown | None = None) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers.

    ``finish_days`` are days of 24 hours above the base, ``cost`` currency units above it.
    """
    plan = found.trials.plan
    return {
        **provenance_of(found.trials),
        "percentile": found.percentile,
        "base": {"finish": plain(instant_of(plan.finish)), "cost": plan.cost_cents / CENTS},
        "needed": {level_key(level): _needed(found.needed(level)) for level in sorted({*LEVELS, found.percentile})},
        "held": _held(found.held),
        "funding": [asdict(layer) for layer in found.layers],
        "sources": _parts(found.sources),
        "projects": _parts(found.projects),
        "responses": _parts(found.responses),
        "drawdown": None if drawdown is None else _drawdown(drawdown),
    }


def _needed(told: Needed) -> Entry:
    return {
        "finish": plain(told.finish),
        "finish_days": interval(told.finish_days),
        "finish_working_days": rounded(told.working_days),
        "finish_percent": rounded(told.finish_percent),
        "cost": interval(told.cost),
        "cost_percent": rounded(told.cost_percent),
        "endless": told.endless,
    }


def _held(told: Holding) -> Entry:
    return {
        "finish_days": rounded(told.finish_days),
        "working_days": rounded(told.working_days),
        "cost": told.cost,
        "finish_level": _chance(told.finish_level),
        "cost_level": _chance(told.cost_level),
        "joint_level": _chance(told.joint_level),
        "margins": [asdict(margin) for margin in told.margins],
        "contingencies": [asdict(item) for item in told.money],
    }


def _chance(probability: Probability | None) -> Entry | None:
    return None if probability is None else share_entry(probability)


def _parts(told: Allocation) -> Entry:
    parts = [
        {
            "id": part.id,
            "kind": part.kind,
            "name": part.name,
            "minutes": part.minutes,
            "cents": part.cents,
            "finish_days": interval_if_known(part.finish_days),
            "cost": interval_if_known(part.cost),
        }
        for part in told.parts
    ]
    return {"exact": told.exact, "minutes": told.minutes, "cents": told.cents, "parts": parts}


def _drawdown(told: Drawdown) -> Entry:
    dates = [
        {
            "date": plain(step.date),
            "finish_days": interval(step.needed.finish_days),
            "cost": interval(step.needed.cost),
        }
        for step in told.steps
    ]
    return {"by": told.by, "dates": dates}
