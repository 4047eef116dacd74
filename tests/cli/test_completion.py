"""Shell completion: commands, options, files of the known endings, the names in FILE; quickly, and never a fault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import riskmc as rm
from riskmc.cli.endings import BOOKS, EVERY_INPUT
from riskmc.io.workbook import SUFFIXES

PROGRAM = """
riskmc: 1
program: Two
start: 2027-01-04
resources: {crew: {capacity: 2}, crane: {capacity: 1}}
projects:
  one:
    name: First
    activities:
      dig: {name: Dig, duration: 3d, cost: 10}
      done: {name: "Dug: out", milestone: true, after: [dig]}
  two: {activities: {paint: {duration: 2d}}}
scenarios:
  fast: {name: A faster crew, set: {one.dig.duration: 2d}}
  faster: {set: {one.dig.duration: 1d}}
  slow: {set: {one.dig.duration: 9d}}
"""
HEAVY = ("numba", "numpy", "scipy", "pandas", "matplotlib", "riskmc.program")


@pytest.fixture
def folder(tmp_path: Path):
    (tmp_path / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    for name in ("plan.xer", "notes.txt", "risks.csv", ".hidden.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "models" / "pier").mkdir(parents=True)
    (tmp_path / "models" / "pier" / "pier.yaml").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


def python(*words, at: Path, **environment):
    """Return what Python prints, in a process of its own."""
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(rm.__file__).parents[1]), "HOME": str(at)}
    return subprocess.run(
        [sys.executable, *words], cwd=at, env={**known, **environment}, capture_output=True, text=True, encoding="utf-8"
    )


def offered(line: str, at: Path):
    """Return what bash is offered for the word at the end of ``line``."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - (not line.endswith(" ")))}
    done = python("-m", "riskmc", at=at, _RISKMC_COMPLETE="complete_bash", **words)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    "line, words",
    [
        ("riskmc fore", ["forecast"]),
        ("riskmc c", ["compare", "contingency", "capacity", "cash", "check", "convergence", "crosscheck", "convert"]),
        ("riskmc forecast program.yaml --sce", ["--scenario"]),
        ("riskmc forecast program.yaml --scenario ", ["fast", "faster", "slow"]),
        ("riskmc forecast program.yaml --seed 4 --scenario fa", ["fast", "faster"]),
        ("riskmc compare program.yaml --scenario fast --scenario s", ["slow"]),
        ("riskmc forecast program.yaml --sampling ", ["montecarlo", "lhs"]),
        ("riskmc forecast program.yaml --dispatch m", ["minimum-slack", "multi-pass"]),
        ("riskmc drivers program.yaml --at o", ["one", "one.done"]),
        ("riskmc joint program.yaml --at t", ["two"]),
        ("riskmc drivers program.yaml --group one.", ["one.*", "one.dig", "one.done"]),
        ("riskmc capacity program.yaml --pools cr", ["crew", "crane"]),
        ("riskmc capacity program.yaml --pools crew,cra", ["crew,crane"]),
        ("riskmc forecast pl", ["plan.xer"]),
        ("riskmc forecast ", ["models/", "plan.xer", "program.yaml", "risks.csv"]),
        ("riskmc forecast mo", ["models/pier/pier.yaml"]),
        ("riskmc forecast .h", [".hidden.yaml"]),
        ("riskmc forecast program.yaml --register ", ["models/", "risks.csv"]),
        ("riskmc forecast program.yaml --plots ", ["models/pier/"]),
        ("riskmc diff program.yaml pl", ["plan.xer"]),
        ("riskmc report program.yaml --compare f", ["fast", "faster"]),
        ("riskmc report program.yaml -o ", ["models/pier/"]),
        ("riskmc explore program.yaml --duration two", ["two.*", "two.paint"]),
    ],
)
def test_the_key_tab_offers(line, words, folder: Path):
    assert offered(line, folder) == words


@pytest.mark.parametrize("content", ["", "[", "scenarios: 3", "plan: nowhere.xer", "projects: {a: {activities: [1]}}"])
def test_a_file_that_cannot_be_read_offers_nothing_and_says_nothing(content: str, folder: Path):
    (folder / "program.yaml").write_text(content, encoding="utf-8")
    assert offered("riskmc forecast program.yaml --scenario ", folder) == []
    assert offered("riskmc drivers program.yaml --group b", folder) == []
    assert offered("riskmc forecast nowhere.yaml --scenario ", folder) == []


def test_a_workbook_offers_its_scenarios(folder: Path):
    rm.convert(str(folder / "program.yaml"), str(folder / "book.xlsx"))
    assert offered("riskmc forecast book.xlsx --scenario f", folder) == ["fast", "faster"]


def test_nothing_heavy_is_loaded_while_somebody_waits(folder: Path):
    told = (
        "import json, os, sys\nfrom riskmc.cli import main\nsys.argv = ['riskmc']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    words = {"COMP_WORDS": "riskmc forecast program.yaml --scenario ", "COMP_CWORD": "4"}
    done = python("-c", told, at=folder, _RISKMC_COMPLETE="complete_bash", **words)
    *names, heavy = done.stdout.split("\n")[:-1]
    assert names == ["fast", "faster", "slow"]
    assert json.loads(heavy) == []


def test_bash_itself_completes(folder: Path):
    script = python(
        "-m", "riskmc", "--show-completion", "bash", at=folder, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert "complete -o default -F _riskmc_completion riskmc" in script.stdout
    command = f'#!/bin/sh\nexec "{sys.executable}" -m riskmc "$@"\n'
    (folder / "riskmc").write_text(command, encoding="utf-8")
    (folder / "riskmc").chmod(0o755)
    asked = "COMP_WORDS=(riskmc forecast program.yaml --scenario fa)\nCOMP_CWORD=4\n_riskmc_completion riskmc\n"
    environment = {
        "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(Path(rm.__file__).parents[1]), "HOME": str(folder)
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", f'{script.stdout}\n{asked}printf "%s\\n" "${{COMPREPLY[@]}}"'],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split() == ["fast", "faster"], done.stderr


def test_completion_is_installed_into_the_home_of_the_user_alone(folder: Path):
    done = python(
        "-m", "riskmc", "--install-completion", "bash", at=folder, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"
    )
    assert done.returncode == 0
    assert "bash completion installed in" in done.stdout
    made = [file for file in folder.rglob("*") if file.is_file()]
    assert any("_riskmc_completion" in file.read_text(encoding="utf-8") for file in made)


def test_the_endings_are_those_that_are_read():
    assert set(EVERY_INPUT) == set(rm.io.READERS)
    assert BOOKS == SUFFIXES
