"""Targets: every promise gets its chance, and date and budget together theirs."""

from datetime import datetime

import fabricated
from riskmc.analysis.targets import budget_chances, date_chances, joint_chances, program_budget, program_date


def test_every_date_and_every_amount_has_its_chance():
    trials = fabricated.trials()
    dates, budgets = date_chances(trials), budget_chances(trials)
    assert [(c.name, c.at, c.date) for c in dates] == [
        ("Open to public", "build.open", datetime(2030, 7, 1)),
        ("Commitment", "build.open", datetime(2030, 10, 1)),
    ]
    assert [(c.name, c.amount) for c in budgets] == [("Approved budget", 420e6), ("Commitment", 450e6)]
    assert dates[0].probability == trials.finish().probability("2030-06-30")
    assert budgets[1].probability == trials.cost().probability(450e6)


def test_a_target_without_place_or_at_the_program_s_finish_is_the_program_s():
    trials = fabricated.trials()
    assert program_date(trials).name == "Open to public"
    assert program_budget(trials).name == "Approved budget"
    assert [c.name for c in date_chances(trials, "")] == ["Open to public", "Commitment"]
    assert [c.name for c in budget_chances(trials, "")] == ["Approved budget"]
    assert [c.name for c in budget_chances(trials, "build.open")] == ["Commitment"]


def test_a_project_s_target_is_about_that_project():
    trials = fabricated.trials(
        program=fabricated.program(targets=[{"name": "Design", "at": "design", "finish": "2029-03-31", "cost": "21M"}])
    )
    assert program_date(trials) is None
    assert date_chances(trials)[0].probability == trials.finish("design").probability("2029-03-31")
    assert budget_chances(trials, "design")[0].probability == trials.cost("design").probability(21e6)
    assert len(joint_chances(trials)) == 1


def test_joint_chances_are_of_targets_with_both_and_of_program_dates_with_budgets():
    told = [(c.name, c.date.date().isoformat(), c.amount, c.wanted) for c in joint_chances(fabricated.trials())]
    assert told == [
        ("Commitment", "2030-10-01", 450e6, 0.7),
        ("Open to public, Approved budget", "2030-07-01", 420e6, None),
        ("Commitment, Approved budget", "2030-10-01", 420e6, None),
    ]


def test_a_plan_has_promises_but_no_chances():
    trials = fabricated.certain()
    told = [*date_chances(trials), *budget_chances(trials), *joint_chances(trials)]
    assert len(told) == 7
    assert all(chance.probability is None for chance in told)
