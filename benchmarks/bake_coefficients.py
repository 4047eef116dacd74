"""Print the polynomial coefficients that stand as literals in riskmc/kernels/normal.py.

Run by hand: ``python benchmarks/bake_coefficients.py``. Each is a Chebyshev fit on 400 nodes, turned into powers and
rounded to float32; the error printed beside it is that of the fit before rounding. Tests hold the kernels, not this
script, to the exact functions, so a new run may differ in a last digit without harm.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.polynomial import chebyshev
from scipy import special

NODES = np.cos(np.pi * (np.arange(400) + 0.5) / 400)
OFFSET, STEEPNESS, FARTHEST = 5.0, 0.3, 6.5


def log_ratio(x: np.ndarray) -> np.ndarray:
    """log(1 + f) / f for f = x / 3."""
    return np.log1p(x / 3) / (x / 3)


def score_ratio(x: np.ndarray) -> np.ndarray:
    """Normal score over 2u - 1, in s = sqrt(5 - log(4u(1 - u))) mapped on [-1, 1]."""
    first, last = np.sqrt(OFFSET), np.sqrt(OFFSET + np.log(2.0**31))
    w = np.maximum((first + (x + 1) / 2 * (last - first)) ** 2 - OFFSET, 1e-12)
    centred = np.sqrt(-np.expm1(-w))
    return -special.ndtri(np.exp(-w) / (1 + centred) / 2) / centred


def half_power(x: np.ndarray) -> np.ndarray:
    """2 ** f for f = x / 2."""
    return np.exp2(x / 2)


def mills(x: np.ndarray) -> np.ndarray:
    """Phi(-a) exp(a * a / 2), in y = 1 / (1 + 0.3 a) mapped on [-1, 1]."""
    least = 1 / (1 + STEEPNESS * FARTHEST)
    a = (1 / (least + (x + 1) / 2 * (1 - least)) - 1) / STEEPNESS
    return 0.5 * special.erfcx(a / np.sqrt(2))


def bake(function: Callable[[np.ndarray], np.ndarray], degree: int, scale: float, shift: float, power: int = 1) -> None:
    """Print the coefficients of ``function``, lowest power first, in the variable (x - shift) / scale.

    ``power`` 1 spreads the relative error evenly, 0 the absolute error.
    """
    values = function(NODES)
    fit = chebyshev.chebfit(NODES, values, degree, w=values**-power)
    error = np.abs(chebyshev.chebval(NODES, fit) / values - 1).max()
    powers = np.polynomial.Polynomial(chebyshev.cheb2poly(fit))(np.polynomial.Polynomial([shift, scale])).coef
    print(f"# {function.__doc__} Relative error {error:.1e}.")
    print(f"{function.__name__} = {tuple(float(np.float32(c)) for c in powers)!r}".replace("float", ""))


if __name__ == "__main__":
    low, high = np.sqrt(OFFSET), np.sqrt(OFFSET + np.log(2.0**31))
    print("score: x =", np.float32(2 / (high - low)), "* s +", np.float32(-(high + low) / (high - low)))
    least = 1 / (1 + STEEPNESS * FARTHEST)
    print("mills: x =", np.float32(2 / (1 - least)), "* y +", np.float32(-(1 + least) / (1 - least)))
    bake(log_ratio, 6, 3.0, 0.0)
    bake(score_ratio, 12, 1.0, 0.0, power=0)
    bake(half_power, 6, 2.0, 0.0)
    bake(mills, 7, 1.0, 0.0)
