"""Waterfall chart: bars as long as the printed digits, each from where the one before it ended."""

from itertools import pairwise

import pytest

import riskmc as rm
from driven import chain, late, program
from pictured import HOSTILE, RIGHT_TO_LEFT
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT

RISKS = {"rock": late(9, "40%", cost="+ 20k"), "water": late(6, "50%"), "luck": late(-3, "90%"), "idle": late(1, "0%")}


@pytest.fixture(scope="module")
def found() -> rm.Waterfall:
    return rm.waterfall(rm.simulate(chain(RISKS), 500))


@pytest.mark.parametrize("by", ["finish", "cost"])
def test_every_bar_begins_where_the_one_before_it_ended_and_the_last_ends_at_p80(found, by):
    bars = plot.waterfall(found, by).patches
    for before, after in pairwise(bars):
        assert after.get_x() == pytest.approx(before.get_x() + before.get_width())
    unit = found.digits(by).unit
    assert sum(bar.get_width() for bar in bars) == pytest.approx(sum(found.whole(by)) * unit)


def test_the_work_is_grey_threats_are_orange_and_opportunities_green(found):
    ax = plot.waterfall(found)
    drawn = {text.get_text(): text.get_color() for text in ax.texts}
    whole = dict(zip([step.id for step in (*found.steps, *found.risks)], found.whole("finish"), strict=True))
    assert drawn[f"+{whole['driving_path']} d"] == LIGHT["quiet"]
    assert drawn[f"+{whole['rock']} d"] == LIGHT["threat"]
    assert drawn[f"−{-whole['luck']} d"] == LIGHT["gain"]
    assert "1 other risk" in drawn


def test_the_title_tells_the_distance_and_its_two_parts(found):
    title, whole = plot.caption(plot.waterfall(found)).title, found.whole("finish")
    work = sum(whole[: len(found.steps)])
    parts = f"{work} days from the work itself, {sum(whole) - work} days from risks"
    assert title.startswith(f"P80 is {sum(whole)} days after the plan: {parts}")
    assert "EUR" in plot.caption(plot.waterfall(found, "cost")).title


def test_the_largest_risks_stand_alone_and_the_rest_in_one_row(found):
    assert "3 other risks" in {text.get_text() for text in plot.waterfall(found, top=1).texts}


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_names_of_any_kind_are_drawn(name):
    named = rm.waterfall(rm.simulate(chain({"rock": {**late(9, "40%"), "name": name}}), 100))
    assert "<script" not in plot.to_svg(plot.waterfall(named), "one")


def test_without_risks_it_says_so():
    title = plot.caption(plot.waterfall(rm.waterfall(rm.simulate(chain({}), 100)))).title
    assert title.endswith("no risk in the program")


def test_what_cannot_be_drawn_is_refused():
    plan = rm.waterfall(rm.simulate(program({"dig": {"duration": "10d"}}), 10))
    with pytest.raises(ArgumentError, match="it is a plan, not a forecast"):
        plot.waterfall(plan)
    free = rm.waterfall(rm.simulate(program({"dig": {"duration": "uniform(1d 2d)"}}), 50))
    with pytest.raises(ArgumentError, match="no money is spent"):
        plot.waterfall(free, "cost")
