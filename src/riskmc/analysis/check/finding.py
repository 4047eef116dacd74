"""Findings: what a check of a program found, rule by rule, as data: place, figure, reason, effect on P80."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from riskmc.analysis.paired import Difference
from riskmc.forecast.card import Card, Shown
from riskmc.forecast.figures import MINUS, number
from riskmc.forecast.written import Written
from riskmc.program.plain_words import Place

Severity = Literal["wrong", "doubtful", "to know"]
SEVERITIES: tuple[Severity, ...] = ("wrong", "doubtful", "to know")
Unit = Literal["", "d", "share", "%"]


@dataclass(frozen=True)
class Effect:
    """What P80 does when everything that a rule found is put right together, or relaxed: ``change`` says how.

    ``finish_days`` is in 24-hour days, above 0 where P80 moves later; ``cost`` in currency units. ``findings`` is the
    number of findings changed together: the effect is theirs jointly, not each one's.
    """

    change: str
    findings: int
    finish_days: Difference
    cost: Difference

    @property
    def size(self) -> float:
        """How many days P80 moves, either way; 0 where that cannot be told from simulation error."""
        return abs(self.finish_days.value) if self.finish_days.told_apart else 0.0


@dataclass(frozen=True, repr=False)
class Finding(Shown):
    """One thing that is wrong, doubtful or worth knowing in a program.

    Parameters
    ----------
    rule : str
        Identifier of the rule, such as "open-end"; docs/guide/check.md explains each.
    severity : {"wrong", "doubtful", "to know"}
    place : str
        Path of the activity, risk, range or word: "build.dig", "risks.soil", "ranges[2]".
    detail : str
        The thing itself in a few words: the link, the range, the date, or what the activity is called.
    value, unit : float, str
        The figure: days of the activity's calendar ("d"), a share of the iterations ("share"), a share of something
        else ("%"), a count (""). None where there is no number.
    reason : str
        Why it is found, in a sentence.
    file, line : optional
        Where it stands, where the program remembers the file it was read from.
    effect : Effect, optional
        The paired effect on P80 of all findings of the rule together, where a paired run can tell.
    alone : Effect, optional
        That of this finding by itself, for the few of a rule that matter most.
    threshold : float, optional
        The mark that ``value`` is beyond, where the rule has one.
    """

    rule: str
    severity: Severity
    place: str
    detail: str
    reason: str
    value: float | None = None
    unit: Unit = ""
    at: Place = field(default=(), repr=False)
    file: str | None = None
    line: int | str | None = None
    effect: Effect | None = None
    alone: Effect | None = None
    threshold: float | None = None

    def _card(self) -> Card:
        """Return what a notebook shows: what was found, where, why, and what it does to P80."""
        days = self.effect_days
        moved = "" if days is None else f"{days:+.1f} d".replace("-", MINUS)
        figures = [("", self.severity, False), ("figure", self.figure, False), ("P80 moves", moved, True)]
        where = ":".join(str(part) for part in (self.file, self.line) if part)
        return Card(self.rule, "Finding", figures, None, (self.place, self.detail, self.reason), "", where)

    @property
    def effect_days(self) -> float | None:
        """Days by which P80 moves with all findings of this rule put right, or None where no run can tell."""
        return None if self.effect is None else self.effect.finish_days.value

    @property
    def figure(self) -> str:
        """The figure as people write it: ``−10 d``, ``35%``, ``12``."""
        if self.value is None or not isfinite(self.value):
            return ""
        if self.unit in ("share", "%"):
            return percent_text(self.value, self.unit == "share")
        told = number(self.value, 25 if self.value == round(self.value) else 2.5)
        return Written(f"{told} d", self.value, "days") if self.unit == "d" else told

    @property
    def where(self) -> str:
        """File and line, ``program.yaml:41``; nothing where they are not known."""
        return f"{self.file}:{self.line}" if self.file and self.line else ""


def percent_text(share: float, simulated: bool = True) -> Written:
    """Return a share in whole percents; what was seen at least once is never 0%, what was missed once never 100%."""
    percent = round(100 * share)
    if simulated and 0 < share < 1:
        told = "<1%" if percent < 1 else ">99%" if percent > 99 else f"{percent}%"
        return Written(told, share, "chance")
    return Written(f"{percent}%".replace("-", MINUS), share, "chance")
