"""`riskmc diagnose`: the sentence first, one JSON whatever the threads, and no traceback."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"
HOSTILE = "<script>alert(1)</script> =cmd() " + "x" * 300


def run(*arguments):
    return CliRunner().invoke(app, ["diagnose", *map(str, arguments)], prog_name="riskmc")


def test_the_same_bytes_are_written_whatever_the_threads(tmp_path):
    for threads in (1, 2):
        done = run(FERRY, "--iterations", 400, "--threads", threads, "--quiet", "--json", tmp_path / f"{threads}.json")
        assert done.exit_code == 0, done.stderr
    one, two = ((tmp_path / f"{threads}.json").read_bytes() for threads in (1, 2))
    assert one == two
    told = json.loads(one)
    assert told["causes"][0]["cause"] == "low-and-high"
    assert {"value", "low", "high"} == told["causes"][0]["gap_days"].keys()


def test_how_far_p80_lies_from_the_plan_is_said_first():
    done = run(FERRY, "--iterations", 400)
    assert done.exit_code == 0, done.stderr
    first = " ".join(done.stdout.split("\n\n")[0].split())
    assert first.startswith("P80 is ")
    assert "days after the plan (6 Feb 2029): +" in first
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("duration", ["5d", "uniform(5d 6d)"])
def test_names_that_would_act_do_no_harm(tmp_path, duration):
    file = tmp_path / "p.yaml"
    names = json.dumps(HOSTILE)
    file.write_text(
        f"riskmc: 1\nprogram: {names}\nstart: 2027-01-04\nprojects: {{p: {{name: {names}, activities: {{a: {{name: "
        f"{names}, duration: {duration}}}, b: {{name: {names}, duration: 1d, after: [a], start_no_earlier_than: "
        "2027-03-01}}}}\n"
    )
    done = run(file, "--iterations", 100)
    assert done.exit_code == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_makes_no_sense_is_said_in_a_sentence():
    done = run("nowhere.yaml")
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    assert "nowhere.yaml" in done.stderr
