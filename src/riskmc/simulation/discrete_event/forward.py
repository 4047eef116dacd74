"""The forward pass of one node, in plain Python: the instructions of the Monte Carlo engine, one number a row."""

from __future__ import annotations

from typing import Any

from riskmc.kernels.rows import (
    ABOVE,
    ADD,
    COMBINE,
    CONDITION,
    CONVERT,
    EXISTS,
    FILL,
    LOWER,
    MAX,
    MIN,
    RAISE,
    TIGHT,
    WHERE,
)
from riskmc.kernels.rows import CAP as _CAP
from riskmc.kernels.weather import STRETCH
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.simulation.discrete_event.hours import Hours
from riskmc.simulation.discrete_event.losing import EVERY_MINUTE, Good, stretch

CAP = int(_CAP)


class Forward:
    """The instructions of every node, and the calendars between which they convert."""

    def __init__(self, dynamics: Dynamics):
        steps = dynamics.model.steps
        self.hours = [Hours(work) for work in dynamics.calendars]
        self.between = [(self.hours[here], self.hours[there]) for here, there in dynamics.conversions]
        code = steps.code.tolist()
        self.code = [_joined(code[begin:end]) for begin, end in zip(steps.begin, steps.end, strict=True)]

    def convert(self, table: int, k: int, side: int) -> int:
        """Return an index on the other calendar of a table; a table of -1 changes nothing."""
        if table < 0:
            return k
        here, there = self.between[table]
        return there.index(here.finish(k) if side else here.start(k))

    def run(self, node: int, pool: list[int], exists: list[int], tight: list[int], good: Good = EVERY_MINUTE) -> bool:
        """Carry out the instructions of a node; return whether every date lies on its calendar.

        ``good`` are the minutes in which it can be worked on.
        """
        within = True
        for operation, out, base, terms, sums, bits in self.code[node]:
            if operation == MAX:
                latest = base
                for row, lag in terms:
                    value = pool[row] + lag
                    if value > latest:
                        latest = value
                pool[out] = latest if latest < CAP else CAP
            elif operation == STRETCH:
                bound, _, start, _, early, _ = terms
                stretch(pool, start, len(exists) + start, bound, early, good)
            else:
                within &= self._carry_out(operation, out, base, terms, pool, exists)
            for total, row, lag in sums:
                pool[total] += pool[row] + lag
            for bit, row, lag, at in bits:
                tight[bit] = pool[row] + lag == pool[at]
        return within

    def bind(self, node: int, pool: list[int], tight: list[int]) -> None:
        """Say which links into a node are tight where it stands."""
        for *_, bits in self.code[node]:
            for bit, row, lag, at in bits:
                tight[bit] = pool[row] + lag == pool[at]

    def _carry_out(
        self, operation: int, out: int, base: int, rest: list[int], pool: list[int], exists: list[int]
    ) -> bool:
        """Carry out what few nodes need; return whether the date lies on its calendar."""
        x, cx, y, cy, z, cz = rest
        value = pool[x] + cx
        if operation == RAISE:
            pool[out] = max(pool[out], min(value, CAP))
        elif operation == CONVERT:
            pool[out] = self.convert(y, value, cy) + cz
            return value - cy < self.between[y][0].limit
        elif operation == MIN:
            pool[out] = max(min(value, pool[y] + cy, base), -CAP)
        elif operation == LOWER:
            pool[out] = min(pool[out], max(value, -CAP))
        elif operation == COMBINE:
            pool[out] = base + pool[x] - pool[y] + pool[z]
        elif operation == ABOVE:
            pool[out] = int(value > pool[y])
        elif operation == WHERE:
            pool[out] = pool[x] if pool[y] else pool[out]
        elif operation == EXISTS:
            pool[out] = exists[x]
        elif operation == CONDITION:
            exists[out] &= int(value > pool[y])
        return True


def _joined(code: list[list[int]]) -> list[tuple[int, int, int, Any, list[Any], list[Any]]]:
    """Return instructions with the terms of one maximum, and the sums and bits that follow it, in one."""
    joined: list[tuple[int, int, int, Any, list[Any], list[Any]]] = []
    for operation, out, base, *rest in code:
        x, cx, y, cy, *_ = rest
        before, row, _, terms, sums, bits = joined[-1] if joined else (FILL, -1, 0, [], [], [])
        if operation == MAX:
            joined.append((MAX, out, base, [(x, cx)] if (x, cx) == (y, cy) else [(x, cx), (y, cy)], [], []))
        elif operation == FILL:
            joined.append((MAX, out, base, [], [], []))
        elif operation == RAISE and before == MAX and row == out and not sums and not bits:
            terms.append((x, cx))
        elif operation == ADD and joined and not bits:
            sums.append((out, x, cx))
        elif operation == TIGHT and joined:
            bits.append((out, x, cx, y))
        else:
            joined.append((operation, out, base, rest, [(out, x, cx)] if operation == ADD else [], []))
    return joined
