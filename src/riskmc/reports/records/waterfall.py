"""Waterfall as JSON (`riskmc waterfall --json`): every step in days and money, exactly and as printed (A3, A6).

`docs/method/waterfall.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.waterfall.result import Waterfall
from riskmc.forecast.figures import level_name
from riskmc.reports.records.drivers import written_level
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, interval, provenance_of, rounded


def dumps_waterfall(waterfall: Waterfall) -> str:
    """Return the waterfall as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_waterfall(waterfall), 3)


def compose_waterfall(waterfall: Waterfall) -> Entry:
    """Return everything that a waterfall says, as plain dictionaries, lists, text and numbers.

    ``finish_days`` are days of 24 hours, ``cost`` is in currency units; positive is later or dearer. Both add up to
    ``forecast`` minus ``plan``, and so do ``printed_days`` and ``printed_cost`` in the digits of an answer.
    """
    return {
        **provenance_of(waterfall.trials),
        "random": waterfall.trials.random,
        "percentile": waterfall.percentile,
        "level": level_name(waterfall.percentile),
        "plan": {by: written_level(by, waterfall.start(by)) for by in ("finish", "cost")},
        "forecast": {by: written_level(by, waterfall.end(by)) for by in ("finish", "cost")},
        "pairs_of_orders": waterfall.drivers.pairs or None,
        "steps": _steps(waterfall),
    }


def _steps(waterfall: Waterfall) -> list[Entry]:
    unit = waterfall.digits("cost").unit
    printed = zip(waterfall.whole("finish"), waterfall.whole("cost"), strict=True)
    return [
        {
            "id": step.id,
            "kind": step.kind,
            "name": step.name,
            "finish_days": interval(step.finish_days),
            "cost": interval(step.cost),
            "printed_days": days,
            "printed_cost": rounded(amount * unit),
        }
        for step, (days, amount) in zip((*waterfall.steps, *waterfall.risks), printed, strict=True)
    ]
