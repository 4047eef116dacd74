"""Comparisons: paired differences at P80, those of `compare`, in words and in colours."""

import pytest

import riskmc as rm
from pictured import ferry, no_cost, shifted
from riskmc import plot
from riskmc.analysis.comparison import compare
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT


def texts(ax) -> dict[str, str]:
    return {text.get_text(): text.get_color() for text in ax.texts}


def test_the_difference_is_that_of_compare_with_its_interval():
    run = ferry("respond")
    value, low, high = compare(ferry(), run)["respond"].finish().quantile(0.80)
    ax = plot.comparison(ferry(), run)
    p80 = run.finish().text(run.finish().quantile(0.80))
    assert f"{p80}  −{abs(value):.0f} d" in texts(ax)
    assert f"95%: −{abs(low):.0f} to −{abs(high):.0f} d" in texts(ax)
    interval = f"95%: −{abs(low):.0f} to −{abs(high):.0f} d"
    moved = f"P80 moves by −{abs(value):.0f} d ({interval}), to {p80}"
    assert plot.caption(ax).title == f"Both proposed responses: {moved}"


def test_earlier_is_green_dearer_is_orange_and_no_change_is_grey():
    def colours(ax):
        return {colour for text, colour in texts(ax).items() if "  " in text}

    assert colours(plot.comparison(ferry(), shifted(ferry()))) == {LIGHT["gain"]}
    assert colours(plot.comparison(ferry(), shifted(ferry()), of="cost")) == {LIGHT["threat"]}
    assert colours(plot.comparison(ferry(), ferry())) == {LIGHT["quiet"]}


def test_a_scenario_that_changes_nothing_moves_p80_by_exactly_zero():
    assert "P80 moves by 0 d (in every iteration)" in plot.caption(plot.comparison(ferry(), ferry())).title


def test_of_several_the_title_tells_the_best():
    title = plot.caption(plot.comparison(ferry(), ferry("respond"), shifted(shifted(ferry())))).title
    assert title.startswith("Best of 2, faster: P80 moves by −20.0 d (in every iteration)")


def test_a_comparison_and_forecasts_draw_what_trials_draw():
    runs = ferry(), ferry("respond")
    drawn = plot.to_svg(plot.comparison(*runs), "one")
    assert plot.to_svg(plot.comparison(compare(*runs)), "one") == drawn
    told = plot.caption(plot.comparison(*(run.finish() for run in runs), names=["Both proposed responses"]))
    assert told.title == plot.caption(plot.comparison(*runs)).title


@pytest.mark.parametrize(
    "draw, said",
    [
        (lambda: plot.comparison(ferry()), "compare needs at least two runs"),
        (lambda: plot.comparison(ferry().finish()), "needs at least two results"),
        (lambda: plot.comparison(ferry(), ferry().finish()), "after trials come trials"),
        (lambda: plot.comparison(ferry(), ferry(), of="risk"), "of is finish or cost, got 'risk'"),
        (lambda: plot.comparison("ferry"), "draws trials or forecasts, got str"),
        (lambda: plot.comparison(no_cost(), no_cost(), of="cost"), "no money is spent"),
        (lambda: plot.comparison(ferry(), rm.simulate(ferry().program, iterations=500)), "share the iterations"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(draw, said):
    with pytest.raises(ArgumentError, match=said):
        draw()
