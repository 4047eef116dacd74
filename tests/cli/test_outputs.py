"""What `riskmc forecast` writes beside its answer: the page, the pictures; refused before any work, or whole."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

import fabricated
import riskmc
from riskmc.cli.commands import app
from riskmc.reports import dumps, page, tell


@pytest.fixture
def ran(monkeypatch):
    """How often the engine ran; it answers with the made-up trials."""
    runs = []

    def simulate(program, **options):
        runs.append(program)
        return fabricated.trials()

    monkeypatch.setitem(vars(riskmc), "read", lambda file, **how: fabricated.trials().program)
    monkeypatch.setitem(vars(riskmc), "simulate", simulate)
    return runs


def run(*arguments):
    return CliRunner().invoke(app, ["forecast", "plan.yaml", *map(str, arguments)], prog_name="riskmc")


def test_the_page_goes_to_a_file_beside_the_printed_answer(ran, tmp_path):
    done = run("--html", tmp_path / "page.html", "--json", tmp_path / "record.json")
    assert done.stdout == tell(fabricated.trials())
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page(fabricated.trials())
    assert (tmp_path / "record.json").read_text(encoding="utf-8") == dumps(fabricated.trials())


def test_the_page_on_standard_output_stands_there_alone(ran):
    assert run("--html", "-").stdout == page(fabricated.trials())


def test_pictures_go_into_a_folder_that_is_made_if_need_be(ran, tmp_path):
    done = run("--plots", tmp_path / "pictures")
    assert done.exit_code == 0
    assert done.stdout == tell(fabricated.trials())
    names = ("finish", "finish-histogram", "cost", "cost-histogram", "joint", "milestones", "gantt")
    assert sorted(os.listdir(tmp_path / "pictures")) == sorted(
        f"{name}.{kind}" for name in names for kind in ("svg", "png")
    )
    assert run("--plots", tmp_path / "pictures", "--quiet").exit_code == 0


def test_the_same_pictures_have_the_same_bytes(ran, tmp_path):
    for folder in ("one", "two"):
        run("--plots", tmp_path / folder)
    files = sorted(os.listdir(tmp_path / "one"))
    assert len(files) == 14
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("--html", "no/page.html"), "there is no folder"),
        (("--html", "."), "it is a folder"),
        (("--plots", "no/pictures"), "there is no folder"),
        (("--plots", "old.txt"), "it is a file; name a folder"),
        (("--plots", "old.txt/pictures"), "old.txt is a file"),
        (("--html", "-", "--json", "-"), "--json and --html both go to -"),
        (("--html", "same", "--json", "same"), "--json and --html both go to same"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(ran, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text("old")
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert ran == []
    assert os.listdir(tmp_path) == ["old.txt"]


def test_a_page_that_cannot_be_made_leaves_no_record_behind(ran, tmp_path, monkeypatch):
    monkeypatch.setattr(riskmc.reports, "page", lambda trials: 1 / 0)
    done = run("--html", tmp_path / "page.html", "--json", tmp_path / "record.json")
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.stderr
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("option", ["--json", "--html"])
@pytest.mark.parametrize("source", ["plan.yaml", "risks.xlsx", "scales.yaml", "ranges.csv"])
def test_nothing_is_written_over_what_is_read(ran, tmp_path, monkeypatch, option, source):
    monkeypatch.chdir(tmp_path)
    (tmp_path / source).write_text("mine")
    done = run("--register", "risks.xlsx", "--scales", "scales.yaml", "--ranges", "ranges.csv", option, source)
    assert (done.exit_code, done.stdout, ran) == (2, "", [])
    assert done.stderr == f"cannot write {source}: it is the file that is read; name another one\n"
    assert (tmp_path / source).read_text() == "mine"


def test_a_copy_of_the_plan_and_the_record_go_to_two_files(ran, tmp_path):
    where = tmp_path / "copy.xer"
    assert (
        f"--json and --into both go to {where}: name two different files"
        in run("--json", where, "--into", where).stderr
    )
    assert not where.exists()


@pytest.mark.parametrize("command", ["forecast", "check", "drivers"])
def test_no_output_replaces_the_plan_below_the_program(tmp_path, command):
    plan = Path(__file__).parents[1] / "data" / "xer" / "plain.xer"
    (tmp_path / "plan.xer").write_bytes(plan.read_bytes())
    overlay = tmp_path / "over.yaml"
    overlay.write_text("riskmc: 1\nprogram: Over\nplan: plan.xer\n", encoding="utf-8")
    done = CliRunner().invoke(app, [command, str(overlay), "--json", str(tmp_path / "plan.xer")])
    assert done.exit_code == 2
    assert (tmp_path / "plan.xer").read_bytes() == plan.read_bytes()
