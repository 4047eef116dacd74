"""Cost of every activity and cost item in every iteration, in whole cents: arrays in, arrays out.

cost = (fixed x factors + additions + minutes x rate x rate factors) x total factors, rounded to cents once (C1, C2);
everything above adds integers, so parts add up to the cent.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner, part
from riskmc.kernels.intrinsics import sub_i, wide


@entry
def costs(
    table: Any, money: Any, effects: Any, sums: Any, exists: Any, pool: Any, work: Any, spent: Any, totals: Any
) -> None:
    """Fill ``totals`` (int64[1 + p, B], zero before) with the cents of the program, then of each project.

    ``table`` is a named tuple of arrays (network/spending.py). An item of no project has ``project[c] == -1``. Every
    item is booked once; projects are added to the program last. ``fixed[c] < 0`` takes ``constant[c]`` (cents).
    ``sums`` holds additions of money, ``effects`` factors. ``node[c] < 0`` has no time-dependent part; else the
    minutes worked are the node's finish - start in ``pool``. ``exists`` (uint8[n, B]) pays only what is
    there, where ``table.exists[c]`` names a node. ``work`` and ``spent`` are float64[B].
    """
    t, nodes = table, exists.shape[0]
    for c in range(t.fixed.size):
        node, total = t.node[c], totals[1 + t.project[c]]
        struck = t.factor_ptr[c] < t.factor_ptr[c + 1] or t.addition_ptr[c] < t.addition_ptr[c + 1]
        struck = struck or t.rate_ptr[c] < t.rate_ptr[c + 1] or t.total_ptr[c] < t.total_ptr[c + 1]
        if node >= 0 and t.fixed[c] < 0 and t.exists[c] < 0 and not struck:  # most items: one loop is enough
            _book_worked(t.constant[c], t.rate[c], pool[node], pool[nodes + node], total)
        else:
            _amount(t, c, money, effects, sums, exists, pool, work, spent)
            _book(work, total)
    for p in range(1, totals.shape[0]):
        _join(totals[p], totals[0])


@inner
def _amount(
    table: Any, c: Any, money: Any, effects: Any, sums: Any, exists: Any, pool: Any, work: Any, spent: Any
) -> None:
    """Fill ``work`` with the cents of item ``c``, not yet rounded."""
    t = table
    drawn = t.fixed[c] >= 0
    _fill(0.0 if drawn else t.constant[c], work)
    if drawn:
        _plus(money[t.fixed[c]], 1.0, work)
    for k in range(t.factor_ptr[c], t.factor_ptr[c + 1]):
        _times(effects[t.factor[k]], work)
    for k in range(t.addition_ptr[c], t.addition_ptr[c + 1]):
        _plus(sums[t.addition[k]], t.weight[k], work)
    if t.node[c] >= 0:
        _rate(pool[t.node[c]], pool[exists.shape[0] + t.node[c]], t.rate[c], spent)
        for k in range(t.rate_ptr[c], t.rate_ptr[c + 1]):
            _times(effects[t.rate_factor[k]], spent)
        _plus(spent, 1.0, work)
    for k in range(t.total_ptr[c], t.total_ptr[c + 1]):
        _times(effects[t.total_factor[k]], work)
    if t.exists[c] >= 0:
        _times(exists[t.exists[c]], work)


@part
def _fill(number: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] = number


@inner
def _times(row: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] *= np.float64(row[i])


@inner
def _plus(row: Any, weight: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] += weight * row[i]


@part
def _rate(start: Any, finish: Any, rate: Any, spent: Any) -> None:
    for i in range(spent.size):
        spent[i] = rate * np.float64(sub_i(finish[i], start[i]))


@part
def _book(work: Any, total: Any) -> None:
    for i in range(work.size):
        total[i] += np.int64(np.floor(work[i] + 0.5))


@part
def _book_worked(fixed: Any, rate: Any, start: Any, finish: Any, total: Any) -> None:
    wide()
    for i in range(total.size):
        minutes = np.float64(sub_i(finish[i], start[i]))
        total[i] += np.int64(np.floor(fixed + rate * minutes + 0.5))


@part
def _join(project: Any, total: Any) -> None:
    for i in range(total.size):
        total[i] += project[i]
