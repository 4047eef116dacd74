"""Every command on a program that needs the discrete-event engine: it answers, or refuses in a sentence."""

import json

import pytest
import yaml
from typer.testing import CliRunner

import riskmc as rm
from happening import WORDS
from riskmc.cli.commands import app

ITERATIONS = ("--iterations", "64")
COMMANDS = [
    ("forecast",),
    ("forecast", "--crosscheck"),
    ("forecast", "--sampling", "lhs"),
    ("forecast", "--until", "P50 finish within 20d"),
    ("iteration", "3"),
    ("iteration", "P80"),
    ("drivers",),
    ("waterfall",),
    ("paths",),
    ("sensitivity",),
    ("sensitivity", "--variance"),
    ("diagnose",),
    ("responses",),
    ("joint",),
    ("contingency",),
    ("cash",),
    ("matrix",),
    ("convergence",),
    ("crosscheck",),
    ("compare",),
    ("earned-value",),
    ("outside-view", "--reference", "lognormal(p10=95% p90=180%)"),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "program.yaml"
    path.write_text(yaml.safe_dump({"riskmc": 1, **WORDS}, sort_keys=False), encoding="utf-8")
    return str(path)


def run(*words):
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(words) for words in COMMANDS])
def test_the_command_answers_and_its_record_names_the_engine(words, file, tmp_path):
    record = tmp_path / "record.json"
    command, *rest = words
    found = run(command, file, *rest, *ITERATIONS, "--json", str(record))
    assert found.exit_code == 0, found.output
    said = json.loads(record.read_text(encoding="utf-8"))
    assert said["engine"] == "discrete-event"
    assert said["hash"] == rm.read(file).hash()


def test_a_check_and_a_table_of_ranges_need_no_ignore(file, tmp_path):
    record = tmp_path / "check.json"
    run("check", file, "--iterations", "64", "--json", str(record))
    assert "a forecast runs them event by event" in record.read_text(encoding="utf-8")
    assert run("ranges", file).exit_code == 0


def test_a_diff_runs_both_programs_in_the_engine_that_either_needs(file, tmp_path):
    plain, record = tmp_path / "plain.yaml", tmp_path / "diff.json"
    words = {word: said for word, said in WORDS.items() if word not in ("scope", "scenarios")}
    words["risks"] = {name: risk for name, risk in WORDS["risks"].items() if name != "changes"}
    words["resources"] = {name: {} for name in WORDS["resources"]}
    projects = json.loads(json.dumps(WORDS["projects"]))
    del projects["alpha"]["activities"]["test"]["quality_gate"], projects["beta"]["activities"]["approve"]["approval"]
    plain.write_text(yaml.safe_dump({"riskmc": 1, **words, "projects": projects}, sort_keys=False), encoding="utf-8")
    found = run("diff", str(plain), file, *ITERATIONS, "--json", str(record))
    assert found.exit_code == 0, found.output
    assert json.loads(record.read_text(encoding="utf-8"))["engine"] == "discrete-event"


def test_a_page_and_pictures_are_written(file, tmp_path):
    page, folder = tmp_path / "page.html", tmp_path / "pictures"
    found = run("forecast", file, *ITERATIONS, "--html", str(page), "--plots", str(folder), "--crosscheck")
    assert found.exit_code == 0, found.output
    assert "engines agree on 64 of 64 iterations" in page.read_text(encoding="utf-8")
    assert list(folder.iterdir())


def test_the_monte_carlo_engine_refuses_and_says_how_to_leave_it_out(file):
    found = run("forecast", file, *ITERATIONS, "--engine", "monte-carlo")
    assert found.exit_code != 0
    for word in ("resources.testers", "alpha.test", "risks.changes", "scope.wishes", "--ignore resources,"):
        assert word in found.output


def test_an_unusual_rule_of_dispatch_is_said_in_text_and_record(file, tmp_path):
    record = tmp_path / "record.json"
    rule = ("--dispatch", "shortest-first", "--no-overtaking")
    found = run("forecast", file, *ITERATIONS, *rule, "--json", str(record))
    assert "dispatch shortest-first, strict" in " ".join(found.output.split())
    assert json.loads(record.read_text(encoding="utf-8"))["dispatch"] == "shortest-first, strict"
    usual = run("forecast", file, *ITERATIONS, "--json", str(record))
    assert "dispatch" not in usual.output
    assert "dispatch" not in json.loads(record.read_text(encoding="utf-8"))
