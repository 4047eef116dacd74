"""Published cases that a distribution alone can answer; each names its source."""

import numpy as np
import pytest

from riskmc.distributions import distribution


def three(low, mode, high):
    return (("low", low), ("mode", mode), ("high", high))


def test_awati_triangular_probabilities():
    """K. Awati, "Monte Carlo simulation of risk and uncertainty in project tasks" (Eight to Late): Tri(2, 4, 8)."""
    task = distribution("triangular", three(2, 4, 8))
    np.testing.assert_allclose(task.cdf(np.array([4.0, 6.0])), [4 / 12, 1 - 4 / 24], rtol=1e-12)
    assert (task.mean(), task.sd() ** 2) == (pytest.approx(14 / 3), pytest.approx(1.555556, abs=1e-6))


@pytest.mark.parametrize(
    "low, mode, high, mean, variance",
    [
        (0, 5, 10, 5.0, 3.57143),
        (2, 4, 8, 4.33333, 1.22222),
        (300, 400, 600, 416.66667, 3055.55556),
        (10, 14, 20, 14.33333, 3.50794),
    ],
)
def test_pert_variance_is_that_of_the_beta_and_not_a_sixth_of_the_range_squared(low, mode, high, mean, variance):
    """PERT of the R package mc2d and of Vose, Risk Analysis: variance (mean - low)(high - mean) / 7."""
    task = distribution("pert", three(low, mode, high))
    assert task.mean() == pytest.approx(mean, rel=1e-5)
    assert task.sd() ** 2 == pytest.approx(variance, rel=1e-5)


def test_hill_construction_path_has_the_beta_variance():
    """Heizer and Render, Hill Construction: mean 260; by hand, the beta variance is 2475 / 7."""
    path = [(20, 30, 40), (50, 60, 100), (30, 50, 100), (25, 30, 35), (10, 20, 30), (20, 25, 60), (20, 25, 60)]
    tasks = [distribution("pert", three(*task)) for task in path]
    assert sum(task.mean() for task in tasks) == pytest.approx(260)
    assert sum(task.sd() ** 2 for task in tasks) == pytest.approx(2475 / 7)


def test_three_discrete_tasks_in_series():
    """C. Cao, NB0003 Project Risk Assessment, after E. Marsden (risk-engineering.org): mean 13.4, sd 1.2, P95 16."""
    given = [{2: 0.1, 3: 0.7, 4: 0.2}, {5: 0.2, 6: 0.6, 8: 0.2}, {3: 0.05, 4: 0.8, 5: 0.15}]
    tasks = [
        distribution("discrete", [w for v, p in t.items() for w in (("value", v), ("probability", p))]) for t in given
    ]
    total = {0.0: 1.0}
    for task in tasks:
        total = _convolved(total, dict(zip(task.values, task.probabilities, strict=True)))
    assert sum(task.mean() for task in tasks) == pytest.approx(13.4)
    assert np.sqrt(sum(task.sd() ** 2 for task in tasks)) == pytest.approx(1.2)
    assert _quantile(total, 0.95) == 16
    assert [total[t] for t in range(10, 18)] == pytest.approx([0.001, 0.026, 0.186, 0.405, 0.188, 0.135, 0.053, 0.006])


def test_cycle_times_of_thirty_items_one_after_another():
    """R. Rueedlinger, forecasting_with_monte_carlo: 51 cycle times; P90 of 30 items in series is 142 days."""
    seen = [1, 1, 1, 11, 1, 2, 6, 3, 6, 1, 1, 1, 1, 1, 4, 1, 4, 3, 1, 1, 1, 21, 1, 5, 13, 5]
    seen += [5, 4, 2, 2, 5, 1, 13, 7, 5, 1, 2, 9, 9, 2, 1, 1, 1, 1, 1, 1, 1, 13, 1, 3, 1]
    item = distribution("empirical", [("value", value) for value in seen])
    total = {0.0: 1.0}
    for _ in range(30):
        total = _convolved(total, dict(zip(item.values, item.probabilities, strict=True)))
    assert item.mean() == pytest.approx(3.7058823529)
    assert item.sd() ** 2 * 51 / 50 == pytest.approx(17.9317647)
    assert [_quantile(total, p) for p in (0.5, 0.85, 0.9, 0.95)] == [110, 135, 142, 151]


def _convolved(a, b):
    total = {}
    for x, p in a.items():
        for y, q in b.items():
            total[x + y] = total.get(x + y, 0.0) + p * q
    return total


def _quantile(pmf, level):
    values = sorted(pmf)
    return values[int(np.searchsorted(np.cumsum([pmf[v] for v in values]), level))]
