"""`riskmc new`: a program to begin with, which forecasts as it stands, and nothing written over by accident."""

import json
import re
import shlex
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
        ((), "name one thing to write: riskmc new DIR, riskmc new FILE.yaml, or riskmc new --excel FILE.xlsx"),
        (("a.yaml", "--excel", "b.xlsx"), "name one thing to write"),
        (("library", "--excel", "b.xlsx"), "name one thing to write"),
        (("a.docx",), "got '.docx'; a name without an ending makes a folder"),
        (("nowhere/library",), "cannot make nowhere/library: there is no folder"),
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


FOLDER = ["README.md", "first_forecast.ipynb", "program.yaml", "risks.csv"]


def names(folder: Path):
    return sorted(file.name for file in folder.iterdir())


def test_a_folder_is_written_whose_next_commands_work_as_told(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = new("library").stdout.splitlines()
    assert names(tmp_path / "library") == FOLDER
    assert told[1] == "  cd library"
    commands = [shlex.split(line)[1:] for line in told[2:]]
    read_me = (tmp_path / "library" / "README.md").read_text(encoding="utf-8")
    block = read_me.split("```")[1].splitlines()[1:]
    assert [shlex.split(line, comments=True)[1:] for line in block] == commands
    monkeypatch.chdir(tmp_path / "library")
    for command in commands:
        done = CliRunner().invoke(app, [*command, "--iterations", "300"], prog_name="riskmc")
        assert done.exit_code == 0, done.stderr
        assert "library" in done.stdout or "survey" in done.stdout
    forecast = CliRunner().invoke(app, ["forecast", "program.yaml", "--iterations", "300"], prog_name="riskmc")
    assert "Steel delivered late" in forecast.stdout
    assert "3 of 3 risks of the register are drawn" in forecast.stdout


def test_every_file_of_the_folder_is_named_in_its_read_me(tmp_path: Path):
    new(tmp_path / "library")
    read_me = (tmp_path / "library" / "README.md").read_text(encoding="utf-8")
    assert set(FOLDER[1:]) <= set(re.findall(r"`([\w.]+)`", read_me))
    program = (tmp_path / "library" / "program.yaml").read_text(encoding="utf-8")
    assert "FILE" not in program
    assert program.count("#") > 15


def test_the_notebook_of_the_folder_runs(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new(".")
    notebook = json.loads((tmp_path / "first_forecast.ipynb").read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(code) == 5
    space: dict[str, object] = {}
    for cell in code:
        *before, last = cell.split("\n")
        exec("\n".join(before), space)
        assert "New library" in repr(eval(last, space)) or "findings" in repr(eval(last, space))
    assert all(cell["id"] for cell in notebook["cells"])


def test_a_folder_that_is_not_empty_is_left_alone_unless_forced(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "program.yaml").write_text("mine too", encoding="utf-8")
    done = new(tmp_path)
    assert done.exit_code == 2
    assert done.stderr == (
        f"{tmp_path} is not empty; name another folder, or --force writes over the files of its names\n"
    )
    assert names(tmp_path) == ["mine.txt", "program.yaml"]
    assert new(tmp_path, "--force").exit_code == 0
    assert names(tmp_path) == sorted([*FOLDER, "mine.txt"])
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert rm.read(tmp_path / "program.yaml").program == "New library"


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_a_folder_is_written_whole_or_not_at_all(there: bool, fails_at: int, tmp_path: Path, monkeypatch):
    folder, moved = tmp_path / "library", []
    if there:
        folder.mkdir()
        (folder / "program.yaml").write_text("mine", encoding="utf-8")
    move = Path.replace

    def full(self: Path, target: Path):
        if self.parent.name.endswith(".part"):
            moved.append(target)
            if len(moved) == fails_at:
                raise OSError(28, "No space left on device")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", full)
    done = new(folder, "--force")
    assert (done.exit_code, done.stderr) == (2, f"cannot write into {folder}: No space left on device\n")
    assert names(tmp_path) == (["library"] if there else [])
    if there:
        assert names(folder) == ["program.yaml"]
        assert (folder / "program.yaml").read_text(encoding="utf-8") == "mine"


def test_the_same_folder_has_the_same_bytes(tmp_path: Path):
    for name in ("a", "b"):
        new(tmp_path / name)
    for name in FOLDER:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_theme_is_written_that_a_report_takes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = new("--theme", "house.yaml")
    assert done.exit_code == 0, done.output
    assert rm.reports.read_theme("house.yaml").language == "en"
    assert new("--theme", "house.yaml").exit_code == 2
    assert new("--theme", "house.txt").exit_code == 2
