"""What a difference comes from: the activity with which it begins, and the rule that explains it, where one does."""

import pytest

from riskmc.analysis.causes import (
    AT_DATA_DATE,
    BEFORE_DATA_DATE,
    DELAYED,
    FLOAT_ALONE,
    OTHER_DURATION,
    OTHER_PATH,
    TOO_EARLY,
)
from stored_plans import EVERY_DAY, WEEK, at, chain, task, verified


def why(found):
    """Return {activity: (whether differences begin with it, rule)}."""
    return {d.activity.partition(".")[2]: (d.first, d.rule) for d in found.differences}


def line(*early_dates, days=(5, 3, 2)):
    """Return A -> B -> C with early dates alone stored, and their links."""
    return [task(code, d, dates) for code, d, dates in zip("ABC", days, early_dates, strict=True)], ("A B", "B C")


def test_a_delay_begins_with_the_activity_that_is_delayed_and_the_next_one_follows(tmp_path):
    """B could start on Monday the 11th and stands on the 13th; C comes right after it."""
    tasks, links = line("4 08:00, 8 17:00", "13 08:00, 15 17:00", "18 08:00, 19 17:00")
    found = verified(tmp_path, tasks, links)
    assert why(found) == {"B": (True, DELAYED), "C": (False, "")}
    assert [(delay.activity, delay.days) for delay in found.delays] == [("PLAN.B", 2.0)]


def test_a_second_delay_behind_the_first_is_found_with_its_own_days(tmp_path):
    """B two days late as before; C could then start on the 18th and stands on the 21st, three days later."""
    tasks, links = line("4 08:00, 8 17:00", "13 08:00, 15 17:00", "21 08:00, 22 17:00")
    found = verified(tmp_path, tasks, links)
    assert why(found) == {"B": (True, DELAYED), "C": (True, DELAYED)}
    assert [(delay.activity, delay.days) for delay in found.delays] == [("PLAN.B", 2.0), ("PLAN.C", 3.0)]
    assert found.delay_days == 5.0


def test_differences_stand_in_the_order_of_causes_and_then_of_size(tmp_path):
    tasks, links = line("4 08:00, 8 17:00", "13 08:00, 15 17:00", "21 08:00, 22 17:00")
    tasks.append(task("D", 1, "25 08:00, 25 17:00"))
    found = verified(tmp_path, tasks, (*links, "C D"))
    assert [d.activity for d in found.differences][::2] == ["PLAN.C", "PLAN.B", "PLAN.D"]
    assert [d.first for d in found.differences][::2] == [True, True, False]


def test_work_earlier_than_its_predecessor_allows_is_a_cause(tmp_path):
    tasks, links = line("4 08:00, 8 17:00", "7 08:00, 11 17:00", "12 08:00, 13 17:00")
    assert why(verified(tmp_path, tasks, links)) == {"B": (True, TOO_EARLY), "C": (False, "")}


def test_work_that_stands_at_the_data_date_as_if_nothing_held_it_is_told(tmp_path):
    tasks, links = line("4 08:00, 8 17:00", "4 08:00, 6 17:00", "7 08:00, 8 17:00")
    assert why(verified(tmp_path, tasks, links)) == {"B": (True, AT_DATA_DATE), "C": (False, "")}


def test_dates_before_the_data_date_were_not_scheduled_again(tmp_path):
    """The data date moved to Monday the 11th; all stored dates are those of before."""
    tasks, links = line("4 08:00, 8 17:00", "11 08:00, 13 17:00", "14 08:00, 15 17:00")
    found = verified(tmp_path, tasks, links, data_date="11 08:00")
    assert why(found) == {"A": (True, BEFORE_DATA_DATE), "B": (False, ""), "C": (False, "")}


def test_stored_dates_that_are_not_the_remaining_duration_apart_are_told(tmp_path):
    """B lasts 3 days and is stored from the 11th to the 14th, which is 4."""
    tasks, links = line("4 08:00, 8 17:00", "11 08:00, 14 17:00", "15 08:00, 18 17:00")
    assert why(verified(tmp_path, tasks, links)) == {"B": (True, OTHER_DURATION), "C": (False, "")}


def test_a_float_that_does_not_fit_its_own_dates_is_told(tmp_path):
    assert why(verified(tmp_path, chain(C={"total_float_hr_cnt": "40"}))) == {"C": (True, FLOAT_ALONE)}


def test_another_longest_path_is_told_where_all_dates_match(tmp_path):
    assert why(verified(tmp_path, chain(C={"driving_path_flag": "Y"}))) == {"C": (True, OTHER_PATH)}


