"""`riskmc sensitivity`, `riskmc paths` and `riskmc iteration`: what is run, printed and written, and how they fail."""

import json

import pytest
from typer.testing import CliRunner

import riskmc
from pictured import MODELS
from riskmc.cli.commands import app

FERRY = MODELS / "ferry" / "program.yaml"
FEW = ("--iterations", 200)


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), prog_name="riskmc")


def test_sensitivity_prints_its_answer_and_writes_its_record(tmp_path):
    record = tmp_path / "s.json"
    done = run("sensitivity", FERRY, *FEW, "--top", 4, "--json", record)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("The finish hangs most on ")
    told = json.loads(record.read_text(encoding="utf-8"))
    assert told["iterations"] == 200
    assert told["variance"] is None


def test_the_variance_is_shared_out_where_that_is_asked_for(tmp_path):
    record = tmp_path / "s.json"
    done = run("sensitivity", FERRY, *FEW, "--variance", "--quiet", "--json", record)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert {one["kind"] for one in json.loads(record.read_text(encoding="utf-8"))["variance"]} >= {"risks", "ranges"}


def test_paths_take_a_percentile_and_draw_their_picture(tmp_path):
    done = run("paths", FERRY, *FEW, "--percentile", "P50", "--top", 2, "--plots", tmp_path / "plots")
    assert done.exit_code == 0, done.stderr
    assert "Near P50" in done.stdout
    assert {file.name for file in (tmp_path / "plots").iterdir()} == {"critical-paths.svg", "critical-paths.png"}


def test_an_iteration_is_replayed_alone_from_its_number(monkeypatch):
    asked, simulate = [], riskmc.simulate
    monkeypatch.setitem(vars(riskmc), "simulate", lambda p, **o: asked.append(o["iterations"]) or simulate(p, **o))
    done = run("iteration", FERRY, 4711, "--seed", 3)
    assert done.exit_code == 0, done.stderr
    assert asked == [range(4711, 4712)]
    found = riskmc.iteration(FERRY, 4711, seed=3)
    assert done.stdout.startswith(f"Iteration 4,711: finish {found.day(found.finish)}")


def test_the_p80_is_found_among_all_iterations(tmp_path):
    record = tmp_path / "i.json"
    done = run("iteration", FERRY, "P80", *FEW, "--json", record)
    assert done.exit_code == 0, done.stderr
    trials = riskmc.simulate(FERRY, iterations=200)
    told = json.loads(record.read_text(encoding="utf-8"))
    assert told["iteration"] == riskmc.iteration(trials, at=0.80).number
    assert told["finish"] == trials.finish().quantile(0.80).isoformat(timespec="minutes")


@pytest.mark.parametrize("which", ["-3", "twelve", "P0", "1.5", "P101"])
def test_what_is_no_iteration_is_refused_in_words(which):
    done = run("iteration", FERRY, "--", which)
    assert done.exit_code == 2
    assert "ITERATION" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["sensitivity", "paths"])
def test_a_plan_is_no_forecast_and_no_error(command, tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(
        "program: Plan\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n", encoding="utf-8"
    )
    done = run(command, file)
    assert done.exit_code == 0, done.stderr
    assert "this is a plan, not a forecast" in done.stdout.replace("\n", " ")


@pytest.mark.parametrize("command", [["sensitivity"], ["paths"], ["iteration", "3"]])
def test_a_missing_file_is_told_without_a_traceback(command):
    done = run(command[0], "nowhere.yaml", *command[1:])
    assert done.exit_code == 2
    assert "nowhere.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_sensitivity_draws_its_picture_and_none_where_nothing_moves_the_finish(tmp_path):
    done = run("sensitivity", FERRY, *FEW, "--plots", tmp_path / "plots")
    assert done.exit_code == 0, done.stderr
    assert {file.name for file in (tmp_path / "plots").iterdir()} == {"sensitivity.svg", "sensitivity.png"}
    (tmp_path / "plan.yaml").write_text(
        "riskmc: 1\nprogram: Plan\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n"
    )
    done = run("sensitivity", tmp_path / "plan.yaml", *FEW, "--plots", tmp_path / "none")
    assert done.exit_code == 0, done.stderr
    assert not list((tmp_path / "none").iterdir())
