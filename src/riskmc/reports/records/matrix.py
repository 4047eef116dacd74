"""Risk matrix as JSON (`riskmc matrix --json`): `docs/method/risk_matrix.md` describes the keys."""

from __future__ import annotations

from collections.abc import Mapping

from riskmc.analysis.risk_matrix import RiskMatrix, RiskPlace
from riskmc.analysis.risk_scale import Ladder
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, interval, provenance_of, rounded


def dumps_matrix(found: RiskMatrix) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_matrix(found), 2)


def compose_matrix(found: RiskMatrix) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    scale = found.scale
    return {
        **provenance_of(found.trials),
        "own_scales": scale.own,
        "bands": {"probability": _bands(scale.probability), "days": _bands(scale.days), "cost": _bands(scale.cost)},
        "risks": [_risk(risk) for risk in found.risks],
        "before": _states(found.before),
        "after": _states(found.after),
    }


def _bands(ladder: Ladder) -> Entry:
    return {"names": list(ladder.names), "ends": [rounded(end) for end in ladder.ends]}


def _states(states: Mapping[str, RiskPlace]) -> list[Entry]:
    return [_risk(risk) for risk in states.values()]


def _risk(risk: RiskPlace) -> Entry:
    return {
        "id": risk.id,
        "name": risk.name,
        "kind": risk.kind,
        "probability": rounded(risk.probability),
        "row": risk.row,
        "column": risk.column,
        "impact_days": rounded(risk.impact_days),
        "impact_cost": rounded(risk.impact_cost),
        "exposure_days": interval(risk.exposure_days),
        "exposure_cost": interval(risk.exposure_cost),
    }
