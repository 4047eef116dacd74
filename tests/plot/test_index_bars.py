"""Sensitivity in a picture: three indices of each activity side by side, in the order of the result."""

import pytest

import drawn
import riskmc as rm
from pictured import HOSTILE, MODELS, RIGHT_TO_LEFT
from riskmc import plot
from riskmc.errors import ArgumentError


@pytest.fixture(scope="module")
def found():
    return rm.sensitivity(rm.simulate(MODELS / "ferry" / "program.yaml", 300))


def widths(ax):
    return [bar.get_width() for bar in ax.patches]


def test_the_bars_are_the_three_indices_in_the_order_of_the_result(found):
    shown = found.ranked[:4]
    assert widths(plot.sensitivity(found, top=4)) == pytest.approx(
        [
            *(one.criticality.value for one in shown),
            *(one.schedule_sensitivity.value for one in shown),
            *(abs(one.pearson.value) for one in shown),
        ]
    )


def test_an_index_above_1_shrinks_its_own_column_and_no_other():
    work = {
        "a": {"duration": {"plan": "20d", "range": "uniform(10d 30d)"}},
        "b": {"duration": {"plan": "20d", "range": "uniform(10d 30d)"}},
    }
    correlations = [{"pair": ["p.a", "p.b"], "duration": -0.9}]
    work["b"]["after"] = ["a"]
    program = rm.Program(
        program="Against", start="2027-01-04", projects={"p": {"activities": work}}, correlations=correlations
    )
    found = rm.sensitivity(rm.simulate(program, 300))
    assert found.ranked[0].schedule_sensitivity.value > 1
    drawn_widths = widths(plot.sensitivity(found))
    assert max(drawn_widths) == drawn_widths[0] == 1.0  # both are critical always
    assert max(drawn_widths[2:4]) < 1.0


def test_nothing_overlaps_and_the_caption_tells_every_row(found):
    ax = plot.sensitivity(found, top=5)
    assert list(drawn.faults(ax)) == []
    caption = plot.caption(ax)
    assert caption.title.startswith("The finish hangs most on “")
    assert caption.description.count("SSI") == 5


def test_hostile_names_are_cut_and_lie_on_nothing():
    names = (*HOSTILE, RIGHT_TO_LEFT)
    work = {f"a{i}": {"name": name, "duration": "uniform(10d 20d)"} for i, name in enumerate(names)}
    program = rm.Program(program="Hostile", start="2027-01-04", projects={"p": {"activities": work}})
    ax = plot.sensitivity(rm.sensitivity(rm.simulate(program, 60)))
    assert list(drawn.faults(ax)) == []
    assert "<script>" not in plot.to_svg(ax, "s")


def test_a_plan_without_chance_has_no_such_picture():
    program = rm.Program(program="Plan", start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "5d"}}}})
    with pytest.raises(ArgumentError, match="no activity moves the finish"):
        plot.sensitivity(rm.sensitivity(rm.simulate(program, 20)))


def test_it_is_drawn_on_axes_of_ones_own(found):
    ax = plot.sensitivity(found)
    assert plot.sensitivity(found, ax=ax) is ax
