"""Every family of the vocabulary against scipy.stats: quantiles, probabilities, moments, mode, support."""

import numpy as np
import pytest
from scipy import stats

from riskmc.distributions import distribution
from riskmc.distributions.constant import Constant
from riskmc.distributions.discrete import Discrete

U = np.array([1e-9, 1e-6, 0.001, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.999, 1 - 1e-6, 1 - 1e-9])


def given(**parameters):
    return tuple(parameters.items())


def pert(low, mode, high, shape=4.0):
    c = (mode - low) / (high - low)
    return stats.beta(1 + shape * c, 1 + shape * (1 - c), loc=low, scale=high - low)


def lognormal(mean, sd):
    sigma = np.sqrt(np.log1p((sd / mean) ** 2))
    return stats.lognorm(sigma, scale=mean / np.sqrt(1 + (sd / mean) ** 2))


CASES = [
    ("uniform", given(low=-2, high=5), stats.uniform(-2, 7), None),
    ("triangular", given(low=2, mode=4, high=8), stats.triang(1 / 3, 2, 6), 4),
    ("triangular", given(low=2, mode=2, high=8), stats.triang(0, 2, 6), 2),
    ("triangular", given(low=2, mode=8, high=8), stats.triang(1, 2, 6), 8),
    ("pert", given(low=10, mode=14, high=20), pert(10, 14, 20), 14),
    ("pert", given(low=10, mode=10, high=20), pert(10, 10, 20), 10),
    ("pert", given(low=10, mode=19, high=20, shape=2.5), pert(10, 19, 20, 2.5), 19),
    ("normal", given(mean=100, sd=8), stats.norm(100, 8), 100),
    ("lognormal", given(mean=30, sd=12), lognormal(30, 12), None),
    ("beta", given(a=2, b=5, low=1, high=4), stats.beta(2, 5, 1, 3), 1.6),
    ("beta", given(a=0.5, b=0.5, low=0, high=1), stats.beta(0.5, 0.5), None),
    ("beta", given(a=0.5, b=3, low=0, high=1), stats.beta(0.5, 3), 0),
    ("beta", given(a=3, b=1, low=0, high=1), stats.beta(3, 1), 1),
    ("gamma", given(shape=3, scale=2), stats.gamma(3, scale=2), 4),
    ("gamma", given(shape=0.5, scale=2), stats.gamma(0.5, scale=2), 0),
    ("weibull", given(shape=2, scale=10), stats.weibull_min(2, scale=10), 10 * 0.5**0.5),
    ("weibull", given(shape=0.8, scale=10), stats.weibull_min(0.8, scale=10), 0),
    ("exponential", given(mean=5), stats.expon(scale=5), 0),
    ("gumbel_r", given(loc=3, scale=2), stats.gumbel_r(3, 2), None),
    ("trapezoid", given(arg0=0.2, arg1=0.6, arg2=10, arg3=5), stats.trapezoid(0.2, 0.6, 10, 5), None),
]
NAMES = [f"{family} {dict(parameters)}" for family, parameters, _, _ in CASES]


@pytest.mark.parametrize("family, parameters, law, mode", CASES, ids=NAMES)
def test_quantiles_and_probabilities_are_those_of_scipy(family, parameters, law, mode):
    ours = distribution(family, parameters)
    np.testing.assert_allclose(ours.quantile(U), law.ppf(U), rtol=2e-9, atol=1e-12)
    x = law.ppf(U[1:-1])
    np.testing.assert_allclose(ours.cdf(x), law.cdf(x), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("family, parameters, law, mode", CASES, ids=NAMES)
def test_moments_mode_and_support_are_those_of_scipy(family, parameters, law, mode):
    ours = distribution(family, parameters)
    np.testing.assert_allclose(
        [ours.mean(), ours.sd(), ours.median()], [law.mean(), law.std(), law.median()], rtol=1e-9
    )
    assert ours.support() == pytest.approx(law.support())
    if mode is not None:
        assert ours.mode() == pytest.approx(mode)


@pytest.mark.parametrize("family, parameters, law, mode", CASES, ids=NAMES)
def test_location_and_scale_give_back_the_distribution_of_its_unit(family, parameters, law, mode):
    ours = distribution(family, parameters)
    standard, unit = ours.standard(), ours.unit()
    again = standard.location + standard.scale * unit.quantile(U)
    np.testing.assert_allclose(again, ours.quantile(U), rtol=1e-9, atol=1e-11)
    assert unit.unit() == unit


def test_the_mode_of_a_lognormal_is_where_its_density_peaks():
    ours = distribution("lognormal", given(mean=30, sd=12))
    x = np.linspace(1, 60, 200_001)
    assert ours.mode() == pytest.approx(x[lognormal(30, 12).pdf(x).argmax()], abs=1e-3)


@pytest.mark.parametrize(
    "family, parameters, value",
    [
        ("uniform", given(low=5, high=5), 5),
        ("triangular", given(low=5, mode=5, high=5), 5),
        ("trigen", given(low=5, mode=5, high=5), 5),
        ("pert", given(low=5, mode=5, high=5), 5),
        ("pert", given(p10=5, mode=5, p90=5), 5),
        ("normal", given(mean=5, sd=0), 5),
        ("lognormal", given(mean=5, sd=0), 5),
        ("lognormal", given(p10=5, p90=5), 5),
        ("beta", given(a=2, b=2, low=5, high=5), 5),
        ("discrete", (("value", 5), ("probability", 1)), 5),
        ("discrete", (("value", 5), ("probability", 1), ("value", 6), ("probability", 0)), 5),
        ("empirical", (("value", 5), ("value", 5)), 5),
        ("constant", given(value=5), 5),
    ],
)
def test_without_spread_every_family_is_its_one_value(family, parameters, value):
    ours = distribution(family, parameters)
    assert ours == Constant(value)
    assert (ours.mean(), ours.sd(), ours.mode(), ours.median(), ours.support()) == (
        value,
        0,
        value,
        value,
        (value,) * 2,
    )
    np.testing.assert_array_equal(ours.quantile(U), np.full(U.size, value))
    np.testing.assert_array_equal(ours.cdf(np.array([4.9, 5.0])), [0, 1])


def test_a_discrete_distribution_takes_the_least_value_that_reaches_the_probability():
    ours = distribution("discrete", (("value", 15), ("probability", 0.8), ("value", 10), ("probability", 0.2)))
    np.testing.assert_array_equal(ours.quantile(np.array([0.1, 0.2, 0.2000001, 1.0])), [10, 10, 15, 15])
    np.testing.assert_allclose(ours.cdf(np.array([9.0, 10.0, 14.9, 15.0])), [0, 0.2, 0.2, 1])
    assert (ours.mean(), ours.sd(), ours.mode(), ours.support()) == (14, pytest.approx(2), 15, (10, 15))


def test_an_empirical_distribution_is_the_values_seen():
    ours = distribution("empirical", [("value", v) for v in (12, 15, 15, 22)])
    assert ours == Discrete((12, 15, 22), (0.25, 0.5, 0.25))
    assert (ours.mean(), ours.mode(), ours.median()) == (16, 15, 15)


def test_two_equally_probable_values_have_no_mode():
    assert distribution("empirical", [("value", 1), ("value", 2)]).mode() is None


def test_a_family_of_whole_numbers_in_scipy_becomes_a_discrete_distribution():
    ours = distribution("poisson", given(mu=3))
    np.testing.assert_array_equal(ours.quantile(U[2:-2]), stats.poisson(3).ppf(U[2:-2]))
    assert ours.mean() == pytest.approx(3)
