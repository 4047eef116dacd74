"""From exact quantile functions to what the kernels evaluate: polynomials in the normal score z, or tables.

Values are fitted in units of the curve's own spread, on fixed Chebyshev nodes over |z| <= 5.5, with sums in a fixed
order and no BLAS or LAPACK, and the coefficients are rounded to 2^-24 of that spread before use: so a last digit that
differs between processors or versions of scipy does not reach the draws (semantics R6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from riskmc.distributions.base import Floats
from riskmc.kernels.curves import COEFFICIENTS, FARTHEST, PIECES, PIECES_PER_SCORE

NODE_COUNT = 24
_ANGLES = np.pi * (np.arange(NODE_COUNT) + 0.5) / NODE_COUNT
NODES: Floats = FARTHEST * np.cos(_ANGLES)  # normal scores at which curves are fitted
CHECKS: Floats = (
    np.arange(-39, 40) * 65 / 512
)  # normal scores, to 4.95, at which fits are compared with the exact curve
TABLE_POINTS: Floats = np.arange(3 * PIECES + 1) / (3 * PIECES_PER_SCORE) - FARTHEST
REACHES: Floats = np.cumprod(np.array([1.0, *[FARTHEST] * (COEFFICIENTS - 1)]))  # 5.5^k, exact in float64
_GRID = 2.0**24
_CHECK_WEIGHT = np.exp(-CHECKS * CHECKS / 2) / np.exp(-CHECKS * CHECKS / 2).sum()


def _powers_of_chebyshev() -> Floats:
    """Return the integer matrix whose row k holds the powers of T_k, lowest first."""
    rows = np.zeros((COEFFICIENTS, COEFFICIENTS))
    rows[0, 0] = rows[1, 1] = 1.0
    for k in range(2, COEFFICIENTS):
        rows[k, 1:] = 2 * rows[k - 1, :-1]
        rows[k] -= rows[k - 2]
    return rows


_POWERS = _powers_of_chebyshev()


def chebyshev(values: Floats) -> Floats:
    """Return the Chebyshev coefficients (float64[m, 16]) of m curves given at NODES (float64[m, 24])."""
    series = np.zeros((len(values), COEFFICIENTS))
    order = np.arange(COEFFICIENTS)
    for node in range(NODE_COUNT):
        series += values[:, node, None] * np.cos(order * _ANGLES[node])
    series *= 2 / NODE_COUNT
    series[:, 0] /= 2
    return series


def powers(series: Floats) -> Floats:
    """Return the coefficients of the powers of z (float64[m, 16]) of Chebyshev series in z / 5.5."""
    result = np.zeros_like(series)
    for k in range(COEFFICIENTS):
        result += series[:, k, None] * _POWERS[k]
    return result / REACHES


def on_grid(values: Floats) -> Floats:
    """Return the values rounded to multiples of 2^-24."""
    return np.round(values * _GRID) / _GRID


@dataclass(frozen=True, eq=False)
class Frame:
    """Centre and spread of m curves (float64[m]), coarse on purpose: few digits, the same on every machine."""

    centre: Floats
    spread: Floats

    def inside(self, values: Floats) -> Floats:
        """Return the values (float64[m, k]) in units of the spread, counted from the centre."""
        return (values - self.centre[:, None]) / self.spread[:, None]


def frame(checks: Floats) -> Frame:
    """Return centre and spread of m curves given at CHECKS (float64[m, 79])."""
    _, exponent = np.frexp(deviation(checks))
    spread = np.ldexp(1.0, exponent)
    middle = checks[:, CHECKS.size // 2]
    return Frame(np.round(middle / spread * 1024) / 1024 * spread, spread)


def deviation(checks: Floats) -> Floats:
    """Return the standard deviations (float64[m]) of curves given at CHECKS, near enough to measure errors by."""
    mean = (checks * _CHECK_WEIGHT).sum(axis=1)
    variance = ((checks - mean[:, None]) ** 2 * _CHECK_WEIGHT).sum(axis=1)
    return np.where(variance > 0, np.sqrt(variance), 1.0)


def polynomials(nodes: Floats) -> npt.NDArray[np.float32]:
    """Return the coefficients (float32[m, 16]) of m curves in units of their spread, given at NODES."""
    return powers(on_grid(chebyshev(nodes))).astype(np.float32)


def tables(points: Floats) -> npt.NDArray[np.float32]:
    """Return the cubic pieces (float32[m, 352, 4]) through m curves, in units of their spread, at TABLE_POINTS."""
    points = on_grid(points)
    a, b, c, d = points[:, :-1:3], points[:, 1::3], points[:, 2::3], points[:, 3::3]
    linear = -5.5 * a + 9 * b - 4.5 * c + d
    square = 9 * a - 22.5 * b + 18 * c - 4.5 * d
    cube = -4.5 * a + 13.5 * b - 13.5 * c + 4.5 * d
    return np.stack([a, linear, square, cube], axis=2).astype(np.float32)
