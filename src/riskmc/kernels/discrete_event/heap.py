"""The queue of events still to come: a binary heap of whole numbers, each a minute, a class and a number (D4).

An event is one int64: minute x 2^28 + class x 2^24 + number, so that the order of the numbers is the order of the
events. A void event is left in the heap and skipped when it comes up (D2).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import inner
from riskmc.kernels.discrete_event.codes import HEAP, MORE_EVENTS, STATUS

_CLASS, _MINUTE = 24, 28
_NUMBER = (1 << _CLASS) - 1


@inner
def push(state: Any, minute: Any, kind: Any, number: Any) -> None:
    """Add an event; without room the replication ends with MORE_EVENTS."""
    heap, count = state.heap, state.count
    if count[HEAP] == heap.size:
        count[STATUS] = MORE_EVENTS
        return
    key = (np.int64(minute) << np.int64(_MINUTE)) | (np.int64(kind) << np.int64(_CLASS)) | np.int64(number)
    at = count[HEAP]
    count[HEAP] += 1
    while at > 0:
        up = (at - 1) >> 1
        if heap[up] <= key:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = key


@inner
def pop(state: Any) -> Any:
    """Take the first event, as its number; only where there is one."""
    heap, count = state.heap, state.count
    first = heap[0]
    count[HEAP] -= 1
    size = count[HEAP]
    last = heap[size]
    at = np.int64(0)
    while True:
        down = 2 * at + 1
        if down >= size:
            break
        if down + 1 < size and heap[down + 1] < heap[down]:
            down += 1
        if heap[down] >= last:
            break
        heap[at] = heap[down]
        at = down
    heap[at] = last
    return first


@inner
def minute_of(event: Any) -> Any:
    """Return the minute of an event."""
    return np.int64(event) >> np.int64(_MINUTE)


@inner
def class_of(event: Any) -> Any:
    """Return the class of an event."""
    return (np.int64(event) >> np.int64(_CLASS)) & np.int64(15)


@inner
def number_of(event: Any) -> Any:
    """Return the number of what an event happens to."""
    return np.int64(event) & np.int64(_NUMBER)
