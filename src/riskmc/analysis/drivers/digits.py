"""Digits: the whole days and the round amounts in which levels are printed, so that parts can add up in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from riskmc.forecast.differences import signed, signed_money
from riskmc.forecast.figures import MINUS, Money, day, finish_day, money_format, span
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import said
from riskmc.forecast.written import Written
from riskmc.simulation.trials import CENTS

_STEPS = 100  # printed steps of money between a level without risks and with all, at least


@dataclass(frozen=True)
class Days:
    """Levels as days of the calendar; ``start`` is up to when a date is that of a start (T5)."""

    start: datetime
    unit = 1.0  # of a difference in days

    def level(self, minutes: int) -> int:
        """Return the day to which a finish belongs, counted from a fixed one."""
        return finish_day(instant_of(minutes), self.start).toordinal()

    def level_text(self, minutes: int) -> Written:
        """Return the day of a finish, ``29 Jun 2029``."""
        return day(instant_of(minutes), self.start)

    def text(self, whole: int) -> Written:
        """Return a number of days with its sign, ``+43 d``."""
        return Written(said("{days} d", days=signed(whole)), float(whole), "days")

    def size(self, whole: int) -> Written:
        """Return a number of days in words, ``43 days``, with a minus sign where it is below nothing."""
        return Written(f"{MINUS if whole < 0 else ''}{span(whole)}", float(whole), "days")

    def range(self, low: int, high: int) -> str:
        """Return the ends of an interval, ``+41 to +45 d``."""
        if low >= high:
            return self.text(low)
        return said("{low} to {high}", low=signed(low), high=self.text(high))


@dataclass(frozen=True)
class Amounts:
    """Levels as amounts of one format."""

    money: Money

    def level(self, cents: int) -> int:
        """Return an amount in steps of the last printed digit."""
        return round(cents / (CENTS * self.unit))

    def level_text(self, cents: int) -> Written:
        """Return an amount, ``EUR 742.3M``."""
        return self.money(self.level(cents) * self.unit)

    def text(self, whole: int) -> Written:
        """Return a number of steps as an amount with its sign, ``+EUR 1.2M``."""
        return signed_money(whole * self.unit, self.money)

    def size(self, whole: int) -> Written:
        """Return a number of steps as an amount, ``EUR 1.2M``, with a minus sign where it is below nothing."""
        return self.money(whole * self.unit)

    def range(self, low: int, high: int) -> str:
        """Return the ends of an interval, ``+1.1 to +1.3M``."""
        bare = replace(self.money, currency="", suffix="")
        ends = [signed_money(end * self.unit, bare) for end in (low, high)]
        told = said("{low} to {high}", low=ends[0], high=ends[1]) if low < high else ends[0]
        return told + self.money.ending

    @property
    def unit(self) -> float:
        """The last printed digit, in currency units."""
        return self.money.scale * 10.0**-self.money.decimals


Digits = Days | Amounts


def amounts(currency: str, largest: int, apart: int) -> Amounts:
    """Return the format of amounts as large as ``largest`` cents, in which ``apart`` cents are a hundred steps."""
    return Amounts(money_format(currency, largest / CENTS, 25 * abs(apart) / CENTS / _STEPS or inf))
