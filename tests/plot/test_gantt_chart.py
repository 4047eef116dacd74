"""The Gantt chart: the most critical rows, in order of date, with the numbers of the run."""

import pytest

from pictured import ferry, one_activity, sixty_milestones
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance
from riskmc.plot.scale import position


def names(ax) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_ha() == "right"]


def test_as_many_rows_as_asked_for_the_most_critical_ones_under_their_projects():
    told = ferry().activities().sort_values("criticality", ascending=False, kind="stable")
    ax = plot.gantt(ferry(), rows=5)
    for name in told["name"].head(5):
        assert name in names(ax)
    assert len([text for text in names(ax) if text.endswith("%")]) == 5
    assert "Into service" in names(ax)


def test_the_share_at_the_right_is_the_criticality_of_the_row():
    share = ferry().activities().loc["service.certificate", "criticality"]
    ax = plot.gantt(ferry(), rows=5)
    heights = {text.get_text(): text.get_position()[1] for text in ax.texts if text.get_ha() == "right"}
    row = heights["Certificate of the maritime authority"]
    assert [text.get_text() for text in ax.texts if text.get_position() == (1, row)] == [chance(share)]


def test_an_activity_s_bar_runs_from_its_mean_start_to_its_mean_finish():
    ax = plot.gantt(one_activity())
    told = one_activity().statistics
    (bar,) = ax.patches
    assert bar.get_x() == pytest.approx(told.mean_start[0] / 1440)
    assert bar.get_x() + bar.get_width() == pytest.approx(told.mean_finish[0] / 1440)


def test_a_box_runs_from_p10_to_p90_of_a_milestone():
    finish = ferry().finish("vessel.delivery")
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in plot.gantt(ferry(), rows=25).patches]
    wanted = [position(finish.quantile(p)) for p in (0.1, 0.9)]
    assert any(low == pytest.approx(wanted[0]) and high == pytest.approx(wanted[1]) for low, high in ends)


def test_the_title_names_the_most_critical_activity_and_counts_those_in_half_of_the_outcomes():
    title = plot.caption(plot.gantt(ferry())).title
    told = ferry().activities()
    work = [path for path, noun in ferry().program.activities().items() if not noun.milestone]
    half = int((told.loc[work, "criticality"] >= 0.5).sum())
    assert title.endswith(f"is critical in >99% of outcomes; {half} of {len(work)} activities are in half or more")


def test_a_program_of_milestones_alone_says_so():
    assert plot.caption(plot.gantt(sixty_milestones())).title == "Many: 60 milestones and no activity"


def test_no_rows_are_refused():
    with pytest.raises(ArgumentError, match="rows is at least 1, got 0"):
        plot.gantt(ferry(), rows=0)
