"""Networks in the words of the oracle (naive_network.py), random ones among them, translated for the row machine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from naive_network import Activity, Link, end_of, rests_at_start, start_of, worked
from riskmc.kernels import weather
from riskmc.kernels.lost_time import EVERYTHING, Lost, Thinning
from riskmc.network.layout import FF, FS, NONE, SF, SS, DateCondition, Edges, Nodes
from riskmc.network.logic import Logic, build
from riskmc.network.worktime import WorkTime

DAY, WEEKS = 1440, 40
DATA_DATE = 28 * DAY  # a Monday, four weeks into the axis
TYPES = {"FS": FS, "SS": SS, "FF": FF, "SF": SF}
MILESTONES = {None: 0, "start": 1, "finish": 2}
LANES = 64


def weekly(shifts, days):
    """Open intervals of a weekly pattern over the axis; shifts may run past midnight."""
    found = [(day * DAY + a, day * DAY + b) for day in range(7 * WEEKS - 2) if day % 7 in days for a, b in shifts]
    merged = [found[0]]
    for start, end in found[1:]:
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


CLOCK = [(0, 7 * DAY * WEEKS)]
OFFICE = weekly([(480, 720), (780, 1020)], range(5))
NIGHTS = weekly([(1320, 1800)], (0, 1, 2, 3, 6))
SIX_DAYS = weekly([(420, 1050)], range(6))
CALENDARS = [OFFICE, CLOCK, NIGHTS, SIX_DAYS]


def work_time(calendar):
    """The same calendar as network/worktime.py compiles it."""
    opens, closes = np.array(calendar, dtype=np.int64).T
    before = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    return WorkTime("test", opens, closes, before, 7 * DAY * WEEKS, 480.0, 2400.0, 10400.0)


@dataclass
class Losses:
    """What a calendar loses in each distinct iteration, as (first, last) indices: stretches apart, and any at all."""

    calendar: list[tuple[int, int]]
    weather: list[list[tuple[int, int]]]
    risks: list[list[tuple[int, int]]]


def without(calendar, lost):
    """The open intervals of a calendar without the minutes of these indices, the last of each excluded."""
    gone, found, before = apart(lost), [], 0
    for start, end in calendar:
        at = start
        for first, last in gone:
            begins, ends = max(start, start + first - before), min(end, start + last - before)
            if begins < ends:
                found += [(at, begins)] if at < begins else []
                at = ends
        found += [(at, end)] if at < end else []
        before += end - start
    return found


@dataclass
class Case:
    """A network with one set of durations, existence and lags per lane, for both sides of a comparison.

    ``activities`` and ``links`` hold lane 0; ``lanes`` holds for the others what differs: durations, existence, lags.
    """

    activities: list[Activity]
    links: list[Link]
    durations: np.ndarray
    exists: np.ndarray
    lags: dict[int, np.ndarray] = field(default_factory=dict)
    slips: dict[int, np.ndarray] = field(default_factory=dict)
    conditions: list[DateCondition] = field(default_factory=list)
    lost: list[Losses] = field(default_factory=list)

    def lane(self, i):
        """Activities and links of one iteration, for the oracle."""
        activities = [
            replace(
                a,
                duration=int(self.durations[n, i]),
                exists=bool(self.exists[n, i]),
                start_floor=self._floor(n, i),
                working=self._working(a, i),
            )
            for n, a in enumerate(self.activities)
        ]
        links = [replace(x, lag=int(self.lags[e][i])) if e in self.lags else x for e, x in enumerate(self.links)]
        return activities, links

    def _working(self, activity, i):
        for losses in self.lost:
            if losses.calendar == activity.calendar:
                return without(activity.calendar, losses.weather[i % DISTINCT] + losses.risks[i % DISTINCT])
        return None

    def _floor(self, n, i):
        activity = self.activities[n]
        if n not in self.slips:
            return activity.start_floor
        return start_of(activity.calendar, worked(activity.calendar, activity.start_floor) + int(self.slips[n][i]))


def fixed(activities, links):
    """A case in which all lanes are the same."""
    durations = np.array([[a.duration] * LANES for a in activities])
    exists = np.array([[a.exists] * LANES for a in activities])
    return Case(activities, links, durations, exists)


def compiled(case, outputs=None) -> Logic:
    """The network as `build` returns it; by default the one output is the finish of everything."""
    activities, links = case.activities, case.links
    calendars = CALENDARS + [c for a in activities for c in [a.calendar] if c not in CALENDARS]
    number = {activity.name: n for n, activity in enumerate(activities)}
    nodes = Nodes.blank([activity.name for activity in activities])
    for n, activity in enumerate(activities):
        fill(nodes, n, activity, calendars.index(activity.calendar))
        if activity.keeps_floor and not any(link.succ == activity.name for link in links):
            nodes.kept[n] = max(activity.floor, activity.start_floor or 0)
    edges = Edges.blank(len(links))
    for e, link in enumerate(links):
        edges.predecessor[e], edges.successor[e] = number[link.pred], number[link.succ]
        edges.type[e], edges.lag[e] = TYPES[link.type], link.lag
        edges.lag_calendar[e] = calendars.index(link.lag_calendar or CLOCK)
    sampled = [*((edges, e) for e in case.lags), *((nodes, n) for n in case.slips)]
    for row, (owner, which) in enumerate(sampled):
        if owner is edges:
            edges.lag_row[which], edges.lag[which] = row, 0
        else:
            nodes.constraint_floor_row[which] = row
    nodes.can_vanish |= ~case.exists.all(axis=1)
    everyone = [n for n, a in enumerate(activities) if a.sets_finish and not a.level_of_effort]
    times = [work_time(calendar) for calendar in calendars]
    loses = np.array([loses_time(case, a) for a in activities]) if case.lost else None
    return build(nodes, edges, times, outputs or [everyone], case.conditions, len(sampled), loses)


def loses_time(case, activity):
    """Only the work on the calendars that lose time does."""
    here = any(losses.calendar == activity.calendar for losses in case.lost)
    return here and activity.milestone is None and not activity.level_of_effort


def lost_time(case):
    """The lost time of a case as the kernels take it, with nothing left to draw; None where there is none."""
    if not case.lost:
        return None
    table = [next((t for t, x in enumerate(case.lost) if x.calendar == a.calendar), -1) for a in case.activities]
    limits = np.array([[worked(x.calendar, x.calendar[-1][1])] * 2 for x in case.lost], np.int32)
    none, words = np.zeros((0, 1), np.uint64), np.zeros(256, np.uint32)
    thinning = Thinning(
        np.array(table, np.int32), np.full(len(case.lost), -1, np.int32), limits, limits[:, :1], none, none,
        np.array([0, 1, 0, 1], np.int64),
    )  # fmt: skip
    lanes_ = case.durations.shape[1]
    drawn = np.zeros((len(case.lost), 256, 50), np.int32)
    for t, losses in enumerate(case.lost):
        for i in range(lanes_):
            enter(drawn[t, i], losses.weather[i % DISTINCT])
    lost = Lost(
        drawn, np.zeros((len(case.lost), lanes_, 21), np.int32), np.arange(lanes_, dtype=np.int32),
        np.zeros((0, 2), np.uint64), np.zeros(3, np.uint64), np.zeros(0, np.int64),
        np.full(len(case.lost), EVERYTHING, np.int32), np.zeros((0, 256), np.uint8), words,
    )  # fmt: skip
    most = max(len(stretches) for losses in case.lost for stretches in losses.risks)
    of = np.repeat(np.arange(len(case.lost)), most)
    ends = np.zeros((2, of.size, lanes_), np.int64)
    for r, t in enumerate(of):
        for i in range(lanes_):
            stretches = case.lost[t].risks[i % DISTINCT]
            ends[:, r, i] = stretches[r % most] if r % most < len(stretches) else (0, 0)
    weather.strike(thinning, lost, of, ends[0], ends[1])
    return thinning, lost


def enter(row, stretches):
    """Write one lane's stretches of bad weather as `kernels/lost_time.py` keeps them."""
    row[0], gone = len(stretches), 0
    for j, (first, last) in enumerate(sorted(stretches)):
        row[2 + 2 * j], row[1 + 2 * j] = first - gone, gone
        gone += last - first
        row[3 + 2 * j] = gone


