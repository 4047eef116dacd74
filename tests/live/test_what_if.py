"""What-ifs: every answer has the bits of its scenario simulated anew, paired with the program as it stands."""

from __future__ import annotations

import numpy as np
import pytest

import riskmc as rm
from exploring import FILE, written
from rendering import ROOT
from riskmc.errors import ArgumentError, ProgramError
from riskmc.forecast.instant import instant_of
from riskmc.live import Chosen, WhatIf, prepare
from riskmc.live.pages import write_page

KEYS = [
    "p.dig.duration", "p.lay.duration", "risks.rain.probability", "risks.leak.probability", "responses.pumps",
    "responses.tents", "iterations", "at", "finish", "cost",
]  # fmt: skip
STATES = (
    {"p.dig.duration": 0.8},
    {"p.dig.duration": "150%", "p.lay.duration": 0.5},
    {"risks.rain.probability": "5%"},
    {"risks.rain.probability": 0, "risks.leak.probability": 1},
    {"responses.pumps": True},
    {"responses.tents": False, "responses.pumps": "on"},
    {"p.lay.duration": 1.3, "risks.leak.probability": 0.37, "responses.pumps": True, "responses.tents": False},
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> WhatIf:
    return prepare(written(tmp_path_factory.mktemp("canal")), iterations=1000)


@pytest.mark.parametrize("changes", STATES)
def test_an_answer_has_the_bits_of_the_scenario_simulated_anew(asked, changes):
    answer = asked.answer(changes)
    anew = rm.simulate(asked.program.scenario(asked.scenario(changes)), 1000)
    assert answer.finish.samples.tolist() == anew.finish().samples.tolist()
    assert answer.cost.samples.tolist() == anew.cost().samples.tolist()
    for p in (0.5, 0.8):
        assert answer.finish.quantile(p) == anew.finish().quantile(p)
        assert answer.cost.quantile(p) == anew.cost().quantile(p)
        assert answer.cost.quantile_interval(p) == anew.cost().quantile_interval(p)
    assert answer.chances[-1] == rm.joint_confidence(anew, "2027-03-05", 150_000)
    assert not np.array_equal(answer.finish.samples, answer.before.finish.samples)


@pytest.mark.parametrize("model", ["ferry", "tunnel"])
def test_a_bundled_program_has_the_bits_of_its_scenario_simulated_anew(model):
    asked = prepare(ROOT / "models" / model / "program.yaml", iterations=300)
    turned = {
        key: {"durations": 0.7 if n % 2 else 1.2, "risks": 0.9, "responses": not knob.neutral}[knob.group]
        for n, (key, knob) in enumerate(asked.knobs.items())
        if knob.group != "question"
    }
    for changes in (turned, dict(list(turned.items())[::2]), dict(list(turned.items())[::3])):
        answer, anew = asked.answer(changes), asked.simulate(changes)
        assert np.array_equal(answer.after.outcome.finish_minutes, anew.finish_minutes)
        assert np.array_equal(answer.after.outcome.cost_cents, anew.cost_cents)


def test_as_it_stands_the_answer_is_the_program_s_own_forecast(asked):
    answer = asked.answer()
    assert answer.finish.samples.tolist() == asked.base.finish().samples.tolist()
    assert {figure.moved for figure in answer.figures} == {"no change"}
    assert (answer.changes, answer.words) == ({}, "")


def test_the_knobs_are_the_critical_activities_the_open_risks_the_responses_and_the_question(asked):
    assert list(asked.knobs) == KEYS
    told = {key: (knob.label, knob.neutral) for key, knob in asked.knobs.items()}
    assert told["p.dig.duration"] == ("Dig", 1.0)
    assert told["risks.leak.probability"] == ("leak", 0.125)
    assert (told["responses.pumps"], told["responses.tents"]) == (("Pumps", False), ("tents", True))
    assert (told["finish"], told["cost"]) == (("Target date", "2027-03-05"), ("Budget", 150_000.0))


def test_a_knob_turns_all_that_a_selector_means(tmp_path):
    asked = prepare(written(tmp_path), Chosen(durations=["p.*"], risks=[], responses=[]), iterations=300)
    assert list(asked.knobs) == ["p.*.duration", "iterations", "at", "finish", "cost"]
    assert asked.knobs["p.*.duration"].label == "p.* (4)"
    scenario = asked.scenario({"p.*.duration": 0.9})
    assert scenario.add.drivers["what_if_p"].on == ("p.*",)
    answer, anew = asked.answer({"p.*.duration": 0.9}), rm.simulate(asked.program.scenario(scenario), 300)
    assert np.array_equal(answer.after.outcome.finish_minutes, anew.finish_minutes)


@pytest.mark.parametrize(
    "chosen, told",
    [
        (Chosen(durations=["p.dug"]), "did you mean 'p.dig'"),
        (Chosen(durations=["tag:none"]), "durations: 'tag:none' selects no activity"),
        (Chosen(risks=["ran"]), "risks: there is no risk 'ran'; did you mean 'rain'"),
        (Chosen(risks=["gone"]), "risks: 'gone' has no probability to change: it is closed"),
        (Chosen(responses=["pump"]), "responses: there is no response 'pump'; did you mean 'pumps'"),
        (Chosen(responses=["talks"]), "responses: 'talks' is done"),
        (Chosen(resources=["crane"]), "resources: there is no resource 'crane'"),
    ],
)
def test_a_knob_that_the_program_has_no_use_for_is_refused_by_name(chosen, told, tmp_path):
    with pytest.raises((ArgumentError, ProgramError), match=told):
        prepare(written(tmp_path), chosen, iterations=100)


def test_an_unknown_knob_is_refused_with_the_nearest_one(asked):
    with pytest.raises(ArgumentError, match=r"there is no knob 'p.dug.duration'; did you mean 'p.dig.duration'"):
        asked.answer({"p.dug.duration": 0.5})


def test_a_plan_without_chance_is_refused():
    words = {"start": "2027-01-04", "projects": {"p": {"activities": {"a": {"duration": "3d"}}}}}
    with pytest.raises(ArgumentError, match="nothing in the program is random"):
        prepare(rm.Program(program="P", **words), iterations=100)


def test_iterations_date_and_budget_ask_other_questions_of_the_same_program(asked):
    answer = asked.answer({"iterations": 2000, "finish": "2027-04-30", "cost": "200k", "p.dig.duration": 0.8})
    base = rm.simulate(asked.program, 2000)
    assert answer.before.finish.samples.tolist() == base.finish().samples.tolist()
    assert (len(answer.finish), answer.date_text, answer.amount_text) == (2000, "30 Apr 2027", "EUR 200.0k")
    anew = asked.simulate({"iterations": 2000, "p.dig.duration": 0.8})
    assert answer.chances[-1] == rm.joint_confidence(anew, "2027-04-30", 200_000)
    assert asked.scenario({"iterations": 2000, "finish": "2027-04-30"}) == rm.Scenario()


@pytest.mark.parametrize(
    "turned", [{}, {"p.lay.duration": 1.3, "risks.rain.probability": 0.9, "responses.pumps": True}]
)
def test_a_milestone_has_the_bits_of_its_own_forecast_and_its_own_date(asked, turned):
    answer = asked.answer({**turned, "at": "p.open"})
    anew = rm.simulate(asked.program.scenario(asked.scenario(turned)), 1000)
    assert answer.finish.samples.tolist() == anew.finish("p.open").samples.tolist()
    assert answer.cost.samples.tolist() == anew.cost().samples.tolist()
    assert answer.lead.startswith("p.open: P80 finish ")
    plan = instant_of(asked.base.plan.milestone_finish["p.open"])
    assert answer.question.date == plan.date().isoformat() != "2027-03-05"
    assert asked.answer({**turned, "at": "p.open", "finish": "2027-03-05"}).question.date == "2027-03-05"
    with pytest.raises(ArgumentError, match=r"at: one of '', 'p.open', got 'p.opn'; did you mean 'p.open'"):
        asked.answer({"at": "p.opn"})


def test_the_question_can_begin_at_a_milestone_a_project_or_a_target(tmp_path):
    words = {name: {"activities": {"a": {"duration": "pert(5d 8d 20d)", "cost": "pert(10 20 40)"}}} for name in "pq"}
    target = {"name": "Half way", "finish": "2027-02-01", "cost": 30, "at": "p"}
    program = rm.Program(program="Two", start="2027-01-04", projects=words, targets=[target])
    asked = prepare(program, iterations=200, at="Half way")
    assert [value for value, _ in asked.knobs["at"].choices] == ["", "p", "q"]
    for place in ("p", "q"):
        answer = asked.answer({"at": place, "p.a.duration": 1.5})
        anew = asked.simulate({"p.a.duration": 1.5})
        assert np.array_equal(answer.after.outcome.finish_minutes, anew.project_finish[place])
        assert np.array_equal(answer.after.outcome.cost_cents, anew.project_cost[place])
    assert asked.answer().question[:2] == ("2027-02-01", 30.0)
    assert asked.answer({"at": ""}).finish.samples.tolist() == asked.base.finish().samples.tolist()
    assert asked.answer({"at": "q"}).question.amount == asked.base.plan.project_cost["q"] / 100
    with pytest.raises(ArgumentError, match=r"the dates of 'p.a' are not kept"):
        prepare(program, iterations=50, at="p.a")


def test_a_cost_knob_multiplies_all_that_its_activities_cost(tmp_path):
    asked = prepare(written(tmp_path), Chosen(costs=["p.dig", "p.*"]), iterations=300)
    changes = {"p.dig.cost": 1.5, "p.*.cost": "80%", "p.dig.duration": 1.2, "responses.pumps": True}
    assert asked.knobs["p.dig.cost"].group == "costs"
    for said in (changes, {"p.dig.cost": 1.5}):
        answer, anew = asked.answer(said), asked.simulate(said)
        assert np.array_equal(answer.after.outcome.cost_cents, anew.cost_cents)
        assert np.array_equal(answer.after.outcome.finish_minutes, anew.finish_minutes)
        assert answer.cost.quantile(0.8) != asked.base.cost().quantile(0.8)
    assert "what_if_costs_p_dig: {on: p.dig, cost_total: x 150%}" in asked.answer(changes).words
    kept = asked.keep(changes, "dear")
    assert np.array_equal(rm.simulate(kept, 300, scenario="dear").cost_cents, asked.simulate(changes).cost_cents)


def test_the_differences_are_those_of_a_paired_comparison(asked):
    changes = STATES[-1]
    told = {figure.name: (figure.moved, figure.interval) for figure in asked.answer(changes).figures}
    change = rm.compare(rm.simulate(asked.program, 1000), asked.simulate(changes), names=["x"])["x"]
    for word, shift in (("finish", change.finish()), ("cost", change.cost())):
        for p in (0.5, 0.8):
            assert told[f"P{100 * p:.0f} {word}"] == shift.texts(shift.quantile(p))


def test_what_is_kept_is_in_the_file_and_simulates_to_the_same_bits(tmp_path):
    file = written(tmp_path)
    asked, changes = prepare(file, iterations=500), STATES[-1]
    program = asked.keep(changes, "wet")
    text = file.read_text(encoding="utf-8")
    head, tail = FILE.split("\nassumptions")
    assert text.startswith(head.rstrip())
    assert text.endswith("\nassumptions" + tail)
    assert "# the contractor's offer" in text
    assert rm.read(file) == program
    kept, answer = rm.simulate(file, 500, scenario="wet"), asked.answer(changes)
    assert np.array_equal(kept.finish_minutes, answer.after.outcome.finish_minutes)
    assert np.array_equal(kept.cost_cents, answer.after.outcome.cost_cents)
    with pytest.raises(ArgumentError, match="scenario 'wet' is there already"):
        asked.keep(changes, "wet")
    asked.keep({"risks.rain.probability": 0.1}, "dry")
    assert list(rm.read(file).scenarios) == ["early", "wet", "dry"]


def test_nothing_turned_is_no_scenario_and_the_question_is_none(tmp_path):
    file = written(tmp_path)
    asked = prepare(file, iterations=100)
    for changes in ({}, {"iterations": 1000, "finish": "2027-04-30"}, {"p.dig.duration": 1.0}):
        with pytest.raises(ArgumentError, match="nothing is turned"):
            asked.keep(changes, "idle")
    assert file.read_text(encoding="utf-8") == FILE


def test_a_program_without_a_file_keeps_the_scenario_in_what_is_returned(tmp_path):
    program = rm.read(written(tmp_path)).but(currency="CHF")
    asked = prepare(program, iterations=100)
    assert asked.file is None
    assert asked.keep({"p.dig.duration": 0.5}, "fast").scenarios.keys() == {"early", "fast"}


def test_work_that_queues_is_simulated_anew_for_every_answer():
    activities = {name: {"duration": "pert(2d 3d 6d)", "uses": {"crane": 1}} for name in ("a", "b")}
    words = {"start": "2027-01-04", "projects": {"p": {"activities": activities}}}
    program = rm.Program(program="Yard", resources={"crane": {"capacity": "1"}}, **words)
    asked = prepare(program, iterations=50)
    assert not asked.is_quick
    assert "resources.crane.capacity" in asked.knobs
    changes = {"resources.crane.capacity": 2, "p.a.duration": 0.5}
    answer = asked.answer(changes)
    anew = rm.simulate(program.scenario(asked.scenario(changes)), 50)
    assert np.array_equal(answer.after.outcome.finish_minutes, anew.finish_minutes)
    assert "every answer is simulated anew, which takes longer" in write_page(asked, "n")
    assert answer.finish.quantile(0.5) < asked.base.finish().quantile(0.5)
