"""Working hours by bisection: the same arithmetic as the conversion tables of the kernels, the obvious way."""

from __future__ import annotations

from bisect import bisect_right

from riskmc.network.worktime import WorkTime


class Hours:
    """A calendar: minute k of work starts at S[k], and F[k] is the end of minute k - 1."""

    def __init__(self, work: WorkTime):
        self.limit, self.horizon = work.limit, work.horizon
        self._opens: list[int] = work.opens.tolist()
        self._before: list[int] = work.before.tolist()
        self._closed: list[int] = (work.opens - work.before).tolist()  # minutes that are not worked, until it opens
        self._until = [*self._before, self.limit]

    def index(self, minute: int) -> int:
        """Return W(t): the working minutes before an instant."""
        begun = bisect_right(self._opens, minute)
        if not begun:
            return 0
        worked, most = minute - self._closed[begun - 1], self._until[begun]
        return worked if worked < most else most

    def start(self, k: int) -> int:
        """Return S[k]."""
        k = min(max(k, 0), self.limit - 1)
        return k + self._closed[bisect_right(self._before, k) - 1]

    def finish(self, k: int) -> int:
        """Return F[k], the start of the first minute for k = 0; the end of the axis where there are no so many."""
        if k > self.limit:
            return self.horizon
        return self.start(k - 1) + 1 if k > 0 else self.start(0)
