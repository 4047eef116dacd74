"""Families given by percentiles, and the readings of low and high (rule K8)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.distributions import distribution, elicited
from riskmc.errors import ArgumentError

FAMILIES = ["uniform", "triangular", "pert", "normal", "lognormal"]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("low, high", [(10, 90), (5, 95), (20, 80), (2.5, 60), (1, 50)])
def test_the_percentiles_asked_for_are_the_percentiles_got(family, low, high):
    mode = [("mode", 22.0)] if family in ("triangular", "pert") else []
    ours = distribution(family, [(f"p{low:g}", 20.0), *mode, (f"p{high:g}", 31.0)])
    np.testing.assert_allclose(ours.quantile(np.array([low, high]) / 100), [20, 31], rtol=1e-9)
    if mode:
        assert ours.mode() == 22


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["triangular", "pert"]), st.floats(0, 1), st.floats(0.5, 45), st.floats(55, 99.5))
def test_any_mode_between_the_percentiles_has_its_distribution(family, share, low, high):
    ours = distribution(family, [(f"p{low:.4f}", 20.0), ("mode", 20 + 10 * share), (f"p{high:.4f}", 30.0)])
    levels = np.array([float(f"{low:.4f}"), float(f"{high:.4f}")]) / 100
    np.testing.assert_allclose(ours.quantile(levels), [20, 30], atol=1e-7)


def test_trigen_reads_low_and_high_as_p10_and_p90_unless_told_otherwise():
    three = [("low", 90.0), ("mode", 100.0), ("high", 130.0)]
    usual, other = distribution("trigen", three), distribution("trigen", [*three, ("plow", 0.05), ("phigh", 0.80)])
    np.testing.assert_allclose(usual.quantile(np.array([0.1, 0.9])), [90, 130], rtol=1e-11)
    np.testing.assert_allclose(other.quantile(np.array([0.05, 0.8])), [90, 130], rtol=1e-11)
    assert usual.mode() == other.mode() == 100


@pytest.mark.parametrize(
    "reading, levels", [("p10-p90", (0.1, 0.9)), ("p5-p95", (0.05, 0.95)), ("p15-p85", (0.15, 0.85))]
)
@pytest.mark.parametrize("family", ["uniform", "triangular", "pert"])
def test_an_elicited_range_has_its_low_and_high_at_the_percentiles_of_the_reading(family, reading, levels):
    mode = [("mode", 22.0)] if family != "uniform" else []
    ours = elicited(family, [("low", 20.0), *mode, ("high", 31.0)], reading)
    np.testing.assert_allclose(ours.quantile(np.array(levels)), [20, 31], rtol=1e-9)


def test_an_elicited_pert_keeps_its_shape_parameter():
    ours = elicited("pert", [("low", 1.0), ("mode", 2.0), ("high", 4.0), ("shape", 6.0)], "p10-p90")
    np.testing.assert_allclose(ours.quantile(np.array([0.1, 0.9])), [1, 4], rtol=1e-9)


@pytest.mark.parametrize("reading", [None, "min-max"])
def test_low_and_high_are_the_limits_unless_a_reading_is_given(reading):
    assert elicited("pert", [("low", 1.0), ("mode", 2.0), ("high", 4.0)], reading).support() == (1, 4)


def test_a_reading_leaves_alone_what_has_no_low_and_high_or_says_its_percentiles_itself():
    normal, given_by = [("mean", 5.0), ("sd", 1.0)], [("p20", 1.0), ("mode", 2.0), ("p80", 4.0)]
    three = [("low", 1.0), ("mode", 2.0), ("high", 4.0)]
    assert elicited("normal", normal, "p10-p90") == distribution("normal", normal)
    assert elicited("pert", given_by, "p10-p90") == distribution("pert", given_by)
    assert elicited("trigen", three, "p5-p95") == distribution("trigen", three)


def test_an_unknown_reading_is_refused():
    with pytest.raises(ArgumentError, match="elicited_as is one of min-max, p5-p95, p10-p90, p15-p85, got 'p20-p80'"):
        elicited("pert", [("low", 1.0), ("mode", 2.0), ("high", 4.0)], "p20-p80")
