"""Cash drawn: bars, bands, plan and funding are those of the table, in words and in the picture."""

from functools import cache

import numpy as np
import pytest

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT, ferry
from riskmc import plot


@cache
def flow(**words):
    program = (
        ferry()
        .again()
        .program.but(
            escalation={"general": {"rate": "normal(3% 1%)", "from": 2028}},
            payments={"lag": "45ed"},
            funding={2027: "20M"},
        )
    )
    return rm.cash_flow(rm.simulate(program, 500), by="quarter")


def test_a_bar_reaches_from_p10_to_p80_and_stands_in_its_period():
    found = flow()
    ax = plot.cash_flow(found)
    bars = ax.containers[0]
    for bar, period, edge in zip(bars, found.periods, found.edges / 1440, strict=False):
        spent = found.spent(period)
        assert bar.get_y() == pytest.approx(spent.quantile(0.10))
        assert bar.get_y() + bar.get_height() == pytest.approx(spent.quantile(0.80))
        assert bar.get_x() > edge


def test_the_periods_next_to_nothing_are_left_out_and_the_subtitle_says_so():
    found = flow()
    ax = plot.cash_flow(found)
    assert len(ax.containers[0]) == found.worth_showing() < len(found.periods)
    assert "are left out" in plot.caption(ax).subtitle


def test_the_cumulative_band_is_that_of_the_cumulative_amounts():
    found = flow()
    drawn = [line.get_ydata() for line in plot.cumulative_cash(found).lines]
    p50 = [0.0, *(found.cumulative(period).quantile(0.5) for period in found.periods[: found.worth_showing()])]
    assert any(len(line) == len(p50) and np.allclose(line, p50) for line in drawn)


def test_funding_stands_on_the_picture_of_the_program_and_on_no_project():
    found = flow()
    whole, part = plot.cumulative_cash(found), plot.cumulative_cash(found, project="vessel")
    assert any(text.get_text().startswith("Funding 2027") for text in whole.texts)
    assert not any(text.get_text().startswith("Funding") for text in part.texts)
    assert "not enforced" in plot.caption(whole).subtitle
    assert "Ferry:" in plot.caption(part).title


def test_the_money_is_named():
    assert "in then-year money" in plot.caption(plot.cash_flow(flow())).subtitle
    assert "in constant money" in plot.caption(plot.cash_flow(flow(), money="constant")).subtitle
    assert "is paid in one quarter" in plot.caption(plot.cash_flow(flow(), money="paid")).title


def test_a_plan_is_drawn_without_percentiles():
    activities = {"a": {"duration": "90d", "cost": "10k"}}
    plan = rm.Program(program="Plan", start="2027-01-04", projects={"p": {"activities": activities}})
    found = rm.cash_flow(rm.simulate(plan, 10))
    assert "P80" not in plot.caption(plot.cash_flow(found)).title
    assert plot.cumulative_cash(found).lines


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_hostile_names_do_no_harm(name):
    activities = {"a": {"duration": "triangular(50d 60d 99d)", "cost": "10k"}}
    named = rm.Program(program=name, start="2027-01-04", projects={"p": {"name": name, "activities": activities}})
    found = rm.cash_flow(rm.simulate(named, 50))
    for drawn in (plot.cash_flow(found), plot.cumulative_cash(found, project="p")):
        assert "<script" not in plot.to_svg(drawn, "cash")


def test_what_is_no_cash_flow_is_refused():
    with pytest.raises(rm.ArgumentError, match=r"write rm.cash_flow\(trials\)"):
        plot.cash_flow(ferry())
