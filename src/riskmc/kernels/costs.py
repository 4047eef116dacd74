"""Cost of every activity and cost item in every iteration, in whole cents: arrays in, arrays out.

cost = (fixed x factors + additions + minutes x rate x rate factors) x total factors, rounded to cents once (C1, C2);
everything above adds integers, so parts add up to the cent.
"""

from __future__ import annotations

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import sub_i


@entry
def costs(
    fixed, constant, factor_ptr, factor, addition_ptr, addition, weight,
    rate, start_row, finish_row, minutes_before, rate_ptr, rate_factor, total_ptr, total_factor,
    exists_event, project, money, effects, sums, events, pool, work, spent, totals,
):  # fmt: skip
    """Fill ``totals`` (int64[1 + p, B], zero before) with the cents of the program, then of each project.

    An item of no project has ``project[c] == -1``. Every item is booked once; projects are added to the program last.
    ``fixed[c] < 0`` takes ``constant[c]`` (cents). ``sums`` holds additions of money, ``effects`` factors.
    ``start_row[c] < 0`` has no time-dependent part; else the minutes worked are pool[finish] - pool[start] +
    minutes_before. ``exists_event[c] >= 0`` pays only where that event is on. ``work`` and ``spent`` are float64[B].
    """
    for c in range(fixed.size):
        if fixed[c] < 0:
            _fill(constant[c], work)
        else:
            _copy(money[fixed[c]], work)
        for k in range(factor_ptr[c], factor_ptr[c + 1]):
            _times(effects[factor[k]], work)
        for k in range(addition_ptr[c], addition_ptr[c + 1]):
            _plus(sums[addition[k]], weight[k], work)
        if start_row[c] >= 0:
            _rate(pool[start_row[c]], pool[finish_row[c]], minutes_before[c], rate[c], spent)
            for k in range(rate_ptr[c], rate_ptr[c + 1]):
                _times(effects[rate_factor[k]], spent)
            _plus(spent, 1.0, work)
        for k in range(total_ptr[c], total_ptr[c + 1]):
            _times(effects[total_factor[k]], work)
        if exists_event[c] >= 0:
            _times(events[exists_event[c]], work)
        _book(work, totals[1 + project[c]])
    for p in range(1, totals.shape[0]):
        _join(totals[p], totals[0])


@inner
def _fill(number, work):
    for i in range(work.size):
        work[i] = number


@inner
def _copy(row, work):
    for i in range(work.size):
        work[i] = row[i]


@inner
def _times(row, work):
    for i in range(work.size):
        work[i] *= np.float64(row[i])


@inner
def _plus(row, weight, work):
    for i in range(work.size):
        work[i] += weight * row[i]


@inner
def _rate(start, finish, before, rate, spent):
    for i in range(spent.size):
        spent[i] = rate * (np.float64(sub_i(finish[i], start[i])) + before)


@inner
def _book(work, total):
    for i in range(work.size):
        total[i] += np.int64(np.floor(work[i] + 0.5))


@inner
def _join(part, total):
    for i in range(total.size):
        total[i] += part[i]
