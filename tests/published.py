"""Published cases told as programs, and bounds from the sampling error, for the tests of published cases.

Work goes on round the clock and one unit of time is many minutes, so that rounding to whole minutes cannot be seen.
"""

from math import asin, pi, sqrt

import numpy as np
from scipy import stats

import riskmc
from riskmc.program.program import Program

N = 200_000
FALSE_ALARM = 1e-6
Z = stats.norm.isf(FALSE_ALARM / 2)


def program(activities, unit, **sections):
    """Return a program of one project that works round the clock; ``{u}`` in a size is ``unit`` minutes."""
    told = {name: scaled(activity, unit) for name, activity in activities.items()}
    return Program(program="Case", start="2027-01-04", calendar="24h", projects={"p": {"activities": told}}, **sections)


def scaled(activity, unit):
    """Return an activity whose duration is written as (family, numbers) in units of ``unit`` minutes."""
    words = dict(activity)
    duration = words.get("duration")
    if isinstance(duration, tuple):
        words["duration"] = size(*duration, unit=unit)
    return words


def size(family, *numbers, unit):
    """Return a size as text: ``size("pert", 1, 2, 3, unit=60)`` is "pert(60min 120min 180min)"."""
    return f"{family}({' '.join(minutes(number, unit) for number in numbers)})"


def minutes(number, unit):
    return f"{number * unit:.10g}min"


def network(rows, family, unit, **sections):
    """Return a program of activities (predecessors, numbers) that all have one family of distributions."""
    return program(
        {name: {"duration": (family, *numbers), "after": list(before)} for name, (before, *numbers) in rows.items()},
        unit,
        **sections,
    )


def times(trials, unit):
    """Return the finish of every iteration in units of time from the start."""
    start = np.datetime64(trials.start, "m").astype(np.int64)
    return (trials.finish_minutes - start) / unit


def simulated(plan, unit, seed=1):
    return times(riskmc.simulate(plan, iterations=N, seed=seed), unit)


def criticality(trials):
    table = trials.statistics
    return {path.split(".")[1]: share for path, share in zip(table.paths, table.criticality, strict=True)}


def assert_mean(sample, expected, own_error=0.0):
    assert abs(sample.mean() - expected) <= Z * sample.std() / sqrt(sample.size) + own_error


def assert_variance(sample, expected, own_error=0.0):
    """The sampling error of a variance comes from the fourth moment."""
    excess = sample - sample.mean()
    error = sqrt((np.mean(excess**4) - sample.var() ** 2) / sample.size)
    assert abs(sample.var() - expected) <= Z * error + own_error


def assert_share(hits, expected, own_error=0.0):
    share = np.mean(hits)
    spread = sqrt(max(expected * (1 - expected), 1 / N) / N)
    assert abs(share - expected) <= Z * spread + own_error


def assert_quantile(sample, p, expected, own_error=0.0):
    """The share at or below an expected quantile is p, within the sampling error and the value's own."""
    error = Z * sqrt(p * (1 - p) / sample.size)
    assert np.mean(sample <= expected + own_error) >= p - error
    assert np.mean(sample < expected - own_error) <= p + error


def chain(family, rows, unit):
    """Return a program of activities one after the other."""
    names = [f"a{i}" for i in range(len(rows))]
    after = [[], *([name] for name in names[:-1])]
    return network({n: [b, *row] for n, b, row in zip(names, after, rows, strict=True)}, family, unit)


def classic(rows):
    """Return (mean, sd) of each activity by the classic formulas of PERT: (a + 4m + b) / 6 and (b - a) / 6."""
    return [((low + 4 * mode + high) / 6, (high - low) / 6) for low, mode, high in rows]


def spearman(pearson_of_scores):
    """Return the Spearman coefficient whose normal scores have this correlation."""
    return 6 / pi * asin(pearson_of_scores / 2)


def three_tasks(sizes, unit, **sections):
    """Return a program of three tasks in a row."""
    before = dict(zip(sizes, ([], *([name] for name in sizes)), strict=False))
    return program({n: {"duration": sizes[n], "after": before[n]} for n in sizes}, unit, **sections)


def pairs(names, matrix):
    """Return correlations such that normal scores have the given matrix."""
    return [
        {"pair": [names[i], names[j]], "duration": spearman(matrix[i][j])}
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
