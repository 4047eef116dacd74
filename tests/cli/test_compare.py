"""`riskmc compare`: which scenarios are run, what is printed and written, and how it fails."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import riskmc
from riskmc.cli.commands import app

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


def run(*arguments):
    return CliRunner().invoke(app, ["compare", *map(str, arguments)], prog_name="riskmc")


@pytest.fixture
def asked(monkeypatch):
    """What the engine was asked for, run by run; the program is the real one, with few iterations."""
    heard, simulate = [], riskmc.simulate

    def listening(program, **options):
        heard.append(options)
        return simulate(program, **{**options, "iterations": 60})

    monkeypatch.setitem(vars(riskmc), "simulate", listening)
    return heard


def test_all_scenarios_of_the_file_are_compared_unless_some_are_named(asked):
    done = run(FERRY)
    assert done.exit_code == 0, done.stderr
    assert [told["scenario"] for told in asked] == [None, *riskmc.read(FERRY).scenarios]
    asked.clear()
    run(FERRY, "--scenario", "respond", "--scenario", "double_shift", "--scenario", "respond")
    assert [told["scenario"] for told in asked] == [None, "respond", "double_shift"]


def test_every_option_reaches_every_run_alike(asked):
    words = "--scenario respond --iterations 70 --seed 7 --threads 2 --mitigation post --constraints as-planned"
    lists = ("--ignore", "resources, weather", "--range", "triangular(90% 100% 130%)")
    assert run(FERRY, *words.split(), *lists).exit_code == 0
    for told in asked:
        assert (told["iterations"], told["seed"], told["threads"]) == (70, 7, 2)
        assert (told["mitigation"], told["constraints"]) == ("post", "as-planned")
        assert told["ignore"] == ("resources", "weather")
        assert told["default_range"] == "triangular(90% 100% 130%)"
    assert len(asked) == 2


def test_progress_counts_on_through_all_runs(asked, monkeypatch):
    counts = []
    monkeypatch.setattr(riskmc.cli.one_run.Progress, "advance", lambda _self, *told: counts.append(told))
    run(FERRY, "--scenario", "respond")
    assert counts[-1] == (120, 120)
    assert counts == sorted(counts)


def test_the_answer_is_printed_and_the_record_written(asked, tmp_path):
    record = tmp_path / "compared.json"
    done = run(FERRY, "--scenario", "respond", "--json", record)
    assert done.stdout.startswith("Both proposed responses: P80 ")
    assert done.stderr == ""
    told = json.loads(record.read_text(encoding="utf-8"))
    assert set(told["scenarios"]["respond"]["finish_days"]) >= {"p50", "p80", "mean"}
    assert set(told["scenarios"]["respond"]["finish_days"]["p80"]) == {"value", "low", "high"}


def test_json_to_standard_output_is_alone_there(asked):
    assert json.loads(run(FERRY, "--scenario", "respond", "--json", "-").stdout)["seed"] == 1
    done = run(FERRY, "--scenario", "respond", "--quiet")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "words, said",
    [
        (["--scenario", "respnd"], "unknown scenario 'respnd'; did you mean 'respond'?"),
        (["--json", "no/such/folder.json"], "there is no folder"),
        (["--iterations", "0"], "--iterations"),
    ],
)
def test_what_makes_no_sense_is_refused_before_any_run(asked, words, said):
    done = run(FERRY, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert asked == []


def test_a_program_without_scenarios_says_how_to_add_one(asked, tmp_path):
    file = tmp_path / "plain.yaml"
    file.write_text(
        "riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects: {a: {activities: {b: {duration: 5d}}}}\n", encoding="utf-8"
    )
    done = run(file)
    assert done.exit_code == 2
    assert done.stderr == f"{file} has no scenarios; describe one under `scenarios:` to compare it\n"
    assert asked == []


def test_scheduling_options_reach_every_run(monkeypatch):
    heard, simulate = [], riskmc.simulate

    def listening(program, **options):
        heard.append(program)
        return simulate(program, **{**options, "iterations": 60})

    monkeypatch.setitem(vars(riskmc), "simulate", listening)
    words = "--lag-calendar 24h --out-of-sequence progress_override --lag-from actual_start --data-date 2027-02-01"
    done = run(FERRY, "--scenario", "respond", "--quiet", *words.split())
    assert done.exit_code == 0, done.stderr
    for program in heard:
        assert (program.lag_calendar, program.out_of_sequence) == ("24h", "progress_override")
        assert str(program.data_date) == "2027-02-01"
        assert {project.lag_from for project in program.projects.values()} == {"actual_start"}
    assert len(heard) == 2


def test_one_scenario_that_queues_takes_all_runs_to_its_engine_at_once_and_that_is_said(asked, tmp_path):
    record = tmp_path / "compared.json"
    done = run(FERRY, "--scenario", "respond", "--scenario", "one_crew", "--json", record)
    assert [told["engine"] for told in asked] == ["discrete-event"] * 3
    said = (
        "all runs are by the discrete-event engine, which One marine crew, and a trial operation that may fail needs "
        "and the program as it stands does not"
    )
    assert said in " ".join(done.stdout.split())
    assert said in json.loads(record.read_text(encoding="utf-8"))["notes"]
    asked.clear()
    done = run(FERRY, "--scenario", "respond")
    assert [told["engine"] for told in asked] == ["monte-carlo"] * 2
    assert "all runs are by" not in done.stdout


def test_an_engine_that_is_asked_for_is_the_one(asked):
    run(FERRY, "--scenario", "respond", "--engine", "discrete-event")
    assert [told["engine"] for told in asked] == ["discrete-event"] * 2
