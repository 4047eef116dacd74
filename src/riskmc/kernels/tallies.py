"""Sums over iterations, exact because they are integers: any chunking and any thread order gives the same bits (R6)."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import add_i, and_i, shr_i


@entry
def count(rows: Any, first: Any, last: Any, out: Any) -> None:
    """Add to ``out[a]`` (int64) the ones of the uint8 rows in lanes first to last - 1."""
    for a in range(rows.shape[0]):
        out[a] += _ones(rows[a, first:last])


@inner
def _ones(row: Any) -> Any:
    total = np.int32(0)
    for i in range(row.size):
        total = add_i(total, np.int32(row[i]))
    return total


@entry
def add_where(rows: Any, on: Any, first: Any, last: Any, sign: Any, out: Any) -> None:
    """Add to ``out[a]`` (int64) ``sign`` times the int32 rows in the lanes first to last - 1 where ``on[a]`` is 1."""
    for a in range(rows.shape[0]):
        out[a] += sign * _sum_where(rows[a, first:last], on[a, first:last])


@inner
def _sum_where(row: Any, on: Any) -> Any:
    """Return the sum of up to 32,767 lanes as an int64: upper and lower halves apart, each within 32 bits."""
    upper, lower = np.int32(0), np.int32(0)
    for i in range(row.size):
        value = row[i] if on[i] else np.int32(0)
        upper = add_i(upper, shr_i(value, np.int32(16)))
        lower = add_i(lower, and_i(value, np.int32(0xFFFF)))
    return (np.int64(upper) << np.int64(16)) + np.int64(lower)
