"""Structs: the fields of a named tuple, nested ones too, behind one pointer; arrays are shared, nothing is copied."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from riskmc.kernels.structs import as_struct


class Inner(NamedTuple):
    values: NDArray[np.int64]
    factor: int


class Outer(NamedTuple):
    names: NDArray[np.int32]
    inner: Inner
    flags: NDArray[np.uint8]
    limit: int


@njit
def _step(table, k):
    table.inner.values[k] += table.inner.factor * table.names[k]
    table.flags[k] = table.inner.values[k] > table.limit


@njit
def advance(table_):
    table = as_struct(table_)
    for k in range(table.names.size):
        _step(table, k)
    return table.inner.values.sum() + table.limit


@njit
def picked(table_):
    table = as_struct(table_)
    row = table.inner.values
    return row[1:], table.inner.factor


def outer(n=5):
    return Outer(np.arange(n, dtype=np.int32), Inner(np.zeros(n, np.int64), 3), np.zeros(n, np.uint8), 4)


def test_fields_read_and_write_as_those_of_the_tuple_do():
    made = outer()
    assert advance(made) == 3 * (0 + 1 + 2 + 3 + 4) + 4
    np.testing.assert_array_equal(made.inner.values, [0, 3, 6, 9, 12])
    np.testing.assert_array_equal(made.flags, [0, 0, 1, 1, 1])


def test_the_kernel_does_what_the_same_code_does_in_python():
    compiled, plain = outer(9), outer(9)
    advance(compiled)
    for k in range(plain.names.size):
        _step.py_func(plain, k)
    for one, other in zip((*compiled[:1], *compiled.inner[:1]), (*plain[:1], *plain.inner[:1]), strict=True):
        np.testing.assert_array_equal(one, other)


def test_arrays_are_the_very_same_ones():
    made = outer()
    part, factor = picked(made)
    made.inner.values[2] = 77
    assert part[1] == 77
    assert factor == 3


def test_nothing_is_freed_or_kept_by_many_calls():
    """A struct counts no references: the arrays have as many owners after a thousand calls as before."""
    import sys

    made = outer()
    advance(made)
    before = [sys.getrefcount(array) for array in (made.names, made.inner.values, made.flags)]
    for _ in range(1_000):
        advance(made)
    assert [sys.getrefcount(array) for array in (made.names, made.inner.values, made.flags)] == before
