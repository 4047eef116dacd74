"""The printed answer: the verdict first, eighty columns, every number that a committee asks for."""

from datetime import datetime

import numpy as np
import pytest

import fabricated
from riskmc.forecast.instant import minutes_of
from riskmc.reports.answers.forecast import tell
from riskmc.reports.document.opening import headline
from riskmc.simulation.trials import Coverage

LONG = "The third " * 12 + "harbour"


def lines(trials):
    return tell(trials).splitlines()


def opening(trials):
    """The first paragraph, as one line."""
    return " ".join(tell(trials).partition("\n\n")[0].split())


def blocks(trials):
    """The parts of the answer by their first word, as lists of lines."""
    return {part.split()[0]: part.splitlines() for part in tell(trials).split("\n\n")}


def test_the_answer_stands_first_in_one_sentence():
    assert headline(fabricated.trials()).startswith(
        "Harbour Tunnel will probably finish late: 14% chance of 30 Jun 2030."
    )


def test_what_to_expect_and_to_commit_to_stands_beside_the_target():
    noun = fabricated.program(confidence={"expect": "P50", "commit": "P80"})
    told = opening(fabricated.trials(program=noun))
    assert "Expect 5 Sep 2030; commit to no earlier than 12 Oct 2030, 104 days after the target." in told
    assert "Expect a cost of EUR 434M; fund EUR 446M, EUR 26M above the budget." in told


def test_nothing_is_called_committed_where_the_program_does_not_say_so():
    told = opening(fabricated.trials())
    assert "P50 is 5 Sep 2030; P80 is 12 Oct 2030, 104 days after the target." in told
    assert "Cost: P50 is EUR 434M; P80 is EUR 446M, EUR 26M above the budget." in told
    assert "commit" not in told


def test_an_organisation_has_its_own_words_for_expected_and_committed():
    noun = fabricated.program(confidence={"expect": "P60", "commit": "P90"})
    trials = fabricated.trials(program=noun)
    told = opening(trials)
    assert f"commit to no earlier than {trials.finish().text(trials.finish().quantile(0.90))}" in told
    assert f"Expect {trials.finish().text(trials.finish().quantile(0.60))}" in told


def test_without_a_target_the_answer_is_what_to_expect():
    trials = fabricated.trials(program=fabricated.program(targets=[]))
    assert lines(trials)[0] == "Expect Harbour Tunnel to finish on 5 Sep 2030."
    assert "Target" not in tell(trials)


def test_with_a_budget_only_the_verdict_is_on_the_budget():
    noun = fabricated.program(targets=[{"name": "Budget", "cost": "420M"}])
    assert headline(fabricated.trials(program=noun)) == (
        "Harbour Tunnel will probably overrun its budget: 20% chance to stay within EUR 420M."
    )


def test_percentiles_of_finish_and_cost_stand_side_by_side_with_their_intervals():
    rows = blocks(fabricated.trials())["Finish"]
    assert [row.split("  ")[0] for row in rows[1:8]] == ["P10", "P50", "P80", "P90", "Mean", "Std dev", "Plan"]
    assert rows[3] == "P80      12 Oct 2030  10 – 14 Oct 2030  EUR 446M  445 – 447M"
    assert "simulation error only; it says nothing" in " ".join(rows)


def test_schedule_margin_is_shown_beside_the_plan():
    held = fabricated.plan(finish_with_margin=minutes_of(datetime(2030, 3, 29, 17)))
    rows = blocks(fabricated.trials(plan=held))["Finish"]
    assert any(row.startswith("With margin  29 Mar 2030  <1% chance") for row in rows)


def test_every_target_has_its_chance_and_interval():
    told = blocks(fabricated.trials())
    assert "Open to public   by 30 Jun 2030      14%  13% – 16%" in told["Target"]
    assert "Commitment       within EUR 450M     88%  86% – 89%" in told["Target"]
    assert "Commitment: by 30 Sep 2030 and within EUR 450M     67%  64% – 69%        70%" in told["Date"]


def test_the_most_critical_activities_stand_in_order():
    rows = blocks(fabricated.trials())["Most"]
    assert [row.split()[0] for row in rows[1:4]] == ["Line", "build.dig", "Permits"]
    assert "…" in rows[3]


