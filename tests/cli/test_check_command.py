"""`riskmc check`: what it hands to the check, what it prints where, and how it fails."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import riskmc
from riskmc.cli.commands import app
from riskmc.reports import dumps_check, tell_check

FERRY = str(Path(__file__).parents[2] / "models" / "ferry" / "program.yaml")


def run(*arguments):
    return CliRunner().invoke(app, arguments, prog_name="riskmc")


@pytest.fixture(scope="module")
def findings():
    return riskmc.check(FERRY, 256)


@pytest.fixture
def asked(monkeypatch, findings):
    """What the check was asked for, by name; it answers with findings made before."""
    heard = {}

    def check(program, **options):
        heard.update(options, program=program)
        return findings

    monkeypatch.setitem(vars(riskmc), "read", lambda file, *how, **more: f"program of {file}")
    monkeypatch.setitem(vars(riskmc), "check", check)
    return heard


def test_it_prints_the_answer(asked, findings):
    done = run("check", "plan.yaml")
    assert (done.exit_code, done.stdout, done.stderr) == (0, tell_check(findings), "")
    assert asked["program"] == "program of plan.yaml"


def test_what_is_not_said_has_its_usual_value(asked):
    run("check", "plan.yaml")
    del asked["program"], asked["progress"], asked["notice"]
    usual = {"iterations": 2_000, "seed": 1, "threads": None, "scenario": None}
    assert asked == {**usual, "mitigation": "current", "default_range": None, "thresholds": None}


def test_every_option_reaches_the_check(asked):
    words = "--iterations 500 --seed 7 --threads 2 --scenario respond --mitigation post"
    assert run("check", "plan.yaml", *words.split(), "--range", "triangular(90% 100% 130%)").exit_code == 0
    assert (asked["iterations"], asked["seed"], asked["threads"]) == (500, 7, 2)
    assert (asked["scenario"], asked["mitigation"]) == ("respond", "post")
    assert asked["default_range"] == "triangular(90% 100% 130%)"


def test_all_shows_every_finding(asked, findings):
    assert run("check", "plan.yaml", "--all").stdout == tell_check(findings, everything=True)
    assert tell_check(findings, everything=True) != tell_check(findings)


def test_json_goes_to_a_file_beside_the_answer_or_alone_to_standard_output(asked, findings, tmp_path):
    file = tmp_path / "check.json"
    assert run("check", "plan.yaml", "--json", str(file)).stdout == tell_check(findings)
    assert file.read_text(encoding="utf-8") == dumps_check(findings)
    assert json.loads(run("check", "plan.yaml", "--json", "-").stdout)["program"] == "Electric Island Ferry"


def test_quiet_prints_nothing(asked):
    assert run("check", "plan.yaml", "--quiet").stdout == ""


def test_a_file_that_cannot_be_written_is_refused_before_any_work(asked, tmp_path):
    done = run("check", "plan.yaml", "--json", str(tmp_path / "none" / "check.json"))
    assert done.exit_code == 2
    assert "there is no folder" in done.stderr
    assert asked == {}


def test_a_file_with_faults_is_told_plainly(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duraton: 9d}}}}\n")
    done = run("check", str(file))
    assert done.exit_code == 2
    assert "did you mean 'duration'?" in done.stderr


def test_thresholds_reach_the_check_as_they_are_written(asked):
    assert run("check", "plan.yaml", "--threshold", "logic=10%", "--threshold", "high_duration=60d").exit_code == 0
    assert asked["thresholds"] == ["logic=10%", "high_duration=60d"]


def test_a_threshold_without_a_meaning_is_refused():
    done = run("check", FERRY, "--threshold", "logics=10%")
    assert done.exit_code == 2
    assert "did you mean 'logic'?" in done.stderr


def test_only_the_gate_turns_a_failing_point_into_exit_code_1(asked, findings):
    assert findings.failed
    assert run("check", "plan.yaml").exit_code == 0
    done = run("check", "plan.yaml", "--gate")
    assert (done.exit_code, done.stdout, done.stderr) == (1, tell_check(findings), "")


def test_the_gate_lets_through_what_passes_or_cannot_be_told(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 9d}}}}\n")
    done = run("check", str(file), "--gate", "--iterations", "64")
    assert (done.exit_code, done.stdout.split(":")[0]) == (0, "P passes the schedule gate")


def test_findings_are_an_answer_not_a_failure():
    assert run("check", FERRY, "--iterations", "64").exit_code == 0