def random_losses(rng, case):
    """The case with lost time on some of its calendars."""
    calendars = [c for n, c in enumerate(CALENDARS) if any(a.calendar == c for a in case.activities)]
    lost = [Losses(c, *([stretches(rng, c) for _ in range(DISTINCT)] for _ in range(2))) for c in calendars]
    for losses in lost:
        losses.weather = [apart(found) for found in losses.weather]
    return replace(case, lost=[x for x in lost if rng.random() < 0.8] or lost[:1])


def stretches(rng, calendar):
    """Stretches of lost minutes round the data date, whole days and odd minutes."""
    here = worked(calendar, DATA_DATE)
    found = []
    for _ in range(rng.randrange(10)):
        first = here + rng.choice((480, 1440, 60, 1)) * rng.randrange(-2, 20)
        found.append((first, first + rng.choice((480, 1440, 60, 1, 333))))
    return found


def apart(found):
    """The same minutes as stretches that do not touch."""
    out = []
    for first, last in sorted(found):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def fill(nodes, n, activity, calendar):
    """Write one activity of the oracle into the arrays."""
    nodes.calendar[n] = calendar
    nodes.milestone[n] = MILESTONES[activity.milestone]
    instants = {
        "floor": activity.floor,
        "constraint_floor": activity.start_floor,
        "finish_floor": activity.finish_floor,
        "fixed_start": activity.fixed_start,
        "fixed_finish": activity.fixed_finish,
        "late_start_cap": activity.late_start_cap,
        "late_finish_cap": activity.late_finish_cap,
    }
    for column, t in instants.items():
        getattr(nodes, column)[n] = NONE if t is None else worked(activity.calendar, t)
    for column, t in (("floor", activity.floor), ("constraint", activity.start_floor), ("fixed", activity.fixed_start)):
        getattr(nodes, f"{column}_ends_work")[n] = t is not None and not rests_at_start(activity.calendar, t)
    nodes.late_minute[n] = NONE if activity.late_bound is None else activity.late_bound
    nodes.level_of_effort[n] = activity.level_of_effort
    nodes.as_late_as_possible[n] = activity.as_late_as_possible


