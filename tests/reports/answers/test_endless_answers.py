"""Answers about programs of which some iterations do not end, and in which two projects use the same names."""

from functools import cache

import pytest

import riskmc as rm
from riskmc.reports.answers.convergence import tell_convergence
from riskmc.reports.answers.diagnosis import tell_diagnosis
from riskmc.reports.answers.drivers import tell_drivers
from riskmc.reports.answers.iteration import tell_iteration
from riskmc.reports.answers.matrix import tell_matrix
from riskmc.reports.answers.paths import tell_paths
from riskmc.reports.answers.sensitivity import tell_sensitivity


@cache
def trials():
    """Two projects with a design each; growing work that never ends in about a quarter of the iterations of one."""
    size = "triangular(10d 20d 60d)"
    alpha = {
        "design": {"name": "Design", "duration": size},
        "code": {"duration": "uniform(10mo 22mo)", "after": "design"},
    }
    beta = {"design": {"name": "Design", "duration": size}, "build": {"duration": "200d", "after": "design"}}
    program = rm.Program(
        program="Growing", start="2027-01-04", scope={"creep": {"on": "a.code", "growth": "2%/mo"}},
        projects={"a": {"activities": alpha}, "b": {"activities": beta}},
        risks={"rain": {"probability": "30%", "impacts": [{"on": "*.design", "duration": "+ 10d", "spread": "each"}]}},
    )  # fmt: skip
    return rm.simulate(program, 96)


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("answer", [
    lambda: tell_diagnosis(rm.diagnose(trials())),
    lambda: tell_convergence(rm.convergence(trials())),
    lambda: tell_matrix(rm.risk_matrix(trials())),
])  # fmt: skip
def test_answers_without_other_notes_say_how_many_iterations_did_not_end(answer):
    count = trials().censored
    assert 5 < count < 60
    assert f"{count} of 96 iterations did not end, and count as finishing at the end of the calendars." in flat(
        answer()
    )


def test_an_iteration_that_did_not_end_is_told_as_such_and_another_is_not():
    ended = trials().finish_minutes < trials().again().end_of_calendars
    for number in (ended.argmin(), ended.argmax()):
        told = flat(tell_iteration(rm.iteration(trials(), int(number))))
        assert (": did not end, and counts up to the end of the calendars, " in told) == (not ended[number])


def test_work_of_the_same_name_carries_its_path_in_drivers_sensitivity_paths_and_iterations():
    told = tell_drivers(rm.drivers(trials(), 0.5))
    assert "Range of a.design Design" in told
    assert "Range of Design" not in told
    for answer in (tell_sensitivity(rm.sensitivity(trials())), tell_paths(rm.paths(trials(), 0.5)),
                   tell_iteration(rm.iteration(trials(), int(trials().finish_minutes.argmin())))):  # fmt: skip
        assert "a.design Design" in answer
        assert "\nDesign " not in answer
