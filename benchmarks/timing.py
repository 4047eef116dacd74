"""Timing on a machine that others use too: medians of interleaved rounds, and whole processes by what they cost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]


def rounds(
    cases: Mapping[str, Callable[[], object]], times: int = 5, clock: Callable[[], float] = process_time
) -> dict[str, float]:
    """Return the median seconds of every case, in rounds that take one after the other; the first round is warm-up."""
    spent: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(times + 1):
        for name, case in cases.items():
            began = clock()
            case()
            if number:
                spent[name].append(clock() - began)
    return {name: median(seconds) for name, seconds in spent.items()}


@dataclass(frozen=True)
class Run:
    """What a process took: wall-clock seconds, processor seconds, peak memory in MB, and what it printed."""

    wall: float
    cpu: float
    peak: float
    output: str


def process(arguments: Sequence[str], cache: str | None = None) -> Run:
    """Return what ``python ARGUMENTS`` takes, with riskmc importable and kernels kept in the folder ``cache``.

    Python keeps what it makes of the sources, as it does wherever riskmc is installed.
    Memory is that of the largest child so far, so measure it in a process of its own. Raises CalledProcessError.
    """
    extra = {"NUMBA_CACHE_DIR": cache} if cache else {}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    before, began = _used(), perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "PYTHONPATH": paths, **extra},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, after = perf_counter() - began, _used()
    return Run(wall, after - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout)


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
