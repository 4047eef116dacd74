"""Rules of the semantics that the engine must keep, each in a program small enough to work out by hand.

These are the places where engine and oracle once disagreed, or where a rule is easy to get wrong.
"""

from datetime import datetime, timedelta

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import random_programs
import riskmc
from riskmc.program.program import Program


def told(text, start="2027-01-04"):
    """Return the program that a text tells, in the words of the program file; 2027-01-04 is a Monday."""
    return Program(**{"program": "Told", "start": start, **yaml.load(text, Loader=yaml.BaseLoader)})


def simulated(text, iterations=1, **options):
    return riskmc.simulate(told(text), iterations=iterations, **options)


def date(minute):
    return (datetime(1970, 1, 1) + timedelta(minutes=int(minute))).strftime("%Y-%m-%d %H:%M")


def finishes(trials):
    return {date(minute) for minute in trials.finish_minutes}


def test_an_addition_once_strikes_work_that_started_first_though_its_remainder_lies_at_the_data_date():
    """K3: the earliest deterministic start of started work is its actual one."""
    text = """
    data_date: 2027-02-01
    projects:
      p:
        activities:
          a: {duration: 10d, cost: {per_day: 100}}
          b: {duration: 30d, cost: {per_day: 1}, progress: {started: 2027-01-18, remaining: 5d}}
    risks: {r: {name: R, probability: 100%, impacts: [{on: [a, b], duration: + 2d, spread: once}]}}
    """
    assert simulated(text).cost_cents[0] == 100_000 + (10 + 7) * 100


@pytest.mark.parametrize("lag", ["10d", "discrete(10d:50% 10d:50%)"])
def test_a_lag_from_a_started_predecessor_counts_from_its_actual_start_sampled_or_not(lag):
    """N4: five of the ten days have passed at the data date."""
    text = f"""
    data_date: 2027-01-11
    projects:
      p:
        activities:
          a: {{duration: 6d, progress: {{started: 2027-01-04, remaining: 1d}}}}
          b: {{duration: 1d, after: [{{activity: a, type: SS, lag: "{lag}"}}]}}
    risks: {{r: {{name: R, probability: 50%, impacts: [{{cost: + 1}}]}}}}
    """
    assert finishes(simulated(text, 20)) == {"2027-01-18 17:00"}


@pytest.mark.parametrize("lag", ["2d", "discrete(2d:50% 2d:50%)"])
def test_what_is_left_of_a_lag_runs_from_where_a_started_predecessor_goes_on(lag):
    """P6 rule 9: the lag of two days is used up, so b waits until a goes on, and that is after w."""
    text = f"""
    data_date: 2027-01-18
    projects:
      p:
        activities:
          w: {{duration: 5d}}
          a: {{duration: 9d, after: [w], progress: {{started: 2027-01-04, remaining: 1d}}}}
          b: {{duration: 3d, after: [{{activity: a, type: SS, lag: "{lag}"}}]}}
    risks: {{r: {{name: R, probability: 50%, impacts: [{{cost: + 1}}]}}}}
    """
    assert finishes(simulated(text, 20)) == {"2027-01-27 17:00"}


@pytest.mark.parametrize("lag", ["12d", "discrete(12d:50% 12d:50%)"])
def test_a_start_to_finish_lag_holds_between_two_activities_that_have_started(lag):
    """Rule 9 lets a started successor ignore SS, because it has started; it has not finished."""
    text = f"""
    data_date: 2027-01-11
    projects:
      p:
        activities:
          a: {{duration: 9d, progress: {{started: 2027-01-04, remaining: 1d}}}}
          b:
            duration: 9d
            after: [{{activity: a, type: SF, lag: "{lag}"}}]
            progress: {{started: 2027-01-05, remaining: 1d}}
    risks: {{r: {{name: R, probability: 50%, impacts: [{{cost: + 1}}]}}}}
    """
    assert finishes(simulated(text, 20)) == {"2027-01-19 17:00"}


