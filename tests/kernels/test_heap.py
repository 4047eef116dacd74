"""Events come out of the queue in the order of minute, class and number, however they were put in (D4)."""

from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from riskmc.kernels.compiled import linking_entry
from riskmc.kernels.discrete_event.codes import COUNTERS, FINE, HEAP, MORE_EVENTS, STATUS
from riskmc.kernels.discrete_event.heap import class_of, minute_of, number_of, pop, push
from riskmc.kernels.structs import as_struct


class Pending(NamedTuple):
    heap: np.ndarray
    count: np.ndarray


@linking_entry
def happen(state, events, kept, out):
    """Put all events in, but only so many at a time: then the first comes out."""
    done = 0
    for i in range(events.shape[0] + kept):
        if i < events.shape[0]:
            push(state, events[i, 0], events[i, 1], events[i, 2])
        if i >= kept and done < events.shape[0]:
            event = pop(state)
            out[done, 0], out[done, 1], out[done, 2] = minute_of(event), class_of(event), number_of(event)
            done += 1


def drawn(seed, n):
    chance = Random(seed)
    return np.array([[chance.randrange(30), chance.randrange(3), chance.randrange(9)] for _ in range(n)], np.int64)


def happened(events, kept, room):
    state, out = Pending(np.zeros(room, np.int64), np.zeros(COUNTERS, np.int64)), np.zeros_like(events)
    happen(as_struct(state), events, kept, out)
    return out, state.count


@pytest.mark.parametrize("n", [1, 2, 3, 8, 100])
def test_what_was_put_in_comes_out_in_order_though_there_is_room_for_no_more(n):
    for seed in range(20):
        events = drawn(seed, n)
        out, count = happened(events, n, n)
        assert out.tolist() == sorted(events.tolist())
        assert (count[HEAP], count[STATUS]) == (0, FINE)


def test_the_first_of_what_is_there_comes_out_whenever_asked():
    events, pending, expected = drawn(1, 200), [], []
    for i, event in enumerate([*events.tolist(), *[None] * 10]):
        pending = sorted(pending if event is None else [*pending, event])
        if i >= 10:
            expected.append(pending.pop(0))
    assert happened(events, 10, 11)[0].tolist() == expected


def test_without_room_the_replication_says_so():
    assert happened(drawn(1, 5), 5, 4)[1][STATUS] == MORE_EVENTS
