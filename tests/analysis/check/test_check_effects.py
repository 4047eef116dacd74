"""Effects: paired differences of P80 against what can be worked out by hand.

Where the program as given is certain, a lead or a date moves P80 by a whole number of days, exactly. Triangles: P80 of
triangular(low, mode, high) is high - sqrt(0.2 (high - low)(high - mode)). Statistical bounds are five standard errors
of a P80, sqrt(0.16 / n) / density: a false alarm in less than one in a million runs.
"""

from functools import partial
from math import pi, sin, sqrt

import pytest

from checked import program, survey
from riskmc.analysis.check import check
from riskmc.analysis.check.effects import Laboratory
from riskmc.analysis.check.registry import RULE
from riskmc.analysis.check.remedies import INHERENT, USUAL
from riskmc.errors import ProgramError
from riskmc.simulation.engine import simulate

N = 10_000
BELOW = 5 * sqrt(0.16 / N)  # five standard errors of a P80, times the density there


def days(rule, checked, iterations=N):
    """The effect of one rule, with its interval."""
    return next(finding.effect for finding in check(checked, iterations) if finding.rule == rule).finish_days


def p80(low, mode, high):
    return high - sqrt(0.2 * (high - low) * (high - mode))


def near(low, mode, high):
    """Five standard errors of the P80 of a triangle."""
    return BELOW / (2 * (high - p80(low, mode, high)) / ((high - low) * (high - mode)))


@pytest.mark.parametrize("rule, activities, words, moved", [
    ("lead", {"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a FS-4d"]}}, {}, 4),
    ("open-end", {"a": {"duration": "10d"}, "b": {"duration": "25d"}}, {"finish": "a"}, 15),
    ("dangling-finish",
     {"a": {"duration": "30d"}, "b": {"duration": "5d", "after": ["a SS"]}}, {"finish": "b"}, 25),
    ("hard-constraint",
     {"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"], "mandatory_start": "2027-01-08"}}, {}, -5),
    ("holding-date",
     {"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"], "start_no_earlier_than": "2027-02-13"}},
     {}, -30),
    ("certain-risk", {"a": {"duration": "10d"}},
     {"risks": {"r": {"probability": "100%", "impacts": [{"on": "p.a", "duration": "+ 7d"}]}}}, -7),
    ("out-of-sequence",
     {"a": {"duration": "10d"},
      "b": {"duration": "8d", "after": ["a"], "progress": {"started": "2027-01-04", "remaining": "6d"}}},
     {"data_date": "2027-01-06"}, -6),
])  # fmt: skip
def test_a_certain_program_moves_by_whole_days_exactly(rule, activities, words, moved):
    found = days(rule, program(activities, **words), 512)
    assert tuple(found) == (moved, moved, moved)


@pytest.mark.statistical
def test_long_lags_get_a_range_of_their_own():
    lagged = program({"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a FS+100d"]}})
    low, mode, high = (100 * share for share in USUAL)
    assert days("long-lag", lagged).value == pytest.approx(p80(low, mode, high) - 100, abs=near(low, mode, high))


@pytest.mark.statistical
def test_work_without_a_range_gets_the_usual_one():
    assert days("no-range", program({"a": {"duration": "100d"}})).value == pytest.approx(
        p80(90, 100, 130) - 100, abs=near(90, 100, 130)
    )


@pytest.mark.statistical
@pytest.mark.parametrize("words", [{}, {"ranges": [{"on": "all", "duration": "triangular(99% 100% 101%)"}]}])
def test_narrow_ranges_are_widened_where_they_are_written(words):
    size = "100d" if words else "triangular(99d 100d 101d)"
    moved = days("narrow-range", program({"a": {"duration": size}}, **words))
    assert moved.value == pytest.approx(p80(90, 100, 130) - p80(99, 100, 101), abs=near(90, 100, 130))


@pytest.mark.statistical
@pytest.mark.parametrize("words", [{}, {"ranges": [{"on": "all", "duration": "triangular(100% 100% 140%)"}]}])
def test_least_values_move_a_tenth_below_the_most_likely(words):
    size = "100d" if words else "triangular(100d 100d 140d)"
    moved = days("mode-at-low", program({"a": {"duration": size}}, **words))
    assert moved.value == pytest.approx(p80(90, 100, 140) - p80(100, 100, 140), abs=near(90, 100, 140))


