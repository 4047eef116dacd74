"""The printed comparison: the answer first, in eighty columns, with what must be known beside it."""

from dataclasses import replace

import numpy as np
import pytest

import fabricated
import riskmc as rm
from pictured import ferry
from riskmc.analysis.comparison import compare
from riskmc.reports.answers.comparison import tell_comparison

DAY = fabricated.DAY


@pytest.fixture(scope="module")
def base() -> rm.Trials:
    return fabricated.trials()


def scenario(trials: rm.Trials, days: float, cents: float, **changes: object) -> rm.Trials:
    """The same trials with the program, its last project and its milestone moved by days and cents, some at random."""
    shares = 2 * fabricated.shuffled(len(trials), 1_299_709)
    later, dearer = (days * DAY * shares).astype(np.int64), (cents * shares).astype(np.int64)
    finish = trials.finish_minutes + later
    kept = {
        "finish_minutes": finish,
        "cost_cents": trials.cost_cents + dearer,
        "project_finish": {**trials.project_finish, "build": finish.copy()},
        "project_cost": {**trials.project_cost, "build": trials.project_cost["build"] + dearer},
        "milestone_finish": {"build.open": finish.copy()},
        "scenario": "faster",
    }
    return replace(trials, **{**kept, **changes})


def told(*runs: rm.Trials, **options: object) -> str:
    return tell_comparison(compare(*runs, **options))


def test_the_answer_comes_first_in_a_sentence(base):
    text = " ".join(told(base, scenario(base, -43, 1.2e9)).split())
    assert text.startswith(
        "faster: P80 −41 d (−43 to −38 d) and +EUR 13.0M (+12.3 to +13.9M); 37% chance of 30 Jun 2030 "
    )
    assert "37% chance of 30 Jun 2030 instead of 14%. As it stands" in text


def test_a_scenario_that_changes_nothing_is_said_to_change_nothing(base):
    text = told(base, replace(base, scenario="idle"))
    assert " ".join(text.split("\n\n")[0].split()) == (
        "idle changes nothing: every finish and every cost is the same in all 2,000 iterations."
    )
    assert text.count("idle") == 2  # the sentence and the provenance: no table of zeros


def test_what_chance_alone_explains_is_said_to_be_not_told_apart(base):
    noise = np.random.default_rng(5).permutation(len(base))
    shuffled = replace(
        scenario(base, 0, 0), finish_minutes=base.finish_minutes[noise], cost_cents=base.cost_cents + 10**8
    )
    text = " ".join(told(base, shuffled).split())
    assert "not told apart from no change, and +EUR 1.0M (+1.0M)" in text


def test_an_outcome_that_stays_is_unchanged(base):
    text = told(base, scenario(base, 0, 1.2e9))
    assert text.startswith("faster: P80 finish unchanged and +EUR 1")
    assert "14% chance of 30 Jun 2030, as before." in " ".join(text.split())
    assert "unchanged" in text.split("faster  ")[1].splitlines()[1]


def test_every_scenario_has_its_sentence_and_its_tables(base):
    runs = scenario(base, -43, 1.2e9), scenario(base, -10, 2e8, scenario="cheaper")
    text = told(base, *runs)
    opening = text.split("\n\n")[0]
    assert opening.index("faster: P80") < opening.index("cheaper: P80")
    assert [line.split()[0] for line in text.splitlines() if "Finish  95% interval" in line] == [
        "faster", "cheaper", "Against",
    ]  # fmt: skip
    assert text.count("Target  ") == 2
    assert text.count("Date and budget together") == 2
    assert text.count("Project or milestone") == 2
    assert "Unchanged: 1 more." in text


def test_the_levels_are_those_of_the_organisation(base):
    program = fabricated.program(confidence={"expect": "60%", "commit": "85%"})
    trials = replace(base, program=program)
    text = told(trials, scenario(trials, -43, 1.2e9))
    assert text.startswith("faster: P85 ")
    assert "\nP60 " in text
    assert "\nP85 " in text
    assert "Finish P85" in text


def test_few_iterations_have_no_interval_and_say_so():
    base = fabricated.trials(15)
    text = told(base, scenario(base, -43, 1.2e9))
    assert "(too few iterations)" in text
    assert "not told apart" not in text


def test_plans_are_compared_as_plans():
    plan = fabricated.certain()
    later = replace(plan, finish_minutes=plan.finish_minutes + 14 * DAY, milestone_finish={}, scenario="later")
    text = " ".join(told(plan, later).split())
    assert text.startswith("later: +14.0 d and cost unchanged.")
    assert "These are plans, not forecasts: nothing in them is random." in text
    assert "P80" not in text


def test_a_program_without_costs_shows_none(base):
    free = replace(
        base,
        cost_cents=np.zeros_like(base.cost_cents),
        project_cost={project: np.zeros_like(cost) for project, cost in base.project_cost.items()},
        plan=fabricated.plan(cost_cents=0),
    )
    text = told(free, scenario(free, -43, 0))
    assert "Cost" not in text
    assert text.startswith("faster: P80 −41 d (−43 to −38 d); 37% chance")


def test_what_was_left_out_in_a_scenario_alone_is_said(base):
    other = scenario(base, -43, 1.2e9, relaxed=("build.dig: finish on 1 May 2028",), notes=("shared", "own"))
    text = told(replace(base, notes=("shared",)), other)
    assert "Relaxed in faster: build.dig: finish on 1 May 2028" in text
    assert "Note in faster: own" in text
    assert "Note in faster: shared" not in text
    assert "Note: shared" in text


@pytest.mark.parametrize(
    "name", ["x" * 300, "<script>alert(1)</script>", "=cmd()", "שלום עולם", "[bold]a[/bold]\n[red]b"]
)
def test_any_name_fits_eighty_columns_and_does_no_harm(base, name):
    text = told(base, scenario(base, -43, 1.2e9), names=[name])
    assert max(map(len, text.splitlines())) <= 80
    assert name[:41] not in text.replace("\n", "") or len(name) <= 40


def test_the_same_trials_give_the_same_text_in_colour_too(base):
    other = scenario(base, -43, 1.2e9)
    assert told(base, other) == told(base, other)
    assert "\x1b[1m" in tell_comparison(compare(base, other), colour=True)


def test_of_plans_it_says_by_how_much_a_target_is_missed_before_and_after():
    words = {"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"]}}
    program = rm.Program(
        program="X",
        start="2027-01-04",
        projects={"p": {"activities": words}},
        targets=[{"name": "T", "finish": "2027-01-20"}],
        scenarios={"s": {"set": {"p.a.duration": "12d"}}},
    )
    text = told(rm.simulate(program, 10), rm.simulate(program, 10, scenario="s"))
    assert "T by 20 Jan 2027 missed by 2 days missed by 6 days" in " ".join(text.split())


def test_a_date_and_a_budget_of_one_target_are_told_by_its_name_and_not_cut():
    program = ferry().again().program
    text = tell_comparison(rm.compare(*(rm.simulate(program, 300, scenario=name) for name in (None, "respond"))))
    joint = text[text.index("Date and budget together") :].partition("\n\n")[0]
    assert "Condition of the grant  " in joint
    assert "\u2026" not in joint


def test_a_cost_that_chance_alone_explains_is_doubted_by_name(base):
    noise = np.random.default_rng(5).permutation(len(base))
    shuffled = replace(scenario(base, -43, 0), cost_cents=base.cost_cents[noise])
    text = " ".join(told(base, shuffled).split())
    assert text.startswith("faster: P80 −41 d (−43 to −38 d); cost ")
    assert "not told apart from no change; 37% chance of 30 Jun 2030 instead of 14%." in text
