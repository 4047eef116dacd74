"""Comparison: paired differences of finish, cost and chances; exactly zero where nothing changes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import fabricated
import riskmc as rm
from riskmc.analysis.comparison import LEVELS, compare
from riskmc.analysis.paired import probability_difference
from riskmc.errors import ArgumentError

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"
DAY = fabricated.DAY


def moved(trials: rm.Trials, days: float = -43.0, cents: int = 1_200_000_000, **changes: object) -> rm.Trials:
    """The same trials, every finish of the program's last project moved by some days, every cost by some cents."""
    finish, cost = trials.finish_minutes + int(days * DAY), trials.cost_cents + cents
    project_finish = {**trials.project_finish, "build": trials.project_finish["build"] + int(days * DAY)}
    project_cost = {**trials.project_cost, "build": trials.project_cost["build"] + cents}
    kept = {"finish_minutes": finish, "cost_cents": cost, "milestone_finish": {"build.open": finish.copy()}}
    told = {"project_finish": project_finish, "project_cost": project_cost, "scenario": "faster", **changes}
    return replace(trials, **{**kept, **told})


@pytest.fixture(scope="module")
def base() -> rm.Trials:
    return fabricated.trials()


@pytest.fixture(scope="module")
def ferry() -> rm.Program:
    return rm.read(FERRY)


def test_a_shift_of_every_iteration_is_told_exactly(base):
    change = compare(base, moved(base))["faster"]
    for p in LEVELS:
        assert change.finish().quantile(p) == (-43.0, -43.0, -43.0)
        assert change.cost().quantile(p) == (12e6, 12e6, 12e6)
    assert change.finish().mean() == (-43.0, -43.0, -43.0)
    assert change.cost("build").mean() == (12e6, 12e6, 12e6)
    assert change.finish("build.open").quantile(0.5).value == -43.0
    assert not change.nothing


def test_what_a_scenario_leaves_as_it_is_differs_by_exactly_zero(base):
    change = compare(base, moved(base, cents=0))["faster"]
    assert change.finish("design").nothing
    assert change.finish("design").quantile(0.80) == (0, 0, 0)
    assert change.cost().quantile(0.80) == (0, 0, 0)
    budgets = [shift for shift in change.chances if shift.outcome == "cost"]
    assert [shift.difference for shift in budgets] == [(0, 0, 0)] * 2


def test_a_scenario_that_changes_nothing_says_so_and_differs_by_exactly_zero(ferry):
    base = rm.simulate(ferry, 500)
    same = ferry.model_copy(update={"scenarios": {"idle": rm.Scenario(name="Wait and see")}})
    change = rm.compare(base, rm.simulate(same, 500, scenario="idle"))["idle"]
    assert change.nothing
    assert {row[4:] for row in change.rows(LEVELS)} == {(0.0, 0.0, 0.0)}
    assert not change.finish().quantile(0.80).told_apart


def test_differences_are_those_of_the_forecasts_read_off_one_by_one(ferry):
    base, other = rm.simulate(ferry, 2_000), rm.simulate(ferry, 2_000, scenario="respond")
    change = rm.compare(base, other)["respond"]
    assert change.name == "Both proposed responses"
    for place in (None, "service", "vessel.delivery"):
        apart = other.finish(place).quantile(0.80) - base.finish(place).quantile(0.80)
        assert change.finish(place).quantile(0.80).value == pytest.approx(apart.total_seconds() / 86_400)
    for project in (None, "shore"):
        apart = other.cost(project).mean() - base.cost(project).mean()
        assert change.cost(project).mean().value == pytest.approx(apart)
    told = {(s.before.name, s.outcome): s.difference for s in change.chances}
    first = base.finish().meets("2029-06-01"), other.finish().meets("2029-06-01")
    assert told["Summer timetable", "finish"] == probability_difference(*first)


def test_pairing_makes_the_interval_narrower_than_chance_events_of_its_own_would(ferry):
    base, other = rm.simulate(ferry, 2_000), rm.simulate(ferry, 2_000, scenario="respond")
    told = rm.compare(base, other)["respond"].finish()
    unpaired = replace(told, other=np.roll(told.other, 1))
    for paired, loose in ((told.quantile(0.50), unpaired.quantile(0.50)), (told.mean(), unpaired.mean())):
        assert paired.value == pytest.approx(loose.value)
        assert paired.told_apart
        assert paired.high - paired.low < 0.7 * (loose.high - loose.low)