@dataclass
class Run:
    """What one run of a case left behind."""

    logic: Logic
    pool: np.ndarray
    exists: np.ndarray
    critical: np.ndarray
    tight: np.ndarray
    beyond: int


def run(case, outputs=None, rows=None):
    """Run a case on all its lanes; ``rows`` is the size of the pool, by default what a forward pass takes."""
    logic = compiled(case, outputs)
    pool = np.full((rows or logic.rows, case.durations.shape[1]), -7, np.int32)
    exists, tight = case.exists.astype(np.uint8), logic.new_tight(pool.shape[1])
    pool[logic.finishes] = np.where([[a.milestone is not None] for a in case.activities], 0, case.durations)
    pool[logic.lags] = np.array([*case.lags.values(), *case.slips.values()]).reshape(-1, pool.shape[1])
    beyond = logic.run(pool, exists, tight, lost_time(case))
    critical = np.zeros((len(case.activities), tight.shape[1]), np.uint64)
    logic.trace(exists, tight, critical)
    return Run(logic, pool, exists, lanes(critical), lanes(tight), beyond)


def lanes(words):
    """One bool per lane from the 64-bit words of kernels/lanes.py."""
    return np.unpackbits(words.view(np.uint8), axis=1, bitorder="little").astype(bool)


# ---- random networks

