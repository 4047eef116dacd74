"""Distributions in another unit: every verb follows, and the kernels see location and scale."""

import numpy as np
import pytest

from riskmc.distributions import distribution, scaled
from riskmc.distributions.constant import Constant
from riskmc.distributions.discrete import Discrete

U = np.linspace(0.01, 0.99, 33)
PERT = distribution("pert", (("low", 0.9), ("mode", 1.0), ("high", 1.3)))


def test_shares_of_a_plan_become_minutes():
    ours, direct = scaled(PERT, 480), distribution("pert", (("low", 432), ("mode", 480), ("high", 624)))
    np.testing.assert_allclose(ours.quantile(U), direct.quantile(U), rtol=1e-12)
    np.testing.assert_allclose(ours.cdf(direct.quantile(U)), U, rtol=1e-9)
    for verb in ("mean", "sd", "mode", "median", "support"):
        assert getattr(ours, verb)() == pytest.approx(getattr(direct, verb)())
    np.testing.assert_allclose(ours.standard()[1], direct.standard()[1], rtol=1e-12)
    assert ours.standard()[2:] == pytest.approx(direct.standard()[2:])


def test_values_and_steps_are_scaled_themselves():
    steps = distribution("empirical", [("value", 1), ("value", 2), ("value", 2)])
    assert scaled(Constant(3), 2, 1) == Constant(7)
    assert scaled(PERT, 0, 5) == Constant(5)
    assert scaled(steps, 10, 1) == Discrete((11, 21), (1 / 3, 2 / 3))


def test_the_same_unit_is_the_same_distribution():
    assert scaled(PERT, 1) is PERT


def test_a_smooth_family_keeps_its_unit():
    gamma = distribution("gamma", (("shape", 2), ("scale", 3)))
    assert scaled(gamma, 480).unit() == gamma.unit()


def test_a_family_without_a_mode_has_none_in_another_unit():
    assert scaled(distribution("uniform", (("low", 1), ("high", 2))), 480).mode() is None
