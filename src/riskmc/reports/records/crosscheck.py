"""Crosscheck as JSON (`riskmc crosscheck --json`): `docs/method/crosscheck.md` describes the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, provenance_of

if TYPE_CHECKING:
    from riskmc.analysis.crosscheck import Crosscheck


def dumps_crosscheck(found: Crosscheck) -> str:
    """Return the answer as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_crosscheck(found), 2)


def compose_crosscheck(found: Crosscheck) -> Entry:
    """Return everything that the answer says, as plain dictionaries, lists, text and numbers."""
    return {**provenance_of(found.trials), **agreement_entry(found)}


def agreement_entry(found: Crosscheck) -> Entry:
    """Return how far engines and implementations agree."""
    engines, events = found.engines, found.implementations
    return {
        "agrees": found.agrees,
        "told": list(found.sentences()),
        "engines": {
            "iterations": engines.iterations,
            "agree": engines.agree,
            "left_out": list(engines.left_out),
            "first_difference": engines.first,
        },
        "implementations": {
            "iterations": events.iterations,
            "agree": events.agree,
            "events": events.events,
            "first_difference": None if events.first is None else events.first.iteration,
            "kernel_says": found.kernel_says,
            "simpy_says": found.simpy_says,
        },
    }
