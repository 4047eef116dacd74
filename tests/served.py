"""Programs of customers: each comes, has work done by one of some servers, and leaves; how long each was there."""

import numpy as np

import riskmc as rm
from pooled import ORIGIN, pooled


def customers(number, apart, **service):
    """Return customers who come at random, the mean time ``apart`` in days, and what is done for each."""
    words = {}
    for n in range(number):
        words[f"in{n:02}"] = {"duration": f"exponential({apart}d)", "after": [f"in{n - 1:02}"] if n else []}
        words[f"out{n:02}"] = {"uses": {"s": 1}, "after": [f"in{n:02}"], "priority": n, **service}
        for end in ("in", "out"):
            words[f"{end}{n:02}end"] = {"milestone": True, "after": [f"{end}{n:02}"]}
    return words


def in_system(activities, resources, first, last, iterations=4_000):
    """Return the days that customers ``first`` to ``last`` spend there, their mean in every iteration."""
    at = ends(pooled(activities, resources), iterations)
    return np.mean([at[f"out{n:02}"] - at[f"in{n:02}"] for n in range(first, last)], axis=0)


def ends(program, iterations, **options):
    """Return the days from the start to each milestone that is named by an end, in every iteration."""
    trials = rm.simulate(program, iterations, engine="discrete-event", **options)
    found = trials.milestone_finish.items()
    return {path.removeprefix("p.").removesuffix("end"): (at - ORIGIN) / 1440 for path, at in found}


def standing(there, number, apart, service, servers, begins_with_arrival):
    """Return a station as it stands in the long run: exponential, so many there with the chances ``there``.

    Who is there at the start is known by risks that hang on each other: one more with the chance of one more, given
    that there are so many. With an arrival at the start every one of the ``number`` who come finds the station as in
    the long run (Wolff 1982); without one the station is so at every moment.
    """
    more = np.append(np.cumsum(there[::-1])[::-1], 0.0)
    words, risks = {}, {}
    for k in range(len(there) - 1):
        chance = (
            {"probability": more[1]} if k == 0 else {"probability": 0, "given": {f"n{k - 1}": more[k + 1] / more[k]}}
        )
        risks[f"n{k}"] = {"impacts": [], **chance}
        words[f"was{k:03}"] = {"when": f"risk n{k}", "priority": k}
    for n in range(number):
        before = [f"in{n - 1:03}end"] if n else []
        words[f"in{n:03}"] = {
            "duration": f"exponential({apart}d)" if n or not begins_with_arrival else "0d",
            "after": before,
        }
        words[f"out{n:03}"] = {"after": [f"in{n:03}end"], "priority": len(there) + n}
    for name in [*words]:
        if not name.startswith("in"):
            words[name] |= {"duration": f"exponential({service}d)", "uses": {"s": 1}}
        words[f"{name}end"] = {"milestone": True, "after": [name]}
    return pooled(words, {"s": {"capacity": servers}}, risks=risks)


def present(at, moment):
    """Return how many are at a station at a moment, in every iteration."""
    came = {name: at[name.replace("out", "in")] if name.startswith("out") else -1.0 for name in at if name[0] in "ow"}
    return sum((came[name] <= moment) & (at[name] > moment) for name in came)