def test_the_chance_of_every_target_is_compared_alone_and_together(base):
    change = compare(base, moved(base))["faster"]
    assert [(s.outcome, s.before.name, s.before.at) for s in change.chances] == [
        ("finish", "Open to public", "build.open"),
        ("finish", "Commitment", "build.open"),
        ("cost", "Approved budget", None),
        ("cost", "Commitment", "build.open"),
        ("joint", "Commitment", "build.open"),
        ("joint", "Open to public, Approved budget", "build.open"),
        ("joint", "Commitment, Approved budget", "build.open"),
    ]
    for shift in change.chances:
        assert shift.difference.value == pytest.approx(shift.after.probability - shift.before.probability)
        assert shift.difference.low <= shift.difference.value <= shift.difference.high
    assert change.chances[0].difference.value > 0 > change.chances[2].difference.value


def test_a_promise_that_the_scenario_changes_is_judged_by_its_own_date(base):
    targets = [{"name": "Open to public", "at": "build.open", "finish": "2031-12-31"}]
    change = compare(base, moved(base, 0, 0, program=fabricated.program(targets=targets)))["faster"]
    (shift,) = change.chances
    assert (shift.before.date.year, shift.after.date.year) == (2030, 2032)
    assert shift.after.probability == 1.0
    assert shift.difference.value == 1.0 - shift.before.probability


def test_targets_of_one_name_and_place_pair_up_in_their_order(base):
    twice = fabricated.program(targets=[{"name": "Open", "finish": f"2030-0{month}-28"} for month in (6, 9)])
    trials = replace(base, program=twice)
    change = compare(trials, moved(trials, -30))["faster"]
    assert [s.before.date.month for s in change.chances] == [6, 9]
    assert [s.after.date.month for s in change.chances] == [6, 9]


def test_a_target_at_a_project_is_about_the_cost_of_that_project(base):
    targets = [{"name": "Design", "at": "design", "finish": "2029-06-30", "cost": "21M"}]
    trials = replace(base, program=fabricated.program(targets=targets))
    change = compare(trials, moved(trials))["faster"]
    assert [(s.outcome, s.difference) for s in change.chances] == [
        (kind, (0, 0, 0)) for kind in ("finish", "cost", "joint")
    ]
    assert 0 < change.chances[1].before.probability < 1


def test_two_plans_differ_by_their_dates_without_any_doubt():
    plan = fabricated.certain()
    change = compare(plan, moved(plan, -200))["faster"]
    assert change.finish().quantile(0.80) == (-200, -200, -200)
    assert change.chances[0].before.probability is None
    assert change.chances[0].difference == (0, 0, 0)
    late = replace(plan, finish_minutes=plan.finish_minutes + 400 * DAY, milestone_finish={})
    assert compare(plan, late).changes


@pytest.mark.parametrize(
    "change, said",
    [
        ({"seed": 2}, "share the seed, .* got 1 and 2"),
        ({"iterations": range(2_000, 4_000)}, "share the iterations, .* got 2,000 and 2,000 from 2,000 on"),
        ({"sampling": "lhs"}, "share the sampling, .* got montecarlo and lhs"),
        ({"engine": "discrete-event"}, "share the engine"),
        ({"version": "9.9"}, "share the riskmc version"),
    ],
)
def test_runs_that_are_not_paired_are_refused(base, change, said):
    with pytest.raises(ArgumentError, match=said):
        compare(base, replace(base, **change))


def test_one_run_alone_is_refused(base):
    with pytest.raises(ArgumentError, match="at least two runs"):
        compare(base)


def test_runs_are_called_by_what_sets_them_apart(ferry):
    base = rm.simulate(ferry, 50)
    runs = [
        rm.simulate(ferry, 50, scenario="respond"),
        rm.simulate(ferry.scenario("respond"), 50),
        rm.simulate(ferry, 50, mitigation="pre"),
        rm.simulate(ferry, 50, constraints="as-planned"),
        base,
        rm.simulate(ferry.model_copy(update={"program": "Other ferry", "finish": "vessel.delivery"}), 50),
    ]
    names = ["respond", "respond (2)", "mitigation pre", "constraints as-planned", "unchanged", "Other ferry"]
    assert list(rm.compare(base, *runs).changes) == names
    assert list(rm.compare(base, runs[0], base, names=["A", "B"]).changes) == ["A", "B"]
    with pytest.raises(ArgumentError, match="one for each of the 2 runs, got 1"):
        rm.compare(base, runs[0], base, names=["A"])


def test_an_unknown_scenario_or_place_is_refused_by_name(base):
    comparison = compare(base, moved(base))
    with pytest.raises(ArgumentError, match="no scenario 'slower' was compared; there are faster"):
        comparison["slower"]
    with pytest.raises(ArgumentError, match="there is no project 'biuld'; did you mean 'build'"):
        comparison["faster"].cost("biuld")


