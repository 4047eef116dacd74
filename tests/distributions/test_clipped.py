"""Truncation: what is left keeps its proportions, and nothing lies outside."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from riskmc.distributions import distribution
from riskmc.distributions.constant import Constant
from riskmc.distributions.discrete import Discrete
from riskmc.distributions.uniform import Uniform
from riskmc.errors import ArgumentError

NORMAL = (("mean", 10.0), ("sd", 4.0))
U = np.linspace(0.001, 0.999, 99)


def test_a_truncated_normal_is_that_of_scipy():
    ours, law = distribution("normal", NORMAL, (6.0, 20.0)), stats.truncnorm(-1, 2.5, 10, 4)
    np.testing.assert_allclose(ours.quantile(U), law.ppf(U), rtol=1e-9)
    np.testing.assert_allclose(ours.cdf(ours.quantile(U)), U, rtol=1e-9)
    np.testing.assert_allclose([ours.mean(), ours.sd()], [law.mean(), law.std()], rtol=1e-5)
    assert (ours.mode(), ours.support()) == (10, (6, 20))


def test_a_mode_outside_the_limits_moves_to_the_nearer_one():
    assert distribution("normal", NORMAL, (12.0, 20.0)).mode() == 12


def test_limits_outside_the_support_change_nothing():
    plain = distribution("uniform", (("low", 1), ("high", 2)))
    assert distribution("uniform", (("low", 1), ("high", 2)), (0, 3)) == plain


def test_a_truncated_uniform_is_a_uniform_and_a_truncated_discrete_a_discrete():
    assert distribution("uniform", (("low", 1), ("high", 5)), (2, 9)) == Uniform(2, 5)
    steps = [("value", 1), ("probability", 0.5), ("value", 2), ("probability", 0.3), ("value", 3), ("probability", 0.2)]
    assert distribution("discrete", steps, (2, 9)) == Discrete((2, 3), (0.6, 0.4))


def test_equal_limits_leave_one_value():
    assert distribution("normal", NORMAL, (9.0, 9.0)) == Constant(9)


@pytest.mark.parametrize(
    "family, parameters, clip, reason",
    [
        ("normal", NORMAL, (5.0, 4.0), "low <= high must hold, got 5, 4"),
        ("uniform", (("low", 1), ("high", 2)), (3, 4), r"leaves nothing of values 1 to 2"),
        ("normal", NORMAL, (80.0, 90.0), "less than one in a billion"),
        ("empirical", (("value", 1), ("value", 9)), (3, 4), "leaves none of the values"),
    ],
)
def test_limits_that_leave_nothing_are_refused(family, parameters, clip, reason):
    with pytest.raises(ArgumentError, match=reason):
        distribution(family, parameters, clip)


@settings(deadline=None, max_examples=100)
@given(st.floats(10, 60), st.floats(0.1, 60))
def test_truncated_values_rise_and_stay_within_the_limits(low, width):
    ours = distribution("lognormal", (("mean", 30.0), ("sd", 15.0)), (low, low + width))
    values = ours.quantile(np.linspace(0, 1, 65))
    assert (np.diff(values) >= 0).all()
    assert values[0] >= low
    assert values[-1] <= low + width
