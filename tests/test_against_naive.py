"""Every number of the engine against the oracle, iteration by iteration: acceptance programs and random ones.

Where all sizes are discrete, both sides must agree to the minute and to the cent. Where they are continuous, the
engine's curves are fitted and in single precision: each sampled activity may differ by two minutes of work, and money
by the share of the spread that the fit allows.
"""

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import naive
import random_programs
import riskmc
from riskmc.program.notation import size
from riskmc.program.program import Program

simulate = riskmc.simulate

ACCEPTANCE = Path(__file__).parent / "data" / "acceptance"
EXACT = ("calendars", "projects")
CONTINUOUS = sorted({file.stem for file in ACCEPTANCE.glob("*.yaml")} - set(EXACT))
MINUTES_EACH = 2
MONEY = 2e-4
ITERATIONS = range(230, 290)  # across the border between two blocks


def read(name):
    with open(ACCEPTANCE / f"{name}.yaml", encoding="utf-8") as file:
        return Program(**yaml.load(file, Loader=yaml.BaseLoader))


def compared(program, iterations, seed=1, **options):
    """Return (the engine's trials, the oracle's iterations, the oracle) of the same iterations."""
    trials = simulate(program, iterations=iterations, seed=seed, **options)
    default = None if "default_range" not in options else size(options["default_range"])
    as_planned = options.get("constraints") == "as-planned"
    oracle = naive.Oracle(program, options.get("mitigation", "current"), as_planned, default)
    return trials, [oracle.iteration(seed, n) for n in iterations], oracle


def series(trials, mine):
    """Yield (what, the engine's dates, the oracle's) for the program, its projects and its milestones."""
    yield "program", trials.finish_minutes, [found.finish for found in mine]
    for name, finish in trials.project_finish.items():
        yield name, finish, [found.project_finish[name] for found in mine]
    for path, finish in trials.milestone_finish.items():
        yield path, finish, [found.end[path] for found in mine]


def money(trials, mine):
    """Yield (what, the engine's cents, the oracle's) for the program and its projects."""
    yield "program", trials.cost_cents, [found.cost for found in mine]
    for name, cost in trials.project_cost.items():
        yield name, cost, [found.project_cost[name] for found in mine]


def assert_equal(trials, mine, oracle):
    """All dates to the minute, all occurrences and critical activities; an exact half of a cent may fall either way."""
    margins = {path for path, task in oracle.plan.tasks.items() if task.margin}
    for what, theirs, ours in series(trials, mine):
        np.testing.assert_array_equal(theirs, ours, err_msg=what)
    for what, theirs, ours in money(trials, mine):
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=len(oracle.plan.tasks) + 2, err_msg=what)
    assert_same_events(trials, mine)
    table = trials.statistics
    for path, share, start, finish in zip(
        table.paths, table.criticality, table.mean_start, table.mean_finish, strict=True
    ):
        there = [found for found in mine if found.exists[path] and path not in margins]
        assert share * len(mine) == pytest.approx(sum(path in found.critical for found in mine)), path
        if there and all(found.start[path] < found.end[path] for found in there):
            assert start == pytest.approx(np.mean([found.start[path] for found in there]), abs=1), path
            assert finish == pytest.approx(np.mean([found.end[path] for found in there]), abs=1), path


def assert_same_events(trials, mine):
    for name, share in trials.occurred.items():
        assert share * len(mine) == pytest.approx(sum(found.occurs[name] for found in mine)), name


def assert_near(trials, mine, oracle):
    """All dates within two working minutes a sampled activity, money within the fit of its curves."""
    calendar = oracle.plan.calendar(oracle.plan.program.calendar)
    allowed = MINUTES_EACH * sum(task.works for task in oracle.plan.tasks.values())
    for what, theirs, ours in series(trials, mine):
        theirs, ours = ([calendar.index(minute - oracle.unix(0)) for minute in dates] for dates in (theirs, ours))
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=allowed, err_msg=what)
    for what, theirs, ours in money(trials, mine):
        np.testing.assert_allclose(theirs, ours, rtol=MONEY, atol=100, err_msg=what)
    assert_same_events(trials, mine)


def assert_same_plan(trials, oracle):
    """The plan's own answer: finish and cost, with margin and without, and the dates of every activity."""
    plan, mine = trials.plan, oracle.deterministic()
    assert plan.finish == mine.finish
    assert plan.cost_cents == pytest.approx(mine.cost, abs=len(oracle.plan.tasks) + 2)
    assert dict(plan.project_finish) == mine.project_finish
    assert {path: plan.activity_start[path] for path in mine.start} == mine.start
    assert {path: plan.activity_finish[path] for path in mine.end} == mine.end
    if plan.finish_with_margin is not None:
        assert plan.finish_with_margin == oracle.deterministic(with_margin=True).finish


@pytest.mark.parametrize("name", EXACT)
def test_an_acceptance_program_of_discrete_sizes_agrees_to_the_minute_and_the_cent(name):
    trials, mine, oracle = compared(read(name), ITERATIONS)
    assert_equal(trials, mine, oracle)
    assert_same_plan(trials, oracle)


@pytest.mark.parametrize("name", CONTINUOUS)
def test_an_acceptance_program_agrees_within_the_precision_of_the_curves(name):
    trials, mine, oracle = compared(read(name), ITERATIONS)
    assert_near(trials, mine, oracle)
    assert_same_plan(trials, oracle)


@pytest.mark.parametrize("name", ("constraints", "margin", "milestones-and-effort"))
def test_constraints_as_planned_agree_too(name):
    trials, mine, oracle = compared(read(name), ITERATIONS, constraints="as-planned")
    assert_near(trials, mine, oracle)


@pytest.mark.parametrize("mitigation", ("pre", "current", "post"))
def test_every_state_of_mitigation_agrees(mitigation):
    trials, mine, oracle = compared(read("responses"), ITERATIONS, mitigation=mitigation)
    assert_near(trials, mine, oracle)
    assert_same_plan(trials, oracle)


@pytest.mark.parametrize("scenario", ("second-team", "drilled", "silent", "extended"))
def test_every_scenario_agrees(scenario):
    program = read("scenarios").scenario(scenario)
    trials, mine, oracle = compared(program, ITERATIONS)
    assert_near(trials, mine, oracle)
    assert_same_plan(trials, oracle)


@pytest.mark.parametrize("name", ("branching", "milestones-and-effort", "ranges", "progress"))
def test_the_range_given_at_the_door_agrees(name):
    trials, mine, oracle = compared(read(name), ITERATIONS, default_range="triangular(90% 100% 130%)")
    assert_near(trials, mine, oracle)


def test_a_large_seed_agrees():
    trials, mine, oracle = compared(read("risks"), range(20), seed=2**40 + 12345)
    assert_near(trials, mine, oracle)


random = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@random
@given(
    random_programs.programs(),
    st.sampled_from(("relaxed", "relaxed", "as-planned")),
    st.sampled_from(("current", "post", "pre")),
)
def test_a_random_program_agrees_to_the_minute_and_the_cent(words, constraints, mitigation):
    trials, mine, oracle = compared(Program(**words), range(250, 262), constraints=constraints, mitigation=mitigation)
    assert_equal(trials, mine, oracle)
    assert_same_plan(trials, oracle)


@random
@given(random_programs.programs_in_progress())
def test_a_random_program_in_progress_agrees_to_the_minute_and_the_cent(words):
    trials, mine, oracle = compared(Program(**words), range(250, 262))
    assert_equal(trials, mine, oracle)
    assert_same_plan(trials, oracle)
