"""Drivers as a result: the share of every risk in P80, and what is gained without it; tables in days and in money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from riskmc.analysis.drivers.digits import Days, Digits, amounts
from riskmc.analysis.drivers.order import Removal
from riskmc.analysis.drivers.view import Outcome, View
from riskmc.analysis.paired import Difference
from riskmc.analysis.shapley import apportioned
from riskmc.analysis.units import interval_columns, money_column
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.differences import UNKNOWN, days_apart, money_apart
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import Phrase, said
from riskmc.forecast.written import Written
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

RISK = "risk"
_SHOWN = 5  # drivers in a repr and on a card


@dataclass(frozen=True)
class Driver:
    """One risk, or another source of uncertainty: ``id`` among those of its ``kind``, and what to call it.

    ``finish_days`` and ``cost`` are its shares: positive is delay or cost that it adds; None for all but risks, and
    where shares were not asked for. ``removal_finish_days`` and ``removal_cost`` are what is gained without it:
    positive is earlier or cheaper. Days have 24 hours, money is in currency units.
    """

    id: str
    kind: str
    name: str
    finish_days: Difference | None
    cost: Difference | None
    removal_finish_days: Difference
    removal_cost: Difference
    occurred: float | None = None

    @property
    def called(self) -> str:
        """Its name; that of a source which the program does not name is in the language in force."""
        return said(self.name) if isinstance(self.name, Phrase) else self.name


@dataclass(frozen=True, eq=False, repr=False)
class Drivers(Shown):
    """Every risk, the largest share of the finish first, then every other source, the largest removal effect first.

    ``finish_order`` and ``cost_order`` say which risk to remove first, which next, and what is left then.
    ``shared``: shares were asked for; ``pairs`` is the number of antithetic pairs of orders that they are from, 0 for
    all subsets of the risks. ``base`` and ``riskless`` are the outcomes with everything, and without the risks.
    """

    trials: Trials
    view: View
    drivers: tuple[Driver, ...]
    base: Outcome
    riskless: Outcome
    finish_order: tuple[Removal, ...]
    cost_order: tuple[Removal, ...]
    shared: bool
    pairs: int

    @property
    def percentile(self) -> float:
        """The percentile whose delay is explained: 0.80 for P80."""
        return self.view.percentile

    @property
    def place(self) -> str:
        """The name of what finishes: the program, a project, a milestone."""
        return name_of(self.trials.program, self.view.place)

    @cached_property
    def risks(self) -> tuple[Driver, ...]:
        """The risks, the largest share of the finish first."""
        return tuple(driver for driver in self.drivers if driver.kind == RISK)

    @cached_property
    def others(self) -> tuple[Driver, ...]:
        """All other sources of uncertainty, the largest removal effect on the finish first."""
        return tuple(driver for driver in self.drivers if driver.kind != RISK)

    def __len__(self) -> int:
        return len(self.drivers)

    def __getitem__(self, name: str) -> Driver:
        """Return a risk or another source by its identifier or its name; risks first."""
        found = [driver for driver in self.drivers if name == driver.id]
        found += [driver for driver in self.drivers if name == driver.name]
        if not found:
            raise ArgumentError(f"there is no driver {name!r}; the first ones are {', '.join(self._first())}")
        return found[0]

    @cached_property
    def total_days(self) -> Difference:
        """How many days later the percentile of the finish is with all risks than with none: the sum of the shares."""
        return self.view.days(self.riskless, self.base)

    @cached_property
    def total_cost(self) -> Difference:
        """How much dearer the percentile of the cost is with all risks than with none, in currency units."""
        return self.view.money(self.riskless, self.base)

    def digits(self, by: str) -> Digits:
        """Return how levels of the "finish" or of the "cost" are printed, and the parts between them."""
        if by == "finish":
            return Days(self.trials.start_at(self.view.place))
        low, high = self.levels("cost")
        plan = self.trials.plan
        planned = plan.project_cost.get(self.view.place, plan.cost_cents)
        return amounts(self.trials.currency, high, (high - low) or (high - planned))

    def texts(self, by: str, told: Difference) -> tuple[str, str]:
        """Return a difference in days or in money and its interval as people write them; ``0`` if exactly nothing."""
        if told == (0, 0, 0):
            return Written("0", 0.0, "number"), ""
        return days_apart(*told.parts) if by == "finish" else money_apart(self.trials.currency, *told.parts)

    def levels(self, by: str) -> tuple[int, int]:
        """Return the percentile without risks and with all, of the finish in minutes since 1970, the cost in cents."""
        place = ("finish", "cost").index(by)
        return self.view.levels(self.riskless)[place], self.view.levels(self.base)[place]

    def whole_shares(self, by: str) -> dict[str, int]:
        """Return the shares of the risks in whole printed units, adding up to what lies between the printed levels.

        That is the same number wherever the share of a risk is shown.
        """
        digits, (low, high) = self.digits(by), self.levels(by)
        told = {driver.id: share.value for driver in self.risks if (share := share_of(driver, by)) is not None}
        parts = np.array(list(told.values()), np.float64) / digits.unit
        return dict(zip(told, apportioned(parts, digits.level(high) - digits.level(low)).tolist(), strict=True))

    def share_texts(self, risk: Driver, by: str) -> tuple[str, str]:
        """Return a share and its interval in the digits in which shares add up; no interval of exactly nothing."""
        share = share_of(risk, by)
        assert share is not None
        return self.in_digits(by, self.whole_shares(by)[risk.id], share)

    def total_texts(self, by: str, gone: bool = False) -> tuple[str, str]:
        """Return the sum of the shares and its interval in the same digits; or what changes with all risks ``gone``."""
        low, high = (self.digits(by).level(end) for end in self.levels(by))
        total = self.total_days if by == "finish" else self.total_cost
        return self.in_digits(by, low - high, total.turned()) if gone else self.in_digits(by, high - low, total)

    def in_digits(self, by: str, whole: int, told: Difference) -> tuple[str, str]:
        """Return a part of ``whole`` printed units and its interval in these; no interval of exactly nothing."""
        digits, (value, low, high) = self.digits(by), told
        if low is None or high is None:
            return digits.text(whole), said(UNKNOWN)
        ends = min(round(low / digits.unit), whole), max(round(high / digits.unit), whole)
        return digits.text(whole), "" if value == low == high == 0 else digits.range(*ends)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a risk or other source: shares and removal effects in days and in money, with 95% intervals.

        ``finish_days`` is its share of the delay, not what removing it saves; that is ``removal_finish_days``.
        """
        import pandas as pd

        cost, removal = money_column("cost", self.trials), money_column("removal_cost", self.trials)
        rows = [
            {
                "driver": driver.id,
                "kind": driver.kind,
                "name": driver.name,
                "occurred": driver.occurred,
                **interval_columns("finish_days", driver.finish_days),
                **interval_columns(cost, driver.cost),
                **interval_columns("removal_finish_days", driver.removal_finish_days),
                **interval_columns(removal, driver.removal_cost),
            }
            for driver in self.drivers
        ]
        return pd.DataFrame(rows).set_index("driver") if rows else pd.DataFrame()

    def head(self, n: int = 10) -> pd.DataFrame:
        """Return the first ``n`` rows of the table: the risks with the largest shares of the delay."""
        return self.to_frame().head(n)

    def order(self, by: str = "finish") -> pd.DataFrame:
        """Return the risks in the order in which to remove them for the "finish" or the "cost": the best, the next.

        ``gain`` and ``together`` are what each removal gains on top of those before it, and all so far: in days of 24
        hours, or in currency units.
        """
        import pandas as pd

        check_by(by)
        steps = self.finish_order if by == "finish" else self.cost_order
        unit = "days" if by == "finish" else (self.trials.currency or "amount")
        level = "finish" if by == "finish" else money_column("cost", self.trials)
        rows = [
            {
                "risk": step.risk,
                level: _level(by, step.level),
                **interval_columns(f"gain_{unit}", step.gain),
                **interval_columns(f"together_{unit}", step.together),
            }
            for step in steps
        ]
        return pd.DataFrame(rows)

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: the first drivers, with their share and what is gained without them."""
        level = level_name(self.percentile)
        rows = [(driver.name, *_told(self, driver)) for driver in self.drivers[:_SHOWN]]
        figures = [("all risks", self.texts("finish", self.total_days)[0], True)]
        note = "shares are parts of the delay, not savings; without it: what is gained where it cannot happen"
        table = Table(("share", "without it"), rows)
        return Card(f"{level} {self.place}", "Drivers", figures, table, (), note, self.foot)

    def _first(self) -> list[str]:
        return [driver.id for driver in self.drivers[:5]]


def check_by(by: str) -> None:
    """Refuse what is neither "finish" nor "cost"."""
    if by not in ("finish", "cost"):
        raise ArgumentError(f"by is finish or cost, got {by!r}")


def share_of(driver: Driver, by: str) -> Difference | None:
    """Return the share of a risk in the "finish" or the "cost"."""
    return driver.finish_days if by == "finish" else driver.cost


def removal_of(driver: Driver, by: str) -> Difference:
    """Return what is gained without a driver, in the "finish" or the "cost"."""
    return driver.removal_finish_days if by == "finish" else driver.removal_cost


def _level(by: str, level: int) -> object:
    return instant_of(level) if by == "finish" else level / CENTS


def _told(drivers: Drivers, driver: Driver) -> tuple[str, str]:
    """Return the share of a driver in days, if it has one, and what is gained without it."""
    gone = drivers.texts("finish", driver.removal_finish_days.turned())[0]
    if driver.finish_days is None:
        return "", gone
    return drivers.digits("finish").text(drivers.whole_shares("finish")[driver.id]), gone
