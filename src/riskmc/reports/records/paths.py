"""Critical paths as JSON (`riskmc paths --json`): the most frequent ones with their activities, in the same bytes.

`docs/method/paths.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.paths import Path, Paths
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry, bounded, provenance_of, rounded, share_entry

MOST = 100


def dumps_paths(found: Paths, top: int = MOST) -> str:
    """Return the paths as JSON text; nothing in it depends on the clock, the machine or the threads."""
    return json_text(compose_paths(found, top), 2)


def compose_paths(found: Paths, top: int = MOST) -> Entry:
    """Return the ``top`` most frequent paths and the one behind the percentile, and the criticality of activities."""
    return {
        **provenance_of(found.trials),
        "random": found.trials.random,
        "percentile": found.percentile,
        "near": int(found.near.sum()),
        "distinct_paths": len(found),
        "behind": found.behind.number,
        "paths": [_path(path) for path in found.top(top)],
        "activities": [
            {"id": path, "criticality": rounded(share), "criticality_near": rounded(found.criticality_near[path])}
            for path, share in found.criticality.items()
            if share
        ],
    }


def _path(path: Path) -> Entry:
    return {
        "number": path.number,
        "iterations": path.iterations,
        "share": share_entry(path.share),
        "share_near": share_entry(path.share_near),
        "mean_finish": bounded(*path.mean_finish),
        "first_iteration": path.first_iteration,
        "activities": list(path.activities),
    }
