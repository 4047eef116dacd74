"""Resource-constrained schedules against proven optima: a small one of our own, Graham's anomalies, and PSPLIB's."""

import csv
from collections import defaultdict
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from pooled import days, durations, pooled
from rcpsp_plans import REAL, real_files

TIMES = (3, 2, 2, 2, 4, 4, 4, 4, 9)
LINKS = {9: (1,), 5: (4,), 6: (4,), 7: (4,), 8: (4,)}
SURE = 4.9  # standard errors: false-alarm rate 1e-6
BARS = {"j30": 0.06, "j60": 0.07, "j120": 0.16}  # mean gap above the best known makespan, one pass


def makespan(program, **options):
    """Return the days until everything is done, with the durations of the plan."""
    return max(finish for _, finish in days(program, **options).values())


def graham(machines=3, order=range(1, 10), times=TIMES, links=LINKS):
    """Return Graham's nine jobs on equal machines, handed out in the order of a list."""
    activities = {}
    for place, job in enumerate(order):
        after = {"after": [f"t{before}" for before in links[job]]} if job in links else {}
        activities[f"t{job}"] = {"duration": f"{times[job - 1]}d", "uses": {"machines": 1}, "priority": place, **after}
    return pooled(dict(sorted(activities.items())), {"machines": {"capacity": machines}})


@pytest.mark.parametrize(
    ("program", "finish"),
    [
        (graham(), 12),
        (graham(order=(1, 2, 4, 5, 6, 3, 9, 7, 8)), 14),
        (graham(machines=4), 15),
        (graham(times=[time - 1 for time in TIMES]), 13),
        (graham(links={job: before for job, before in LINKS.items() if job not in (5, 6)}), 16),
    ],
)
def test_list_scheduling_shows_the_anomalies_of_graham(program, finish):
    """T26 (Graham 1969): another list, a machine more, shorter jobs or fewer links, and everything takes longer."""
    assert makespan(program) == finish


JOBS = {  # our own: duration, units of two pools with 4 and 3, predecessors
    "a": (3, (2, 1), ()), "b": (4, (3, 0), ()), "c": (2, (1, 2), ()), "d": (4, (2, 2), ("a",)),
    "e": (3, (0, 1), ("c",)), "f": (5, (1, 2), ("b",)),
}  # fmt: skip


def own(priorities=()):
    """Return the small instance of our own; ``priorities`` names all jobs, the first one first."""
    activities = {
        name: {
            "duration": f"{duration}d",
            "uses": {pool: units for pool, units in zip(("crane", "crew"), needs, strict=True) if units},
            "after": list(after),
            **({"priority": priorities.index(name)} if priorities else {}),
        }
        for name, (duration, needs, after) in JOBS.items()
    }
    return pooled(activities, {"crane": {"capacity": 4}, "crew": {"capacity": 3}})


def serial(order):
    """Return the makespan of the serial schedule generation scheme: each job as early as it fits (Kelley 1963)."""
    used, ends = np.zeros((60, 2), int), {}
    for name in order:
        duration, needs, after = JOBS[name]
        start = max((ends[before] for before in after), default=0)
        while np.any(used[start : start + duration] + needs > (4, 3)):
            start += 1
        used[start : start + duration] += needs
        ends[name] = start + duration
    return max(ends.values())


def optimum():
    """Return the least makespan: the serial scheme reaches it with one of all orders (Kolisch 1996)."""
    feasible = (
        order
        for order in permutations(JOBS)
        if all(order.index(before) < order.index(name) for name, (*_, after) in JOBS.items() for before in after)
    )
    return min(map(serial, feasible))


def test_our_own_instance_is_feasible_in_every_order_and_never_below_the_proven_optimum():
    least, work = optimum(), np.array([np.multiply(needs, duration) for duration, needs, _ in JOBS.values()]).sum(0)
    assert least >= np.max(np.ceil(work / (4, 3)))
    for order in (*list(permutations(JOBS))[::97], ()):
        found = days(own(order))
        assert_feasible(own(order), found)
        assert max(finish for _, finish in found.values()) >= least
    assert makespan(own(), dispatch="multi-pass") == least


def assert_feasible(program, found):
    """Assert that links hold and that no pool is ever used beyond its capacity."""
    (activities,) = (project.activities for project in program.projects.values())
    use = defaultdict(lambda: np.zeros(2_000))
    for name, activity in activities.items():
        start, finish = found[name]
        assert all(found[link.activity][1] <= start for link in activity.after)
        for pool, units in activity.uses.items():
            use[pool][round(start) : round(finish)] += units
    assert all(use[pool].max() <= program.resources[pool].capacity for pool in use)


def best_known():
    """Return (lower bound, upper bound) by instance; where none is known the lower one is 0."""
    with (REAL / "best-known.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    return {row["instance"]: (int(row["lower_bound"] or 0), int(row["upper_bound"])) for row in rows}


@pytest.mark.parametrize("group", BARS)
def test_psplib_schedules_are_feasible_and_their_mean_gap_is_within_the_bar(group):
    gaps, known = [], best_known() if real_files() else {}
    for file in sorted(Path(REAL / group).glob("*.sm")):
        program = rm.read(file)
        found = days(program)
        assert_feasible(program, found)
        least, best = known[file.stem]
        length = max(finish for _, finish in found.values())
        assert length >= least
        gaps.append(length / best - 1)
    assert np.mean(gaps) <= BARS[group]


def test_several_passes_are_never_longer_than_one_and_shorter_on_the_whole():
    real_files()
    files = sorted(Path(REAL / "j30").glob("*.sm"))[::4]
    rules = ("late-finish", "multi-pass")
    one, several = ([makespan(rm.read(file), dispatch=rule) for file in files] for rule in rules)
    assert np.all(np.array(several) <= one)
    assert np.sum(several) < np.sum(one)


@pytest.mark.parametrize(
    ("rule", "certain", "mean", "sd"),
    [("late-finish", 43, 60.385915, 15.698693), ("file-order", 61, 66.113614, 17.425929)],
)
def test_the_first_instance_with_exponential_durations_has_the_exact_moments(rule, certain, mean, sd):
    real_files()
    program = rm.read(REAL / "j30" / "j301_1.sm")
    assert makespan(program, dispatch=rule) == certain
    ((name, project),) = program.projects.items()
    random = {
        job: {
            **activity.model_dump(exclude_unset=True),
            **({} if activity.milestone else {"duration": exponential(activity.duration)}),
        }
        for job, activity in project.activities.items()
    }
    words = {**program.model_dump(exclude_unset=True), "projects": {name: {"activities": random}}}
    taken = durations(rm.Program(**words), 20_000, dispatch=rule)
    error = SURE * taken.std() / np.sqrt(taken.size)
    fourth = ((taken - taken.mean()) ** 4).mean() / taken.var() ** 2
    assert abs(taken.mean() - mean) < error
    assert abs(taken.std() - sd) < error * np.sqrt((fourth - 1) / 4)


def exponential(duration):
    """Return a duration with an exponential range around its plan."""
    days = f"{duration.plan.value:g}d"
    return {"plan": days, "range": f"exponential({days})"}
