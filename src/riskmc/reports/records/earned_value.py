"""Earned value as JSON (`riskmc earned-value --json`): `docs/method/earned_value.md` describes the keys."""

from __future__ import annotations

from riskmc.analysis.earned_value import EarnedValue
from riskmc.analysis.earned_value.result import Status
from riskmc.forecast import Forecast
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, level_key, plain, provenance_of, quantile, rounded
from riskmc.simulation.trials import CENTS

_VALUES = ("pv", "ev", "ac", "bac", "sv", "cv", "spi", "cpi", "eac", "eac_as_planned", "eac_both", "etc", "vac")
_LEVELS = (0.50, 0.80)


def dumps_earned_value(found: EarnedValue) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_earned_value(found), 2)


def compose_earned_value(found: EarnedValue) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers.

    Values are in the ``unit``: the currency, or planned working days; times in days of 24 hours.
    """
    return {
        **provenance_of(found.trials),
        "random": found.trials.random,
        "begun": found.begun,
        "unit": found.baseline.unit,
        "baseline": found.baseline.told,
        "assumptions": list(found.notes),
        "total": _status(found, found.program),
        "projects": {place: _status(found, status) for place, status in found.statuses.items() if place},
        "lines": [
            {
                "id": line.source,
                "project": line.project or None,
                "percent": rounded(line.percent),
                **{word: getattr(line, word) / CENTS for word in ("bac", "pv", "ev", "ac")},
                "actual_cost_known": line.certain,
            }
            for line in found.lines
        ],
    }


def _status(found: EarnedValue, status: Status) -> Entry:
    timing = status.timing
    words = ("es", "at", "pd", "sv_t", "ieac_t")
    return {
        "name": status.name,
        "data_date": plain(status.data_date),
        **{word: rounded(getattr(status.value, word)) for word in (*_VALUES, "tcpi_bac", "tcpi_eac")},
        "start": plain(status.start),
        **{f"{word}_days": None if timing is None else rounded(getattr(timing, word)) for word in words},
        "spi_t": None if timing is None else rounded(timing.spi_t),
        "forecast_finish": plain(status.forecast_finish),
        "planned_finish": plain(status.planned_finish),
        "simulated_finish": _simulated(found, status.finish),
        "simulated_cost": None if status.cost is None else _simulated(found, status.cost),
    }


def _simulated(found: EarnedValue, forecast: Forecast) -> Entry | None:
    """Return the expected and committed percentiles with their intervals; nothing of a plan."""
    if not found.trials.random:
        return None
    return {level_key(p): quantile(forecast, p) for p in _LEVELS}
