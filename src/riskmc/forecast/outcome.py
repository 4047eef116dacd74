"""Forecast: what a simulation says about one number, a finish date or a cost: P10, P50, P80, the chance of a target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast.amount import read_amount
from riskmc.forecast.card import Figure, figure_text, make_card
from riskmc.forecast.figures import chance, day, is_currency, iterations_text, level_name, money_format, number
from riskmc.forecast.instant import DAY_MINUTES, finish_minutes, instant_of
from riskmc.forecast.interval import CONFIDENCE, check_share, quantile_rank, quantile_ranks
from riskmc.forecast.language import said
from riskmc.forecast.probability import Probability
from riskmc.forecast.replicates import INDEPENDENT, Replicates
from riskmc.forecast.s_curve import draw_s_curve

if TYPE_CHECKING:
    import pandas as pd

STEERING_LEVELS = (0.10, 0.50, 0.80, 0.90)
DATE = "date"

Value = datetime | float
Samples = NDArray[Any]  # int64 for dates, else float64


@dataclass(frozen=True, eq=False, repr=False)
class Forecast:
    """The simulated distribution of one outcome.

    A forecast is the whole distribution. A single number is always asked for, by name: ``quantile(0.80)``,
    ``probability(budget)``, ``mean()``. Percentiles are order statistics (A1); intervals are simulation error only.

    Parameters
    ----------
    label : str
        What is forecast, as the steering committee calls it.
    samples : int64[n] or float64[n]
        One value an iteration, in iteration order, so that two forecasts from the same trials stay paired.
        Dates are minutes since 1970-01-01 local time; money is in currency units.
    unit : str
        "date", a currency such as "EUR", or any other unit of ``samples``.
    target : optional
        The date or amount that was promised, in the unit of ``samples``; the notebook card shows its chance.
    provenance : str
        What made the forecast, in a few words for the foot of the card.
    money : bool
        Whether ``unit`` is a currency where that does not show: capitals and signs such as € always are one.
    replicates : Replicates
        Which iterations belong together, under Latin hypercube sampling; intervals come from them.
    start : datetime
        Up to this instant a date is that of a start: its midnight belongs to the day that follows.
    """

    label: str
    samples: Samples
    unit: str
    target: float | None = None
    provenance: str = ""
    money: bool = False
    replicates: Replicates = INDEPENDENT
    start: datetime = datetime.min

    def __post_init__(self) -> None:
        _check_samples(self.label, np.asarray(self.samples))
        samples = _frozen(self.samples, np.dtype(np.int64 if self.unit == DATE else np.float64))
        object.__setattr__(self, "samples", samples)

    def __len__(self) -> int:
        return int(self.samples.size)

    def mean(self) -> Value:
        """Return the expected value: a datetime (to the minute) for dates, else a float in ``unit``."""
        return self._value(self._pivot + self._mean_excess)

    def sd(self) -> float:
        """Return the standard deviation of the samples: 24-hour days for dates, else in ``unit``."""
        squares = np.square(self.samples - self._pivot - self._mean_excess)
        deviation = sqrt(ordered_sum(squares) / len(self))
        return deviation / DAY_MINUTES if self.unit == DATE else deviation

    def quantile(self, p: float) -> Value:
        """Return the value not exceeded with probability ``p``: P80 is ``quantile(0.80)``, and did occur (A1)."""
        check_share("p", p)
        return self._value(self.ordered[quantile_rank(len(self), p) - 1])

    def quantile_interval(self, p: float, confidence: float = CONFIDENCE) -> tuple[Value | None, Value | None]:
        """Return where the true quantile lies, given that only ``len(self)`` iterations were run (A2).

        Simulation error only: it says nothing of errors in the plan, the ranges or the risks. No distribution is
        assumed. An end is None where the iterations are too few to bound that side.
        """
        check_share("p", p)
        low, high = self.quantile_ranks(p, confidence)
        return (
            self._value(self.ordered[low - 1]) if low >= 1 else None,
            self._value(self.ordered[high - 1]) if high <= len(self) else None,
        )

    def quantile_ranks(self, p: float, confidence: float = CONFIDENCE) -> tuple[int, int]:
        """Return the ranks (low, high) of `quantile_interval` among the ordered samples; 0 or n + 1 have no sample."""
        if self.replicates == INDEPENDENT:
            return quantile_ranks(len(self), p, confidence)
        estimate = self.ordered[quantile_rank(len(self), p) - 1]
        return self.replicates.quantile_ranks(p, np.asarray(self.samples <= estimate), confidence)

    def probability(self, value: object) -> Probability:
        """Return the chance of an outcome at or below ``value``, with its interval (A3).

        For dates ``value`` is a datetime, a date or ISO text; a bare date means the end of that day (T5). For money it
        is a number or a text, ``"1.2M"``.
        """
        return Probability.among(self.meets(value), self.replicates)

    def meets(self, value: object) -> NDArray[np.bool_]:
        """Return for every iteration whether its outcome lies at or below ``value`` (as in ``probability``)."""
        return np.asarray(self.samples <= self._sample(value))

    def to_frame(self, levels: tuple[float, ...] = STEERING_LEVELS) -> pd.DataFrame:
        """Return one row a level: the quantile and its 95% simulation interval; dates are timestamps."""
        import pandas as pd

        rows = [(p, self.quantile(p), *self.quantile_interval(p)) for p in levels]
        frame = pd.DataFrame(rows, columns=["level", "quantile", "simulation_low", "simulation_high"])
        return frame.set_index("level")

    @cached_property
    def ordered(self) -> Samples:
        """The samples from small to large, in the unit of ``samples``; read-only."""
        ordered = np.sort(self.samples)
        ordered.flags.writeable = False
        return ordered

    def text(self, value: Value | None) -> str:
        """Return ``value`` as people write it: ``29 Jun 2029``, ``EUR 546M``; ``?`` where it is None."""
        if value is None:
            return "?"
        return day(value, self.start) if isinstance(value, datetime) else self._write(value)

    def __repr__(self) -> str:
        p50, p80, *target = map(figure_text, self.figures())
        told = "  ".join([self._level(0.10), p50, p80, self._level(0.90), *target])
        return f"<Forecast {self.label!r}: {told}  ({self._foot()})>"

    def _repr_html_(self) -> str:
        outer = f"{self._level(0.10)} · {self._level(0.90)}"
        return make_card(self.label, "Forecast", self.drawing(), self.figures(), outer, self._foot())

    def drawing(self) -> str:
        """Return the S-curve as SVG, with the target where there is one."""
        told = ", ".join(map(self._level, (0.50, 0.80)))
        return draw_s_curve(self.ordered.astype(np.float64), self.target, self.label, told)

    def figures(self) -> list[Figure]:
        """Return the card's figures: P50, P80 with its simulation error, and the target with its chance."""
        p50, p80 = self.text(self.quantile(0.50)), self.text(self.quantile(0.80))
        figures = [("P50", p50, True), (f"P80 {self.error_text(0.80)}".rstrip(), p80, True)]
        if self.target is not None:
            kept = int(np.count_nonzero(self.samples <= self.target)) / len(self)
            figures.append((f"Target {chance(kept)}", self.text(self._value(self.target)), False))
        return figures

    def _level(self, p: float) -> str:
        return f"{level_name(p)} {self.text(self.quantile(p))}"

    def _foot(self) -> str:
        return " · ".join(part for part in (iterations_text(len(self)), self.provenance) if part)

    def error_text(self, p: float) -> str:
        """Return half the width of the simulation interval, ``±2 d``, or nothing without an end or a width."""
        low, high = self.quantile_ranks(p)
        if low < 1 or high > len(self):
            return ""
        half = float(self.ordered[high - 1] - self.ordered[low - 1]) / 2
        if not half:
            return ""
        if self.unit == DATE:
            return said("{days} d", days=f"±{max(1, round(half / DAY_MINUTES))}")
        return f"±{money_format('', half, 25 * half)(half) if self.is_money else number(half, half)}"

    @property
    def is_money(self) -> bool:
        """Whether the values are amounts of money: in a currency, or without a unit."""
        return self.money or is_currency(self.unit) or not self.unit

    def _value(self, sample: float | np.int64 | np.float64) -> Value:
        return instant_of(round(float(sample))) if self.unit == DATE else float(sample)

    def _sample(self, value: object) -> float:
        """Return the sample that stands for ``value``."""
        if self.unit == DATE:
            return finish_minutes(value)
        return read_amount(self.label, self.unit, value)

    @cached_property
    def _pivot(self) -> float:
        return float(self.samples[0])

    @cached_property
    def _mean_excess(self) -> float:
        return ordered_sum(self.samples - self._pivot) / len(self)

    @cached_property
    def _write(self) -> Callable[[float], str]:
        low, high = (float(self.ordered[quantile_rank(len(self), p) - 1]) for p in (0.10, 0.90))
        if self.is_money:
            return money_format(self.unit, max(abs(low), abs(high)), high - low)
        return lambda value: f"{number(value, high - low)} {self.unit}"

    def _refuse(self, _other: object) -> NoReturn:
        raise ArgumentError(
            "forecasts are not added, subtracted or scaled: percentiles of a sum are not sums of percentiles; "
            "take the sum inside each iteration, from .samples of the same trials, and make a Forecast of it (A5)"
        )

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __array_ufunc__ = None


def ordered_sum(values: NDArray[np.float64]) -> float:
    """Return the sum in the order of the iterations, the same bits on every machine (R6)."""
    return float(np.add.accumulate(values)[-1])


def _frozen(samples: object, dtype: np.dtype[Any]) -> Samples:
    """Return ``samples`` as a read-only array of ``dtype``; a copy, unless they are that already."""
    if isinstance(samples, np.ndarray) and samples.dtype == dtype and not samples.flags.writeable:
        return samples
    copy = np.array(samples, dtype=dtype)
    copy.flags.writeable = False
    return copy


def _check_samples(label: str, samples: Samples) -> None:
    if samples.ndim != 1 or samples.size == 0:
        raise ArgumentError(f"forecast {label!r}: samples are one value an iteration, got shape {samples.shape}")
    bad = np.flatnonzero(~np.isfinite(samples))
    if bad.size:
        raise ArgumentError(
            f"forecast {label!r}: {bad.size} of {samples.size} samples are not finite, the first at iteration {bad[0]}"
        )
