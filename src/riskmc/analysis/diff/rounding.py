"""Shares of a movement in printed digits that add up to the movement as it is printed (largest remainder)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from riskmc.analysis.diff.program_diff import FINISH, ProgramDiff
from riskmc.analysis.shapley import apportioned
from riskmc.forecast.differences import signed, signed_money
from riskmc.forecast.figures import Money, money_format
from riskmc.forecast.language import said
from riskmc.forecast.written import Written

_FINE = 10.0  # days below which shares are told in tenths


@dataclass(frozen=True)
class RoundedShares:
    """Whole steps of every group of changes, ``parts``, and of the movement, ``total``; ``step`` days or money each."""

    parts: tuple[int, ...]
    total: int
    step: float
    money: Money | None

    def text(self, part: int) -> Written:
        """Return some steps in words: ``−16 d``, ``+EUR 1.2M``."""
        if self.money is None:
            days = part * self.step
            digits = signed(days, 0 if self.step == 1 or not part else 1)
            return Written(said("{days} d", days=digits), days, "days")
        return signed_money(part * self.step, self.money)

    def interval(self, low: float | None, high: float | None) -> str:
        """Return both ends of the interval of a share in the digits of the shares; nothing where it is not known."""
        if low is None or high is None:
            return ""
        ends = [self._bare(end) for end in (low, high)]
        unit = said("{days} d", days="") if self.money is None else self.money.ending
        return f"{ends[0]}{unit}" if ends[0] == ends[1] else said("{low} to {high}", low=ends[0], high=ends[1] + unit)

    def _bare(self, end: float) -> str:
        if self.money is None:
            return signed(end, 0 if self.step == 1 else 1)
        return signed_money(end, replace(self.money, currency="", suffix=""))


def rounded_shares(diff: ProgramDiff, outcome: str, measure: str) -> RoundedShares:
    """Return the shares of all groups of changes in whole steps, in the order of the groups."""
    values = [group.share(outcome, measure).value for group in diff.groups]
    total = diff.moved(outcome, measure).value
    largest = max(abs(value) for value in (total, *values))
    money = None if outcome == FINISH else money_format(diff.old.currency, largest, largest)
    step = (1.0 if largest >= _FINE else 0.1) if money is None else money.scale / 10**money.decimals
    whole = round(total / step)
    parts = apportioned(np.array(values) / step, whole)
    return RoundedShares(tuple(parts.tolist()), whole, step, money)
