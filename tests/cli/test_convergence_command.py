"""`riskmc convergence`: options reach the run, records are written, and faults are said in a sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["convergence", *map(str, arguments)], prog_name="riskmc")


def test_goals_are_told_in_their_order_and_the_same_bytes_are_written_twice(tmp_path):
    words = "--iterations 600 --seed 3 --sampling lhs --threads 1 --quiet"
    goals = ("--within", "P50 cost within 100k", "--within", "P80 finish within 2d")
    for name in ("one.json", "two.json"):
        assert run(FERRY, *goals, *words.split(), "--json", tmp_path / name).exit_code == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("one.json", "two.json"))
    assert first == second
    told = json.loads(first)
    assert [need["measure"] for need in told["needed"]] == ["P50 cost within 100k", "P80 finish within 2d"]
    assert (told["seed"], told["iterations"], told["sampling"]) == (3, 600, "lhs")


def test_the_picture_is_written_on_request(tmp_path):
    assert run(FERRY, "--iterations", 500, "--quiet", "--plots", tmp_path / "p").exit_code == 0
    assert {file.name for file in (tmp_path / "p").iterdir()} == {
        f"{name}.{suffix}" for name in ("finish-convergence", "cost-convergence") for suffix in ("svg", "png")
    }


@pytest.mark.parametrize(
    "words, said",
    [
        (["--within", "soon"], "until: write"),
        (["--within", "P80 finish within 3%"], "a finish is known within days"),
        (["--json", str(FERRY)], "it is the file that is read"),
        (["--scenario", "nobody"], "unknown scenario 'nobody'"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(words, said):
    done = run(FERRY, "--iterations", 50, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_without_chance_is_said_to_be_one(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n")
    done = run(plan, "--plots", tmp_path / "none")
    assert done.exit_code == 0, done.stderr
    assert "this is a plan, not a forecast" in done.stdout
    assert not list((tmp_path / "none").iterdir())
