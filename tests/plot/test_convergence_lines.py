"""Convergence drawn: the numbers of the table, the law to the goal, and what cannot be drawn."""

from itertools import pairwise

import pytest

from pictured import constant, ferry, no_cost
from riskmc import plot
from riskmc.analysis.convergence import convergence
from riskmc.errors import ArgumentError

FOUND = convergence(ferry(), hypercubes=False)


def test_the_points_are_those_of_the_table():
    drawn = {tuple(line.get_ydata()) for line in plot.convergence(FOUND).lines}
    for goal in FOUND.goals[:3]:
        assert tuple(point.half_width for point in FOUND.of(goal)) in drawn


def test_the_title_says_what_is_known_and_what_a_day_takes():
    need = next(need for need in FOUND.needs if need.goal.text == "P80 finish within 1d")
    title = plot.caption(plot.convergence(FOUND)).title
    assert f"1,000 iterations know P80 finish within {need.half_width:.2f} d; within 1d takes about" in title


def test_names_stand_apart_at_the_ends_of_the_lines():
    ax = plot.convergence(FOUND, of="cost")
    heights = sorted(text.get_position()[1] for text in ax.texts if "±" in text.get_text())
    assert len(heights) == 3
    assert all(b - a >= 0.0749 for a, b in pairwise(heights))


@pytest.mark.parametrize(
    "draw, said",
    [
        (lambda: plot.convergence(FOUND, of="risk"), "of is finish or cost, got 'risk'"),
        (lambda: plot.convergence(convergence(constant(), hypercubes=False)), "nothing varies"),
        (lambda: plot.convergence(convergence(no_cost(), hypercubes=False), of="cost"), "nothing varies"),
    ],
)
def test_what_does_not_narrow_is_refused_in_words(draw, said):
    with pytest.raises(ArgumentError, match=said):
        draw()
