"""S-curves: the curve, the band and every number in words are those of the forecast."""

import numpy as np
import pytest

from pictured import constant, ferry
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.plot.palette import LIGHT
from riskmc.plot.s_curves import curve_of


def euros(n: int = 1_000, target: float | None = None) -> Forecast:
    """Amounts from 1 to n euros, one each, in a scrambled order."""
    return Forecast("Bridge cost", 1.0 + np.arange(n) * 7_919 % n, "EUR", target)


def lines(ax, colour: str) -> list[np.ndarray]:
    return [line.get_xydata() for line in ax.get_lines() if line.get_color() == LIGHT[colour]]


def test_the_curve_runs_through_the_order_statistics():
    x, shares = curve_of(euros())
    assert (x[1:] == 1_000 * shares[1:]).all()
    assert shares[0] == 0
    assert shares[-1] == 1


def test_a_few_samples_make_steps():
    x, shares = curve_of(Forecast("Cost", np.array([3.0, 1.0, 2.0]), "EUR"))
    assert x.tolist() == [1, 1, 2, 3]
    assert shares.tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_the_band_is_the_simulation_interval_of_every_percentile():
    forecast = euros()
    ax = plot.s_curve(forecast)
    (band,) = ax.collections
    corners = {tuple(corner) for corner in band.get_paths()[0].vertices.tolist()}
    for p in (0.10, 0.50, 0.80):
        low, high = forecast.quantile_interval(p)
        assert {(low, p), (high, p)} <= corners


def test_the_points_stand_at_p50_and_p80():
    points = [tuple(xy[0]) for xy in lines(plot.s_curve(euros()), "forecast") if len(xy) == 1]
    assert points == [(500.0, 0.5), (800.0, 0.8)]


def test_the_diamond_stands_where_the_target_meets_the_curve():
    found = lines(plot.s_curve(euros(target=650.0)), "ink")
    assert any(xy.tolist() == [[650.0, 0.65]] for xy in found)


def test_the_title_says_p80_and_how_far_it_lies_from_the_target_in_printed_digits():
    p80 = ferry().finish().text(ferry().finish().quantile(0.8))
    told = [
        plot.caption(plot.s_curve(one)).title for one in (ferry().finish(), euros(target=900.0), euros(target=800.2))
    ]
    assert told == [
        f"Electric Island Ferry finish: P80 is {p80}, 40 days after the target",
        "Bridge cost: P80 is EUR 800, EUR 100 below the target",
        "Bridge cost: P80 is EUR 800, on the target",
    ]


def test_without_a_target_the_title_says_p50_and_p80():
    assert plot.caption(plot.s_curve(euros())).title == "Bridge cost: P50 is EUR 500, P80 is EUR 800"


def test_what_does_not_vary_is_said_to_be_the_same_in_every_iteration():
    told = plot.caption(plot.s_curve(constant().finish())).title
    assert told == "Harbour Tunnel finish: 15 Feb 2030, the same in all 2,000 iterations"


def test_the_description_holds_the_percentiles_and_the_chance_of_every_target():
    told = plot.caption(plot.s_curve(euros(), targets={"First": 250, "Second": 640.0}, plan=100)).description
    assert told == (
        "Bridge cost: P10 EUR 100; P50 EUR 500; P80 EUR 800; P90 EUR 900; "
        "Plan EUR 100: 10% chance; First EUR 250: 25% chance; Second EUR 640: 64% chance."
    )


def test_a_far_target_does_not_squeeze_the_curve_into_a_line():
    ax = plot.s_curve(euros(target=1e9))
    assert ax.get_xlim()[1] < 2_000
    assert any(text.get_text() == "Target EUR 1,000,000,000: >99% chance →" for text in ax.texts)


def test_other_curves_are_green_where_p80_is_cheaper_and_orange_where_it_is_dearer():
    cheaper, dearer = (Forecast("Cost", euros().samples * factor, "EUR") for factor in (0.9, 1.1))
    ax = plot.s_curve(euros(), cheaper, dearer, names=["Now", "Cheap", "Dear"])
    assert any(len(xy) > 2 for xy in lines(ax, "gain"))
    assert any(len(xy) > 2 for xy in lines(ax, "threat"))
    assert plot.caption(ax).title == "P80 of 3 forecasts: EUR 720 (Cheap) to EUR 880 (Dear)"


@pytest.mark.parametrize(
    "draw, said",
    [
        (lambda: plot.s_curve(ferry()), r"plot.s_curve draws forecasts, got Trials; write trials.finish\(\)"),
        (lambda: plot.s_curve(euros(), ferry().finish()), "forecasts on one axis have one unit, got 'EUR', 'date'"),
        (lambda: plot.s_curve(euros(), euros(), names=["one"]), "2 curves need as many names, got 1"),
        (lambda: plot.s_curve(*[euros()] * 7), "at most 6 curves can be told apart, got 7"),
        (lambda: plot.s_curve(euros(), plan="soon"), "an amount in EUR is a number, got 'soon'"),
        (lambda: plot.s_curve(ferry().finish(), targets={"Then": 7}), "a date is written 2030-06-30"),
    ],
)
def test_what_makes_no_curve_is_refused_in_words(draw, said):
    with pytest.raises(ArgumentError, match=said):
        draw()
