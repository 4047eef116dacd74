"""What is wrong with the words of a command is one sentence: the option, the rule, the value; and exit code 2."""

import pytest
import typer
from typer.testing import CliRunner

from riskmc.cli.commands import app


def refused(words):
    done = CliRunner().invoke(app, words.split(), prog_name="riskmc")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


@pytest.mark.parametrize(
    "words, told",
    [
        ("--iterations 0", "--iterations: a whole number, at least 1, got 0"),
        ("--iterations ten", "--iterations: a whole number, at least 1, got ten"),
        ("--iterations 2.5", "--iterations: a whole number, at least 1, got 2.5"),
        ("--threads 0", "--threads: a whole number, at least 1, got 0"),
        ("--seed -1", "--seed: a whole number, 0 to 18,446,744,073,709,551,615, got -1"),
        (
            "--seed 99999999999999999999",
            "--seed: a whole number, 0 to 18,446,744,073,709,551,615, got 9999999999999999",
        ),
        ("--mitigation prex", "--mitigation is one of pre, current, post, got 'prex'; did you mean 'pre'?"),
        ("--constraints as_planned", "got 'as_planned'; did you mean 'as-planned'?"),
        ("--iteration 5", "No such option: --iteration; did you mean --iterations?"),
    ],
)
def test_a_wrong_option_is_told_with_its_rule_and_the_value_found(words, told):
    said = refused(f"forecast plan.yaml {words}")
    assert told in said
    assert said.endswith("(see riskmc forecast --help)")


@pytest.mark.parametrize(
    "words, told",
    [
        ("iteration plan.yaml P800", "ITERATION: a share such as 0.80, or P80, got P800 (see riskmc iteration --help)"),
        ("cash plan.yaml --by week", "--by is one of month, quarter, year, got 'week' (see riskmc cash --help)"),
        (
            "contingency plan.yaml --percentile 80",
            "--percentile: a share between 0 and 1, got 80; did you mean 0.80? (see riskmc contingency --help)",
        ),
    ],
)
def test_what_one_command_alone_asks_for_is_told_in_the_same_form(words, told):
    assert refused(words) == told


def test_a_file_without_its_command_is_offered_the_forecast(tmp_path):
    assert "did you mean: riskmc forecast kitchen.yaml?" in refused("kitchen.yaml")
    assert "did you mean: riskmc forecast harbour.XER?" in refused("harbour.XER")
    (tmp_path / "plan").write_text("", encoding="utf-8")
    assert f"did you mean: riskmc forecast {tmp_path}/plan?" in refused(f"{tmp_path}/plan")


def test_an_unknown_command_is_offered_the_nearest():
    assert refused("forcast plan.yaml").startswith(
        "there is no command 'forcast'; did you mean 'forecast'?; commands: "
    )


def test_a_missing_file_is_named():
    assert refused("forecast") == "FILE is missing: riskmc forecast FILE (see riskmc forecast --help)"


def test_without_any_word_the_help_is_shown():
    done = CliRunner().invoke(app, [], prog_name="riskmc")
    assert done.exit_code == 2
    assert "What to do:" in done.stderr


def test_the_help_names_every_command_once_under_a_heading_in_its_order_within_80_columns():
    lines = CliRunner().invoke(app, ["--help"], prog_name="riskmc").stdout.splitlines()
    first = lines.index("The answer:")
    named = [line.split()[0] for line in lines[first:] if line.startswith("  ")]
    assert named == list(typer.main.get_command(app).commands)
    headings = [line for line in lines[first:] if line and not line.startswith(" ")]
    assert headings == ["The answer:", "Why:", "What to do:", "As time goes:", "Trust:", "Files:"]
    assert max(map(len, lines)) < 80
    assert not any(line.endswith("...") for line in lines[first:])


def test_an_answer_leaves_with_0():
    assert CliRunner().invoke(app, ["--version"], prog_name="riskmc").exit_code == 0


@pytest.mark.parametrize("command", ["forecast", "verify", "check", "compare", "ranges"])
def test_the_help_of_a_command_names_every_kind_of_file(command):
    told = " ".join(CliRunner().invoke(app, [command, "--help"], prog_name="riskmc").stdout.split())
    for kind in (".yaml", ".xlsx", ".csv", ".xer", ".xml", ".sm", ".rcp", ".mpp"):
        assert kind in told
