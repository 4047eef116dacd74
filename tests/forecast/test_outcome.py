"""The forecast's numbers, its words, and what it refuses."""

import re
from datetime import date, datetime
from html import unescape

import numpy as np
import pytest
from scipy import stats

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.instant import minutes_of

DAY = 1440
OPENING = minutes_of(datetime(2029, 6, 1, 17))


def dates(days):
    return Forecast("Opening", OPENING + DAY * np.asarray(days), "date")


def money(values=None):
    return Forecast("Harbour Tunnel cost", np.arange(1.0, 101.0) * 1e6 if values is None else values, "EUR")


def test_quantile_and_probability_agree():
    assert money().quantile(0.80) == 80e6
    assert money().probability(80e6) == 0.80


@pytest.mark.parametrize("p", [0.0, 0.01, 0.07, 0.29, 0.5, 0.80, 0.999, 1.0])
def test_quantile_is_the_smallest_sample_with_that_share_at_or_below_it(p):
    samples = np.random.default_rng(3).normal(size=1_001)
    assert Forecast("x", samples, "").quantile(p) == np.quantile(samples, p, method="inverted_cdf")


def test_a_date_is_asked_for_and_answered_as_a_datetime():
    opening = dates(range(100))
    assert opening.quantile(0.80) == datetime(2029, 8, 19, 17)
    assert opening.mean() == datetime(2029, 7, 21, 5)
    assert opening.sd() == pytest.approx(np.arange(100).std())


def test_by_a_bare_date_includes_that_day():
    opening = dates(range(100))
    assert opening.probability("2029-06-01") == opening.probability(date(2029, 6, 1)) == 0.01
    assert opening.probability(np.datetime64("2029-06-01")) == 0.01
    assert opening.probability("2029-06-01T16:59") == opening.probability(datetime(2029, 6, 1)) == 0.0


def test_probability_carries_its_wilson_interval():
    theirs = stats.binomtest(80, 100).proportion_ci(method="wilson")
    chance = money().probability(80e6)
    assert (chance.low, chance.high) == pytest.approx((theirs.low, theirs.high))


def test_interval_is_made_of_outcomes_that_occurred():
    low, high = dates(range(1_000)).quantile_interval(0.80)
    ranks = 1 + (low - datetime(2029, 6, 1, 17)).days, 1 + (high - datetime(2029, 6, 1, 17)).days
    assert ranks == (stats.binom.ppf(0.025, 1_000, 0.8), stats.binom.ppf(0.975, 1_000, 0.8) + 1)


def test_an_interval_that_too_few_iterations_leave_open_says_so():
    assert money(np.arange(10.0)).quantile_interval(0.95) == (7.0, None)


def test_frame_has_one_row_a_level():
    frame = dates(range(1_000)).to_frame()
    assert list(frame.index) == [0.10, 0.50, 0.80, 0.90]
    assert frame.loc[0.80, "quantile"] == dates(range(1_000)).quantile(0.80)


def test_repr_is_one_line_a_sponsor_can_read():
    assert repr(dates(range(100))) == (
        "<Forecast 'Opening': P10 10 Jun 2029  P50 20 Jul 2029  P80 19 Aug 2029 (±8 d)  P90 29 Aug 2029"
        "  (100 iterations)>"
    )
    assert repr(money()) == (
        "<Forecast 'Harbour Tunnel cost': P10 EUR 10M  P50 EUR 50M  P80 EUR 80M (±8.5M)  P90 EUR 90M  (100 iterations)>"
    )
    assert repr(Forecast("Dig", np.arange(1.0, 101.0), "working days")) == (
        "<Forecast 'Dig': P10 10 working days  P50 50 working days  P80 80 working days (±8.5)  P90 90 working days"
        "  (100 iterations)>"
    )


def test_card_and_repr_say_the_same_numbers():
    opening = Forecast("Opening", OPENING + DAY * np.arange(1_000), "date", OPENING + 499 * DAY, "seed 1")
    budget = Forecast("Cost", np.arange(1.0, 1_001.0) / 7, "EUR", 90.0)
    for forecast in (opening, budget, money(), money(np.array([4.2e6]))):
        card = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", forecast._repr_html_(), flags=re.DOTALL)
        numbers = re.compile(r"[<>]?[±\d][\d.,]*%?")
        shown = sorted(numbers.findall(unescape(re.sub(r"<[^>]*>", " ", card))))
        assert shown == sorted(numbers.findall(repr(forecast)[1:-1]))


