"""Inversions: the pairs of a row that stand in the wrong order, counted while it is sorted by merging.

They are the disagreeing pairs of Kendall's correlation, in n log n steps. Method: Knight (1966), Journal of the
American Statistical Association 61, 436-439.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner


@entry
def inversions(row: Any, work: Any) -> Any:
    """Sort ``row`` (int64[n]) in place and return its pairs i < j with row[i] > row[j]; ``work`` is int64[n]."""
    total, width = np.int64(0), 1
    while width < row.size:
        for first in range(0, row.size, 2 * width):
            middle, last = min(first + width, row.size), min(first + 2 * width, row.size)
            total += _merge(row, work, first, middle, last)
        width *= 2
    return total


@inner
def _merge(row: Any, work: Any, first: Any, middle: Any, last: Any) -> Any:
    """Merge two sorted parts of a row; return how many pairs across them were in the wrong order."""
    total, i, j = np.int64(0), first, middle
    for k in range(first, last):
        if j >= last or (i < middle and row[i] <= row[j]):
            work[k] = row[i]
            i += 1
        else:
            work[k] = row[j]
            total += middle - i
            j += 1
    for k in range(first, last):
        row[k] = work[k]
    return total
