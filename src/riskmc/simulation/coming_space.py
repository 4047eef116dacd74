"""Workspace of what arrives and of work that grows by itself (event_space.py)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.dynamics.dynamics import Model


class Coming(NamedTuple):
    """By source of `ArrivalTable`: how many have ``arrived``, and the millionths of a minute to the next (``gap``).

    ``clock`` is the one that runs, or -1, ``since`` a minute of it, ``due`` when something comes next; ``season`` its
    entry of `pace`, ``ever`` whether anything has begun, ``touched`` a mark. ``exposed`` is by slot how many members
    expose it. By node: whether it is ``listed`` among those ``watched``, of which there are ``size[0]``, and where it
    was ``standing``; when the last of its pauses ends, and its ``cause``; the thousandths of a minute by which it has
    ``grown``, until the minute ``grown_at``. ``happened`` uint8[events, B] are the events of the block.
    """

    arrived: NDArray[np.int64]
    gap: NDArray[np.int64]
    clock: NDArray[np.int64]
    since: NDArray[np.int64]
    due: NDArray[np.int64]
    season: NDArray[np.int64]
    ever: NDArray[np.uint8]
    touched: NDArray[np.uint8]
    exposed: NDArray[np.int64]
    listed: NDArray[np.uint8]
    standing: NDArray[np.uint8]
    watched: NDArray[np.int64]
    size: NDArray[np.int64]
    pause_ends: NDArray[np.int64]
    cause: NDArray[np.int64]
    grown: NDArray[np.int64]
    grown_at: NDArray[np.int64]
    happened: NDArray[np.uint8]


def new_coming(model: Model, nodes: int, events: NDArray[np.uint8]) -> Coming:
    """Return the workspace of one replication; without anything that comes by itself it is empty.

    ``events`` uint8[events, B] are those of the block.
    """
    sources, slots = model.arrivals.interval.size, int(model.arrivals.slot_ptr[-1])
    n = nodes if sources or model.growth.entry.size else 0
    i64, u8 = np.int64, np.uint8
    return Coming(
        np.zeros(sources, i64), np.zeros(sources, i64), np.zeros(sources, i64), np.zeros(sources, i64),
        np.zeros(sources, i64), np.zeros(sources, i64), np.zeros(sources, u8), np.zeros(sources, u8),
        np.zeros(slots, i64), np.zeros(n, u8), np.zeros(n, u8), np.zeros(n, i64), np.zeros(1, i64), np.zeros(n, i64),
        np.zeros(n, i64), np.zeros(n, i64), np.zeros(n, i64), events,
    )  # fmt: skip


__all__ = ["Coming", "new_coming"]
