"""The queue of events still to come: a binary heap of whole numbers, each a minute, a class and a number (D4).

An event is one int64: minute x 2^28 + class x 2^24 + number, so that the order of the numbers is the order of the
events. A void event is left in the heap and skipped when it comes up (D2).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.codes import HEAP, MORE_EVENTS, STATUS

_CLASS, _MINUTE = 24, 28
_NUMBER = (1 << _CLASS) - 1


@linked
def push(state: Any, minute: Any, kind: Any, number: Any) -> None:
    """Add an event; without room the replication ends with MORE_EVENTS."""
    heap, count = state.heap, state.count
    if count[HEAP] == heap.size:
        count[STATUS] = MORE_EVENTS
        return
    key = (np.int64(minute) << np.int64(_MINUTE)) | (np.int64(kind) << np.int64(_CLASS)) | np.int64(number)
    count[HEAP] += 1
    _rise(heap, count[HEAP] - 1, key)


@linked
def pop(state: Any) -> Any:
    """Take the first event, as its number; only where there is one.

    The way goes down by whatever comes first below, and the last event rises from its end: it still stands behind the
    others, so that there are always two to choose from.
    """
    heap, count = state.heap, state.count
    first = heap[0]
    count[HEAP] -= 1
    size = count[HEAP]
    last = heap[size]
    at, down = np.int64(0), np.int64(1)
    while down < size:
        down += heap[down + 1] < heap[down]
        heap[at] = heap[down]
        at, down = down, 2 * down + 1
    _rise(heap, at, last)
    return first


@linked
def _rise(heap: Any, at: Any, key: Any) -> None:
    """Put an event where there is a place, or as far above it as it comes first."""
    while at > 0:
        up = (at - 1) >> 1
        if heap[up] <= key:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = key


@linked
def minute_of(event: Any) -> Any:
    """Return the minute of an event."""
    return np.int64(event) >> np.int64(_MINUTE)


@linked
def class_of(event: Any) -> Any:
    """Return the class of an event."""
    return (np.int64(event) >> np.int64(_CLASS)) & np.int64(15)


@linked
def number_of(event: Any) -> Any:
    """Return the number of what an event happens to."""
    return np.int64(event) & np.int64(_NUMBER)
