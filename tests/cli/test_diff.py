"""`riskmc diff OLD NEW`: what is printed and written, from any two files, and how it fails."""

import json

import pytest
from typer.testing import CliRunner

from changed_programs import program
from riskmc.cli.commands import app
from riskmc.io.program_file import dumps


def run(*arguments):
    return CliRunner().invoke(app, ["diff", *map(str, arguments)], prog_name="riskmc")


@pytest.fixture
def files(tmp_path):
    """Last month's program and this month's, as files."""
    paths = [tmp_path / "old.yaml", tmp_path / "new.yaml"]
    for path, noun in zip(paths, (program(), program(risks__clay__probability="80%")), strict=True):
        path.write_text(dumps(noun), encoding="utf-8")
    return paths


def test_the_answer_is_printed_and_the_record_written(files, tmp_path):
    record = tmp_path / "diff.json"
    done = run(*files, "--iterations", 200, "--json", record)
    assert done.exit_code == 0, done.stderr
    assert "risk Clay: probability from 40% to 80%" in done.stdout
    told = json.loads(record.read_text(encoding="utf-8"))
    assert (told["iterations"], told["groups"][0]["name"]) == (200, "risk Clay: probability")


def test_formats_may_differ(files, tmp_path):
    workbook = tmp_path / "new.xlsx"
    made = CliRunner().invoke(app, ["convert", str(files[0]), str(workbook)], prog_name="riskmc")
    assert made.exit_code == 0, made.stderr
    done = run(files[0], workbook, "--iterations", 100)
    assert done.exit_code == 0, done.stderr
    assert "unmoved" in done.stdout or "the same" in done.stdout


def test_equal_files_end_with_exit_code_0_too(files):
    done = run(files[0], files[0], "--iterations", 50)
    assert (done.exit_code, done.stdout.split("\n")[0]) == (
        0,
        "The two programs are the same: nothing was added, removed or changed.",
    )


def test_pictures_are_written(files, tmp_path):
    done = run(*files, "--iterations", 100, "--quiet", "--plots", tmp_path / "drawn")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    names = {path.name for path in (tmp_path / "drawn").iterdir()}
    assert {"finish-changes.svg", "cost-changes.png"} <= names


def test_a_source_is_not_overwritten_and_faults_are_told_without_a_traceback(files, tmp_path):
    kept = files[0].read_text(encoding="utf-8")
    assert run(*files, "--json", files[0]).exit_code == 2
    assert files[0].read_text(encoding="utf-8") == kept
    missing = run(files[0], tmp_path / "none.yaml")
    assert missing.exit_code == 2
    assert "Traceback" not in missing.stderr
    assert "none.yaml" in missing.stderr
    assert run(*files, "--groups", 0).exit_code == 2
