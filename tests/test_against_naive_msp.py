"""The engine against the slow oracle of Microsoft Project's rules (tests/naive_msp.py), on generated plans."""

import random
from datetime import datetime

import pytest

import naive_msp
from mspdi_plans import MONDAY, STANDARD, WEEK, calendar, link, read, task
from riskmc.network.compiling import Settings, compile_network

SHORT = dict.fromkeys((2, 3, 4, 7), "10:00-16:00")
CLOCK = dict.fromkeys(range(1, 8), "00:00-00:00")
WEEKS = {1: WEEK, 2: SHORT, 3: CLOCK}
CALENDARS = (STANDARD, calendar(2, "Short", SHORT), calendar(3, "Clock", CLOCK))
LAGS = ((0, 7), (0, 7), (0, 7), (4, 7), (-6, 7), (24, 7), (30, 8), (-5, 8), (50, 19), (-25, 19), (50, 20))


def day(rng: random.Random, hours=(8, 17)) -> str:
    return f"2027-01-{rng.randint(2, 28):02d}T{rng.choice(hours):02d}:00:00"


def plan(seed: int) -> list[dict]:
    """Up to 14 rows: summaries, links of every kind also to and from them, constraints, progress, manual tasks."""
    rng, rows, level = random.Random(seed), [], 1
    summaries = []
    for uid in range(1, rng.randint(4, 14)):
        before = [row for row in rows if row["UID"] not in summaries or row["OutlineLevel"] >= level]
        ties = []
        for one in rng.sample(before, min(len(before), rng.randint(0, 2))):
            if one["UID"] in open_above(rows, level) or (rows and is_open(rows, one, level)):
                continue
            lag, form = rng.choice(LAGS)
            summary = one["UID"] in summaries
            kind = rng.choice(("FS", "SS") if summary else ("FS", "FS", "SS", "FF", "SF"))
            ties.append(link(one["UID"], kind, *((0, 7) if summary and form in (19, 20) else (lag, form))))
        more = {}
        if rng.random() < 0.3:
            more = {"ConstraintType": rng.choice((2, 3, 4, 4, 5, 6, 7)), "ConstraintDate": day(rng)}
        elif rng.random() < 0.1:
            more = {"Manual": 1, "ManualStart": day(rng, (8, 10))}
        elif rng.random() < 0.1:
            at = rng.randint(4, 8)
            more = {"ActualStart": f"2027-01-{at:02d}T10:00:00", "ActualFinish": f"2027-01-{at + 1:02d}T15:00:00"}
        hours = 0 if rng.random() < 0.15 and "Manual" not in more else rng.choice((2, 5, 8, 16, 37))
        if "ActualFinish" in more:
            hours = 8
        own = {"CalendarUID": rng.choice((-1, -1, -1, 2, 3)), "DurationFormat": 8 if rng.random() < 0.1 else 7}
        rows.append(task(uid, hours, *ties, level=level, **{**own, **more}))
        rows[-1].setdefault("PredecessorLink", [])
        if rng.random() < 0.2 and level < 3 and "Manual" not in more and "ActualFinish" not in more:
            summaries.append(uid)
            keep = {"ConstraintType": 4, "ConstraintDate": day(rng)} if rng.random() < 0.4 else {}
            rows[-1] = task(uid, 8, *[t for t in ties if t["Type"] in (1, 3)], level=level, Summary=1, **keep)
            rows[-1].setdefault("PredecessorLink", [])
            level += 1
        elif level > 1 and rng.random() < 0.3:
            level -= 1
    if summaries and rows[-1]["UID"] == summaries[-1]:
        rows.append({**task(99, 8, level=level), "PredecessorLink": []})
    return rows


def open_above(rows: list[dict], level: int) -> set[int]:
    """The summaries above a row that comes next."""
    found, depth = set(), level
    for row in reversed(rows):
        if row["OutlineLevel"] < depth:
            found.add(row["UID"])
            depth = row["OutlineLevel"]
    return found


def is_open(rows: list[dict], one: dict, level: int) -> bool:
    """Whether a summary is the last row: what comes next may stand below it."""
    return one is rows[-1] and level > one["OutlineLevel"]


@pytest.mark.parametrize("seed", range(150))
def test_generated_plans_land_on_the_dates_of_the_slow_oracle(tmp_path, seed):
    rows = plan(seed)
    honours = seed % 3 > 0
    program = read(tmp_path, *rows, calendars=CALENDARS, HonorConstraints=int(honours))
    network = compile_network(program, Settings(constraints="as-planned"))
    wanted = naive_msp.dates(rows, WEEKS, MONDAY, honours)
    begin, found = network.axis.minute(datetime.fromisoformat(MONDAY)), {}
    for one in network.tasks:
        work = network.axis.calendars[one.calendar]
        zero = int(work.index(begin))
        ends = (network.plan.start[one.number], network.plan.finish[one.number])
        found[int(one.path.partition(".")[2])] = tuple(int(work.index(int(at))) - zero for at in ends)
    assert found == wanted
