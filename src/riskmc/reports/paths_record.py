"""Critical paths as JSON (`riskmc paths --json`): the most frequent ones with their activities, in the same bytes.

`docs/method/paths.md` describes the keys.
"""

from __future__ import annotations

from riskmc.analysis.paths import Path, Paths
from riskmc.forecast.probability import Probability
from riskmc.reports.json_text import json_text
from riskmc.reports.provenance_record import Entry, plain, provenance_of, rounded

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
    value, low, high = path.mean_finish
    return {
        "number": path.number,
        "iterations": path.iterations,
        "share": _share(path.share),
        "share_near": _share(path.share_near),
        "mean_finish": {"value": plain(value), "low": plain(low), "high": plain(high)},
        "first_iteration": path.first_iteration,
        "activities": list(path.activities),
    }


def _share(share: Probability) -> Entry:
    return {"value": rounded(share.value), "low": rounded(share.low), "high": rounded(share.high)}
