"""Patterson problems -> Program; tests/data/rcpsp/pair.rcp is the problem of pair.sm, a line of it broken."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import riskmc as rm
from mutated import mutations
from rcpsp_plans import DATA, days, real_files, refusal
from riskmc.errors import RiskmcError
from riskmc.io.rcpsp import patterson, psplib
from riskmc.network.compiling import Settings, compile_network


def as_patterson(program) -> str:
    """Return a PSPLIB problem in Patterson's format."""
    jobs, pools = next(iter(program.projects.values())).activities, program.resources
    after = {code: [other for other in jobs if code in {link.activity for link in jobs[other].after}] for code in jobs}
    rows = [[len(jobs), len(pools)], [int(pool.capacity) for pool in pools.values()]]
    for code, job in jobs.items():
        duration = int(job.duration.plan.value) if job.duration else 0
        rows.append([duration, *(int(job.uses.get(name, 0)) for name in pools), len(after[code]), *after[code]])
    return "\n".join(" ".join(map(str, row)) for row in rows)


def test_a_problem_is_the_same_program_in_both_formats():
    assert rm.read(DATA / "pair.rcp").hash() == psplib.read(DATA / "pair.sm").hash()


def test_a_real_problem_is_the_same_program_in_both_formats(tmp_path):
    for file in real_files()[::25]:
        program = psplib.read(file)
        (tmp_path / f"{file.stem}.rcp").write_text(as_patterson(program), encoding="utf-8")
        found = patterson.read(tmp_path / f"{file.stem}.rcp")
        assert (found.hash(), days(found)) == (program.hash(), days(program))


@pytest.mark.parametrize(
    "content, message",
    [
        ("", "p.rcp: the file ends where the number of jobs was expected, so it is no Patterson problem, or truncated"),
        ("2 1\n4\n1 0 1 2\n1 0", "p.rcp:4: the file ends where the number of successors of job 2 was expected"),
        ("2 1\n4\n1 0 1 2\n1 0 0 7", "p.rcp:4: expected the end after job 2, found '7'"),
        ("2 1\n4\n1 0 1 3\n1 0 0", "p.rcp:3: job 1 successors: expected the number of a job, 1 to 2, found 3"),
        (
            "2 1\n4\n-1 0 1 2\n1 0 0",
            "p.rcp:3: the duration of job 1: expected a whole number from 0 to 100000, found '-1'",
        ),
        ("0 1\n4", "p.rcp:1: no jobs: expected at least one, found 0"),
        ("999999999 1\n4\n1", "p.rcp:3: the file ends where"),
        ("a problem", "p.rcp:1: the number of jobs: expected a whole number from 0 to 999999999, found 'a'"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_line(tmp_path, content, message):
    assert refusal(patterson.read, tmp_path, "p.rcp", content)[0].startswith(message)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_out_of_order_are_read_or_refused_by_riskmc_alone(tmp_path, data):
    file = tmp_path / "fuzzed.rcp"
    file.write_bytes(data.draw(mutations((DATA / "pair.rcp").read_bytes())))
    with suppress(RiskmcError):
        compile_network(patterson.read(file), Settings())


def test_binary_files_are_refused(tmp_path):
    assert "not text" in refusal(patterson.read, tmp_path, "p.rcp", b"\x00" * 100)[0]
