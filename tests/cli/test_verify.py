"""`riskmc verify`: exit code 0 only where everything stored matches, 1 with differences, 2 with nothing to compare."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import riskmc as rm
from riskmc.cli.commands import app
from stored_plans import CHAIN, EVERY_DAY, at, chain, task, written

MODELS = Path(__file__).parents[2] / "models"
LATER = {"early_start_date": at("13 08:00"), "early_end_date": at("15 17:00")}


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="riskmc")


@pytest.fixture
def right(tmp_path):
    return written(tmp_path / "plan.xer", chain(), CHAIN)


@pytest.fixture
def wrong(tmp_path):
    return written(tmp_path / "plan.xer", chain(B=LATER), CHAIN)


def test_a_plan_that_matches_is_told_in_the_first_line_and_by_exit_code_0(right):
    done = run("verify", right)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == rm.reports.tell_verification(rm.verify(right))
    assert done.stdout.startswith("3 of 3 activities recomputed on the very dates that Primavera P6 stored.\n")


def test_differences_are_told_by_exit_code_1(wrong):
    done = run("verify", wrong)
    assert done.exit_code == 1
    assert "2 of 3 activities recomputed" in done.stdout


def test_the_bundled_plan_and_the_program_over_it_match():
    assert run("verify", MODELS / "tunnel" / "plan.xer").exit_code == 0
    done = run("verify", MODELS / "tunnel" / "program.yaml", "--json", "-")
    record = json.loads(done.stdout)
    assert (done.exit_code, record["matched"], record["compared"], record["activities"]) == (0, 220, 220, 220)


def test_nothing_to_compare_is_something_to_put_right():
    done = run("verify", MODELS / "ferry" / "program.yaml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nothing to compare: neither a plan of a planning tool, nor over one" in done.stderr
    assert "ferry" in done.stderr


def test_a_file_that_is_not_there_is_something_to_put_right(tmp_path):
    assert run("verify", tmp_path / "none.xer").exit_code == 2


def test_quiet_prints_nothing_and_the_exit_code_tells(right, wrong):
    written(right, chain(), CHAIN)
    done = run("verify", right, "--quiet")
    assert (done.exit_code, done.stdout) == (0, "")
    written(right, chain(B=LATER), CHAIN)
    done = run("verify", right, "--quiet")
    assert (done.exit_code, done.stdout) == (1, "")


def test_the_record_goes_to_a_file_beside_the_answer(wrong, tmp_path):
    done = run("verify", wrong, "--json", tmp_path / "out.json")
    assert done.exit_code == 1
    assert "2 of 3" in done.stdout
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["matched"] == 2


def test_all_shows_every_field_of_every_activity(wrong):
    assert run("verify", wrong, "--all").stdout.count("PLAN.B") > run("verify", wrong).stdout.count("PLAN.B")


def test_the_lag_calendar_of_the_file_can_be_overridden(tmp_path):
    """P ends Friday the 8th; a day of lag on its calendar is Saturday, on S's calendar Monday."""
    tasks = [task("P", 5, "4 08:00, 8 17:00", clndr_id=EVERY_DAY), task("S", 1, "12 08:00, 12 17:00")]
    file = written(tmp_path / "plan.xer", tasks, ["P S PR_FS 8"])
    assert run("verify", file).exit_code == 1
    assert run("verify", file, "--lag-calendar", "successor").exit_code == 0


def test_out_of_sequence_progress_of_the_file_can_be_overridden(tmp_path):
    begun = {"status_code": "TK_Active", "act_start_date": at("5 08:00"), "remain_drtn_hr_cnt": "16"}
    held = {"status_code": "TK_Active", "act_start_date": at("4 08:00"), "remain_drtn_hr_cnt": "24"}
    tasks = [task("P", 5, "6 08:00, 8 17:00", **held), task("S", 3, "6 08:00, 7 17:00", **begun)]
    file = written(tmp_path / "plan.xer", tasks, ["P S"], data_date="6 08:00")
    assert run("verify", file).exit_code == 1
    assert run("verify", file, "--out-of-sequence", "progress_override").exit_code == 0


def test_the_data_date_of_the_file_can_be_overridden(right):
    assert run("verify", right, "--data-date", "2027-01-11").exit_code == 1
    assert run("verify", right, "--data-date", "soon").exit_code == 2


def test_an_unknown_word_is_refused_with_those_that_are_known(right):
    done = run("verify", right, "--lag-calendar", "succesor")
    assert done.exit_code == 2
    assert "did you mean 'successor'?" in done.stderr


def test_a_forecast_takes_the_same_options(right):
    def finish(*options):
        done = run("forecast", right, "--iterations", 64, "--json", "-", *options)
        assert done.exit_code == 0
        return json.loads(done.stdout)["finish"]["deterministic"]

    assert finish() == "2027-01-13T17:00"
    assert finish("--data-date", "2027-01-11") == "2027-01-20T17:00"


def test_a_forecast_says_how_well_the_plan_was_understood(right):
    done = run("forecast", right, "--iterations", 64, "--range", "triangular(90% 100% 130%)")
    assert "3 of 3 activities recomputed on Primavera P6's own dates." in done.stdout


def test_a_forecast_warns_of_delays_which_it_leaves_out_unless_asked_to_keep_them(wrong):
    """Two days: A ends on Friday the 8th, and B stands on Wednesday the 13th."""
    options = ("forecast", wrong, "--iterations", 64, "--range", "triangular(90% 100% 130%)")
    told = " ".join(run(*options).stdout.split())
    assert "Warning: 2 of 3 activities recomputed on Primavera P6's own dates: see riskmc verify plan.xer." in told
    assert "1 starts later than logic asks, 2 working days in all: left out (--delays keep)." in told
    kept = " ".join(run(*options, "--delays", "keep").stdout.split())
    assert "1 starts later than logic asks, 2 working days in all: kept." in kept
    assert "Note: 1 activity keeps the delay in the plan's own dates" in kept
    record = json.loads(run(*options, "--delays", "keep", "--json", "-").stdout)
    assert record["finish"]["deterministic"] == "2027-01-15T17:00"
    assert record["recomputed"] == {
        "tool": "Primavera P6",
        "matched": 2,
        "compared": 3,
        "delays": {"activities": 1, "working_days": 2.0, "kept": True},
    }
