"""One iteration as JSON (`riskmc iteration --json`): every date, what struck and its size, the critical path.

`docs/method/paths.md` describes the keys.
"""

from __future__ import annotations

from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, plain, provenance_of, rounded
from riskmc.simulation.course import Incident
from riskmc.simulation.happenings import Happening
from riskmc.simulation.replays import Iteration


def dumps_iteration(found: Iteration) -> str:
    """Return the iteration as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_iteration(found), 2)


def compose_iteration(found: Iteration) -> Entry:
    """Return everything that a replay says, as plain dictionaries, lists, text and numbers.

    Durations and float are working days of the activity's calendar; costs are in currency units.
    """
    return {
        **provenance_of(found.trials),
        "iteration": found.number,
        "iteration_percentile": found.percentile,
        "finish": plain(found.finish),
        "cost": plain(found.cost),
        "projects": {
            name: {"finish": plain(finish), "cost": plain(found.project_cost[name])}
            for name, finish in found.project_finish.items()
        },
        "risks": dict(found.occurred),
        "choices": dict(found.choices),
        "sizes": [
            {**strike._asdict(), "size": rounded(strike.size), "activities": list(strike.activities)}
            for strike in found.strikes
        ],
        "critical_path": list(found.critical_path),
        "links": [tie._asdict() for tie in found.links],
        **({"happened": [_incident(one) for one in found.course]} if found.trials.engine == "discrete-event" else {}),
        "activities": {path: _activity(one) for path, one in found.activity.items()},
    }


def _incident(one: Incident) -> Entry:
    return {"at": plain(one.at), "told": one.told, "risk": one.risk}


def _activity(one: Happening) -> Entry:
    return {
        "exists": one.exists,
        "start": plain(one.start),
        "finish": plain(one.finish),
        "duration_days": rounded(one.duration_days),
        "critical": one.critical,
        "total_float_days": rounded(one.total_float_days),
    }
