"""One small project a rule (tests/data/xer/rules.xer), its dates worked out by hand in tests/data/xer/rules.md."""

from contextlib import suppress
from functools import cache
from random import Random

import pytest

import naive_p6
from riskmc.errors import RiskmcError
from riskmc.io import program_file
from riskmc.io.xer import reader as xer
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.stored import stored_of
from xer_plans import DATA, EARLY, LATE, stored

FILE = DATA / "rules.xer"
PROJECTS = tuple(xer.read(FILE).projects)


@cache
def network():
    return compile_network(xer.read(FILE), Settings(constraints="as-planned"))


@pytest.mark.parametrize("project", PROJECTS)
def test_a_project_lands_on_the_dates_worked_out_by_hand(project):
    compared, plan = 0, network().plan
    for task in network().tasks:
        if task.project == project and task.state.value != "finished":
            work, n = network().axis.calendars[task.calendar], task.number
            early, late = stored(FILE, *EARLY)[task.path], stored(FILE, *LATE)[task.path]
            start, finish = (int(work.index(int(at[n]))) for at in (plan.start, plan.finish))
            assert (start, finish) == tuple(index(task, at) for at in early[:2]), task.path
            compared += 1
            if late[0]:
                found = (start + int(plan.start_float[n]), finish + int(plan.finish_float[n]), int(plan.total_float[n]))
                assert found == (*(index(task, at) for at in late[:2]), late[2]), task.path
    assert compared >= 1


def index(task, at):
    return int(network().axis.calendars[task.calendar].index(network().axis.minute(at)))


def test_the_plain_checker_lands_on_them_too():
    program = xer.read(FILE)
    dates = {path: found[:2] for path, found in stored(FILE, *EARLY).items()}
    assert naive_p6.compare(program, naive_p6.schedule(program), dates) == ([], 43)


def test_what_p6_stored_is_kept_beside_the_program():
    kept = stored_of(xer.read(FILE))
    assert kept.tool == "Primavera P6"
    assert kept.file == str(FILE)
    late = kept.dates["open-ends.A"]
    assert (late.late_finish.day, late.total_float, late.driving) == (5, 32 * 60, None)
    assert kept.dates["retained-chain.C1"].early_start is None


def test_scheduling_options_become_words_of_each_project():
    projects = xer.read(FILE).projects
    assert projects["lag-from-actual-start"].lag_from == "actual_start"
    assert projects["actual-dates-chain"].out_of_sequence == "actual_dates"
    assert projects["open-ends-critical"].open_ends_critical
    assert not projects["expected-finish-off"].use_expected_finish
    assert {project.float_as for project in projects.values()} == {"finish"}


def test_the_options_survive_conversion_to_a_program_file(tmp_path):
    program = xer.read(FILE)
    (tmp_path / "rules.yaml").write_text(program_file.dumps(program), encoding="utf-8")
    again = program_file.read(tmp_path / "rules.yaml")
    assert again.projects == program.projects


@pytest.mark.parametrize("seed", range(40))
def test_a_garbled_file_is_read_or_refused_in_plain_words(seed, tmp_path):
    rng, content = Random(seed), bytearray(FILE.read_bytes())
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(content))
        kind = rng.randrange(4)
        if kind == 0:
            del content[at : at + rng.randint(1, 200)]
        elif kind == 1:
            content[at:at] = content[at : at + rng.randint(1, 300)]
        else:
            content[at] = rng.choice((0, 9, 10, 37, 45, 48, 57, 78, 255, rng.randrange(256)))
    (tmp_path / "garbled.xer").write_bytes(content)
    with suppress(RiskmcError):
        compile_network(xer.read(tmp_path / "garbled.xer"), Settings(constraints="as-planned"))
