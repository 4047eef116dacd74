"""A plan is recomputed and compared with what its tool stored: match, difference or nothing to compare, by field."""

from datetime import datetime

import pytest

import riskmc as rm
from riskmc.program.stored import Stored, StoredDates, remember_stored, stored_of
from stored_plans import CHAIN, at, chain, task, verified, written
from xer_plans import REAL_PLANS, real

FIELDS = ("early_start", "early_finish", "late_start", "late_finish", "total_float", "driving")


def counts(found):
    return {field: (found.fields[field].matched, found.fields[field].compared) for field in FIELDS}


def told(found):
    """Return (activity, field, working days off) of every difference."""
    return [(d.activity.partition(".")[2], d.field, d.off_days) for d in found.differences]


@REAL_PLANS
def test_every_activity_of_a_real_plan_is_recomputed_in_everything_that_p6_stored(name, activities):
    found = rm.verify(real(name))
    assert (found.activities, found.compared, found.matched) == (activities, activities, activities)
    assert found.complete
    assert not found.differences
    assert not found.delays


def test_a_plan_with_the_right_dates_matches_in_every_field(tmp_path):
    found = verified(tmp_path, chain())
    assert counts(found) == dict.fromkeys(FIELDS, (3, 3))
    assert (found.tool, found.file) == ("Primavera P6", str(tmp_path / "plan.xer"))
    assert found.headline() == "3 of 3 activities recomputed on the very dates that Primavera P6 stored."


def test_one_instant_may_be_written_as_an_end_of_work_or_as_the_start_of_work_after_it(tmp_path):
    """B starts when A has ended, Friday 17:00, and ends when Thursday begins, 08:00."""
    other = {"early_start_date": at("8 17:00"), "early_end_date": at("14 08:00"), "late_end_date": at("14 00:00")}
    assert verified(tmp_path, chain(B=other)).complete


def test_dates_match_within_one_working_minute_and_not_within_two(tmp_path):
    assert verified(tmp_path, chain(B={"early_end_date": at("13 16:59")})).complete
    assert not verified(tmp_path, chain(B={"early_end_date": at("13 16:58")})).complete


def test_every_field_is_compared_on_its_own(tmp_path):
    """24 working hours are 3 days on this calendar; Thursday the 14th is one working day after Wednesday."""
    wrong = {
        "early_start": {"early_start_date": at("12 08:00")},
        "early_finish": {"early_end_date": at("14 17:00")},
        "late_start": {"late_start_date": at("8 08:00")},
        "late_finish": {"late_end_date": at("12 17:00")},
        "total_float": {"total_float_hr_cnt": "24"},
        "driving": {"driving_path_flag": "N"},
    }
    off = {"early_start": 1, "early_finish": 1, "late_start": -1, "late_finish": -1, "total_float": 3, "driving": None}
    for field, words in wrong.items():
        found = verified(tmp_path, chain(B=words))
        assert told(found) == [("B", field, off[field])]
        assert counts(found) == {**dict.fromkeys(FIELDS, (3, 3)), field: (2, 3)}
        assert (found.matched, found.compared) == (2, 3)


def test_a_difference_shows_what_is_stored_and_what_was_computed(tmp_path):
    found = verified(tmp_path, chain(B={"early_end_date": at("14 17:00"), "total_float_hr_cnt": "8.5"}))
    hours, dates = sorted(found.differences, key=lambda difference: difference.field, reverse=True)
    assert (dates.stored, dates.computed) == (datetime(2027, 1, 14, 17), datetime(2027, 1, 13, 17))
    assert (hours.stored, hours.computed) == (8.5, 0.0)
    assert dates.name == "Work B"


def test_late_dates_and_paths_are_shown_too(tmp_path):
    """B must end with the project on Wednesday, so that it must start on Monday."""
    words = {"late_start_date": at("12 09:00"), "late_end_date": at("14 09:00"), "driving_path_flag": "N"}
    found = {d.field: d for d in verified(tmp_path, chain(B=words)).differences}
    assert found["late_start"].computed == datetime(2027, 1, 11, 8)
    assert found["late_finish"].computed == datetime(2027, 1, 13, 17)
    assert (found["driving"].stored, found["driving"].computed) == (False, True)


def test_what_is_not_stored_is_nothing_to_compare(tmp_path):
    tasks = chain(C=dict.fromkeys(("late_start_date", "late_end_date", "total_float_hr_cnt", "driving_path_flag"), ""))
    found = verified(tmp_path, tasks)
    assert counts(found) == {"early_start": (3, 3), "early_finish": (3, 3), **dict.fromkeys(FIELDS[2:], (2, 2))}
    assert found.complete


