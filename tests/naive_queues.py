"""Queues of one replication, slowly: lists of spans read off its event log, and sums of their overlaps."""

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from riskmc.kernels.discrete_event import codes


class Span(NamedTuple):
    """Something that lasts: an activity waits for ``units`` of a pool, or holds them."""

    node: int
    pool: int
    units: int
    start: int
    finish: int


class Spans(NamedTuple):
    """All of one replication: waits, holds, when each pool was first asked for, and its capacity from a minute on."""

    waits: list
    holds: list
    asked: dict
    levels: dict


def spans(log, demands, boards, capacity):
    """Return the spans of a log; ``demands`` by node: (pool, units); ``boards``: in sequence, [(pool, units)]."""
    waits, holds, asked = [], [], {}
    levels = {pool: [(-(2**40), units)] for pool, units in enumerate(capacity)}
    began, held, rounds = {}, {}, {}
    deciding = defaultdict(list)
    for minute, kind, node, value in log:
        if kind == codes.CAPACITY_SET:
            levels[node].append((minute, value))
        if kind in (codes.ELIGIBLE, codes.STOPPED, codes.WENT_ON):
            began[node] = minute
        if kind == codes.ELIGIBLE:
            for pool, _ in demands.get(node, []):
                asked.setdefault(pool, minute)
        if kind in (codes.STARTED, codes.RESUMED) and node in began:
            start, units = began.pop(node), dict(demands.get(node, []))
            if value in units and start < minute:
                waits.append(Span(node, value, units[value], start, minute))
        if kind == codes.UNITS_MOVED and value:
            held[node] = minute
        elif kind == codes.UNITS_MOVED:
            holds += [Span(node, pool, units, held[node], minute) for pool, units in demands[node]]
        if node in boards and boards[node][1]:
            _approvals(minute, kind, node, value, boards[node], rounds, deciding, waits, holds, asked)
    return Spans(waits, holds, asked, levels)


def _approvals(minute, kind, node, value, board, rounds, deciding, waits, holds, asked):
    sequence, needs = board
    first, units = needs[0]
    if kind in (codes.ELIGIBLE, codes.STOPPED, codes.WENT_ON, codes.TAKEN_BACK, codes.TO_REDO):
        for start in rounds.pop(node, {"open": []})["open"]:  # never decided: it waited until it was dismissed
            waits.append(Span(node, first, units, start, -minute))
    elif kind == codes.ASKED:
        asked.setdefault(first, minute)
        rounds[node] = {"number": value, "open": [minute] * (1 if sequence else value)}
    elif kind == codes.DECIDES:
        if node in rounds and rounds[node]["open"]:
            start = rounds[node]["open"].pop()
            waits.append(Span(node, first, units, start, minute))
        deciding[node].append(minute)
    elif kind == codes.DECIDED:
        begun = deciding[node].pop(0)
        holds += [Span(node, pool, units, begun, minute) for pool, units in needs]
        if sequence and node in rounds and value < rounds[node]["number"] and not rounds[node]["open"]:
            rounds[node]["open"].append(minute)


def overlap(span, first, last, worked=lambda minute: minute):
    """Return how much of a span lies between two instants, in minutes, or in what ``worked`` counts."""
    start, finish = max(span.start, first), min(abs(span.finish), last)
    return worked(finish) - worked(start) if finish > start else 0


def union(some):
    """Return how many minutes lie in at least one of the spans."""
    total, reached = 0, -(2**40)
    for span in sorted(some, key=lambda span: span.start):
        total += max(0, abs(span.finish) - max(span.start, reached))
        reached = max(reached, abs(span.finish))
    return total


def room(levels, holds, pool, first, last, worked):
    """Return the unit-time of a pool between two instants: what there is, or what is held where that is more."""
    cuts = {first, last} | {minute for minute, _ in levels[pool]} | {m for s in holds for m in (s.start, s.finish)}
    inside = sorted(cut for cut in cuts if first <= cut <= last)
    total = 0
    for one, two in pairwise(inside):
        there = [units for minute, units in levels[pool] if minute <= one][-1]
        used = sum(span.units for span in holds if span.pool == pool and span.start <= one < span.finish)
        total += max(there, used) * (worked(two) - worked(one))
    return total
