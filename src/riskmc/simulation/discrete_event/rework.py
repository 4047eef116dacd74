"""Work that is sent back: done work becomes unfinished again, and what waits for it waits again.

Which rules apply is said in kernels/discrete_event/rework.py; here they stand once more, to be read.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import (
    AHEAD,
    AT_GATE,
    DATED,
    DONE,
    FULL,
    GATE,
    HELD,
    NOWHERE,
    PAUSED,
    QUEUED,
    RUNNING,
    STOPPED,
    SUSPENDED,
    TAKEN_BACK,
    TO_REDO,
)
from riskmc.network.dynamics.rework import RESTART
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.approvals import Approvals
from riskmc.simulation.discrete_event.gates import judge
from riskmc.simulation.discrete_event.loops import Loop, Member, new_loops
from riskmc.simulation.discrete_event.scene import FINISH

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


class Rework:
    """The gates and approvals of a replication, and what they send back."""

    def __init__(self, replication: Replication):
        self.replication, self.draws = replication, replication.draws
        self.loops = new_loops(replication.scene.loops)
        self.approvals = Approvals(self, replication.scene.model.approvals)
        self.first: dict[int, Loop] = {}
        for loop in reversed(self.loops):
            self.first[loop.rule.node] = loop

    def stops(self, a: Activity) -> bool:
        """Return whether worked activity must be let through first; if so, it is tested now, or when all is redone."""
        loop = self.first.get(a.number)
        if loop is None or a.judged or not a.exists:
            return False
        a.phase, a.left, a.disturbed = AT_GATE, 0, True
        if not loop.awaited:
            self.plan(loop)
        return True

    def plan(self, loop: Loop) -> None:
        """Let a loop test at this minute, after what is completed."""
        agenda, now = self.replication.agenda, self.replication.now
        agenda.call(now, GATE, loop.number, lambda: self._test(loop))

    def _test(self, loop: Loop) -> None:
        passes = judge(self, loop) if loop.rule.approval == NOWHERE else self.approvals.ask(loop)
        if passes:
            self.replication.close(self.activity(loop))

    def activity(self, loop: Loop) -> Activity:
        """Return the activity whose work a loop tests."""
        return self.replication.activities[loop.rule.node]

    def may_test(self, loop: Loop) -> bool:
        """Return whether a loop can test now: the work is done, it is its turn, and all members are done again."""
        a = self.activity(loop)
        return a.phase == AT_GATE and a.judged == loop.rule.level and not loop.awaited

    def let_through(self, loop: Loop) -> bool:
        """Let an activity pass a loop; return whether that was the last one it had to pass."""
        self.activity(loop).judged += 1
        if loop.rule.following == NOWHERE:
            return True
        self.plan(self.loops[loop.rule.following])
        return False

    def send_back(self, loop: Loop) -> None:
        """Add a share of their work to the members of a loop; where it comes to nothing, the loop tests again."""
        share = self.draws.size(loop.rule.share, loop.redos)
        again = [member for member in loop.rule.members if self._reopen(loop, member, share)]
        loop.redos += 1
        self.activity(loop).disturbed = True
        activities = [self.replication.activities[member.node] for member in again]
        for a in activities:
            self._hold_behind(a)
        if again:
            self._stop_behind(loop)
        for a in activities:
            self.replication.readiness.look(a)
        if not loop.awaited and self.activity(loop).phase == AT_GATE:
            self.plan(loop)

    def _reopen(self, loop: Loop, member: Member, share: float) -> bool:
        """Add the work of a redo to a member that has begun; return whether there is any."""
        a = self.replication.activities[member.node]
        if a.began == NOWHERE or not a.exists:
            return False
        whole = float(a.work) if member.anew == NOWHERE else self.draws.size(member.anew, loop.redos)
        minutes = floor(share * whole * member.times + 0.5)
        if minutes <= 0:
            return False
        self.replication.log(TO_REDO, a.number, minutes)
        a.redone += minutes
        loop.redone += minutes
        a.judged = 0
        if a.number != loop.rule.node:
            loop.awaited.add(a.number)
        self._add(a, minutes)
        return True

    def _add(self, a: Activity, minutes: int) -> None:
        """Add work to an activity that has begun; what was worked opens again."""
        work = self.replication.work
        if a.phase == RUNNING and a.holding:
            work.book(a)
            a.left += minutes * FULL
            work.plan_finish(a)
        elif a.phase in (DONE, HELD, AT_GATE, RUNNING):
            self._open_again(a, minutes)
        else:
            a.left += minutes * FULL

    def _open_again(self, a: Activity, minutes: int) -> None:
        """Make worked activity unfinished, with so many minutes to do."""
        self.replication.unfinished += a.phase == DONE
        self.approvals.recall(a)
        a.left, a.done, a.disturbed = minutes * FULL, 0, True
        a.due = a.done_at = NOWHERE
        a.phase = AHEAD
        self._await_unfinished(a)

    def _await_unfinished(self, a: Activity) -> None:
        """Let an activity wait for what is unfinished before it."""
        for w in self.replication.scene.awaited[a.number]:
            wait = self.replication.scene.waits[w]
            if wait.finish and self.replication.activities[wait.before].phase != DONE:
                self.replication.readiness.wait(a, w, FINISH)

    def _hold_behind(self, a: Activity) -> None:
        """Let what has not begun behind an activity that opens again, or is redone itself, wait for it."""
        if a.phase != AHEAD:
            return
        awaits = self.replication.readiness.awaits
        for w, after in self.replication.scene.awaiting[a.number]:
            wait, behind = self.replication.scene.waits[w], self.replication.activities[after]
            if not wait.finish or awaits[w] == FINISH or (wait.redo_only and behind.began == NOWHERE):
                continue
            if behind.phase in (AHEAD, DATED, QUEUED):
                self.replication.readiness.wait(behind, w, FINISH)
                self._take_back(behind, a)

    def _take_back(self, a: Activity, before: Activity) -> None:
        """Let an activity wait that was already released."""
        if a.phase == QUEUED:
            self.replication.dispatcher.leave(a)
        if a.phase != AHEAD:
            a.phase, a.due = AHEAD, NOWHERE
            self.replication.log(TAKEN_BACK, a.number, before.number)

    def _stop_behind(self, loop: Loop) -> None:
        """Stop what works on the results of the members, if the loop says so, until they are done again."""
        for number in loop.rule.behind:
            a = self.replication.activities[number]
            if a.phase in (PAUSED, SUSPENDED) or (a.phase == RUNNING and a.holding):
                self._stop(a, loop)
                self._await_unfinished(a)
                self.replication.readiness.look(a)

    def _stop(self, a: Activity, loop: Loop) -> None:
        """Stop an activity under way: it gives back its units, and what it has done stays, or is lost."""
        if a.phase == RUNNING:
            self.replication.work.book(a)
        elif a.phase == SUSPENDED:
            self.replication.dispatcher.leave(a)
        self.replication.dispatcher.give_back(a)
        self.replication.log(STOPPED, a.number, loop.rule.node)
        if loop.rule.successors == RESTART:
            self._start_over(a, loop)
        a.phase, a.due, a.rate, a.disturbed = AHEAD, NOWHERE, 0, True

    def _start_over(self, a: Activity, loop: Loop) -> None:
        """Throw away the work done on an activity."""
        lost = a.done // FULL
        a.left, a.done = a.left + a.done, 0
        if lost:
            a.redone += lost
            loop.redone += lost
            self.replication.log(TO_REDO, a.number, lost)

    def tell(self, a: Activity) -> None:
        """Tell the loops that sent an activity back that it is done again; with the last one done, they test anew."""
        for loop in self.loops:
            if a.number in loop.awaited:
                loop.awaited.remove(a.number)
                if not loop.awaited and self.activity(loop).phase == AT_GATE:
                    self.plan(loop)
