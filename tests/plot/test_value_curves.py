"""Earned value in a picture: the planned curve of the result, the points at the data date, and where they lead."""

import pytest

import drawn
import riskmc as rm
from pictured import MODELS
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.plot.scale import position


def small(money=True, **more):
    cost = {"cost": "100k"} if money else {}
    done = {"started": "2027-01-04T08:00", "finished": "2027-01-22T17:00", **({"actual_cost": "130k"} if money else {})}
    work = {
        "a": {"duration": {"plan": "10d", "range": "uniform(8d 20d)"}, "progress": done, **cost},
        "b": {"duration": {"plan": "10d", "range": "uniform(8d 20d)"}, "after": ["a"], **cost},
    }
    words = {"program": "Small", "start": "2027-01-04", "currency": "EUR", "data_date": "2027-01-25", **more}
    return rm.earned_value(rm.simulate(rm.Program(projects={"p": {"activities": work}}, **words), 200))


def point(ax, x, y):
    """Return whether a point stands there."""
    return any(
        line.get_marker() in "oDs" and line.get_xdata()[0] == pytest.approx(x) and line.get_ydata()[0] == y
        for line in ax.lines
    )


def test_planned_value_runs_from_nothing_to_the_budget():
    found = small()
    days = plot.earned_value(found).lines[0]
    assert days.get_ydata()[0] == 0
    assert days.get_ydata()[-1] == found.program.value.bac == 200e3
    assert days.get_xdata()[0] == position(found.program.start)
    assert (sorted(days.get_ydata()) == days.get_ydata()).all()


def test_what_is_earned_and_spent_stands_at_the_data_date():
    found = small()
    ax, at = plot.earned_value(found), position(found.program.data_date)
    for value in (found.program.value.pv, found.program.value.ev, found.program.value.ac):
        assert point(ax, at, value)


def test_the_indices_and_the_simulation_stand_where_they_lead():
    found = small()
    ax, status = plot.earned_value(found), found.program
    assert point(ax, position(status.forecast_finish), status.value.eac)
    for p in (0.50, 0.80):
        assert point(ax, position(status.finish.quantile(p)), status.cost.quantile(p))


def test_without_money_value_is_in_days_and_the_simulated_finishes_lie_on_the_axis():
    found = small(money=False)
    ax = plot.earned_value(found)
    assert point(ax, position(found.program.finish.quantile(0.80)), 0.0)
    assert any(text.get_text() == "20 d, 29 Jan 2027" for text in ax.texts)
    assert list(drawn.faults(ax)) == []


def test_a_project_has_its_own_picture_and_nothing_overlaps():
    found = rm.earned_value(rm.simulate(MODELS / "tunnel" / "program.yaml", 60))
    for place in ("", next(iter(found.trials.program.projects))):
        ax = plot.earned_value(found, place)
        assert list(drawn.faults(ax)) == []
    assert "SPI" in plot.caption(plot.earned_value(found)).title
    with pytest.raises(ArgumentError, match="there is no project 'nowhere'"):
        plot.earned_value(found, "nowhere")


def test_without_a_data_date_it_is_refused():
    work = {"p": {"activities": {"a": {"duration": "uniform(5d 9d)"}}}}
    with pytest.raises(ArgumentError, match="there is no data date"):
        plot.earned_value(rm.earned_value(rm.simulate(rm.Program(program="P", start="2027-01-04", projects=work), 20)))


def test_it_is_drawn_on_axes_of_ones_own():
    found = small()
    ax = plot.earned_value(found)
    assert plot.earned_value(found, ax=ax) is ax
