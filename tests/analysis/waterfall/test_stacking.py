"""Waterfall: fixed steps that add up exactly, in the printed digits too; merge bias and risks known exactly."""

import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import happening
import riskmc as rm
from driven import DAY, chain, late, program
from published import Z
from riskmc.errors import ArgumentError

MODELS = sorted((Path(__file__).parents[3] / "models").glob("*/program.yaml"))


def added(found: rm.Waterfall) -> dict[str, float]:
    return {step.id: step.finish_days.value for step in (*found.steps, *found.risks)}


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
@pytest.mark.parametrize("percentile", [0.8, 0.35])
def test_the_steps_add_up_to_the_percentile_exactly_and_in_the_printed_digits(model, percentile):
    trials = rm.simulate(model, 120)
    found = rm.waterfall(trials, percentile)
    steps = (*found.steps, *found.risks)
    minutes = np.sort(trials.finish_minutes)[round(percentile * 120) - 1] - trials.plan.finish
    cents = np.sort(trials.cost_cents)[round(percentile * 120) - 1] - trials.plan.cost_cents
    assert sum(step.finish_days.value for step in steps) * DAY == pytest.approx(minutes, abs=1e-3)
    assert sum(step.cost.value for step in steps) * 100 == pytest.approx(cents, abs=1e-2)
    for by in ("finish", "cost"):
        digits = found.digits(by)
        assert sum(found.whole(by)) == digits.level(found.end(by)) - digits.level(found.start(by))


def test_every_step_has_its_interval_around_it():
    found = rm.waterfall(rm.simulate(MODELS[0], 400))
    for step in (*found.steps, *found.risks):
        for told in (step.finish_days, step.cost):
            assert told.low <= told.value <= told.high


def test_two_like_paths_have_the_merge_bias_of_the_maximum_of_two_uniforms():
    """P80 of one uniform is 0.8 of its width, of the larger of two the root of 0.8; a false alarm once in 1e6 runs."""
    work = {"duration": {"plan": "10d", "range": "uniform(5d 15d)"}}
    short = {"duration": {"plan": "9d", "range": "uniform(5d 15d)"}}
    n = 20_000
    found = added(rm.waterfall(rm.simulate(program({"one": work, "two": short}), n)))
    near = Z * sqrt(0.8 * 0.2 / n) * 10  # of a P80 of a uniform; that of the maximum varies less
    assert found["driving_path"] == pytest.approx(3, abs=near)
    assert found["merge_bias"] == pytest.approx(10 * (sqrt(0.8) - 0.8), abs=2 * near)
    assert found["dependence"] == 0


def test_ranges_off_the_driving_path_come_with_the_merges_and_not_before():
    activities = {"long": {"duration": "20d"}, "short": {"duration": {"plan": "5d", "range": "uniform(5d 40d)"}}}
    found = added(rm.waterfall(rm.simulate(program(activities), 400)))
    assert found["driving_path"] == 0
    assert found["merge_bias"] > 5


def test_each_step_is_the_run_that_has_one_thing_more():
    words = {
        "drivers": {"pace": {"on": "all", "duration": "x uniform(100% 140%)"}},
        "correlations": [{"group": "all", "duration": 0.8}],
    }
    risks = {"rock": late(5, "40%")}

    def p80(*words: str) -> int:
        kept = {word: tools[word] for word in words}
        return int(np.sort(rm.simulate(chain(kept.pop("risks", {}), **kept), 500).finish_minutes)[399])

    tools = {**words, "risks": risks}
    found = added(rm.waterfall(rm.simulate(chain(**tools), 500)))
    plan = rm.simulate(chain({}), 10).plan.finish
    assert found["driving_path"] * DAY == pytest.approx(p80() - plan)
    assert found["merge_bias"] == 0
    assert found["dependence"] * DAY == pytest.approx(p80("drivers", "correlations") - p80())
    assert found["rock"] * DAY == pytest.approx(p80(*tools) - p80("drivers", "correlations"))


def test_choices_have_a_step_of_their_own_where_there_are_any():
    activities = {
        "dig": {"duration": "uniform(10d 20d)"},
        "rock": {"duration": "50d", "when": "soil = rock", "after": ["dig"]},
    }
    found = rm.waterfall(rm.simulate(program(activities, choices={"soil": {"clay": "60%", "rock": "40%"}}), 500))
    assert [step.id for step in found.steps] == ["driving_path", "merge_bias", "choices", "dependence"]
    assert added(found)["choices"] == pytest.approx(46, abs=5)


