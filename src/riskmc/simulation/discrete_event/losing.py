"""Lost time in one replication, in plain Python: which minutes of a calendar are good, and work on these alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from riskmc.kernels.rows import CAP
from riskmc.simulation.discrete_event.hours import Hours

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.scene import Scene

Stretches = Sequence[tuple[int, int]]


class Good:
    """The good minutes of a calendar: all but stretches of indices that are lost, in order and apart."""

    def __init__(self, stretches: Stretches):
        self.stretches = stretches
        self.begins = [begin for begin, _ in stretches]
        self.lost = list(accumulate((end - begin for begin, end in stretches), initial=0))
        self.ahead = [begin - lost for begin, lost in zip(self.begins, self.lost, strict=False)]

    def before(self, k: int) -> int:
        """Return the good minutes before index ``k``."""
        begun = bisect_right(self.begins, k)
        return max(k - self.lost[begun], self.ahead[begun - 1]) if begun else k

    def start(self, good: int) -> int:
        """Return the index of the good minute that has so many before it: where work starts."""
        return good + self.lost[bisect_right(self.ahead, good)]

    def end(self, good: int) -> int:
        """Return the first index with so many good minutes before it: where work ends."""
        return good + self.lost[bisect_left(self.ahead, good)]

    def without(self, taken: Stretches) -> Good:
        """Return what is left when stretches of the good minutes are lost too."""
        joined: list[tuple[int, int]] = []
        for begin, end in sorted([*self.stretches, *((self.start(a), self.end(b)) for a, b in taken)]):
            if joined and begin <= joined[-1][1]:
                begin, end = joined[-1][0], max(joined.pop()[1], end)
            joined.append((begin, end))
        return Good(joined)


EVERY_MINUTE = Good(())


class GoodHours(Hours):
    """A work clock that loses time: its minutes are the good ones of its hours."""

    def __init__(self, hours: Hours, good: Good):
        self.hours, self.good = hours, good

    def index(self, minute: int) -> int:
        """Return the good minutes before an instant."""
        return self.good.before(self.hours.index(minute))

    def start(self, k: int) -> int:
        """Return the instant at which good minute ``k`` starts."""
        return self.hours.start(self.good.start(k))

    def finish(self, k: int) -> int:
        """Return the instant at which ``k`` good minutes are over."""
        return self.hours.finish(self.good.end(k))


def clocks_in(scene: Scene, good: Sequence[Good]) -> list[Hours | None]:
    """Return the work clocks of one iteration by number; ``good`` is by table of lost time."""
    tables = scene.model.clocks.lost.tolist()
    return [
        hours if table < 0 else GoodHours(hours or scene.axis, good[table])
        for hours, table in zip(scene.hours, tables, strict=True)
    ]


def stretch(pool: list[int], start: int, finish: int, bound: int, early: int, good: Good) -> None:
    """Let work of ``pool[finish]`` minutes, from ``pool[start]`` on, last until so many good ones have passed.

    It ends no earlier than ``pool[bound]`` (-1: no bound), and starts as late as still fits. ``early`` gets the
    earliest index from which it would have started where it does.
    """
    k, work = pool[start], max(pool[finish], 0)
    least = pool[bound] if bound >= 0 else k
    if work == 0:
        pool[start] = pool[finish] = pool[early] = max(k, least)
        return
    done = good.before(k)
    end = good.end(done + work)
    if least > end:
        end, done = least, good.before(least) - work
    pool[start], pool[finish], pool[early] = good.start(done), min(end, int(CAP)), good.end(done)
