"""`riskmc responses`: options that reach the analysis, what is printed and written, and how it fails."""

import json

import pytest
from typer.testing import CliRunner

from rendering import ROOT
from riskmc.cli.commands import app

FERRY = ROOT / "models" / "ferry" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["responses", *map(str, arguments), "--iterations", "200"], prog_name="riskmc")


def test_the_answer_is_printed_and_written_with_the_frontier(tmp_path):
    done = run(FERRY, "--json", tmp_path / "found.json", "--plots", tmp_path / "drawn")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Of 2 proposed ")
    record = json.loads((tmp_path / "found.json").read_text())
    assert [entry["id"] for entry in record["responses"]] == ["neighbours", "second_source", "mock_up"]
    assert record["frontier"][0]["responses"] == []
    assert sorted(file.name for file in (tmp_path / "drawn").iterdir()) == sorted(
        f"{name}.{suffix}" for name in ("cost-responses", "finish-responses", "frontier") for suffix in ("png", "svg")
    )


def test_every_option_reaches_the_analysis():
    words = "--percentile P70 --by cost --budget 1M --cost-of-delay 90k --reconsider --quiet --json -"
    done = run(FERRY, *words.split())
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    search = record["search"]
    assert (record["percentile"], record["cost_of_delay_per_day"]) == (0.7, 90_000)
    assert (search["by"], search["percentile"], search["budget"]) == ("cost", 0.7, 1_000_000)
    assert search["candidates"] == ["neighbours", "second_source", "mock_up"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--by dates", "--by is one of finish, cost, chance, got 'dates'"),
        ("--budget soon", "'soon' is not a quantity"),
        ("--budget=-5k", "budget is an amount of money, 0 or more"),
        ("--cost-of-delay 5d", "an amount of money is needed"),
        ("--percentile 80", "did you mean 0.80"),
    ],
)
def test_what_has_no_meaning_is_refused_in_a_sentence(words, told):
    done = run(FERRY, *words.split())
    assert done.exit_code != 0
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_program_without_responses_says_so(tmp_path):
    file = tmp_path / "plain.yaml"
    file.write_text("riskmc: 1\nprogram: Plain\nstart: 2027-01-04\nprojects: {p: {activities: {a: {duration: 5d}}}}\n")
    done = run(file)
    assert done.exit_code != 0
    assert "has no responses to decide on: describe one under `responses:`" in " ".join(done.stderr.split())