DISTINCT = 3  # different iterations in a random case; the lanes repeat them
DURATIONS = (1, 60, 240, 480, 960, 1440, 3000)
LAGS = (0, 0, 0, 0, 1, 60, 480, 1440, -1, -60, -480, -700, 333, -1234)
SAMPLED_LAGS = (0, 0, 1, 300, -300, -1, 480, -480, 1000)


def random_case(rng, size=8, constraints=False):
    """A network of up to ``size`` activities with everything that logic knows; ``constraints`` adds as-planned ones."""
    calendars = rng.sample(CALENDARS, rng.randint(1, 3))
    late_bound = rng.choice((None, None, DATA_DATE + rng.randrange(30 * DAY)))
    activities = [
        random_activity(rng, f"a{n}", rng.choice(calendars), constraints) for n in range(rng.randint(1, size))
    ]
    activities[0].level_of_effort = False
    for activity in activities:
        activity.late_bound = late_bound
    pairs = [pair for pair in combinations(activities, 2) for _ in range(2) if rng.random() < 1.6 / size]
    links = [random_link(rng, a, b) for a, b in pairs if not a.level_of_effort]
    rng.shuffle(activities)  # the order of the nodes says nothing
    exists = [[a.level_of_effort or not a.exists or rng.random() < 0.6 for _ in range(DISTINCT)] for a in activities]
    for activity, row in zip(activities, exists, strict=True):
        row[:] = [True] * DISTINCT if activity.exists else row
        activity.exists = True
    durations = [[0 if a.milestone else rng.choice(DURATIONS) for _ in range(DISTINCT)] for a in activities]
    lags = {e: draw(rng, SAMPLED_LAGS) for e in range(len(links)) if rng.random() < 0.15}
    slips = {n: draw(rng, LAGS) for n, a in enumerate(activities) if a.start_floor is not None and rng.random() < 0.4}
    return Case(activities, links, repeat(durations, int), repeat(exists, bool), lags, slips)


def random_activity(rng, name, calendar, constraints):
    def minute():
        return DATA_DATE + rng.choice((0, 480, 1020, 5 * DAY, rng.randrange(14 * DAY)))

    def start():
        t = minute()
        return rng.choice((t, start_of(calendar, worked(calendar, t)), end_of(calendar, worked(calendar, t))))

    def end():
        return end_of(calendar, worked(calendar, minute()))

    activity = Activity(
        name, calendar, 0, floor=start() if rng.random() < 0.3 else start_of(calendar, worked(calendar, DATA_DATE))
    )
    kind = rng.random()
    activity.milestone = "start" if kind < 0.12 else "finish" if kind < 0.25 else None
    activity.level_of_effort = 0.25 < kind < 0.33
    activity.exists = activity.level_of_effort or rng.random() < 0.8  # False: not in every iteration
    activity.start_floor = start() if rng.random() < 0.2 else None
    activity.finish_floor = end() if rng.random() < 0.15 else None
    if constraints and not activity.level_of_effort:
        add_constraint(rng, activity, start, end)
    held = (activity.start_floor, activity.finish_floor, activity.fixed_start, activity.fixed_finish)
    activity.keeps_floor = kind < 0.06 and not activity.as_late_as_possible and held == (None,) * 4
    return activity


def add_constraint(rng, activity, start, end):
    field_name = rng.choice(
        ("fixed_start", "fixed_finish", "as_late_as_possible", "late_start_cap", "late_finish_cap", "")
    )
    if field_name == "as_late_as_possible":
        activity.as_late_as_possible = True
    elif field_name:
        setattr(activity, field_name, start() if "start" in field_name else end())


def random_link(rng, a, b):
    calendar = rng.choice((a.calendar, a.calendar, b.calendar, rng.choice(CALENDARS)))
    return Link(a.name, b.name, rng.choice(("FS", "FS", "SS", "FF", "SF")), rng.choice(LAGS), calendar)


def draw(rng, values):
    return repeat([[rng.choice(values) for _ in range(DISTINCT)]], int)[0]


def repeat(rows, kind):
    """Spread what differs between iterations over all lanes."""
    return np.array(rows, dtype=kind)[:, np.arange(LANES) % DISTINCT]
