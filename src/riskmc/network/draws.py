"""The variables of a program: every random number has one stable name, and every size drawn from it has one row.

A *score* is a variable's normal score, one row per name. A *value* is a size computed from a score: minutes, factors
(float32) or cents (float64). Several values may share one score (a size converted by each calendar's own day).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from riskmc.distributions import Distribution

CENTS = 100.0  # in one unit of currency


@dataclass(slots=True)
class Draws:
    """The names and sizes met while a program is compiled."""

    scores: dict[str, int] = field(default_factory=dict)
    values: list[tuple[int, Distribution, float, float]] = field(default_factory=list)
    cents: list[tuple[int, Distribution, float, float]] = field(default_factory=list)

    def score(self, name: str) -> int:
        """Return the row of the variable's normal score."""
        return self.scores.setdefault(name, len(self.scores))

    def value(self, name: str, spread: Distribution, scale: float = 1.0, offset: float = 0.0) -> int:
        """Return the row of ``offset`` plus ``scale`` times a draw from ``spread`` (minutes, or a factor)."""
        self.values.append((self.score(name), spread, scale, offset))
        return len(self.values) - 1

    def money(self, name: str, spread: Distribution, scale: float = CENTS) -> int:
        """Return the row of ``scale`` times a draw from ``spread`` (cents: the spread is in whole currency units)."""
        self.cents.append((self.score(name), spread, scale, 0.0))
        return len(self.cents) - 1
