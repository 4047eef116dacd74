"""Cases have the bits of programs that are simulated anew without the risks, whatever hangs on these."""

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import riskmc as rm
from random_programs import programs, programs_in_progress
from rendering import ROOT
from riskmc.program.program import Program
from riskmc.simulation.cases import run_cases
from riskmc.simulation.engine import simulate_like

MODELS = sorted((ROOT / "models").glob("*/program.yaml"))


def closed(program, risks):
    """Return the program in which some risks are closed, and so never occur."""
    found = {
        name: risk.model_copy(update={"status": "closed"}) for name, risk in program.risks.items() if name in risks
    }
    return program.model_copy(update={"risks": {**program.risks, **found}})


def check(trials, without, cases):
    """Compare every case with a simulation of its own: program, projects, milestones and targets."""
    for case, risks in enumerate(without):
        like = simulate_like(trials, closed(trials.again().program, risks))
        assert np.array_equal(cases.finish_minutes(case), like.finish_minutes)
        assert np.array_equal(cases.cost_cents(case), like.cost_cents)
        for place, finish in {**like.project_finish, **like.milestone_finish}.items():
            assert np.array_equal(cases.finish_at(case, place), finish)
        for project, cost in like.project_cost.items():
            assert np.array_equal(cases.project_cost(case, project), cost)


def open_risks(program):
    return [name for name, risk in program.risks.items() if risk.status == "open"]


SIMPLE = {
    "program": "Simple",
    "start": "2027-01-04",
    "projects": {
        "p": {
            "activities": {
                "a": {"duration": "10d", "cost": {"fixed": 1000, "per_day": 100}},
                "b": {"duration": "triangular(4d 5d 9d)", "after": ["a"], "cost": {"per_day": 50}},
                "m": {"duration": "0d", "after": ["b"]},
            }
        }
    },
}


def simple(risks, **more):
    words = {**SIMPLE, **more, "risks": risks}
    return Program.model_validate(words)


def impact(**words):
    return [{"on": ["p.a"], **words}]


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
@pytest.mark.parametrize(("sampling", "threads"), [("montecarlo", 2), ("lhs", 1)])
def test_every_worked_program_without_each_risk_is_that_program_simulated_anew(model, sampling, threads):
    trials = rm.simulate(model, iterations=range(300, 700), seed=3, sampling=sampling, threads=threads)
    risks = open_risks(trials.again().program)
    without = [frozenset(), frozenset(risks), *(frozenset([risk]) for risk in risks[::3]), frozenset(risks[:5])]
    check(trials, without, run_cases(trials, without))


@settings(max_examples=60)
@given(st.one_of(programs(), programs_in_progress()), st.data())
def test_random_programs_without_some_risks_are_those_programs_simulated_anew(words, data):
    program = Program.model_validate(words)
    risks = open_risks(program)
    assume(risks)
    trials = rm.simulate(program, range(200, 500), threads=1)
    some = st.frozensets(st.sampled_from(risks))
    without = [frozenset(), frozenset(risks), *data.draw(st.lists(some, max_size=4))]
    check(trials, without, run_cases(trials, without))


def risk(probability, impacts, **more):
    return {"name": "R", "probability": probability, "impacts": impacts, **more}


