"""Joint confidence in a picture: shares add up over the corners and are those of `joint_confidence`."""

import re

import pytest

import riskmc as rm
from pictured import far_targets, ferry
from riskmc import plot
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance


def said(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_the_title_is_the_joint_confidence_of_the_first_pair_of_targets():
    together = rm.joint_confidence(ferry(), "2029-07-31", 63e6, at="service.opening")
    title = plot.caption(plot.joint(ferry())).title
    assert title == f"Open to passengers: {chance(together)} of outcomes meet 31 Jul 2029 and EUR 63.0M together"


def test_the_shares_of_the_corners_add_up_to_all_iterations():
    shares = [int(text[:-1]) for text in said(plot.joint(ferry())) if re.fullmatch(r"\d+%", text)][:4]
    assert abs(sum(shares) - 100) <= 2  # four roundings


def test_targets_can_be_given():
    ax = plot.joint(ferry(), finish="2029-06-01", cost=61e6)
    together = chance(rm.joint_confidence(ferry(), "2029-06-01", 61e6))
    assert plot.caption(ax).title.endswith(f"{together} of outcomes meet 1 Jun 2029 and EUR 61.0M together")
    assert together in said(ax)


def test_a_place_without_a_pair_of_targets_has_frontiers_alone():
    ax = plot.joint(ferry(), at="vessel")
    assert re.fullmatch(r"Ferry: 70% of outcomes keep both .* \d{4} and EUR [\d.]+M", plot.caption(ax).title)
    assert not [text for text in said(ax) if "budget" in text]
    assert {"50%", "70%", "80%"} <= set(said(ax))


def test_the_share_that_a_target_asks_for_has_the_bold_frontier():
    ax = plot.joint(ferry())  # joint: 80%
    weights = {text.get_text(): text.get_weight() for text in ax.texts}
    assert weights["80%"] > weights["70%"]


def test_far_targets_leave_the_dots_their_room():
    run = far_targets()
    low, high = plot.joint(run, finish="2199-01-01", cost=9e11).get_xlim()
    assert high - low < 1_000


def test_what_is_no_run_is_refused():
    with pytest.raises(ArgumentError, match=r"plot.joint draws trials, got Forecast; write rm.simulate\(program\)"):
        plot.joint(ferry().finish())
