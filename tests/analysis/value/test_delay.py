"""Cost of delay: a month's delay worked out by hand, what float absorbs, and what has begun."""

import pytest

import riskmc as rm
from riskmc.analysis.value import cost_of_delay, value
from riskmc.analysis.value.delay import delayed
from riskmc.analysis.value.streams import MONTH, YEAR
from riskmc.simulation.engine import simulate_like
from valued import RATE, stream, two_projects


def costs(trials):
    return {one.project: one for one in cost_of_delay(value(trials)).projects}


def test_a_month_takes_its_discount_from_a_stream_for_ever():
    """Without costs the delay of the only project by 1/12 year leaves (1 + r)^(-1/12) of its value."""
    trials = two_projects(benefits=[{"at": "x.a", "per_year": "10M"}])
    whole = stream(10e6, 365 * 1440 / YEAR)
    found = costs(trials)["x"].per_month
    assert found.value == pytest.approx(whole * (1 - (1 + RATE) ** (-1 / 12)), rel=1e-5)
    assert found.low <= found.value <= found.high


def test_a_month_that_float_absorbs_costs_nothing():
    """Y has 20 days, and what follows both waits for X's 365."""
    trials = two_projects(benefits=[{"at": "x.end", "per_year": "10M"}], after_y=True)
    assert costs(trials)["y"].per_month == (0.0, 0.0, 0.0)


def test_delay_moves_every_iteration_by_a_month():
    trials = two_projects(benefits=[{"at": "x.a", "per_year": "10M"}], duration="uniform(300ed 400ed)")
    other = simulate_like(trials, delayed(trials.again().program, "x"))
    assert set(other.finish_minutes - trials.finish_minutes) == {round(MONTH)}


def test_what_has_begun_cannot_be_delayed():
    done = {"duration": "100ed", "progress": {"started": "2027-01-01"}}
    trials = two_projects(benefits=[{"at": "x.a", "per_year": "1M"}], y=done, data_date="2027-01-10")
    assert costs(trials)["y"].per_month is None
    assert costs(trials)["y"].cd3 is None
    assert costs(trials)["x"].per_month.value > 0


def test_projects_stand_in_the_order_of_their_cost_of_delay_over_duration():
    found = cost_of_delay(value(rm.simulate("docs/method/data/trams.yaml", iterations=400)))
    ratios = [one.cd3 for one in found.projects]
    assert ratios == sorted(ratios, reverse=True)
    assert found.projects[0].cd3 == pytest.approx(found.projects[0].per_month.value / found.projects[0].months)
    assert {"cost_of_delay_per_month_EUR_low", "duration_months", "cd3_EUR"} <= set(found.to_frame())
    assert repr(found).startswith("<DelayCosts 'City trams': expected net present value lost, a month: Line 7 +EUR")
    assert "Line 7" in found._repr_html_()


def test_a_project_that_waits_for_another_waits_a_month_longer_still():
    base = two_projects(benefits=[{"at": "x.a", "per_year": "1M"}])
    linked = base.again().program.scenario(rm.Scenario(set={"x.a.after": ["y.b"]}))
    first = simulate_like(base, linked)
    assert set(simulate_like(base, delayed(linked, "x")).finish_minutes - first.finish_minutes) == {round(MONTH)}


@pytest.mark.parametrize("link", ["y.b SS", "y.b SS+9ed"])
def test_a_project_that_starts_with_another_starts_a_month_after_it(link):
    base = two_projects(benefits=[{"at": "x.a", "per_year": "1M"}])
    linked = base.again().program.scenario(rm.Scenario(set={"x.a.after": [link]}))
    first, later = simulate_like(base, linked), simulate_like(base, delayed(linked, "x"))
    assert set(later.finish_minutes - first.finish_minutes) == {round(MONTH)}


def test_no_range_driver_risk_or_correlation_reaches_the_wait():
    """All of them name everything in the program; a month's delay is a month in every iteration, at no cost."""
    strikes = {"on": "x.*", "duration": "+ uniform(5ed 9ed)", "cost": "+ uniform(10 20)", "spread": "each"}
    trials = two_projects(
        benefits=[{"at": "x.a", "per_year": "10M"}],
        ranges=[{"on": "all", "duration": "triangular(80% 100% 150%)", "sizes": "own"}],
        drivers={"wind": {"on": "all", "duration": "x pert(90% 100% 140%)"}},
        risks={"flood": {"probability": "50%", "impacts": [strikes]}},
        correlations=[{"group": "all", "duration": 0.5}],
    )
    other = simulate_like(trials, delayed(trials.again().program, "x"))
    assert set(other.finish_minutes - trials.finish_minutes) == {round(MONTH)}
    assert (other.cost_cents == trials.cost_cents).all()
    assert trials.cost_cents.any()


def test_an_earliest_date_comes_a_month_later_and_keeps_its_slip():
    trials = two_projects(benefits=[{"at": "x.a", "per_year": "1M"}])
    slipping = {"date": "2027-06-01", "slip": "uniform(0ed 60ed)"}
    words = {"x.a.start_no_earlier_than": slipping, "x.a.after": ["y.b"]}
    held = trials.again().program.scenario(rm.Scenario(set=words))
    first = simulate_like(trials, held)
    assert len(set(first.finish_minutes)) > 200
    assert set(simulate_like(trials, delayed(held, "x")).finish_minutes - first.finish_minutes) == {round(MONTH)}