def test_projects_and_milestones_have_p50_and_p80():
    told = blocks(fabricated.trials())
    assert told["Project"][2].split("  ")[0] == "build"
    assert told["Milestone"][1] == "Open to public  15 Feb 2030  5 Sep 2030  12 Oct 2030"


def test_little_coverage_is_a_warning():
    warned = " ".join(lines(fabricated.trials(coverage=Coverage(0.799, 1.0))))
    assert "Warning: Ranges cover 79% of the remaining work and 100% of the driving paths." in warned
    assert "Warning" not in tell(fabricated.trials(coverage=Coverage(0.80, 0.80)))


def test_what_was_relaxed_ignored_and_assumed_is_said_a_few_lines_of_each():
    relaxed = tuple(f"build.a{number}: mandatory start acts as start no earlier than." for number in range(300))
    told = tell(fabricated.trials(relaxed=relaxed, ignored=("resources",)))
    assert "Relaxed: build.a0: mandatory start" in told
    assert "Relaxed: 295 more, see --json." in told
    assert "Ignored: resources" in told
    assert "Assumed: Night work is allowed from 2028." in told
    assert "Not in the model: War; Change of law" in told


def test_the_last_lines_say_what_made_the_numbers():
    trials = fabricated.trials(scenario="respond", mitigation="post", constraints="as-planned")
    told = " ".join(tell(trials).split("\n\n")[-1].split())
    assert told == (
        f"2,000 iterations, seed 1, program {trials.hash}, monte-carlo, mitigation post, scenario respond, "
        f"constraints as planned, riskmc {trials.version}"
    )


def test_a_plan_is_not_a_forecast():
    told = tell(fabricated.certain())
    assert told.startswith("Harbour Tunnel is planned to finish on 15 Feb 2030.\n")
    assert "This is a plan, not a forecast" in told
    assert "kept, 135 days early" in told
    assert "kept, EUR 50M left" in told
    assert "P80" not in told
    assert "%" not in told


def test_a_plan_that_misses_its_targets_says_by_how_much():
    noun = fabricated.program(
        targets=[{"name": "Early", "finish": "2030-01-31"}, {"name": "Cheap", "at": "design", "cost": "18M"}]
    )
    told = tell(fabricated.certain(program=noun))
    assert "missed by 15 days" in told
    assert "missed by EUR 500k" in told


def test_a_program_without_money_is_not_asked_for_any():
    free = fabricated.plan(cost_cents=0, project_cost={})
    nothing = np.zeros(2_000, dtype=np.int64)
    trials = fabricated.trials(
        program=fabricated.program(targets=[]),
        plan=free,
        cost_cents=nothing,
        project_cost={"design": nothing.copy(), "build": nothing.copy()},
    )
    assert "cost" not in tell(trials).lower()


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("make", [fabricated.trials, fabricated.certain])
def test_no_line_is_wider_than_the_terminal_and_no_cell_is_wrapped(make, width):
    projects = {
        f"{name}-{LONG.replace(' ', '-')}": {
            "name": f"{LONG} {name}",
            "activities": {part: {"name": f"{LONG} {part}", "duration": "5d"} for part in ("a", "b")},
        }
        for name in ("one", "two")
    }
    noun = fabricated.program(
        program=LONG, currency="CHF", finish=None, projects=projects, targets=[{"name": LONG, "cost": "1204M"}]
    )
    samples = {project: make().finish_minutes.copy() for project in projects}
    told = fabricated.plan(
        project_finish=dict.fromkeys(projects, fabricated.PLANNED), project_cost={}, milestone_finish={}
    )
    trials = make(program=noun, plan=told, project_finish=samples, project_cost=samples, milestone_finish={})
    lines_told = tell(trials, width=width).splitlines()
    assert max(map(len, lines_told)) <= width
    assert len([line for line in lines_told if line.startswith("The third") and "The third The third" in line]) >= 3


def test_colour_changes_no_word():
    plain, bright = tell(fabricated.trials()), tell(fabricated.trials(), colour=True)
    assert "\x1b[" in bright
    assert "\x1b[" not in plain


def test_one_iteration_is_answered_too():
    assert "? –" in tell(fabricated.trials(1))
