"""The command line: what it hands to the engine, what it prints where, and how it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import fabricated
import riskmc
from riskmc.cli.commands import app
from riskmc.errors import ArgumentError, InputError, Problem, ProgramError, UnsupportedError
from riskmc.reports import dumps, tell

TESTS = Path(__file__).parents[1]
SIMULATED = (  # a process whose engine answers at once, with the made-up trials
    "import riskmc, fabricated, sys\n"
    "riskmc.read = lambda file, **how: fabricated.trials().program\n"
    "riskmc.simulate = lambda program, **options: fabricated.trials()\n"
    "from riskmc.cli import main\n"
    "sys.argv[0] = 'riskmc'\n"
    "main()\n"
)


@pytest.fixture
def asked(monkeypatch):
    """What the engine was asked for, by name; it answers with the made-up trials."""
    heard = {}

    def simulate(program, **options):
        heard.update(options, program=program)
        return fabricated.trials()

    monkeypatch.setitem(
        vars(riskmc), "read", lambda file, **how: fabricated.trials().program.but(program=f"program of {file}")
    )
    monkeypatch.setitem(vars(riskmc), "simulate", simulate)
    return heard


def run(*arguments):
    return CliRunner().invoke(app, arguments, prog_name="riskmc")


def process(*arguments, source=SIMULATED, **environment):
    path = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", source, *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
        check=False,
    )


def test_forecast_prints_the_answer(asked):
    done = run("forecast", "plan.yaml")
    assert done.exit_code == 0
    assert done.stdout == tell(fabricated.trials())
    assert done.stderr == ""
    assert asked["program"].program == "program of plan.yaml"


def test_what_is_not_said_has_its_usual_value(asked):
    run("forecast", "plan.yaml")
    del asked["program"], asked["progress"], asked["notice"]
    assert asked == {
        "iterations": 10_000,
        "until": None,
        "at_most": 1_000_000,
        "seed": 1,
        "threads": None,
        "sampling": "montecarlo",
        "scenario": None,
        "default_range": None,
        "mitigation": "current",
        "ignore": (),
        "constraints": "relaxed",
        "statistics": True,
    }


def test_every_option_reaches_the_engine(asked):
    words = "--iterations 500 --seed 7 --threads 2 --scenario respond --mitigation post --constraints as-planned"
    lists = ("--ignore", "resources, weather", "--ignore", "funding", "--range", "triangular(90% 100% 130%)")
    goal = ("--until", "P80 finish within 1d", "--at-most", "20000")
    assert run("forecast", "plan.yaml", *words.split(), *lists, *goal).exit_code == 0
    assert (asked["until"], asked["at_most"]) == ("P80 finish within 1d", 20_000)
    assert (asked["iterations"], asked["seed"], asked["threads"]) == (500, 7, 2)
    assert (asked["scenario"], asked["mitigation"], asked["constraints"]) == ("respond", "post", "as-planned")
    assert asked["ignore"] == ("resources", "weather", "funding")
    assert asked["default_range"] == "triangular(90% 100% 130%)"


def test_json_goes_to_a_file_beside_the_printed_answer(asked, tmp_path):
    done = run("forecast", "plan.yaml", "--json", str(tmp_path / "record.json"))
    assert done.stdout == tell(fabricated.trials())
    assert (tmp_path / "record.json").read_text(encoding="utf-8") == dumps(fabricated.trials())


def test_json_on_standard_output_stands_there_alone(asked):
    done = run("forecast", "plan.yaml", "--json", "-")
    assert json.loads(done.stdout)["program"] == "Harbour Tunnel"
    assert done.stdout == dumps(fabricated.trials())


def test_quiet_prints_nothing(asked, tmp_path):
    done = run("forecast", "plan.yaml", "--quiet", "--json", str(tmp_path / "record.json"))
    assert (done.stdout, done.stderr, done.exit_code) == ("", "", 0)
    assert (tmp_path / "record.json").exists()


@pytest.mark.parametrize(
    "error, said",
    [
        (
            InputError([Problem("plan.yaml", 4, "projects.a", "unknown word 'dependancies'")]),
            "plan.yaml:4: projects.a:",
        ),
        (ProgramError([("a.b", "a cycle: a.b -> a.c -> a.b")]), "a.b: a cycle: a.b -> a.c -> a.b"),
        (UnsupportedError("quality gates need the discrete-event engine"), "quality gates need"),
        (ArgumentError("no scenario 'x'"), "no scenario 'x'"),
    ],
)
def test_what_the_user_can_put_right_is_said_plainly_and_nothing_is_written(monkeypatch, tmp_path, error, said):
    def fail(file, **how):
        raise error

    monkeypatch.setitem(vars(riskmc), "read", fail)
    monkeypatch.setitem(vars(riskmc), "simulate", None)
    done = run("forecast", "plan.yaml", "--json", str(tmp_path / "record.json"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_cannot_be_written_stops_before_the_work(asked, tmp_path):
    done = run("forecast", "plan.yaml", "--json", str(tmp_path / "no" / "record.json"))
    assert done.exit_code == 2
    assert "there is no folder" in done.stderr
    assert asked == {}


def test_a_fault_of_its_own_is_one_line_and_how_to_report_it(asked, monkeypatch):
    monkeypatch.setitem(vars(riskmc), "simulate", lambda *_, **__: 1 / 0)
    done = run("forecast", "plan.yaml")
    assert done.exit_code == 1
    assert done.stderr.startswith("riskmc has a fault of its own: ZeroDivisionError: division by zero\nPlease report")
    assert "Traceback" not in done.stderr
    assert "Traceback" in run("forecast", "plan.yaml", "--debug").stderr


def test_an_interrupted_run_says_so_and_ends_with_130(asked, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setitem(vars(riskmc), "simulate", interrupted)
    done = run("forecast", "plan.yaml")
    assert (done.exit_code, done.stderr) == (130, "Stopped.\n")


@pytest.mark.parametrize(
    "words, said",
    [
        ("forecast plan.yaml --iteration 5", "--iterations"),
        ("forecast plan.yaml --iterations 0", "--iterations"),
        ("forecast plan.yaml --iterations many", "--iterations"),
        ("forecast plan.yaml --mitigation none", "pre, current, post"),
        ("forecast plan.yaml --threads 0", "--threads"),
        ("forecast plan.yaml --seed -1", "--seed"),
        ("forecast plan.yaml other.yaml", "other.yaml"),
        ("forecast", "FILE"),
        ("forcast plan.yaml", "forecast"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_is_allowed(asked, words, said):
    done = run(*words.split())
    assert done.exit_code == 2
    assert said in done.stderr
    assert asked == {}


def test_help_names_every_option_and_version_is_the_package_s():
    told = run("forecast", "--help").stdout
    for option in ("iterations", "seed", "threads", "scenario", "range", "mitigation", "ignore", "constraints", "json"):
        assert f"--{option}" in told
    assert run("--version").stdout == f"riskmc {riskmc.__version__}\n"


def test_schema_is_printed_as_json(monkeypatch):
    monkeypatch.setattr("riskmc.io.program_file.schema", lambda: {"title": "Programm für Europa"})
    assert json.loads(run("schema").stdout) == {"title": "Programm für Europa"}


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp850", "utf-8"])
def test_any_console_can_show_the_answer(encoding):
    done = process("forecast", "plan.yaml", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding).startswith(
        "Harbour Tunnel will probably finish late: 14% chance of 30 Jun 2030."
    )
    assert done.stderr == b""


def test_json_is_utf_8_whatever_the_console():
    assert json.loads(process("forecast", "plan.yaml", "--json", "-", PYTHONIOENCODING="ascii").stdout)["seed"] == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes close without a signal on Windows")
@pytest.mark.parametrize("options", [[], ["--json", "-"]])
def test_a_reader_who_leaves_early_is_no_error(options):
    read_end, write_end = os.pipe()
    os.close(read_end)
    path = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", SIMULATED, "forecast", "plan.yaml", *options],
        stdout=write_end,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_starts_without_what_it_does_not_need():
    source = (
        "import sys\nfrom riskmc.cli import main\nsys.argv = ['riskmc', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('numpy', 'numba', 'pydantic', 'pandas', 'scipy') if name in sys.modules])"
    )
    assert process(source=source).stdout.decode().splitlines()[-1] == "[]"


def test_python_m_riskmc_is_the_same_command():
    done = subprocess.run([sys.executable, "-m", "riskmc", "--version"], capture_output=True, text=True, check=False)
    assert done.stdout == f"riskmc {riskmc.__version__}\n"
