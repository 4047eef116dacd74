"""Value drawn: a loss is orange and a gain green; sets of the funding frontier stand where the table has them."""

from functools import cache

import pytest

import riskmc as rm
from riskmc import plot
from riskmc.plot.palette import LIGHT

TRAMS = "docs/method/data/trams.yaml"


@cache
def trams(rate: str = "3% real"):
    return rm.value(rm.simulate(TRAMS, iterations=400), rate)


def faces(ax):
    from matplotlib.colors import to_hex

    return {
        to_hex(patch.get_facecolor()): patch.get_x() + patch.get_width() / 2
        for patch in ax.patches
        if patch.get_height()
    }


def test_bars_below_zero_are_a_loss_and_those_above_a_gain():
    ax = plot.value(trams("7% real"), "line7")
    for patch in ax.patches:
        from matplotlib.colors import to_hex

        middle = patch.get_x() + patch.get_width() / 2
        assert to_hex(patch.get_facecolor()) == LIGHT["threat_pale" if middle < 0 else "gain_pale"]
    assert len(faces(ax)) == 2


def test_the_title_says_what_it_is_worth_and_how_surely():
    title = plot.caption(plot.value(trams())).title
    assert title.startswith("City trams net present value: EUR ")
    assert title.endswith("(P50), >99% chance of a positive return")


def test_every_set_stands_at_its_chance_and_its_value():
    found = rm.fund(trams(), "135M")
    ax = plot.funding(found)
    points = {(float(line.get_xdata()[0]), line.get_ydata()[0]) for line in ax.lines if len(line.get_xdata()) == 1}
    assert points == {(one.within_budget.value, one.npv) for one in found.sets}


@pytest.mark.parametrize("draw", [lambda: plot.value(trams()), lambda: plot.funding(rm.fund(trams(), "135M"))])
def test_the_pictures_can_be_written_light_and_dark(draw, tmp_path):
    ax = draw()
    plot.write_svg(ax, tmp_path / "a.svg")
    plot.write_png(ax, tmp_path / "a.png", dark=True)
    assert "var(--" in (tmp_path / "a.svg").read_text(encoding="utf-8")
