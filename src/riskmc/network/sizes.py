"""Sizes as written (`pert(15d 20d 40d)`) become distributions of minutes, cents or factors."""

from __future__ import annotations

from collections.abc import Callable

from riskmc.distributions import Distribution, distribution, elicited
from riskmc.program.quantity import ELAPSED_UNITS, Quantity, Size

Number = Callable[[Quantity], float]
_PLAIN = frozenset({"a", "b", "shape", "plow", "phigh", "probability"})


def spread(size: Size, number: Number, elicited_as: str | None = None) -> Distribution:
    """Return the distribution of a size, its quantities turned to numbers by ``number``.

    Shape parameters and probabilities have no unit and pass as they are. ``elicited_as`` other than "min-max" reads
    low and high as percentiles (K8). Raises ArgumentError where the parameters break a rule of the family.
    """
    if size.family is None:
        return distribution("constant", [("value", number(size.value))], None)
    parameters = [(name, quantity.value if name in _PLAIN else number(quantity)) for name, quantity in size.parameters]
    clip = None if size.clip is None else (number(size.clip[0]), number(size.clip[1]))
    return elicited(size.family, parameters, elicited_as, clip)


def is_elapsed(size: Size) -> bool:
    """True where the size is written in elapsed units (``30ed``)."""
    return not {quantity.unit for _, quantity in size.parameters}.isdisjoint(ELAPSED_UNITS)


def central(spread_of: Distribution) -> float:
    """Return the mode, else the median: the single value that stands for a distribution (P1)."""
    mode = spread_of.mode()
    return spread_of.median() if mode is None else mode
