"""Microsoft Project's scheduling rules: real plans land on their stored dates, small ones on dates worked out by hand.

Every small plan starts on Monday 4 January 2027, 08:00, and works Monday to Friday 08:00-12:00 and 13:00-17:00 unless
it says otherwise, so a day is 8 hours.
"""

import pytest

from mspdi_plans import NATIVE, STANDARD, WEEK, calendar, compared, dates, link, read, task
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.stored import stored_of

NIGHT = {
    2: "23:00-00:00",
    **dict.fromkeys((3, 4, 5, 6), "00:00-03:00 04:00-08:00 23:00-00:00"),
    7: "00:00-03:00 04:00-08:00",
}
ALL_DAY = dict.fromkeys(range(1, 8), "00:00-00:00")


@pytest.mark.parametrize("name", NATIVE)
def test_real_plans_land_on_every_stored_early_date(name):
    for field in ("early_start", "early_finish"):
        assert compared(name)[field] == ([], NATIVE[name])


@pytest.mark.parametrize("name", NATIVE)
def test_real_plans_land_on_every_stored_late_date_and_total_slack(name):
    for field in ("late_start", "late_finish", "total_float"):
        differing, counted = compared(name)[field]
        assert differing == []
        assert counted > 0.8 * NATIVE[name]


# Links


def test_the_four_link_types_with_lags(tmp_path):
    """2: from the end of Monday, 8 h on: Wednesday. 3: starts 8 h after Monday 08:00. 4: ends 8 h after Monday 17:00.
    5: ends when 1 starts, and so before the project does: 8 h of work earlier is Friday 1 January."""
    found = dates(read(
        tmp_path, task(1), task(2, 8, link(1, "FS", 8)), task(3, 8, link(1, "SS", 8)), task(4, 8, link(1, "FF", 8)),
        task(5, 8, link(1, "SF")),
    ))  # fmt: skip
    assert found["2"] == ("01-06 08:00", "01-06 17:00")
    assert found["3"] == ("01-05 08:00", "01-05 17:00")
    assert found["4"] == ("01-05 08:00", "01-05 17:00")
    assert found["5"][0] == "01-01 08:00"


def test_an_elapsed_lag_runs_on_the_clock(tmp_path):
    """From Monday 17:00, 24 h of the clock: Tuesday 17:00, so work goes on on Wednesday. 24 working hours: Friday."""
    found = dates(read(tmp_path, task(1), task(2, 8, link(1, "FS", 24, 8)), task(3, 8, link(1, "FS", 24, 7))))
    assert (found["2"][0], found["3"][0]) == ("01-06 08:00", "01-08 08:00")


def test_a_percentage_lag_is_a_share_of_the_predecessor(tmp_path):
    """Half of 16 h is 8 h: 1 ends Tuesday 17:00; a lead of half starts Tuesday 08:00, a lag Thursday 08:00.
    Half of it on the clock, 20, is 8 h after 17:00: 01:00 on Wednesday, so Wednesday 08:00."""
    found = dates(read(
        tmp_path, task(1, 16), task(2, 8, link(1, "FS", -50, 19)), task(3, 8, link(1, "FS", 50, 51)),
        task(4, 8, link(1, "FS", 50, 20)),
    ))  # fmt: skip
    assert [found[uid][0] for uid in "234"] == ["01-05 08:00", "01-07 08:00", "01-06 08:00"]


def test_a_lag_counts_on_the_calendar_of_the_successor_s_own_or_else_the_project_s(tmp_path):
    """2 has a 24-hour calendar: 8 h after Monday 17:00 is Tuesday 01:00. 3 has none: Tuesday is the lag."""
    clock = calendar(2, "Clock", ALL_DAY)
    found = dates(read(
        tmp_path, task(1), task(2, 8, link(1, "FS", 8), CalendarUID=2), task(3, 8, link(1, "FS", 8)),
        calendars=(STANDARD, clock),
    ))  # fmt: skip
    assert (found["2"][0], found["3"][0]) == ("01-05 01:00", "01-06 08:00")


def test_a_lead_may_start_work_before_the_project(tmp_path):
    """A lead of 16 h from Monday 17:00 is Friday 1 January 08:00."""
    assert dates(read(tmp_path, task(1), task(2, 8, link(1, "FS", -16))))["2"][0] == "01-01 08:00"


