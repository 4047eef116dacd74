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
    for words, meant in (
        ("forcast plan.yaml", "riskmc forecast plan.yaml"),
        ("Forecast plan.yaml --seed 2", "riskmc forecast plan.yaml --seed 2"),
        ("outside_view plan.yaml", "riskmc outside-view plan.yaml"),
        ("earnedvalue plan.yaml", "riskmc earned-value plan.yaml"),
        ("help", "riskmc --help"),
        ("help forecast", "riskmc forecast --help"),
        ("version", "riskmc --version"),
    ):
        assert refused(words) == f"there is no command {words.split()[0]!r}; did you mean: {meant}? (see riskmc --help)"


def test_a_word_that_is_like_no_command_is_told_all_of_them():
    told = refused("zzz plan.csvx")
    assert told.startswith("there is no command 'zzz'; commands: forecast, report, drivers, ")
    assert told.endswith("schema (see riskmc --help)")


def test_a_name_with_a_space_is_offered_in_quotes():
    done = CliRunner().invoke(app, ["forcast", "my plan.yaml"], prog_name="riskmc")
    assert "did you mean: riskmc forecast 'my plan.yaml'?" in done.stderr


@pytest.mark.parametrize(
    "words, told",
    [
        ("forecast", "FILE is missing: riskmc forecast FILE"),
        ("iteration plan.yaml", "ITERATION is missing: riskmc iteration FILE ITERATION"),
        ("convert plan.yaml", "OUT is missing: riskmc convert IN OUT"),
        ("diff plan.yaml", "NEW is missing: riskmc diff OLD NEW"),
        ("outside-view plan.yaml", "--reference is missing: riskmc outside-view FILE --reference TABLE"),
    ],
)
def test_what_is_missing_is_named_with_the_whole_line(words, told):
    assert refused(words) == f"{told} (see riskmc {words.split()[0]} --help)"


@pytest.mark.parametrize(
    "words, told",
    [
        ("forecast p.yaml --scenario", "--scenario needs a value: riskmc forecast ... --scenario NAME"),
        (
            "forecast p.yaml --scenario --seed 1",
            "--scenario needs a value, found --seed: riskmc forecast ... --scenario NAME",
        ),
        (
            "forecast p.yaml respond",
            "riskmc forecast takes FILE alone besides options, found respond too; a name with spaces stands in quotes",
        ),
        (
            "schema p.yaml",
            "riskmc schema takes no word besides options, found p.yaml too; a name with spaces stands in quotes",
        ),
        (
            "forecast p.yaml --html out.pdf",
            "--html writes a page: name a file ending in .html, got out.pdf; other kinds are written by: "
            "riskmc report FILE -o out.pdf",
        ),
        ("waterfall p.yaml --percentile 80%", "--percentile: a share between 0 and 1, got 80%; did you mean 0.80?"),
        ("waterfall p.yaml --percentile 0.5%", "--percentile: a share between 0 and 1, got 0.5%; did you mean 0.005?"),
        ("waterfall p.yaml --percentile 97.5", "--percentile: a share between 0 and 1, got 97.5; did you mean 0.975?"),
        ("waterfall p.yaml --percentile most", "--percentile: a share such as 0.80, or P80, got most"),
    ],
)
def test_a_common_mistake_is_told_with_what_to_type_instead(words, told):
    assert refused(words) == f"{told} (see riskmc {words.split()[0]} --help)"


@pytest.mark.parametrize("typed", ["10k", "10,000", "10_000", "1e4", "10'000", "0.01m"])
def test_a_number_that_people_write_is_offered_as_it_is_typed(typed):
    told = f"--iterations: a whole number, at least 1, got {typed}; did you mean 10000? (see riskmc forecast --help)"
    assert refused(f"forecast p.yaml --iterations {typed}") == told


def test_without_any_word_the_help_is_shown():
    done = CliRunner().invoke(app, [], prog_name="riskmc")
    assert done.exit_code == 2
    assert "What to do:" in done.stderr


def test_the_help_names_every_command_once_under_a_heading_in_its_order_within_80_columns():
    lines = CliRunner().invoke(app, ["--help"], prog_name="riskmc").stdout.splitlines()
    first, last = lines.index("The answer:"), lines.index("Examples:")
    assert max(map(len, lines)) < 80
    lines = lines[:last]
    named = [line.split()[0] for line in lines[first:] if line.startswith("  ")]
    assert named == list(typer.main.get_command(app).commands)
    headings = [line for line in lines[first:] if line and not line.startswith(" ")]
    assert headings == ["The answer:", "Why:", "What to do:", "As time goes:", "Trust:", "Files:"]
    assert not any(line.endswith("...") for line in lines[first:])


def test_an_answer_leaves_with_0():
    assert CliRunner().invoke(app, ["--version"], prog_name="riskmc").exit_code == 0


@pytest.mark.parametrize("command", ["forecast", "verify", "check", "compare", "ranges"])
def test_the_help_of_a_command_names_every_kind_of_file(command):
    told = " ".join(CliRunner().invoke(app, [command, "--help"], prog_name="riskmc").stdout.split())
    for kind in (".yaml", ".xlsx", ".csv", ".xer", ".xml", ".sm", ".rcp", ".mpp"):
        assert kind in told


@pytest.mark.parametrize("typed", ["progam.yaml", "program.yml", "program", "Program.yaml", "program.xer"])
def test_a_file_that_is_not_there_is_offered_the_nearest(typed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("program.yaml", "other.yaml", "notes.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    for words in (f"forecast {typed}", f"convert {typed} out.xlsx", f"register {typed}", f"check {typed}"):
        assert refused(words) == f"{typed}: there is no such file; did you mean program.yaml?"
    assert refused("forecast zzz.yaml") == "zzz.yaml: there is no such file"
    assert refused("forecast nofile.yaml") == "nofile.yaml: there is no such file"  # only its ending is like another's
    assert refused("forecast nowhere/program.yaml") == "nowhere/program.yaml: there is no such file"
    assert refused("forecast notes.docx").startswith("notes.docx: there is no such file")
