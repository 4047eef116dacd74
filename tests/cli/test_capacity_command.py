"""`riskmc capacity`: answer, record and pictures say the same; faults are sentences."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

ROOT = Path(__file__).parents[2]
PRODUCTS = ROOT / "docs" / "method" / "data" / "products.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["capacity", *map(str, arguments)], prog_name="riskmc")


def test_answer_record_and_pictures_say_the_same(tmp_path):
    words = ("--staircase", 1, "--iterations", 200, "--json", tmp_path / "c.json", "--plots", tmp_path / "p")
    done = run(PRODUCTS, *words)
    assert done.exit_code == 0, done.stderr
    told = json.loads((tmp_path / "c.json").read_bytes())
    assert told["engine"] == "discrete-event"
    assert len(told["staircase"]) == 1
    days = told["pools"]["architects"]["waiting_days"]["mean"]["value"]
    assert f"Most waiting is for Architects: {days:.0f} d" in done.stdout
    assert {file.stem for file in (tmp_path / "p").iterdir()} == {
        "queue-architects", "queue-testers", "utilisation", "capacity-value", "resource-gantt",
    }  # fmt: skip


def test_some_pools_and_other_periods_are_told_on_request():
    done = run(PRODUCTS, "--iterations", 100, "--pools", "testers", "--periods", "month", "--no-what-ifs")
    assert done.exit_code == 0, done.stderr
    assert "2027-05" in done.stdout
    assert "Test rigs" not in done.stdout
    assert "One more" not in done.stdout


def test_a_program_without_pools_is_told_so_and_that_is_no_fault(tmp_path):
    file = tmp_path / "p.yaml"
    file.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n")
    done = run(file, "--iterations", 10)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Nothing waits")


@pytest.mark.parametrize(
    "words, said",
    [
        (["--engine", "monte-carlo", "--ignore", "resources"], "known to the discrete-event engine alone"),
        (["--engine", "monte-carlo"], "they need the discrete-event engine"),
        (["--pools", "nobody"], "there is no pool 'nobody' with a capacity; known: architects, rigs, testers"),
        (["--periods", "week"], "--periods is one of month, quarter, year"),
        (["--staircase", "-1"], "--staircase: a whole number, at least 0"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(words, said):
    done = run(PRODUCTS, "--iterations", 50, *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