def test_a_link_to_a_summary_holds_for_all_work_below_it(tmp_path):
    found = dates(read(tmp_path, task(1), task(2, 8, link(1), Summary=1), task(3, 8, level=2), task(4, 16, level=2)))
    assert found == {"1": ("01-04 08:00", "01-04 17:00"), "3": ("01-05 08:00", "01-05 17:00"),
                     "4": ("01-05 08:00", "01-06 17:00")}  # fmt: skip


def test_a_link_from_a_summary_runs_from_its_last_finish(tmp_path):
    """3 ends Monday, 4 Tuesday: 5 starts on Wednesday."""
    plan = (task(2, 16, Summary=1), task(3, 8, level=2), task(4, 16, level=2), task(5, 8, link(2)))
    assert dates(read(tmp_path, *plan))["5"][0] == "01-06 08:00"


def test_a_link_from_the_start_of_a_summary_runs_from_its_first_start(tmp_path):
    """3 starts on Wednesday, 4 on Tuesday: 5 starts with the first of them, 6 a day later."""
    plan = (
        task(2, 16, Summary=1), task(3, 8, level=2, ConstraintType=4, ConstraintDate="2027-01-06T08:00:00"),
        task(4, 8, level=2, ConstraintType=4, ConstraintDate="2027-01-05T08:00:00"), task(5, 8, link(2, "SS")),
        task(6, 8, link(2, "SS", 8)),
    )  # fmt: skip
    found = dates(read(tmp_path, *plan))
    assert (found["5"][0], found["6"][0]) == ("01-05 08:00", "01-06 08:00")


# Constraints


def constrained(tmp_path, kind, date, **project):
    """The dates of 2, 8 h after 1 of 16 h (until Tuesday 17:00), with a constraint."""
    plan = (task(1, 16), task(2, 8, link(1), ConstraintType=kind, ConstraintDate=f"2027-01-{date}:00"))
    return dates(read(tmp_path, *plan, **project))["2"]


@pytest.mark.parametrize("kind, date, wanted", [
    (2, "04T08:00", ("01-04 08:00", "01-04 17:00")),  # must start on Monday, against its link
    (3, "05T17:00", ("01-05 08:00", "01-05 17:00")),  # must finish on Tuesday
    (4, "07T08:00", ("01-07 08:00", "01-07 17:00")),  # no earlier than Thursday
    (4, "04T08:00", ("01-06 08:00", "01-06 17:00")),
    (5, "05T08:00", ("01-05 08:00", "01-05 17:00")),  # start no later than Tuesday, against its link
    (5, "08T08:00", ("01-06 08:00", "01-06 17:00")),
    (6, "08T17:00", ("01-08 08:00", "01-08 17:00")),  # finish no earlier than Friday
    (7, "05T17:00", ("01-05 08:00", "01-05 17:00")),  # finish no later than Tuesday, against its link
    (7, "08T17:00", ("01-06 08:00", "01-06 17:00")),
])  # fmt: skip
def test_dates_of_constraints_win_over_links(tmp_path, kind, date, wanted):
    assert constrained(tmp_path, kind, date) == wanted


@pytest.mark.parametrize("kind, date", [(2, "04T08:00"), (3, "05T17:00"), (5, "05T08:00"), (7, "05T17:00")])
def test_links_win_where_the_file_does_not_honour_constraints(tmp_path, kind, date):
    assert constrained(tmp_path, kind, date, HonorConstraints=0) == ("01-06 08:00", "01-06 17:00")


def test_a_milestone_that_must_start_on_a_date_stands_there(tmp_path):
    """1 ends Tuesday 17:00, the milestone must be on Monday 17:00; work after it starts on Tuesday."""
    plan = (
        task(1, 16), task(2, 0, link(1), Milestone=1, ConstraintType=2, ConstraintDate="2027-01-04T17:00:00"),
        task(3, 8, link(2)),
    )  # fmt: skip
    found = dates(read(tmp_path, *plan))
    assert (found["2"][1], found["3"][0]) == ("01-04 17:00", "01-05 08:00")


