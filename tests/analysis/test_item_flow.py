"""Cumulative flow by hand, and the laws that hold in every iteration whatever was drawn."""

import numpy as np
import pytest

import riskmc as rm
from riskmc.errors import ArgumentError

LINE = [{"name": "a", "takes": "1d"}, {"name": "b", "takes": "2d"}]
BOARD = [
    {"name": "dev", "servers": 3, "wip": 4, "takes": "lognormal(p10=1d p90=4d)"},
    {"name": "test", "servers": 2, "wip": 3, "takes": "exponential(1d)"},
]


def trials(items, team, iterations=64):
    activities = {"work": {"backlog": {"team": "alpha", "items": items}}}
    one = rm.Program(
        program="Case", start="2027-01-04", teams={"alpha": team}, projects={"p": {"activities": activities}}
    )
    return rm.simulate(one, iterations)


def test_three_items_in_a_line_move_when_they_are_expected_to():
    """Stage a takes 1 day, b 2 days; the number of items is drawn, and is always three."""
    flow = rm.cumulative_flow(trials("uniform(2.1 2.9)", {"stages": LINE}), "work")
    assert flow.to_frame().to_dict("split")["data"] == [
        [0, 3, 0, 0],
        [0, 2, 1, 0],
        [0, 1, 2, 0],
        [0, 0, 2, 1],
        [0, 0, 1, 2],
        [0, 0, 0, 3],
    ]
    assert flow.days.tolist() == [0, 1, 2, 3, 5, 7]
    assert flow.lead.tolist() == [3, 5, 7]


@pytest.fixture(scope="module")
def board():
    return trials(60, {"stages": BOARD, "wip": 6, "arrivals": "1/w", "split": "20%"})


def test_littles_law_holds_in_every_iteration(board):
    for number in range(0, 64, 7):
        flow = rm.cumulative_flow(board, "p.work", number)
        assert flow.in_work == pytest.approx(flow.throughput * flow.lead.mean())


def test_the_flow_ends_with_the_iteration_that_it_belongs_to(board):
    start = np.datetime64("2027-01-04", "D")
    for number in range(0, 64, 7):
        flow = rm.cumulative_flow(board, "work", number)
        finish = board.finish_minutes[number].astype("M8[m]").astype("M8[D]")
        assert np.busday_count(start, finish) == pytest.approx(flow.length, abs=1)
        assert flow.items[-1].tolist() == [0, 0, 0, flow.lead.size]


def test_limits_hold_at_every_moment(board):
    items = rm.cumulative_flow(board, "work", at=0.8).items
    assert items[:, 1].max() <= 4
    assert items[:, 2].max() <= 3
    assert items[:, 1:3].sum(axis=1).max() <= 6
    assert (np.diff(items[:, 3]) >= 0).all()


def test_the_iteration_of_the_median_is_the_default(board):
    assert rm.cumulative_flow(board, "work").number == rm.iteration(board, at=0.5).number


def test_it_says_its_figures(board):
    told = repr(rm.cumulative_flow(board, "work", 3))
    assert told.startswith("<ItemFlow 'p.work': Items a day ")
    assert "lead time" in rm.cumulative_flow(board, "work", 3)._repr_html_().lower()


def test_what_does_not_flow_through_stages_is_refused(board):
    history = trials(60, {"throughput": "empirical(5 7 3 8)"})
    with pytest.raises(ArgumentError, match=r"p\.work has no items that flow through stages"):
        rm.cumulative_flow(history, "work")
    with pytest.raises(ArgumentError, match="iteration 64 is none of these trials, 0 to 63"):
        rm.cumulative_flow(board, "work", 64)
