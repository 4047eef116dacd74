"""Comparison as JSON (`riskmc compare --json`): base figures and every paired difference, in the same bytes (A3, A6).

`docs/method/comparison.md` describes the keys.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from riskmc.analysis.comparison import LEVELS, Comparison
from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_shift import ChanceShift, Promise, Shift
from riskmc.analysis.paired import Difference
from riskmc.forecast import Forecast, Value
from riskmc.forecast.figures import level_name
from riskmc.forecast.interval import CONFIDENCE
from riskmc.reports.json_text import json_text
from riskmc.reports.opening import committed, expected
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

Entry = dict[str, Any]
_DIGITS = 9


def dumps_comparison(comparison: Comparison) -> str:
    """Return the comparison as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_comparison(comparison), 3)


def compose_comparison(comparison: Comparison) -> Entry:
    """Return everything that a comparison says, as plain dictionaries, lists, text and numbers.

    ``finish_days`` are elapsed days of 24 hours, positive is later; ``cost`` is in currency units, positive is dearer.
    """
    base = comparison.base
    levels = tuple(sorted({*LEVELS, expected(base), committed(base)}))
    return {
        **_head(base),
        "base": {
            "random": base.random,
            "finish": _figures(base.finish(), levels),
            "cost": _figures(base.cost(), levels),
        },
        "scenarios": {key: _scenario(change, levels) for key, change in comparison.changes.items()},
    }


def _head(base: Trials) -> Entry:
    return {
        "program": base.program.program,
        "hash": base.hash,
        "seed": base.seed,
        "iterations": len(base),
        "first_iteration": base.iterations.start,
        "engine": base.engine,
        "sampling": base.sampling,
        "version": base.version,
        "scenario": base.scenario,
        "mitigation": base.mitigation,
        "constraints": base.constraints,
        "currency": base.program.currency,
        "confidence": CONFIDENCE,
        **_said(base),
    }


def _said(trials: Trials) -> Entry:
    return {"relaxed": list(trials.relaxed), "ignored": list(trials.ignored), "notes": list(trials.notes)}


def _figures(forecast: Forecast, levels: tuple[float, ...]) -> Entry:
    quantiles = {_key(p): _quantile(forecast, p) for p in levels}
    return {**quantiles, "mean": {"value": _plain(forecast.mean())}}


def _quantile(forecast: Forecast, p: float) -> Entry:
    low, high = forecast.quantile_interval(p)
    return {"value": _plain(forecast.quantile(p)), "low": _plain(low), "high": _plain(high)}


def _scenario(change: Change, levels: tuple[float, ...]) -> Entry:
    other = change.other
    return {
        "name": change.name,
        "hash": other.hash,
        "mitigation": other.mitigation,
        "constraints": other.constraints,
        "random": other.random,
        "changes_nothing": change.nothing,
        "finish_days": _shift(change.finish(), levels),
        "cost": _shift(change.cost(), levels),
        "targets": [_chance(shift) for shift in change.chances],
        "projects": {project: _project(change, project, levels) for project in change.projects},
        "milestones": {path: _milestone(change, path, levels) for path in change.milestones},
        **_said(other),
    }


def _project(change: Change, project: str, levels: tuple[float, ...]) -> Entry:
    name = name_of(change.base.program, project)
    finish, cost = change.finish(project), change.cost(project)
    return {"name": name, "finish_days": _shift(finish, levels), "cost": _shift(cost, levels)}


def _milestone(change: Change, path: str, levels: tuple[float, ...]) -> Entry:
    return {"name": name_of(change.base.program, path), "finish_days": _shift(change.finish(path), levels)}


def _shift(shift: Shift, levels: tuple[float, ...]) -> Entry:
    return {**{_key(p): _difference(shift.quantile(p)) for p in levels}, "mean": _difference(shift.mean())}


def _difference(difference: Difference) -> Entry:
    return {name: None if value is None else round(value, _DIGITS) for name, value in difference._asdict().items()}


def _chance(shift: ChanceShift) -> Entry:
    return {
        "name": shift.before.name,
        "at": shift.before.at,
        "outcome": shift.outcome,
        "base": _promise(shift.before),
        "scenario": _promise(shift.after),
        "difference": _difference(shift.difference),
    }


def _promise(chance: Promise) -> Entry:
    """Return what is promised, and its probability."""
    told = chance.probability
    return {
        "finish": _plain(getattr(chance, "date", None)),
        "cost": getattr(chance, "amount", None),
        "probability": None if told is None else told.value,
        "low": None if told is None else round(told.low, _DIGITS),
        "high": None if told is None else round(told.high, _DIGITS),
    }


def _key(p: float) -> str:
    return level_name(p).lower()


def _plain(value: Value | None) -> str | float | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return None if value is None else round(value, 2)
