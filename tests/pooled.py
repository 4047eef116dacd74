"""Small programs on the 24-hour calendar with pools, and the days on which their activities start and finish."""

import numpy as np

import riskmc as rm

START = "2027-01-04"
ORIGIN = int(np.datetime64(START, "m").astype(np.int64))


def pooled(activities, resources, **more):
    """Return a program of one project ``p``."""
    return rm.Program(
        **{
            "program": "Pooled",
            "start": START,
            "calendar": "24h",
            "resources": resources,
            "projects": {"p": {"activities": activities}},
            **more,
        }
    )


def days(program, **options):
    """Return (start, finish) of every activity in days from the start, in an iteration of certain durations."""
    told = rm.simulate(program, 1, engine="discrete-event", statistics=True, threads=1, **options).statistics
    first = _minute(program)
    starts, finishes = ((np.asarray(column) - first) / 1440 for column in (told.mean_start, told.mean_finish))
    return {path.split(".")[1]: (s, f) for path, s, f in zip(told.paths, starts, finishes, strict=True)}


def durations(program, iterations=10_000, **options):
    """Return the days that the program takes, in every iteration."""
    trials = rm.simulate(program, iterations, engine="discrete-event", **options)
    return (trials.finish_minutes - _minute(program)) / 1440


def _minute(program):
    """Return the start of a program in minutes since 1970."""
    return int(np.datetime64(program.start.at, "m").astype(np.int64))
