"""Approvals: those who must agree decide, the known ones first, then those who turn out to have a say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import APPROVAL, ASKED, DECIDED, DECIDES, NOWHERE, OVERRULED, REJECTED
from riskmc.network.dynamics.approvals import ApprovalTable
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.loops import Loop

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.rework import Rework


@dataclass(slots=True, eq=False)
class Board:
    """Those who approve one activity, in one replication.

    In ``round`` 0 the known ones are asked, in 1 those discovered. Of those asked now some have begun to decide and
    some have decided; ``approvers`` have begun in all, which numbers their draws. ``against``: one has rejected.
    ``waits``: the activity waits for them.
    """

    loop: Loop
    takes: int
    discovered: int
    known: int
    sequence: bool
    units: tuple[tuple[int, int], ...]
    clock: int
    round: int = 0
    asked: int = 0
    begun: int = 0
    decided: int = 0
    approvers: int = 0
    against: bool = False
    waits: bool = False


class Approvals:
    """All boards of a replication, in the order in which they may take units."""

    def __init__(self, rework: Rework, table: ApprovalTable):
        self.rework, self.replication = rework, rework.replication
        units = list(zip(table.pool.tolist(), table.units.tolist(), strict=True))
        self.boards = [
            Board(
                rework.loops[table.loop[p]], int(table.takes[p]), int(table.discovered[p]), int(table.known[p]),
                bool(table.sequence[p]), tuple(units[table.ptr[p] : table.ptr[p + 1]]), int(table.clock[p]),
            )
            for p in range(table.loop.size)
        ]  # fmt: skip

    def ask(self, loop: Loop) -> bool:
        """Ask the approvers of the round that is due; return whether nobody is left to ask, and nothing to pass.

        Approvers who were deciding when their activity was sent back by others finish first; then the round is new.
        """
        board = self.boards[loop.rule.approval]
        if not self.rework.may_test(loop) or board.waits or board.begun > board.decided:
            return False
        while board.round < 2:
            number = board.known if board.round == 0 else self._discovered(board)
            if number:
                self._open(board, number)
                return False
            board.round += 1
        board.round = 0
        return self.rework.let_through(loop)

    def _discovered(self, board: Board) -> int:
        return 0 if board.discovered == NOWHERE else self.rework.draws.whole(board.discovered, 0)

    def _open(self, board: Board, number: int) -> None:
        """Begin a round; the next dispatch lets the approvers begin."""
        board.asked, board.begun, board.decided, board.against, board.waits = number, 0, 0, False, True
        board.loop.passes += 1
        self.rework.activity(board.loop).disturbed = True
        self.replication.log(ASKED, board.loop.rule.node, number)

    def recall(self, a: Activity) -> None:
        """Let the approvers of an activity that opens again wait for it."""
        for board in self.boards:
            if board.loop.rule.node == a.number:
                board.waits = False

    def seat(self) -> None:
        """Let every approver begin who is asked and has the units."""
        for board in self.boards:
            while self._next_may_begin(board):
                self._begin(board)

    def _next_may_begin(self, board: Board) -> bool:
        busy = board.sequence and board.begun > board.decided
        free = self.replication.dispatcher.free
        return (
            board.waits and board.begun < board.asked and not busy and all(free[p] >= units for p, units in board.units)
        )

    def _begin(self, board: Board) -> None:
        """Let the next approver begin: how long it takes is drawn, and whether the answer will be no."""
        k, loop, now = board.approvers, board.loop, self.replication.now
        self._move(board, -1)
        minutes = self.rework.draws.whole(board.takes, k)
        if loop.rule.chance != NOWHERE and self.rework.draws.comes_true(
            loop.rule.chance, k, loop.threshold(loop.redos + 1)
        ):
            board.against = True
        board.begun += 1
        board.approvers += 1
        self.replication.log(DECIDES, loop.rule.node, board.approvers)
        scene = self.replication.scene
        hours = scene.hours[board.clock]
        over = scene.over(hours, (now if hours is None else hours.index(now)) + minutes)
        self.replication.agenda.call(
            over if minutes else now, APPROVAL, loop.rule.approval, lambda: self._decide(board)
        )

    def _move(self, board: Board, sign: int) -> None:
        for p, units in board.units:
            self.replication.dispatcher.free[p] += sign * units

    def _decide(self, board: Board) -> None:
        """Note one decision, and conclude the round where it is the last one."""
        self._move(board, 1)
        board.decided += 1
        self.replication.log(DECIDED, board.loop.rule.node, board.decided)
        if not board.waits and board.begun == board.decided:
            self.rework.plan(board.loop)
        if board.waits and board.decided == board.asked:
            board.waits = False
            if self._conclude(board):
                self.replication.close(self.rework.activity(board.loop))

    def _conclude(self, board: Board) -> bool:
        """Send work back where one has rejected, or go on to the next round; return whether all is approved."""
        loop = board.loop
        if board.against:
            if loop.redos < loop.rule.at_most:
                self.replication.log(REJECTED, loop.rule.node, loop.redos + 1)
                self.rework.send_back(loop)
                return False
            self.replication.log(OVERRULED, loop.rule.node, loop.redos + 1)
            loop.waived += 1
        board.round += 1
        return self.ask(loop)
