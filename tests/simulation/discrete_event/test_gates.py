"""Quality gates: closed forms first, then every rule by hand, then what must not depend on anything else."""

import numpy as np
import pytest

import riskmc as rm
from arriving import DAY, only, program, told
from published import assert_mean, assert_variance
from reworking import reworking
from riskmc.errors import ProgramError
from riskmc.network.compiling import Settings, compile_network
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock

N = 100_000
MONDAY = np.datetime64("2027-01-04", "m").astype(np.int64)
FAILS_ONCE = {"fail": "100%", "redo": "100%", "at_most": 1}


def days(one, iterations=256, **options):
    """Return the finish of every iteration in days of 24 hours from the start."""
    return (rm.simulate(one, iterations, **options).finish_minutes - MONDAY) / DAY


def events(one, *kinds, iteration=0, **options):
    """Return what happened in one iteration: the day, the kind, the activity by number, the value."""
    log = told(one, 256, **options)[iteration]
    return [(minute / DAY, kind, entity, value) for minute, kind, entity, value in only(log, *kinds)]


def work_and_test(**gate):
    """Return two activities, work of 5 and a test of 2 days that sends both back."""
    gate = FAILS_ONCE | {"of": ["work", "test"]} | gate
    return {"work": {"duration": "5d"}, "test": {"duration": "2d", "after": ["work"], "quality_gate": gate}}


# ---- closed forms; false alarm one in a million


def test_a_certain_duration_with_redos_has_its_exact_mean_and_spread():
    """d = 10, p = 0.3, redo 0.5: 10 + 5 p / (1 - p), and 5 sqrt(p) / (1 - p) (Pritsker 1966)."""
    gate = {"fail": "30%", "redo": "50%", "at_most": 1000}
    found = days(program({"a": {"duration": "10d", "quality_gate": gate}}), N)
    assert_mean(found, 12.142857, 1e-6)
    assert_variance(found, 3.912304**2, 1e-5)


def test_a_chance_that_fades_from_pass_to_pass_has_its_exact_mean():
    """p_k = 0.3 x 0.5^(k - 1): 10 + 5 (p_1 + p_1 p_2 + ...)."""
    gate = {"fail": {"first": "30%", "factor": "50%"}, "redo": "50%", "at_most": 1000}
    assert_mean(days(program({"a": {"duration": "10d", "quality_gate": gate}}), N), 11.742520, 1e-6)


def test_work_and_test_drawn_anew_are_a_self_loop_of_exponentials():
    """Work exponential of mean 5 and test of mean 2, failing with 0.25: mean 7 / 0.75 (GERT, Pritsker 1966)."""
    words = work_and_test(fail="25%", at_most=1000, work="redrawn")
    words["work"]["duration"], words["test"]["duration"] = "exponential(5d)", "exponential(2d)"
    found = days(program(words), N)
    assert_mean(found, 9.333333, 1e-3)  # work takes at least a minute
    assert_variance(found, 7.774603**2, 0.02)


@pytest.mark.parametrize("at_most", [1, 2, 5])
def test_a_limited_number_of_redos_has_its_exact_mean_and_share_of_waivers(at_most):
    """p = 0.6: 10 + 5 (p + ... + p^m); one failure more than m, with p^(m + 1), is waived."""
    gate = {"fail": "60%", "redo": "50%", "at_most": at_most}
    one = program({"a": {"duration": "10d", "quality_gate": gate}})
    assert_mean(days(one, N), 10 + 5 * sum(0.6**k for k in range(1, at_most + 1)))
    waived = np.array([len(only(log, "GATE_WAIVED")) for log in told(one, 10_240)], float)
    assert_mean(waived, 0.6 ** (at_most + 1))


def test_a_driver_of_the_iteration_lengthens_redrawn_work_too_and_a_day_added_by_a_risk_is_not_lost_again():
    words = work_and_test(fail="50%", at_most=1000, work="redrawn", of=["work"])
    words["work"]["duration"], words["test"]["duration"] = "exponential(5d)", "2d"
    drivers = {"slow": {"on": "work", "duration": "200%"}}
    risks = {"soil": {"probability": "100%", "impacts": [{"on": "work", "duration": "+ 3d"}]}}
    found = days(program(words, drivers=drivers, risks=risks), N)
    assert_mean(found, 2 * 5 + 3 + 2 + 2 * 5, 2e-3)


# ---- the rules, by hand


def test_redone_work_follows_the_order_of_the_network():
    """Both fail once: 5 + 2, then 5 + 2 again, one after the other."""
    assert set(days(program(work_and_test()))) == {14.0}


def test_what_lies_between_and_is_not_listed_stays_done_and_the_order_holds_across_it():
    words = {
        "work": {"duration": "5d"},
        "pack": {"duration": "1d", "after": ["work"]},
        "test": {"duration": "2d", "after": ["pack"], "quality_gate": FAILS_ONCE | {"of": ["work", "test"]}},
    }
    assert set(days(program(words))) == {8.0 + 5 + 2}


