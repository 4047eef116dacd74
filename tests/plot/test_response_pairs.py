"""Responses in a picture: the percentile without each and with it, and the paired difference beside."""

import pytest

import drawn
import riskmc as rm
from pictured import HOSTILE, MODELS
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT
from riskmc.plot.scale import position


@pytest.fixture(scope="module")
def found():
    return rm.responses(rm.simulate(MODELS / "ferry" / "program.yaml", 300))


def points(ax):
    """Return the places of the dots, row by row: without, with it."""
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]


def small(range_="uniform(10d 30d)", change="10%", **response):
    """Return the responses of a program with one risk of 20 days, of which the response leaves ``change``."""
    work = {"a": {"duration": {"plan": "20d", "range": range_}, "cost": "1M"}}
    risk = {"probability": "60%", "impacts": [{"on": "p.a", "duration": "+ 20d"}]}
    answer = {"status": "proposed", "cost": "50k", "acts_on": {"r": {"probability": change}}, **response}
    program = rm.Program(
        program="Small", start="2027-01-04", currency="EUR", projects={"p": {"activities": work}}, risks={"r": risk},
        responses={"m": answer},
    )  # fmt: skip
    return rm.responses(rm.simulate(program, 200))


@pytest.mark.parametrize("of", ["finish", "cost"])
def test_the_dots_are_the_percentile_without_and_with_each(found, of):
    told = [getattr(one, of)() for effect in found.effects.values() for one in (effect.without, effect.with_it)]
    assert points(plot.responses(found, of=of)) == [position(one.quantile(0.80)) for one in told]


def test_what_is_better_is_green_what_is_dearer_orange_and_what_cannot_be_told_apart_grey():
    def colour(ax):
        return [line.get_color() for line in ax.lines if line.get_marker() == "o"][1]

    assert colour(plot.responses(small())) == LIGHT["gain"]
    assert colour(plot.responses(small(), of="cost")) == LIGHT["threat"]
    assert colour(plot.responses(small(change="60%"))) == LIGHT["plan"]


def test_the_difference_stands_beside_with_its_interval(found):
    texts = [text.get_text() for text in plot.responses(found).texts]
    for effect in found.effects.values():
        value, interval = rm.forecast.differences.days_apart(*effect.change.finish().quantile(0.80).parts)
        assert value in texts
        assert interval in texts


def test_nothing_overlaps_and_the_title_names_the_best(found):
    for of in ("finish", "cost"):
        ax = plot.responses(found, of=of)
        assert list(drawn.faults(ax)) == []
    assert "moves P80 of the finish most: −" in plot.caption(plot.responses(found)).title
    assert plot.caption(plot.responses(small(), of="cost")).title == "None of 1 responses improves P80 of the cost"


def test_hostile_names_are_cut_and_lie_on_nothing():
    ax = plot.responses(small(name=HOSTILE[0] + HOSTILE[3]))
    assert list(drawn.faults(ax)) == []
    assert "<script>" not in plot.to_svg(ax, "r")


def test_no_money_and_another_outcome_are_refused(found):
    with pytest.raises(ArgumentError, match="of is finish or cost, got 'both'"):
        plot.responses(found, of="both")


def test_it_is_drawn_on_axes_of_ones_own(found):
    ax = plot.responses(found)
    assert plot.responses(found, ax=ax) is ax
