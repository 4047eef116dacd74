"""Any other distribution of scipy.stats, by its name and parameters, through its quantile function."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.discrete import of_weights
from riskmc.distributions.parameters import Parameters
from riskmc.errors import ArgumentError

_MOST_STEPS = 10_000
_REST = 1e-10


@dataclass(frozen=True)
class ScipyFamily(Distribution):
    """``scipy.stats.name(*shapes, loc, scale)``."""

    name: str
    shapes: tuple[float, ...]
    loc: float
    scale: float
    law: Any = field(compare=False, repr=False)

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        return np.asarray(self.law.ppf(u), dtype=float)

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        return np.asarray(self.law.cdf(x), dtype=float)

    def mean(self) -> float:
        """Return the expected value."""
        return float(self.law.mean())

    def sd(self) -> float:
        """Return the standard deviation."""
        return float(self.law.std())

    def mode(self) -> None:
        """Return None: scipy.stats does not tell it."""
        return

    def support(self) -> tuple[float, float]:
        """Return the least and the greatest possible value."""
        low, high = self.law.support()
        return float(low), float(high)

    def standard(self) -> Standard:
        """Return a smooth curve, stretched."""
        return Standard("smooth", (), self.loc, self.scale)

    def unit(self) -> Distribution:
        """Return the family with loc 0 and scale 1."""
        return ScipyFamily(self.name, self.shapes, 0.0, 1.0, self.law.dist(*self.shapes))


def scipy_family(name: str, parameters: Parameters) -> Distribution:
    """Return the distribution of scipy.stats called ``name``.

    Parameters are the family's own, by name, or ``arg0``, ``arg1`` ... in scipy's order; loc and scale as in scipy. A
    family of whole numbers becomes a discrete distribution.
    """
    from scipy import stats  # half a second: only a program that names such a family pays it

    family = getattr(stats, name, None)
    if not isinstance(family, stats.rv_continuous | stats.rv_discrete):
        raise ArgumentError(f"unknown distribution {name!r}")
    continuous = isinstance(family, stats.rv_continuous)
    shapes = [shape.strip() for shape in (family.shapes or "").split(",") if shape.strip()]
    order = [*shapes, "loc", "scale"] if continuous else [*shapes, "loc"]
    given = _by_name(name, parameters, order)
    missing = [shape for shape in shapes if shape not in given]
    if missing:
        raise ArgumentError(f"{name} needs {', '.join(shapes)}; {', '.join(missing)} is missing")
    return _checked(name, family(**given), given, shapes, continuous)


def _by_name(name: str, parameters: Parameters, order: list[str]) -> dict[str, float]:
    """Return the parameters by scipy's own names."""
    given: dict[str, float] = {}
    for word, value in parameters:
        position = int(word[3:]) if word.startswith("arg") and word[3:].isdecimal() else None
        own = word if position is None else order[position] if position < len(order) else ""
        if own not in order or own in given:
            raise ArgumentError(f"{name} takes {', '.join(order)}, each once; got {word!r}")
        given[own] = value
    return given


def _checked(name: str, law: Any, given: dict[str, float], shapes: list[str], continuous: bool) -> Distribution:
    """Return the distribution behind a frozen scipy law whose parameters are sound."""
    tenth, half, most = (float(law.ppf(u)) for u in (0.1, 0.5, 0.9))
    if not (np.isfinite([tenth, half, most]).all() and tenth <= half <= most):
        listed = ", ".join(f"{key}={value:g}" for key, value in given.items())
        raise ArgumentError(f"{name}: scipy.stats has no such distribution for {listed}")
    if not continuous:
        return _whole_numbers(name, law)
    values = tuple(given[shape] for shape in shapes)
    return ScipyFamily(name, values, given.get("loc", 0.0), given.get("scale", 1.0), law)


def _whole_numbers(name: str, law: Any) -> Distribution:
    """Return a discrete distribution over all but a ten-billionth of the probability in each tail."""
    first, last = law.ppf([_REST, 1 - _REST])
    if last - first >= _MOST_STEPS:
        raise ArgumentError(f"{name} has {last - first + 1:.0f} values; at most {_MOST_STEPS} are taken")
    values = np.arange(first, last + 1)
    return of_weights(zip(values.tolist(), law.pmf(values).tolist(), strict=True))
