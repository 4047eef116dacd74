"""`riskmc outside-view`: the class is read before the run, answer and record say the same, faults are sentences."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import riskmc
from riskmc.cli.commands import app

ROOT = Path(__file__).parents[2]
FERRY, TABLE = ROOT / "models" / "ferry" / "program.yaml", ROOT / "docs" / "method" / "data" / "overruns.csv"


def run(*arguments):
    return CliRunner().invoke(app, ["outside-view", *map(str, arguments)], prog_name="riskmc")


def test_answer_record_and_picture_say_the_same(tmp_path):
    words = ("--reference", TABLE, "--iterations", 500, "--json", tmp_path / "o.json", "--plots", tmp_path / "p")
    done = run(FERRY, *words)
    assert done.exit_code == 0, done.stderr
    told = json.loads((tmp_path / "o.json").read_bytes())
    p80 = next(one for one in told["ours"] if one["figure"] == "P80")
    percent = round(100 * p80["class_share"]["value"])
    assert f"sits at the {percent}" in done.stdout
    assert "12 peers" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert {file.name for file in (tmp_path / "p").iterdir()} == {"outside-view.svg", "outside-view.png"}


def test_of_cost_and_from_a_base_of_ones_own():
    words = ("--reference", "uniform(100% 200%)", "--of", "cost", "--base", "50M", "--iterations", 200)
    done = run(FERRY, *words)
    assert done.exit_code == 0, done.stderr
    assert "EUR 50.0M" in done.stdout
    assert "taken as known" in done.stdout


@pytest.mark.parametrize(
    "words, said",
    [
        (["--reference", "nowhere.csv"], "there is no such file"),
        (["--reference", str(TABLE), "--column", "Weather"], "has no column 'Weather'"),
        (["--reference", str(TABLE), "--base", "never"], "a date is written"),
        (["--reference", str(TABLE), "--of", "weight"], "--of is one of finish, cost"),
        ([], "--reference"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(words, said):
    done = run(FERRY, "--iterations", 50, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_class_is_refused_before_any_iteration_is_run(monkeypatch):
    monkeypatch.setitem(vars(riskmc), "simulate", lambda *_a, **_k: pytest.fail("it was simulated"))
    assert run(FERRY, "--reference", "uniform(1d 2d)").exit_code == 2


def test_a_plan_is_not_told_as_a_forecast_and_no_column_is_empty(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 50d}}}}\n")
    told = " ".join(run(plan, "--reference", "uniform(50% 150%)", "--iterations", 10).stdout.split())
    assert told.startswith("Our plan, 12 Mar 2027, sits at the 50th percentile of uniform(50% 150%). It is a plan, not")
    assert "Our P80" not in told
    assert "95% interval" not in told
    assert "95% interval" in run(FERRY, "--reference", TABLE, "--iterations", 100).stdout
