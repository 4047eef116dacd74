"""Scheduling options stand over those of the file, in every project and in the plan below."""

import pytest

import riskmc as rm
from riskmc.program.stored import plan_of, stored_of
from stored_plans import CHAIN, chain, written


@pytest.fixture
def plan(tmp_path):
    return rm.read(written(tmp_path / "plan.xer", chain(), CHAIN))


def test_nothing_asked_for_changes_nothing(plan):
    assert rm.with_options(plan) is plan


@pytest.mark.parametrize(
    "word, value",
    [("lag_calendar", "24h"), ("out_of_sequence", "progress_override"), ("lag_from", "actual_start")],
)
def test_an_option_counts_in_every_project(plan, word, value):
    changed = rm.with_options(plan, **{word: value})
    assert {getattr(project, word) for project in changed.projects.values()} == {value}
    assert getattr(changed, word, value) == value


def test_stored_dates_stay_known(plan):
    changed = rm.with_options(plan, data_date="2027-01-11")
    assert stored_of(changed) is stored_of(plan)
    assert plan_of(changed) is changed


def test_the_plan_below_an_overlay_takes_the_options_too(tmp_path, plan):
    (tmp_path / "over.yaml").write_text("riskmc: 1\nprogram: Over\nplan: plan.xer\n")
    changed = rm.with_options(rm.read(tmp_path / "over.yaml"), lag_calendar="successor")
    assert plan_of(changed).projects["PLAN"].lag_calendar == "successor"
    assert stored_of(plan_of(changed)) is not None


def test_a_data_date_moves_the_plan(plan):
    moved = rm.simulate(rm.with_options(plan, data_date="2027-01-11"), 1)
    assert moved.plan.finish - rm.simulate(plan, 1).plan.finish == 7 * 1440


@pytest.mark.parametrize(
    "words, text",
    [
        (
            {"lag_calendar": "succesor"},
            "lag_calendar: 'succesor' is not one of predecessor, .*; did you mean 'successor'",
        ),
        (
            {"out_of_sequence": "x"},
            "out_of_sequence: 'x' is not one of retained_logic, progress_override",
        ),
        ({"data_date": "soon"}, r"data_date \(--data-date\): 'soon' is not a date; write YYYY-MM-DD"),
    ],
)
def test_what_is_no_option_is_refused_with_what_is(plan, words, text):
    with pytest.raises(rm.ArgumentError, match=text):
        rm.with_options(plan, **words)


def test_what_stands_over_the_file_is_noted_and_what_it_says_already_is_not(plan):
    changed = rm.with_options(plan, lag_calendar="24h", data_date="2027-01-11")
    assert changed.notes[-1] == "set over the options of the file: lag calendar 24h, data date 2027-01-11"
    again = rm.with_options(changed, lag_calendar="24h")
    assert again.notes == changed.notes