@pytest.mark.statistical
@pytest.mark.parametrize("words", [{}, {"ranges": [{"on": "all", "duration": "triangular(90% 100% 190%)"}]}])
def test_wide_ranges_that_risks_strike_are_cut(words):
    seldom = {"probability": "0.001%", "impacts": [{"on": "p.a", "duration": "+ 1d"}]}
    size = "100d" if words else "triangular(90d 100d 190d)"
    checked = program({"a": {"duration": size}}, risks={"r": seldom}, **words)
    low, mode, high = (100 * share for share in INHERENT)
    expected = p80(low, mode, high) - p80(90, 100, 190)
    assert days("double-counting", checked).value == pytest.approx(expected, abs=near(90, 100, 190))


@pytest.mark.statistical
def test_low_and_high_read_as_percentiles_widen_a_uniform_by_a_quarter():
    """Uniform(80, 120): P80 is 112. With 80 and 120 at P10 and P90 it runs from 75 to 125, and P80 is 115."""
    moved = days("low-and-high", program({"a": {"duration": "uniform(80d 120d)"}}))
    assert moved.value == pytest.approx(3, abs=BELOW * 50)


@pytest.mark.statistical
def test_correlation_of_a_chain_of_normals_widens_it_as_the_variance_says():
    """Sixteen normal(100, 10) in a row: sd 40 where independent; r = 2 sin(pi 0.3 / 6) at Spearman 0.3."""
    count = 16
    work = {f"a{n}": {"duration": "normal(100d 10d)", "after": [f"a{n - 1}"] if n else []} for n in range(count)}
    correlation = [{"group": "p.*", "duration": 0.6}]
    found = check(program(work, correlations=correlation), N)
    spread = {rho: 40 * sqrt(1 + (count - 1) * 2 * sin(pi * rho / 6)) for rho in (0, 0.3, 0.6)}
    score = 0.841621  # P80 of the standard normal
    for rho, variant in found.correlations:
        error = BELOW * spread[0.6] / 0.2799619  # the density at that score
        assert variant.finish_days.value == pytest.approx(score * (spread[rho] - spread[0.6]), abs=error)
        assert variant.finish_days.low < variant.finish_days.value < variant.finish_days.high


def test_an_uncorrelated_chain_has_the_effect_of_correlation_0_3():
    work = {f"a{n}": {"duration": "triangular(9d 10d 14d)", "after": [f"a{n - 1}"] if n else []} for n in range(12)}
    found = check(program(work), 1_024)
    (chain,) = found.of("uncorrelated-chain")
    assert chain.effect.finish_days == dict(found.correlations)[0.3].finish_days
    assert chain.effect_days > 1


def test_correlations_of_occurrence_survive_correlation_zero():
    risks = {name: {"probability": "50%", "impacts": [{"on": "p.a", "duration": "+ 9d"}]} for name in ("r1", "r2")}
    work = {"a": {"duration": "uniform(9d 9.1d)"}, "b": {"duration": "uniform(1d 1.1d)"}}
    found = check(program(work, risks=risks, correlations=[{"group": "risks.*", "occurrence": 0.9}]), 1_024)
    assert dict(found.correlations)[0.0].finish_days.value == pytest.approx(0, abs=0.1)
    together = dict(found.correlations)[0.0].trials
    both = (together.finish_minutes > together.plan.finish + 17 * 1440).mean()
    assert both > 0.35  # 25% where independent


def test_a_rule_that_shares_one_size_is_taken_apart_at_correlation_zero():
    """Four activities in a row with one shared uniform(90%, 110%): P80 106% of the sum; drawn apart it is less."""
    work = {f"a{n}": {"duration": "100d", "after": [f"a{n - 1}"] if n else []} for n in range(4)}
    rule = {"on": "p.*", "duration": "uniform(90% 110%)", "sizes": "same"}
    zero = dict(check(program(work, ranges=[rule]), N).correlations)[0.0].finish_days
    # sd 4 x 100 x 0.2 / sqrt(12) / sqrt(4) = 11.5 d, close to normal: P80 about 9.7 d above 400 d instead of 24 d
    assert zero.value == pytest.approx(9.7 - 24, abs=1.5)


