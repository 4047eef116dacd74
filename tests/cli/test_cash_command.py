"""`riskmc cash`: options reach the run, records and pictures are written, and faults are said in a sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["cash", *map(str, arguments)], prog_name="riskmc")


def test_the_same_bytes_are_written_for_any_number_of_threads(tmp_path):
    for threads in (1, 2):
        file = tmp_path / f"{threads}.json"
        words = ("--by", "year", "--iterations", 600, "--seed", 3, "--threads", threads, "--quiet")
        assert run(FERRY, *words, "--json", file).exit_code == 0
    first, second = ((tmp_path / f"{threads}.json").read_bytes() for threads in (1, 2))
    assert first == second
    told = json.loads(first)
    assert (told["by"], told["seed"], told["iterations"]) == ("year", 3, 600)
    assert [period["id"] for period in told["periods"]][:2] == ["2027", "2028"]


def test_a_scenario_and_the_pictures_on_request(tmp_path):
    done = run(FERRY, "--scenario", "double_shift", "--iterations", 300, "--quiet", "--plots", tmp_path / "p")
    assert done.exit_code == 0, done.stderr
    assert {file.name for file in (tmp_path / "p").iterdir()} == {
        f"{name}.{suffix}" for name in ("cash-flow", "cumulative-cash") for suffix in ("svg", "png")
    }


def test_funding_is_no_longer_refused(tmp_path):
    file = tmp_path / "funded.yaml"
    file.write_text(
        "riskmc: 1\nprogram: P\nstart: 2027-01-04\nfunding: {2027: 5}\n"
        "projects: {p: {activities: {a: {duration: triangular(5d 6d 9d), cost: 10}}}}\n"
    )
    done = run(file, "--iterations", 50)
    assert done.exit_code == 0, done.stderr
    assert "not enforced" in done.stdout
    assert ">99%" in done.stdout


@pytest.mark.parametrize(
    "words, said",
    [(["--by", "week"], "'week'"), (["--json", str(FERRY)], "it is the file that is read")],
)
def test_what_makes_no_sense_is_said_in_a_sentence(words, said):
    done = run(FERRY, "--iterations", 50, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_program_without_cost_is_told_what_is_missing(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n")
    done = run(plan)
    assert done.exit_code == 2
    assert "no money is spent" in done.stderr
