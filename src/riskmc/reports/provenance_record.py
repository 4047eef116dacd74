"""Provenance in a record: what made the numbers (A6), and the manner in which values and differences are written.

Dates are `YYYY-MM-DDTHH:MM`, money is in currency units, a figure that is not known is null.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from riskmc.analysis.paired import Difference
from riskmc.forecast import Value
from riskmc.forecast.interval import CONFIDENCE
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    from riskmc.analysis.sensitivity.estimates import Estimate

Entry = dict[str, Any]
_DIGITS = 9


def provenance_of(trials: Trials) -> Entry:
    """Return what made these numbers, and what was relaxed, ignored and noted."""
    return {
        "program": trials.program.program,
        "hash": trials.hash,
        "seed": trials.seed,
        "iterations": len(trials),
        "first_iteration": trials.iterations.start,
        "engine": trials.engine,
        "sampling": trials.sampling,
        "version": trials.version,
        "scenario": trials.scenario,
        "mitigation": trials.mitigation,
        "constraints": trials.constraints,
        "currency": trials.program.currency,
        "confidence": CONFIDENCE,
        **remarks_of(trials),
    }


def remarks_of(trials: Trials) -> Entry:
    """Return what was relaxed, ignored and noted."""
    return {"relaxed": list(trials.relaxed), "ignored": list(trials.ignored), "notes": list(trials.notes)}


def rounded(value: float | None) -> float | None:
    """Return a number in the digits of a record."""
    return None if value is None else round(value, _DIGITS)


def interval(difference: Difference | Estimate) -> Entry:
    """Return a difference, or an estimate, and the ends of its interval."""
    return {name: rounded(value) for name, value in difference._asdict().items()}


def plain(value: Value | None) -> str | float | None:
    """Return a date as text, and an amount to the cent."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return None if value is None else round(value, 2)
