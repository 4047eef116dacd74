"""PERT curves of every mode at once: the polynomial in z is itself a Chebyshev series in the place c of the mode.

For one shape parameter, the 16 coefficients of the standard quantile function are smooth functions of c; 17 Chebyshev
terms each give all of them, so that 10,000 activities compile in milliseconds. The series of the usual shape 4 is
baked into ``pert_literals``; others are built when a program first uses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from riskmc.distributions.base import Floats
from riskmc.distributions.pert import Pert
from riskmc.kernels.curves import COEFFICIENTS
from riskmc.sampling import pert_literals
from riskmc.sampling.fits import CHECKS, NODES, REACHES, chebyshev, deviation, powers

TERMS = 17
_PLACES = 32
_GRID = 2.0**28


@dataclass(frozen=True, eq=False)
class Series:
    """``terms`` (float64[17, 16]): row k multiplies T_k(2c - 1); ``error``: the worst found, in standard deviations."""

    terms: Floats
    error: float

    def polynomials(self, c: Floats) -> npt.NDArray[np.float32]:
        """Return the coefficients (float32[m, 16]) of the powers of z for modes at ``c`` (float64[m])."""
        x = 2 * c - 1
        before, now = np.ones_like(x), x
        total = np.repeat(self.terms[:1], len(c), axis=0)
        part = np.empty_like(total)
        for term in self.terms[1:]:
            total += np.multiply(now[:, None], term, out=part)
            before, now = now, 2 * x * now - before
        return total.astype(np.float32)


@lru_cache(maxsize=64)
def series(shape: float) -> Series:
    """Return the series of a shape parameter."""
    if shape == 4.0:
        return Series(np.array(pert_literals.TERMS), pert_literals.ERROR)
    return build(shape)


def build(shape: float) -> Series:
    """Return the series of a shape parameter, computed from the exact quantile function, with its worst error."""
    angles = np.pi * (np.arange(_PLACES) + 0.5) / _PLACES
    exact = _exact((np.cos(angles) + 1) / 2, shape, NODES)
    coefficients = powers(chebyshev(exact))
    terms = np.zeros((TERMS, COEFFICIENTS))
    for place, angle in enumerate(angles):
        terms += np.cos(np.arange(TERMS) * angle)[:, None] * coefficients[place]
    terms *= 2 / _PLACES
    terms[0] /= 2
    found = Series(np.round(terms * REACHES * _GRID) / _GRID / REACHES, 0.0)
    return Series(found.terms, _worst(found, shape))


def _exact(places: Floats, shape: float, z: Floats) -> Floats:
    """Return the standard quantiles (float64[places, z]) of PERT distributions."""
    from scipy import special  # only for shapes other than 4

    u = special.ndtr(z)
    return np.stack([Pert(0.0, float(c), 1.0, shape).quantile(u) for c in places])


def _worst(found: Series, shape: float) -> float:
    """Return the largest error at the check points, over modes from end to end, in standard deviations."""
    places = np.linspace(0.0, 1.0, 65)
    exact = _exact(places, shape, CHECKS)
    fitted = np.zeros_like(exact)
    coefficients = found.polynomials(places).astype(float)
    for power in range(COEFFICIENTS - 1, -1, -1):
        fitted = fitted * CHECKS + coefficients[:, power, None]
    return float((np.abs(fitted - exact) / deviation(exact)[:, None]).max())