def test_a_path_on_which_no_activity_is_said_to_be_is_not_stored(tmp_path):
    silent = {"driving_path_flag": "N"}
    found = verified(tmp_path, chain(A=silent, B=silent))
    assert found.fields["driving"].compared == 0
    assert found.complete


def test_finished_activities_are_not_compared(tmp_path):
    done = {"status_code": "TK_Complete", "act_start_date": at("4 08:00"), "act_end_date": at("8 17:00")}
    found = verified(tmp_path, chain(A={**done, "early_start_date": at("20 08:00")}), data_date="11 08:00")
    assert found.activities == 2
    assert "A" not in {activity for activity, _, _ in told(found)}


def test_started_activities_are_compared_by_what_remains(tmp_path):
    """A began on the 4th; on the 6th at 08:00 it has 3 days left: to Friday the 8th."""
    begun = {"status_code": "TK_Active", "act_start_date": at("4 08:00"), "remain_drtn_hr_cnt": "24"}
    begun |= {"early_start_date": at("6 08:00"), "late_start_date": at("6 08:00")}
    later = {"early_start_date": at("6 08:00"), "early_end_date": at("7 17:00"), "total_float_hr_cnt": "32"}
    assert verified(tmp_path, chain(A=begun, C=later), data_date="6 08:00").complete


def test_an_overlay_verifies_its_plan_as_the_planning_tool_has_it(tmp_path):
    """The analyst's longer B is not P6's."""
    written(tmp_path / "plan.xer", chain(), CHAIN)
    (tmp_path / "program.yaml").write_text(
        "riskmc: 1\nprogram: Over\nplan: plan.xer\nprojects: {PLAN: {activities: {B: {duration: 30d}}}}\n"
    )
    found = rm.verify(tmp_path / "program.yaml")
    assert (found.title, found.matched, found.compared) == ("PLAN", 3, 3)
    assert rm.verify(rm.read(tmp_path / "program.yaml")).matched == 3


def test_a_program_without_a_plan_has_nothing_to_compare():
    program = rm.Program(
        program="Shed", start="2027-01-04", projects={"p": {"activities": {"dig": {"duration": "5d"}}}}
    )
    with pytest.raises(rm.ArgumentError, match="Shed: nothing to compare: neither a plan"):
        rm.verify(program)


def test_a_plan_without_stored_dates_has_nothing_to_compare(tmp_path):
    file = written(tmp_path / "plan.xer", [task("A", 5)])
    with pytest.raises(rm.ArgumentError, match=r"plan.xer: nothing to compare: no unfinished activity"):
        rm.verify(file)


def test_options_of_the_file_can_be_overridden(tmp_path):
    """From a data date one week later everything is a week later."""
    file = written(tmp_path / "plan.xer", chain(), CHAIN)
    found = rm.verify(rm.with_options(rm.read(file), data_date="2027-01-11"))
    assert {off for _, field, off in told(found) if field == "early_start"} == {-5.0}
    assert found.matched == 0


def test_dates_far_beyond_the_plan_differ_and_stop_nothing(tmp_path):
    far = {"early_start_date": "9999-12-31 17:00", "late_start_date": "0001-01-01 08:00"}
    found = verified(tmp_path, chain(C=far))
    assert {(d.activity, d.field) for d in found.differences} == {("PLAN.C", "early_start"), ("PLAN.C", "late_start")}


def test_late_dates_years_before_the_plan_are_computed_exactly(tmp_path):
    """100 days ending by Friday 8 January begin 100 working days earlier: 24 August 2026, before any other date."""
    row = task("A", 100, "4 08:00, 8 17:00", total_float_hr_cnt=f"{-95 * 8}")
    row |= {"early_end_date": "2027-05-21 17:00", "late_start_date": "2026-08-24 08:00", "late_end_date": at("8 17:00")}
    assert verified(tmp_path, [row], (), must_finish_by="8 17:00").complete


def test_differences_make_a_table(tmp_path):
    frame = verified(tmp_path, chain(B={"early_end_date": at("14 17:00")})).to_frame()
    assert list(frame["activity"]) == ["PLAN.B"]
    assert list(frame["off_days"]) == [1.0]


def test_hostile_names_do_no_harm_in_the_card():
    name = "<script>alert(1)</script>" + "x" * 300
    program = rm.Program(program=name, start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "1d"}}}})
    remember_stored(program, Stored("p.xer", "<b>tool</b>", {"p.a": StoredDates(early_start=datetime(2027, 1, 4, 8))}))
    assert stored_of(program) is not None
    found = rm.verify(program)
    assert "<script>" not in found._repr_html_()
    assert "<b>tool" not in found._repr_html_()
    assert repr(found).startswith("<Verification '<script>")
