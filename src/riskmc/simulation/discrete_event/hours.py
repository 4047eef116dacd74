"""Working hours by bisection: the same arithmetic as the conversion tables of the kernels, the obvious way."""

from __future__ import annotations

from bisect import bisect_right

from riskmc.network.worktime import WorkTime


class Hours:
    """A calendar: minute k of work starts at S[k], and F[k] is the end of minute k - 1."""

    def __init__(self, work: WorkTime):
        self.opens, self.closes, self.before = work.opens.tolist(), work.closes.tolist(), work.before.tolist()
        self.limit, self.horizon = work.limit, work.horizon

    def index(self, minute: int) -> int:
        """Return W(t): the working minutes before an instant."""
        i = max(bisect_right(self.opens, minute) - 1, 0)
        return int(self.before[i] + min(max(minute - self.opens[i], 0), self.closes[i] - self.opens[i]))

    def start(self, k: int) -> int:
        """Return S[k]."""
        k = min(max(k, 0), self.limit - 1)
        i = bisect_right(self.before, k) - 1
        return int(self.opens[i] + k - self.before[i])

    def finish(self, k: int) -> int:
        """Return F[k], the start of the first minute for k = 0; the end of the axis where there are no so many."""
        if k > self.limit:
            return self.horizon
        return self.start(k - 1) + 1 if k > 0 else self.start(0)
