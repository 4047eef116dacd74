"""`riskmc value`: answer, record and pictures say the same; faults are sentences."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

ROOT = Path(__file__).parents[2]
TRAMS, ORBITER = ROOT / "docs" / "method" / "data" / "trams.yaml", ROOT / "models" / "orbiter" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["value", *map(str, arguments)], prog_name="riskmc")


def test_answer_record_and_pictures_say_the_same(tmp_path):
    words = ("--budget", "135M", "--iterations", 400, "--json", tmp_path / "v.json", "--plots", tmp_path / "p")
    done = run(TRAMS, *words)
    assert done.exit_code == 0, done.stderr
    told = json.loads((tmp_path / "v.json").read_bytes())
    assert told["funding"]["chosen"] == ["depot", "line7", "signals"]
    assert "fund New depot, Line 7, Priority at signals" in " ".join(done.stdout.split())
    million = told["program_value"]["npv"]["p50"]["value"] / 1e6
    assert f"City trams is worth EUR {million:.0f}M (P50)" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert {file.stem for file in (tmp_path / "p").iterdir()} == {"value", "funding"}


def test_the_same_bytes_are_written_whatever_the_threads(tmp_path):
    for threads in (1, 2):
        done = run(TRAMS, "--iterations", 600, "--threads", threads, "--quiet", "--json", tmp_path / f"{threads}.json")
        assert done.exit_code == 0, done.stderr
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


def test_delays_are_left_out_on_request_and_a_rate_may_be_given():
    done = run(TRAMS, "--iterations", 200, "--no-cost-of-delay", "--discount-rate", "9% nominal")
    assert done.exit_code == 0, done.stderr
    assert "A month" not in done.stdout
    assert "Warning: a discount rate of 9% nominal" in done.stdout


@pytest.mark.parametrize(
    "file, words, said",
    [
        (ORBITER, [], "the program has no benefits"),
        (TRAMS, ["--discount-rate", "lots"], '"3.5% real" or "6% nominal"'),
        (TRAMS, ["--budget", "plenty"], "budget: an amount in EUR"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(file, words, said):
    done = run(file, "--iterations", 50, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_without_chance_is_said_to_be_one(tmp_path):
    file = tmp_path / "p.yaml"
    file.write_text(
        "riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d, cost: 1k}}}}\n"
        "benefits: [{at: p.a, per_year: 1k}]\ndiscount_rate: {real: 3%}\n"
    )
    done = run(file)
    assert done.exit_code == 0, done.stderr
    assert "this is a plan, not a forecast" in " ".join(done.stdout.split())
