"""Verification, as JSON: how many activities match by field, and every difference; same inputs, same bytes (R6)."""

from __future__ import annotations

from datetime import datetime

from riskmc.analysis.verification import Count, Difference, Value, Verification
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry
from riskmc.simulation.recomputation import FIELDS
from riskmc.version import VERSION

_UNITS = {"total_float": "working hours", "driving": "on the driving path"}


def dumps_verification(found: Verification) -> str:
    """Return the record of a verification as JSON text, one difference a line."""
    return json_text(compose_verification(found), 2)


def compose_verification(found: Verification) -> Entry:
    """Return everything that a verification says, as plain dictionaries, lists, text and numbers."""
    return {
        "program": found.title,
        "file": found.file,
        "tool": found.tool,
        "version": VERSION,
        "activities": found.activities,
        "compared": found.compared,
        "matched": found.matched,
        "fields": {field: _count(found.fields[field]) for field in FIELDS},
        "driving": _count(found.fields["driving"]),
        "differences": [_difference(difference) for difference in found.differences],
        "delays": [
            {
                "activity": delay.activity,
                "working_days": round(delay.days, 9),
                "stated_elapsed_days": round(delay.stated, 9),
            }
            for delay in found.delays
        ],
        "delay_days": round(found.delay_days, 9),
    }


def _count(count: Count) -> Entry:
    return {"matched": count.matched, "compared": count.compared}


def _difference(found: Difference) -> Entry:
    return {
        "activity": found.activity,
        "name": found.name,
        "field": found.field,
        "stored": _value(found.stored),
        "computed": _value(found.computed),
        "unit": _UNITS.get(found.field, "date"),
        "off_working_days": None if found.off_days is None else round(found.off_days, 9),
        "first": found.first,
        "rule": found.rule or None,
    }


def _value(value: Value) -> str | float | bool | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value if value is None or isinstance(value, bool) else round(value, 9)
