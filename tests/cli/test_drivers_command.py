"""`riskmc drivers` and `riskmc waterfall`: what is printed and written, and how they fail."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], prog_name="riskmc")


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("driven") / "program.yaml"
    file.write_text(
        "riskmc: 1\nprogram: Trench\nstart: 2027-01-04\ncurrency: EUR\n"
        "projects: {p: {activities: {dig: {duration: uniform(10d 20d), cost: 5k}}}}\n"
        "risks: {rock: {probability: 40%, impacts: [{on: dig, duration: + 5d, cost: + 2k}]}}\n"
    )
    return file


@pytest.mark.parametrize("command, first", [("drivers", "Of the "), ("waterfall", "P80 of Trench is ")])
def test_the_answer_stands_on_standard_output_and_the_record_where_it_is_asked_for(small, tmp_path, command, first):
    record = tmp_path / "record.json"
    done = run(command, small, "--iterations", 200, "--json", record)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(first)
    assert json.loads(record.read_text())["percentile"] == 0.8


@pytest.mark.parametrize("command", ["drivers", "waterfall"])
def test_the_percentile_is_a_share_or_a_name_and_80_is_refused_with_what_was_meant(small, command):
    for told in ("0.5", "P50", "p50"):
        done = run(command, small, "--iterations", 100, "--percentile", told, "--json", "-")
        assert json.loads(done.stdout)["percentile"] == 0.5
    for wrong, hint in (("80", "got 80; did you mean 0.80?"), ("much", "a share such as 0.80, or P80, got much")):
        done = run(command, small, "--percentile", wrong)
        assert done.exit_code == 2
        assert hint in done.stderr


def test_pictures_are_written_for_finish_and_cost(small, tmp_path):
    for command, name in (("drivers", "tornado"), ("waterfall", "waterfall")):
        done = run(command, small, "--iterations", 100, "--plots", tmp_path / command)
        assert done.exit_code == 0, done.stderr
        assert {file.name for file in (tmp_path / command).glob("*.svg")} == {f"finish-{name}.svg", f"cost-{name}.svg"}


def test_places_groups_rows_and_shares_can_be_chosen(small):
    told = run("drivers", small, "--iterations", 100, "--at", "p", "--group", "dig", "--no-shares", "--json", "-")
    found = json.loads(told.stdout)
    assert (found["at"], found["shares"]) == ("p", None)
    assert {entry["finish_days"] for entry in found["drivers"]} == {None}
    assert "dig" in {entry["id"] for entry in found["drivers"]}
    wrong = run("drivers", small, "--iterations", 100, "--at", "q")
    assert wrong.exit_code == 2
    assert "'q' is no project, activity or target" in wrong.stderr
