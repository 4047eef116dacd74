"""`riskmc joint FILE`: date and budget together, as printed, as a record, and as a picture."""

import json
from pathlib import Path

from typer.testing import CliRunner

from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"
SMALL = ("--iterations", 200)


def run(*arguments):
    return CliRunner().invoke(app, ["joint", *map(str, arguments)], prog_name="riskmc")


def test_the_answer_is_printed():
    done = run(FERRY, *SMALL)
    assert done.exit_code == 0, done.stderr
    assert "met together" in done.stdout
    assert "Condition of the grant" in done.stdout


def test_date_budget_place_and_levels_can_be_asked_for(tmp_path):
    record = tmp_path / "joint.json"
    words = ("--finish", "2029-09-30", "--budget", "65M", "--level", "0.9", "--level", "P75", "--at", "service.opening")
    done = run(FERRY, *SMALL, *words, "--quiet", "--json", record)
    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    told = json.loads(record.read_text(encoding="utf-8"))
    assert (told["asked"]["finish"], told["asked"]["cost"], told["at"]) == ("2029-10-01T00:00", 65e6, "service.opening")
    assert [level["level"] for level in told["levels"]] == [0.75, 0.9]


def test_the_picture_is_written(tmp_path):
    done = run(FERRY, *SMALL, "--quiet", "--plots", tmp_path / "drawn")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "drawn" / "joint.svg").exists()


def test_a_percentage_a_wrong_date_and_a_wrong_place_are_refused_in_a_sentence():
    for words, said in (
        (("--level", "70"), "did you mean 0.70?"),
        (("--finish", "soon"), "soon"),
        (("--at", "nowhere"), "no project, activity or target"),
    ):
        done = run(FERRY, *SMALL, *words)
        assert done.exit_code == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
