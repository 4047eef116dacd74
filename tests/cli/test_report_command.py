"""`riskmc report`: the file is written, the answer printed, and what is wrong is said before anything is simulated."""

import pytest
from typer.testing import CliRunner

import riskmc as rm
from committees import responding, small, trials_of
from riskmc.cli.commands import app
from riskmc.reports.committee.material import gather


def run(*words):
    return CliRunner().invoke(app, ["report", *map(str, words)], prog_name="riskmc")


@pytest.fixture
def program(tmp_path):
    scenarios = {
        "calm": {"set": {"risks.storm.probability": "5%"}},
        "gang": {"name": "One gang", "set": {"resources.gang": {"capacity": 1}, "p.dig.uses": {"gang": 1}}},
    }
    file = tmp_path / "pier.yaml"
    rm.io.program_file.write(responding(scenarios=scenarios), file)
    return file


def test_the_page_is_written_and_the_answer_printed(program, tmp_path):
    out = tmp_path / "pack.html"
    done = run(program, "-o", out, "--iterations", 300)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Pier ")
    assert f"{out} is written." in done.stdout.replace("\n", " ") or str(out) in done.stdout
    page = out.read_text(encoding="utf-8")
    assert "calm" in page


def test_a_scenario_that_needs_the_other_engine_is_left_out_and_said(program, tmp_path):
    out = tmp_path / "pack.html"
    done = run(program, "-o", out, "--iterations", 300)
    page = out.read_text(encoding="utf-8")
    assert "One gang needs the discrete-event engine and is not compared here." in page
    assert "--compare" not in page  # the committee types nothing
    assert "gang needs the discrete-event engine: --compare gang adds it." in done.stdout


@pytest.mark.parametrize(
    "words, told",
    [
        ([], "name the file to write: -o report.html"),
        (["-o", "pack.docx"], "a report ends in"),
        (["-o", "pack.html", "--compare", "clam"], "did you mean 'calm'"),
        (["-o", "pack.html", "--against", "gone.yaml"], "gone.yaml"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(words, told, program, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = run(program, *words, "--iterations", 50)
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())
    assert sorted(tmp_path.iterdir()) == before


def test_the_program_is_never_written_over(program):
    done = run(program, "-o", program.with_suffix(".html"), "--against", program.with_suffix(".html"))
    assert done.exit_code == 2


def test_a_scenario_that_is_named_takes_the_report_to_the_engine_that_it_needs(program, tmp_path):
    out = tmp_path / "pack.md"
    done = run(program, "-o", out, "--compare", "gang", "--iterations", 64)
    assert done.exit_code == 0, done.output
    page = out.read_text(encoding="utf-8")
    assert "all runs are by the discrete-event engine, which One gang needs" in page
    assert "not compared here" not in page


def test_a_program_reported_before_takes_the_report_to_the_engine_that_it_needs(program, tmp_path):
    before, out = tmp_path / "before.yaml", tmp_path / "pack.md"
    rm.io.program_file.write(rm.read(program).scenario("gang"), before)
    done = run(program, "-o", out, "--against", before, "--iterations", 64)
    assert done.exit_code == 0, done.output
    assert "discrete-event" in out.read_text(encoding="utf-8")


def test_the_findings_of_a_report_are_those_of_the_check():
    program = small()
    trials = trials_of(program, 2_500, default_range="triangular(90% 100% 130%)")
    told = gather(trials).findings
    asked = rm.check(program, default_range="triangular(90% 100% 130%)")
    assert told.to_frame().equals(asked.to_frame())
    assert len(asked.to_frame())
