"""Sums over iterations, exact because they are integers: any chunking and any thread order gives the same bits (R6)."""

from __future__ import annotations

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import add_i


@entry
def count(rows, first, last, out):
    """Add to ``out[a]`` (int64) the ones of the uint8 rows in lanes first to last - 1."""
    for a in range(rows.shape[0]):
        out[a] += _ones(rows[a, first:last])


@inner
def _ones(row):
    total = np.int32(0)
    for i in range(row.size):
        total = add_i(total, np.int32(row[i]))
    return total


@entry
def add_where(rows, on, first, last, out):
    """Add to ``out[a]`` (int64) the int32 rows in the lanes first to last - 1 where ``on[a]`` is 1."""
    for a in range(rows.shape[0]):
        out[a] += _sum_where(rows[a, first:last], on[a, first:last])


@entry
def subtract_where(rows, on, first, last, out):
    """Take from ``out[a]`` (int64) the int32 rows in the lanes first to last - 1 where ``on[a]`` is 1."""
    for a in range(rows.shape[0]):
        out[a] -= _sum_where(rows[a, first:last], on[a, first:last])


@inner
def _sum_where(row, on):
    total = np.int64(0)
    for i in range(row.size):
        total += np.int64(row[i]) if on[i] else np.int64(0)
    return total
