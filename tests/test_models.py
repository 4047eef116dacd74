"""The bundled programs: each gives the very answer kept beside it, and shows what its README says it shows."""

from __future__ import annotations

import json
import runpy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import naive_p6
import naive_p6_late
import riskmc as rm
from rendering import MODELS, record
from riskmc.io.xer import reader as xer
from xer_plans import EARLY, LATE, stored, stored_flags

IDS = [model.parent.name for model in MODELS]


def differences(found: Any, kept: Any, path: str = "") -> list[str]:
    """Return the paths at which two JSON values differ, with both values."""
    if isinstance(found, dict) and isinstance(kept, dict):
        keys = [*kept, *(key for key in found if key not in kept)]
        return [line for key in keys for line in differences(found.get(key), kept.get(key), f"{path}.{key}")]
    if isinstance(found, list) and isinstance(kept, list) and len(found) == len(kept):
        pairs = enumerate(zip(found, kept, strict=True))
        return [line for i, pair in pairs for line in differences(*pair, f"{path}[{i}]")]
    return [] if found == kept else [f"{path}: {found!r}, kept is {kept!r}"]


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_answer_is_the_one_kept_beside_the_program(model: Path):
    """The same seed gives the same numbers on every machine (R6); ``python tests/rendering.py`` keeps a new answer."""
    kept = (model.parent / "expected.json").read_text(encoding="utf-8")
    found = record(model)
    assert differences(json.loads(found), json.loads(kept)) == []
    assert found == kept


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_readme_says_what_the_program_shows(model: Path):
    text = (model.parent / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "## What it shows" in text


SCENARIOS = [(model, name) for model in MODELS for name in rm.read(model).scenarios]


@pytest.mark.parametrize("model, scenario", SCENARIOS, ids=[f"{model.parent.name}-{name}" for model, name in SCENARIOS])
def test_every_scenario_can_be_forecast_and_changes_the_answer(model: Path, scenario: str):
    base = rm.simulate(model, iterations=500)
    other = rm.simulate(model, iterations=500, scenario=scenario)
    moved = other.finish().samples != base.finish().samples
    dearer = other.cost().samples != base.cost().samples
    assert (moved | dearer).any()


def model_named(name: str) -> Path:
    """Return the file of a bundled program."""
    return next(model for model in MODELS if model.parent.name == name)


def test_only_the_responses_bring_the_insurer_through_before_the_freeze_at_p80():
    """What its README concludes: the mainframe cannot be switched off from November to January."""
    model = model_named("insurer")
    p80 = {name: rm.simulate(model, scenario=name).finish().quantile(0.80) for name in rm.read(model).scenarios}
    assert [name for name, date in p80.items() if date < datetime(2030, 12, 1)] == ["respond"]
    assert all(date > datetime(2031, 2, 1) for name, date in p80.items() if name != "respond")


def test_only_the_antenna_that_has_flown_and_technicians_win_the_joint_confidence_that_the_orbiter_wants():
    """What its README concludes: descopes buy money, responses too little time, and nothing reaches it alone."""
    model = model_named("orbiter")
    program = rm.read(model)
    wanted = program.targets[0]
    assert wanted.joint == 0.70

    def joint(scenario: str | None) -> float:
        trials = rm.simulate(program, iterations=2_000, scenario=scenario)
        return rm.joint_confidence(trials, finish="2031-04-15", cost=930e6).value

    assert [name for name in program.scenarios if joint(name) >= 0.70] == ["antenna_and_technicians"]
    assert joint("nobody_reacts") < joint(None) - 0.08 < 0.52


def test_the_tunnels_plan_file_is_the_one_that_its_script_writes(tmp_path: Path):
    folder = model_named("tunnel").parent
    runpy.run_path(str(folder / "plan.py"))["write"](tmp_path / "plan.xer")
    written, kept = [(place / "plan.xer").read_bytes().split(b"\n") for place in (tmp_path, folder)]
    assert [pair for pair in zip(written, kept, strict=False) if pair[0] != pair[1]] == []
    assert len(written) == len(kept)


def test_the_tunnels_plan_file_holds_the_dates_float_and_driving_path_of_p6s_rules():
    """Level of effort apart, whose late dates only follow. A schedule stays out of what is asserted: it prints long."""
    file = model_named("tunnel").parent / "plan.xer"
    program = xer.read(file)
    work = {path for path, activity in program.activities().items() if activity.level_of_effort is None}
    schedule = naive_p6.schedule(program)
    early = {path: dates[:2] for path, dates in stored(file, *EARLY).items() if path in work}
    different_early = naive_p6.compare(program, schedule, early)
    driving, flagged = naive_p6.driving_path(schedule), stored_flags(file)
    naive_p6_late.late_dates(program, schedule)
    late = {path: dates for path, dates in stored(file, *LATE).items() if path in work}
    different_late = naive_p6_late.compare_late(schedule, late)
    assert different_early == different_late == ([], 216)
    assert driving == {path for path in work if flagged[path]}


def test_a_second_concrete_train_alone_makes_the_tunnel_both_sooner_and_cheaper():
    """What its README concludes; of the scenarios that somebody could carry out, only those with it save money."""
    model = model_named("tunnel")
    program, base = rm.read(model), rm.simulate(model)
    seen_anew = {"dry_fault", "wet_days"}  # nobody carries these out: they look at the same plan again
    trials = {name: rm.simulate(program, scenario=name) for name in program.scenarios if name not in seen_anew}
    assert all(other.finish().mean() < base.finish().mean() for other in trials.values())
    cheaper = [name for name, other in trials.items() if other.cost().mean() < base.cost().mean()]
    assert cheaper == ["second_train", "act"]


def test_the_tunnel_opens_in_steps_because_its_interlocking_waits_for_a_closure():
    """Hardly ever between the end of a closure and the next Easter or summer, in the years that matter."""
    cut_over = rm.simulate(model_named("tunnel")).finish("OWN.O1380")
    assert cut_over.probability("2033-10-31").value == cut_over.probability("2034-03-31").value > 0.2
    assert cut_over.probability("2034-04-30").value == cut_over.probability("2034-07-15").value > 0.5


def test_a_difference_names_its_place():
    assert differences({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}], "c": 4}) == [
        ".a[1].b: 2, kept is 3",
        ".c: None, kept is 4",
    ]


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_a_table_of_its_ranges_that_nobody_edited_changes_no_draw(model: Path, tmp_path: Path):
    """The work that responses add is not in the table: it is ranged where it is written."""
    table = tmp_path / "ranges.csv"
    table.write_text(rm.reports.ranges_csv(rm.range_table(rm.read(model))), encoding="utf-8")
    before, after = rm.simulate(rm.read(model), 300), rm.simulate(rm.read(model, strict=True, ranges=table), 300)
    assert (before.finish_minutes == after.finish_minutes).all()
    assert (before.cost_cents == after.cost_cents).all()
