"""Retuned runs: other chances, factors and responses, to the bits of the program compiled anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import random_programs
import riskmc as rm
from riskmc.simulation import retuned_runs
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.retuned_runs import Numbers, RetunedRuns
from riskmc.simulation.stored_draws import StoredDraws

WORDS = {
    "program": "Canal",
    "start": "2027-01-04",
    "projects": {
        "p": {
            "activities": {
                "dig": {"duration": "pert(10d 20d 45d)", "cost": {"fixed": "uniform(900 1500)", "per_day": "10"}},
                "lay": {"duration": "triangular(10d 15d 30d)", "cost": {"per_day": "70"}, "after": ["dig"]},
                "drain": {"duration": "30d", "when": "risk leak"},
                "open": {"milestone": "true", "after": ["lay", "drain"]},
            }
        }
    },
    "drivers": {"crew": {"on": ["p.*"], "duration": "x triangular(90% 100% 130%)"}},
    "risks": {
        "rain": {"probability": "40%", "impacts": [{"on": "p.dig", "duration": "+ uniform(5d 20d)", "cost": "+ 900"}]},
        "strike": {"probability": "30%", "given": {"rain": "70%"}, "impacts": [{"on": "p.lay", "duration": "x 150%"}]},
        "leak": {"probability": "100%", "impacts": [{"on": "p.lay", "duration": "+ 4d"}]},
        "quake": {"probability": "0%", "impacts": [{"on": "p.lay", "duration": "+ 40d"}]},
    },
    "responses": {
        "pumps": {"status": "proposed", "cost": "uniform(50 90)", "acts_on": {"rain": {"probability": "10%"}}},
        "tents": {"status": "approved", "cost": "70", "works": "60%", "acts_on": {"rain": {"duration": "x 30%"}}},
        "road": {
            "status": "proposed",
            "cost": "400",
            "activities": {"pave": {"duration": "9d", "cost": "40", "before": ["p.dig"]}},
            "secondary": ["risks.strike"],
        },
    },
}
STATES = {
    "as it stands": ({}, {}, {"tents"}),
    "less likely": ({"rain": 0.05}, {}, {"tents"}),
    "a condition of another": ({"strike": 0.9}, {}, {"road"}),
    "impossible": ({"rain": 0.0, "leak": 0.0}, {}, {"tents"}),
    "certain": ({"rain": 1.0}, {}, {"tents"}),
    "certain no more": ({"leak": 0.25}, {}, {"tents"}),
    "possible after all": ({"quake": 0.5}, {}, {"tents"}),
    "faster and slower": ({}, {"a": 0.5, "b": 1.37}, {"tents"}),
    "no responses": ({}, {}, set()),
    "other responses": ({"rain": 0.6}, {"b": 2.0}, {"pumps"}),
    "a response with work": ({"rain": 0.6}, {"a": 0.9}, {"pumps", "road"}),
    "all of them": ({"rain": 0.33, "strike": 0.1}, {"a": 0.8, "b": 0.7}, {"pumps", "road", "tents"}),
}
DRIVERS = {"a": ("p.dig",), "b": ("p.*",)}


def percent(share: float) -> str:
    return f"{round(100 * share, 6):g}%"


def open_responses(program: rm.Program) -> frozenset[str]:
    return frozenset(name for name, response in program.responses.items() if response.status != "done")


def runs(trials: rm.Trials) -> RetunedRuns:
    drivers = {name: rm.Driver(on=on, duration="100%") for name, on in DRIVERS.items()}
    return RetunedRuns(trials.again(), drivers, open_responses(trials.again().program))


def anew(trials: rm.Trials, chances, factors, bought, drivers=DRIVERS) -> rm.Trials:
    """Return the trials of the program changed by a scenario and compiled anew."""
    program = trials.again().program
    added = {name: {"on": list(drivers[name]), "duration": percent(factor)} for name, factor in factors.items()}
    scenario = rm.Scenario(
        add={"drivers": added},
        set={f"risks.{name}.probability": percent(chance) for name, chance in chances.items()},
        approve=sorted(bought),
        withdraw=sorted(name for name in open_responses(program) if name not in bought),
    )
    return simulate_like(trials, program.scenario(scenario))


def assert_same(found, trials: rm.Trials) -> None:
    assert np.array_equal(found.finish_minutes, trials.finish_minutes)
    assert np.array_equal(found.cost_cents, trials.cost_cents)


@pytest.mark.parametrize("sampling", ("montecarlo", "lhs"))
def test_every_state_has_the_bits_of_the_program_compiled_anew_whatever_was_asked_before(sampling):
    trials = rm.simulate(rm.Program(**WORDS), 600, sampling=sampling)
    tuned = runs(trials)
    outcomes = {}
    for _ in range(2):  # the second time with what the first has kept
        for name, (chances, factors, bought) in STATES.items():
            found = outcomes[name] = tuned.outcome(Numbers(chances, factors, frozenset(bought)), 600)
            assert_same(found, anew(trials, chances, factors, bought))
    assert_same(outcomes["as it stands"], trials)
    finishes = {name: found.finish_minutes.tobytes() for name, found in outcomes.items()}
    assert len(set(finishes.values())) == len(STATES)


def test_fewer_iterations_are_the_first_of_more_in_whatever_order_they_are_asked_for():
    trials = rm.simulate(rm.Program(**WORDS), 600)
    numbers = Numbers({"rain": 0.2}, {"a": 0.7}, frozenset({"pumps"}))
    tuned, most = runs(trials), runs(trials).outcome(numbers, 1900)
    for n in (300, 600, 300, 1500, 300, 1900, 600):
        found = tuned.outcome(numbers, n)
        assert np.array_equal(found.finish_minutes, most.finish_minutes[:n])
        assert np.array_equal(found.cost_cents, most.cost_cents[:n])


def test_a_program_is_compiled_once_for_all_chances_and_factors(monkeypatch):
    tuned, compiled = runs(rm.simulate(rm.Program(**WORDS), 300)), []
    original = retuned_runs.stretched
    monkeypatch.setattr(retuned_runs, "stretched", lambda *said: compiled.append(said) or original(*said))
    for chance in (0.1, 0.5, 0.9):
        for bought in (set(), {"pumps"}, {"pumps", "tents"}):
            tuned.outcome(Numbers({"rain": chance, "strike": 1 - chance}, {"a": 2 * chance}, frozenset(bought)), 300)
    assert len(compiled) == 1
    tuned.outcome(Numbers({}, {}, frozenset({"road"})), 300)  # brings work of its own
    tuned.outcome(Numbers({"rain": 0.2}, {}, frozenset({"road"})), 300)
    assert len(compiled) == 2


def test_what_is_drawn_once_is_not_drawn_again_and_too_much_is_not_kept(monkeypatch):
    trials = rm.simulate(rm.Program(**WORDS), 600)
    numbers = [Numbers({"rain": chance}, {}, frozenset()) for chance in (0.1, 0.2)]
    tuned = runs(trials)
    kept = [tuned.outcome(one, 600) for one in numbers]
    (store,) = tuned._kept.values()
    assert sorted(store.blocks) == [0, 1, 2]
    monkeypatch.setattr(StoredDraws, "hold", lambda *_: False)
    free = runs(trials)
    for one, before in zip(numbers, kept, strict=True):
        found = free.outcome(one, 600)
        assert np.array_equal(found.finish_minutes, before.finish_minutes)
    assert all(not store.blocks for store in free._kept.values())


def test_dates_beyond_the_calendars_of_the_program_as_it_stands_are_found_too():
    words = {**WORDS, "projects": {"p": {"activities": {"dig": {"duration": "triangular(200d 250d 300d)"}}}}}
    words = {key: said for key, said in words.items() if key in ("program", "start", "projects")}
    trials = rm.simulate(rm.Program(**words), 300)
    tuned = RetunedRuns(trials.again(), {"a": rm.Driver(on=["p.dig"], duration="100%")}, frozenset())
    tuned.outcome(Numbers({}, {}, frozenset()), 300)
    found = tuned.outcome(Numbers({}, {"a": 60.0}, frozenset()), 300)
    assert_same(found, anew(trials, {}, {"a": 60.0}, (), {"a": ("p.dig",)}))


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(random_programs.programs(), random_programs.programs_in_progress()),
    st.lists(
        st.tuples(st.sampled_from((0.0, 0.05, 0.5, 1.0)), st.sampled_from((0.5, 1.0, 1.3))), min_size=3, max_size=3
    ),
)
def test_random_programs_have_the_bits_of_the_program_compiled_anew(words, states):
    trials = rm.simulate(rm.Program(**words), 40)
    program = trials.again().program
    risks = [name for name, risk in program.risks.items() if risk.status == "open" and risk.probability is not None]
    paths = [task.path for task in trials.again().network.tasks if task.samples][:2]
    drivers = {f"w{number}": (f'"{path}"',) for number, path in enumerate(paths)}
    nouns = {name: rm.Driver(on=on, duration="100%") for name, on in drivers.items()}
    tuned = RetunedRuns(trials.again(), nouns, open_responses(program))
    for chance, factor in states:
        chances, factors = dict.fromkeys(risks[::2], chance), dict.fromkeys(drivers, factor)
        bought = open_responses(program) if factor > 1 else frozenset()
        assert_same(
            tuned.outcome(Numbers(chances, factors, bought), 40), anew(trials, chances, factors, bought, drivers)
        )