def hanging_program():
    """Return a program whose risks hang on each other in every way, two of them certain."""
    words = {
        "certain": risk("100%", impact(duration="x 130%", cost="+ 5000")),
        "first": risk("40%", impact(duration="x triangular(110% 120% 150%)")),
        "second": risk("20%", impact(duration="+ triangular(1d 2d 5d)"), given={"first": "90%", "certain": "50%"}),
        "third": risk("10%", impact(cost_total="x 140%"), given={"second": "100%"}),
        "largest": risk("60%", impact(duration="x 125%"), parallel_group="g"),
        "other": risk("60%", impact(duration="x triangular(100% 120% 160%)"), parallel_group="g"),
        "never": risk("0%", impact(duration="x 300%")),
        "shut": risk("50%", impact(duration="x 300%"), status="closed"),
        "split": risk("50%", [{"on": ["p.a", "p.b", "p.c"], "duration": "+ triangular(1d 3d 9d)", "spread": "split"}]),
        "once": risk("50%", [{"on": ["p.c", "p.b"], "duration": "+ 4d", "spread": "once"}]),
        "own": risk("50%", [{"on": ["p.*"], "duration": "x triangular(90% 110% 150%)", "own_size": True}]),
        "bill": risk("100%", [{"cost": "+ triangular(1k 2k 9k)"}]),
        "either": risk("30%", impact(cost="+ 700")),
        "tied": risk("30%", impact(duration="x 105%")),
    }
    words["dear"] = risk("35%", impact(duration="x 110%"))
    for name, size in (("longer", "x 140%"), ("days", "+ 3d"), ("week", "+ triangular(1d 5d 7d)")):
        words[name] = risk("50%", [{"on": ["p.b"], "duration": size}], parallel_group="both kinds")
    out = {**SIMPLE, "risks": words, "choices": {"way": {"left": "50%", "right": "50%"}}}
    out["projects"] = {
        "p": {
            "activities": {
                "a": {"duration": "triangular(8d 10d 15d)", "cost": {"fixed": 1000, "per_day": 100}},
                "b": {"duration": "triangular(4d 5d 9d)", "after": ["a SS+2d"], "cost": {"per_day": 50}},
                "c": {"duration": "7d", "after": ["a"], "when": "way = left", "cost": {"fixed": 400}},
                "repair": {"duration": "6d", "after": ["b"], "when": "risk first", "cost": {"per_day": 90}},
                "calm": {"duration": "3d", "after": ["b"], "when": "not risk certain", "cost": {"fixed": 10}},
                "late": {"duration": "5d", "after": ["a"], "when": "a finish > 2027-01-18", "cost": {"fixed": 77}},
                "m": {"duration": "0d", "after": ["c", "repair", "calm", "late FF"]},
                "watch": {"level_of_effort": {"from": ["a"], "to": ["m"]}, "cost": {"per_day": 20}},
            }
        },
        "q": {"activities": {"z": {"duration": "5d", "after": ["p.m FS+discrete(1d:50% 4d:50%)"], "cost": 30}}},
    }
    out["responses"] = {
        "guard": {"status": "approved", "works": "60%", "cost": 100, "acts_on": {"first": {"probability": "10%"}}},
        "halve": {"status": "approved", "cost": 100, "acts_on": {"largest": {"duration": "x 50%"}}},
    }
    out["drivers"] = {"output": {"on": "p.*", "duration": "x triangular(90% 100% 120%)"}}
    out["correlations"] = [
        {"pair": ["risks.either", "risks.tied"], "occurrence": 0.6},
        {"group": ["risks.first", "risks.dear", "risks.second"], "occurrence": 0.5},
    ]
    return Program.model_validate(out)


@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_risks_that_hang_on_each_other_are_switched_off_like_risks_that_are_closed(sampling):
    program = hanging_program()
    trials = rm.simulate(program, range(300, 1_100), seed=5, sampling=sampling, threads=1)
    risks = open_risks(program)
    without = [frozenset([risk]) for risk in risks if risk != "longer"]  # without it the group is of one kind
    without += [frozenset(risks), frozenset(risks) - {"second"}, frozenset({"certain", "first"}), frozenset()]
    cases = run_cases(trials, without)
    check(trials, without, cases)
    assert cases.outcomes < 0.6 * len(without) * len(trials)


def test_a_certain_risk_that_is_switched_off_in_a_program_without_chance_leaves_the_plan():
    alone = {"p": {"activities": {"a": {"duration": "10d"}}}}
    trials = rm.simulate(simple({"sure": risk("100%", impact(duration="+ 5d"))}, projects=alone), 300)
    cases = run_cases(trials, [frozenset(), frozenset({"sure"})])
    assert set(cases.finish_minutes(0) - cases.finish_minutes(1)) == {7 * 1440}


@pytest.mark.parametrize("alone", ["first", "own", "week", "bill"])
def test_one_risk_alone_can_be_switched_off_where_others_hang_on_it_and_on_more(alone):
    trials = rm.simulate(hanging_program(), 700, seed=2, threads=1)
    cases = run_cases(trials, [frozenset({alone})])
    check(trials, [frozenset({alone})], cases)


def many(count):
    """Return a program with more risks than a word of 64 bits has room for, two activities each."""
    chance = [
        risk(f"{5 + 7 * n % 50}%", [{"on": [f"p.{'ab'[n % 2]}"], "duration": f"x {101 + n % 9}%"}])
        for n in range(count)
    ]
    return simple({f"r{n:02}": found for n, found in enumerate(chance)})


def test_more_risks_than_fit_into_a_word_are_kept_apart():
    program = many(130)
    trials = rm.simulate(program, 300, threads=1)
    names = sorted(program.risks)
    without = [frozenset(names[:n]) for n in (0, 1, 63, 64, 65, 128, 130)] + [frozenset(names[128:])]
    check(trials, without, run_cases(trials, without))


