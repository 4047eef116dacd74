"""Where a run's time goes: every kernel that a block calls, timed by the name it is called by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter_ns
from typing import Any

from riskmc.kernels import costs, curves, driving, effects, tallies
from riskmc.network import sampler
from riskmc.network.dates import Dates
from riskmc.network.logic import Logic

PHASES: dict[str, list[tuple[Any, str]]] = {
    "draw": [(sampler, "draw_scores"), (sampler, "draw_strata"), (sampler, "mix_scores")],
    "sample": [(curves, "evaluate"), (curves, "place")],
    "strike": [(effects, name) for name in ("occur", "combine", "strike", "largest", "exist")],
    "durations": [(effects, "durations"), (effects, "compete"), (effects, "whole_minutes")],
    "network": [(Logic, "run")],
    "critical": [(Logic, "trace"), (driving, "count")],
    "costs": [(costs, "costs")],
    "tally": [(tallies, name) for name in ("count", "add_where")],
    "dates": [(Dates, "run")],
}


@contextmanager
def stopwatch() -> Iterator[dict[str, int]]:
    """Yield nanoseconds by phase, counted while the context lasts; for runs in one thread."""
    spent: dict[str, int] = defaultdict(int)
    kept = [(owner, name, getattr(owner, name)) for calls in PHASES.values() for owner, name in calls]
    for phase, calls in PHASES.items():
        for owner, name in calls:
            setattr(owner, name, _timed(getattr(owner, name), phase, spent))
    try:
        yield spent
    finally:
        for owner, name, call in kept:
            setattr(owner, name, call)


def _timed(call: Callable[..., Any], phase: str, spent: dict[str, int]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        began = perf_counter_ns()
        try:
            return call(*arguments)
        finally:
            spent[phase] += perf_counter_ns() - began

    return timed
