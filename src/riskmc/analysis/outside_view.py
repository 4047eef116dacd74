"""Outside view: our forecast beside how comparable projects came out; laid over each other, never mixed.

The inside view is the simulation. The outside view takes our own base estimate, the plan, and multiplies it by the
ratios of actual to estimated of a reference class: what would come of us if we were one of them. It answers where our
P80 stands among its peers, and which uplift of the base the class asks for at a level of confidence. Sources: Kahneman
and Tversky (1979); Flyvbjerg (2006), Project Management Journal 37(3), 5-15; intervals: Wilson (1927), and order
statistics (David and Nagaraja 2003, 7.1) of the class, for small classes are what they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from riskmc.analysis.reference_class import ReferenceClass, reference_class
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast, Probability, Value
from riskmc.forecast.amount import read_amount
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.instant import finish_minutes, instant_of, minutes_of
from riskmc.forecast.outcome import DATE
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

LEVELS = (0.50, 0.80, 0.90)
FEW = 20  # projects below which the class says little of its own tail


class Standing(NamedTuple):
    """Where one of our figures stands: ``ratio`` to the base, and the share of the class that came out no worse."""

    name: str
    value: Value
    ratio: float
    share: Probability


class Uplift(NamedTuple):
    """What the class asks for at a level: its ratio, the ends of the interval (None: unbounded), and what it makes."""

    level: float
    ratio: float
    low: float | None
    high: float | None
    value: Value
    value_low: Value | None
    value_high: Value | None


@dataclass(frozen=True, eq=False, repr=False)
class OutsideView(Shown):
    """A forecast and a reference class on one axis.

    Parameters
    ----------
    forecast : Forecast
        Ours: a finish, or a cost.
    reference : ReferenceClass
    base : date or amount
        Our estimate that the ratios of the class apply to: the plan, unless another was given.
    start : datetime or None
        From where durations count; None for a cost.
    """

    forecast: Forecast
    reference: ReferenceClass
    base: Value
    start: Value | None
    foot: str = ""

    def standings(self, levels: Sequence[float] = LEVELS) -> list[Standing]:
        """Return where the base, our percentiles and our target stand in the class."""
        told: list[tuple[str, Value]] = [("Base", self.base)]
        told += [(level_name(p), self.forecast.quantile(p)) for p in levels]
        if self.forecast.target is not None:
            told.append(("Target", self._value(self.forecast.target)))
        return [self.standing(name, value) for name, value in told]

    def standing(self, name: str, value: Value) -> Standing:
        """Return where a date or an amount stands in the class."""
        ratio = self.ratio(value)
        return Standing(name, value, ratio, self.reference.share(ratio))

    def ratio(self, value: Value) -> float:
        """Return a date (its time from the start) or an amount as a ratio to the base."""
        return (_number(value) - self._origin) / (_number(self.base) - self._origin)

    def uplifts(self, levels: Sequence[float] = LEVELS) -> list[Uplift]:
        """Return what the class asks for at each level, as a ratio to the base and as a date or an amount."""
        found = []
        for p in levels:
            ratio, (low, high) = self.reference.quantile(p), self.reference.quantile_interval(p)
            ends = [None if end is None else self._at(end) for end in (low, high)]
            found.append(Uplift(p, ratio, low, high, self._at(ratio), ends[0], ends[1]))
        return found

    @cached_property
    def peers(self) -> Forecast:
        """The class as a forecast of ours: the base multiplied by each of its ratios; no simulation, no error of it."""
        samples = self._origin + self.reference.ratios * (_number(self.base) - self._origin)
        kept = np.round(samples).astype(np.int64) if self.forecast.unit == DATE else samples
        return replace(self.forecast, label=self.reference.name, samples=kept, provenance=self.reference.note)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a figure of ours: its ratio to the base, and its percentile in the class with interval."""
        import pandas as pd

        rows = [(s.name, s.value, s.ratio, s.share.value, s.share.low, s.share.high) for s in self.standings()]
        columns = ["figure", "value", "ratio_to_base", "class_share", "class_share_low", "class_share_high"]
        return pd.DataFrame(rows, columns=columns)

    def needed(self) -> pd.DataFrame:
        """Return one row a level: the ratio of the class with its interval, and the date or amount that it makes."""
        import pandas as pd

        columns = ["level", "ratio", "ratio_low", "ratio_high", "value", "value_low", "value_high"]
        return pd.DataFrame(self.uplifts(), columns=columns)

    def _card(self) -> Card:
        """Return what a notebook shows: our percentiles, and the share of the peers that stayed below each."""
        rows = [(one.name, self.forecast.text(one.value), _place(one.share)) for one in self.standings()]
        table = Table(("", "place"), rows)
        told = f"place: among {self.reference.told}"
        note = "inside and outside view are not mixed"
        return Card(self.forecast.label, "Outside view", (), table, (told,), note, self.foot)

    @property
    def _origin(self) -> float:
        return 0.0 if self.start is None else _number(self.start)

    def _at(self, ratio: float) -> Value:
        return self._value(self._origin + ratio * (_number(self.base) - self._origin))

    def _value(self, number: float) -> Value:
        return instant_of(round(number)) if self.forecast.unit == DATE else float(number)


def outside_view(
    trials: Trials,
    reference: ReferenceClass | Iterable[float] | str | os.PathLike[str],
    *,
    of: Literal["finish", "cost"] = "finish",
    base: object = None,
    column: str | None = None,
) -> OutsideView:
    """Return our forecast beside a reference class of projects that are done.

    Parameters
    ----------
    trials : Trials
    reference : ReferenceClass, iterable of float, path or str
        What `reference_class` takes: ratios, a table, or a distribution.
    of : {"finish", "cost"}
        What the ratios are of: the time from the program's start to its finish, or its cost.
    base : optional
        The date or amount that the ratios apply to; default the plan's own. Where the class counts from the decision
        to build, give what was approved then.
    column : str, optional
        The column of the table, where several fit.

    Raises
    ------
    ArgumentError, InputError
        The class makes no sense, the base lies before the start, or there is no money.
    """
    if of not in ("finish", "cost"):
        raise ArgumentError(f"outside_view: of is finish or cost, got {of!r}")
    found, foot = reference_class(reference, column), f"{iterations_text(len(trials))} · {trials.provenance}"
    if of == "cost":
        amount = _amount(trials, base)
        return OutsideView(trials.cost(), found, amount, None, foot)
    finish = instant_of(trials.plan.finish if base is None else finish_minutes(base))
    if finish <= trials.start:
        raise ArgumentError(
            f"outside_view: the base, {finish:%Y-%m-%d}, is not after the start, {trials.start:%Y-%m-%d}"
        )
    return OutsideView(trials.finish(), found, finish, trials.start, foot)


def _amount(trials: Trials, base: object) -> float:
    """Return the amount that ratios of cost apply to."""
    amount = trials.plan.cost_cents / CENTS if base is None else read_amount("base", trials.currency, base)
    if amount <= 0:
        raise ArgumentError(f"outside_view: of cost, the base is an amount above 0, got {amount:g}")
    return amount


def _number(value: Value) -> float:
    return float(minutes_of(value)) if isinstance(value, datetime) else float(value)


def _place(share: Probability) -> str:
    return level_name(round(share.value, 2))