def test_a_gate_that_is_not_in_its_own_list_is_tested_again_at_once():
    one = program(work_and_test(of=["work"], redo="40%"))
    assert set(days(one)) == {7.0 + 2}
    assert events(one, "GATE_FAILED", "TO_REDO", "GATE_WAIVED") == [
        (7, "GATE_FAILED", 1, 1), (7, "TO_REDO", 0, 2 * DAY), (9, "GATE_WAIVED", 1, 2)
    ]  # fmt: skip


def test_a_share_that_comes_to_nothing_tests_again_at_the_same_minute():
    assert set(days(program(work_and_test(redo="0%", at_most=3)))) == {7.0}


def test_a_successor_that_waits_for_units_waits_for_the_redo_again():
    words = work_and_test(of=["work"], redo="40%") | {
        "other": {"duration": "8d", "uses": {"crew": 1}},
        "next": {"duration": "1d", "after": ["work"], "uses": {"crew": 1}},
    }
    one = program(words, resources={"crew": {"capacity": 1}})
    assert events(one, "TAKEN_BACK") == [(7, "TAKEN_BACK", 3, 0)]
    assert [when for when, *_ in events(one, "ELIGIBLE") if _[1] == 3] == [5, 9]
    assert [when for when, *_ in events(one, "STARTED") if _[1] == 3] == [9]


def test_a_successor_that_waits_for_its_day_waits_for_the_redo_and_its_lag_again():
    words = work_and_test(of=["work"], redo="40%") | {"next": {"duration": "1d", "after": ["work +4d"]}}
    one = program(words)
    assert [when for when, *_ in events(one, "STARTED") if _[1] == 2] == [9 + 4]


@pytest.mark.parametrize(("successors", "finish"), [("continue", 15), ("pause", 17), ("restart", 19)])
def test_running_successors_go_on_or_wait_or_begin_again(successors, finish):
    """Begun on day 5, two days done when the test fails on day 7; the redo takes until day 9."""
    words = work_and_test(of=["work"], redo="40%", successors=successors) | {
        "next": {"duration": "10d", "after": ["work"]}
    }
    one = program(words)
    assert set(days(one)) == {float(finish)}
    assert [value for *_, value in events(one, "TO_REDO") if _[2] == 2] == ([2 * DAY] if finish == 19 else [])


def test_a_paused_successor_gives_back_its_units_so_that_the_redo_can_use_them():
    words = work_and_test(of=["work"], redo="40%", successors="pause") | {
        "next": {"duration": "10d", "after": ["work"]}
    }
    words["work"]["uses"] = words["next"]["uses"] = {"crew": 1}
    assert set(days(program(words, resources={"crew": {"capacity": 1}}))) == {17.0}
    words["test"]["quality_gate"]["successors"] = "continue"
    assert set(days(program(words, resources={"crew": {"capacity": 1}}))) == {17.0}


def test_later_completed_work_stays():
    words = work_and_test(of=["work"], redo="100%", successors="restart") | {
        "next": {"duration": "1d", "after": ["work"]}
    }
    assert set(days(program(words))) == {12.0}


def test_a_finish_to_finish_link_from_redone_work_holds_again():
    words = work_and_test(of=["work"], redo="100%") | {"papers": {"duration": "6d", "after": ["work SS", "work FF+1d"]}}
    one = program(words)
    assert [when for when, *_ in events(one, "FINISHED") if _[1] == 2] == [6]
    words["papers"]["duration"] = "8d"
    assert [when for when, *_ in events(program(words), "FINISHED") if _[1] == 2] == [13]


def test_start_is_the_first_and_finish_the_last_and_units_are_paid_for_every_pass():
    words = work_and_test(redo="50%", of=["work"])
    words["work"]["uses"] = {"crew": 2}
    trials = rm.simulate(program(words, currency="EUR", resources={"crew": {"capacity": 2, "cost": "100/d"}}), 256)
    assert set(trials.cost_cents) == {100 * 2 * 100 * 7.5}
    dates = trials.statistics
    work = dates.paths.index("p.work")
    assert (dates.mean_start[work] - MONDAY) / DAY == 0
    assert (dates.mean_finish[work] - MONDAY) / DAY == 9.5


def test_the_gate_of_an_activity_that_does_not_exist_does_not_act():
    words = {
        "a": {"duration": "2d", "exists": "50%", "quality_gate": FAILS_ONCE},
        "b": {"duration": "1d", "after": ["a"]},
    }
    assert set(days(program(words))) == {1.0, 5.0}


def test_started_work_still_has_its_gate_and_redoes_a_share_of_all_its_work():
    words = {"a": {"duration": "10d", "quality_gate": FAILS_ONCE | {"redo": "50%"}}}
    words["a"]["progress"] = {"started": "2027-01-04", "remaining": "4d"}
    assert set(days(program(words, data_date="2027-01-10"))) == {6.0 + 4 + 5}