def test_constraints_that_hold_the_plan_alone_have_a_step_of_their_own():
    activities = {"dig": {"duration": {"plan": "10d", "range": "uniform(8d 12d)"}, "mandatory_finish": "2027-01-08"}}
    trials = rm.simulate(program(activities), 300)
    found = rm.waterfall(trials)
    assert found.steps[0].id == "constraints"
    assert found.steps[0].finish_days == (5, 5, 5)
    assert sum(added(found).values()) * DAY == pytest.approx(np.sort(trials.finish_minutes)[239] - trials.plan.finish)


def test_the_plan_is_the_one_without_margin():
    activities = {
        "dig": {"duration": "uniform(10d 20d)"},
        "spare": {"duration": "30d", "margin": True, "after": ["dig"]},
    }
    trials = rm.simulate(program(activities), 100)
    assert trials.plan.finish_with_margin > trials.plan.finish
    assert rm.waterfall(trials).start("finish") == trials.plan.finish


def test_drivers_at_hand_are_not_computed_again():
    trials = rm.simulate(chain({"rock": late(5, "40%"), "water": late(3, "20%")}), 300)
    found = rm.drivers(trials)
    assert rm.waterfall(found).to_frame().equals(rm.waterfall(trials).to_frame())
    assert rm.waterfall(found).drivers is found
    with pytest.raises(ArgumentError, match="no shares of the program's own finish"):
        rm.waterfall(rm.drivers(trials, shares=False))
    with pytest.raises(ArgumentError, match="no shares of the program's own finish"):
        rm.waterfall(rm.drivers(trials, at="p"))


def test_without_risks_the_steps_end_with_correlations_and_drivers():
    found = rm.waterfall(rm.simulate(chain({}), 200))
    assert found.risks == ()
    assert [step.id for step in found.steps] == ["driving_path", "merge_bias", "dependence"]


def test_a_plan_without_chance_has_no_steps():
    found = rm.waterfall(rm.simulate(program({"dig": {"duration": "10d"}}), 10))
    assert (found.steps, found.risks, found.whole("finish")) == ((), (), [])


def test_the_repr_names_the_steps_and_a_display_name_changes_no_figure():
    plain = rm.waterfall(rm.simulate(chain({"rock": late(5)}), 200))
    named = rm.waterfall(rm.simulate(chain({"rock": {**late(5), "name": "<b>Rock</b>"}}), 200))
    assert repr(plain).startswith("<Waterfall 'Trial': Plan 23 Jan 2027, P80 6 Feb 2027; Ranges on the plan's ")
    assert "rock +5 d  (" in repr(plain)
    assert named.to_frame().drop(columns="name").equals(plain.to_frame().drop(columns="name"))
    assert "<b>Rock" not in named._repr_html_()


# ------------------------------------------------------------------------------ the discrete-event engine


def test_what_happens_in_the_iterations_is_a_step_of_its_own_and_all_steps_add_up():
    """The plan is what is left when nothing happens: no step before the ranges."""
    found = rm.waterfall(rm.simulate(happening.program(), 300))
    assert [step.id for step in found.steps] == ["driving_path", "merge_bias", "behaviours", "dependence"]
    assert {step.id for step in found.risks} == {"soil", "rig", "changes"}
    for by in ("finish", "cost"):
        digits = found.digits(by)
        assert sum(found.whole(by)) == digits.level(found.end(by)) - digits.level(found.start(by))


def test_the_step_is_the_program_without_gates_approvals_scope_and_turnover():
    trials = rm.simulate(happening.program(), 300)
    steps = {step.id: step for step in rm.waterfall(trials).steps}
    words = json.loads(json.dumps({word: happening.WORDS[word] for word in happening.WORDS if word not in LEFT_OUT}))
    assert steps["behaviours"].finish == p80(rm.Program(**words))
    del words["scope"], words["resources"]["testers"]["turnover"]
    del words["projects"]["alpha"]["activities"]["test"]["quality_gate"]
    del words["projects"]["beta"]["activities"]["approve"]["approval"]
    assert steps["merge_bias"].finish == p80(rm.Program(**words))


LEFT_OUT = ("risks", "responses", "scenarios")


def p80(whole):
    """Return the P80 of the finish in 300 iterations, in minutes since 1970-01-01."""
    return np.sort(rm.simulate(whole, 300).finish_minutes)[239]
