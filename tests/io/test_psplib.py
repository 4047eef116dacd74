"""PSPLIB problems -> Program.

The problem by hand, tests/data/rcpsp/pair.sm: 1 -> 2 (3 days) -> 4 (4) -> 5 takes 7 days, and 1 -> 3 (5) -> 5 takes 5;
so its longest path is 7.
"""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import riskmc as rm
from mutated import mutations
from rcpsp_plans import DATA, days, real_files, refusal, text
from riskmc.errors import RiskmcError
from riskmc.io.rcpsp import psplib
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.stored import stored_of


@pytest.fixture
def pair():
    return psplib.read(DATA / "pair.sm")


def test_every_psplib_file_takes_as_long_as_its_longest_path():
    """MPM-Time, kept as the stored finish of the last job. Source: R. Kolisch and A. Sprecher, PSPLIB (1996)."""
    differing, counted = [], 0
    for file in real_files():
        program = psplib.read(file)
        [finish] = [at.early_finish for at in stored_of(program).dates.values() if at.early_finish]
        found, counted = days(program), counted + 1
        if found != (finish - program.start.at).days:
            differing.append((file.name, found, finish))
    assert (differing, counted) == ([], 208)


def test_a_unit_of_time_is_a_day_around_the_clock_from_the_third_of_january_2000(pair):
    assert (pair.start.at, pair.calendar) == (datetime(2000, 1, 3), "24h")
    assert (pair.activities()["pair.3"].duration.plan.value, pair.activities()["pair.3"].duration.plan.unit) == (5, "d")
    assert days(pair) == 7


def test_jobs_have_their_predecessors_and_what_they_use(pair):
    assert [link.activity for link in pair.activities()["pair.5"].after] == ["3", "4"]
    assert pair.activities()["pair.3"].uses == {"R1": 1, "R2": 4}


def test_a_job_without_duration_and_requests_is_a_milestone(pair):
    assert [path for path, job in pair.activities().items() if job.milestone] == ["pair.1", "pair.5"]


def test_capacities_are_kept_and_left_out_of_the_simulation_with_one_line_that_says_so(pair):
    assert {name: pool.capacity for name, pool in pair.resources.items()} == {"R1": 2, "R2": 4}
    trials = rm.simulate(pair, iterations=10, default_range="triangular(90% 100% 130%)")
    assert "the plan's own resource limits (2 resources) are not simulated" in trials.notes


def test_the_suffix_tells_the_format():
    assert rm.read(DATA / "pair.sm").program == "pair"


def test_the_same_file_gives_the_same_program_every_time(pair):
    assert pair.hash() == psplib.read(DATA / "pair.sm").hash()


def test_a_file_without_the_length_of_its_path_stores_no_finish(tmp_path):
    file = tmp_path / "p.sm"
    file.write_text(text("pair.sm").replace("        7\n", "\n"), encoding="utf-8")
    assert {at.early_finish for at in stored_of(psplib.read(file)).dates.values()} == {None}


def test_nonrenewable_resources_are_left_out_and_named(tmp_path):
    file = tmp_path / "p.mm"
    file.write_text(text("pair.sm").replace("R 1  R 2\n-", "R 1  N 1\n-"), encoding="utf-8")
    program = psplib.read(file)
    assert list(program.resources) == ["R1"]
    assert {name for job in program.activities().values() for name in job.uses} == {"R1"}
    assert "nonrenewable and doubly constrained resources are left out (N1)" in program.notes


def test_several_modes_are_refused_with_the_way_out(tmp_path):
    [problem] = refusal(psplib.read, tmp_path, "p.mm", text("pair.sm").replace("   2        1 ", "   2        3 "))
    assert problem.startswith("p.mm:20: job 2 #modes: expected 1, found 3: a job with several modes")


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("   4        1          1           5", "   4        1          1           9", "p.sm:22: job 4 successors: "),
        (
            "   4        1          1           5",
            "   4        1          2           5",
            "p.sm:22: job 4: expected jobnr.",
        ),
        (
            "   4        1          1           5",
            "   3        1          1           5",
            "p.sm:22: PRECEDENCE RELATIONS: ",
        ),
        (
            "  4      1     4",
            "  4      1    -4",
            "job 4 duration: expected a whole number from 0 to 100000, found '-4'",
        ),
        (
            "  4      1     4",
            "  4      1  four",
            "job 4 duration: expected a whole number from 0 to 100000, found 'four'",
        ),
        ("  4      1     4", "  4      1 999999", "job 4 duration: expected a whole number from 0 to 100000"),
        ("  4      1     4       0    1\n", "", "p.sm:22: job 4: expected a line of REQUESTS/DURATIONS, found none"),
        ("  4      1     4       0    1\n", "  3  2  4  0  1\n", "job 3 mode: expected one mode, found another"),
        ("    2    4\n", "    2\n", "RESOURCEAVAILABILITIES: expected 2 numbers, found 1"),
        ("RESOURCEAVAILABILITIES:", "RESOURCES:", "expected the part RESOURCEAVAILABILITIES, found none"),
        ("        1        7\n", "        1        7\n    2  3  0  9  1  7\n", "expected one project, found 2"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(tmp_path, old, new, message):
    assert old in text("pair.sm")
    problems = refusal(psplib.read, tmp_path, "p.sm", text("pair.sm").replace(old, new, 1))
    assert any(message in problem for problem in problems)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff" * 100, b"*" * 1_000_000])
def test_a_file_that_is_no_problem_is_refused(tmp_path, content):
    assert refusal(psplib.read, tmp_path, "p.sm", content)


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(RiskmcError, match="cannot be read: No such file"):
        psplib.read(tmp_path / "absent.sm")


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_out_of_order_are_read_or_refused_by_riskmc_alone(tmp_path, data):
    file = tmp_path / "fuzzed.sm"
    file.write_bytes(data.draw(mutations((DATA / "pair.sm").read_bytes())))
    with suppress(RiskmcError):
        compile_network(psplib.read(file), Settings())
