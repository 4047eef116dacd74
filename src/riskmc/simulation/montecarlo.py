"""The run of an engine: a program in, trials out, with numba kernels over blocks of 256 iterations (R1, R6, A6).

A program compiled for the discrete-event engine runs in blocks of its own kind; all the rest is the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.kernels.discrete_event.block import run_lanes
from riskmc.network.dates import dates
from riskmc.network.network import Network
from riskmc.network.refusals import Engine
from riskmc.simulation.blocks import LANES, Block, Sums
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.hooks import block_kind

Progress = Callable[[int, int], None]


class Keeper(Protocol):
    """Keeps more of the blocks that have run, with their dates, than finishes and cents.

    One with an attribute ``logs`` that is true is given blocks with the event log of every lane.
    """

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Keep lanes first to last - 1, the iterations ``out``; threads call it at once, each for its own."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Per-iteration results of a run: finishes in minutes of the axis, cents, and the sums over all iterations."""

    finishes: NDArray[np.int32]
    cents: NDArray[np.int64]
    sums: Sums

    def followed_by(self, later: Outcomes) -> Outcomes:
        """Return these iterations and the ``later`` ones after them, as one run of all has them."""
        finishes = np.concatenate((self.finishes, later.finishes), axis=1)
        self.sums.merge(later.sums)
        return Outcomes(finishes, np.concatenate((self.cents, later.cents), axis=1), self.sums)


def run(
    network: Network,
    seed: int,
    iterations: range,
    threads: int | None = None,
    with_dates: bool = False,
    stratified: bool = False,
    progress: Progress | None = None,
    keeper: Keeper | None = None,
    kind: Callable[..., Block] | None = None,
) -> Outcomes:
    """Return the outcomes of ``iterations``: finishes int32[outputs, n], cents int64[1 + projects, n].

    The same seed gives the same bits for any number of threads and any split of the iterations (R1). ``stratified``
    makes each 256 of them from 0 on one Latin hypercube (R4). ``keeper`` keeps more besides, where dates are
    computed; ``kind`` makes blocks of another kind. Raises HorizonError where dates run past the calendars.
    """
    finishes = np.empty((len(network.outputs), len(iterations)), np.int32)
    cents = np.empty((1 + len(network.projects), len(iterations)), np.int64)
    instants = dates(network.logic) if with_dates or keeper is not None else None
    queue = Queue(iterations, progress)
    block = partial(kind or _kind(network, keeper), network, seed, instants, stratified)
    workers = max(1, min(threads or os.cpu_count() or 1, len(queue.blocks)))
    if workers == 1:
        return Outcomes(finishes, cents, _work(block, iterations, queue, finishes, cents, keeper))
    with ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(_work, block, iterations, queue, finishes, cents, keeper) for _ in range(workers)]
    sums = jobs[0].result()
    for job in jobs[1:]:
        sums.merge(job.result())
    return Outcomes(finishes, cents, sums)


def is_compiled(engine: Engine = "monte-carlo") -> bool:
    """Return whether the kernels of an engine need no compiling: they are loaded, or in the cache of this user."""
    kernel, file = (rows.run, "rows.run") if engine == "monte-carlo" else (run_lanes, "block.run_lanes")
    cache = kernel.stats.cache_path
    return bool(kernel.signatures) or (cache is not None and any(Path(cache).glob(f"{file}-*.nbc")))


def _kind(network: Network, keeper: Keeper | None) -> Callable[..., Block]:
    """Return what makes a block: of the engine that the network is compiled for, with event logs for who reads them."""
    if network.dynamics is None:
        return Block
    if network.hooks:
        return partial(block_kind(), logs=getattr(keeper, "logs", False))
    return partial(EventBlock, logs=True) if getattr(keeper, "logs", False) else EventBlock


class Queue:
    """The blocks still to run, handed out one at a time, with the count of iterations done."""

    def __init__(self, iterations: range, progress: Progress | None):
        self.blocks = range(iterations.start // LANES, (iterations.stop - 1) // LANES + 1)
        self._next: Iterator[int] = iter(self.blocks)
        self._lock, self._progress = Lock(), progress
        self._done, self._total = 0, len(iterations)

    def take(self) -> int | None:
        """Return the next block, or None when there is none."""
        with self._lock:
            return next(self._next, None)

    def stop(self) -> None:
        """Hand out nothing more."""
        with self._lock:
            self._next = iter(())

    def finished(self, iterations: int) -> None:
        """Count iterations as done and tell whoever watches."""
        with self._lock:
            self._done += iterations
            if self._progress is not None:
                self._progress(self._done, self._total)


def _work(
    new_block: Callable[[], Block],
    iterations: range,
    queue: Queue,
    finishes: NDArray[np.int32],
    cents: NDArray[np.int64],
    keeper: Keeper | None,
) -> Sums:
    """Run blocks until none is left; every block writes its own part of the results."""
    block = new_block()
    try:
        while (number := queue.take()) is not None:
            start = number * LANES
            first, last = max(iterations.start - start, 0), min(iterations.stop - start, LANES)
            block.run(number, first, last)
            out = slice(start + first - iterations.start, start + last - iterations.start)
            finishes[:, out] = block.pool[block.network.logic.outputs, first:last]
            cents[:, out] = block.totals[:, first:last]
            if keeper is not None:
                keeper.keep(block, first, last, out)
            queue.finished(last - first)
    except BaseException:
        queue.stop()
        raise
    return block.sums
