"""The printed answer on responses: 80 columns, the sentence first, nothing hostile, and right without money or luck."""

import pytest

import riskmc as rm
from rendering import MODELS, ROOT
from riskmc.reports.answers.responses import tell_responses

FERRY = ROOT / "models" / "ferry" / "program.yaml"
HOSTILE = "<script>alert(1)</script> =cmd()\x1b[31m \u202e" + "x" * 300


def told(program, iterations=300, **options):
    """Return the printed answer for a program."""
    trials = rm.simulate(program, iterations)
    found = rm.responses(trials)
    return tell_responses(found, rm.response_frontier(trials, **options) if found.has_proposed else None)


def small(responses, **more):
    """Return a small program with one risk."""
    activities = {"a": {"duration": "triangular(8d 10d 15d)"}, "b": {"duration": "5d", "after": ["a"]}}
    risks = {"r": {"probability": "40%", "impacts": [{"on": "p.a", "duration": "+ 6d"}]}}
    whole = {"program": "Small", "start": "2027-01-04", "projects": {"p": {"activities": activities}}, "risks": risks}
    return rm.Program(**{**whole, "responses": responses, **more})


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_every_line_fits_into_eighty_columns(model):
    assert max(map(len, told(model).splitlines())) <= 80


def test_the_first_sentence_says_what_pays_and_what_is_bought():
    first = " ".join(told(FERRY, iterations=3_000).split("\n\n")[0].split())
    assert first.startswith("Of 2 proposed 1 pays: Charging mock-up on land, a year ahead; of 1 approved ")
    assert "Most for its money: EUR 240k buys " in first
    assert "The most: EUR 620k buys " in first


def test_a_budget_is_answered():
    text = " ".join(told(FERRY, budget="300k").split())
    assert "EUR 240k of EUR 300k buys " in text
    assert "No response improves the P80 finish for EUR 1.0k." in " ".join(told(FERRY, budget="1k").split())


def test_overlaps_ties_and_what_is_never_bought_are_said():
    off = {"cost": "5k", "acts_on": {"r": {"probability": "0%"}}}
    text = " ".join(told(small({"one": off, "two": off, "idle": {"cost": "1k"}})).split())
    assert "Exactly as good for as much money: two as one." in text
    assert "In none: idle." in text
    assert "Overlap at P80 Alone Together Twice" in text
    assert "one + two" in text


def test_without_a_cost_of_delay_it_says_what_a_day_must_be_worth():
    text = " ".join(told(small({"one": {"cost": "5k", "acts_on": {"r": {"probability": "0%"}}}})).split())
    assert "No cost of delay is said: days have no value here" in text
    assert "one pays where a day is worth more than " in text
    assert "Of 1 proposed none surely pays." in text


def test_it_reads_without_money_and_without_proposed_responses():
    text = told(small({"one": {"status": "approved", "acts_on": {"r": {"probability": "0%"}}}}))
    assert "money" not in text.partition("Each response")[0]
    assert "to buy" not in text


def test_a_plan_says_that_it_is_none_of_a_forecast():
    activities = {"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"]}}
    work = {"m": {"cost": "5k", "activities": {"prepare": {"duration": "3d", "before": ["p.a"]}}}}
    text = told(small(work, risks={}, projects={"p": {"activities": activities}}))
    assert text.startswith("This is a plan, not a forecast.")


def test_hostile_names_do_no_harm():
    text = told(small({"one": {"name": HOSTILE, "cost": "5k", "acts_on": {"r": {"probability": "0%"}}}}))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) <= 80
