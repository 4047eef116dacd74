"""Milestones as dots: twenty a row, orange beyond the target, with the dates and chances of the run."""

import numpy as np
import pytest

from pictured import ferry, one_activity, sixty_milestones
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance
from riskmc.plot.palette import LIGHT


def dots(ax, colour: str) -> list[np.ndarray]:
    """The dots of one colour, row by row; rings and diamonds have other sizes."""
    return [
        line.get_xdata()
        for line in ax.get_lines()
        if line.get_marker() == "o" and line.get_color() == LIGHT[colour] and line.get_markersize() < 6
    ]


def test_every_row_has_twenty_dots_and_the_orange_ones_lie_beyond_the_target():
    ax = plot.milestones(ferry())
    early, late = dots(ax, "forecast"), dots(ax, "threat")
    assert [len(one) + len(other) for one, other in zip(early, late, strict=True)] == [20] * 4
    assert all((row < 0).all() for row in early)
    assert all((row > 0).all() for row in late)


def test_the_share_of_blue_dots_is_the_chance_to_a_twentieth():
    ax = plot.milestones(ferry())
    met = ferry().finish("service.opening").probability("2029-06-01")
    assert abs(len(dots(ax, "forecast")[-1]) / 20 - met) <= 1 / 20


def test_the_columns_hold_target_p50_p80_and_chance():
    said = [text.get_text() for text in plot.milestones(ferry()).texts]
    finish = ferry().finish("service.opening")
    dates = [finish.text(finish.quantile(p)) for p in (0.5, 0.8)]
    wanted = ["1 Jun 2029", *dates, chance(finish.probability("2029-06-01"))]
    at = said.index("1 Jun 2029")
    assert said[at : at + 4] == wanted


def test_the_title_counts_the_targets_more_likely_late_than_on_time():
    title = plot.caption(plot.milestones(ferry())).title
    late = [
        at
        for at, day in (("vessel.delivery", "2028-11-30"), ("service.opening", "2029-06-01"))
        if ferry().finish(at).probability(day) < 0.5
    ]
    assert title == f"{len(late)} of 2 milestones with a target is more likely late than on time"


def test_without_targets_dots_count_from_the_plan():
    told = plot.caption(plot.milestones(one_activity()))
    assert told.title == "Trench: P80 is 11 days after the plan"
    assert "days after the plan" in told.subtitle
    assert "Target" not in [text.get_text() for text in plot.milestones(one_activity()).texts]


def test_of_many_the_least_likely_stay_and_the_rest_are_counted():
    ax = plot.milestones(sixty_milestones(), rows=7)
    assert len([text for text in ax.texts if text.get_text().startswith("Milestone number")]) == 7
    assert "7 of 61 milestones" in plot.caption(ax).subtitle


def test_no_rows_are_refused():
    with pytest.raises(ArgumentError, match="rows is at least 1, got -1"):
        plot.milestones(ferry(), rows=-1)
