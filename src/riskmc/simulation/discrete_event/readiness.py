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
    """The counters of missing predecessors: ``awaits`` is what is awaited by every link, if anything."""

    def __init__(self, replication: Replication):
        self.replication, self.dates, self.scene = replication, replication.dates, replication.scene
        self.awaits, self.fresh = self.scene.first_awaits.copy(), replication.dispatcher.fresh
        for w, wait in self.scene.doubtful_waits:
            a = replication.activities[wait.after]
            if self.scene.takes_least[wait.after]:
                self.awaits[w], a.missing = wait.kind, 1  # whichever happens first
                continue
            if not wait.strict:
                self.wait(a, w, self._seen(wait, wait.kind) if not wait.ends or self._pushes(wait) else NOTHING)
            if wait.ends and self._can_hold(wait):
                a.holds += ((w, wait.ends),)

    def wait(self, a: Activity, w: int, kind: int) -> None:
        """Let an activity wait by a link, or not."""
        a.missing += (kind != NOTHING) - (self.awaits[w] != NOTHING)
        self.awaits[w] = kind

    def _early(self, a: int) -> int:
        return min(self.dates.start(a), self.dates.finish(a))

    def _seen(self, wait: Wait, kind: int) -> int:
        """Return what lies no later than the start in the static pass: the finish, the start, or nothing (D0)."""
        start = self._early(wait.after)
        if kind == FINISH and self.dates.finish(wait.before) <= start:
            return FINISH
        return START if self._early(wait.before) <= start else NOTHING

    def _pushes(self, wait: Wait) -> bool:
        """Return whether a link to a finish pushes that work in the static pass, whose dates are computed once more."""
        if not self.scene.pushed[wait.after]:
            self.dates.compute(wait.after, self.replication.activities[wait.after].duration)
        return self.scene.pushed[wait.after] or bool(self.dates.tight[wait.link])

    def _can_hold(self, wait: Wait) -> bool:
        """Return whether what the link holds a finish for lies no later than that finish in the static pass."""
        event = self.dates.finish(wait.before) if wait.ends == 1 else self.dates.start(wait.before)
        return event <= self.dates.finish(wait.after)

    def begin(self) -> None:
        """Release what waits for nothing."""
        for number in self.scene.openings:
            a = self.replication.activities[number]
            if a.phase == AHEAD and not a.missing:
                self.find_release(a)

    def notify(self, waits: Sequence[tuple[int, int]], kind: int) -> None:
        """Tell what waits for the start, or the finish, of an activity; ``waits`` are links and who waits by them."""
        activities, awaits = self.replication.activities, self.awaits
        for w, after in waits:
            a = activities[after]
            if awaits[w] == kind:
                awaits[w] = NOTHING
                a.missing -= 1
                if not a.missing and a.phase == AHEAD:
                    self.find_release(a)
            if a.holds and a.phase == HELD and any(w == link for link, _ in a.holds):
                self.let_finish(a)

    def look(self, a: Activity) -> None:
        """Compute the start of an activity that misses nothing any more."""
        if a.phase == AHEAD and not a.missing:
            self.find_release(a)

    def find_release(self, a: Activity) -> None:
        """Compute the start of an activity that misses nothing; from that instant on it is eligible."""
        if a.began != NOWHERE:
            self._release_again(a)
            return
        number, now = a.number, self.replication.now
        a.work, release = self.dates.settle(number, a.duration)
        a.exists = self.dates.exists[number] != 0
        if self.scene.takes_least[number]:
            release = self._stand_at_first(a)
        a.disturbed |= bool(a.work) and release < now  # its links came late: nothing is worked before
        if release > now:
            a.release = release
            self._await(a, release)
        else:
            a.release = now
            self.make_eligible(a)

    def _stand_at_first(self, a: Activity) -> int:
        """Return the first of its links that has happened; what has not lies ahead, whatever was planned."""
        first = self.replication.now
        for wait in (self.scene.waits[w] for w in self.scene.awaited[a.number]):
            before = self.replication.activities[wait.before]
            if wait.finish and before.phase == DONE:
                first = min(first, self.dates.finish(before.number))
            elif not wait.finish and before.began != NOWHERE:
                first = min(first, self.dates.start(before.number))
        self.dates.stand_no_earlier(a.number, first)
        return self.dates.start(a.number)

    def _release_again(self, a: Activity) -> None:
        """Compute when an activity that has begun may go on: its links and their lags hold again, its start stays."""
        start, exists = self.dates.pool[a.number], self.dates.exists[a.number]
        self.dates.compute(a.number, a.duration)
        release = self.dates.start(a.number)
        self.dates.pool[a.number], self.dates.exists[a.number] = start, exists
        if release > self.replication.now:
            self._await(a, release)
        else:
            self.make_eligible(a)

    def _await(self, a: Activity, release: int) -> None:
        """Make an activity eligible at an instant to come."""
        a.phase, a.due = DATED, release
        self.replication.agenda.call(release, RELEASE, a.number, lambda: self._release(a))

    def _release(self, a: Activity) -> None:
        if a.phase == DATED and a.due == self.replication.now:
            self.make_eligible(a)

    def make_eligible(self, a: Activity) -> None:
        """Put an activity before the next dispatch."""
        a.phase = QUEUED
        if self.replication.logs:
            self.replication.log(ELIGIBLE, a.number, 0)
        self.fresh.append(a)

    def is_held(self, a: Activity) -> bool:
        """Return whether a link still holds the finish of a worked activity: FF until a finish, SF until a start."""
        return any(self._awaited(self.scene.waits[w].before, end) for w, end in a.holds)

    def _awaited(self, before: int, end: int) -> bool:
        other = self.replication.activities[before]
        return other.phase != DONE if end == 1 else other.began == NOWHERE

    def let_finish(self, a: Activity) -> None:
        """Plan the finish of a worked activity once no link holds it: now, or when its bound says."""
        if self.is_held(a):
            return
        start, exists = self.dates.pool[a.number], self.dates.exists[a.number]
        self.dates.compute(a.number, a.duration)
        self.dates.pool[a.number], self.dates.exists[a.number] = start, exists
        bound = self.dates.finish(a.number)
        a.disturbed = a.disturbed or bound < self.replication.now
        a.phase, a.rate, a.left = RUNNING, 0, 0
        a.due = max(bound, self.replication.now)
        self.replication.work.plan(a)
