"""What the committee is asked, by fixed rules; every number in the question is one of the forecasts."""

import re

from committees import certain, responding, small, trials_of
from riskmc.analysis.targets import joint_chances
from riskmc.forecast.figures import chance
from riskmc.reports.committee.decision import decision
from riskmc.reports.committee.material import gather

COMMITS = {"confidence": {"expect": "P50", "commit": "P80"}}


def asked(program, iterations=2_000):
    material = gather(trials_of(program, iterations))
    return material, decision(material)


def text(found):
    return " ".join([found.ask, *found.effects, found.remains, found.without])


def p80(trials):
    return trials.finish().text(trials.finish().quantile(0.80))


def test_a_proposal_is_asked_to_be_approved_with_what_it_moves_and_what_stays_bad():
    material, found = asked(responding())
    after = material.proposal.with_it
    assert found.ask.startswith("Approve EUR 50k for Breakwater.")
    assert f"from {p80(material.trials)} to {p80(after)}" in found.effects[0]
    cost = [trials.cost().text(trials.cost().quantile(0.80)) for trials in (material.trials, after)]
    assert f"from {cost[0]} to {cost[1]}, the spend included" in found.effects[-1]
    assert found.remains.startswith("Even so, P80 misses 22 Feb 2027 by ")


def test_what_the_proposal_does_to_a_joint_promise_stands_in_the_question():
    promise = {"name": "Opening", "finish": "2027-02-22", "cost": "1M", "joint": "90%"}
    material, found = asked(responding(targets=[promise]))
    before, after = (joint_chances(trials)[0].probability for trials in (material.trials, material.proposal.with_it))
    told = next(effect for effect in found.effects if "date and budget together" in effect)
    assert told.endswith(f"goes from {chance(before)} to {chance(after)}; 90% are wanted.")


def test_days_in_the_effects_are_those_between_the_printed_dates():
    material, found = asked(responding())
    days = int(re.search(r"comes (\d+) days? earlier", found.effects[0])[1])
    before, after = (trials.finish().quantile(0.80).date() for trials in (material.trials, material.proposal.with_it))
    assert (before - after).days == days


def test_commit_and_fund_are_said_only_where_the_program_says_at_which_percentile():
    _, plain = asked(responding())
    _, committed = asked(responding(**COMMITS))
    assert not re.search(r"\b(commit|fund)\b", text(plain))
    assert "commit to" in committed.without
    assert "fund EUR" in committed.without


def test_without_responses_a_target_that_is_missed_is_to_be_promised_anew_or_its_chance_accepted():
    material, found = asked(small())
    assert found.ask.startswith("P80 misses 22 Feb 2027 by ")
    assert p80(material.trials) in found.effects[0]
    assert any("accept a chance of " in effect for effect in found.effects)


def test_a_promise_that_is_kept_is_no_chance_to_accept():
    ample = {"name": "Budget", "cost": "900M"}
    _, found = asked(small(targets=[{"name": "Opening", "finish": "2027-02-22"}, ample]))
    (told,) = [effect for effect in found.effects if "accept a chance" in effect]
    assert told.startswith("Or keep 22 Feb 2027")
    assert "900" not in text(found)


def test_where_every_target_is_kept_nothing_is_asked():
    _, found = asked(small(targets=[{"name": "Opening", "finish": "2030-01-01"}]))
    assert found is None


def test_a_plan_and_too_few_iterations_ask_nothing():
    assert asked(certain(), 100)[1] is None
    assert asked(responding(), 10)[1] is None