def test_places_that_only_one_run_has_are_left_out(base):
    gone = moved(base, milestone_finish={}, project_finish={"design": base.project_finish["design"]})
    change = compare(base, gone)["faster"]
    assert (change.projects, change.milestones) == (["design"], [])
    assert not change.nothing


def test_the_frame_has_one_row_a_difference(base):
    frame = compare(base, moved(base)).to_frame(levels=(0.80,))
    assert list(frame.columns) == [
        "scenario", "outcome", "at", "measure", "unit", "value", "simulation_low", "simulation_high",
    ]  # fmt: skip
    finish = frame[(frame.outcome == "finish") & frame["at"].isna()]
    assert finish[["measure", "unit", "value"]].values.tolist() == [["P80", "days", -43.0], ["mean", "days", -43.0]]
    assert set(frame[frame.outcome == "cost"].unit) == {"EUR"}
    assert set(frame[frame.outcome == "joint chance"].measure) >= {"Commitment"}
    assert len(frame) == 2 * (1 + 2 + 1) + 2 * (1 + 2) + 7


def test_the_repr_says_what_each_scenario_does(base):
    comparison = compare(base, moved(base), replace(base, scenario="idle"))
    assert repr(comparison) == (
        "<Comparison 'Harbour Tunnel': faster: P80 finish −43.0 d (−43.0 d), P80 cost +EUR 12M (+12M), "
        "chance of the date 14% to 35%; idle: P80 finish unchanged, P80 cost unchanged, chance of the date "
        f"14% to 14%  (2,000 iterations · seed 1 · program {base.hash})>"
    )


def test_the_card_shows_every_scenario_and_escapes_its_name(base):
    hostile = "<script>alert(1)</script>" + "x" * 300
    card = compare(base, moved(base), names=[hostile])._repr_html_()
    assert "−43.0 d" in card
    assert "+EUR 12M" in card
    assert "simulation error only" in card
    assert "<script>" not in card
    assert "x" * 100 not in card
    assert card.count("<th ") == 3
    assert card.count("<tr>") == 2


def test_a_program_without_costs_is_compared_in_days_alone(base):
    free = replace(
        base,
        cost_cents=np.zeros_like(base.cost_cents),
        project_cost={project: np.zeros_like(cost) for project, cost in base.project_cost.items()},
        plan=fabricated.plan(cost_cents=0),
    )
    change = compare(free, moved(free, cents=0))["faster"]
    assert not change.has_cost
    assert {row[0] for row in change.rows(LEVELS)} == {"finish", "finish chance", "cost chance", "joint chance"}
    assert [heading for heading, *_ in change.figures()] == ["P80 finish", "chance of the date"]


def test_runs_of_different_engines_are_refused() -> None:
    """They meet the same draws, and are not paired in the same sense: events wait, and change what follows."""
    runs = [rm.simulate(FERRY, 10, engine=engine) for engine in ("monte-carlo", "discrete-event")]
    with pytest.raises(ArgumentError, match=r"share the engine.*monte-carlo and discrete-event; simulate both alike"):
        compare(*runs)


# ------------------------------------------------------------------------------ the engine


def queueing(**pool):
    """A plan with limits of its own, and a scenario in which they are the program's."""
    work = {
        "a": {"duration": "5d", "uses": {"crew": 1}},
        "b": {"duration": "triangular(5d 6d 9d)", "uses": {"crew": 1}},
    }
    return rm.Program(
        program="Pier", start="2027-01-04", projects={"p": {"activities": work}},
        resources={"crew": {"capacity": 1, **pool}}, scenarios={"bound": {"set": {"resources.crew.from_plan": False}}},
    )  # fmt: skip


def test_runs_that_only_a_scenario_takes_to_the_other_engine_say_so_and_what_then_acts():
    program = queueing(from_plan=True)
    bound = rm.simulate(program, 64, scenario="bound")
    found = compare(rm.simulate(program, 64, engine=bound.engine), bound)
    first, second = found.base.notes[-2:]
    assert first == (
        "all runs are by the discrete-event engine, which bound needs and the program as it stands does not"
    )
    assert second == "so the plan's own resource limits act here, as they do not in a forecast of it by itself"


def test_nothing_is_said_of_an_engine_that_the_program_itself_needs_or_nobody_does():
    program = queueing()
    base = rm.simulate(program, 64)
    assert base.engine == "discrete-event"
    assert compare(base, rm.simulate(program, 64, scenario="bound")).base is base
    free = rm.simulate(queueing(from_plan=True), 64)
    assert compare(free, free).base is free
