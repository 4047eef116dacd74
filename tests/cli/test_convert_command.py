"""`riskmc convert IN OUT` and `riskmc forecast --into COPY`: files written whole, and never over what was read."""

import pytest
from typer.testing import CliRunner

from riskmc.cli.commands import app
from xer_plans import DATA

PLAN = DATA / "plain.xer"


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_plan_becomes_a_program_file_and_says_so(tmp_path):
    done = run("convert", PLAN, tmp_path / "plan.yaml")
    assert done.exit_code == 0
    assert "8 activities written to" in " ".join(done.output.split())
    assert "Primavera P6 stored are left out" in " ".join(done.output.split())
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8").startswith("riskmc: 1")


def test_what_is_read_is_never_overwritten(tmp_path):
    plan = tmp_path / "plan.xer"
    plan.write_bytes(PLAN.read_bytes())
    overlay = tmp_path / "over.yaml"
    overlay.write_text("riskmc: 1\nprogram: Over\nplan: plan.xer\n", encoding="utf-8")
    for source in (plan, overlay):
        done = run("convert", source, plan)
        assert done.exit_code == 2
        assert plan.read_bytes() == PLAN.read_bytes()


def test_a_refused_conversion_writes_nothing(tmp_path):
    done = run("convert", PLAN, tmp_path / "plan.yaml", "--strict")
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert run("convert", PLAN, tmp_path / "none" / "plan.yaml").exit_code == 2
    assert run("convert", tmp_path / "missing.xer", tmp_path / "plan.yaml").exit_code == 2


def test_quiet_prints_nothing(tmp_path):
    assert run("convert", PLAN, tmp_path / "plan.xml", "--quiet").output == ""
    assert (tmp_path / "plan.xml").exists()


def test_a_forecast_goes_into_a_copy_of_its_plan(tmp_path):
    copy = tmp_path / "copy.xer"
    done = run("forecast", PLAN, "--range", "triangular(90% 100% 130%)", "--iterations", 300, "--into", copy, "--quiet")
    assert done.exit_code == 0, done.output
    assert copy.read_bytes().count(b"%R\t1\t") >= 1
    assert b"riskmc P80 finish" in copy.read_bytes()


@pytest.mark.parametrize("name", ["plan.xer", "copy.yaml", "copy.xml"])
def test_a_copy_is_another_file_of_the_same_kind(name, tmp_path):
    plan = tmp_path / "plan.xer"
    plan.write_bytes(PLAN.read_bytes())
    done = run("forecast", plan, "--iterations", 50, "--into", tmp_path / name)
    assert done.exit_code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xer"]
    assert plan.read_bytes() == PLAN.read_bytes()


def test_a_program_file_alone_has_no_plan_to_copy(tmp_path):
    done = run("forecast", "models/ferry/program.yaml", "--iterations", 50, "--into", tmp_path / "copy.xer")
    assert done.exit_code == 2
    assert "this program has none" in done.output
