"""The frontier of joint confidence: pairs that are met together as often as they say, by counting."""

import numpy as np
import pytest

from riskmc.analysis.frontier import balanced_pair, joint_frontier
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast

N = 997


def forecasts() -> tuple[Forecast, Forecast]:
    """Finish and cost that lean on each other, with ties."""
    at = np.arange(N)
    finish = at * 7_919 % N
    cost = (finish // 3 + at * 104_729 % N) // 2 * 2.0
    return Forecast("finish", 1_440 * finish.astype(np.int64), "date"), Forecast("cost", cost, "EUR")


@pytest.mark.parametrize("level", [0.05, 0.5, 0.7, 0.99, 1.0])
def test_every_pair_is_met_together_as_often_as_it_says_and_no_lower_cost_is(level):
    finish, cost = forecasts()
    dates, amounts = joint_frontier(finish, cost, level, points=25)
    for date, amount in zip(dates.tolist(), amounts.tolist(), strict=True):
        on_time = finish.samples <= date
        assert np.count_nonzero(on_time & (cost.samples <= amount)) >= level * N
        assert np.count_nonzero(on_time & (cost.samples < amount)) < level * N


def test_later_dates_need_no_more_money():
    dates, amounts = joint_frontier(*forecasts(), 0.7)
    assert (np.diff(dates) > 0).all()
    assert (np.diff(amounts) <= 0).all()


@pytest.mark.parametrize("level", [0.05, 0.5, 0.7, 1.0])
def test_the_balanced_pair_is_the_lowest_of_equal_percentiles_that_suffices(level):
    finish, cost = forecasts()

    def met(rank: int) -> int:
        return np.count_nonzero((finish.samples <= finish.ordered[rank - 1]) & (cost.samples <= cost.ordered[rank - 1]))

    lowest = next(rank for rank in range(1, N + 1) if met(rank) >= level * N)
    assert balanced_pair(finish, cost, level) == (finish.ordered[lowest - 1], cost.ordered[lowest - 1])


def test_a_percentage_and_unpaired_forecasts_are_refused():
    finish, cost = forecasts()
    with pytest.raises(ArgumentError, match=r"did you mean 0\.70"):
        joint_frontier(finish, cost, 70)
    with pytest.raises(ArgumentError, match="finish has 997 iterations, cost 3"):
        balanced_pair(finish, Forecast("cost", np.arange(3.0), "EUR"), 0.7)