def test_a_file_that_honours_nothing_is_read_by_what_its_dates_show(tmp_path):
    """Project writes 0 whatever the option is. 2 stands at its date against its link, so constraints won."""
    monday = {"ConstraintType": 2, "ConstraintDate": "2027-01-04T08:00:00"}
    kept = task(2, 8, link(1), EarlyStart="2027-01-04T08:00:00", **monday)
    assert dates(read(tmp_path, task(1, 16), kept, HonorConstraints=0))["2"][0] == "01-04 08:00"
    broken = task(3, 8, link(1), EarlyStart="2027-01-06T08:00:00", **monday)
    found = dates(read(tmp_path, task(1, 16), kept, broken, HonorConstraints=0))
    assert (found["2"][0], found["3"][0]) == ("01-06 08:00", "01-06 08:00")


def test_a_summary_that_starts_no_earlier_holds_all_work_below_it(tmp_path):
    plan = (task(1, 8, Summary=1, ConstraintType=4, ConstraintDate="2027-01-06T08:00:00"), task(2, 8, level=2))
    assert dates(read(tmp_path, *plan))["2"][0] == "01-06 08:00"


def test_a_date_before_the_project_starts_work_there_where_nothing_precedes(tmp_path):
    early = {"ConstraintType": 4, "ConstraintDate": "2026-12-31T08:00:00"}
    assert dates(read(tmp_path, task(1, 8, **early)))["1"][0] == "12-31 08:00"


def test_a_finish_no_earlier_than_a_date_before_the_project_starts_work_there_where_nothing_precedes(tmp_path):
    """16 h that end on Monday 17:00 begin on Friday 1 January; behind 1 the project's start holds: Tuesday."""
    early = {"ConstraintType": 6, "ConstraintDate": "2027-01-04T17:00:00"}
    found = dates(read(tmp_path, task(1), task(2, 16, **early), task(3, 8, link(1), **early)))
    assert (found["2"], found["3"][0]) == (("01-01 08:00", "01-04 17:00"), "01-05 08:00")


def test_late_work_takes_its_total_slack_and_pushes_what_follows(tmp_path):
    """1 lasts until Friday. 2 of 8 h is late, 3 of 8 h follows it: 2 moves to Thursday, and 3 to Friday."""
    found = dates(read(tmp_path, task(1, 40), task(2, 8, ConstraintType=1), task(3, 8, link(2))))
    assert (found["2"][0], found["3"][0]) == ("01-07 08:00", "01-08 08:00")


def test_a_project_scheduled_from_its_finish_stands_at_its_late_dates(tmp_path):
    """It must finish on Friday 17:00: 2 of 8 h is Friday, 1 of 16 h before it Wednesday and Thursday."""
    late, friday = {"ConstraintType": 1}, {"ScheduleFromStart": 0, "FinishDate": "2027-01-08T17:00:00"}
    found = dates(read(tmp_path, task(1, 16, **late), task(2, 8, link(1), **late), **friday))
    assert found == {"1": ("01-06 08:00", "01-07 17:00"), "2": ("01-08 08:00", "01-08 17:00")}


def test_a_deadline_moves_nothing_but_bounds_late_dates(tmp_path):
    """1 of 8 h has until Friday beside 40 h of 2: 4 days of slack; with a deadline on Tuesday 1 day."""
    program = read(tmp_path, task(1, 8, Deadline="2027-01-05T17:00:00"), task(2, 40))
    network = compile_network(program, Settings(constraints="as-planned"))
    assert network.plan.total_float.tolist() == [480, 0]
    assert [(t.name, t.at, str(t.finish)) for t in program.targets] == [
        ("Deadline of Task 1", "Plan.1", "2027-01-05T17:00")
    ]


def test_a_lead_lets_no_late_finish_lie_after_the_project_s(tmp_path):
    """1 of 24 h ends on Wednesday, as does 3; 2 of 5 h begins 6 h before that end, and so has 1 h of slack to the
    project's finish. By the lead alone, 1 might end 7 h later."""
    plan = read(tmp_path, task(1, 24), task(2, 5, link(1, "FS", -6)), task(3, 24))
    network = compile_network(plan, Settings(constraints="as-planned"))
    assert network.plan.total_float.tolist() == [0, 60, 0]


