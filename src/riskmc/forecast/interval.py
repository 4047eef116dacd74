"""Simulation error: the interval of a percentile from order statistics, and Wilson's of a probability (A2, A3).

Simulation error only: an interval says how well this number of iterations knows the outcome of the model.
It says nothing of errors in the plan, the ranges or the risks.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from math import ceil, sqrt
from statistics import NormalDist

import numpy as np

from riskmc.errors import ArgumentError

CONFIDENCE = 0.95
_PERCENT = re.compile(r"(?P<p>[Pp]?)(?P<digits>\d+(?:\.\d+)?)\s*(?P<sign>%?)")
_REACH = 14.0  # standard deviations of a binomial count kept; what lies beyond is below 1e-40


def check_share(name: str, value: float) -> None:
    """Refuse a ``value`` outside 0 to 1, and say which probability a percentage meant."""
    if isinstance(value, (int, float, np.number)) and 0 <= value <= 1:
        return
    percent = _percent(value)
    hint = f"; did you mean {_share(percent / 100)}?" if percent is not None and 0 < percent <= 100 else ""
    raise ArgumentError(f"{name} is a probability between 0 and 1, got {value!r}{hint}")


def _share(value: float) -> str:
    """Return a share with two decimals, 0.80, or as many as it has."""
    return f"{value:.2f}" if round(value, 2) == round(value, 12) else f"{value:.12g}"


def _percent(value: object) -> float | None:
    """Return the percents that were surely meant: 80 for 80, "P80", "80%" and "0.80"."""
    if isinstance(value, (int, float, np.number)):
        return float(value) if value > 1 else None
    written = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        return None
    bare = not written["p"] and not written["sign"] and float(written["digits"]) <= 1
    return float(written["digits"]) * (100 if bare else 1)


@lru_cache(maxsize=4096)
def quantile_rank(n: int, p: float) -> int:
    """Return the rank (1 to n) of the smallest of n ordered values with a share of at least p at or below it (A1).

    ``p`` counts as the decimal that was written: rank 7 of 100 is P7, though 0.07 * 100 > 7 in binary arithmetic.
    """
    return max(1, ceil(Decimal(repr(float(p))) * n))


@lru_cache(maxsize=4096)
def lower_rank(n: int, p: float, tail: float) -> int:
    """Return the largest rank r whose order statistic lies above the true p-quantile with a chance of at most tail.

    That is the largest r with P(Binomial(n, p) <= r - 1) <= tail, and 0 where n values are too few for any.
    Source: David and Nagaraja (2003), Order Statistics, 3rd ed., section 7.1.
    """
    first, chances = binomial(n, p)
    return first + int(np.count_nonzero(np.cumsum(chances) <= tail))


def upper_rank(n: int, p: float, tail: float) -> int:
    """Return the smallest rank whose order statistic lies below the true p-quantile with a chance of at most tail.

    The mirror image of ``lower_rank``; n + 1 where n values are too few for any.
    """
    return n + 1 - lower_rank(n, 1 - p, tail)


def binomial(n: int, p: float) -> tuple[int, np.ndarray]:
    """Return k0 and P(k0), P(k0 + 1), ... of Binomial(n, p), for all counts that have a chance worth the name."""
    mean, reach = n * p, _REACH * sqrt(n * p * (1 - p)) + 40
    first, last = max(0, int(mean - reach)), min(n, int(mean + reach))
    k = np.arange(first, last)
    logs = np.concatenate(([0.0], np.cumsum(np.log((n - k) / (k + 1)) + np.log(p / (1 - p)))))
    weights = np.exp(logs - logs.max())
    return first, weights / weights.sum()


@lru_cache(maxsize=4096)
def quantile_ranks(n: int, p: float, confidence: float = CONFIDENCE) -> tuple[int, int]:
    """Return the ranks (low, high) of n ordered values that hold the true p-quantile between them with ``confidence``.

    No distribution is assumed (A2). Low is 0, or high n + 1, where n values are too few to bound that side.
    """
    for name, value in (("p", p), ("confidence", confidence)):
        check_share(name, value)
        if value in (0, 1):
            raise ArgumentError(f"{name} must lie strictly between 0 and 1 for an interval, got {value!r}")
    tail = (1 - confidence) / 2
    return lower_rank(n, p, tail), upper_rank(n, p, tail)


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the score interval of a probability of which ``hits`` of ``n`` iterations are the sample (A3).

    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    z = normal_quantile((1 + confidence) / 2)
    share, weight = hits / n, z * z / n
    centre = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    return (0.0 if hits == 0 else centre - half), (1.0 if hits == n else centre + half)


def normal_quantile(p: float) -> float:
    """Return the standard normal quantile, rounded so that every machine has the same digits (R6)."""
    return round(NormalDist().inv_cdf(p), 12)


@lru_cache(maxsize=256)
def student(freedom: int, confidence: float) -> float:
    """Return the two-sided quantile of Student's t, rounded so that every machine has the same digits (R6)."""
    from scipy import special  # not needed by a plain forecast

    return round(float(special.stdtrit(freedom, (1 + confidence) / 2)), 9)
