"""Funding: how likely the money released for each fiscal year is to run out, with no limit enforced (K7).

What is not spent is carried over, and what is spent too much is owed by the next year: a year is breached where all
that was paid from the first funded year on exceeds all that was released. No date waits for money here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.cash.amounts import forecast_of
from riskmc.forecast import Forecast, Probability
from riskmc.simulation.periods import edges_by, fiscal_year, year_name
from riskmc.simulation.phasing import Phased
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True)
class FundingYear:
    """One fiscal year; money in currency units, what is paid in then-year money where the program escalates.

    ``name`` as periods are called, ``2030`` or ``FY2030``; ``released`` in the year and ``available``, all that was
    released so far; ``paid`` in the year; the chance of a ``breach`` by its end; ``short``, by how much, 0 in
    iterations without; ``edge``, its end in minutes since 1970.
    """

    year: int
    name: str
    edge: int
    released: float
    available: float
    paid: Forecast
    breach: Probability
    short: Forecast


def funded_years(phased: Phased, trials: Trials) -> tuple[FundingYear, ...]:
    """Return the years from the first funded one to the last in which anything is paid or released."""
    funding, fiscal = trials.program.funding, trials.program.fiscal_year_starts
    if not funding:
        return ()
    years = edges_by("year", int(phased.edges[0]), int(phased.edges[-1]), fiscal)
    numbers = [fiscal_year(int(edge), fiscal) for edge in years[:-1]]
    paid = phased.paid.sum(axis=0)
    found: list[FundingYear] = []
    available, spent = 0, np.zeros(len(trials), np.int64)
    for year in range(min(funding), max([*funding, *numbers]) + 1):
        inside = _inside(phased.edges, numbers, years, year)
        own = paid[inside].sum(axis=0)
        released = round(funding[year].value * CENTS) if year in funding else 0
        available, spent = available + released, spent + own
        edge = int(years[numbers.index(year) + 1]) if year in numbers else int(years[-1])
        short = forecast_of(
            f"Short of funding by the end of {year_name(year, fiscal)}", np.maximum(spent - available, 0), trials
        )
        breach = Probability.among(np.asarray(spent > available), trials.replicates)
        whole = forecast_of(f"Paid in {year_name(year, fiscal)}", own, trials)
        found.append(
            FundingYear(year, year_name(year, fiscal), edge, released / CENTS, available / CENTS, whole, breach, short)
        )
    last = max(place for place, year in enumerate(found) if year.released or year.paid.samples.any())
    return tuple(found[: last + 1])


def _inside(edges: NDArray[np.int64], numbers: list[int], years: NDArray[np.int64], year: int) -> NDArray[np.bool_]:
    """Return which of the phased periods lie in a fiscal year."""
    if year not in numbers:
        return np.zeros(edges.size - 1, np.bool_)
    place = numbers.index(year)
    return np.asarray((edges[:-1] >= years[place]) & (edges[:-1] < years[place + 1]))