def test_late_dates_begin_to_differ_where_no_successor_explains_it(tmp_path):
    """B must end by the 12th, it is said, which is a day early; A before it follows."""
    wrong = {"late_start_date": at("8 08:00"), "late_end_date": at("12 17:00"), "total_float_hr_cnt": "-8"}
    before = {"late_start_date": at("1 08:00"), "late_end_date": at("7 17:00"), "total_float_hr_cnt": "-8"}
    found = verified(tmp_path, chain(A=before, B=wrong))
    assert why(found) == {"B": (True, ""), "A": (False, "")}


LAG = "matches if lags run on the {} calendar"


@pytest.mark.parametrize(
    "rule, says, p, s, stored",
    [
        ("successor's", "rcal_Predecessor", WEEK, EVERY_DAY, "10 08:00, 10 17:00"),
        ("24-hour", "rcal_Predecessor", WEEK, EVERY_DAY, "9 08:00, 9 17:00"),
        ("predecessor's", "rcal_Successor", WEEK, EVERY_DAY, "12 08:00, 12 17:00"),
        ("project's", "rcal_Predecessor", EVERY_DAY, EVERY_DAY, "12 08:00, 12 17:00"),
    ],
)
def test_the_lag_calendar_that_explains_the_dates_is_named(tmp_path, rule, says, p, s, stored):
    """P ends on Friday the 8th at 17:00, and eight hours of lag follow; S works every day.

    On a calendar that works every day they are Saturday, so that S starts on Sunday the 10th; in working weeks, which
    are those of the project too, they are Monday, and S starts on Tuesday; by the clock they end on Saturday at 01:00.
    """
    tasks = [task("P", 5, "4 08:00, 8 17:00", clndr_id=p), task("S", 1, stored, clndr_id=s)]
    found = verified(tmp_path, tasks, ("P S PR_FS 8",), sched_calendar_on_relationship_lag=says)
    assert why(found) == {"S": (True, LAG.format(rule))}
    assert not found.delays


def test_the_rule_for_progress_out_of_sequence_that_explains_the_dates_is_named(tmp_path):
    """S began on the 5th though P before it is not done; 2 days of S remain at the data date, Wednesday the 6th.

    Retained logic: after P, on Monday the 11th. Progress override: at once, to Thursday the 7th, as stored here.
    """
    begun = {"status_code": "TK_Active", "act_start_date": at("5 08:00"), "remain_drtn_hr_cnt": "16"}
    held = {"status_code": "TK_Active", "act_start_date": at("4 08:00"), "remain_drtn_hr_cnt": "24"}
    tasks = [task("P", 5, "6 08:00, 8 17:00", **held), task("S", 3, "6 08:00, 7 17:00", **begun)]
    found = verified(tmp_path, tasks, ("P S",), data_date="6 08:00")
    assert why(found) == {"S": (True, "matches if progress override")}


def test_a_constraint_that_the_tool_did_not_honour_is_named(tmp_path):
    """Start no earlier than Monday the 18th, and stored as if there were nothing."""
    words = {"cstr_type": "CS_MSOA", "cstr_date": at("18 08:00")}
    tasks = [task("A", 5, "4 08:00, 8 17:00", **words), task("B", 1, "11 08:00, 11 17:00")]
    rule = "matches if the start-no-earlier-than date is not honoured"
    assert why(verified(tmp_path, tasks, ("A B",))) == {"A": (True, rule), "B": (False, rule)}


def test_late_dates_measured_to_the_computed_finish_are_named(tmp_path):
    rule = "matches if late dates are measured to the computed finish, not to the must-finish-by date"
    found = verified(tmp_path, chain(), must_finish_by="20 17:00")
    assert set(why(found).values()) == {(True, rule), (False, rule)}


def test_a_rule_that_puts_more_wrong_than_right_explains_nothing(tmp_path):
    """The lag from P to S is a day of S's calendar; that from Q to T would then be wrong, and that from Q to U."""
    tasks = [
        task("P", 5, "4 08:00, 8 17:00", clndr_id=EVERY_DAY), task("S", 1, "12 08:00, 12 17:00"),
        task("Q", 5, "4 08:00, 8 17:00", clndr_id=EVERY_DAY), task("T", 1, "11 08:00, 11 17:00"),
        task("U", 1, "11 08:00, 11 17:00"),
    ]  # fmt: skip
    links = ("P S PR_FS 8", "Q T PR_FS 8", "Q U PR_FS 8")
    assert why(verified(tmp_path, tasks, links)) == {"S": (True, DELAYED)}
