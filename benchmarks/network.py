"""The network kernels alone: nanoseconds per activity and iteration for dates, driving chains and late dates.

``python -m benchmarks.network`` prints a table like that of docs/method/network.md. Durations are filled in between
the runs and not timed; one thread; the best of seven rounds, process CPU time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from benchmarks.workloads import SIZES, Workload, workload
from riskmc.kernels import rows
from riskmc.network.late import build_late
from riskmc.network.layout import FF, FS, SS, Edges, Nodes
from riskmc.network.logic import Logic, build
from riskmc.network.worktime import WorkTime, clock

LANES, BLOCKS, ROUNDS = 256, 10, 7
DAY, DAYS = 1440, 7300
TYPES = {"FS": FS, "SS": SS, "FF": FF}


def weekly(name: str, days: range, shifts: tuple[tuple[int, int], ...]) -> WorkTime:
    """Return a calendar of the same shifts on the same days of every week."""
    day = np.array([d for d in range(DAYS) if d % 7 in days])[:, None] * DAY
    opens, closes = ((day + np.array(ends)).ravel() for ends in zip(*shifts, strict=True))
    before = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    return WorkTime(name, opens, closes, before, DAYS * DAY, 480.0, 2400.0, 10400.0)


CALENDARS = [
    weekly("office", range(5), ((480, 720), (780, 1020))),
    weekly("six days", range(6), ((420, 1050),)),
    clock(DAYS * DAY),
]


def network(load: Workload, calendars: int) -> tuple[Nodes, Edges]:
    """Return the logic of a workload, its activities on so many calendars at random."""
    n = len(load)
    nodes = Nodes.blank([f"a{a}" for a in range(n)])
    nodes.calendar[:] = np.random.default_rng(1).integers(0, calendars, n)
    nodes.floor[:] = [int(CALENDARS[c].index(28 * DAY)) for c in nodes.calendar]
    links = [(a, link) for a in range(n) for link in load.links[a]]
    edges = Edges.blank(len(links))
    edges.predecessor[:], edges.successor[:] = [link.predecessor for _, link in links], [a for a, _ in links]
    edges.type[:], edges.lag[:] = [TYPES[link.type] for _, link in links], [480 * link.lag for _, link in links]
    edges.lag_calendar[:] = nodes.calendar[edges.predecessor]
    return nodes, edges


def time_network(load: Workload, calendars: int) -> dict[str, float]:
    """Return milliseconds to build, and nanoseconds per activity and iteration of each phase."""
    nodes, edges = network(load, calendars)
    started = time.process_time()
    logic = build(nodes, edges, CALENDARS[:calendars], [list(range(len(load)))])
    built = time.process_time() - started
    late = build_late(logic)
    pool, tight, exists = late.new_pool(LANES), logic.new_tight(LANES), np.ones((len(load), LANES), np.uint8)
    critical = np.zeros((len(load), LANES // 64), np.uint64)
    durations = np.random.default_rng(2).integers(480, 7200, (len(load), LANES)).astype(np.int32)
    dates = logic.code[logic.code[:, 0] != rows.TIGHT]
    phases: dict[str, Callable[[], object]] = {
        "dates": lambda: rows.run(dates, pool, exists, logic.entries, logic.slots, tight),
        "dates and driving links": lambda: logic.run(pool, exists, tight),
        "driving chains": lambda: logic.trace(exists, tight, critical),
        "late dates": lambda: late.run(pool, exists),
    }
    best = dict.fromkeys(phases, np.inf)
    for _ in range(ROUNDS):
        for name, phase in phases.items():
            best[name] = min(best[name], _seconds(phase, name.startswith("dates"), logic, pool, durations))
    return {"build ms": built * 1e3} | {name: s / len(load) / LANES / BLOCKS * 1e9 for name, s in best.items()}


def _seconds(phase: Callable[[], object], refill: bool, logic: Logic, pool: np.ndarray, durations: np.ndarray) -> float:
    spent = 0.0
    for _ in range(BLOCKS):
        if refill:
            pool[logic.finishes] = durations
        started = time.process_time()
        phase()
        spent += time.process_time() - started
    return spent


def main() -> None:
    """Print the table."""
    for size in ("M", "L"):
        for calendars in (1, 3):
            found = time_network(workload(SIZES[size]), calendars)
            text = "  ".join(f"{name} {value:.2f}" for name, value in found.items())
            print(f"{size}, {calendars} calendar{'s' * (calendars > 1)}: {text}")


if __name__ == "__main__":
    main()