def test_late_dates_go_back_to_the_first_start_of_a_summary(tmp_path):
    """3 starts on Tuesday, 4 on Monday, and with it 5, of 40 h: 4 has no slack. 3 of 8 h may end on Friday."""
    tuesday = {"ConstraintType": 4, "ConstraintDate": "2027-01-05T08:00:00"}
    plan = (task(2, 16, Summary=1), task(3, 8, level=2, **tuesday), task(4, 8, level=2), task(5, 40, link(2, "SS")))
    network = compile_network(read(tmp_path, *plan), Settings(constraints="as-planned"))
    floats = {one.path: int(network.plan.total_float[one.number]) for one in network.tasks}
    assert floats == {"Plan.3": 1440, "Plan.4": 0, "Plan.5": 0}


# Calendars and durations


def test_an_elapsed_duration_runs_on_the_clock(tmp_path):
    """After Monday 17:00, 24 h of the clock are Tuesday 17:00."""
    found = dates(read(tmp_path, task(1), task(2, 24, link(1), DurationFormat=8)))
    assert found["2"] == ("01-04 17:00", "01-05 17:00")


def test_a_milestone_keeps_the_finish_of_its_predecessor(tmp_path):
    assert dates(read(tmp_path, task(1), task(2, 0, link(1), Milestone=1)))["2"] == ("01-04 17:00", "01-04 17:00")


@pytest.mark.parametrize("kind", ["FS", "SS"])
def test_a_milestone_passes_on_the_instant_of_its_predecessor_though_nobody_works_then(tmp_path, kind):
    """Twelve hours by day and night from 08:00 end at 20:00; the milestone, and what runs all day, go on from there."""
    always = calendar(2, "Always", ALL_DAY)
    rows = (task(1, 12, CalendarUID=2), task(2, 0, link(1)), task(3, 3, link(2, kind), CalendarUID=2))
    found = dates(read(tmp_path, *rows, task(4, 8, link(2)), calendars=(STANDARD, always)))
    assert found["2"] == ("01-04 20:00", "01-04 20:00")
    assert (found["3"], found["4"]) == (("01-04 20:00", "01-04 23:00"), ("01-05 08:00", "01-05 17:00"))


def test_a_milestone_with_a_duration_is_work(tmp_path):
    assert dates(read(tmp_path, task(1, 16, Milestone=1)))["1"] == ("01-04 08:00", "01-05 17:00")


def staffed(tmp_path, *work, **words):
    """The dates of a task of 16 h done by resources on calendars of their own; ``work`` is (calendar, hours)."""
    calendars = (STANDARD, calendar(2, "Night", NIGHT), calendar(3, "Late", dict.fromkeys(WEEK, "13:00-17:00")))
    resources = [{"UID": n, "Name": f"R{n}", "Type": 1, "CalendarUID": uid, "MaxUnits": 1}
                 for n, (uid, _) in enumerate(work, 1)]  # fmt: skip
    assignments = [{"UID": n, "TaskUID": 1, "ResourceUID": n, "Units": 1, "Work": f"PT{hours}H0M0S"}
                   for n, (_, hours) in enumerate(work, 1)]  # fmt: skip
    words = {"Start": "2027-01-04T08:00:00", **words}
    plan = task(1, words.pop("hours", 16), **words)
    return dates(read(tmp_path, plan, calendars=calendars, resources=resources, assignments=assignments))["1"]


def test_work_runs_on_the_calendar_of_its_resource(tmp_path):
    """Nights: 1 h on Monday, 8 h until each morning's 08:00 and at 23:00: 16 h end on Wednesday at 08:00."""
    assert staffed(tmp_path, (2, 16)) == ("01-04 23:00", "01-06 08:00")


def test_resources_on_several_calendars_work_when_any_of_them_does(tmp_path):
    """8 h by day on Monday, 8 h by night until Tuesday 08:00: a duration of 16 h."""
    assert staffed(tmp_path, (1, 8), (2, 8)) == ("01-04 08:00", "01-05 08:00")


def test_work_whose_resources_differ_in_length_follows_the_last_of_them(tmp_path):
    """16 h by day end on Tuesday 17:00, 8 h by night on Tuesday 08:00; the duration stored is that of 24 h."""
    assert staffed(tmp_path, (1, 16), (2, 8), hours=20) == ("01-04 08:00", "01-05 17:00")


