"""Programs of certain durations in which several behaviours meet, with dates worked out by hand: days from Monday.

The first part are faults that were found by such programs: dates that the static pass would have, and events have not.
"""

import numpy as np
import pytest

import riskmc as rm
from pooled import ORIGIN, days, pooled
from told_alike import assert_told_alike

ONE = {"c": {"capacity": 1}}
CREW = {"uses": {"c": 1}}
FIRST = {"duration": "10d", **CREW, "priority": 1}  # keeps the crew until day 10
FAILS = {"fail": ["100%", "0%"], "redo": "100%", "at_most": 2}


def check(activities, resources, expected, **more):
    """Assert start and finish of some activities, and that both implementations tell the same."""
    program = pooled(activities, resources, **more)
    found = days(program)
    for name, dates in expected.items():
        assert found[name] == pytest.approx(dates, abs=1e-9), name
    assert_told_alike(program)


# ---- whether there is work is decided when its dates have happened


@pytest.mark.parametrize(
    ("sentence", "days_of_plan_b"),
    [("a finish > 2027-01-10", 1), ("a finish <= 2027-01-10", 0), ("a start > 2027-01-10", 1)],
)
@pytest.mark.parametrize("late_by", ["queue", "rework", "arrival"])
def test_plan_b_is_for_what_is_late_for_any_reason(sentence, days_of_plan_b, late_by):
    """``a`` would last from day 0 to 4, and finishes on day 14, 12 or 10; by the queue alone it starts late."""
    a = {"duration": "4d"} | {"queue": CREW, "rework": {"quality_gate": FAILS | {"redo": "200%"}}, "arrival": {}}[
        late_by
    ]
    comes = {"r": {"arrivals": {"every": "2d", "at_most": 1}, "impacts": [{"on": "a", "duration": "+ 6d"}]}}
    plan_b = {"duration": "1d", "after": ["a"], "when": sentence}
    words = {"first": FIRST, "a": a, "b": plan_b, "end": {"duration": "1d", "after": ["b"]}}
    finish = {"queue": 14, "rework": 12, "arrival": 10}[late_by]
    there = days_of_plan_b if "start" not in sentence or late_by == "queue" else 0
    risks = {"risks": comes} if late_by == "arrival" else {}
    check(words, ONE, {"end": (finish + there, finish + there + 1)}, **risks)


def test_managers_foresee_plan_b_where_they_believe_in_the_delay():
    """Believed at day 20: ``a`` takes 2 days more, so that plan b is needed, and bought shorter at once."""
    words = {
        "a": {"duration": {"plan": "20d", "range": "discrete(30d:100%)"}},
        "b": {"duration": "20d", "after": ["a"], "when": "a finish > 2027-01-24"},
        "c": {"duration": "10d", "after": ["b"]},
    }
    hurry = {"crash": {"on": "b", "duration": "50%"}}
    late = {"y": {"review": "20d", "at_most": 1, "when": {"later_than": "2027-02-14"}, "do": hurry}}
    check(words, {}, {"b": (30, 40), "c": (40, 50)}, policies=late)


def test_the_levelled_plan_has_plan_b_where_its_queue_needs_it():
    words = {"first": FIRST, "a": {"duration": "4d", **CREW}, "b": {
        "duration": "1d", "after": ["a"], "when": "a finish > 2027-01-10",
    }}  # fmt: skip
    plan = rm.simulate(pooled(words, ONE), 1).plan
    assert (np.datetime64(plan.finish, "m").astype(np.int64) - ORIGIN) / 1440 == 15


@pytest.mark.parametrize("cost", [{"per_day": 200}, {"fixed": 2000}, {"fixed": 1000, "per_day": 100}])
def test_plan_b_waits_for_money_as_other_work_does(cost):
    """1,000 a year pay for half of it: the other half is done from 2028 on, 362 days after the start."""
    words = {
        "a": {"duration": "10d", "quality_gate": FAILS},
        "b": {"duration": "10d", "after": ["a"], "when": "a finish > 2027-01-18", "cost": cost},
    }
    money = {"funding": {2027: 1000, 2028: 1000}, "funding_rule": {"without": "pause_all"}}
    check(words, {}, {"b": (20, 362 + 5)}, currency="EUR", **money)


