"""The oracle itself, against known answers and dates and sums worked out by hand."""

from datetime import datetime, timedelta
from math import asin, pi

import numpy as np
import pytest
import yaml
from scipy import stats

import naive
import naive_curves
import naive_draws
from riskmc.program.program import Program

FALSE_ALARM = 1e-6


def told(text, start="2027-01-04"):
    """Return the program that a text tells, in the words of the program file; 2027-01-04 is a Monday."""
    words = yaml.load(text, Loader=yaml.BaseLoader)
    return Program(**{"program": "Told", "start": start, **words})


def date(minute):
    return (datetime(1970, 1, 1) + timedelta(minutes=minute)).strftime("%Y-%m-%d %H:%M")


def planned(text, **options):
    return naive.Oracle(told(text), **options).deterministic()


def several(text, count, **options):
    return naive.iterations(told(text), 1, range(count), **options)


@pytest.mark.parametrize(
    "counter, key, words",
    [
        ((0,) * 4, (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_known_answers_of_its_authors(counter, key, words):
    assert naive_draws.philox(counter, key) == words


def test_the_map_from_iteration_to_word_is_the_documented_one():
    assert naive_draws.word(1, "activity/a.b/duration", 0) == 0x33C43E6A
    low, high = 7 & 0xFFFFFFFF, 7 >> 32
    hashed = naive_draws.name_hash("x")
    for iteration, counter, place in ((0, 0, 0), (63, 63, 0), (64, 0, 1), (255, 63, 3), (256, 64, 0), (1000, 232, 3)):
        words = naive_draws.philox((counter, 0, hashed & 0xFFFFFFFF, hashed >> 32), (low, high))
        assert naive_draws.word(7, "x", iteration) == words[place]


def test_one_name_written_in_two_unicode_forms_is_one_variable():
    assert naive_draws.name_hash("caf\u00e9") == naive_draws.name_hash("cafe\u0301")


def test_a_seed_above_32_bits_is_another_seed():
    assert naive_draws.word(1, "x", 0) != naive_draws.word(1 + 2**32, "x", 0)


@pytest.mark.parametrize(
    "family, p",
    [
        ("triangular", {"p10": 10.0, "mode": 14.0, "p90": 30.0}),
        ("pert", {"p10": 10.0, "mode": 14.0, "p90": 30.0}),
        ("uniform", {"p5": 10.0, "p95": 30.0}),
        ("normal", {"p10": 10.0, "p80": 30.0}),
        ("lognormal", {"p10": 10.0, "p90": 30.0}),
    ],
)
def test_a_curve_told_by_percentiles_has_those_percentiles(family, p):
    for name, share in naive_curves.percentile_shares(p).items():
        assert naive_curves.quantile(family, p.items(), share) == pytest.approx(p[name])


def test_a_clipped_curve_keeps_its_shape_between_the_limits():
    inside = naive_curves.quantile("uniform", {"low": 0.0, "high": 10.0}.items(), 0.5, clip=(4.0, 20.0))
    assert inside == pytest.approx(7.0)


def test_a_chain_ends_at_the_sum_of_its_durations_over_a_weekend():
    text = "projects: {p: {activities: {a: {duration: 3d}, b: {duration: 4d, after: [a]}}}}"
    assert date(planned(text).finish) == "2027-01-12 17:00"


def test_a_night_shift_crosses_midnight_and_a_lag_runs_on_the_predecessors_nights():
    text = """
    calendars: {nights: {week: {mon-fri: "22:00-06:00"}}}
    projects:
      p:
        activities:
          a: {duration: 2d, calendar: nights}
          b: {duration: 1h, after: [a FS+2h], calendar: 24h}
    """
    plan = planned(text)
    assert date(plan.end["p.a"]) == "2027-01-06 06:00"  # begun on Monday at 22:00
    assert date(plan.start["p.b"]) == "2027-01-07 00:00"


def test_a_finish_tied_to_a_night_moves_to_the_next_start_of_work():
    text = """
    projects: {p: {activities: {a: {duration: 11h, calendar: 24h}, b: {duration: 2h, after: [a FF+9h]}}}}
    """
    plan = planned(text)
    assert date(plan.end["p.b"]) == "2027-01-05 08:00"
    assert date(plan.start["p.b"]) == "2027-01-04 15:00"


def test_a_milestone_keeps_the_instant_that_drives_it_and_its_lag_runs_on_the_programs_calendar():
    text = """
    projects:
      p:
        activities:
          a: {duration: 30h, calendar: 24h}
          m: {milestone: true, after: [a]}
          b: {duration: 1d, after: [m FS+1d]}
    """
    plan = planned(text)
    assert date(plan.end["p.m"]) == "2027-01-05 06:00"
    assert date(plan.start["p.b"]) == "2027-01-06 08:00"  # the lag ends on Tuesday at 17:00


def test_what_does_not_exist_passes_on_its_links_and_lags_and_costs_nothing():
    text = """
    projects:
      p:
        activities:
          a: {duration: 1d}
          b: {duration: 10d, cost: 5k, after: [a FS+1d], exists: 0%}
          c: {duration: 1d, after: [b FS+1d]}
    """
    (found,) = several(text, 1)
    assert date(found.finish) == "2027-01-07 17:00"
    assert found.cost == 0
    assert found.critical == {"p.a", "p.c"}


def test_remaining_work_starts_at_the_data_date_and_is_scaled_by_what_was_drawn():
    text = """
    data_date: 2027-01-11
    projects:
      p:
        activities:
          a: {duration: {plan: 10d, range: "discrete(200%:100%)"}, progress: {started: 2027-01-04}}
    """
    (found,) = several(text, 1)
    assert found.minutes["p.a"] == 10 * 480  # five of ten days are left, drawn twice as long
    assert date(found.finish) == "2027-01-22 17:00"


def test_progress_override_ignores_the_unfinished_predecessor_that_retained_logic_waits_for():
    text = """
    data_date: 2027-01-11
    projects:
      p:
        activities:
          a: {duration: 10d, progress: {started: 2027-01-04, remaining: 5d}}
          b: {duration: 5d, after: [a], progress: {started: 2027-01-07, remaining: 2d}}
    """
    assert date(planned(text).end["p.b"]) == "2027-01-19 17:00"
    assert date(planned(text + "out_of_sequence: progress_override").end["p.b"]) == "2027-01-12 17:00"


def test_as_late_as_possible_waits_for_its_successor_and_the_last_for_the_projects_finish():
    text = """
    projects:
      p:
        activities:
          a: {duration: 2d, as_late_as_possible: true}
          b: {duration: 1d, after: [a], as_late_as_possible: true}
          c: {duration: 8d}
          d: {duration: 2d, after: [b, c]}
          e: {duration: 1d, as_late_as_possible: true}
    """
    plan = planned(text)
    assert [date(plan.start[f"p.{name}"])[:10] for name in "abe"] == ["2027-01-11", "2027-01-13", "2027-01-15"]


def test_level_of_effort_spans_the_work_it_supports_and_is_paid_by_the_day():
    text = """
    projects:
      p:
        activities:
          a: {duration: 3d}
          b: {duration: 4d, after: [a FS+1d]}
          site: {level_of_effort: {from: a, to: b}, cost: {per_day: 1000}}
    """
    plan = planned(text)
    assert (date(plan.start["p.site"]), date(plan.end["p.site"])) == ("2027-01-04 08:00", "2027-01-13 17:00")
    assert plan.cost == 8 * 1000 * 100


CERTAIN_IMPACTS = """
projects:
  p:
    activities:
      a: {{duration: 10d, cost: {{fixed: 1000, per_day: 100}}}}
      b: {{duration: 20d, after: [a], exists: {exists}}}
      c: {{duration: 30d, after: [b]}}
risks:
  r: {{name: R, probability: 100%, {group} impacts: [{r}]}}
  s: {{name: S, probability: 100%, {group} impacts: [{s}]}}
"""


def struck(r, s, group="", exists="100%"):
    words = CERTAIN_IMPACTS.format(r=r, s=s, group=f"parallel_group: {group}," if group else "", exists=exists)
    (found,) = several(words, 1)
    return {path[2:]: minutes / 480 for path, minutes in found.minutes.items()}


def test_effects_in_series_multiply_and_then_add():
    assert struck("{on: a, duration: x 150%}", "{on: a, duration: + 2d}")["a"] == 17


def test_of_a_parallel_group_only_the_largest_change_counts():
    assert struck("{on: a, duration: x 150%}", "{on: a, duration: + 2d}", "g")["a"] == 15
    assert struck("{on: a, duration: x 110%}", "{on: a, duration: + 2d}", "g")["a"] == 12
    assert struck("{on: a, duration: x 70%}", "{on: a, duration: + 2d}", "g")["a"] == 7
    assert struck("{on: a, duration: x 120%}", "{on: a, duration: + 2d}", "g")["a"] == 12  # a tie: the first risk


def test_an_addition_strikes_each_or_once_or_is_split_over_what_exists():
    nothing = "{cost: + 1}"
    assert struck("{on: [a, b, c], duration: + 6d, spread: each}", nothing) == {"a": 16, "b": 26, "c": 36}
    assert struck("{on: [c, b], duration: + 6d, spread: once}", nothing) == {"a": 10, "b": 26, "c": 30}
    assert struck("{on: [a, b, c], duration: + 6d, spread: split}", nothing) == {"a": 11, "b": 22, "c": 33}
    assert struck("{on: [c, b], duration: + 6d, spread: once}", nothing, exists="0%")["c"] == 36
    assert struck("{on: [a, b, c], duration: + 8d, spread: split}", nothing, exists="0%")["c"] == 36


def test_the_largest_given_probability_applies_where_a_named_risk_has_occurred():
    text = """
    projects: {p: {activities: {a: {duration: 1d}}}}
    risks:
      one: {name: One, status: occurred, impacts: [{cost: + 1}]}
      two: {name: Two, probability: 0%, given: {one: 100%}, impacts: [{cost: + 10}]}
      three: {name: Three, probability: 100%, given: {one: 0%, two: 100%}, impacts: [{cost: + 100}]}
      four: {name: Four, probability: 100%, given: {two: 0%}, impacts: [{cost: + 1000}]}
    """
    (found,) = several(text, 1)
    assert found.occurs == {"one": True, "two": True, "three": True, "four": False}
    assert found.cost == 11_000


def test_factors_act_on_the_fixed_part_on_the_rate_or_on_the_whole_and_cents_are_rounded_once():
    text = """
    projects: {p: {activities: {a: {duration: 10d, cost: {fixed: 1000.01, per_day: 100}}}}}
    drivers:
      fixed: {on: all, cost: x 110%}
      rate: {on: all, cost_per_day: x 120%}
      whole: {on: all, cost_total: x 101%}
    """
    (found,) = several(text, 1)
    assert found.cost == round((1000.01 * 1.1 + 10 * 100 * 1.2) * 1.01 * 100)
    assert planned(text).cost == 200_001


def test_finished_work_costs_what_it_did_and_feels_no_driver():
    text = """
    data_date: 2027-02-01
    projects:
      p:
        activities:
          a: {duration: 5d, cost: 10k, progress: {started: 2027-01-04, finished: 2027-01-15, actual_cost: 12345.67}}
    drivers: {d: {on: all, duration: 200%, cost: 200%}}
    """
    (found,) = several(text, 1)
    assert found.cost == 1_234_567
    assert date(found.finish) == "2027-01-15 17:00"


def test_a_response_is_paid_and_acts_as_its_status_and_the_mitigation_say():
    text = """
    projects: {p: {activities: {a: {duration: 1d}}}}
    risks: {r: {name: R, probability: 100%, impacts: [{cost: + 1000}]}}
    responses:
      s: {name: S, status: STATUS, cost: 10, acts_on: {r: {probability: 0%}}}
    """
    paid = {"proposed": (1000, 1000, 10), "approved": (1000, 10, 10), "in_plan": (1000, 0, 0), "done": (0, 0, 0)}
    for status, costs in paid.items():
        for mitigation, cost in zip(("pre", "current", "post"), costs, strict=True):
            (found,) = several(text.replace("STATUS", status), 1, mitigation=mitigation)
            assert found.cost == cost * 100


@pytest.mark.statistical
def test_two_parallel_uniforms_have_the_merge_bias_of_the_closed_form():
    """max(U1, U2) on 0 to 100 h has mean 200/3 and variance 10,000/18; fails a right oracle once in a million seeds."""
    text = """
    calendar: 24h
    projects: {p: {activities: {a: {duration: uniform(0h 100h)}, b: {duration: uniform(0h 100h)}}}}
    """
    n = 2_000
    begin = int(np.datetime64("2027-01-04", "m").astype(int))
    hours = np.array([(found.finish - begin) / 60 for found in several(text, n)])
    error = (hours.mean() - 200 / 3) / np.sqrt(10_000 / 18 / n)
    assert abs(error) < stats.norm.isf(FALSE_ALARM / 2)


@pytest.mark.statistical
def test_nested_groups_and_pairs_have_the_rank_correlations_they_ask_for():
    """The bound is the sampling error of a correlation; fails a right oracle once in a million seeds and pair."""
    text = """
    calendar: 24h
    projects:
      p:
        activities: {a: &u {duration: uniform(10h 90h)}, b: *u, c: *u, d: *u, e: *u}
    correlations:
      - {group: [a, b, c], duration: 0.3}
      - {group: [a, b], duration: 0.8}
      - {pair: [d, e], duration: -0.5}
    """
    n = 2_000
    table = np.array([[found.minutes[f"p.{name}"] for name in "abcde"] for found in several(text, n)])
    wanted = {(0, 1): 0.8, (0, 2): 0.3, (1, 2): 0.3, (3, 4): -0.5, (0, 3): 0.0, (2, 4): 0.0}
    for (i, j), rho in wanted.items():
        found = stats.spearmanr(table[:, i], table[:, j]).statistic
        assert abs(np.arctanh(found) - np.arctanh(rho)) < stats.norm.isf(FALSE_ALARM / 2) * 1.1 / np.sqrt(n)


def test_scores_correlated_by_a_spearman_coefficient_have_it_exactly():
    """For normal scores, Spearman's coefficient is 6/pi asin(r/2): the rule's inverse (Pearson 1907)."""
    for rho in (-0.9, -0.2, 0.0, 0.3, 0.95):
        r = naive.naive_estimates.normal_coefficient(rho)
        assert 6 / pi * asin(r / 2) == pytest.approx(rho)


def test_a_risk_that_cannot_occur_changes_no_number_of_the_rest():
    text = """
    projects: {p: {activities: {a: {duration: pert(5d 8d 20d)}, b: {duration: uniform(1d 9d), after: [a]}}}}
    risks:
      r: {name: R, probability: 40%, impacts: [{on: a, duration: x uniform(100% 150%)}]}
    """
    more = text + "  s: {name: S, probability: 0%, impacts: [{on: b, duration: x 500%}]}\n"
    before, after = several(text, 20), several(more, 20)
    assert [found.finish for found in before] == [found.finish for found in after]
