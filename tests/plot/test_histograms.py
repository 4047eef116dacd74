"""Histograms: every iteration counts once, the target is an edge, and the words are those of the forecast."""

import numpy as np
import pytest

from pictured import ferry
from riskmc import plot
from riskmc.forecast import Forecast
from riskmc.plot.bars import bars_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.scale import position


def amounts(*values: float, target: float | None = None) -> Forecast:
    return Forecast("Cost", np.array(values), "EUR", target)


@pytest.mark.parametrize("target", [None, 0.0, 37.5, -100.0, 1e4])
def test_bars_hold_every_sample_once(target):
    forecast = Forecast("Cost", np.arange(100.0), "EUR")
    bars = bars_of(forecast, target)
    assert bars.shares.sum() == pytest.approx(1)
    assert np.allclose(np.diff(bars.edges), bars.width)


def test_one_edge_lies_on_the_target_and_a_bar_holds_its_upper_edge():
    forecast = amounts(*range(100), target=37.0)
    bars = bars_of(forecast, 37.0)
    at = int(np.flatnonzero(bars.edges == 37.0)[0])
    assert bars.shares[:at].sum() == pytest.approx(float(forecast.probability(37.0)))


def test_bars_of_dates_are_whole_days_or_weeks_wide():
    finish = ferry().finish()
    assert bars_of(finish, None).width in (1, 2, 7, 14, 28)


def test_bars_beyond_the_target_are_orange_and_up_to_it_blue():
    forecast = ferry().finish()
    ax = plot.histogram(forecast)
    target = position(ferry().program.targets[0].finish.finish_like())
    for bar in ax.patches:
        late = bar.get_x() >= target
        expected = LIGHT["threat_pale" if late else "forecast_pale"]
        assert tuple(np.round(np.array(bar.get_facecolor()[:3]) * 255).astype(int)) == tuple(
            int(expected[at : at + 2], 16) for at in (1, 3, 5)
        )


def test_the_title_says_the_chance_of_the_target_or_where_most_outcomes_lie():
    finish = ferry().finish()
    met = plot.caption(plot.histogram(finish)).title
    assert met == "Electric Island Ferry finish: 55% of outcomes meet the target, 1 Jun 2029"
    assert round(100 * finish.probability("2029-06-01")) == 55
    plain = Forecast("Cost", np.arange(1.0, 101.0), "EUR")
    told = plot.caption(plot.histogram(plain)).title
    assert told == "Cost: 80% of outcomes lie between P10 and P90, EUR 10 to EUR 90"


def test_the_subtitle_says_how_wide_a_bar_is():
    told = plot.caption(plot.histogram(ferry().finish())).subtitle
    assert told == "Share of 1,000 iterations in each bar of 7 days; orange: beyond the target"


def test_outlines_of_others_are_counted_on_the_same_bars_and_hold_all_their_samples():
    cheaper = amounts(*range(-50, 50))
    ax = plot.histogram(amounts(*range(100)), cheaper, names=["Now", "Cheaper"])
    (outline,) = [patch for patch in ax.patches if hasattr(patch, "get_data")]
    assert outline.get_data().values.sum() == pytest.approx(1)
