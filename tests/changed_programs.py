"""A small program with something of every kind, and ways to change it, for the tests of semantic differences."""

from __future__ import annotations

import copy
from typing import Any

from riskmc.program.program import Program

WORDS: dict[str, Any] = {
    "program": "Pier",
    "start": "2027-01-04",
    "currency": "EUR",
    "calendars": {"standard": {"week": {"mon-fri": "08:00-16:00"}}, "night": {"week": {"mon-sun": "20:00-04:00"}}},
    "projects": {
        "site": {
            "name": "Site",
            "activities": {
                "survey": {"name": "Survey", "duration": "pert(8d 10d 16d)", "cost": "100k"},
                "dig": {"duration": "20d", "after": ["survey"], "cost": {"fixed": "1M", "per_day": "5k"}},
                "piles": {"duration": "15d", "after": ["dig"], "tags": ["wet"]},
            },
        },
        "works": {
            "activities": {
                "deck": {"duration": "triangular(20d 25d 40d)", "after": ["site.piles"], "cost": "2M"},
                "rail": {"duration": "10d", "after": ["deck"]},
                "open": {"name": "Open", "milestone": True, "after": ["rail"]},
            }
        },
    },
    "choices": {"ground": {"rock": "40%", "sand": "60%"}},
    "costs": {"office": {"per_day": "2k", "span": {"from": "survey", "to": "rail"}}},
    "templates": {"usual": {"duration": "triangular(90% 100% 130%)"}},
    "ranges": [
        {"on": "site.*", "use": "usual", "sizes": "own"},
        {"on": "tag:wet", "duration": "triangular(80% 100% 150%)", "sizes": "own"},
    ],
    "drivers": {"weather": {"on": "tag:wet", "duration": "x pert(95% 105% 130%)"}},
    "correlations": [{"pair": ["works.deck", "site.survey"], "duration": 0.5}],
    "risks": {
        "clay": {"name": "Clay", "probability": "40%", "impacts": [{"on": "dig", "duration": "x 140%"}]},
        "flood": {
            "probability": "20%",
            "given": {"clay": "50%"},
            "impacts": [{"on": "piles", "duration": "+ 12d"}, {"cost": "+ 300k"}],
        },
    },
    "responses": {"pump": {"status": "approved", "cost": "50k", "acts_on": {"flood": {"probability": "5%"}}}},
    "targets": [{"name": "Promise", "finish": "2027-06-30", "cost": "4M"}],
    "scenarios": {"fast": {"set": {"works.deck.duration": "18d"}}},
    "assumptions": ["The pier is public."],
}


def words(**changes: Any) -> dict[str, Any]:
    """Return the words of the program, those at the dotted paths replaced; None takes a word away."""
    found = copy.deepcopy(WORDS)
    for path, value in changes.items():
        *above, last = path.split("__")
        place = found
        for word in above:
            place = place.setdefault(word, {})
        if value is None:
            place.pop(last)
        else:
            place[last] = value
    return found


def program(**changes: Any) -> Program:
    """Return the program with words changed: ``program(risks__clay__probability="60%")``."""
    return Program(**words(**changes))
