"""What every command that asks something of one program has in common: its options, and what it never writes over."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import riskmc
from riskmc.cli.commands import app
from riskmc.errors import ArgumentError

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"
SCHEDULING = ("lag_calendar", "out_of_sequence", "lag_from", "data_date")
SAID = (
    "--lag-calendar", "24h", "--out-of-sequence", "progress_override", "--lag-from", "actual_start",
    "--data-date", "2027-02-01",
)  # fmt: skip
COMMANDS = typer.main.get_command(app).commands
WITHOUT_RECORD = {"report", "explore"}  # what they make has other forms than a record as JSON
RUNNING = sorted(
    name
    for name, command in COMMANDS.items()
    if any(one.name == "seed" for one in command.params) and name not in WITHOUT_RECORD
)


def run(*words):
    return CliRunner().invoke(app, [*map(str, words)], prog_name="riskmc")


@pytest.fixture
def simulated(monkeypatch):
    """The programs that were to be simulated; none is."""
    heard = []

    def simulate(program, **_options):
        heard.append(program)
        raise ArgumentError("enough")

    monkeypatch.setitem(vars(riskmc), "simulate", simulate)
    return heard


@pytest.mark.parametrize("command", RUNNING)
def test_every_command_that_runs_iterations_has_the_scheduling_options(command):
    assert {one.name for one in COMMANDS[command].params} >= {
        *SCHEDULING,
        "threads",
        "mitigation",
        "json_file",
        "quiet",
    }


def test_there_are_as_many_as_there_are_questions():
    assert len(RUNNING) >= 19


@pytest.mark.parametrize("command", ["forecast", "drivers", "cash", "compare"])
def test_scheduling_options_reach_the_program(command, simulated):
    done = run(command, FERRY, *SAID)
    assert (done.exit_code, done.stderr) == (2, "enough\n")
    (program,) = simulated
    assert (program.lag_calendar, program.out_of_sequence) == ("24h", "progress_override")
    assert str(program.data_date) == "2027-02-01"
    assert {project.lag_from for project in program.projects.values()} == {"actual_start"}


def test_a_file_that_an_option_of_the_command_names_is_not_written_over(simulated, tmp_path):
    table = tmp_path / "peers.csv"
    table.write_text("Ratio\n1.1\n1.3\n", encoding="utf-8")
    done = run("outside-view", FERRY, "--reference", table, "--json", table)
    assert done.exit_code == 2
    assert done.stderr == f"cannot write {table}: it is the file that is read; name another one\n"
    assert simulated == []


def test_an_option_of_its_own_takes_the_place_of_a_common_one():
    usual = {name: {one.name: one.default for one in COMMANDS[name].params} for name in ("check", "drivers")}
    assert (usual["check"]["iterations"], usual["drivers"]["iterations"]) == (2_000, 10_000)
    assert [one.name for one in COMMANDS["compare"].params].count("scenario") == 1
    assert "file" not in {one.name for one in COMMANDS["diff"].params}
