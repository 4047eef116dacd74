"""`riskmc contingency` and `riskmc earned-value`: options reach the run, records are written, faults are a sentence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app

MODELS = Path(__file__).parents[2] / "models"
FERRY, TUNNEL = MODELS / "ferry" / "program.yaml", MODELS / "tunnel" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, [*map(str, arguments)], prog_name="riskmc")


def test_level_and_period_reach_the_answer_and_the_same_bytes_are_written_twice(tmp_path):
    words = "--percentile 0.7 --drawdown year --iterations 300 --seed 3 --threads 1 --quiet"
    for name in ("one.json", "two.json"):
        assert run("contingency", FERRY, *words.split(), "--json", tmp_path / name).exit_code == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("one.json", "two.json"))
    assert first == second
    told = json.loads(first)
    assert (told["percentile"], told["seed"], told["iterations"], told["drawdown"]["by"]) == (0.7, 3, 300, "year")


def test_the_pictures_are_written_on_request_and_none_of_a_drawdown_without_one(tmp_path):
    words = ("contingency", FERRY, "--iterations", 200, "--quiet", "--plots")
    assert run(*words, tmp_path / "p", "--drawdown", "year").exit_code == 0
    assert {file.name for file in (tmp_path / "p").iterdir()} == {
        f"{of}-{name}.{suffix}"
        for name in ("contingency", "drawdown")
        for of in ("finish", "cost")
        for suffix in ("svg", "png")
    }
    assert run(*words, tmp_path / "q", "--drawdown", "none").exit_code == 0
    assert {file.stem for file in (tmp_path / "q").iterdir()} == {"finish-contingency", "cost-contingency"}


def test_earned_value_has_a_picture_where_there_is_a_data_date(tmp_path):
    for model, names in ((TUNNEL, {"earned-value.png", "earned-value.svg"}), (FERRY, set())):
        done = run("earned-value", model, "--iterations", 60, "--quiet", "--plots", tmp_path / model.parent.name)
        assert done.exit_code == 0, done.stderr
        assert {file.name for file in (tmp_path / model.parent.name).iterdir()} == names


@pytest.mark.parametrize(
    "words, said",
    [
        (["contingency", FERRY, "--percentile", "80"], "did you mean 0.80?"),
        (["contingency", FERRY, "--drawdown", "week"], "week"),
        (["contingency", "none.yaml"], "none.yaml"),
        (["earned-value", TUNNEL, "--baseline", "none.yaml"], "none.yaml"),
    ],
)
def test_faults_are_said_in_a_sentence(words, said):
    done = run(*words, "--iterations", 60)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_earned_value_is_told_against_the_plan_or_another_one(tmp_path):
    own = run("earned-value", TUNNEL, "--iterations", 60)
    assert own.exit_code == 0, own.stderr
    assert "SPI 0.85" in own.stdout
    other = run("earned-value", TUNNEL, "--iterations", 60, "--baseline", TUNNEL, "--json", tmp_path / "e.json")
    assert other.exit_code == 0, other.stderr
    assert "the program 'Hollin Ridge Tunnel'" in json.loads((tmp_path / "e.json").read_text("utf-8"))["baseline"]
