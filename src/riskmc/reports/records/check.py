"""Check, as JSON: every finding with place, figure, reason and effect on P80; same inputs, same bytes (R6)."""

from __future__ import annotations

from datetime import datetime

from riskmc.analysis.check.dcma import Point
from riskmc.analysis.check.effects import P80, Variant
from riskmc.analysis.check.finding import Effect, Finding
from riskmc.analysis.check.findings import Findings
from riskmc.analysis.check.practices import Practice
from riskmc.analysis.paired import Difference
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry
from riskmc.simulation.trials import Trials


def dumps_check(findings: Findings) -> str:
    """Return the record of a check as JSON text, one finding a line."""
    return json_text(compose_check(findings), 2)


def compose_check(findings: Findings) -> Entry:
    """Return everything that a check says, as plain dictionaries, lists, text and numbers."""
    trials = findings.trials
    return {
        "program": trials.program.program,
        "hash": trials.hash,
        "seed": trials.seed,
        "iterations": len(trials),
        "version": trials.version,
        "scenario": trials.scenario,
        "mitigation": trials.mitigation,
        "currency": trials.program.currency,
        "random": trials.random,
        "ignored": list(trials.ignored),
        "p80": _p80(trials),
        "correlation": {f"{value:g}": _variant(variant) for value, variant in findings.correlations},
        "passed": findings.passed,
        "dcma": [_point(point) for point in findings.dcma],
        "gao": [_practice(practice) for practice in findings.gao],
        "counts": findings.counts(),
        "effects": {rule: _effect(effect) for rule, effect in findings.effects().items()},
        "findings": [_finding(findings, finding) for finding in findings],
    }


def _point(point: Point) -> Entry:
    return {
        "point": point.point,
        "name": point.name,
        "figure": None if point.figure is None else round(point.figure, 9),
        "threshold": point.threshold,
        "unit": point.unit,
        "sense": "at least" if point.least else "at most",
        "passed": point.passed,
        "reason": point.reason,
        "counted": None if point.of is None else len(point.found),
        "of": point.of,
        "activities": list(dict.fromkeys(hit.path for hit in point.found)),
    }


def _practice(practice: Practice) -> Entry:
    return {
        "practice": practice.practice,
        "name": practice.name,
        "shows": practice.shows,
        "findings": dict(practice.findings),
    }


def _p80(trials: Trials) -> Entry:
    finish = trials.finish().quantile(P80)
    assert isinstance(finish, datetime)
    return {"finish": finish.isoformat(timespec="minutes"), "cost": trials.cost().quantile(P80)}


def _variant(variant: Variant) -> Entry:
    days, cost = _difference(variant.finish_days, 9), _difference(variant.cost, 2)
    return {"p80": _p80(variant.trials), "finish_days": days, "cost": cost}


def _effect(effect: Effect) -> Entry:
    return {
        "change": effect.change,
        "findings": effect.findings,
        "finish_days": _difference(effect.finish_days, 9),
        "cost": _difference(effect.cost, 2),
    }


def _difference(found: Difference, digits: int) -> Entry:
    return {
        word: None if part is None else round(part, digits)
        for word, part in zip(("value", "low", "high"), found, strict=True)
    }


def _finding(findings: Findings, finding: Finding) -> Entry:
    activity = findings.trials.program.activities().get(finding.place)
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "place": finding.place,
        "name": None if activity is None else activity.name,
        "detail": finding.detail,
        "value": None if finding.value is None else round(finding.value, 9),
        "unit": finding.unit,
        "threshold": finding.threshold,
        "reason": finding.reason,
        "file": finding.file,
        "line": finding.line,
        "effect_days": None if finding.effect is None else _difference(finding.effect.finish_days, 9),
        "alone_days": None if finding.alone is None else _difference(finding.alone.finish_days, 9),
    }
