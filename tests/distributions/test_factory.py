"""What is refused, and in which words."""

import pytest

from riskmc.distributions import distribution
from riskmc.errors import ArgumentError

REFUSED = [
    ("triangular", {"low": 30, "mode": 20, "high": 45}, r"low <= mode <= high must hold, got 30, 20, 45"),
    ("pert", {"low": 1, "mode": 20, "high": 15}, r"low <= mode <= high must hold, got 1, 20, 15"),
    ("pert", {"low": 1, "mode": 2, "high": 3, "shape": 0}, r"pert: shape > 0 must hold, got 0"),
    ("uniform", {"low": 2, "high": 1}, r"low <= high must hold, got 2, 1"),
    ("uniform", {"low": 2}, r"uniform needs low, high; high is missing"),
    ("uniform", {"low": 2, "hihg": 3}, r"uniform takes low, high, got 'hihg'; did you mean 'high'\?"),
    ("normal", {"mean": 1, "sd": -1}, r"normal: sd >= 0 must hold, got -1"),
    ("normal", {"mean": float("nan"), "sd": 1}, r"normal: mean must be a finite number, got nan"),
    ("lognormal", {"mean": 0, "sd": 1}, r"lognormal: mean > 0 must hold, got 0"),
    ("lognormal", {"mean": 1, "sd": -1}, r"lognormal: sd >= 0 must hold, got -1"),
    ("lognormal", {"p10": -1, "p90": 3}, r"lognormal: p10 > 0 must hold, got -1"),
    ("beta", {"a": 0, "b": 1, "low": 0, "high": 1}, r"beta: a > 0 must hold, got 0"),
    ("beta", {"a": 1, "b": 1, "low": 2, "high": 1}, r"low <= high must hold, got 2, 1"),
    ("gamma", {"shape": 1, "scale": 0}, r"gamma: scale > 0 must hold, got 0"),
    ("weibull", {"shape": -1, "scale": 1}, r"weibull: shape > 0 must hold, got -1"),
    ("exponential", {"mean": 0}, r"exponential: mean > 0 must hold, got 0"),
    ("trigen", {"low": 1, "mode": 2, "high": 3, "plow": 0.9}, r"0 < plow < phigh < 1 must hold, got 0.9, 0.9"),
    ("trigen", {"low": 1, "mode": 4, "high": 3}, r"p10 <= mode <= p90 must hold, got 1, 4, 3"),
    ("pert", {"p10": 1, "p90": 3}, r"pert needs mode; mode is missing"),
    ("pert", {"p10": 1, "mode": 2}, r"pert takes two percentiles, such as p10= and p90=, got p10"),
    ("pert", {"p10": 1, "mode": 2, "p50": 3, "p90": 3}, r"pert takes two percentiles.*got p10, p50, p90"),
    ("normal", {"p0": 1, "p90": 3}, r"percentiles must differ and lie between p0 and p100, got p0, p90"),
    ("normal", {"p10": 3, "p90": 1}, r"p10 <= p90 must hold, got 3, 1"),
    ("no_such_law", {"a": 1}, r"unknown distribution 'no_such_law'"),
    ("trapezoid", {"c": 0.2}, r"trapezoid needs c, d; d is missing"),
    ("gumbel_r", {"size": 3}, r"gumbel_r takes loc, scale, each once; got 'size'"),
    ("gumbel_r", {"scale": -3}, r"gumbel_r: scipy.stats has no such distribution for scale=-3"),
]


@pytest.mark.parametrize("family, parameters, reason", REFUSED, ids=[f"{f} {p}" for f, p, _ in REFUSED])
def test_what_has_no_meaning_is_refused_with_the_rule_and_the_values(family, parameters, reason):
    with pytest.raises(ArgumentError, match=reason):
        distribution(family, tuple(parameters.items()))


@pytest.mark.parametrize(
    "family, pairs, reason",
    [
        ("discrete", (), "discrete takes values, each with its probability"),
        ("discrete", (("value", 1), ("value", 2)), "discrete takes values, each with its probability"),
        ("discrete", (("value", 1), ("probability", 0.5)), r"must add up to 1, got 0.5 = 0.5"),
        ("discrete", (("value", 1), ("probability", 1.5), ("value", 2), ("probability", -0.5)), "between 0 and 1"),
        ("discrete", (("value", float("inf")), ("probability", 1)), "values must be finite numbers, got inf"),
        ("empirical", (), "empirical takes one or more values"),
        ("uniform", (("low", 1), ("low", 1), ("high", 2)), "uniform: low is given twice"),
    ],
)
def test_lists_that_have_no_meaning_are_refused(family, pairs, reason):
    with pytest.raises(ArgumentError, match=reason):
        distribution(family, pairs)
