"""The forward pass of one node, in plain Python: the instructions of the Monte Carlo engine, one number a row."""

from __future__ import annotations

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
        self.pairs = dynamics.conversions
        code = steps.code.tolist()
        self.code = [code[begin:end] for begin, end in zip(steps.begin, steps.end, strict=True)]

    def convert(self, table: int, k: int, side: int) -> int:
        """Return an index on the other calendar of a table; a table of -1 changes nothing."""
        if table < 0:
            return k
        here, there = (self.hours[calendar] for calendar in self.pairs[table])
        return there.index(here.finish(k) if side else here.start(k))

    def run(self, node: int, pool: list[int], exists: list[int], tight: list[int], good: Good = EVERY_MINUTE) -> bool:
        """Carry out the instructions of a node; return whether every date lies on its calendar.

        ``good`` are the minutes in which it can be worked on.
        """
        within = True
        for operation, out, base, x, cx, y, cy, z, cz in self.code[node]:
            value = pool[x] + cx
            if operation == MAX:
                other = pool[y] + cy
                latest = value if value > other else other
                pool[out] = min(latest, CAP) if latest > base else base
            elif operation == TIGHT:
                tight[out] = int(value == pool[y])
            elif operation == ADD:
                pool[out] += value
            elif operation == RAISE:
                pool[out] = max(pool[out], min(value, CAP))
            elif operation == FILL:
                pool[out] = base
            elif operation == CONVERT:
                within &= value - cy < self.hours[self.pairs[y][0]].limit
                pool[out] = self.convert(y, value, cy) + cz
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
            elif operation == STRETCH:
                stretch(pool, y, len(exists) + y, x, z, good)
        return within
