"""`riskmc matrix`: what is printed and written, and what has no risks."""

import json
from pathlib import Path

from typer.testing import CliRunner

from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["matrix", *map(str, arguments)], prog_name="riskmc")


def test_answer_record_and_pictures_say_the_same(tmp_path):
    done = run(FERRY, "--iterations", 500, "--json", tmp_path / "m.json", "--plots", tmp_path / "p")
    assert done.exit_code == 0, done.stderr
    told = json.loads((tmp_path / "m.json").read_bytes())
    first = told["risks"][0]
    assert f"Highest: {first['name']}" in " ".join(done.stdout.split())
    assert "A matrix is no forecast" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert {file.stem for file in (tmp_path / "p").iterdir()} == {"threats", "opportunities"}


def test_a_program_without_risks_is_told_so_in_a_sentence(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text("riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n")
    done = run(plan)
    assert done.exit_code == 2
    assert "no risk of the program is simulated" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_program_without_money_has_no_column_of_it(tmp_path):
    file = tmp_path / "p.yaml"
    file.write_text(
        "riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 50d}}}}\n"
        'risks: {late: {probability: 30%, impacts: [{on: p.a, duration: "+ 10d"}]}}\n'
    )
    done = run(file, "--iterations", 300)
    assert done.exit_code == 0, done.stderr
    assert " and " not in done.stdout.split("\n\n")[2]