# ---- dates told are those of the events


@pytest.mark.parametrize("point", [{"duration": "0d"}, {"milestone": "start"}, {"milestone": "finish"}])
def test_a_point_in_time_that_costs_money_stands_where_there_is_some(point):
    """100 of 120 are spent when 50 are needed: on the 1st of April, day 87, there is more."""
    words = {
        "a": {"duration": "10d", "cost": {"per_day": 10}},
        "m": {**point, "after": ["a"], "cost": 50},
        "b": {"duration": "1d", "after": ["m"]},
    }
    money = {"funding": {2027: 120, 2028: 100}, "funding_rule": {}, "fiscal_year_starts": "04-01"}
    check(words, {}, {"m": (87, 87), "b": (87, 88)}, currency="EUR", **money)


def either(*names, **link):
    """Return links that count as one."""
    return [{"activity": name, "first_of": "either", **link} for name in names]


@pytest.mark.parametrize(("more", "start"), [("4d", 6), ("14d", 11)])
def test_what_follows_the_first_of_two_begins_when_one_has_happened_whichever_was_planned_first(more, start):
    """``b`` was to be the first, on day 1, and waits for the crew until day 10; ``a`` takes 2 days and what is more."""
    words = {
        "first": FIRST,
        "b": {"duration": "1d", **CREW},
        "a": {"duration": "2d"},
        "after": {"duration": "3d", "after": either("a", "b"), "uses": {"k": 1}, "priority": 1},
        "other": {"duration": "2d", "uses": {"k": 1}, "start_no_earlier_than": "2027-01-11"},
    }
    comes = {"r": {"arrivals": {"every": "1d", "at_most": 1}, "impacts": [{"on": "a", "duration": f"+ {more}"}]}}
    other = start + 3 if start < 7 else 7
    expected = {"after": (start, start + 3), "other": (other, other + 2)}
    check(words, {**ONE, "k": {"capacity": 1}}, expected, risks=comes)


def test_the_first_start_of_two_is_that_which_comes_first():
    words = {
        "first": FIRST,
        "b": {"duration": "1d", **CREW},
        "wait": {"duration": "4d"},
        "a": {"duration": "3d", "after": ["wait"]},
        "after": {"duration": "1d", "after": either("a", "b", type="SS")},
    }
    check(words, ONE, {"after": (4, 5)})


@pytest.mark.parametrize("link", ["late FF", "late SF+3d"])
def test_a_link_to_a_finish_that_was_no_matter_does_not_hold_a_start_back(link):
    """``late`` waits from day 0 to 12; what follows ``c`` begins on day 10, and has its crew from then on."""
    words = {
        "first": FIRST | {"duration": "12d"},
        "late": {"duration": "3d", **CREW},
        "c": {"duration": "10d"},
        "after": {"duration": "10d", "after": ["c", link], "uses": {"k": 1}, "priority": 1},
        "other": {"duration": "3d", "uses": {"k": 1}, "start_no_earlier_than": "2027-01-15"},
    }
    check(words, {**ONE, "k": {"capacity": 1}}, {"after": (10, 20), "other": (20, 23)})


def test_a_link_to_a_finish_pushes_by_what_the_late_one_is_planned_to_last_by_then():
    """On day 35 it is at work, and will be done on day 42: the finish is on day 43, and the start five days before."""
    words = {
        "first": FIRST | {"duration": "12d"},
        "late": {"duration": "30d", **CREW},
        "c": {"duration": "35d"},
        "after": {"duration": "5d", "after": ["c", "late FF+1d"]},
    }
    check(words, ONE, {"after": (38, 43)})


