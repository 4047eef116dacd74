"""Measures of earned value and earned schedule: SPI, CPI, EAC three ways, ETC, VAC, TCPI; ES, SV(t), SPI(t), IEAC(t).

Sources: PMI (2019), *The Standard for Earned Value Management*; Fleming and Koppelman (2010), *Earned Value Project
Management*, 4th edition; earned schedule: Lipke (2003), "Schedule is different", *The Measurable News*, summer 2003.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Measures:
    """Planned value, earned value, actual cost and budget at completion, all in one unit, and what follows from them.

    An index whose divisor is nothing, and all that needs it, is None.
    """

    pv: float
    ev: float
    ac: float
    bac: float

    @property
    def sv(self) -> float:
        """Schedule variance, EV - PV: negative is behind."""
        return self.ev - self.pv

    @property
    def cv(self) -> float:
        """Cost variance, EV - AC: negative is dearer than planned."""
        return self.ev - self.ac

    @property
    def spi(self) -> float | None:
        """Schedule performance index, EV / PV."""
        return _ratio(self.ev, self.pv)

    @property
    def cpi(self) -> float | None:
        """Cost performance index, EV / AC."""
        return _ratio(self.ev, self.ac)

    @property
    def eac(self) -> float | None:
        """Estimate at completion if the cost performance goes on, BAC / CPI."""
        return _ratio(self.bac, self.cpi)

    @property
    def eac_as_planned(self) -> float:
        """Estimate at completion if the rest costs what it was planned to, AC + BAC - EV."""
        return self.ac + self.bac - self.ev

    @property
    def eac_both(self) -> float | None:
        """Estimate at completion if cost and schedule performance both go on, AC + (BAC - EV) / (CPI x SPI)."""
        if self.cpi is None or self.spi is None:
            return None
        rest = _ratio(self.bac - self.ev, self.cpi * self.spi)
        return None if rest is None else self.ac + rest

    @property
    def etc(self) -> float | None:
        """Estimate to complete, EAC - AC."""
        return None if self.eac is None else self.eac - self.ac

    @property
    def vac(self) -> float | None:
        """Variance at completion, BAC - EAC: negative is an overrun."""
        return None if self.eac is None else self.bac - self.eac

    @property
    def tcpi_bac(self) -> float | None:
        """The cost performance that the rest must have to end within the budget, (BAC - EV) / (BAC - AC).

        None where the budget is spent.
        """
        return _ratio(self.bac - self.ev, self.bac - self.ac) if self.bac > self.ac else None

    @property
    def tcpi_eac(self) -> float | None:
        """The cost performance that the rest must have to end within the estimate, (BAC - EV) / (EAC - AC)."""
        return None if self.etc is None else _ratio(self.bac - self.ev, self.etc)


@dataclass(frozen=True)
class Timing:
    """Earned schedule in any unit of time from the start on: ``es`` earned, ``at`` actual, ``pd`` planned in all.

    What needs a division by nothing is None.
    """

    es: float
    at: float
    pd: float

    @property
    def sv_t(self) -> float:
        """Schedule variance in time, ES - AT: negative is late."""
        return self.es - self.at

    @property
    def spi_t(self) -> float | None:
        """Schedule performance index in time, ES / AT."""
        return _ratio(self.es, self.at) if self.at > 0 else None

    @property
    def ieac_t(self) -> float | None:
        """Independent estimate of the duration at completion, PD / SPI(t)."""
        return _ratio(self.pd, self.spi_t)


def earned_schedule(planned: Sequence[float], earned: float, at: float | None = None) -> float:
    """Return in how many periods the plan would have earned ``earned``: ES = C + (EV - PV_C) / (PV_C+1 - PV_C).

    Parameters
    ----------
    planned : sequence of float
        Cumulative planned value at the end of each period, rising; before the first it is 0.
    earned : float
        Earned value, in the same unit; from the last planned value on, all periods are earned.
    at : float, optional
        Actual time in periods: where the plan earns nothing for some periods (a weekend), and all before them is
        earned, ES is the actual time if that lies among them.

    Returns
    -------
    float
        Periods from the start. C is the number of whole periods whose planned value is earned (Lipke 2003), idle ones
        too; of those at the end of the plan none.
    """
    values = np.concatenate(([0.0], np.asarray(planned, np.float64)))
    done = min(max(earned, 0.0), float(values[-1]))
    first = int(np.searchsorted(values, done, side="left"))
    low = first - 1 + float((done - values[first - 1]) / (values[first] - values[first - 1])) if first else 0.0
    if done == values[-1]:
        return low
    whole = int(np.searchsorted(values, done, side="right")) - 1
    high = whole + float((done - values[whole]) / (values[whole + 1] - values[whole]))
    return high if at is None else min(max(at, low), high)


def _ratio(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None
