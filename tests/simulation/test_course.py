"""What happened in one iteration, in words, read off its event log."""

import json

import riskmc as rm
from happening import program
from riskmc import reports
from riskmc.simulation.course import course

QUEUE = {
    "program": "Queue",
    "start": "2027-01-04",
    "resources": {"crew": {"capacity": "1"}},
    "projects": {
        "p": {"activities": {name: {"duration": "5d", "uses": {"crew": "1"}} for name in "ab"}},
    },
}  # fmt: skip


def test_a_wait_is_told_when_it_ends_with_its_length_and_its_pool():
    """Monday 8:00 to the next Monday 8:00: seven days of 24 hours for the only crew."""
    trials = rm.simulate(rm.Program(**QUEUE), 1)
    (wait,) = course(trials.again(), 0)
    assert wait.told == "p.b has waited 7 days for crew"
    assert f"{wait.at:%Y-%m-%d %H:%M}" == "2027-01-11 08:00"
    assert wait.risk is None


def test_the_monte_carlo_engine_has_no_course():
    plain = {**QUEUE, "resources": {"crew": {}}}
    trials = rm.simulate(rm.Program(**plain), 1)
    assert trials.engine == "monte-carlo"
    assert course(trials.again(), 0) == ()
    assert "happened" not in json.loads(reports.dumps_iteration(rm.iteration(trials, 0)))


def test_a_gate_that_always_fails_is_told_pass_by_pass_with_the_work_to_redo():
    gate = {"fail": "100%", "redo": "50%", "at_most": "1"}
    words = {**QUEUE, "projects": {"p": {"activities": {"a": {"duration": "4d", "quality_gate": gate}}}}}
    told = [one.told for one in course(rm.simulate(rm.Program(**words), 1).again(), 0)]
    assert told == [
        "p.a fails its gate, pass 1", "p.a is to be done again in part: 2.0 d", "p.a passes its gate by a waiver",
    ]  # fmt: skip


def test_as_many_arrivals_are_told_as_the_trials_count():
    trials = rm.simulate(program(), 30)
    found = [sum(one.risk == "changes" for one in course(trials.again(), k)) for k in range(30)]
    assert sum(found) / 30 == trials.arrived["changes"].mean
    assert sum(map(bool, found)) / 30 == trials.arrived["changes"].share


def test_text_and_record_of_an_iteration_tell_the_course():
    trials = rm.simulate(program(), 30)
    found = max((rm.iteration(trials, k) for k in range(10)), key=lambda one: len(one.course))
    assert found.course
    text = " ".join(reports.tell_iteration(found).split())
    assert "What happened" in text
    record = json.loads(reports.dumps_iteration(found))
    assert [one["told"] for one in record["happened"]] == [one.told for one in found.course]
