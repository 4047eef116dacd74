"""The forward pass of one node, in plain Python: the instructions of the Monte Carlo engine, one number a row."""

from __future__ import annotations

from riskmc.kernels import rows, weather
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.simulation.discrete_event.hours import Hours
from riskmc.simulation.discrete_event.losing import EVERY_MINUTE, Good, stretch

CAP = int(rows.CAP)


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
            if operation == rows.MAX:
                pool[out] = min(max(value, pool[y] + cy, base), CAP)
            elif operation == rows.TIGHT:
                tight[out] = int(value == pool[y])
            elif operation == rows.ADD:
                pool[out] += value
            elif operation == rows.RAISE:
                pool[out] = max(pool[out], min(value, CAP))
            elif operation == rows.FILL:
                pool[out] = base
            elif operation == rows.CONVERT:
                within &= value - cy < self.hours[self.pairs[y][0]].limit
                pool[out] = self.convert(y, value, cy) + cz
            elif operation == rows.MIN:
                pool[out] = max(min(value, pool[y] + cy, base), -CAP)
            elif operation == rows.LOWER:
                pool[out] = min(pool[out], max(value, -CAP))
            elif operation == rows.COMBINE:
                pool[out] = base + pool[x] - pool[y] + pool[z]
            elif operation == rows.ABOVE:
                pool[out] = int(value > pool[y])
            elif operation == rows.WHERE:
                pool[out] = pool[x] if pool[y] else pool[out]
            elif operation == rows.EXISTS:
                pool[out] = exists[x]
            elif operation == rows.CONDITION:
                exists[out] &= int(value > pool[y])
            elif operation == weather.STRETCH:
                stretch(pool, y, len(exists) + y, x, z, good)
        return within
