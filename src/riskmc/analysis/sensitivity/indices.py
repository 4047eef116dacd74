"""Indices of one activity: significance index, schedule sensitivity index, cruciality (Williams; PMI; Vanhoucke).

AD is the activity's duration in an iteration and SL its slack (total float, 0 where it is below), both in working time
of its own calendar; SD is the duration of the program, from its start to the finish of that iteration, counted in
working time of the same calendar, as Barbecana's Full Monte does. So all three have one unit, and a program of one
activity has the index 1.

    criticality           CI  = share of iterations on a driving chain           Van Slyke (1963)
    significance          SI  = E[ AD / (AD + SL) x SD / E(SD) ]                 Williams (1992)
    schedule sensitivity  SSI = CI x sd(AD) / sd(SD)                             PMI (2004); Vanhoucke (2010)
    cruciality            CRI = | correlation of AD with SD |                    Williams (1992); Vanhoucke (2010)
    Pertmaster's          criticality x duration sensitivity (Spearman)          Primavera Risk Analysis

Sources: Van Slyke, Operations Research 11, 839-860; Williams, Journal of the Operational Research Society 43, 353-357;
Vanhoucke (2010), Measuring Time, ch. 4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.sensitivity.estimates import (
    UNKNOWN,
    Estimate,
    Floats,
    around,
    deviations,
    kendall,
    mean,
    pearson,
    ranks,
    spearman,
)
from riskmc.forecast.outcome import ordered_sum
from riskmc.forecast.probability import Probability
from riskmc.forecast.replicates import INDEPENDENT, Replicates


@dataclass(frozen=True)
class Indices:
    """What the iterations say of one activity; None inside where it cannot be known, as of what lasts nothing.

    ``sensitivity`` is the duration sensitivity, Spearman's correlation with its sign; float and duration are in working
    days of the activity's calendar.
    """

    path: str
    criticality: Probability
    significance: Estimate = UNKNOWN
    schedule_sensitivity: Estimate = UNKNOWN
    pearson: Estimate = UNKNOWN
    spearman: Estimate = UNKNOWN
    kendall: Estimate = UNKNOWN
    total_float_days: Estimate = UNKNOWN
    duration_days: Estimate = UNKNOWN
    duration_sd_days: float | None = None

    @property
    def pertmaster(self) -> float | None:
        """Pertmaster's cruciality: criticality times duration sensitivity."""
        return None if self.spearman.value is None else self.criticality.value * self.spearman.value


@dataclass(frozen=True, eq=False)
class Length:
    """The duration of the program in every iteration, in working minutes of one calendar, ready to be compared."""

    minutes: NDArray[np.int64]
    deviations: Floats
    ranks: Floats

    @classmethod
    def of(cls, minutes: NDArray[np.int64]) -> Length:
        """Return the durations with their deviations and ranks."""
        return cls(minutes, deviations(minutes), ranks(minutes))


@dataclass(frozen=True, eq=False)
class Work:
    """One activity in every iteration: working minutes and total float int64[n], whether it exists and is critical."""

    minutes: NDArray[np.int64]
    slack: NDArray[np.int64]
    exists: NDArray[np.bool_]
    critical: NDArray[np.bool_]

    def among(self, replicates: Replicates) -> Replicates:
        """Return what tells the error of means over the iterations in which it exists."""
        return replicates if self.exists.all() else INDEPENDENT


def indices(path: str, work: Work, length: Length, day: float, replicates: Replicates) -> Indices:
    """Return the indices of an activity whose working day has ``day`` minutes; it lasts 0 where it does not exist."""
    apart = deviations(work.minutes)
    lasting = work.minutes[work.exists]
    of_those = deviations(lasting) if 0 < lasting.size < work.minutes.size else apart
    return replace(
        floating(path, work, day, replicates),
        significance=significance(work, length, replicates),
        schedule_sensitivity=schedule_sensitivity(apart, work.critical, length.deviations, replicates),
        pearson=pearson(apart, length.deviations, replicates),
        spearman=spearman(ranks(work.minutes), length.ranks),
        kendall=kendall(work.minutes, length.minutes),
        duration_days=_days(mean(lasting, work.among(replicates)), day),
        duration_sd_days=_spread(of_those) / day if lasting.size else None,
    )


def floating(path: str, work: Work, day: float, replicates: Replicates) -> Indices:
    """Return criticality and mean total float alone, which a milestone has too."""
    slack = mean(work.slack[work.exists], work.among(replicates))
    return Indices(path, Probability.among(work.critical, replicates), total_float_days=_days(slack, day))


def significance(work: Work, length: Length, replicates: Replicates) -> Estimate:
    """Return Williams's significance index; what lasts nothing in an iteration has no significance in it."""
    slack = np.maximum(work.slack, 0)
    share = work.minutes / np.maximum(work.minutes + slack, 1)
    total = ordered_sum(length.minutes.astype(np.float64))
    if total <= 0:
        return UNKNOWN
    value = ordered_sum(share * length.minutes) / total
    return around(value, (share - value) * length.minutes * (length.minutes.size / total), replicates).within(0, 1)


def schedule_sensitivity(
    activity: Floats, critical: NDArray[np.bool_], program: Floats, replicates: Replicates
) -> Estimate:
    """Return the schedule sensitivity index from deviations; not known where the program's finish does not vary."""
    spread, whole = _spread(activity), _spread(program)
    if not whole:
        return UNKNOWN
    share = Probability.among(critical, replicates)
    ratio = spread / whole
    value = share.value * ratio
    if not value:
        return Estimate(0.0, 0.0, share.high * ratio)
    squares = (np.square(activity / spread) - np.square(program / whole)) / 2
    return around(value, value * ((critical - share.value) / share.value + squares), replicates).within(0, np.inf)


def _spread(apart: Floats) -> float:
    return sqrt(ordered_sum(np.square(apart)) / apart.size)


def _days(minutes: Estimate, day: float) -> Estimate:
    return Estimate(*(None if value is None else value / day for value in minutes))