def test_a_small_error_is_not_told_as_none():
    assert "P80 ±0.5<" in Forecast("Cost", np.arange(1.0, 1_001.0) / 50, "EUR")._repr_html_()


def test_a_percentage_is_refused_with_the_probability_it_meant():
    with pytest.raises(ArgumentError, match=r"got 80; did you mean 0\.80\?"):
        money().quantile(80)
    with pytest.raises(ValueError, match=r"got 101$"):
        money().quantile(101)


@pytest.mark.parametrize(
    "sum_of",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: sum([a, b]),
        lambda a, _: 2 * a,
        lambda a, _: a / 2,
        lambda a, _: np.float64(2) * a,
        lambda a, b: np.ones(3) + b,
    ],
)
def test_percentiles_cannot_be_added_by_accident(sum_of):
    with pytest.raises(ArgumentError, match="percentiles of a sum are not sums of percentiles"):
        sum_of(money(), money())


def test_samples_cannot_be_changed_behind_the_forecast():
    given = np.array([1.0, 2.0])
    forecast = Forecast("Opening", given, "")
    given[0] = 9.0
    assert forecast.samples[0] == 1.0
    for array in (forecast.samples, forecast.ordered):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9.0


@pytest.mark.parametrize("samples", [[], [[1.0]], [1.0, np.nan], [np.inf]])
def test_samples_that_are_no_outcomes_are_refused(samples):
    with pytest.raises(ArgumentError, match="'Opening'"):
        Forecast("Opening", samples, "date")


@pytest.mark.parametrize("value", ["30/6/2029", 2029, None, "2029-06-01T12:00+02:00"])
def test_what_is_no_local_date_is_refused(value):
    with pytest.raises(ArgumentError, match="date"):
        dates(range(3)).probability(value)


@pytest.mark.parametrize("value", ["lots", "420d", "35%", None, True, float("nan")])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(ArgumentError, match="an amount in EUR is a number"):
        money().probability(value)


def test_an_amount_may_be_written_as_in_a_program_file():
    forecast = money()
    middle = forecast.quantile(0.50)
    assert forecast.probability(f"{middle / 1e6!r}M") == forecast.probability(middle) != forecast.probability(0)


def test_one_iteration_is_a_forecast_without_an_interval():
    forecast = money(np.array([4.2e6]))
    assert forecast.quantile(0.1) == forecast.quantile(0.9) == forecast.mean() == 4.2e6
    assert forecast.sd() == 0.0
    assert forecast.quantile_interval(0.5) == (None, None)


def test_mean_and_sd_do_not_depend_on_how_a_machine_adds():
    samples = np.random.default_rng(5).normal(4e8, 3e7, 10_000)
    total = 0.0
    for sample in samples - samples[0]:
        total += sample
    assert money(samples).mean() == samples[0] + total / 10_000
    assert money(samples).mean() == pytest.approx(samples.mean(), rel=1e-13)
    assert money(samples).sd() == pytest.approx(samples.std(), rel=1e-12)


def test_card_shows_p50_p80_with_its_error_and_the_target_with_its_chance():
    opening = Forecast("Open & <run>", OPENING + DAY * np.arange(1_000), "date", OPENING + 499 * DAY, "seed 1")
    html = opening._repr_html_()
    for told in (
        "13 Oct 2030",
        "9 Aug 2031",
        "P80 ±25 d",
        "Target 50%",
        "1,000 iterations · seed 1",
        "Open &amp; &lt;run",
    ):
        assert told in html
    assert "<run>" not in html


def test_card_of_money_shows_money():
    html = Forecast("Cost", np.arange(1.0, 1_001.0) * 1e6, "EUR", 1.2e9)._repr_html_()
    assert "EUR 800M" in html
    assert "P80 ±25M" in html
    assert "Target &gt;99%" in html
