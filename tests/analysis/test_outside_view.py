"""Outside view: percentiles among peers and uplifts worked out by hand, and what a class may be made of."""

import numpy as np
import pytest
from scipy import stats

import fabricated
import riskmc as rm
from pictured import ferry, no_cost
from riskmc.analysis.outside_view import outside_view
from riskmc.analysis.reference_class import reference_class
from riskmc.errors import ArgumentError
from riskmc.forecast.instant import instant_of
from riskmc.forecast.interval import wilson

TEN = [0.9, 1.0, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.8, 2.5]


# ------------------------------------------------------------------------------ closed forms


def test_a_figure_stands_where_its_ratio_stands_among_the_projects():
    base = fabricated.trials()
    view = outside_view(base, TEN, of="cost")
    here = view.standing("here", 1.25 * fabricated.MONEY / 100)
    assert here.ratio == pytest.approx(1.25)
    assert here.share == 0.5
    assert (here.share.low, here.share.high) == wilson(5, 10)


def test_projects_on_their_estimate_came_out_no_worse_than_the_base():
    assert outside_view(fabricated.trials(), TEN).standings()[0].share == 0.3


def test_an_uplift_is_a_project_of_the_class_times_the_base():
    view = outside_view(fabricated.trials(), TEN)
    p80 = view.uplifts([0.80])[0]
    start = np.datetime64("2027-01-04", "m").astype(np.int64)
    assert p80.ratio == 1.5
    assert p80.value == instant_of(round(start + 1.5 * (fabricated.PLANNED - start)))
    assert p80.high is None  # ten projects do not bound their P80 from above
    assert p80.low == 1.2  # the fifth: a binomial count (10, 0.8) is at most 4 with a chance of 0.6%, at most 5 of 3.3%


def test_dates_count_from_the_start_of_the_program_and_a_base_may_be_given():
    base = fabricated.trials()
    view = outside_view(base, TEN, base="2029-01-03")  # 731 days, to the end of the day
    assert view.ratio(instant_of(fabricated.PLANNED)) == pytest.approx(
        (np.datetime64("2030-02-15T17:00") - np.datetime64("2027-01-04")) / np.timedelta64(731, "D")
    )


def test_a_distribution_is_its_own_quantiles_and_has_no_interval():
    known = reference_class("lognormal(p10=95% p90=180%)")
    mu, sigma = np.log(0.95 * 1.8) / 2, np.log(1.8 / 0.95) / (2 * stats.norm.ppf(0.9))
    for p in (0.2, 0.5, 0.8):
        exact = float(np.exp(mu + sigma * stats.norm.ppf(p)))
        assert known.quantile(p) == pytest.approx(exact, rel=1e-6)
        assert known.share(exact).value == pytest.approx(p, abs=1e-6)
    assert known.quantile_interval(0.8) == (known.quantile(0.8),) * 2
    assert len(known) == 0


def test_the_interval_of_a_share_covers_the_truth_in_most_classes():
    """Classes of 15 from a known distribution: Wilson's interval covers in 95% of them; at least 900 of 1,000."""
    draw = np.random.default_rng(1).lognormal(0.2, 0.3, (1_000, 15))
    truth = stats.norm.cdf((np.log(1.3) - 0.2) / 0.3)
    shares = [reference_class(ratios).share(1.3) for ratios in draw]
    assert sum(share.low <= truth <= share.high for share in shares) >= 900


# ------------------------------------------------------------------------------ invariants


def test_nothing_of_the_class_enters_the_forecast():
    base = ferry()
    view = outside_view(base, TEN)
    assert view.forecast.samples.tobytes() == base.finish().samples.tobytes()


def test_the_peers_are_the_base_times_their_ratios():
    view = outside_view(ferry(), TEN, of="cost")
    assert view.peers.ordered == pytest.approx(np.array(TEN) * view.base)


def test_shares_rise_with_the_figures():
    shares = [standing.share.value for standing in outside_view(ferry(), TEN).standings()[:4]]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    "given, said",
    [
        ([], "at least one ratio"),
        ([1.2, -0.1], "between 0 and 20"),
        ([135], "1.35 or 135%"),
        ("lognormal(p10=95%)", "reference class: "),
        ("normal(1 1)", "above 0"),
        ("uniform(1d 2d)", "ratios have no unit"),
    ],
)
def test_what_is_no_class_is_refused_in_words(given, said):
    with pytest.raises(ArgumentError, match=said):
        outside_view(ferry(), given)


def test_what_has_no_base_is_refused_in_words():
    with pytest.raises(ArgumentError, match="is not after the start"):
        outside_view(ferry(), TEN, base="2020-01-01")
    with pytest.raises(ArgumentError, match="an amount above 0"):
        outside_view(no_cost(), TEN, of="cost")
    with pytest.raises(ArgumentError, match="of is finish or cost, got 'risk'"):
        outside_view(ferry(), TEN, of="risk")


def test_tables_name_what_they_hold():
    view = outside_view(ferry(), TEN)
    assert list(view.to_frame()["figure"]) == ["Base", "P50", "P80", "P90", "Target"]
    assert list(view.needed()["level"]) == [0.5, 0.8, 0.9]
    assert repr(view).startswith("<OutsideView 'Electric Island Ferry finish': Base: 6 Feb 2029, place ")
    assert "not mixed" in view._repr_html_()
    assert isinstance(rm.reference_class(TEN), rm.ReferenceClass)
