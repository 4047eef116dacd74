"""Diagnosis as JSON (`riskmc diagnose --json`): `docs/method/diagnosis.md` describes the keys."""

from __future__ import annotations

from riskmc.analysis.check.effects import P80
from riskmc.analysis.diagnosis import Cause, Diagnosis
from riskmc.forecast.instant import instant_of
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, interval, interval_if_known, plain, provenance_of, rounded


def dumps_diagnosis(found: Diagnosis) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_diagnosis(found), 2)


def compose_diagnosis(found: Diagnosis) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    return {
        **provenance_of(found.trials),
        "random": found.trials.random,
        "plan_finish": plain(instant_of(found.trials.plan.finish)),
        "p80_finish": plain(found.trials.finish().quantile(P80)),
        "gap_days": rounded(found.gap_days),
        "without_risks_days": rounded(found.without_risks_days),
        "risks_days": interval_if_known(found.risks_days),
        "causes": [_cause(cause) for cause in found.causes],
        "constraints": [{"activity": path, "share": rounded(share)} for path, share in found.shares.items()],
    }


def _cause(cause: Cause) -> Entry:
    return {
        "cause": cause.id,
        "told": cause.told,
        "change": cause.change,
        "places": list(cause.places),
        "share": rounded(cause.share),
        "gap_days": interval(cause.gap_days),
        "p80_days": interval(cause.p80_days),
        "p80_cost": interval(cause.cost),
    }
