"""The door to the engine: the same seed the same bits, whatever the threads, the blocks, or the order of the file."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from scipy import stats

import riskmc as rm
from riskmc.forecast import Forecast
from riskmc.io import program_file
from riskmc.network.compiling import Settings, compile_network
from riskmc.reports.records.forecast import dumps
from riskmc.simulation.montecarlo import run

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    """The ferry's program in the words of its file: every kind of uncertainty of the Monte Carlo engine."""
    return yaml.load(FERRY.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def ferry() -> rm.Trials:
    return rm.simulate(FERRY, iterations=1_000)


def bits(trials: rm.Trials) -> str:
    """Return a digest of everything kept in every iteration, and of the sums over them."""
    digest = hashlib.sha256()
    for kept in (trials.project_finish, trials.project_cost, trials.milestone_finish):
        for name in sorted(kept):
            digest.update(kept[name].tobytes())
    told = trials.statistics
    for array in (trials.finish_minutes, trials.cost_cents, told.criticality, told.mean_start, told.mean_finish):
        digest.update(array.tobytes())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes_for_one_and_two_threads(ferry: rm.Trials):
    one, two = (rm.simulate(FERRY, iterations=1_000, threads=threads) for threads in (1, 2))
    assert bits(one) == bits(two) == bits(ferry)
    assert dumps(one) == dumps(two)


def test_another_seed_gives_other_iterations(ferry: rm.Trials):
    other = rm.simulate(FERRY, iterations=1_000, seed=2)
    assert (other.finish_minutes != ferry.finish_minutes).mean() > 0.9


@pytest.mark.parametrize("part", [range(500, 1000), range(256, 512), range(700, 701), range(0, 3)])
def test_iterations_computed_on_their_own_are_those_of_the_longer_run(ferry: rm.Trials, part: range):
    alone = rm.simulate(FERRY, iterations=part)
    chosen = slice(part.start, part.stop)
    np.testing.assert_array_equal(alone.finish_minutes, ferry.finish_minutes[chosen])
    np.testing.assert_array_equal(alone.cost_cents, ferry.cost_cents[chosen])
    for name, finishes in alone.milestone_finish.items():
        np.testing.assert_array_equal(finishes, ferry.milestone_finish[name][chosen])


def test_parts_of_the_program_add_up_to_the_cent(ferry: rm.Trials):
    """Costs that hang on no project are the rest; it cannot be negative, and it is the same in every split (C2)."""
    rest = ferry.cost_cents - sum(ferry.project_cost.values())
    assert (rest >= 0).all()


def test_a_risk_that_cannot_occur_changes_nothing(words: dict[str, Any], ferry: rm.Trials):
    risk = {"probability": "0%", "impacts": [{"on": "shore.*", "duration": "x 300%"}]}
    program = rm.Program(**{**words, "risks": {"never": risk, **words["risks"]}})
    trials = rm.simulate(program, iterations=1_000)
    np.testing.assert_array_equal(trials.finish_minutes, ferry.finish_minutes)
    np.testing.assert_array_equal(trials.cost_cents, ferry.cost_cents)
    assert trials.occurred["never"] == 0.0


def test_a_display_name_changes_nothing(words: dict[str, Any], ferry: rm.Trials):
    projects = {name: {**project, "name": f"Renamed {name}"} for name, project in words["projects"].items()}
    risks = {name: {**risk, "name": "Something else", "owner": "Someone"} for name, risk in words["risks"].items()}
    trials = rm.simulate(rm.Program(**{**words, "projects": projects, "risks": risks}), iterations=1_000)
    assert bits(trials) == bits(ferry)
    assert trials.program.hash() == ferry.program.hash()


def test_the_order_of_the_file_changes_nothing_but_that_of_ranges(words: dict[str, Any], ferry: rm.Trials):
    turned = {key: value if key == "ranges" else turn(value) for key, value in reversed(words.items())}
    trials = rm.simulate(rm.Program(**turned), iterations=1_000)
    np.testing.assert_array_equal(trials.finish_minutes, ferry.finish_minutes)
    np.testing.assert_array_equal(trials.cost_cents, ferry.cost_cents)
    assert trials.occurred == ferry.occurred


def turn(value: Any) -> Any:
    """Return a section with its entries the other way round, activities included."""
    if isinstance(value, dict):
        return {
            key: turn(part) if key in ("activities",) or isinstance(part, dict) else part
            for key, part in reversed(value.items())
        }
    return value


def test_a_scenario_moves_only_what_it_changes(words: dict[str, Any]):
    """Draws are paired: a longer opening phase moves every iteration by it, and nothing upstream (R5)."""
    base = rm.simulate(FERRY, iterations=300)
    program = rm.read(FERRY)
    activity = next(path for path in program.activities() if path.startswith("service."))
    trials = rm.simulate(program.scenario(rm.Scenario(set={f"{activity}.duration": "60d"})), iterations=300)
    for project in ("vessel", "shore"):
        np.testing.assert_array_equal(trials.project_finish[project], base.project_finish[project])


def test_renamed_items_keep_their_draws(words: dict[str, Any], ferry: rm.Trials):
    """A new identifier draws anew, unless `renamed` says what it was called."""
    text = yaml.dump(words, sort_keys=False)
    for old, new in (("sea_trials", "trials_at_sea"), ("dredging", "deepening")):
        text = text.replace(old, new)
    renamed = yaml.load(text, Loader=yaml.BaseLoader)
    anew = rm.simulate(rm.Program(**renamed), iterations=300)
    assert (anew.finish_minutes != ferry.finish_minutes[:300]).any()
    kept = {"sea_trials": "vessel.trials_at_sea", "shore.dredging": "deepening"}
    same = rm.simulate(rm.Program(**{**renamed, "renamed": kept}), iterations=300)
    np.testing.assert_array_equal(same.finish_minutes, ferry.finish_minutes[:300])
    np.testing.assert_array_equal(same.cost_cents, ferry.cost_cents[:300])


def with_guid(program: rm.Program, project: str, old: str, new: str) -> rm.Program:
    """Return the program with one activity under the identifier ``new`` and a GUID of its own; links follow."""
    words = yaml.load(program_file.dumps(program), Loader=yaml.BaseLoader)
    text = yaml.dump(words, sort_keys=False).replace(old, new)
    found = yaml.load(text, Loader=yaml.BaseLoader)
    found["projects"][project]["activities"][new]["guid"] = "WBdy5G1lXUuAkXxcEbkCug"
    return rm.Program(**found)


def test_an_activity_with_a_guid_keeps_its_draws_whatever_its_code_is(words: dict[str, Any]):
    """Its own range, and a driver that names it: next month's plan calls it otherwise, and no number moves."""
    program = rm.read(FERRY)
    runs = [
        rm.simulate(with_guid(program, "vessel", "sea_trials", new), iterations=300) for new in ("sea_trials", "A1010")
    ]
    np.testing.assert_array_equal(runs[0].finish_minutes, runs[1].finish_minutes)
    np.testing.assert_array_equal(runs[0].cost_cents, runs[1].cost_cents)
    plain = rm.simulate(program, iterations=300)
    assert (plain.finish_minutes != runs[0].finish_minutes).any()


def test_two_activities_with_one_guid_are_refused():
    found = with_guid(rm.read(FERRY), "vessel", "sea_trials", "sea_trials")
    activities = dict(found.projects["vessel"].activities)
    other = next(name for name in activities if name != "sea_trials")
    activities[other] = activities[other].but(guid="WBdy5G1lXUuAkXxcEbkCug")
    vessel = found.projects["vessel"].but(activities=activities)
    with pytest.raises(rm.ProgramError, match="too, and the two would share draws"):
        rm.simulate(found.but(projects={**found.projects, "vessel": vessel}), iterations=2)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"iterations": 0}, "at least one"),
        ({"iterations": range(0, 10, 2)}, "without gaps"),
        ({"engine": "discret-event"}, "engine is one of"),
        ({"mitigation": "after"}, "mitigation is one of pre, current, post"),
        ({"constraints": "as_planned"}, "did you mean 'as-planned'"),
        ({"default_range": "triangular(9d 10d 13d)"}, "shares of the plan"),
        ({"ignore": ["resource"]}, "did you mean 'resources'"),
        ({"seed": -1}, "a seed is a whole number"),
        ({"threads": 0}, "threads"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_is_allowed(asked: dict[str, Any], text: str):
    with pytest.raises(rm.ArgumentError, match=text):
        rm.simulate(FERRY, **{"iterations": 10, **asked})


def chain(**more: Any) -> rm.Program:
    """Return a program of one activity of 100 h or more, uniform, on the 24-hour calendar."""
    activities = {"work": {"duration": "uniform(100h 200h)"}, "end": {"milestone": True, "after": ["work"]}}
    words = {"program": "One", "start": "2027-01-04", "calendar": "24h", "projects": {"p": {"activities": activities}}}
    return rm.Program(**{**words, **more})


@pytest.mark.statistical
@pytest.mark.parametrize("level", [0.50, 0.80, 0.95])
def test_the_95_percent_interval_covers_the_true_percentile_as_often_as_it_says(level: float):
    """1,000 seeds of 400 iterations against the known percentile of a uniform; false alarm one in a million.

    The interval is discrete and covers a little more than 95% by construction; the bound takes the exact coverage of
    the binomial ranks.
    """
    network = compile_network(chain(), Settings())
    start = network.axis.minute(datetime(2027, 1, 4))
    truth, covered = start + 6_000 + level * 6_000, 0
    for seed in range(1_000):
        finishes = run(network, seed, range(400), threads=1).finishes[0]
        low, high = Forecast("Finish", finishes.astype(float), "minutes").quantile_interval(level)
        covered += int(low <= truth <= high)
    assert stats.binomtest(covered, 1_000, exact_coverage(400, level)).pvalue > 1e-6


def exact_coverage(n: int, level: float) -> float:
    """Return the coverage of the narrowest ranks that bound a percentile with at least 2.5% on either side."""
    law = stats.binom(n, level)
    low = max(r for r in range(n) if law.cdf(r - 1) <= 0.025)
    high = min(r for r in range(n + 1) if law.sf(r - 1) <= 0.025)
    return float(law.cdf(high - 1) - law.cdf(low - 1))


def test_a_condition_on_a_date_does_not_carry_from_block_to_block():
    """Whether work exists is decided anew in every iteration, also where only dates decide it (N7, R1)."""
    activities = {
        "dig": {"duration": "uniform(5d 15d)"},
        "late": {"duration": "30d", "after": ["dig"], "when": "dig finish > 2027-01-15"},
    }
    program = rm.Program(program="Late", start="2027-01-04", projects={"p": {"activities": activities}})
    whole, part = rm.simulate(program, iterations=2_000), rm.simulate(program, iterations=range(1_024, 2_000))
    np.testing.assert_array_equal(whole.finish_minutes[1_024:], part.finish_minutes)
    late = whole.finish_minutes > np.datetime64("2027-02-01", "m").astype(int)
    assert 0.3 < late[1_024:].mean() < 0.7


def test_a_program_with_nothing_random_is_a_plan_not_a_forecast():
    activities = {"work": {"duration": "10d", "cost": "5k"}}
    program = rm.Program(program="Plan", start="2027-01-04", projects={"p": {"activities": activities}})
    trials = rm.simulate(program, iterations=10)
    assert not trials.random
    assert len(set(trials.finish_minutes.tolist())) == 1
    assert trials.plan.finish == trials.finish_minutes[0]
    assert trials.plan.cost_cents == 500_000


def test_dates_beyond_the_first_horizon_are_computed_all_the_same():
    """Ten years of calendar are not enough for sixty; the calendars are made longer and the run is done again."""
    activities = {"work": {"duration": "uniform(50y 60y)"}}
    program = rm.Program(program="Long", start="2027-01-04", projects={"p": {"activities": activities}})
    trials = rm.simulate(program, iterations=50)
    assert trials.finish().quantile(0.5).year in range(2076, 2090)


def doubtful(**activities: str) -> rm.Trials:
    words = {name: {"duration": duration} for name, duration in activities.items()}
    return rm.simulate(rm.Program(program="X", start="2027-01-04", projects={"k": {"activities": words}}), 2_000)


def test_durations_below_zero_are_noted_with_the_activities_and_the_worst() -> None:
    (note,) = doubtful(a="normal(3d 1d)", b="normal(3d 6d)", c="uniform(3d 6d)", d="normal(3d 2d)").notes
    found = re.fullmatch(
        r"(.*)% of the sampled durations came out below zero and were raised to one minute: 3 activities, most often "
        r"k\.b \((.*)% of its own\)",
        note,
    )
    assert found is not None
    # false alarm below 1e-6: five standard errors of the normal law's shares in 2,000 iterations
    chance = stats.norm.cdf([-3 / 1, -3 / 6, -3 / 2])
    worst, of_all = chance[1], chance.sum() / 4
    assert abs(float(found[2]) / 100 - worst) < 5 * np.sqrt(worst * (1 - worst) / 2_000)
    assert abs(float(found[1]) / 100 - of_all) < 5 * np.sqrt((chance * (1 - chance)).sum() / 2_000) / 4


def test_the_one_activity_below_zero_is_named_alone() -> None:
    (note,) = doubtful(a="normal(3d 3d)", c="uniform(3d 6d)").notes
    assert "one minute: all of k.a (" in note
    assert doubtful(c="uniform(3d 6d)").notes == ()


def test_a_default_range_that_reaches_nothing_says_so() -> None:
    words = {"a": {"duration": "uniform(3d 6d)"}, "m": {"milestone": True, "after": ["a"]}}
    program = rm.Program(program="X", start="2027-01-04", projects={"k": {"activities": words}})
    (note,) = rm.simulate(program, 100, default_range="uniform(90% 120%)").notes
    assert note.startswith("the default range (--range) applies to no activity")
