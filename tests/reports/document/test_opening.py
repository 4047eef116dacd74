"""The first paragraph: a verdict where there are iterations enough for one, and the joint promise that is missed."""

import pytest

import fabricated
from riskmc.forecast.interval import wilson
from riskmc.reports.answers.forecast import tell
from riskmc.reports.document.opening import FEWEST, headline

BUDGET = [{"name": "Budget", "cost": "420M"}]


def promises(*joint):
    return [
        {"name": name, "at": "build.open", "finish": "2030-09-30", "cost": "450M", "joint": share}
        for name, share in joint
    ]


def test_a_joint_promise_that_is_missed_stands_in_the_first_paragraph():
    assert headline(fabricated.trials()) == (
        "Harbour Tunnel will probably finish late: 14% chance of 30 Jun 2030. Only 20% chance to stay within EUR 420M. "
        "Commitment is missed: 67% chance of its date and budget together, 70% wanted."
    )
    assert " ".join(tell(fabricated.trials()).split()).startswith(headline(fabricated.trials()))


@pytest.mark.parametrize(
    "wanted, missed", [("60%", False), ("66%", False), ("67%", False), ("67.5%", True), ("68%", True)]
)
def test_a_joint_promise_is_missed_where_its_printed_chance_is_below_what_is_wanted(wanted, missed):
    told = headline(fabricated.trials(program=fabricated.program(targets=promises(("Commitment", wanted)))))
    assert ("is missed" in told) is missed


def test_of_several_missed_promises_the_first_is_told_and_the_others_counted():
    two = fabricated.program(targets=promises(("First", "70%"), ("Second", "80%")))
    assert headline(fabricated.trials(program=two)).endswith("70% wanted; so is 1 other joint promise.")
    three = fabricated.program(targets=promises(("First", "70%"), ("Second", "80%"), ("Third", "90%")))
    assert headline(fabricated.trials(program=three)).endswith("70% wanted; so are 2 other joint promises.")


@pytest.mark.parametrize(("budget", "told"), [("430M", True), ("431M", True), ("450M", False)])
def test_a_good_date_does_not_hide_a_budget_that_is_more_likely_missed_than_kept(budget, told):
    date = {"name": "Open to public", "at": "build.open", "finish": "2030-09-30"}
    targets = [date, {"name": "Approved budget", "cost": budget}]
    trials = fabricated.trials(program=fabricated.program(targets=targets))
    assert (float(trials.cost().probability(float(budget[:-1]) * 1e6)) < 0.495) is told
    assert (f"Only {trials.cost().probability(float(budget[:-1]) * 1e6):.0%}" in headline(trials)) is told
    assert "on time" in headline(trials)


def test_a_budget_that_a_missed_promise_names_is_told_once():
    promise = {"name": "Promise", "at": "build.open", "finish": "2030-09-30", "cost": "420M", "joint": "70%"}
    told = headline(fabricated.trials(program=fabricated.program(targets=[promise, *BUDGET])))
    assert "Promise is missed" in told
    assert "Only" not in told


def test_the_chance_of_a_budget_is_that_of_staying_within_it():
    told = headline(fabricated.trials(program=fabricated.program(targets=BUDGET)))
    assert told == "Harbour Tunnel will probably overrun its budget: 20% chance to stay within EUR 420M."


@pytest.mark.parametrize(
    "n, told",
    [
        (1, "1 iteration of Harbour Tunnel was run: too few for a verdict, which takes at least 20."),
        (19, "19 iterations of Harbour Tunnel were run: too few for a verdict, which takes at least 20."),
    ],
)
def test_a_few_iterations_are_too_few_for_a_verdict(n, told):
    assert headline(fabricated.trials(n)) == told
    assert "finish late" in headline(fabricated.trials(FEWEST))


def test_fewer_iterations_than_that_know_an_even_chance_no_better_than_by_a_fifth():
    low, high = wilson(FEWEST // 2, FEWEST)
    assert (high - low) / 2 == pytest.approx(0.20, abs=0.001)


def test_a_plan_is_told_how_it_becomes_a_forecast():
    told = " ".join(tell(fabricated.trials(random=False)).split())
    assert "nothing in it is random. What makes a forecast of it: `ranges:` in the file, or --range" in told


def test_one_iteration_is_one():
    told = " ".join(tell(fabricated.trials(1)).split())
    assert "80% of 1 simulated outcome. 95%" in told
    assert "1 iteration, seed 1" in told
    assert "?M" not in told
