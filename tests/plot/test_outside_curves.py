"""The outside view drawn: the class as the steps that it has, our P80 among its projects, no error of its own."""

import pytest

from pictured import HOSTILE, ferry
from riskmc import plot
from riskmc.analysis.outside_view import outside_view
from riskmc.analysis.reference_class import reference_class
from riskmc.plot.scale import position

TEN = [0.9, 1.0, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.8, 2.5]


def test_the_diamond_stands_at_our_p80_and_its_share_of_the_class():
    view = outside_view(ferry(), TEN)
    ax = plot.outside_view(view)
    p80 = view.standing("P80", view.forecast.quantile(0.80))
    (diamond,) = [line for line in ax.lines if line.get_marker() == "D"]
    assert (diamond.get_xdata()[0], diamond.get_ydata()[0]) == (position(p80.value), p80.share)


def test_projects_are_steps_and_a_distribution_is_a_curve():
    styles = [
        plot.outside_view(outside_view(ferry(), given, of="cost")).lines
        for given in (TEN, "lognormal(p10=95% p90=180%)")
    ]
    drawn = [{line.get_drawstyle() for line in lines} for lines in styles]
    assert drawn == [{"default", "steps-post"}, {"default"}]


def test_no_error_is_written_beside_the_class():
    ax = plot.outside_view(outside_view(ferry(), "uniform(100% 200%)", of="cost"))
    assert not [text for text in ax.texts if "±" in text.get_text()]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_would_act_do_no_harm(name):
    found = plot.outside_view(outside_view(ferry(), reference_class(TEN, name=name)))
    assert "<script" not in plot.to_svg(found, "a")