def test_finished_work_has_passed_and_is_not_done_again():
    words = work_and_test(of=["work", "test"])
    words["work"]["progress"] = {"started": "2027-01-04", "finished": "2027-01-08"}
    assert set(days(program(words, data_date="2027-01-09"))) == {5.0 + 2 + 2}


def test_interrupted_redone_work_begins_its_redo_again_and_not_all_of_its_work():
    """Sent back on day 10 for 5 days, interrupted on day 12 for one day: the redo takes 2 + 1 + 5."""
    words = {
        "a": {"duration": "10d", "uses": {"crew": 1}, "quality_gate": FAILS_ONCE | {"redo": "50%"}},
        "b": {"duration": "1d", "priority": 1, "uses": {"crew": 1}, "start_no_earlier_than": "2027-01-16"},
    }
    words["a"]["preemption"] = {"resumes": "restart"}
    one = program(words, resources={"crew": {"capacity": 1, "preemption": True}})
    assert set(days(one)) == {10.0 + 2 + 1 + 5}


def test_a_backlog_cannot_be_drawn_anew():
    teams = {"alpha": {"throughput": "empirical(5 7 3 8)", "per": "week"}}
    words = {"a": {"backlog": {"team": "alpha", "items": 20}, "quality_gate": FAILS_ONCE | {"work": "redrawn"}}}
    with pytest.raises(ProgramError, match="cannot be drawn anew"):
        rm.simulate(program(words, teams=teams), 256)


def test_without_its_gates_a_program_is_what_the_monte_carlo_engine_computes():
    one = program(work_and_test(fail="40%"))
    ignored = rm.simulate(one, 256, engine="discrete-event", ignore=["quality_gates"])
    assert np.array_equal(ignored.finish_minutes, rm.simulate(one, 256, ignore=["quality_gates"]).finish_minutes)


def test_a_gate_that_never_fails_changes_nothing():
    words = work_and_test(fail="0%")
    words["work"]["duration"] = "triangular(2d 5d 11d)"
    one = program(words)
    bare = rm.simulate(one, 256, engine="monte-carlo", ignore=["quality_gates"])
    assert np.array_equal(rm.simulate(one, 256).finish_minutes, bare.finish_minutes)


# ---- invariants


def test_the_reference_tells_the_same_events_of_random_programs_full_of_loops():
    for seed in range(120):
        network = compile_network(reworking(seed), Settings(engine="discrete-event"))
        agreement = compare_events(network, 3, 8)
        assert agreement.first is None, seed


def test_another_loop_shifts_nobody_elses_draws():
    """The second gate fails in the same iterations whether or not the first one exists (D6)."""
    words = {
        "a": {"duration": "triangular(1d 2d 5d)", "quality_gate": {"fail": "60%", "redo": "80%", "at_most": 4}},
        "b": {"duration": "exponential(3d)", "quality_gate": {"fail": "50%", "redo": "uniform(10% 90%)", "at_most": 4}},
    }

    def failures(one):
        return [
            [value for _, kind, entity, value in log if entity == 1 and kind == "TO_REDO"] for log in told(one, 256)
        ]

    both = failures(program(words))
    del words["a"]["quality_gate"]
    assert failures(program(words)) == both


def test_more_passes_than_draws_were_made_for_are_drawn_with_the_same_bits():
    """Five draws are made at first; the iterations that need more run again, in any company."""
    one = program({"a": {"duration": "1d", "quality_gate": {"fail": "80%", "redo": "100%", "at_most": 1000}}})
    whole = rm.simulate(one, 1024, threads=2).finish_minutes
    parts = [rm.simulate(one, range(first, first + 512), threads=1).finish_minutes for first in (0, 512)]
    assert np.array_equal(whole, np.concatenate(parts))
    assert_mean((whole - MONDAY) / DAY, 5.0)


def test_every_share_of_work_sent_back_is_worked():
    """With one activity alone, the finish is the work plus all that was sent back."""
    gate = {"fail": "70%", "redo": "uniform(10% 90%)", "at_most": 6}
    logs = told(program({"a": {"duration": "exponential(6d)", "quality_gate": gate}}), 256)
    finishes = days(program({"a": {"duration": "exponential(6d)", "quality_gate": gate}}))
    for log, finish in zip(logs, finishes, strict=True):
        again = [value for *_, value in only(log, "TO_REDO")]
        first = next((minute for minute, *_ in only(log, "GATE_FAILED")), round(finish * DAY))
        assert first + sum(again) == round(finish * DAY)


def test_the_reference_redraws_like_the_kernel():
    one = program(work_and_test(fail="60%", at_most=6, work="redrawn"))
    assert told(one, 256) == told(one, 256, kind=ReferenceBlock)
