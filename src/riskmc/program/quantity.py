"""Quantities as an analyst writes them: ``15d``, ``120k``, ``35%``, ``95/h``; and sizes, certain or uncertain.

A quantity keeps the unit it was written in. It becomes minutes, cents or a factor only at the compile step,
because a day's length belongs to the calendar of the activity that uses it (semantics T2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

WORKING_UNITS = ("min", "h", "d", "w", "mo", "y")
ELAPSED_UNITS = tuple("e" + unit for unit in WORKING_UNITS)

Operation = Literal["", "x", "+"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit it was written in: "" (money or a bare number), "%" (35% is 0.35), "d", "ed" ..."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """A value or a distribution of values, as written: ``20d``, ``pert(15d 20d 40d)``, ``x normal(100% 8%)``.

    ``family`` is None for a certain value, which then stands alone in ``parameters`` under the name "value".
    ``parameters`` holds (name, quantity) in canonical order, e.g. (("low", 15d), ("mode", 20d), ("high", 40d)).
    ``discrete`` has ("value", q), ("probability", q) alternating; ``empirical`` has ("value", q) repeated.
    ``operation`` is "x" (multiplies), "+" (adds) or "" (is).
    """

    family: str | None
    parameters: tuple[tuple[str, Quantity], ...]
    clip: tuple[Quantity, Quantity] | None = None
    operation: Operation = ""

    @property
    def certain(self) -> bool:
        """True where the size is one value."""
        return self.family is None

    @property
    def value(self) -> Quantity:
        """The one value of a certain size."""
        return self.parameters[0][1]


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount per unit of time, as written: ``95/h`` (money), ``0.8/y`` (occurrences)."""

    amount: float
    unit: str = field(default="h")
