"""Sums over iterations, exact because they are integers: any chunking and any thread order gives the same bits (R6)."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def count(rows, first, last, out):
    """Add to ``out[a]`` (int64) the ones of the uint8 rows in lanes first to last - 1."""
    for a in range(rows.shape[0]):
        total = np.int32(0)
        row = rows[a]
        for i in range(first, last):
            total += np.int32(row[i])
        out[a] += total


@njit(cache=True, nogil=True)
def add(rows, first, last, out):
    """Add to ``out[a]`` (int64) the int32 rows in lanes first to last - 1."""
    for a in range(rows.shape[0]):
        row = rows[a]
        total = np.int64(0)
        for i in range(first, last):
            total += np.int64(row[i])
        out[a] += total


@njit(cache=True, nogil=True)
def add_where(rows, on, first, last, out):
    """Add to ``out[a]`` (int64) the int32 rows in the lanes first to last - 1 where ``on[a]`` is 1."""
    for a in range(rows.shape[0]):
        row, switch = rows[a], on[a]
        total = np.int64(0)
        for i in range(first, last):
            total += np.int64(row[i]) * np.int64(switch[i])
        out[a] += total


@njit(cache=True, nogil=True)
def subtract_where(rows, on, first, last, out):
    """Take from ``out[a]`` (int64) the int32 rows in the lanes first to last - 1 where ``on[a]`` is 1."""
    for a in range(rows.shape[0]):
        row, switch = rows[a], on[a]
        total = np.int64(0)
        for i in range(first, last):
            total += np.int64(row[i]) * np.int64(switch[i])
        out[a] -= total
