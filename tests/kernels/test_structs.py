"""Structs: the fields of a named tuple, nested ones too, behind one address; arrays are shared, nothing is copied."""

import sys
from typing import NamedTuple

import numpy as np
import pytest
from numba import njit
from numba.core.errors import TypingError
from numpy.typing import NDArray

from riskmc.kernels.structs import as_struct


class Inner(NamedTuple):
    values: NDArray[np.int64]
    factor: int
    share: float


class Outer(NamedTuple):
    names: NDArray[np.int32]
    inner: Inner
    flags: NDArray[np.uint8]
    table: NDArray[np.float32]
    limit: int


@njit
def _step(table, k):
    table.inner.values[k] += table.inner.factor * table.names[k]
    table.flags[k] = table.inner.values[k] > table.limit


@njit
def advance(table):
    total = 0
    for k in range(table.names.size):
        _step(table, k)
        total += table.inner.values[k]
    return total + table.limit


def plain_advance(table):
    for k in range(table.names.size):
        _step.py_func(table, k)


@njit
def shapes(table):
    return table.table.shape, table.table.size, table.inner.share


@njit
def double_a_line(table, line):
    part = table.table[line]
    for k in range(part.size):
        part[k] = 2 * table.table[line, k]


def outer(n=5):
    names, lines = np.arange(n, dtype=np.int32), np.arange(12, dtype=np.float32).reshape(3, 4)
    return Outer(names, Inner(np.zeros(n, np.int64), 3, 0.25), np.zeros(n, np.uint8), lines, 4)


def test_fields_read_and_write_as_those_of_the_tuple_do():
    made = outer()
    assert advance(as_struct(made)) == 3 * (0 + 1 + 2 + 3 + 4) + 4
    np.testing.assert_array_equal(made.inner.values, [0, 3, 6, 9, 12])
    np.testing.assert_array_equal(made.flags, [0, 0, 1, 1, 1])


def test_the_kernel_does_what_the_same_code_does_in_python():
    compiled, plain = outer(9), outer(9)
    advance(as_struct(compiled))
    plain_advance(plain)
    for one, other in zip((*compiled[:1], *compiled.inner[:1]), (*plain[:1], *plain.inner[:1]), strict=True):
        np.testing.assert_array_equal(one, other)


def test_shapes_sizes_and_fractions_are_those_of_the_tuple():
    assert shapes(as_struct(outer())) == ((3, 4), 12, 0.25)


def test_the_part_of_an_array_with_the_first_indices_is_the_array_itself():
    made = outer()
    double_a_line(as_struct(made), 1)
    np.testing.assert_array_equal(made.table, [[0, 1, 2, 3], [8, 10, 12, 14], [8, 9, 10, 11]])


def test_columns_of_a_larger_array_are_reached_by_their_strides():
    wide = np.arange(24, dtype=np.float32).reshape(3, 8)
    made = outer()._replace(table=wide[:, 2:6])
    double_a_line(as_struct(made), 2)
    np.testing.assert_array_equal(wide[2], [16, 17, 36, 38, 40, 42, 22, 23])
    np.testing.assert_array_equal(wide[:2], np.arange(16, dtype=np.float32).reshape(2, 8))


def test_what_a_row_cannot_do_is_refused_when_it_is_compiled():
    @njit
    def sliced(table):
        return table.names[1:]

    with pytest.raises(TypingError):
        sliced(as_struct(outer()))


def test_a_struct_keeps_its_arrays_and_calls_keep_nothing():
    """A kernel counts no references: the arrays have as many owners after a thousand calls as before."""
    made = outer()
    struct = as_struct(made)
    advance(struct)
    before = [sys.getrefcount(array) for array in (made.names, made.inner.values, made.flags)]
    for _ in range(1_000):
        advance(struct)
    assert [sys.getrefcount(array) for array in (made.names, made.inner.values, made.flags)] == before
    names = made.names
    del made
    advance(struct)
    assert struct.table.names is names


def test_one_kernel_serves_all_structs_of_the_same_types():
    before = len(advance.signatures) or 1
    for n in (3, 4, 5):
        advance(as_struct(outer(n)))
    assert len(advance.signatures) == before
