"""Every picture of every edge of a program: nothing overlaps or is clipped, titles hold a number, bytes repeat."""

import re
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import pytest
from matplotlib.figure import Figure

import drawn
from pictured import PICTURES, RUNS, drawable, ferry
from riskmc import plot
from riskmc.errors import ArgumentError

CASES = [(run, picture) for run in RUNS for picture in PICTURES if drawable(run, picture)]
IMPOSSIBLE = [(run, picture) for run in RUNS for picture in PICTURES if not drawable(run, picture)]


@pytest.mark.parametrize("run, picture", CASES)
def test_no_text_lies_on_another_or_is_clipped_and_the_title_is_a_sentence_with_a_number(run, picture):
    ax = PICTURES[picture](RUNS[run]())
    assert list(drawn.faults(ax)) == []
    told = plot.caption(ax)
    assert re.search(r"\d", told.title)
    assert told.subtitle
    assert re.search(r"\d", told.description)


@pytest.mark.parametrize("run, picture", IMPOSSIBLE)
def test_what_cannot_be_drawn_is_refused_in_words(run, picture):
    with pytest.raises(ArgumentError, match=r"no money is spent|nothing in the program is random"):
        PICTURES[picture](RUNS[run]())


@pytest.mark.parametrize("picture", PICTURES)
def test_the_same_bytes_come_out_each_time_whatever_is_set_or_drawn_before(picture):
    first = plot.to_svg(PICTURES[picture](ferry()), "once")
    with matplotlib.rc_context({"font.size": 31, "axes.grid": True, "lines.linewidth": 9, "svg.fonttype": "path"}):
        plot.to_svg(plot.histogram(ferry().cost()), "between")
        again = plot.to_svg(PICTURES[picture](ferry()), "once")
    assert first == again


def test_pictures_drawn_in_threads_have_the_bytes_of_pictures_drawn_alone():
    run = ferry()
    alone = [plot.to_svg(PICTURES[name](run), "one") for name in ("s_curve", "histogram half", "milestones")]
    with ThreadPoolExecutor(3) as pool:
        drawings = list(pool.map(lambda name: PICTURES[name](run), ["s_curve", "histogram half", "milestones"] * 2))
        texts = list(pool.map(lambda ax: plot.to_svg(ax, "one"), drawings))
    assert texts == alone * 2


def test_matplotlib_s_settings_are_as_they_were():
    before = dict(matplotlib.rcParams)
    plot.to_svg(plot.s_curve(ferry().finish()), "one")
    assert dict(matplotlib.rcParams) == before


ON_AX = {
    "s_curve": lambda ax: plot.s_curve(ferry().finish(), ax=ax),
    "histogram": lambda ax: plot.histogram(ferry().cost(), ax=ax),
    "joint": lambda ax: plot.joint(ferry(), ax=ax),
    "gantt": lambda ax: plot.gantt(ferry(), ax=ax, rows=5),
    "milestones": lambda ax: plot.milestones(ferry(), ax=ax),
    "comparison": lambda ax: plot.comparison(ferry(), ferry("respond"), ax=ax),
}


@pytest.mark.parametrize("picture", ON_AX)
def test_the_caller_s_axes_are_drawn_on_and_titled_and_keep_their_place(picture):
    figure = Figure(figsize=(14, 5), dpi=100)
    ax = figure.add_axes((0.3, 0.2, 0.35, 0.55))
    place = ax.get_position().bounds
    assert ON_AX[picture](ax) is ax
    assert ax.get_position().bounds == place
    assert plot.caption(ax).title == plot.caption(ON_AX[picture](None)).title
    assert list(drawn.faults(ax)) == []


def test_axes_of_pyplot_stay_pyplot_s():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    with matplotlib.rc_context({"backend": "agg"}):
        figure, axes = pyplot.subplots(1, 2, figsize=(16, 6))
        canvas = figure.canvas
        plot.s_curve(ferry().finish(), ax=axes[0])
        plot.histogram(ferry().finish(), ax=axes[1])
        assert plot.to_svg(axes[0], "both").count("<title") == 1
        assert figure.canvas is canvas
        pyplot.close(figure)


def test_a_picture_shows_itself_in_a_notebook_in_the_colours_of_its_theme():
    html = plot.s_curve(ferry().finish())._repr_html_()
    assert html.startswith('<div class="riskmc-notebook">')
    assert '[data-jp-theme-light="false"] .riskmc-notebook' in html
    assert "--forecast:#6fb1f5" in html
