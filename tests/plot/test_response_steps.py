"""The frontier of responses as a picture: every step told, states marked, nothing lies on anything, in every case."""

import pytest

import riskmc as rm
from drawn import faults
from rendering import MODELS, ROOT
from riskmc import plot
from riskmc.errors import ArgumentError

FERRY = ROOT / "models" / "ferry" / "program.yaml"
HOSTILE = "<script>$x$</script> =cmd() \u202eabc" + "x" * 300


def texts(ax):
    """Return the texts of the axes."""
    return [text.get_text() for text in ax.texts]


def many(count, name=None):
    """Return a program with so many responses, each to a risk of its own."""
    names = [f"a{k:02}" for k in range(count)]
    activities = {n: {"duration": "triangular(8d 10d 15d)", "after": names[k - 1 : k]} for k, n in enumerate(names)}
    risks = {n: {"probability": "40%", "impacts": [{"on": f"p.{n}", "duration": "+ 9d"}]} for n in names}
    responses = {
        f"m{n}": {"name": f"{name} {n}" if name else None, "cost": f"{k + 1}k", "acts_on": {n: {"probability": "0%"}}}
        for k, n in enumerate(names)
    }
    words = {"projects": {"p": {"activities": activities}}, "risks": risks, "responses": responses}
    return rm.Program(program="Many", start="2027-01-04", currency="EUR", **words)


@pytest.mark.parametrize("by", ("finish", "cost", "chance"))
@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_no_text_lies_on_another_or_stands_out(model, by):
    assert [*faults(plot.frontier(rm.response_frontier(rm.simulate(model, 300), by)))] == []


def test_every_step_is_told_with_its_interval_and_the_states_are_marked():
    found = rm.response_frontier(rm.simulate(FERRY, 1_000))
    told = texts(plot.frontier(found))
    for number, step in enumerate(found.efficient[1:], start=1):
        assert str(number) in told
        text, interval = found.measured.bought(step.difference, "EUR")
        assert any(said.startswith(f"buys {text} in all (95%: {interval})") for said in told)
    assert {"before any response", "as it is now", "all of them"} <= {*told}


def test_the_title_is_the_best_portfolio_for_the_budget():
    trials = rm.simulate(FERRY, 1_000)
    found = rm.response_frontier(trials, budget="300k")
    title = plot.caption(plot.frontier(found)).title
    assert title.startswith("EUR 240k buys ")
    assert found.bought_text(found.best()) in title
    nothing = rm.response_frontier(trials, budget=0)
    assert plot.caption(plot.frontier(nothing)).title == "None of 2 responses improves the P80 finish"


def test_of_many_steps_the_largest_and_the_last_are_told():
    found = rm.response_frontier(rm.simulate(many(11), 400))
    assert len(found.efficient) > 9
    ax = plot.frontier(found)
    told = texts(ax)
    assert f"and {len(found.efficient) - 9} smaller steps between them" in told
    assert [*faults(ax)] == []


def test_hostile_names_do_no_harm():
    ax = plot.frontier(rm.response_frontier(rm.simulate(many(3, HOSTILE), 200)))
    assert [*faults(ax)] == []
    assert "\u202e" not in "".join(texts(ax)) + plot.to_svg(ax, "frontier")


def test_only_a_frontier_is_drawn():
    with pytest.raises(ArgumentError, match=r"plot\.frontier draws what response_frontier returns, got Trials"):
        plot.frontier(rm.simulate(FERRY, 100))
