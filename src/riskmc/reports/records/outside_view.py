"""Outside view as JSON (`riskmc outside-view --json`): `docs/method/outside_view.md` describes the keys."""

from __future__ import annotations

from riskmc.analysis.outside_view import OutsideView, Standing, Uplift
from riskmc.forecast.outcome import DATE
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, plain, provenance_of, rounded, share_entry
from riskmc.simulation.trials import Trials


def dumps_outside(found: OutsideView, trials: Trials) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_outside(found, trials), 2)


def compose_outside(found: OutsideView, trials: Trials) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    return {
        **provenance_of(trials),
        "of": "finish" if found.forecast.unit == DATE else "cost",
        "class": {"name": found.reference.name, "projects": len(found.reference) or None, "note": found.reference.note},
        "base": plain(found.base),
        "start": plain(found.start),
        "ours": [_standing(standing) for standing in found.standings()],
        "class_asks": [_uplift(uplift) for uplift in found.uplifts()],
    }


def _standing(standing: Standing) -> Entry:
    return {
        "figure": standing.name,
        "value": plain(standing.value),
        "ratio": rounded(standing.ratio),
        "class_share": share_entry(standing.share),
    }


def _uplift(uplift: Uplift) -> Entry:
    return {
        "level": uplift.level,
        "ratio": {"value": rounded(uplift.ratio), "low": rounded(uplift.low), "high": rounded(uplift.high)},
        "value": plain(uplift.value),
        "low": plain(uplift.value_low),
        "high": plain(uplift.value_high),
    }
