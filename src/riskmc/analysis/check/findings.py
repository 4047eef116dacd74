"""Findings: the answer of a check, a frozen sequence with a notebook card; data, not prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, overload

from riskmc.analysis.check.dcma import Point
from riskmc.analysis.check.effects import P80, Variant
from riskmc.analysis.check.finding import SEVERITIES, Effect, Finding
from riskmc.analysis.check.practices import Practice
from riskmc.analysis.check.registry import RULE
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import span
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Findings(Shown, Sequence[Finding]):
    """What a check found, the gravest first, in the order of the rules and of the program.

    Parameters
    ----------
    items : tuple of Finding
    trials : Trials
        The program as given, whose P80 every effect is measured from.
    correlations : sequence of (coefficient, Variant)
        The program with every pair of estimates at that coefficient: what P80 would be at 0 and at 0.3.
    file : optional
        The program file, where the program was read from one.
    dcma : tuple of Point
        The DCMA's 14 points: figure, threshold and verdict of each.
    gao : tuple of Practice
        What the file shows of the GAO's ten best practices.
    """

    items: tuple[Finding, ...]
    trials: Trials
    correlations: Sequence[tuple[float, Variant]] = ()
    file: str | None = None
    dcma: tuple[Point, ...] = ()
    gao: tuple[Practice, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no point of the gate fails; a point that the file cannot tell of fails nothing."""
        return not self.failed

    @property
    def failed(self) -> tuple[Point, ...]:
        """The points of the gate that fail."""
        return tuple(point for point in self.dcma if point.passed is False)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """Return one finding, or several."""
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def of(self, rule: str) -> tuple[Finding, ...]:
        """Return the findings of one rule."""
        return tuple(finding for finding in self.items if finding.rule == rule)

    def counts(self) -> dict[str, int]:
        """Return how many findings each rule has, by its identifier; rules that found nothing are left out."""
        return dict(Counter(finding.rule for finding in self.items))

    def effects(self) -> dict[str, Effect]:
        """Return the effect of each rule that has one, the largest first."""
        told = {finding.rule: finding.effect for finding in self.items if finding.effect is not None}
        return dict(sorted(told.items(), key=lambda item: -item[1].size))

    def p80(self) -> datetime:
        """Return the P80 finish of the program as given."""
        found = self.trials.finish().quantile(P80)
        assert isinstance(found, datetime)
        return found

    def to_frame(self) -> pd.DataFrame:
        """Return one row a finding; ``effect_days`` is the paired effect on P80 of all findings of its rule together.

        ``alone_days`` is that of the finding by itself, for the few of a rule that were run alone.
        """
        import pandas as pd

        columns = ("rule", "severity", "place", "detail", "value", "unit", "threshold", "reason", "file", "line")
        rows = [
            {
                **{word: getattr(finding, word) for word in columns},
                **_effect_cells(finding.effect),
                "alone_days": None if finding.alone is None else finding.alone.finish_days.value,
            }
            for finding in self.items
        ]
        return pd.DataFrame(
            rows, columns=[*columns, "effect_days", "effect_low", "effect_high", "effect_of", "alone_days"]
        )

    def _card(self) -> Card:
        """Return what a notebook shows: the rules that found something, what is wrong first, then what moves P80."""
        severities = Counter(finding.severity for finding in self.items)
        figures = [(word.capitalize(), f"{severities[word]:,}", False) for word in SEVERITIES]
        counts = self.counts()
        rows = [(RULE[rule].counted(counts[rule]), _days(self.of(rule)[0].effect)) for rule in self._ranked()]
        foot = f"effect on P80, {len(self.trials):,} iterations · {self.trials.provenance}"
        table = Table(("P80 with it put right",), rows) if rows else None
        return Card(self.trials.program.program, "Check", figures, table, (self._gate(),), "", foot)

    def _gate(self) -> str:
        """Return how many points of the gate pass, and how many cannot be told."""
        untold = sum(point.passed is None for point in self.dcma)
        told = len(self.dcma) - untold
        return f"{told - len(self.failed)} of {told} DCMA points pass, {untold} cannot be told" if self.dcma else ""

    def _ranked(self) -> list[str]:
        first = {rule: self.of(rule)[0] for rule in self.counts()}
        sizes = {rule: found.effect.size if found.effect is not None else 0.0 for rule, found in first.items()}
        return sorted(first, key=lambda rule: (first[rule].severity != "wrong", -sizes[rule]))


def _days(effect: Effect | None) -> str:
    if effect is None or not effect.finish_days.told_apart:
        return ""
    value = effect.finish_days.value
    return f"{span(value)} {'later' if value > 0 else 'earlier'}"


def _effect_cells(effect: Effect | None) -> dict[str, object]:
    if effect is None:
        return {"effect_days": None, "effect_low": None, "effect_high": None, "effect_of": None}
    days = effect.finish_days
    return {"effect_days": days.value, "effect_low": days.low, "effect_high": days.high, "effect_of": effect.change}
