"""How far stored dates lie behind what the stored dates of their predecessors allow."""

import pytest

import riskmc as rm
from riskmc.simulation.delays import Twin, delays, twins
from riskmc.simulation.recomputation import recompute
from stored_plans import at, chain, task, written


def found(folder, tasks, links=("A B", "B C"), **words):
    return recompute(rm.read(written(folder / "plan.xer", tasks, links, **words)))


def line(*early, **words):
    """Return A (5 d) -> B (3 d) -> C (2 d) with early dates alone."""
    rows = [task(code, days, dates) for code, days, dates in zip("ABC", (5, 3, 2), early, strict=True)]
    return [{**row, **words.get(row["task_code"], {})} for row in rows]


A = "4 08:00, 8 17:00"
DAY = 480.0


def test_a_plan_that_matches_has_neither_twins_nor_delays(tmp_path):
    plan = found(tmp_path, chain(), ("A B",))
    assert twins(plan) == {}
    assert delays(plan) == ()


def test_what_only_follows_is_not_behind(tmp_path):
    """B is two days late; C comes right after it."""
    plan = found(tmp_path, line(A, "13 08:00, 15 17:00", "18 08:00, 19 17:00"))
    assert twins(plan) == {"PLAN.B": Twin(2 * DAY, 2 * DAY), "PLAN.C": Twin(0.0, 0.0)}


def test_a_longer_stored_duration_is_behind_at_the_finish_alone_and_moves_what_follows(tmp_path):
    """B is stored with four days of work where it has three."""
    plan = found(tmp_path, line(A, "11 08:00, 14 17:00", "15 08:00, 18 17:00"))
    assert twins(plan) == {"PLAN.B": Twin(0.0, DAY), "PLAN.C": Twin(0.0, 0.0)}


def test_work_stored_before_the_data_date_counts_as_done_for_what_follows_it(tmp_path):
    """A is stored from the 4th to the 8th; since then the data date moved to the 11th, where B stands."""
    plan = found(tmp_path, line(A, "11 08:00, 13 17:00", "14 08:00, 15 17:00"), data_date="11 08:00")
    assert twins(plan) == {"PLAN.A": Twin(-5 * DAY, -5 * DAY), "PLAN.B": Twin(0.0, 0.0), "PLAN.C": Twin(0.0, 0.0)}


def test_work_stored_across_the_data_date_is_under_way_for_what_follows_it(tmp_path):
    """The data date is the 6th: A goes on to the 8th, as stored, and B follows on the 11th."""
    plan = found(tmp_path, line(A, "11 08:00, 13 17:00", "14 08:00, 15 17:00"), data_date="6 08:00")
    assert twins(plan) == {"PLAN.A": Twin(-2 * DAY, -2 * DAY), "PLAN.B": Twin(0.0, 0.0), "PLAN.C": Twin(0.0, 0.0)}


def test_started_work_has_no_delay(tmp_path):
    """On the 5th A has five days left, and is stored from the 6th on: it has begun, so that nothing holds it."""
    begun = {"status_code": "TK_Active", "act_start_date": at("4 08:00"), "remain_drtn_hr_cnt": "40"}
    rows = line("6 08:00, 12 17:00", "13 08:00, 15 17:00", "18 08:00, 19 17:00", A=begun)
    plan = found(tmp_path, rows, data_date="5 08:00")
    assert [task.state.value for task in plan.tasks] == ["started", "planned", "planned"]
    assert twins(plan)["PLAN.A"].start == DAY
    assert delays(plan) == ()


def test_work_as_late_as_possible_has_no_twin(tmp_path):
    late = {"cstr_type": "CS_ALAP"}
    plan = found(tmp_path, line(A, "13 08:00, 15 17:00", "18 08:00, 19 17:00", B=late))
    assert set(twins(plan)) == {"PLAN.C"}


def test_milestones_have_delays_too(tmp_path):
    """The milestone could stand on Friday the 8th at 17:00, and stands two working days later."""
    row = {"task_type": "TT_FinMile", "target_drtn_hr_cnt": "0", "remain_drtn_hr_cnt": "0"}
    tasks = [task("A", 5, A), task("M", 0, "12 17:00, 12 17:00", **row), task("C", 2, "13 08:00, 14 17:00")]
    plan = found(tmp_path, tasks, ("A M", "M C"))
    assert [(delay.activity, delay.days) for delay in delays(plan)] == [("PLAN.M", pytest.approx(2.0))]


def test_activities_named_like_a_twin_do_no_harm(tmp_path):
    tasks = [task("A", 5, A), task("B", 3, "13 08:00, 15 17:00")]
    tasks += [task("B (as its predecessors allow)", 1, "4 08:00, 4 17:00")]
    assert [delay.activity for delay in delays(found(tmp_path, tasks, ("A B",)))] == ["PLAN.B"]


def test_dates_of_another_age_stop_nothing(tmp_path):
    tasks = line(A, "13 08:00, 15 17:00", "18 08:00, 19 17:00", C={"early_start_date": "9999-12-31 08:00"})
    assert "PLAN.B" in {delay.activity for delay in delays(found(tmp_path, tasks))}
