"""Trials answer for the program, its projects, milestones and targets, and say what made them."""

from datetime import datetime

import numpy as np
import pytest

import fabricated
import riskmc
from riskmc.errors import ArgumentError
from riskmc.forecast.instant import minutes_of


def test_finish_and_cost_are_forecasts_of_the_program():
    trials = fabricated.trials()
    assert trials.finish().label == "Harbour Tunnel finish"
    assert minutes_of(trials.finish().quantile(0.5)) == np.sort(trials.finish_minutes)[999]
    assert trials.cost().unit == "EUR"
    assert trials.cost().samples.sum() * 100 == pytest.approx(trials.cost_cents.sum())


@pytest.mark.parametrize("at", ["build.open", "open", "Open to public", "Commitment"])
def test_a_milestone_is_found_by_path_by_name_of_its_own_and_by_target(at):
    trials = fabricated.trials()
    assert np.array_equal(trials.finish(at).samples, trials.milestone_finish["build.open"])
    assert trials.finish(at).label == "Open to public finish"


def test_projects_have_finish_and_cost_of_their_own():
    trials = fabricated.trials()
    assert trials.finish("design").label == "Detailed design finish"
    assert np.array_equal(trials.finish("design").samples, trials.project_finish["design"])
    parts = trials.cost("design").samples + trials.cost("build").samples
    assert parts == pytest.approx(trials.cost().samples)


def test_forecasts_know_what_was_promised():
    trials = fabricated.trials()
    assert trials.finish().target == trials.finish("build.open").target == minutes_of(datetime(2030, 7, 1))
    assert trials.cost().target == 420e6
    assert trials.finish("build").target is None


def test_an_unknown_place_is_refused_with_the_nearest_known():
    trials = fabricated.trials()
    with pytest.raises(ArgumentError, match=r"'build\.opens'"):
        trials.finish("build.opens")
    with pytest.raises(ArgumentError, match="did you mean 'design'"):
        trials.cost("desing")


def test_dates_that_are_not_kept_say_how_to_keep_them():
    with pytest.raises(ArgumentError, match="make it a milestone, or name it in a target"):
        fabricated.trials().finish("build.dig")


def test_statistics_are_made_on_request_and_once():
    calls = []
    noun = fabricated.program()
    trials = fabricated.trials(program=noun, recompute=lambda: calls.append(1) or fabricated.statistics(noun))
    assert not calls
    trials.activities()
    trials.activities()
    assert calls == [1]


def test_activities_stand_in_the_order_of_the_program():
    frame = fabricated.trials().activities()
    assert list(frame.index) == ["design.survey", "design.permits", "build.dig", "build.line", "build.open"]
    assert list(frame.columns) == [
        "project",
        "name",
        "criticality",
        "mean_start",
        "mean_finish",
        "mean_duration_days",
        "total_float_days",
    ]
    assert frame.loc["build.open", "mean_finish"] == datetime(2030, 2, 15, 17)
    assert frame["mean_finish"].isna().tolist() == [True, False, False, False, False]
    assert frame.loc["build.dig", "name"] == "build.dig"


def test_samples_cannot_be_changed_behind_the_trials():
    trials = fabricated.trials()
    for array in (trials.finish_minutes, trials.cost_cents, trials.project_finish["build"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_repr_says_finish_and_cost_in_one_line():
    assert repr(fabricated.trials()) == (
        "<Trials 'Harbour Tunnel': finish P50 5 Sep 2030, P80 12 Oct 2030 (±2 d), Target 30 Jun 2030 (14%); "
        "cost P50 EUR 434M, P80 EUR 446M (±844k), Target EUR 420M (20%)"
        f"  (2,000 iterations · seed 1 · program {fabricated.program().hash()})>"
    )


def test_repr_of_a_plan_says_that_it_is_no_forecast():
    assert repr(fabricated.certain()) == (
        "<Trials 'Harbour Tunnel': finish 15 Feb 2030, cost EUR 370M; this is a plan, not a forecast>"
    )


def test_card_says_finish_and_cost_and_what_made_them():
    html = fabricated.trials()._repr_html_()
    for told in ("Harbour Tunnel", "Finish P50", "Cost P50", "2,000 iterations", "seed 1", fabricated.program().hash()):
        assert told in html
    assert "this is a plan, not a forecast" in fabricated.certain()._repr_html_()


STARTS = {
    "begin": {"milestone": "start"},
    "award": {"milestone": "start", "start_no_earlier_than": "2027-03-01"},
    "ready": {"milestone": True},
    "dig": {"duration": "uniform(5d 9d)", "after": ["begin"]},
    "done": {"milestone": True, "after": ["dig"]},
}


def begun(**more):
    projects = {"k": {"activities": STARTS}}
    return riskmc.simulate(riskmc.Program(program="X", start="2027-01-04", projects=projects, **more), 100)


@pytest.mark.parametrize(
    "place, day", [("k.begin", "4 Jan 2027"), ("k.ready", "4 Jan 2027"), ("k.award", "1 Mar 2027")]
)
def test_what_lasts_nothing_at_a_start_is_not_told_a_day_early(place, day):
    trials = begun()
    assert trials.finish(place).text(trials.finish(place).quantile(0.80)) == day
    assert trials.day(trials.plan.milestone_finish[place], place) == day


def test_nothing_unfinished_is_told_before_the_data_date():
    trials = begun(data_date="2027-02-01")
    assert trials.finish("k.ready").text(trials.finish("k.ready").quantile(0.80)) == "1 Feb 2027"


def test_what_is_finished_keeps_its_last_day():
    progress = {"started": "2027-01-04", "finished": "2027-01-15"}
    activities = {"a": {"duration": "10d", "progress": progress}, "b": {"duration": "uniform(5d 9d)", "after": ["a"]}}
    projects = {"k": {"activities": activities}, "l": {"activities": {"c": {"duration": "5d", "progress": progress}}}}
    program = riskmc.Program(program="X", start="2027-01-04", data_date="2027-02-01", projects=projects)
    trials = riskmc.simulate(program, 100)
    assert trials.day(trials.plan.activity_finish["k.a"], "k.a") == "15 Jan 2027"
    assert trials.finish("l").text(trials.finish("l").quantile(0.50)) == "15 Jan 2027"


def test_the_cost_of_no_project_completes_the_sum_of_the_projects():
    projects = {"k": {"activities": {"a": {"duration": "uniform(5d 9d)", "cost": {"per_day": "1k"}}}}}
    costs = {"office": {"fixed": "uniform(1k 2k)"}}
    program = riskmc.Program(program="X", start="2027-01-04", projects=projects, costs=costs)
    trials = riskmc.simulate(program, 100)
    unassigned = trials.unassigned_cost()
    cents = np.rint(unassigned.samples * 100).astype(np.int64)
    assert np.array_equal(cents + trials.project_cost["k"], trials.cost_cents)
    assert 1_000 <= unassigned.quantile(0.10) < unassigned.quantile(0.90) <= 2_000
    assert trials.unassigned_plan_cents == 150_000
    assert riskmc.simulate(program.but(costs={}), 100).unassigned_cost() is None
