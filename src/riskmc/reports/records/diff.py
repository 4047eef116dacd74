"""Semantic difference as JSON (`riskmc diff --json`): every change, the movement, and the share of each change in it.

`docs/method/diff.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.diff.changes import ProgramChange
from riskmc.analysis.diff.program_diff import COST, FINISH, MEASURES, ProgramDiff, Shares
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, interval, plain, provenance_of, remarks_of
from riskmc.simulation.trials import Trials


def dumps_diff(diff: ProgramDiff) -> str:
    """Return the difference as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_diff(diff), 3)


def compose_diff(diff: ProgramDiff) -> Entry:
    """Return everything that a difference says, as plain dictionaries, lists, text and numbers.

    ``finish_days`` are elapsed days of 24 hours, positive is later; ``cost`` is in currency units, positive is dearer.
    """
    groups = {change: group.name for group in diff.groups for change in group.changes}
    movement = {(outcome, measure): diff.moved(outcome, measure) for outcome in (FINISH, COST) for measure in MEASURES}
    return {
        **provenance_of(diff.old),
        "new": {"program": diff.new.program.program, "hash": diff.new.hash, **remarks_of(diff.new)},
        "equal": diff.equal,
        "figures": {"old": _figures(diff.old), "new": _figures(diff.new)},
        "movement": _shares(movement),
        "method": diff.method,
        "separate_groups": diff.separate,
        "groups": [{"name": group.name, **_shares(group.shares)} for group in diff.groups],
        "changes": [_change(change, groups.get(change)) for change in diff.changes],
    }


def _figures(trials: Trials) -> Entry:
    return {
        name: {
            "p50": plain(forecast.quantile(0.50)),
            "p80": plain(forecast.quantile(0.80)),
            "mean": plain(forecast.mean()),
        }
        for name, forecast in ((FINISH, trials.finish()), (COST, trials.cost()))
    }


def _shares(shares: Shares) -> Entry:
    return {
        name: {measure: interval(shares[outcome, measure]) for measure in MEASURES}
        for name, outcome in (("finish_days", FINISH), ("cost", COST))
    }


def _change(change: ProgramChange, group: str | None) -> Entry:
    return {
        "section": change.piece.section,
        "id": change.piece.id,
        "what": change.what,
        "word": change.word,
        "old": change.old,
        "new": change.new,
        "reach": change.reach,
        "group": group,
        "text": change.text,
    }