def test_constraints_that_bind_are_told_by_themselves_too():
    """a 10 d, b 5 d, c 10 d, d 5 d in a row end on day 30. b held at day 8 instead of 10 ends it on day 28; d held at
    day 20 instead of 25 on day 25, whatever b does.
    """
    chain = {
        "a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"], "mandatory_start": "2027-01-12"},
        "c": {"duration": "10d", "after": ["b"]},
        "d": {"duration": "5d", "after": ["c"], "mandatory_start": "2027-01-24"},
    }  # fmt: skip
    for size in ("5d", "uniform(5d 5.001d)"):
        held = check(program({**chain, "e": {"duration": size}}), 256).of("hard-constraint")
        assert [(found.place, round(found.value, 2)) for found in held] == [("p.d", 5.0), ("p.b", 2.0)]
        assert [round(found.alone.finish_days.value, 2) for found in held] == [-5.0, -2.0]
        assert {found.effect_days for found in held} == {-5.0}


def test_only_the_few_findings_that_matter_most_are_run_by_themselves():
    """Five dates on parallel work, the later the more they hold; the last decides, the others are absorbed."""
    work = {
        f"a{n}": {"duration": "triangular(4d 5d 6d)", "start_no_earlier_than": f"2027-0{n + 2}-01"} for n in range(5)
    }
    held = check(program(work), 256).of("holding-date")
    told = {found.place: found.alone for found in held if found.alone is not None}
    assert len(held) == 5
    assert len(told) == 3
    assert told["p.a4"].finish_days.value == pytest.approx(-31, abs=0.5)  # a3 holds to 1 May instead of 1 June


def test_a_finding_without_others_of_its_rule_has_the_effect_of_the_rule_alone():
    work = {"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"], "start_no_earlier_than": "2027-02-13"}}
    (held,) = check(program(work), 256).of("holding-date")
    assert held.alone == held.effect


def test_where_nothing_is_random_constraints_as_planned_need_no_run():
    held = program({"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a"], "finish_on": "2027-02-01"}})
    (found,) = check(held, 256).of("hard-constraint")
    planned = simulate(held, 1, constraints="as-planned").finish_minutes[0]
    assert found.effect_days == (planned - simulate(held, 1).finish_minutes[0]) / 1440


def test_one_effect_stands_for_all_findings_of_its_rule():
    two = program(
        {
            "a": {"duration": "9d"},
            "b": {"duration": "9d", "after": ["a FS-1d"]},
            "c": {"duration": "9d", "after": ["b FS-2d"]},
        }
    )
    leads = check(two, 256).of("lead")
    assert [(lead.effect.findings, lead.effect_days) for lead in leads] == [(2, 3.0), (2, 3.0)]


def test_a_rule_without_a_remedy_has_no_effect():
    found = check(program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FF"]}}), 256)
    (dangling,) = found.of("dangling-start")
    assert dangling.effect is None
    assert dangling.effect_days is None


def test_the_cost_of_a_change_is_told_too():
    paid = {"a": {"duration": "10d", "cost": {"per_day": "1k"}}}
    risk = {"probability": "100%", "impacts": [{"on": "p.a", "duration": "+ 7d"}]}
    (certain,) = check(program(paid, risks={"r": risk}), 256).of("certain-risk")
    assert tuple(certain.effect.cost) == (-7_000, -7_000, -7_000)


def test_activities_of_responses_are_left_as_they_are():
    """A response adds its activity anew in every run: its lead of 2 days stays, the one of 4 days goes."""
    study = {"duration": "5d", "after": ["a FS-2d"], "before": ["c"]}
    work = {
        "a": {"duration": "10d"},
        "b": {"duration": "5d", "after": ["a FS-4d"]},
        "c": {"duration": "5d", "after": ["b"]},
    }
    checked = program(work, responses={"r": {"status": "approved", "activities": {"study": study}}})
    leads = check(checked, 256).of("lead")
    assert {lead.place for lead in leads} == {"p.b", "p.study"}
    # study ends on day 13, b on day 11 with its lead and on day 15 without it
    assert leads[0].effect_days == 2


def test_a_change_that_makes_no_program_leaves_its_effect_out():
    checked = program({"a": {"duration": "10d"}, "b": {"duration": "5d", "after": ["a FS-4d"]}})
    looked_at = survey(checked)

    def refused(*_, **__):
        raise ProgramError.at("p.b", "cannot be")

    effects, correlations = Laboratory(looked_at, refused).results(list(RULE["lead"].find(looked_at)))
    assert (effects, correlations) == ({}, [])
    effects, _ = Laboratory(looked_at, partial(simulate, iterations=256)).results(list(RULE["lead"].find(looked_at)))
    assert effects["lead"].finish_days.value == 4
