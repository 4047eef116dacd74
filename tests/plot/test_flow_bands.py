"""The cumulative flow diagram: its bands are the items of the result, named, in words and in both colours."""

import pytest

import riskmc as rm
from riskmc import plot

STAGES = [{"name": "dev", "servers": 2, "takes": "exponential(2d)"}, {"name": "test", "takes": "exponential(1d)"}]


@pytest.fixture(scope="module")
def flow():
    activities = {"work": {"name": "Portal", "backlog": {"team": "alpha", "items": 60}}}
    teams = {"alpha": {"stages": STAGES, "wip": 12}}
    one = rm.Program(program="Case", start="2027-01-04", teams=teams, projects={"p": {"activities": activities}})
    return rm.cumulative_flow(rm.simulate(one, 64), "work")


def test_every_band_is_as_high_as_its_items_are_many(flow):
    ax = plot.cumulative_flow(flow)
    bands = {band.get_label(): band.get_paths()[0].get_extents() for band in ax.collections}
    assert [*bands] == ["Done", "test", "dev", "To do"]
    assert bands["Done"].y1 == 60
    assert bands["To do"].y1 == 60
    assert ax.get_xlim()[1] == flow.length


def test_every_band_is_named(flow):
    texts = [text.get_text() for text in plot.cumulative_flow(flow).texts]
    assert {"Done", "To do", "dev", "test"} <= {*texts}


def test_the_caption_is_a_sentence_with_numbers(flow):
    caption = plot.caption(plot.cumulative_flow(flow))
    assert caption.title == (
        f"Portal: 60 items in {flow.length:,.0f} working days, {flow.in_work:.1f} of them in work at a time"
    )
    assert f"an item takes {flow.lead.mean():.1f} days" in caption.subtitle
    assert "most items in a stage: dev " in caption.description
    assert plot.to_svg(plot.cumulative_flow(flow), "flow").startswith("<svg")
