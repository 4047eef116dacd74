"""Streams of benefits: their present value, their sum up to an instant, and when they have paid for the costs.

A benefit flows evenly: ``per_year`` from its start on, for so long or for ever. With the rate r and years y from the
valuation, money at y is worth (1 + r)^-y; a stream from y to z is worth per_year ((1 + r)^-y - (1 + r)^-z) / ln(1 + r).
A year has 365.25 days. Source: Brealey, Myers and Allen (2020), Principles of Corporate Finance, 13th ed., chapters 2
and 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

YEAR = 365.25 * 1440  # minutes
MONTH = YEAR / 12
LONGEST = 200.0  # years in which a payback is looked for; after them it is never
_HALVINGS = 60

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Streams:
    """Benefits by iteration, float64[benefits, n]: ``per_year`` in currency units, ``start`` in years of the valuation.

    ``years`` float64[benefits, 1] is for how long, infinity for ever. What never starts has a ``per_year`` of 0.
    """

    per_year: Floats
    start: Floats
    years: Floats

    def present_value(self, rate: float) -> Floats:
        """Return float64[benefits, n]: what each stream is worth at the valuation, what lies before it left out."""
        first, last = np.maximum(self.start, 0.0), np.maximum(self.start + self.years, 0.0)
        if not rate:
            return np.asarray(self.per_year * (last - first))
        growth = log(1 + rate)
        return np.asarray(self.per_year * (np.exp(-growth * first) - np.exp(-growth * last)) / growth)

    def received(self, until: float | Floats) -> Floats:
        """Return float64[n]: what all streams have brought from the valuation up to so many years after it."""
        first, last = np.maximum(self.start, 0.0), np.maximum(self.start + self.years, 0.0)
        return np.asarray((self.per_year * np.clip(until - first, 0.0, last - first)).sum(axis=0))


def payback(streams: Streams, edges: Floats, spent: Floats) -> Floats:
    """Return float64[n]: years from the valuation after which benefits have paid for the costs for good, inf for never.

    Parameters
    ----------
    edges : float64[periods + 1]
        Years from the valuation.
    spent : float64[periods, n]
        Costs of each period; what is paid back during them is told at the end of a period.
    """
    costs = np.add.accumulate(spent, axis=0)
    owing = np.array([streams.received(end) < cost for end, cost in zip(edges[1:], costs, strict=True)])
    total = costs[-1]
    periods = owing.shape[0]
    last = np.where(owing.any(axis=0), periods - 1 - np.argmax(owing[::-1], axis=0), -1)
    found = np.where(last < 0, 0.0, edges[np.minimum(last + 2, periods)])
    later = np.flatnonzero(last == periods - 1)
    if later.size:
        part = Streams(streams.per_year[:, later], streams.start[:, later], streams.years)
        found[later] = _crossing(part, float(edges[-1]), total[later])
    return found


def _crossing(streams: Streams, first: float, total: Floats) -> Floats:
    """Return when the streams have brought the total, by halving; inf where they never do."""
    low, high = np.full(total.size, first), np.full(total.size, first + LONGEST)
    never = streams.received(high) < total
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        met = streams.received(middle) >= total
        low, high = np.where(met, low, middle), np.where(met, middle, high)
    return np.where(never, np.inf, high)
