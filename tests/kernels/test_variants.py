"""Variants against a plain loop over cases and lanes: which events happen, and which lanes come to the same.

Numba keeps with the machine code what its arguments were: types of a test's own would make that unreadable to others.
"""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from riskmc.kernels import variants
from riskmc.simulation.varying import Fading, Hanging

LANES = 5


def ints(*values):
    return np.array(values, np.int32)


def floats(*values):
    return np.array(values, np.float32)


NO_FADING = Fading(ints(), ints(0), ints(0), ints(), np.array([], np.uint8))


def hanging(last, override, given):
    """Return one event, the bit ``last``, that hangs on the two others given as bits."""
    return Hanging(
        ints(last), ints(0), floats(-np.inf), floats(0.0), ints(0, 1), ints(override), floats(-1.0), ints(0, 1),
        ints(given), floats(1.0),
    )  # fmt: skip


NOTHING_HANGS = Hanging(ints(), ints(), floats(), floats(), ints(0), ints(), floats(), ints(0), ints(), floats())


def packed(flags):
    """Return rows of flags as bits in words of 64."""
    width = max(1, -(-flags.shape[1] // 64))
    words = np.zeros((len(flags), width), np.uint64)
    for row, bit in zip(*np.nonzero(flags), strict=True):
        words[row, bit // 64] |= np.uint64(1) << np.uint64(bit % 64)
    return words


def workspace(cases, width):
    size = 2 ** (2 * cases).bit_length()
    return np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros((3, width), np.uint64)


def find(base, allowed, scores, hangs=NOTHING_HANGS, room=None):
    """Return starts, index, and (lane, events) of every variant, from as many calls as it takes."""
    cases = len(allowed)
    words, bits = packed(allowed), packed(base)
    room = room or max(1, cases * len(base))
    out = SimpleNamespace(starts=np.zeros(len(base), np.int64), index=np.zeros((len(base), cases), np.uint16), found=[])
    lanes, new = np.zeros(room, np.int32), np.zeros((room, words.shape[1]), np.uint64)
    work, first = workspace(cases, words.shape[1]), 0
    while first < len(base):
        span = (first, len(base), len(out.found))
        count, first = variants.distinguish(
            hangs, NO_FADING, scores, bits, words, span, *work, out.index, out.starts, lanes, new
        )
        events = np.zeros((base.shape[1], count), np.uint8)
        variants.to_events(new[:count], lanes[:count], np.arange(base.shape[1], dtype=np.int32), ints(), events, events)
        out.found += [(int(lane), tuple(column)) for lane, column in zip(lanes[:count], events.T.tolist(), strict=True)]
    return out


def naive(base, allowed, scores, lane, case, hangs):
    """Return the events of one lane in one case."""
    events = [int(b and a) for b, a in zip(base[lane], allowed[case], strict=True)]
    for d, bit in enumerate(hangs.bit):
        threshold = hangs.high[d]
        if events[hangs.override_bit[d]]:
            threshold = hangs.override_high[d]
        if events[hangs.given_bit[d]]:
            threshold = hangs.given_high[d]
        events[bit] = int(allowed[case, bit] and scores[0, lane] < threshold)
    return tuple(events)


def check(base, allowed, scores, hangs, room=None):
    """Compare every case in every lane, and see that no lane has the same variant twice."""
    out = find(base, allowed, scores, hangs, room)
    assert len(set(out.found)) == len(out.found)
    for lane in range(len(base)):
        for case in range(len(allowed)):
            where, events = out.found[out.starts[lane] + out.index[lane, case]]
            assert where == lane
            assert events == naive(base, allowed, scores, lane, case, hangs)


@given(st.data(), st.sampled_from([1, 3, 64, 65, 130]), st.integers(1, 9), st.booleans())
def test_every_case_comes_to_the_variant_with_its_events(data, events, cases, small):
    bits = st.lists(st.booleans(), min_size=events, max_size=events)
    base = np.array(data.draw(st.lists(bits, min_size=LANES, max_size=LANES)))
    allowed = np.array(data.draw(st.lists(bits, min_size=cases, max_size=cases)))
    check(base, allowed, np.zeros((1, LANES), np.float32), NOTHING_HANGS, cases if small else None)


@given(st.data())
def test_an_event_that_hangs_on_others_is_worked_out_for_every_case(data):
    flags = st.lists(st.booleans(), min_size=3, max_size=3)
    base = np.array(data.draw(st.lists(flags, min_size=LANES, max_size=LANES)))
    base[:, 2] = False
    allowed = np.array(data.draw(st.lists(flags, min_size=1, max_size=8)))
    scores = np.array([data.draw(st.lists(st.sampled_from([-2, -0.5, 0.5, 2]), min_size=LANES, max_size=LANES))])
    check(base, allowed, scores.astype(np.float32), hanging(2, 0, 1))


def test_an_event_that_no_conjunction_hangs_on_makes_no_variant():
    fading = Fading(ints(1), ints(0, 1), ints(0, 1), ints(0), np.array([0], np.uint8))
    allowed = packed(np.array([[1, 1], [1, 0], [0, 1], [0, 0]]))
    bits, index, lanes = packed(np.array([[1, 1], [0, 1]])), np.zeros((2, 4), np.uint16), np.zeros(8, np.int32)
    count, _ = variants.distinguish(
        NOTHING_HANGS, fading, np.zeros((1, 2), np.float32), bits, allowed, (0, 2, 0), *workspace(4, 1), index,
        np.zeros(2, np.int64), lanes, np.zeros((8, 1), np.uint64),
    )  # fmt: skip
    assert count == 4
    assert index.tolist() == [[0, 1, 2, 2], [0, 0, 0, 0]]
    assert lanes[:4].tolist() == [0, 0, 0, 1]


def test_bits_are_taken_from_the_rows_of_the_events_chosen():
    events = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0]], np.uint8)
    bits = np.zeros((3, 1), np.uint64)
    variants.to_bits(events, ints(2, -1, 0), bits)
    assert bits[:, 0].tolist() == [0b101, 0b001, 0b100]


def test_events_that_no_case_changes_are_those_of_the_lane():
    before = np.array([[1, 0, 1], [0, 1, 1]], np.uint8)
    events = np.full((2, 4), 9, np.uint8)
    words = np.array([[1], [0], [1], [0]], np.uint64)
    variants.to_events(words, ints(2, 2, 0, 1), ints(1), ints(0), before, events)
    assert events.tolist() == [[1, 1, 1, 0], [1, 0, 1, 0]]
