"""What a file shows of the GAO's ten best practices, and the findings that bear on each."""

from datetime import datetime

from checked import program
from riskmc.analysis.check import check
from riskmc.program.stored import Stored, StoredDates, remember_stored

CHAIN = {
    "start": {"milestone": "start", "wbs": "1"},
    "a": {"duration": "triangular(8d 10d 15d)", "after": ["start"], "wbs": "1.1", "cost": "1k"},
    "b": {"duration": "50d", "after": ["a FS-1d"], "wbs": "1.2"},
    "effort": {"level_of_effort": {"from": "a", "to": "b"}},
}


def shown(checked):
    """What is shown, by the number of the practice."""
    return {practice.practice: practice.shows for practice in check(checked, 64).gao}


def test_the_ten_practices_are_told_in_order():
    told = check(program(CHAIN), 64).gao
    assert [practice.practice for practice in told] == [*range(1, 11)]
    assert told[0].name == "Capturing all activities"
    assert told[9].name == "Maintaining a baseline schedule"


def test_each_says_what_the_file_shows():
    """Unfinished work: a and b; links: two FS; b, 50 of 60 days, has no range."""
    assert shown(program(CHAIN)) == {
        1: "4 activities, 1 milestone, 1 level of effort",
        2: "100% with logic, 100% of the links FS",
        3: "1 of 2 with resources or cost",
        4: "median 30 d, 1 above 44 d",
        5: "100% under a WBS",
        6: "2 critical; +600 d moves the finish 600 d",
        7: "median 0 d, 0% above 44 d, 0% negative",
        8: "16% of the work has a range, 0 risks",
        9: "no data date",
        10: "none in the file",
    }


def test_findings_are_counted_under_the_practice_they_bear_on():
    told = {practice.practice: dict(practice.findings) for practice in check(program(CHAIN), 64).gao}
    assert told[2]["lead"] == 1
    assert told[3] == {"no-resource": 1}
    assert told[4] == {"long-activity": 1}
    assert told[8]["no-range"] == 1


def test_progress_and_a_baseline_are_told():
    done = {"duration": "10d", "progress": {"started": "2027-01-04", "finished": "2027-01-12"}}
    plan = program({"a": done, "b": {"duration": "10d", "after": ["a"]}}, data_date="2027-01-14")
    baseline = StoredDates(baseline_start=datetime(2027, 1, 4), baseline_finish=datetime(2027, 1, 12))
    remember_stored(plan, Stored("plan.xml", "tool", {"p.a": baseline}))
    told = shown(plan)
    assert told[9] == "data date 14 Jan 2027, 1 finished, 0 begun"
    assert told[10] == "1 of 2 have one, BEI 0.50"


def test_a_plan_that_is_done_is_shown_too():
    done = {"duration": "10d", "progress": {"started": "2027-01-04", "finished": "2027-01-12"}}
    told = shown(program({"a": done}, data_date="2027-01-14"))
    assert told[2] == "no unfinished work, or no links"
    assert told[4] == told[5] == told[7] == "no unfinished work"