def test_retained_logic_waits_for_the_lag_after_a_finished_predecessor():
    """N4: lags count from actual dates; the lag of ten days ends on Friday 22 January at 17:00."""
    text = """
    data_date: 2027-01-18
    projects:
      p:
        activities:
          a: {duration: 5d, progress: {started: 2027-01-04, finished: 2027-01-08}}
          b: {duration: 9d, after: [a FS+10d], progress: {started: 2027-01-13, remaining: 2d}}
    risks: {r: {name: R, probability: 50%, impacts: [{cost: + 1}]}}
    """
    assert finishes(simulated(text, 20)) == {"2027-01-26 17:00"}


@pytest.mark.parametrize(
    "cost, driver, cents",
    [
        ("{per_day: 1000}", "cost_per_day: 200%", (5 + 2 * 5) * 100_000),
        ("{per_day: 1000}", "cost_total: 200%", (5 + 2 * 5) * 100_000),
        ("{fixed: 1000}", "cost: 200%", (500 + 2 * 500) * 100),
    ],
)
def test_drivers_of_cost_act_on_the_remainder_of_started_work_only(cost, driver, cents):
    """N4: of ten days five are worked, and what they cost stands."""
    text = f"""
    data_date: 2027-01-11
    projects:
      p:
        activities:
          a: {{duration: 10d, cost: {cost}, progress: {{started: 2027-01-04}}}}
    drivers: {{d: {{on: all, {driver}}}}}
    """
    assert simulated(text).cost_cents[0] == cents


def test_a_condition_on_a_start_reads_the_actual_start_of_started_work():
    """N7: a began on 13 January, though its remainder lies after the 20th."""
    text = """
    data_date: 2027-02-01
    projects:
      p:
        activities:
          a: {duration: 20d, progress: {started: 2027-01-13, remaining: 2d}}
          b: {duration: 10d, after: [a], when: a start > 2027-01-20, cost: 500}
    risks: {r: {name: R, probability: 50%, impacts: [{on: a, duration: + 1d}]}}
    """
    assert simulated(text, 20).cost_cents.max() == 0


def test_work_whose_most_likely_duration_is_zero_lasts_at_least_a_minute():
    """T1: the mode of an exponential is 0; only a certain 0 makes a milestone."""
    text = "projects: {p: {activities: {a: {duration: exponential(1min)}}}}"
    trials = simulated(text, 200)
    assert date(trials.plan.finish) == "2027-01-04 08:01"
    assert date(trials.finish_minutes.min()) == "2027-01-04 08:01"


FLOATS = """
projects:
  p: {float_to: FINISH, activities: {a: {duration: 5d}, b: {duration: 3d}}}
  q: {float_to: FINISH, activities: {c: {duration: 20d}, d: {duration: 12d}}}
  r: {float_to: FINISH, activities: {e: {duration: 1d}}}
"""


@pytest.mark.parametrize(
    "finish, days",
    [("program", (15, 17, 0, 8, 19)), ("project", (0, 2, 0, 8, 0))],
)
def test_total_float_is_measured_to_the_finish_that_the_project_says(finish, days):
    """To the program's finish, or to that of the activity's own project (scheduling rule 13)."""
    floats = simulated(FLOATS.replace("FINISH", finish)).plan.total_float_days
    assert floats == dict(zip(("p.a", "p.b", "q.c", "q.d", "r.e"), days, strict=True))


def test_what_is_as_late_as_possible_waits_for_the_finish_of_its_own_project():
    """Scheduling rules 7 and 13."""
    text = """
    projects:
      p: {activities: {a: {duration: 5d}, b: {duration: 3d, as_late_as_possible: true}}}
      q: {activities: {c: {duration: 20d}, d: {duration: 12d, as_late_as_possible: true}}}
    """
    plan = simulated(text).plan
    assert date(plan.activity_finish["p.b"]) == "2027-01-08 17:00"
    assert date(plan.activity_finish["q.d"]) == "2027-01-29 17:00"