def test_a_task_s_own_calendar_meets_that_of_its_resource_unless_it_ignores_it(tmp_path):
    """Afternoons (calendar 3) of a resource that works all day: 16 h are four afternoons; nights ignored: likewise."""
    assert staffed(tmp_path, (1, 16), CalendarUID=3) == ("01-04 13:00", "01-07 17:00")
    assert staffed(tmp_path, (2, 16), CalendarUID=3, IgnoreResourceCalendar=1) == ("01-04 13:00", "01-07 17:00")


def test_a_task_that_shares_no_working_time_with_its_resource_runs_on_its_own_calendar(tmp_path):
    """Afternoons (calendar 3) and nights (2) never meet: 16 h are four afternoons."""
    assert staffed(tmp_path, (2, 16), CalendarUID=3) == ("01-04 13:00", "01-07 17:00")


def test_a_task_of_fixed_duration_does_not_follow_its_resources(tmp_path):
    assert staffed(tmp_path, (2, 16), Type=1) == ("01-04 08:00", "01-05 17:00")


# Progress and tasks that stand still


def test_a_started_task_keeps_its_start_and_is_not_pushed_to_the_status_date(tmp_path):
    """Started on Monday, 8 of 16 h done, resumes on Tuesday: Tuesday 17:00, though the status date is Friday."""
    begun = task(1, 16, ActualStart="2027-01-04T08:00:00", PercentComplete=50, RemainingDuration="PT8H0M0S",
                 Stop="2027-01-04T17:00:00", Resume="2027-01-05T08:00:00")  # fmt: skip
    found = dates(read(tmp_path, begun, task(2, 8, link(1)), task(3), StatusDate="2027-01-08T17:00:00"))
    assert found == {"1": ("01-05 08:00", "01-05 17:00"), "2": ("01-06 08:00", "01-06 17:00"),
                     "3": ("01-04 08:00", "01-04 17:00")}  # fmt: skip


def test_tasks_not_started_before_the_status_date_are_noted(tmp_path):
    """2 starts on the status date itself; 1 lies before it."""
    plan = (task(1, Start="2027-01-04T08:00:00"), task(2, 8, link(1), Start="2027-01-05T08:00:00"))
    noted = read(tmp_path, *plan, StatusDate="2027-01-05T08:00:00").notes
    told = "tasks not started lie before the status date; as in Project, nothing pushes them past it"
    assert [note for note in noted if note.startswith(told)] == [f"{told} (1 Task 1)"]
    assert not any(note.startswith(told) for note in read(tmp_path, *plan).notes)


def test_rescheduled_work_goes_on_where_it_resumes(tmp_path):
    begun = task(1, 16, ActualStart="2027-01-04T08:00:00", PercentComplete=50, RemainingDuration="PT8H0M0S",
                 Stop="2027-01-04T17:00:00", Resume="2027-01-07T08:00:00")  # fmt: skip
    assert dates(read(tmp_path, begun))["1"] == ("01-07 08:00", "01-07 17:00")


@pytest.mark.parametrize("splits, resumed", [(1, "01-08 08:00"), (0, "01-05 08:00")])
def test_unfinished_predecessors_put_off_what_remains_only_where_work_may_be_split(tmp_path, splits, resumed):
    """2 began on Monday before 1, which lasts until Thursday."""
    begun = task(2, 16, link(1), ActualStart="2027-01-04T08:00:00", PercentComplete=50, RemainingDuration="PT8H0M0S",
                 Resume="2027-01-05T08:00:00")  # fmt: skip
    assert dates(read(tmp_path, task(1, 32), begun, SplitsInProgressTasks=splits))["2"][0] == resumed


def test_a_lag_from_the_start_of_started_work_counts_from_its_actual_start(tmp_path):
    """1 began on Monday and has 8 h left from Thursday; 2 starts 8 h after the actual start: Tuesday."""
    begun = task(1, 16, ActualStart="2027-01-04T08:00:00", PercentComplete=50, RemainingDuration="PT8H0M0S",
                 Resume="2027-01-07T08:00:00")  # fmt: skip
    assert dates(read(tmp_path, begun, task(2, 8, link(1, "SS", 8))))["2"][0] == "01-05 08:00"