def test_threads_and_the_split_of_the_iterations_change_no_bit():
    program = hanging_program()
    without = [frozenset(), frozenset({"first"}), frozenset({"certain", "own"})]
    one = run_cases(rm.simulate(program, range(100, 1_500), threads=1), without)
    two = run_cases(rm.simulate(program, range(100, 1_500), threads=2), without)
    later = run_cases(rm.simulate(program, range(900, 1_500), threads=2), without)
    for case in range(3):
        assert np.array_equal(one.finish_minutes(case), two.finish_minutes(case))
        assert np.array_equal(one.cost_cents(case), two.cost_cents(case))
        assert np.array_equal(one.finish_at(case, "q")[800:], later.finish_at(case, "q"))
        assert np.array_equal(one.project_cost(case, "p")[800:], later.project_cost(case, "p"))


def test_no_case_at_all_and_a_case_without_nothing_are_allowed():
    trials = rm.simulate(hanging_program(), 300)
    assert len(run_cases(trials, [])) == 0
    cases = run_cases(trials, [frozenset(), frozenset()])
    assert np.array_equal(cases.finish_minutes(1), trials.finish_minutes)
    assert np.array_equal(cases.cost_cents(0), trials.cost_cents)
    assert cases.outcomes == 300


def test_a_risk_that_is_closed_or_cannot_occur_changes_nothing():
    trials = rm.simulate(hanging_program(), 300)
    cases = run_cases(trials, [frozenset({"shut", "never"})])
    assert np.array_equal(cases.finish_minutes(0), trials.finish_minutes)
    assert np.array_equal(cases.cost_cents(0), trials.cost_cents)


def test_an_opportunity_that_is_switched_off_may_take_dates_beyond_the_calendars():
    sure = risk("100%", impact(duration="x 1%"))
    long = {"p": {"activities": {"a": {"duration": {"plan": "10d", "range": "triangular(24000d 25000d 26000d)"}}}}}
    trials = rm.simulate(simple({"sure": sure}, projects=long), 300)
    without = [frozenset({"sure"}), frozenset()]
    cases = run_cases(trials, without)
    check(trials, without, cases)
    assert cases.network.axis.horizon > trials.again().network.axis.horizon


def test_a_rerun_serves_as_well_as_its_trials():
    trials = rm.simulate(hanging_program(), 300)
    cases = run_cases(trials.again(), [frozenset({"first"})])
    assert np.array_equal(cases.finish_minutes(0), run_cases(trials, [frozenset({"first"})]).finish_minutes(0))


def test_progress_is_told_up_to_the_last_iteration():
    told = []
    run_cases(
        rm.simulate(hanging_program(), range(200, 700), threads=1), [frozenset()], progress=lambda *at: told.append(at)
    )
    assert told == [(56, 500), (312, 500), (500, 500)]


def test_what_is_no_risk_or_has_occurred_is_refused():
    trials = rm.simulate(
        simple(
            {
                "soil": risk("30%", impact(duration="+ 5d")),
                "past": risk("30%", impact(duration="+ 5d"), status="occurred"),
            }
        ),
        300,
    )
    with pytest.raises(rm.ArgumentError, match="there is no risk 'sol'; did you mean 'soil'"):
        run_cases(trials, [frozenset({"sol"})])
    with pytest.raises(rm.ArgumentError, match="risk 'past' has occurred"):
        run_cases(trials, [frozenset(), frozenset({"past"})])


def test_the_program_alone_can_be_kept_and_then_other_places_are_refused():
    trials = rm.simulate(hanging_program(), 300)
    without = [frozenset({"first"})]
    lean, whole = run_cases(trials, without, program_alone=True), run_cases(trials, without)
    assert np.array_equal(lean.finish_minutes(0), whole.finish_minutes(0))
    assert np.array_equal(lean.cost_cents(0), whole.cost_cents(0))
    with pytest.raises(rm.ArgumentError, match="the finish of 'q' was not kept"):
        lean.finish_at(0, "q")
    with pytest.raises(rm.ArgumentError, match="the cost of project 'q' was not kept"):
        lean.project_cost(0, "q")
    with pytest.raises(rm.ArgumentError, match="not kept; did you mean 'p'"):
        whole.project_cost(0, "pp")


def test_trials_that_cannot_be_run_again_are_refused():
    trials = dataclasses.replace(rm.simulate(hanging_program(), 300), rerun=None)
    with pytest.raises(rm.ArgumentError, match="simulate the program anew"):
        run_cases(trials, [frozenset()])
