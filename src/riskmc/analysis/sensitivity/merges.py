"""Merge delay: how much later a merge is on average than the latest of its predecessors on average (merge bias).

At the start or the finish of an activity on which several links act, each link drives to a date of its own. The merge
waits for the latest of them in every iteration: E[max of the drives] - max of E[each]. Sources: Clark (1961),
Operations Research 9, 145-162; MacCrimmon and Ryavec (1964), Operations Research 12, 16-37.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.sensitivity.estimates import FEWEST, Estimate
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.interval import CONFIDENCE, student
from riskmc.forecast.replicates import FEWEST as FEWEST_REPLICATES
from riskmc.simulation.kept_activities import Lateness

BLOCK = 256


@dataclass(frozen=True)
class Merge:
    """A node at which paths merge: ``at`` its start or finish, the delay in 24-hour days, and its predecessors.

    ``drives`` holds (path of the predecessor, share of the iterations in which it is the latest; ties count for all).
    """

    path: str
    at: str
    delay_days: Estimate
    drives: tuple[tuple[str, float], ...]


def merges(lateness: Lateness, paths: list[str], n: int, stratified: bool) -> tuple[Merge, ...]:
    """Return the merges of ``n`` iterations at which paths compete, the longest delay first.

    ``paths`` names the nodes; a merge that the same predecessor drives in every iteration delays nothing and is left
    out. ``stratified``: every block of 256 is one Latin hypercube.
    """
    drives, found = lateness.drives, []
    predecessors = drives.logic.layout.edges.predecessor[drives.links]
    for node, at_finish, first, last in zip(
        drives.node.tolist(), drives.at_finish.tolist(), drives.first[:-1], drives.first[1:], strict=True
    ):
        sums = lateness.minutes[first:last].sum(axis=1)
        if not sums.min() or node >= len(paths):
            continue
        leader = first + int(np.argmin(sums))
        delay = _delay(lateness.minutes[leader], lateness.squares[leader], n, stratified)
        shares = lateness.tight[first:last].sum(axis=1) / n
        told = {paths[a]: 0.0 for a in predecessors[first:last] if a < len(paths)}
        for a, share in zip(predecessors[first:last].tolist(), shares.tolist(), strict=True):
            if a < len(paths):
                told[paths[a]] = max(told[paths[a]], share)
        ordered = sorted(told.items(), key=lambda item: -item[1])
        found.append(Merge(paths[node], "finish" if at_finish else "start", delay, tuple(ordered)))
    return tuple(sorted(found, key=lambda merge: -(merge.delay_days.value or 0.0)))


def _delay(minutes: NDArray[np.int64], squares: NDArray[np.int64], n: int, stratified: bool) -> Estimate:
    """Return the mean of what the leading link lies before the latest, in days, with its t interval."""
    total = int(minutes.sum())
    value = total / n / DAY_MINUTES
    if n < FEWEST:
        return Estimate(value, None, None)
    half = _half(minutes, squares, n, stratified) / DAY_MINUTES
    return Estimate(value, max(0.0, value - half), value + half)


def _half(minutes: NDArray[np.int64], squares: NDArray[np.int64], n: int, stratified: bool) -> float:
    """Return half the t interval of the mean in minutes; of hypercubes, from their means (R4)."""
    if stratified and n // BLOCK >= FEWEST_REPLICATES and n % BLOCK == 0 and minutes.size == n // BLOCK:
        k, total = minutes.size, int(minutes.sum())
        spread = k * sum(int(m) ** 2 for m in minutes) - total * total
        return student(k - 1, CONFIDENCE) * sqrt(spread / (k * k * (k - 1))) / BLOCK
    total = int(minutes.sum())
    spread = n * int(squares.sum()) - total * total
    return student(n - 1, CONFIDENCE) * sqrt(spread / (n * n * (n - 1)))
