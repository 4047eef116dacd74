"""From predecessors to eligibility: what an activity waits for, when its start is computed, when it is released."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import AHEAD, DATED, DONE, ELIGIBLE, HELD, NOWHERE, QUEUED, RELEASE, RUNNING
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.scene import FINISH, NOTHING, START, Wait

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


class Readiness:
    """The counters of missing predecessors."""

    def __init__(self, replication: Replication):
        self.replication, self.dates, self.scene = replication, replication.dates, replication.scene
        for w, wait in self.scene.doubtful_waits:
            a = replication.activities[wait.after]
            kind = wait.kind if wait.strict else self._seen(wait, wait.kind)
            if kind != NOTHING:
                a.waits[w] = kind
            if wait.ends and self._can_hold(wait):
                a.holds[w] = wait.ends

    def _early(self, a: int) -> int:
        return min(self.dates.start(a), self.dates.finish(a))

    def _seen(self, wait: Wait, kind: int) -> int:
        """Return what lies no later than the start in the static pass: the finish, the start, or nothing (D0)."""
        start = self._early(wait.after)
        if kind == FINISH and self.dates.finish(wait.before) <= start:
            return FINISH
        return START if self._early(wait.before) <= start else NOTHING

    def _can_hold(self, wait: Wait) -> bool:
        """Return whether what the link holds a finish for lies no later than that finish in the static pass."""
        event = self.dates.finish(wait.before) if wait.ends == 1 else self.dates.start(wait.before)
        return event <= self.dates.finish(wait.after)

    def begin(self) -> None:
        """Release what waits for nothing."""
        for number in self.scene.order:
            a = self.replication.activities[number]
            if a.phase == AHEAD and not a.waits:
                self.find_release(a)

    def notify(self, waits: Sequence[tuple[int, int]], kind: int) -> None:
        """Tell what waits for the start, or the finish, of an activity; ``waits`` are links and who waits by them."""
        activities = self.replication.activities
        for w, after in waits:
            a = activities[after]
            if a.waits.get(w) == kind:
                del a.waits[w]
                if not a.waits and a.phase == AHEAD:
                    self.find_release(a)
            if a.holds and w in a.holds and a.phase == HELD:
                self.let_finish(a)

    def look(self, a: Activity) -> None:
        """Compute the start of an activity that misses nothing any more."""
        if a.phase == AHEAD and not a.waits:
            self.find_release(a)

    def find_release(self, a: Activity) -> None:
        """Compute the start of an activity that misses nothing; from that instant on it is eligible."""
        if a.began != NOWHERE:
            self._release_again(a)
            return
        dates, number = self.dates, a.number
        if self.scene.pushed[number]:
            dates.compute_pushed(number, a.duration)
        else:
            dates.compute(number, a.duration)
        a.exists = bool(dates.exists[number])
        a.work = dates.work(number)
        release = dates.start(number) if a.work else dates.finish(number)
        a.release = max(release, self.replication.now)
        self._date(a, a.release)

    def _release_again(self, a: Activity) -> None:
        """Compute when an activity that has begun may go on: its links and their lags hold again, its start stays."""
        start, exists = self.dates.pool[a.number], self.dates.exists[a.number]
        self.dates.compute(a.number, a.duration)
        release = max(self.dates.start(a.number), self.replication.now)
        self.dates.pool[a.number], self.dates.exists[a.number] = start, exists
        self._date(a, release)

    def _date(self, a: Activity, release: int) -> None:
        """Make an activity eligible at an instant: now, or then."""
        if release > self.replication.now:
            a.phase, a.due = DATED, release
            self.replication.agenda.call(release, RELEASE, a.number, lambda: self._release(a))
        else:
            self.make_eligible(a)

    def _release(self, a: Activity) -> None:
        if a.phase == DATED and a.due == self.replication.now:
            self.make_eligible(a)

    def make_eligible(self, a: Activity) -> None:
        """Put an activity before the next dispatch."""
        a.phase = QUEUED
        self.replication.log(ELIGIBLE, a.number, 0)
        self.replication.dispatcher.fresh.append(a)

    def is_held(self, a: Activity) -> bool:
        """Return whether a link still holds the finish of a worked activity: FF until a finish, SF until a start."""
        return any(self._awaited(self.scene.waits[w].before, end) for w, end in a.holds.items())

    def _awaited(self, before: int, end: int) -> bool:
        other = self.replication.activities[before]
        return other.phase != DONE if end == 1 else other.began == NOWHERE

    def let_finish(self, a: Activity) -> None:
        """Plan the finish of a worked activity once no link holds it: now, or when its bound says."""
        if self.is_held(a):
            return
        start = self.dates.pool[a.number]
        self.dates.compute(a.number, a.duration)
        self.dates.pool[a.number] = start
        bound = self.dates.finish(a.number)
        a.disturbed = a.disturbed or bound < self.replication.now
        a.phase, a.rate, a.left = RUNNING, 0, 0
        a.due = max(bound, self.replication.now)
        self.replication.work.plan(a)
