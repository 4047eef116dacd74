"""Every operation of the row machine against its definition in numpy, and the speed that vectorised loops must have."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numba import config, njit

from riskmc.kernels import rows
from riskmc.kernels.rows import COLUMNS, run

LANES = 256
NO_ENTRIES, NO_SLOTS = np.zeros(1, np.int32), np.zeros((0, 3), np.int64)
# OUT = 4, X = 0, Y = 1, Z = 2; row 3 holds zeros and ones
DEFINITIONS = {
    "FILL": (lambda p, _out: np.full(LANES, 7), {"base": 7}),
    "ADD": (lambda p, out: out + p[0] + 3, {"x": 0, "cx": 3}),
    "MAX": (
        lambda p, _out: np.maximum(5, np.maximum(p[0] + 1, p[1] - 2)),
        {"base": 5, "x": 0, "cx": 1, "y": 1, "cy": -2},
    ),
    "RAISE": (lambda p, out: np.maximum(out, p[0] + 3), {"x": 0, "cx": 3}),
    "MIN": (
        lambda p, _out: np.minimum(5, np.minimum(p[0] + 1, p[1] - 2)),
        {"base": 5, "x": 0, "cx": 1, "y": 1, "cy": -2},
    ),
    "LOWER": (lambda p, out: np.minimum(out, p[0] + 3), {"x": 0, "cx": 3}),
    "COMBINE": (lambda p, _out: 9 + p[0] - p[1] + p[2], {"base": 9, "x": 0, "y": 1, "z": 2}),
    "ABOVE": (lambda p, _out: p[0] + 3 > p[1], {"x": 0, "cx": 3, "y": 1}),
    "WHERE": (lambda p, out: np.where(p[3], p[0], out), {"x": 0, "y": 3}),
}


def instruction(operation, out, base=0, x=0, cx=0, y=0, cy=0, z=0, cz=0):
    code = np.array([[operation, out, base, x, cx, y, cy, z, cz]], np.int32)
    assert code.shape[1] == COLUMNS
    return code


def a_pool():
    rng = np.random.default_rng(1)
    pool = rng.integers(-1000, 1000, (8, LANES)).astype(np.int32)
    pool[3] = rng.integers(0, 2, LANES)
    return pool


def go(code, pool, exists=None, tight=None, entries=NO_ENTRIES, slots=NO_SLOTS):
    exists = np.ones((2, LANES), np.uint8) if exists is None else exists
    tight = np.zeros((1, LANES // 64), np.uint64) if tight is None else tight
    return run(code, pool, exists, entries, slots, tight)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_an_operation_does_what_its_line_in_the_table_says(name):
    definition, operands = DEFINITIONS[name]
    pool = a_pool()
    expected = definition(pool.copy(), pool[4].copy())
    go(instruction(getattr(rows, name), 4, **operands), pool)
    np.testing.assert_array_equal(pool[4], expected)


def test_tight_is_one_bit_per_lane_in_order():
    pool, tight = a_pool(), np.zeros((2, LANES // 64), np.uint64)
    pool[0, ::3] = pool[1, ::3] - 5
    go(instruction(rows.TIGHT, 1, x=0, cx=5, y=1), pool, tight=tight)
    found = np.unpackbits(tight[1].view(np.uint8), bitorder="little")
    np.testing.assert_array_equal(found, pool[0] + 5 == pool[1])


def test_existence_is_read_and_conditions_clear_it():
    pool, exists = a_pool(), np.random.default_rng(2).integers(0, 2, (2, LANES)).astype(np.uint8)
    before = exists.copy()
    go(instruction(rows.EXISTS, 4, x=1), pool, exists)
    np.testing.assert_array_equal(pool[4], before[1])
    go(instruction(rows.CONDITION, 1, x=0, cx=2, y=1), pool, exists)
    np.testing.assert_array_equal(exists[1], before[1] & (pool[0] + 2 > pool[1]))
    np.testing.assert_array_equal(exists[0], before[0])


@pytest.mark.parametrize("size", [1, 7, 240, 1440, 99991])
def test_a_conversion_finds_its_slot_exactly_for_any_size(size):
    entries = (np.arange(40, dtype=np.int32) * 1000) << 1 | (np.arange(40, dtype=np.int32) % 2)
    slots = np.array([[0, 40 * size - 1, size]], np.int64)
    k = np.random.default_rng(3).integers(0, 40 * size, LANES)
    k[:4] = [0, size - 1, size, 40 * size - 1]
    for side in (0, 1):
        pool = a_pool()
        pool[0] = k + side
        assert max(go(instruction(rows.CONVERT, 4, x=0, y=0, cy=side, cz=5), pool, entries=entries, slots=slots)) <= 0
        q = k // size
        np.testing.assert_array_equal(pool[4], q * 1000 + (k - q * size + side) * (q % 2) + 5)


def test_a_conversion_reports_how_far_a_lane_lies_off_its_table():
    slots = np.array([[0, 99, 10]], np.int64)
    entries = np.ones(10, np.int32)
    pool = a_pool()
    pool[0] = 50
    pool[0, 9], pool[0, 200] = 107, -3
    assert go(instruction(rows.CONVERT, 4, x=0), pool, entries=entries, slots=slots) == (8, 3)


@njit
def running_sum(pool, times):
    """Take one addition after the other: a loop that cannot be vectorised, about a clock cycle a lane."""
    total = np.int64(0)
    for _ in range(times):
        for i in range(pool.shape[1]):
            total = (total ^ pool[0, i]) + 1
    return total


def best_of(rounds, work):
    best = np.inf
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


@pytest.mark.skipif(bool(config.DISABLE_JIT), reason="nothing is compiled")
@pytest.mark.parametrize(
    ("name", "bar"), [("MAX", 1.0), ("ADD", 1.0), ("COMBINE", 1.0), ("WHERE", 1.0), ("TIGHT", 0.5), ("CONVERT", 4.0)]
)
def test_the_loops_are_vectorised(name, bar):
    """Against a loop of two dependent operations a lane: a vectorised one takes half the bar, a scalar one twice."""
    operands = DEFINITIONS.get(name, (None, {"x": 0, "y": 1 if name == "TIGHT" else 0}))[1]
    code = np.repeat(instruction(getattr(rows, name), 0 if name == "TIGHT" else 4, **operands), 1000, axis=0)
    pool, entries, slots = a_pool(), np.zeros(100, np.int32), np.array([[0, 999, 10]], np.int64)
    pool[0] = np.abs(pool[0]) if name == "CONVERT" else pool[0]
    running_sum(pool, 1)
    scalar = best_of(20, lambda: running_sum(pool, 1000))
    assert best_of(20, lambda: go(code, pool, entries=entries, slots=slots)) < bar * scalar
