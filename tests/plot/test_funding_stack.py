"""Funding in a picture: layers end where the result says, under the curve that says how often each suffices."""

import pytest

import drawn
import riskmc as rm
from pictured import HOSTILE, MODELS, one_activity
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.forecast.instant import DAY_MINUTES


@pytest.fixture(scope="module")
def found():
    return rm.contingency(rm.simulate(MODELS / "ferry" / "program.yaml", 300))


def ends(ax):
    """Return the right ends of the bars, in the order in which they were drawn."""
    return [bar.get_x() + bar.get_width() for bar in ax.patches]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_layers_end_at_base_percentile_and_reserve(found):
    layers = {fund.name: fund.needed for fund in found.layers}
    base = layers["base"]
    assert ends(plot.contingency(found)) == pytest.approx(
        [base, base + layers["contingency"], base + layers["contingency"] + layers["management reserve"]], abs=0.02
    )


def test_held_margin_is_a_row_of_its_own_in_days(found):
    ax, plan = plot.contingency(found, of="finish"), found.trials.plan
    base, most = plan.finish / DAY_MINUTES, found.trials.finish().ordered
    needed = [base, most[239] / DAY_MINUTES]
    assert ends(ax) == pytest.approx([*needed, base, plan.finish_with_margin / DAY_MINUTES])
    assert "Held" in texts(ax)
    assert not any("Held" in text for text in texts(plot.contingency(found)))


def test_every_level_says_how_often_it_suffices(found):
    told = texts(plot.contingency(found))
    for amount in (ends(plot.contingency(found))[0], ends(plot.contingency(found))[2]):
        share = found.trials.cost().probability(amount)
        assert f"suffices in {rm.forecast.figures.chance(share)}" in told


@pytest.mark.parametrize("of", ["cost", "finish"])
def test_nothing_overlaps_and_the_title_has_the_numbers(found, of):
    ax = plot.contingency(found, of=of)
    assert list(drawn.faults(ax)) == []
    caption = plot.caption(ax)
    assert "of outcomes; P80 takes" in caption.title
    assert caption.description.count("in ") >= len(found.layers) - 1


def test_a_base_above_the_percentile_and_hostile_names_are_drawn_too():
    work = {"p": {"activities": {"a": {"duration": {"plan": "20d", "range": "uniform(10d 19d)"}, "cost": "1M"}}}}
    early = rm.Program(program=HOSTILE[0], start="2027-01-04", projects=work, management_reserve="200k")
    ax = plot.contingency(rm.contingency(rm.simulate(early, 100)), of="finish")
    assert list(drawn.faults(ax)) == []
    assert "is met in >99%" in texts(ax) or "is met in 100%" in texts(ax)
    assert "<script>" not in plot.to_svg(ax, "c")


def test_no_money_and_another_outcome_are_refused(found):
    with pytest.raises(ArgumentError, match="no money is spent"):
        plot.contingency(rm.contingency(one_activity()))
    with pytest.raises(ArgumentError, match="of is cost or finish, got 'both'"):
        plot.contingency(found, of="both")


def test_it_is_drawn_on_axes_of_ones_own(found):
    ax = plot.contingency(found)
    assert plot.contingency(found, ax=ax) is ax
