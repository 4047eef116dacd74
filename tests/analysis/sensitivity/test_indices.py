"""Indices of one activity: their definitions written out slowly, closed forms, and intervals that cover the truth."""

from math import sqrt

import numpy as np
import pytest

from riskmc.analysis.sensitivity.estimates import deviations
from riskmc.analysis.sensitivity.indices import Length, Work, indices, schedule_sensitivity, significance
from riskmc.forecast.replicates import INDEPENDENT

DAY = 480.0


def worked(seed=1, n=500):
    """Return an activity beside a longer or shorter path, and the duration of the two in parallel."""
    generator = np.random.default_rng(seed)
    own, other = (np.rint(generator.gamma(4, 200, n)).astype(np.int64) for _ in range(2))
    length = np.maximum(own, other)
    everywhere = np.ones(n, np.bool_)
    return Work(own, length - own, everywhere, own >= other), Length.of(length)


def test_the_significance_index_is_williamss_mean():
    work, length = worked()
    minutes, slack, whole = work.minutes.tolist(), work.slack.tolist(), length.minutes.tolist()
    expected = sum(a / (a + s) * d for a, s, d in zip(minutes, slack, whole, strict=True)) / sum(whole)
    assert significance(work, length, INDEPENDENT).value == pytest.approx(expected, rel=1e-12)


def test_the_schedule_sensitivity_index_is_criticality_times_a_ratio_of_spreads():
    work, length = worked()
    found = indices("p.a", work, length, DAY, INDEPENDENT)
    expected = work.critical.mean() * work.minutes.std() / length.minutes.std()
    assert found.schedule_sensitivity.value == pytest.approx(expected, rel=1e-12)
    assert found.criticality.value == work.critical.mean()


def test_an_activity_that_is_the_whole_program_has_every_index_one():
    work, _ = worked()
    alone = Work(work.minutes, np.zeros_like(work.slack), work.exists, np.ones_like(work.exists))
    found = indices("p.a", alone, Length.of(work.minutes), DAY, INDEPENDENT)
    for one in (found.significance, found.schedule_sensitivity, found.pearson, found.spearman, found.kendall):
        assert one == pytest.approx((1, 1, 1), abs=1e-12)
    assert found.pertmaster == 1
    assert found.total_float_days == (0, 0, 0)


def test_an_activity_of_fixed_length_has_no_cruciality_and_no_schedule_sensitivity():
    work, length = worked()
    fixed = Work(np.full_like(work.minutes, 480), work.slack, work.exists, work.critical)
    found = indices("p.a", fixed, length, DAY, INDEPENDENT)
    assert found.schedule_sensitivity.value == 0
    assert (found.pearson.value, found.spearman.value, found.kendall.value, found.pertmaster) == (None,) * 4
    assert 0 < found.significance.value < 1


def test_an_activity_that_is_never_critical_may_still_have_an_index_up_to_what_wilson_allows():
    work, length = worked()
    found = schedule_sensitivity(deviations(work.minutes), np.zeros_like(work.critical), length.deviations, INDEPENDENT)
    assert (found.value, found.low) == (0.0, 0.0)
    assert 0 < found.high < 0.02


def test_slack_below_zero_counts_as_none():
    work, length = worked()
    late = Work(work.minutes, work.slack - 10_000, work.exists, work.critical)
    assert significance(late, length, INDEPENDENT).value == 1.0


def test_what_does_not_exist_lasts_nothing_and_has_no_float():
    work, length = worked()
    some = np.arange(work.minutes.size) % 2 == 0
    half = Work(work.minutes * some, work.slack, some, work.critical & some)
    found = indices("p.a", half, length, DAY, INDEPENDENT)
    assert found.duration_days.value == pytest.approx(work.minutes[some].mean() / DAY)
    assert found.total_float_days.value == pytest.approx(work.slack[some].mean() / DAY)


def test_a_program_that_never_varies_has_no_indices():
    work, _ = worked()
    found = indices("p.a", work, Length.of(np.full_like(work.minutes, 5_000)), DAY, INDEPENDENT)
    assert found.schedule_sensitivity == (None, None, None)
    assert found.pearson.value is None


@pytest.mark.statistical
@pytest.mark.parametrize("which", ["significance", "schedule_sensitivity"])
def test_intervals_of_the_indices_cover_the_truth(which):
    """95% of 1,000 seeds, give or take 3.5 points: a right interval misses that about once in a million.

    By symmetry criticality is 1/2; the truth comes from 4,000,000 draws.
    """
    truth = getattr(_Plain(*worked(0, 4_000_000)), which)
    held = 0
    for seed in range(1_000):
        work, length = worked(seed + 1, 300)
        if which == "significance":
            found = significance(work, length, INDEPENDENT)
        else:
            found = schedule_sensitivity(deviations(work.minutes), work.critical, length.deviations, INDEPENDENT)
        held += found.low <= truth <= found.high
    assert abs(held / 1_000 - 0.95) <= 0.035


class _Plain:
    """The two indices, written out."""

    def __init__(self, work, length):
        share = work.minutes / (work.minutes + work.slack)
        self.significance = (share * length.minutes).mean() / length.minutes.mean()
        self.schedule_sensitivity = 0.5 * sqrt(work.minutes.var() / length.minutes.var())
