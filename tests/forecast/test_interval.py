"""The simulation error of percentiles and probabilities: published ranks, published intervals, claimed coverage."""

import numpy as np
import pytest
from scipy import stats

from riskmc.errors import ArgumentError
from riskmc.forecast.interval import check_share, lower_rank, quantile_rank, quantile_ranks, upper_rank, wilson

B_BASIS = {  # iterations needed for the rank: 95% lower bound of P10, CMH-17-1G tables 8.5.12 and 8.5.13
    **{29: 1, 46: 2, 61: 3, 76: 4, 89: 5, 103: 6, 116: 7, 129: 8, 142: 9, 154: 10},
    **{275: 20, 504: 40, 1053: 90, 1161: 100, 5354: 500, 10499: 1000},
}
WILKS = {(0.95, 0.95): 59, (0.90, 0.95): 29, (0.90, 0.999): 66, (0.99, 0.95): 299}  # Wilks (1941), Ann. Math. Stat. 12


@pytest.mark.parametrize("n, rank", B_BASIS.items())
def test_lower_rank_is_that_of_the_b_basis_tables(n, rank):
    """QCI-02: CMH-17-1G, as tested in cmstatr (cran/cmstatr, tests/testthat/test-basis-factors-nonpara1.R and 2.R)."""
    assert lower_rank(n, 0.10, 0.05) == rank
    assert lower_rank(n - 1, 0.10, 0.05) == rank - 1


@pytest.mark.parametrize("case, n", WILKS.items())
def test_the_largest_of_wilks_sample_bounds_the_percentile_and_of_one_fewer_does_not(case, n):
    """QCI-01: n = ceil(ln(1 - confidence) / ln(p)); Wilks (1941)."""
    p, confidence = case
    assert upper_rank(n, p, 1 - confidence) == n
    assert upper_rank(n - 1, p, 1 - confidence) == n


def test_two_sided_wilks_sample_is_93():
    """QCI-01: smallest and largest hold 95% of the outcomes between them with 95% confidence; Wilks (1942)."""
    assert lower_rank(93, 0.05, 0.05) == 2
    assert lower_rank(92, 0.05, 0.05) == 1


@pytest.mark.parametrize("n", [1, 2, 10, 59, 400, 1_000, 10_000, 123_457, 2_000_000])
@pytest.mark.parametrize("p", [0.001, 0.05, 0.10, 0.5, 0.80, 0.95, 0.99, 0.999])
def test_ranks_are_those_of_the_binomial_law(n, p):
    low, high = quantile_ranks(n, p)
    law = stats.binom(n, p)
    assert law.cdf(low - 1) <= 0.025 < law.cdf(low)
    assert law.sf(high - 1) <= 0.025 < law.sf(high - 2) or high == n + 1


def test_too_few_iterations_leave_a_side_open():
    assert quantile_ranks(10, 0.80) == (5, 11)
    assert quantile_ranks(1, 0.50) == (0, 2)


def test_ranks_of_percentiles_count_in_decimals():
    assert [quantile_rank(100, share / 100) for share in range(1, 101)] == list(range(1, 101))
    assert quantile_rank(10_000, 0.07) == 700
    assert (quantile_rank(7, 0.0), quantile_rank(7, 0.5), quantile_rank(7, 1.0)) == (1, 4, 7)


@pytest.mark.parametrize("p, confidence", [(0.0, 0.95), (1.0, 0.95), (0.8, 1.0), (0.8, 0.0)])
def test_extremes_have_no_interval(p, confidence):
    with pytest.raises(ArgumentError, match="strictly between 0 and 1"):
        quantile_ranks(100, p, confidence)


@pytest.mark.parametrize("hits, n", [(0, 10), (3, 10), (10, 10), (38, 100), (3_800, 10_000)])
def test_wilson_interval_is_that_of_scipy(hits, n):
    theirs = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_wilson_interval_is_newcombes_worked_example():
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263, 0.2553 to 0.3662."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.statistical
@pytest.mark.parametrize("p", [0.50, 0.80, 0.95])
def test_quantile_interval_covers_as_often_as_it_says(p):
    """The exact coverage of the two ranks, from the binomial law, is met by 4,000 runs of 400 uniforms.

    Fails a right implementation once in a million runs; the coverage itself is never below the 95% asked for.
    """
    low, high = quantile_ranks(400, p)
    claimed = stats.binom.cdf(high - 1, 400, p) - stats.binom.cdf(low - 1, 400, p)
    ordered = np.sort(np.random.default_rng(20).random((4_000, 400)), axis=1)
    covered = int(np.sum((ordered[:, low - 1] <= p) & (p <= ordered[:, high - 1])))
    assert claimed >= 0.95
    assert stats.binomtest(covered, 4_000, claimed).pvalue > 1e-6


@pytest.mark.parametrize(
    "value, meant",
    [("P80", "0.80"), ("80%", "0.80"), ("0.80", "0.80"), ("p99.5", "0.995"), (80, "0.80"), (99.5, "0.995")],
)
def test_a_percentile_written_otherwise_is_offered_as_the_share_it_means(value, meant):
    with pytest.raises(ArgumentError) as error:
        check_share("p", value)
    assert str(error.value) == f"p is a probability between 0 and 1, got {value!r}; did you mean {meant}?"


@pytest.mark.parametrize("value", ["P800", "most", -1, None, float("nan")])
def test_what_means_no_share_is_offered_nothing(value):
    with pytest.raises(ArgumentError) as error:
        check_share("p", value)
    assert "did you mean" not in str(error.value)
