"""Scenarios drawn as dots: each at its paired differences, coloured by what is told apart."""

from dataclasses import replace

import pytest
from matplotlib.colors import to_rgba

import drawn
import fabricated
from pictured import HOSTILE, ferry, no_cost
from riskmc import plot
from riskmc.analysis.comparison import Comparison, compare
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT


def moved(**moves) -> Comparison:
    """The harbour tunnel beside itself moved by (days, cents) each."""
    base = fabricated.trials()
    others = [
        replace(
            base, finish_minutes=base.finish_minutes + days * fabricated.DAY, cost_cents=base.cost_cents + cents,
            scenario=name,
        )
        for name, (days, cents) in moves.items()
    ]  # fmt: skip
    return compare(base, *others)


def dots(ax) -> dict[tuple[float, float], str]:
    """The colour of every dot by its place."""
    found = [line for line in ax.lines if line.get_marker() == "o"]
    return {(float(line.get_xdata()[0]), float(line.get_ydata()[0])): line.get_color() for line in found}


def test_every_scenario_is_a_dot_at_its_differences():
    ax = plot.scenarios(moved(fast=(-30, 5_000_000_00), slow=(10, 0)))
    assert set(dots(ax)) == {(-30.0, 5e6), (10.0, 0.0)}
    assert {"fast", "slow"} <= {text.get_text() for text in ax.texts}


def test_better_is_green_worse_is_orange_and_a_choice_or_nothing_is_grey():
    shown = dots(plot.scenarios(moved(good=(-30, 0), bad=(10, 100_00), choice=(-5, 100_00), idle=(0, 0))))
    colours = {place: to_rgba(colour) for place, colour in shown.items()}
    assert colours[(-30.0, 0.0)] == to_rgba(LIGHT["gain"])
    assert colours[(10.0, 100.0)] == to_rgba(LIGHT["threat"])
    assert colours[(-5.0, 100.0)] == colours[(0.0, 0.0)] == to_rgba(LIGHT["quiet"])


def test_the_title_tells_the_earliest_and_how_sure():
    assert plot.caption(plot.scenarios(moved(fast=(-30, 0), slow=(10, 0)))).title == "Earliest P80: fast, >99% sure"
    assert "the program as it stands" in plot.caption(plot.scenarios(moved(slow=(10, 5)))).title


def test_intervals_are_drawn_and_inside_the_axes():
    ax = plot.scenarios(compare(ferry(), ferry("respond"), ferry("double_shift")))
    assert list(drawn.faults(ax)) == []
    low, high = ax.get_xlim()
    for line in ax.lines:
        assert all(low <= x <= high or x in (0, 1) for x in line.get_xdata())


def test_hostile_names_do_no_harm():
    ax = plot.scenarios(moved(**{name: (-place, 0) for place, name in enumerate(HOSTILE, 1)}))
    assert "<script" not in plot.to_svg(ax, "hostile")
    assert list(drawn.faults(ax)) == []


def test_without_money_it_is_refused():
    base = no_cost()
    with pytest.raises(ArgumentError, match="no money is spent"):
        plot.scenarios(compare(base, replace(base, scenario="idle")))
