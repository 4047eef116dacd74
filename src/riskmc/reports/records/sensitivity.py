"""Sensitivity as JSON (`riskmc sensitivity --json`): every index, merge and share of the variance, in the same bytes.

`docs/method/sensitivity.md` and `variance.md` describe the keys.
"""

from __future__ import annotations

from typing import Any

from riskmc.analysis.sensitivity import Sensitivity, VarianceShares
from riskmc.analysis.sensitivity.estimates import Estimate
from riskmc.analysis.sensitivity.indices import Indices
from riskmc.analysis.sensitivity.merges import Merge
from riskmc.analysis.sensitivity.variance import GroupShares
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, interval, provenance_of, rounded
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials


def dumps_sensitivity(found: Sensitivity, variance: VarianceShares | None = None) -> str:
    """Return the sensitivity as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_sensitivity(found, variance), 2)


def compose_sensitivity(found: Sensitivity, variance: VarianceShares | None = None) -> Entry:
    """Return everything that a sensitivity says, as plain dictionaries, lists, text and numbers.

    Activities are by schedule sensitivity index, merges by delay, sources by their share of the finish. Durations and
    float are working days of the activity's calendar, merge delays days of 24 hours.
    """
    trials = found.trials
    return {
        **provenance_of(trials),
        "random": trials.random,
        "activities": [_activity(trials, one) for one in found.ranked],
        "merges": [_merge(trials, one) for one in found.merge_points],
        "variance": None if variance is None else [_group(one) for one in variance.ranked],
    }


def _activity(trials: Trials, one: Indices) -> Entry:
    share = one.criticality
    return {
        "id": one.path,
        "name": name_of(trials.program, one.path),
        "criticality": interval(Estimate(share.value, share.low, share.high)),
        "significance": interval(one.significance),
        "schedule_sensitivity": interval(one.schedule_sensitivity),
        "cruciality": {word: interval(getattr(one, word).magnitude()) for word in ("pearson", "spearman", "kendall")},
        "duration_sensitivity": interval(one.spearman),
        "cruciality_pertmaster": rounded(one.pertmaster),
        "mean_total_float_days": interval(one.total_float_days),
        "plan_total_float_days": rounded(trials.plan.total_float_days.get(one.path)),
        "mean_duration_days": interval(one.duration_days),
        "sd_duration_days": rounded(one.duration_sd_days),
    }


def _merge(trials: Trials, merge: Merge) -> Entry:
    return {
        "id": merge.path,
        "name": name_of(trials.program, merge.path),
        "at": merge.at,
        "merge_delay_days": interval(merge.delay_days),
        "predecessors": [{"id": path, "latest": rounded(share)} for path, share in merge.drives],
    }


def _group(one: GroupShares) -> Entry:
    told: dict[str, Any] = {"group": one.group.name, "kind": one.group.kind, "sources": list(one.group.names)}
    for word, shares in (("finish", one.finish), ("cost", one.cost)):
        told[word] = {"first_order": interval(shares.first), "total": interval(shares.total)}
    return told
