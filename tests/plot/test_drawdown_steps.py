"""Drawdown in a picture: the steps are those of the result, what is held is a line, in words and in light and dark."""

import pytest

import riskmc as rm
from pictured import MODELS, one_activity
from riskmc import plot
from riskmc.analysis.contingency import contingency
from riskmc.errors import ArgumentError


@pytest.fixture(scope="module")
def steps():
    return contingency(rm.simulate(MODELS / "ferry" / "program.yaml", 300)).drawdown("year")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_every_step_stands_at_its_date_and_height(steps):
    ax = plot.drawdown(steps)
    (points,) = [line for line in ax.lines if line.get_linestyle() == "None"]
    assert list(points.get_ydata()) == [step.needed.finish_days.value for step in steps.steps]
    money = plot.drawdown(steps, of="cost")
    (points,) = [line for line in money.lines if line.get_linestyle() == "None"]
    assert list(points.get_ydata()) == [step.needed.cost.value for step in steps.steps]


def test_what_is_held_is_a_line_of_its_own_and_none_where_nothing_is(steps):
    assert "Held 42 d" in texts(plot.drawdown(steps))
    assert not any(text.startswith("Held") for text in texts(plot.drawdown(steps, of="cost")))


def test_the_caption_is_a_sentence_with_numbers_and_tells_every_step(steps):
    caption = plot.caption(plot.drawdown(steps))
    assert caption.title.startswith("Electric Island Ferry: P80 needs +")
    assert "half of that or less from 1 Jan 2029 on" in caption.title
    assert caption.description.count(" d") == len(steps) + 1
    assert "simulation error only" in caption.subtitle


def test_a_level_below_the_plan_needs_nothing():
    work = {"p": {"activities": {"a": {"duration": {"plan": "20d", "range": "uniform(10d 20d)"}}}}}
    early = rm.Program(program="Early", start="2027-01-04", projects=work)
    drawn = plot.drawdown(contingency(rm.simulate(early, 100)).drawdown("month"))
    assert "needs nothing on top of the plan: it lies −" in plot.caption(drawn).title


def test_no_money_and_another_outcome_are_refused():
    found = contingency(one_activity()).drawdown("month")
    with pytest.raises(ArgumentError, match="no money is spent"):
        plot.drawdown(found, of="cost")
    with pytest.raises(ArgumentError, match="of is finish or cost, got 'both'"):
        plot.drawdown(found, of="both")
    assert plot.to_svg(plot.drawdown(found), "d").startswith("<svg")


def test_it_is_drawn_on_axes_of_ones_own(steps):
    ax = plot.drawdown(steps)
    assert plot.drawdown(steps, ax=ax) is ax
