"""The risk matrix drawn: numbers stay in their cells and names in their list, whatever they are called."""

from itertools import combinations, pairwise

import pytest

import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT, ferry
from riskmc import plot
from riskmc.analysis.risk_matrix import risk_matrix
from riskmc.errors import ArgumentError


def many(count: int) -> rm.Trials:
    """Risks in one cell, with names that would act, or never end."""
    names = [*HOSTILE, RIGHT_TO_LEFT]
    risks = {
        f"r{i}": {"name": names[i % 5], "probability": "20%", "impacts": [{"on": "p.a", "duration": "+ 1ed"}]}
        for i in range(count)
    }
    work = {"p": {"activities": {"a": {"duration": "100ed"}}}}
    return rm.simulate(
        rm.Program(program=HOSTILE[0], start="2027-01-04", calendar="24h", risks=risks, projects=work), iterations=300
    )


def boxes(ax):
    """Return the boxes of all texts inside the figure but its heading."""
    figure = ax.get_figure()
    figure.canvas.draw()
    return [text.get_window_extent() for text in ax.texts if text.get_text() and text.get_gid() is None]


@pytest.mark.parametrize("trials", [ferry(), many(3), many(40)], ids=["ferry", "three", "forty"])
def test_no_label_lies_on_another(trials):
    found = boxes(plot.risk_matrix(risk_matrix(trials)))
    assert len(found) > 10
    for one, other in combinations(found, 2):
        apart = min(one.x1, other.x1) - max(one.x0, other.x0), min(one.y1, other.y1) - max(one.y0, other.y0)
        assert min(apart) <= 1.5


def test_every_threat_is_numbered_in_the_cell_where_it_stands():
    found = risk_matrix(ferry())
    ax = plot.risk_matrix(found)
    for place, risk in enumerate(found.of("threat"), 1):
        here = [t.get_text() for t in ax.texts if t.get_position() == (risk.column + 0.5, risk.row + 0.5)]
        assert str(place) in " ".join(here).split()


def test_what_does_not_fit_is_counted():
    ax = plot.risk_matrix(risk_matrix(many(100)))
    assert any("+" in text.get_text() for text in ax.texts)
    assert any(text.get_text() == "and 76 more" for text in ax.texts)


def test_shades_are_told_apart_in_grey():
    ax = plot.risk_matrix(risk_matrix(ferry()))
    grey = sorted(
        {round(0.299 * r + 0.587 * g + 0.114 * b, 2) for r, g, b, _ in (p.get_facecolor() for p in ax.patches)}
    )
    assert len(grey) == 3
    assert min(b - a for a, b in pairwise(grey)) > 0.08


def test_opportunities_have_a_picture_of_their_own():
    assert "1 opportunities" not in plot.caption(plot.risk_matrix(risk_matrix(ferry()), of="opportunities")).title
    with pytest.raises(ArgumentError, match="no opportunities"):
        plot.risk_matrix(risk_matrix(many(3)), of="opportunities")
    with pytest.raises(ArgumentError, match="of is threats or opportunities, got 'all'"):
        plot.risk_matrix(risk_matrix(ferry()), of="all")
