"""Cost of every activity and cost item in every iteration, in whole cents: arrays in, arrays out.

cost = (fixed x factors + additions + minutes x rate x rate factors) x total factors, rounded to cents once (C1, C2);
everything above adds integers, so parts add up to the cent.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import sub_i


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
    fixed, constant, rate, node, there, project = (
        table.fixed, table.constant, table.rate, table.node, table.exists, table.project
    )  # fmt: skip
    factor_ptr, addition_ptr = table.factor_ptr, table.addition_ptr
    rate_ptr, total_ptr = table.rate_ptr, table.total_ptr
    nodes = exists.shape[0]
    for c in range(fixed.size):
        total = totals[1 + project[c]]
        struck = factor_ptr[c] < factor_ptr[c + 1] or addition_ptr[c] < addition_ptr[c + 1]
        struck = struck or rate_ptr[c] < rate_ptr[c + 1] or total_ptr[c] < total_ptr[c + 1]
        if node[c] >= 0 and fixed[c] < 0 and there[c] < 0 and not struck:  # most items: one loop is enough
            _book_worked(constant[c], rate[c], pool[node[c]], pool[nodes + node[c]], total)
            continue
        _amount(table, c, money, effects, sums, exists, pool, work, spent)
        _book(work, total)
    for p in range(1, totals.shape[0]):
        _join(totals[p], totals[0])


@inner
def _amount(
    table: Any, c: Any, money: Any, effects: Any, sums: Any, exists: Any, pool: Any, work: Any, spent: Any
) -> None:
    """Fill ``work`` with the cents of item ``c``, not yet rounded."""
    fixed, constant, factor_ptr, factor, addition_ptr, addition, weight, rate, node = table[:9]
    rate_ptr, rate_factor, total_ptr, total_factor, there, _, _ = table[9:]
    if fixed[c] < 0:
        _fill(constant[c], work)
    else:
        _copy(money[fixed[c]], work)
    for k in range(factor_ptr[c], factor_ptr[c + 1]):
        _times(effects[factor[k]], work)
    for k in range(addition_ptr[c], addition_ptr[c + 1]):
        _plus(sums[addition[k]], weight[k], work)
    if node[c] >= 0:
        _rate(pool[node[c]], pool[exists.shape[0] + node[c]], rate[c], spent)
        for k in range(rate_ptr[c], rate_ptr[c + 1]):
            _times(effects[rate_factor[k]], spent)
        _plus(spent, 1.0, work)
    for k in range(total_ptr[c], total_ptr[c + 1]):
        _times(effects[total_factor[k]], work)
    if there[c] >= 0:
        _times(exists[there[c]], work)


@inner
def _fill(number: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] = number


@inner
def _copy(row: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] = row[i]


@inner
def _times(row: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] *= np.float64(row[i])


@inner
def _plus(row: Any, weight: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] += weight * row[i]


@inner
def _rate(start: Any, finish: Any, rate: Any, spent: Any) -> None:
    for i in range(spent.size):
        spent[i] = rate * np.float64(sub_i(finish[i], start[i]))


@inner
def _book(work: Any, total: Any) -> None:
    for i in range(work.size):
        total[i] += np.int64(np.floor(work[i] + 0.5))


@inner
def _book_worked(fixed: Any, rate: Any, start: Any, finish: Any, total: Any) -> None:
    for i in range(total.size):
        minutes = np.float64(sub_i(finish[i], start[i]))
        total[i] += np.int64(np.floor(fixed + rate * minutes + 0.5))


@inner
def _join(part: Any, total: Any) -> None:
    for i in range(total.size):
        total[i] += part[i]
