"""`riskmc new`: a program to begin with, which forecasts as it stands, and nothing written over by accident."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import riskmc as rm
from riskmc.cli.commands import app


def new(*arguments):
    return CliRunner().invoke(app, ["new", *map(str, arguments)], prog_name="riskmc")


def test_the_workbook_and_the_program_file_are_one_program_that_forecasts(tmp_path: Path):
    for arguments in (("--excel", tmp_path / "a.xlsx"), (tmp_path / "b.xlsx",), (tmp_path / "c.yaml",)):
        done = new(*arguments)
        assert done.exit_code == 0, done.stderr
        assert done.stdout == f"{arguments[-1]} is written. Next: riskmc forecast {arguments[-1]}\n"
    book, text = rm.read(tmp_path / "a.xlsx"), rm.read(tmp_path / "c.yaml")
    assert book == text
    assert book.notes == ()
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    trials = rm.simulate(book, iterations=500)
    assert trials.finish().quantile(0.8) > trials.finish().quantile(0.2)


def test_the_workbook_explains_itself(tmp_path: Path):
    new("--excel", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[:4] == ["Read me", "Program", "Projects", "Activities"]
    read_me = "\n".join(str(row[0]) for row in book["Read me"].iter_rows(values_only=True))
    assert "riskmc forecast" in read_me
    assert ("Activities", "Predecessors", "list of predecessors") in list(
        book["Sheets and columns"].iter_rows(values_only=True)
    )


def test_a_file_that_is_there_is_left_alone_unless_forced(tmp_path: Path):
    file = tmp_path / "a.yaml"
    file.write_text("mine", encoding="utf-8")
    done = new(file)
    assert done.exit_code == 2
    assert done.stderr == f"{file} is there already; --force writes over it\n"
    assert file.read_text(encoding="utf-8") == "mine"
    assert new(file, "--force").exit_code == 0
    assert rm.read(file).program == "New library"


@pytest.mark.parametrize(
    "arguments, told",
    [
        ((), "name one file to write"),
        (("a.yaml", "--excel", "b.xlsx"), "name one file to write"),
        (("a.xls",), "a.xls: a file ending in .yaml .yml .xlsx can be written, got '.xls'; did you mean '.xlsx'?"),
        (("--excel", "a.yaml"), "a.yaml: a file ending in .xlsx can be written, got '.yaml'"),
        (("nowhere/a.yaml",), "there is no folder"),
    ],
)
def test_what_cannot_be_written_is_refused_with_exit_code_2(arguments, told, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = new(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []
