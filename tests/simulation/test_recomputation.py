"""A plan beside its stored dates: what is compared, on which calendar, and what of it differs."""

from datetime import datetime

import numpy as np

import riskmc as rm
from riskmc.program.stored import Stored, StoredDates, remember_stored
from riskmc.simulation.recomputation import EVERY_FIELD, recompute
from stored_plans import CHAIN, EVERY_DAY, chain, task, written


def plan(dates, **activities):
    program = rm.Program(
        program="Demo", start="2027-01-04", data_date="2027-01-04", projects={"p": {"activities": activities}}
    )
    remember_stored(program, Stored("demo.xer", "Primavera P6", {f"p.{code}": known for code, known in dates.items()}))
    return program


def test_dates_are_counted_on_the_calendar_of_each_activity(tmp_path):
    """From Friday the 8th to Monday the 11th there is one working day in the week, and three where every day is one."""
    tasks = [task("A", 6, "4 08:00, 8 17:00"), task("B", 8, "4 08:00, 8 17:00", clndr_id=EVERY_DAY)]
    found = recompute(rm.read(written(tmp_path / "plan.xer", tasks)))
    behind = found.computed["early_finish"] - found.stored["early_finish"]
    assert behind.tolist() == [1 * 480, 3 * 480]


def test_level_of_effort_never_drives_and_is_compared_in_all_else():
    """Site lasts as long as dig does, five days; it has no float, and is said to be on the path."""
    known = StoredDates(early_start=datetime(2027, 1, 4, 8), early_finish=datetime(2027, 1, 8, 17), driving=True)
    program = plan(
        {"dig": known, "site": known}, dig={"duration": "5d"}, site={"level_of_effort": {"from": "dig", "to": "dig"}}
    )
    found = recompute(program)
    assert [task.path for task in found.tasks] == ["p.dig", "p.site"]
    assert found.compared["driving"].tolist() == [True, False]
    assert found.compared["early_finish"].tolist() == [True, True]
    assert found.matched() == 2


def test_what_is_never_scheduled_or_finished_is_not_among_the_activities():
    finished = {"duration": "1d", "progress": {"started": "2026-12-01", "finished": "2026-12-02"}}
    found = recompute(plan({}, a={"duration": "1d"}, b=finished, c={"duration": "1d", "unscheduled": True}))
    assert [task.path for task in found.tasks] == ["p.a"]
    assert not found.any_compared().any()


def test_nothing_to_compare_is_neither_a_match_nor_a_difference(tmp_path):
    silent = dict.fromkeys(("late_start_date", "late_end_date", "total_float_hr_cnt", "driving_path_flag"), "")
    found = recompute(rm.read(written(tmp_path / "plan.xer", chain(C=silent), CHAIN)))
    row = [task.path for task in found.tasks].index("PLAN.C")
    assert [bool(found.compared[field][row]) for field in EVERY_FIELD] == [True, True, False, False, False, False]
    assert not any(found.differs[field][row] for field in EVERY_FIELD)


def test_long_plans_are_recomputed_on_longer_calendars():
    """15,000 working days are more than the ten years for which calendars are made at first."""
    found = recompute(plan({"a": StoredDates(early_start=datetime(2027, 1, 4, 8))}, a={"duration": "15000d"}))
    assert found.matched() == 1


def test_resource_limits_of_the_plan_do_not_stop_its_recomputation():
    program = plan({"a": StoredDates(early_start=datetime(2027, 1, 4, 8))}, a={"duration": "1d", "uses": {"crew": 1}})
    limited = program.model_copy(update={"resources": {"crew": rm.Resource(capacity=1)}})
    assert recompute(limited).matched() == 1


def test_a_minute_of_float_is_within_tolerance_and_two_are_not():
    def matched(minutes):
        return recompute(plan({"a": StoredDates(total_float=minutes)}, a={"duration": "1d"})).matched()

    assert [matched(minutes) for minutes in (0.0, 1.0, -1.0, 1.5, 2.0)] == [1, 1, 1, 0, 0]


def test_dates_beyond_the_axis_are_compared_by_the_clock():
    found = recompute(plan({"a": StoredDates(early_start=datetime(9999, 12, 31))}, a={"duration": "1d"}))
    assert np.isfinite(found.stored["early_start"]).all()
    assert found.differs["early_start"].all()
