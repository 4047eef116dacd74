"""Provenance in a record: what made the numbers (A6), and the manner in which values and differences are written.

Dates are `YYYY-MM-DDTHH:MM`, money is in currency units, a figure that is not known is null.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from riskmc.analysis.paired import Difference
from riskmc.forecast import Forecast, Probability, Value
from riskmc.forecast.figures import level_name
from riskmc.forecast.interval import CONFIDENCE
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    from riskmc.analysis.sensitivity.estimates import Estimate

Entry = dict[str, Any]
_DIGITS = 9
USUAL = "late-finish"  # the rule of dispatch that goes without saying


def provenance_of(trials: Trials) -> Entry:
    """Return what made these numbers, and what was relaxed, ignored and noted."""
    return {**origin_of(trials), "confidence": CONFIDENCE, **remarks_of(trials)}


def origin_of(trials: Trials) -> Entry:
    """Return what made these numbers: program, seed, engine and the like."""
    return {
        "program": trials.program.program,
        "hash": trials.hash,
        "seed": trials.seed,
        "iterations": len(trials),
        "first_iteration": trials.iterations.start,
        "engine": trials.engine,
        **({} if trials.dispatch in (None, USUAL) else {"dispatch": trials.dispatch}),
        "sampling": trials.sampling,
        "version": trials.version,
        "scenario": trials.scenario,
        "mitigation": trials.mitigation,
        "constraints": trials.constraints,
        "currency": trials.program.currency,
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


def interval_if_known(difference: Difference | None) -> Entry | None:
    """Return a difference and the ends of its interval; None for none."""
    return None if difference is None else interval(difference)


def share_entry(probability: Probability) -> Entry:
    """Return a share of the iterations and the ends of its interval."""
    return {"value": rounded(probability.value), "low": rounded(probability.low), "high": rounded(probability.high)}


def chance_entry(probability: Probability | None) -> Entry:
    """Return the chance of a target and the ends of its interval; nothing is known of none."""
    told = (None, None, None) if probability is None else (probability.value, probability.low, probability.high)
    return {"probability": told[0], "low": rounded(told[1]), "high": rounded(told[2])}


def quantile(forecast: Forecast, p: float) -> Entry:
    """Return a percentile of a forecast and the ends of its interval."""
    return bounded(forecast.quantile(p), *forecast.quantile_interval(p))


def bounded(value: Value | None, low: Value | None, high: Value | None) -> Entry:
    """Return a date or an amount, and the ends of its interval."""
    return {"value": plain(value), "low": plain(low), "high": plain(high)}


def level_key(p: float | None) -> str:
    """Return the key of a percentile: p80 for 0.80; of the mean for None."""
    return "mean" if p is None else level_name(p).lower()


def plain(value: Value | None) -> str | float | None:
    """Return a date as text, and an amount to the cent."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return None if value is None else round(value, 2)