def test_finished_work_stands_at_its_actual_dates_whatever_precedes_it(tmp_path):
    done = {"PercentComplete": 100, "ActualStart": "2027-01-05T08:00:00", "ActualFinish": "2027-01-05T17:00:00"}
    found = dates(read(tmp_path, task(1, 40), task(2, 8, link(1), **done), task(3, 8, link(2))))
    assert (found["2"], found["3"][0]) == (("01-05 08:00", "01-05 17:00"), "01-06 08:00")


def test_an_elapsed_lag_after_work_that_ended_at_night_counts_from_that_very_instant(tmp_path):
    """1 ended on Tuesday at 22:00, five hours after work: 60 h later it is Friday 10:00, not 05:00."""
    done = {"PercentComplete": 100, "ActualStart": "2027-01-05T08:00:00", "ActualFinish": "2027-01-05T22:00:00"}
    found = dates(read(tmp_path, task(1, 8, **done), task(2, 8, link(1, "FS", 60, 6)), task(3, 8, link(1, "FS", 8))))
    assert (found["2"][0], found["3"][0]) == ("01-08 10:00", "01-07 08:00")


def test_manual_tasks_stand_at_their_dates_and_keep_their_slack(tmp_path):
    """2 stands on Monday against its link; beside the 40 h of 3 it could be on Friday: 4 days of slack."""
    by_hand = task(2, 8, link(1), Manual=1, ManualStart="2027-01-04T08:00:00", ManualFinish="2027-01-04T17:00:00",
                   ManualDuration="PT8H0M0S")  # fmt: skip
    program = read(tmp_path, task(1, 8), by_hand, task(3, 40))
    assert dates(program)["2"] == ("01-04 08:00", "01-04 17:00")
    network = compile_network(program, Settings(constraints="as-planned"))
    assert network.plan.total_float.tolist() == [3 * 480, 4 * 480, 0]


def test_a_simulation_lets_links_move_manual_tasks(tmp_path):
    by_hand = task(2, 8, link(1), Manual=1, ManualStart="2027-01-04T08:00:00")
    network = compile_network(read(tmp_path, task(1, 8), by_hand), Settings())
    assert network.relaxed == ("Plan.2: manual start 2027-01-04 acts as start no earlier than in the simulation",)


def test_levelling_delay_is_kept_beside_the_stored_dates(tmp_path):
    program = read(tmp_path, task(1, 8, LevelingDelay=4800, LevelingDelayFormat=8))
    assert stored_of(program).dates["Plan.1"].delay == 480
    assert dates(program)["1"][0] == "01-04 08:00"


def split(who: str, **more) -> dict:
    """An assignment of 8 h on Monday, nothing on Tuesday, 8 h on Wednesday."""
    parts = [{"Type": 1, "Start": f"2027-01-0{n}T08:00:00", "Finish": f"2027-01-0{n}T17:00:00", "Unit": 2,
              "Value": f"PT{hours}H0M0S"} for n, hours in ((4, 8), (5, 0), (6, 8))]  # fmt: skip
    return {"UID": 1, "TaskUID": 1, "ResourceUID": who, "Units": 1, "Work": "PT16H0M0S", **more,
            "Start": "2027-01-04T08:00:00", "Finish": "2027-01-06T17:00:00", "TimephasedData": parts}  # fmt: skip


@pytest.mark.parametrize("who, fixed, contour", [("1", 0, 8), ("1", 1, 8), ("-65535", 0, 0), ("-65535", 1, 8)])
def test_split_work_lasts_from_its_start_to_its_finish(tmp_path, who, fixed, contour):
    """24 h from start to finish, also of fixed duration, and where nobody is assigned: Project says it of nobody."""
    crew = {"UID": 1, "Name": "Crew", "Type": 1, "CalendarUID": 1}
    rows = (task(1, 16, Type=fixed), task(2, 8, link(1)))
    program = read(tmp_path, *rows, resources=[crew], assignments=[split(who, WorkContour=contour)])
    assert dates(program) == {"1": ("01-04 08:00", "01-06 17:00"), "2": ("01-07 08:00", "01-07 17:00")}
    assert any(note.startswith("split tasks") for note in program.notes)