def test_nothing_is_worked_before_the_day_on_which_its_links_have_happened():
    """A lead of two days to work that is sent back: what follows begins on the day it is done again, not before."""
    words = {
        "a": {"duration": "4d"},
        "test": {"duration": "1d", "after": ["a"], "quality_gate": FAILS | {"of": ["a"], "successors": "restart"}},
        "next": {"duration": "5d", "after": ["a FS-2d", "gap"]},
        "gap": {"duration": "6d"},
    }
    check(words, {}, {"a": (0, 9), "next": (9, 14)})


# ---- behaviours that meet


def test_priorities_on_a_staffing_plan_in_office_hours():
    """Wednesday to Sunday there is one, from Monday on three: who needs two waits for Monday 08:00."""
    crew = {"capacity": 2, "staffing": {"2027-01-06": 1, "2027-01-11": 3}}
    words = {
        name: {"duration": lasts, "uses": {"c": units}, "priority": place}
        for place, (name, lasts, units) in enumerate(
            (("b", "2d", 1), ("a", "3d", 2), ("o", "1d", 1), ("d", "2d", 2)), 1
        )
    }
    begin, end = 8 / 24, 17 / 24
    expected = {"b": (begin, 1 + end), "o": (begin, end), "a": (7 + begin, 9 + end), "d": (10 + begin, 11 + end)}
    check(words, {"c": crew}, expected, calendar="standard")


def test_who_would_interrupt_waits_for_the_end_of_the_outage_first():
    """Out from day 3 to 5 and from 8 on: ``high`` comes on day 4, takes the unit on day 5."""
    machine = {"capacity": 1, "preemption": True, "outages": {"after": "3d", "lasts": "2d"}}
    words = {
        "low": {"duration": "5d", **CREW, "priority": 5},
        "high": {"duration": "1d", **CREW, "priority": 1, "start_no_earlier_than": "2027-01-08"},
    }
    check(words, {"c": machine}, {"low": (0, 8), "high": (5, 6)})


def test_the_unit_of_paused_work_may_be_taken_and_its_pause_goes_on():
    words = {
        "low": {"duration": "10d", **CREW, "priority": 5},
        "high": {"duration": "1d", **CREW, "priority": 1, "start_no_earlier_than": "2027-01-08"},
    }
    stops = {
        "r": {"arrivals": {"every": "2d", "at_most": 1, "while": "low"}, "impacts": [{"on": "low", "pause": "10d"}]}
    }
    check(words, {"c": {"capacity": 1, "preemption": True}}, {"low": (0, 20), "high": (4, 5)}, risks=stops)


@pytest.mark.parametrize(
    ("impact", "finish"),
    [
        ({"pause": "4h"}, 3 + 12 / 24),  # of Tuesday morning
        ({"pause": "4eh"}, 2 + 17 / 24),  # of the night
        ({"pause": "14eh"}, 3 + 10 / 24),  # to 10:00 on Tuesday
        ({"duration": "+ 1d"}, 3 + 17 / 24),
        ({"duration": "x 200%"}, 4 + 17 / 24),
    ],
)
def test_what_arrives_at_night_counts_in_the_hours_of_the_work(impact, finish):
    """Three days of the office; at 20:00 on Monday, twelve hours after they began."""
    comes = {"arrivals": {"every": "12eh", "exposure": "calendar", "at_most": 1}, "impacts": [{"on": "a", **impact}]}
    check({"a": {"duration": "3d"}}, {}, {"a": (8 / 24, finish)}, calendar="standard", risks={"r": comes})


def test_work_is_done_in_the_hours_that_two_pools_and_its_calendar_share():
    """Tuesday to Friday from 10 to 12: nine hours end on the next Tuesday at 11."""
    calendars = {"m": {"week": {"mon-fri": "06:00-12:00"}}, "e": {"week": {"tue-sat": "10:00-20:00"}}}
    pools = {"x": {"capacity": 1, "calendar": "m"}, "y": {"capacity": 1, "calendar": "e"}}
    words = {"a": {"duration": "9h", "uses": {"x": 1, "y": 1}}}
    check(words, pools, {"a": (1 + 10 / 24, 8 + 11 / 24)}, calendar="standard", calendars=calendars)


