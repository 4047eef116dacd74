"""Comparison as JSON (`riskmc compare --json`): base figures and every paired difference, in the same bytes (A3, A6).

`docs/method/comparison.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.comparison import LEVELS, Comparison
from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_matrix import Matrix, Standing, first_joint
from riskmc.analysis.comparison_shift import ChanceShift, Promise, Shift
from riskmc.forecast import Forecast
from riskmc.reports.document.opening import committed, expected
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import (
    Entry,
    chance_entry,
    interval,
    level_key,
    plain,
    provenance_of,
    quantile,
    remarks_of,
)
from riskmc.simulation.place import name_of


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
        **provenance_of(base),
        "base": {
            "random": base.random,
            "finish": _figures(base.finish(), levels),
            "cost": _figures(base.cost(), levels),
        },
        "scenarios": {key: _scenario(change, levels) for key, change in comparison.changes.items()},
        "pairs": [_pair(*pair, levels) for pair in comparison.contenders.pairs()],
        "standings": _standings(comparison.contenders, committed(base)),
    }


def _figures(forecast: Forecast, levels: tuple[float, ...]) -> Entry:
    quantiles = {level_key(p): quantile(forecast, p) for p in levels}
    return {**quantiles, "mean": {"value": plain(forecast.mean())}}


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
        **remarks_of(other),
    }


def _pair(one: str, other: str, change: Change, levels: tuple[float, ...]) -> Entry:
    """Return how far one contender differs from another: finish, cost, joint confidence, milestones."""
    joint = first_joint(change)
    return {
        "scenario": one,
        "against": other,
        "changes_nothing": change.nothing,
        "finish_days": _shift(change.finish(), levels),
        "cost": _shift(change.cost(), levels),
        "joint": None if joint is None else _chance(joint),
        "milestones": {path: _milestone(change, path, levels) for path in change.milestones},
    }


def _standings(contenders: Matrix, p: float) -> Entry:
    """Return which contender wins on finish, on cost and on both at the committed percentile, and how sure that is."""
    both, dominated = contenders.both_shares(), contenders.dominated_by(p)
    return {
        "level": p,
        **{word: [_standing(one) for one in contenders.standings(word, p)] for word in contenders.outcomes},
        "both": [
            {"scenario": key, "best_share": both[key], "dominated_by": list(dominated[key])}
            for key in contenders.trials
        ],
    }


def _standing(standing: Standing) -> Entry:
    return {
        "scenario": standing.key,
        "best_share": standing.best_share,
        "lowest_chance": standing.lowest_chance,
        "behind": interval(standing.behind),
        "not_told_from": list(standing.not_told_from),
    }


def _project(change: Change, project: str, levels: tuple[float, ...]) -> Entry:
    name = name_of(change.base.program, project)
    finish, cost = change.finish(project), change.cost(project)
    return {"name": name, "finish_days": _shift(finish, levels), "cost": _shift(cost, levels)}


def _milestone(change: Change, path: str, levels: tuple[float, ...]) -> Entry:
    return {"name": name_of(change.base.program, path), "finish_days": _shift(change.finish(path), levels)}


def _shift(shift: Shift, levels: tuple[float, ...]) -> Entry:
    return {**{level_key(p): interval(shift.quantile(p)) for p in levels}, "mean": interval(shift.mean())}


def _chance(shift: ChanceShift) -> Entry:
    return {
        "name": shift.before.name,
        "at": shift.before.at,
        "outcome": shift.outcome,
        "base": _promise(shift.before),
        "scenario": _promise(shift.after),
        "difference": interval(shift.difference),
    }


def _promise(chance: Promise) -> Entry:
    """Return what is promised, and its probability."""
    return {
        "finish": plain(getattr(chance, "date", None)),
        "cost": getattr(chance, "amount", None),
        **chance_entry(chance.probability),
    }
