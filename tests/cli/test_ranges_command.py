"""`riskmc ranges`: what it prints and writes; and `--strict` and `--ranges` of every command that reads a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import riskmc
from riskmc.cli.commands import app

PROGRAM = """\
program: X
start: 2027-01-04
projects: {p: {activities: {a: {duration: 10d}, b: {duration: 5d, after: [a]}}}}
ranges: [{on: all, duration: triangular(90% 100% 130%), sizes: correlated 0.3}, {on: "tag:x", duration: 90%}]
scenarios: {s: {set: {p.a.duration: 20d}}}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "x.yaml").write_text(PROGRAM)
    return str(tmp_path / "x.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, prog_name="riskmc")


def test_ranges_prints_the_table(file: str) -> None:
    done = run("ranges", file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == riskmc.reports.tell_ranges(riskmc.range_table(riskmc.read(file)))


def test_the_table_and_the_record_go_to_files_beside_the_printed_answer(file: str, tmp_path: Path) -> None:
    table = riskmc.range_table(riskmc.read(file))
    done = run("ranges", file, "--csv", str(tmp_path / "r.csv"), "--json", str(tmp_path / "r.json"))
    assert done.stdout.startswith("2 of 2 activities of X")
    assert (tmp_path / "r.csv").read_text(encoding="utf-8") == riskmc.reports.ranges_csv(table)
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == riskmc.reports.dumps_ranges(table)


@pytest.mark.parametrize(("option", "told"), [("--csv", "ranges_csv"), ("--json", "dumps_ranges")])
def test_on_standard_output_each_stands_alone(file: str, option: str, told: str) -> None:
    table = riskmc.range_table(riskmc.read(file))
    assert run("ranges", file, option, "-").stdout == getattr(riskmc.reports, told)(table)


def test_scenarios_and_a_default_range_change_the_table(file: str) -> None:
    assert " 20 " in run("ranges", file, "--scenario", "s").stdout
    (Path(file).parent / "bare.yaml").write_text(PROGRAM.partition("ranges:")[0])
    done = run("ranges", str(Path(file).parent / "bare.yaml"), "--range", "uniform(90% 120%)")
    assert "default" in done.stdout


def test_a_table_is_read_back_by_every_command(file: str, tmp_path: Path) -> None:
    run("ranges", file, "--csv", str(tmp_path / "r.csv"), "--quiet")
    table = (tmp_path / "r.csv").read_text(encoding="utf-8")
    (tmp_path / "r.csv").write_text(table.replace(",13,", ",40,"), encoding="utf-8")
    assert "40" in run("ranges", file, "--ranges", str(tmp_path / "r.csv")).stdout
    record = [
        run("forecast", file, "--iterations", "50", "--json", "-", *more).stdout
        for more in ([], ["--ranges", str(tmp_path / "r.csv")])
    ]
    assert record[0] != record[1]
    for command in ("forecast", "check", "compare"):
        assert run(command, file, "--ranges", str(tmp_path / "none.csv")).exit_code == 2


@pytest.mark.parametrize("command", ["forecast", "check", "compare", "ranges"])
def test_strict_refuses_a_pattern_that_matches_nothing(file: str, command: str) -> None:
    done = run(command, file, "--strict")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "x.yaml:4: ranges[1].on[0]: 'tag:x' matches no activity" in done.stderr


def test_without_strict_it_is_a_note(file: str) -> None:
    assert "'tag:x' matches no activity" in " ".join(run("forecast", file, "--iterations", "50").stdout.split())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--csv", "same", "--json", "same"], "name two different files"),
        (["--csv", "no/such/folder.csv"], "there is no folder"),
        (["--range", "uniform(1d 2d)"], "in shares of the plan"),
        (["--ranges", "none.csv"], "there is no such file"),
    ],
)
def test_what_can_be_put_right_is_said_and_nothing_is_written(
    file: str, options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("ranges", file, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.yaml"]
