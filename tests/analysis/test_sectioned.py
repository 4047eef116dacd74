"""Figures of sections: which iterations stand in them, how many there are, and what interval they tell."""

import numpy as np
import pytest
from scipy import stats

import riskmc as rm
from riskmc.analysis.sectioned import mean_of, quantile_of, sectioned, told
from riskmc.forecast.replicates import Replicates

N = 10_000
ITERATIONS = np.arange(N)


def known(found):
    return found[1:][~np.isnan(found[1:])]


def test_a_figure_stands_before_those_of_25_equal_sections_in_the_order_of_the_iterations():
    found = sectioned(ITERATIONS, quantile_of(0.80))
    assert found.tolist() == [7_999, *(400 * k + 319 for k in range(25))]
    assert sectioned(ITERATIONS, mean_of).tolist() == [4_999.5, *(400 * k + 199.5 for k in range(25))]


def test_the_last_iterations_that_fill_no_section_count_in_the_figure_alone():
    found = sectioned(np.append(ITERATIONS, [10**6] * 24), mean_of)
    assert found[0] > 5_000
    assert found[1:].tolist() == sectioned(ITERATIONS, mean_of)[1:].tolist()


@pytest.mark.parametrize(
    ("n", "p", "sections"),
    [(10_000, 0.8, 25), (1_000, 0.8, 25), (800, 0.8, 20), (300, 0.8, 10), (150, 0.8, 10), (149, 0.8, 0),
     (1_000, 0.95, 10), (1_000, 0.05, 10), (500, 0.95, 0), (10_000, 1.0, 0), (60, 0.5, 10), (59, 0.5, 0)],
)  # fmt: skip
def test_a_percentile_far_out_has_fewer_sections_and_from_few_iterations_none(n, p, sections):
    found = sectioned(np.arange(n), quantile_of(p))
    assert found.shape == (26,)
    assert len(known(found)) == sections
    assert not np.isnan(found[: 1 + sections]).any()


def test_iterations_of_one_latin_hypercube_stay_together():
    """Of 10,000 iterations from number 300 on, hypercubes begin at number 512; 38 are whole, and one a section."""
    found = sectioned(ITERATIONS, mean_of, Replicates(256, 300 % 256))
    assert found[1:4].tolist() == [212 + 127.5 + 256 * k for k in range(3)]
    assert len(known(found)) == 25


def test_too_few_latin_hypercubes_are_taken_as_independent_iterations():
    found = sectioned(np.arange(2_000), mean_of, Replicates(256, 0))
    assert found[1:3].tolist() == [39.5, 119.5]


def test_what_sections_tell_is_the_t_interval_around_the_figure_of_all():
    found = np.array([10.0, 8.0, 13.0, 9.0, np.nan])
    half = stats.t.ppf(0.975, 2) * np.sqrt((4 + 9 + 1) / 2 / 3)
    assert told(found) == pytest.approx((10.0, 10.0 - half, 10.0 + half))


def test_a_figure_without_sections_has_no_interval_and_one_that_never_differs_no_width():
    assert told(np.array([10.0, np.nan, np.nan])) == (10.0, None, None)
    assert told(np.array([10.0, 10.0, 10.0])) == (10.0, 10.0, 10.0)


def test_a_percentile_is_a_share():
    with pytest.raises(rm.ArgumentError):
        quantile_of(80)
