"""Responses as JSON (`riskmc responses --json`): effects, overlaps, states and frontier, in the same bytes (A3, A6).

`docs/method/responses.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_shift import ChanceShift, Shift
from riskmc.analysis.responses import Overlap, Portfolio, ResponseEffect, ResponseFrontier, Responses
from riskmc.forecast import Forecast
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import (
    Entry,
    chance_entry,
    interval,
    interval_if_known,
    level_key,
    plain,
    provenance_of,
    quantile,
    rounded,
)


def dumps_responses(found: Responses, frontier: ResponseFrontier | None = None) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_responses(found, frontier), 3)


def compose_responses(found: Responses, frontier: ResponseFrontier | None = None) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers.

    Differences are with the response minus without it: days of 24 hours, minus is earlier; currency units, minus is
    cheaper. ``cost_effect`` holds the response's own cost, ``saves_money`` is before it.
    """
    return {
        **provenance_of(found.trials),
        "random": found.trials.random,
        "percentile": found.percentile,
        "cost_of_delay_per_day": found.cost_of_delay,
        "responses": [_response(found, effect) for effect in found.effects.values()],
        "overlaps": [_overlap(found, overlap) for overlap in found.overlaps],
        "states": {name: _state(found, name) for name in found.states},
        **_frontier(frontier),
    }


def _response(found: Responses, effect: ResponseEffect) -> Entry:
    change, low_high = effect.change, effect.cost_range
    return {
        "id": effect.id,
        "name": effect.name,
        "status": effect.status,
        "changes_nothing": effect.changes_nothing,
        "cost": {
            "value": rounded(effect.cost),
            "p10": None if low_high is None else low_high[0],
            "p90": None if low_high is None else low_high[1],
        },
        "finish_days": _shift(found, change.finish()),
        "cost_effect": _shift(found, change.cost()),
        "saves_money": _shift(found, effect.money),
        "chance": [_chance(shift) for shift in effect.chances],
        "days_worth": interval_if_known(effect.value_of_days),
        "benefit": interval(effect.benefit),
        "net": interval(effect.net),
        "benefit_per_cost": interval_if_known(effect.ratio),
        "pays": effect.pays,
        "breaks_even_per_day": rounded(effect.breaks_even_at),
    }


def _shift(found: Responses, shift: Shift) -> Entry:
    return {**{level_key(p): interval(shift.quantile(p)) for p in found.levels}, "mean": interval(shift.mean())}


def _chance(shift: ChanceShift) -> Entry:
    before, after = shift.before.probability, shift.after.probability
    return {
        "target": shift.before.name,
        "outcome": shift.outcome,
        "without": None if before is None else before.value,
        "with": None if after is None else after.value,
        **interval(shift.difference),
    }


def _overlap(found: Responses, overlap: Overlap) -> Entry:
    levels = {level_key(p): p for p in (found.percentile, None)}
    return {
        "responses": [overlap.first, overlap.second],
        "risks": list(overlap.risks),
        "saves_days": {
            name: {
                "first": interval(overlap.saved(overlap.first_alone, p)),
                "second": interval(overlap.saved(overlap.second_alone, p)),
                "together": interval(overlap.saved(overlap.both, p)),
                "counted_twice": interval(overlap.counted_twice(p)),
            }
            for name, p in levels.items()
        },
    }


def _state(found: Responses, name: str) -> Entry:
    trials, change = found.states[name], found.state_change(name)
    return {
        "finish": _figures(found, trials.finish()),
        "cost": _figures(found, trials.cost()),
        "from_current": {"finish_days": _shift(found, change.finish()), "cost": _shift(found, change.cost())},
        "targets": _targets(change),
    }


def _figures(found: Responses, forecast: Forecast) -> Entry:
    return {**{level_key(p): quantile(forecast, p) for p in found.levels}, "mean": {"value": plain(forecast.mean())}}


def _targets(change: Change) -> list[Entry]:
    return [
        {
            "target": shift.before.name,
            "outcome": shift.outcome,
            **chance_entry(shift.after.probability),
            "from_current": interval(shift.difference),
        }
        for shift in change.chances
    ]


def _frontier(frontier: ResponseFrontier | None) -> Entry:
    """Return the frontier; nothing of it where no response is proposed."""
    if frontier is None:
        return {"frontier": [], "search": None}
    chosen = frontier.best()
    return {
        "frontier": [_portfolio(portfolio) for portfolio in frontier.efficient],
        "search": {
            "by": frontier.by,
            "percentile": frontier.percentile,
            "target": frontier.measured.target,
            "candidates": list(frontier.candidates),
            "exact": frontier.exact,
            "rated": len(frontier.ratings),
            "dropped": list(frontier.dropped),
            "always": list(frontier.always),
            "never": list(frontier.never),
            "budget": frontier.budget,
            "best": None if frontier.budget is None else _portfolio(chosen),
            "states": {name: _portfolio(portfolio) for name, portfolio in frontier.states.items()},
        },
    }


def _portfolio(portfolio: Portfolio) -> Entry:
    return {
        "responses": list(portfolio.responses),
        "spent": rounded(portfolio.spent),
        "reaches": plain(portfolio.value) if not isinstance(portfolio.value, float) else rounded(portfolio.value),
        **interval(portfolio.difference),
        "step": interval_if_known(portfolio.step),
        "ties": [list(tie) for tie in portfolio.ties],
    }