def test_a_board_that_is_at_work_elsewhere_decides_before_it_takes_new_work():
    words = {
        "long": {"duration": "5d", "uses": {"board": 1}},
        "design": {"duration": "2d", "approval": {"takes": "1d", "by": {"board": 1}}},
        "next": {"duration": "1d", "uses": {"board": 1}, "priority": 1, "start_no_earlier_than": "2027-01-07"},
    }
    check(words, {"board": {"capacity": 1}}, {"design": (0, 6), "next": (6, 7)})


def test_a_board_decides_in_its_mornings_one_after_the_other():
    """Asked at 17:00: three hours on Tuesday, one and two until Wednesday 10:00, and three more to Thursday 09:00."""
    board = {"board": {"capacity": 1, "calendar": "mornings"}}
    asked = {"takes": "3h", "approvers": 2, "discovered": "discrete(1:100%)", "order": "sequence", "by": {"board": 1}}
    mornings = {"mornings": {"week": {"mon-fri": "08:00-12:00"}}}
    words = {"d": {"duration": "1d", "approval": asked}}
    check(words, board, {"d": (8 / 24, 3 + 9 / 24)}, calendar="standard", calendars=mornings)


def test_a_gate_and_an_approval_send_back_across_projects_and_pause_what_runs_in_a_third():
    """The test fails on day 7 and sends 2 days back; the approval fails on day 10, and sends 5 days back."""
    projects = {
        "p": {"activities": {"work": {"duration": "5d"}}},
        "q": {"activities": {
            "test": {"duration": "2d", "after": ["p.work"], "quality_gate": FAILS | {
                "redo": "40%", "of": ["p.work"], "successors": "pause",
            }},
            "sign": {"duration": "0d", "after": ["test"], "approval": {
                "takes": "1d", "reject": ["100%", "0%"], "redo": "100%", "of": ["p.work"], "at_most": 2,
            }},
        }},
        "r": {"activities": {"next": {"duration": "10d", "after": ["p.work"]}}},
    }  # fmt: skip
    check({}, {}, {"test": (5, 9), "next": (5, 17), "work": (0, 15), "sign": (16, 16)}, projects=projects)


def test_money_of_a_fiscal_year_is_kept_for_who_goes_first_and_given_back_by_who_is_interrupted():
    """15 days of 12 paid ones: ``high`` takes its 5 of the machine and of the money, ``low`` goes on in April."""
    words = {
        "low": {"duration": "10d", **CREW, "priority": 5, "cost": {"per_day": 14.4}},
        "high": {
            "duration": "5d", **CREW, "priority": 1, "cost": {"per_day": 14.4}, "start_no_earlier_than": "2027-01-08",
        },
    }  # fmt: skip
    money = {"funding": {2027: 12 * 14.4, 2028: 100}, "funding_rule": {"without": "pause_all"}}
    machine = {"c": {"capacity": 1, "preemption": True}}
    check(words, machine, {"high": (4, 9), "low": (0, 90)}, currency="EUR", fiscal_year_starts="04-01", **money)


@pytest.mark.parametrize(
    ("lasts", "when", "finish"),
    [
        ("17d", {"later_than": "2027-01-20"}, 17),  # to the minute on time
        ("17d", {"later_than": "2027-01-20 23:59"}, 13.5),
        ("27d", {"later_than": "2027-01-20", "by": "10d"}, 27),
        ("38881min", {"later_than": "2027-01-20", "by": "10d"}, 18.5 + 0.5 / 1440),
    ],
)
def test_managers_act_on_what_is_later_than_the_date_and_not_on_the_date(lasts, when, finish):
    """A review every ten days; overtime of 200% halves what is left then."""
    late = {"y": {"review": "10d", "when": when, "do": {"overtime": {"on": "p.*", "rate": "200%"}}}}
    found = days(pooled({"dig": {"duration": lasts}}, {}, policies=late))["dig"][1]
    assert found == pytest.approx(finish, abs=0.51 / 1440)


