"""Small random programs full of loops: gates and approvals that send back work of their own and work before it."""

import random

from riskmc.program import Program

DURATIONS = ("0d", "2d", "triangular(1d 3d 9d)", "exponential(4d)", "uniform(1h 3d)")
LINKS = ("", "", "", "", " SS", " FF", " SS+1d", " FF+1d", " FS-1d", " +2d")


def reworking(seed):
    """Return a program of two to seven activities with loops, on up to three pools of few units."""
    chance = random.Random(seed)
    pools = {f"r{i}": {"capacity": chance.choice([1, 2, 3])} for i in range(chance.randint(0, 3))}
    activities, before = {}, {}
    for number in range(chance.randint(2, 7)):
        name = f"a{number}"
        activities[name] = _activity(chance, name, pools, before)
    calendar = chance.choice(["24h", "standard"])
    projects = {"p": {"activities": activities}}
    return Program(program="Loops", start="2027-01-04", calendar=calendar, resources=pools, projects=projects)


def _activity(chance, name, pools, before):
    """Return the words of an activity; ``before`` holds by name what lies before each, and learns of this one."""
    linked = [other for other in before if chance.random() < 0.45]
    before[name] = {other for link in linked for other in {link} | before[link]}
    words = {"duration": chance.choice(DURATIONS), "after": [other + chance.choice(LINKS) for other in linked]}
    if pools and words["duration"] != "0d":
        used = chance.sample(sorted(pools), chance.randint(0, len(pools)))
        words["uses"] = {pool: min(chance.choice([1, 1, 2]), pools[pool]["capacity"]) for pool in used}
    earlier = sorted(before[name] | {name})
    if chance.random() < 0.5:
        words["quality_gate"] = {
            "fail": chance.choice(["30%", "60%", ["90%", "20%"], {"first": "80%", "factor": "50%"}]),
            "redo": chance.choice(["50%", "triangular(10% 40% 120%)", "0%"]),
            "at_most": chance.choice([1, 2, 5]),
            "of": chance.sample(earlier, chance.randint(1, len(earlier))),
            "successors": chance.choice(["continue", "pause", "restart"]),
            "work": chance.choice(["scaled", "redrawn"]),
        }
    if chance.random() < 0.35:
        words["approval"] = _approval(chance, earlier, pools)
    return words | ({"priority": chance.randint(1, 200)} if chance.random() < 0.2 else {})


def _approval(chance, earlier, pools):
    words = {"takes": chance.choice(["1d", "exponential(1d)", "2ed", "0d"]), "approvers": chance.randint(0, 3)}
    words["order"] = chance.choice(["parallel", "sequence"])
    if not words["approvers"] or chance.random() < 0.5:
        words["discovered"] = "discrete(0:50% 1:30% 2:20%)"
    if pools and chance.random() < 0.6:
        words["by"] = {chance.choice(sorted(pools)): 1}
    if chance.random() < 0.6:
        words |= {"reject": chance.choice(["20%", ["80%", "10%"]]), "redo": chance.choice(["30%", "0%"])}
        words |= {"at_most": chance.choice([1, 3]), "of": chance.sample(earlier, chance.randint(1, len(earlier)))}
    return words