def test_a_project_of_level_of_effort_alone_ends_with_the_work_it_supports():
    """C5, and N5: it sets no other finish."""
    text = """
    projects:
      office: {activities: {staff: {level_of_effort: {from: p.a, to: p.a}, cost: {per_day: 100}}}}
      p: {activities: {a: {duration: uniform(4d 6d)}}}
    """
    trials = simulated(text, 20)
    np.testing.assert_array_equal(trials.project_finish["office"], trials.project_finish["p"])


@pytest.mark.parametrize("size", ["discrete(20d:50% 20d:50%)", "trigen(20d 20d 20.01d plow=5% phigh=80%)"])
def test_a_rule_in_days_means_days_whatever_percentages_stand_beside_them(size):
    """K1: probabilities are no shares of the plan."""
    ranges = f"ranges: [{{on: all, duration: '{size}', sizes: own}}]"
    text = f"projects: {{p: {{activities: {{a: {{duration: 10d}}}}}}}}\n{ranges}"
    assert {date(minute)[:10] for minute in simulated(text, 20).finish_minutes} <= {"2027-01-29", "2027-02-01"}


def test_a_rule_in_days_is_scaled_to_what_remains_of_started_work():
    """N4: half of ten days is left; drawn as twenty, ten are left."""
    text = """
    data_date: 2027-01-11
    projects: {p: {activities: {a: {duration: 10d, progress: {started: 2027-01-04}}}}}
    ranges: [{on: all, duration: "discrete(20d:50% 20d:50%)", sizes: own}]
    """
    assert finishes(simulated(text)) == {"2027-01-22 17:00"}


def test_a_renamed_activity_keeps_its_draws():
    """R5 and `renamed`: the names key the random numbers."""
    text = """
    projects:
      p: {activities: {NAME: {duration: pert(5d 8d 20d), cost: uniform(1 9)}, b: {duration: 2d, after: [NAME]}}}
    risks: {r: {name: R, probability: 40%, impacts: [{on: NAME, duration: x uniform(100% 150%)}]}}
    """
    before = simulated(text.replace("NAME", "old"), 200)
    after = simulated(text.replace("NAME", "new") + "renamed: {p.old: p.new}", 200)
    np.testing.assert_array_equal(before.finish_minutes, after.finish_minutes)
    np.testing.assert_array_equal(before.cost_cents, after.cost_cents)


def test_a_certain_link_beside_a_sampled_one_does_not_change_its_draws_in_any_order():
    """R5: of two links of one type between one pair only sampled lags have variables."""
    sampled, certain = '{activity: a, lag: "uniform(1d 9d)"}', "a FS+1h"
    text = "projects: {p: {activities: {a: {duration: 1d}, b: {duration: 1d, after: [AFTER]}}}}"
    one, two, three = (
        simulated(text.replace("AFTER", after), 50).finish_minutes
        for after in (sampled, f"{sampled}, {certain}", f"{certain}, {sampled}")
    )
    np.testing.assert_array_equal(one, two)
    np.testing.assert_array_equal(one, three)


def reversed_words(words, keep=("ranges",)):
    """Return the same program with everything in the reverse order that has no meaning in order."""
    if isinstance(words, dict):
        return {name: found if name in keep else reversed_words(found) for name, found in reversed(words.items())}
    if isinstance(words, list):
        return [reversed_words(item) for item in reversed(words)]
    return words


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(random_programs.programs())
def test_the_order_of_a_program_changes_no_number(words):
    """R5: only the order of `ranges` has meaning."""
    one, other = (
        riskmc.simulate(Program(**told), iterations=range(250, 262)) for told in (words, reversed_words(words))
    )
    np.testing.assert_array_equal(one.finish_minutes, other.finish_minutes)
    np.testing.assert_array_equal(one.cost_cents, other.cost_cents)
    for path, finish in (one.project_finish | one.milestone_finish).items():
        np.testing.assert_array_equal(finish, (other.project_finish | other.milestone_finish)[path])
    assert one.occurred == other.occurred