def test_milestones_and_lags_alone_lose_no_time_to_the_weather():
    site = {"site": {"week": {"mon-sun": "00:00-24:00"}, "weather": {"jan-dec": {"lost": "95%"}}}}
    words = {
        "a": {"milestone": "start"},
        "b": {"milestone": True, "after": ["a +3d"]},
        "c": {"milestone": "finish", "after": ["b +40h", "a SS+10ed"]},
    }
    check(words, ONE, {"b": (3, 3), "c": (10, 10)}, calendar="site", calendars=site)


def test_a_team_of_two_projects_does_again_what_failed_when_the_other_project_is_served():
    """Two weeks, sent back by half on day 14, when the better project has come: a week for that, and a week again."""
    gate = FAILS | {"redo": "50%"}
    projects = {
        "p": {"priority": 2, "activities": {"w": {"backlog": {"team": "t", "items": 10}, "quality_gate": gate}}},
        "q": {"priority": 1, "activities": {
            "d": {"duration": "10d"}, "v": {"backlog": {"team": "t", "items": 5}, "after": ["d"]},
        }},
    }  # fmt: skip
    team = {"t": {"throughput": 5, "per": "week"}}
    check({}, {}, {"v": (14, 21), "w": (0, 28)}, projects=projects, teams=team)


def test_a_board_that_blocks_itself_by_hand():
    """Two days at A and three at B, where there is room for one: the last of three leaves on day 11."""
    team = {"t": {"stages": [{"name": "A", "takes": "2d"}, {"name": "B", "takes": "3d", "wip": 1}]}}
    check({"w": {"backlog": {"team": "t", "items": 3}}}, {}, {"w": (0, 11)}, teams=team)


def test_office_and_level_of_effort_are_paid_until_the_rework_is_done():
    words = {
        "a": {"duration": "5d"},
        "b": {"duration": "5d", "after": ["a"], "quality_gate": FAILS | {"of": ["a", "b"]}},
        "l": {"level_of_effort": {"from": "a", "to": "b"}, "cost": {"per_day": 10}},
    }
    office = {"office": {"per_day": 7, "span": {"from": "a", "to": "b"}}}
    program = pooled(words, {}, currency="EUR", costs=office)
    assert days(program)["l"] == (0, 20)
    assert rm.simulate(program, 1).cost_cents[0] == 20 * 17 * 100


def test_a_pool_with_outages_lets_those_finish_whose_places_the_plan_has_ended():
    """From day 2 on there are two places for the three at work; an outage of one from day 3 to 5 stops one."""
    crew = {"capacity": 3, "staffing": {"2027-01-06": 2}, "outages": {"after": "3d", "lasts": "2d", "units": 1}}
    words = {name: {"duration": "7d", **CREW, "priority": place} for place, name in enumerate("abd", 1)}
    check(words, {"c": crew}, {"a": (0, 7), "b": (0, 7), "d": (0, 9)})


def test_units_that_managers_alone_bring_are_waited_for():
    """Nobody is there until the review on day 3 and a day after it; the plan has no such limit, and says so."""
    hire = {"add_units": {"resource": "c", "units": 1, "lead": "1d"}}
    late = {"y": {"review": "3d", "at_most": 1, "when": {"later_than": "2027-01-04"}, "do": hire}}
    program = pooled({"a": {"duration": "2d", **CREW}}, {"c": {"capacity": 0}}, policies=late)
    assert days(program)["a"] == (4, 6)
    assert any("policies or risks alone" in note for note in rm.simulate(program, 1).notes)
