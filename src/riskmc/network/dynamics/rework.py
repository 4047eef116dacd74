"""What may send work back: quality gates and approvals as loops, each with the activities that are done again.

A loop tests the work of one activity. Where it fails, a share of the work of its members is added to them, each
becomes unfinished again, and when all of them are done the loop tests anew (docs/method/gates.md).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ProgramError
from riskmc.network.dynamics.occurrences import MOST_OCCURRENCES, Occurring
from riskmc.network.events import threshold
from riskmc.network.layout import FS, Layout
from riskmc.network.ragged import flat, pointers
from riskmc.network.sizes import spread
from riskmc.network.tasks import State, Task
from riskmc.program.approval import Approval
from riskmc.program.chance import Chance
from riskmc.program.program import Program
from riskmc.program.quality_gate import QualityGate
from riskmc.program.quantity import Quantity

CONTINUE, PAUSE, RESTART = range(3)
_SUCCESSORS = {"continue": CONTINUE, "pause": PAUSE, "restart": RESTART}
NONE = -1


class ReworkTable(NamedTuple):
    """Loops: the gates, by activity, then the approvals, in the order of dispatch; -1 stands for none.

    Loop l tests the work of ``node[l]`` when ``level[l]`` loops before it on the same node have let it pass;
    ``following[l]`` tests next, ``approval[l]`` is its number among the approvals. It fails where the chance in row
    ``chance[l]`` comes true, whose threshold at pass k (from 1) is ``threshold[ptr + k - 1]``, the last of them from
    then on; at most ``at_most[l]`` times. What is done again is the share in row ``share[l]`` of the work of
    ``member[member_ptr[l]:member_ptr[l + 1]]``, times ``times``; or of a new draw from the row ``anew``. ``behind``
    are the activities that work on what the members made and stop meanwhile, with ``successors`` PAUSE or RESTART.
    By node: ``first`` loop, and its places among the members, ``slot[slot_ptr[a]:slot_ptr[a + 1]]``; ``loop`` by
    member.
    """

    node: NDArray[np.int64]
    level: NDArray[np.int64]
    following: NDArray[np.int64]
    approval: NDArray[np.int64]
    chance: NDArray[np.int64]
    share: NDArray[np.int64]
    at_most: NDArray[np.int64]
    successors: NDArray[np.int64]
    threshold_ptr: NDArray[np.int32]
    threshold: NDArray[np.float32]
    member_ptr: NDArray[np.int32]
    member: NDArray[np.int64]
    anew: NDArray[np.int64]
    times: NDArray[np.float64]
    loop: NDArray[np.int64]
    behind_ptr: NDArray[np.int32]
    behind: NDArray[np.int64]
    first: NDArray[np.int64]
    slot_ptr: NDArray[np.int32]
    slot: NDArray[np.int64]


@dataclass(frozen=True)
class Member:
    """One activity that a loop sends back; ``anew`` is the row of new draws of its duration, or -1."""

    node: int
    anew: int
    times: float


@dataclass(frozen=True)
class Loop:
    """One gate or approval before it becomes rows."""

    task: Task
    chance: int
    share: int
    at_most: int
    successors: int
    thresholds: Sequence[float]
    members: Sequence[Member]
    approval: int = NONE


def gate_loops(
    program: Program, tasks: Sequence[Task], occurring: Occurring, rows: Sequence[int], ignored: Collection[str]
) -> list[Loop]:
    """Return the loops of the quality gates, in the order of the activities."""
    if "quality_gates" in ignored:
        return []
    return [
        _gate(program, tasks, task, task.activity.quality_gate, occurring, rows)
        for task in tasks
        if task.activity.quality_gate is not None and task.state is not State.FINISHED
    ]


def _gate(
    program: Program, tasks: Sequence[Task], task: Task, gate: QualityGate, occurring: Occurring, rows: Sequence[int]
) -> Loop:
    members = [
        _drawn_anew(one, task, occurring, rows) if gate.work == "redrawn" else whole_work(one)
        for one in sent_back(program, tasks, task, gate)
    ]
    return Loop(
        task, occurring.chance(f"activity/{task.path}/gate"),
        occurring.size(f"activity/{task.path}/redo", spread(gate.redo, _share)), gate.at_most,
        _SUCCESSORS[gate.successors], thresholds(gate.fail, gate.at_most), members,
    )  # fmt: skip


def sent_back(program: Program, tasks: Sequence[Task], task: Task, loop: QualityGate | Approval) -> list[Task]:
    """Return what a loop sends back: its own activity, or those it names; what was finished is not done again."""
    by_path = {one.path: one for one in tasks}
    paths = {path for name in loop.of for path in program.candidates(name, task.project)} if loop.of else {task.path}
    named = sorted((by_path[path] for path in paths if path in by_path), key=lambda one: one.number)
    return [one for one in named if one.state is not State.FINISHED]


def whole_work(task: Task) -> Member:
    """Return a member whose work is a share of what it took at first."""
    return Member(task.number, NONE, _whole(task))


def _whole(task: Task) -> float:
    """Return the whole planned work in terms of what remained at the data date."""
    started = task.state is State.STARTED and task.remaining > 0
    return task.planned / task.remaining if started and task.planned else 1.0


def _drawn_anew(task: Task, gate: Task, occurring: Occurring, rows: Sequence[int]) -> Member:
    """Return a member whose duration is drawn anew, for a gate; a certain one lasts what it lasts."""
    row = rows[task.number]
    if row < 0:
        return whole_work(task)
    if task.backlog is not None:
        raise ProgramError.at(gate.path, f"the backlog of {task.path} cannot be drawn anew: write `work: scaled`")
    _, distribution, scale, _ = occurring.draws.values[row]
    name = f"activity/{task.path}/again" if task is gate else f"activity/{gate.path}/again/{task.path}"
    return Member(task.number, occurring.size(name, distribution), scale * _whole(task))


def _share(quantity: Quantity) -> float:
    return quantity.value


def thresholds(chance: Chance, at_most: int) -> list[float]:
    """Return the thresholds of the passes from 1 on; the last holds for all later ones."""
    passes = len(chance.each) if chance.each else min(at_most + 1, MOST_OCCURRENCES)
    return [threshold(chance.at_pass(number)) for number in range(1, passes + 1)]


def rework_table(loops: Sequence[Loop], layout: Layout) -> ReworkTable:
    """Return the loops as rows, gates before approvals."""
    n, members = layout.n, [list(loop.members) for loop in loops]
    nodes = [loop.task.number for loop in loops]
    reached = _reached(layout, {m.node for of_loop in members for m in of_loop})
    behind = [_behind(loop, reached) for loop in loops]
    slots: list[list[int]] = [[] for _ in range(n)]
    for place, member in enumerate(member for of_loop in members for member in of_loop):
        slots[member.node].append(place)
    first = np.full(n, NONE, np.int64)
    for number in reversed(range(len(loops))):
        first[nodes[number]] = number
    return ReworkTable(
        _i32(nodes), _i32([int(first[a] != number) for number, a in enumerate(nodes)]), _following(nodes),
        _i32([loop.approval for loop in loops]), _i32([loop.chance for loop in loops]),
        _i32([loop.share for loop in loops]), np.array([loop.at_most for loop in loops], np.int64),
        _i32([loop.successors for loop in loops]),
        pointers([loop.thresholds for loop in loops]), flat([loop.thresholds for loop in loops], np.float32),
        pointers(members), flat([[m.node for m in one] for one in members], np.int64),
        flat([[m.anew for m in one] for one in members], np.int64),
        flat([[m.times for m in one] for one in members], np.float64),
        flat([[number] * len(one) for number, one in enumerate(members)], np.int64),
        pointers(behind), flat(behind, np.int64), first, pointers(slots), flat(slots, np.int64),
    )  # fmt: skip


def _i32(numbers: Sequence[int]) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


def _following(nodes: Sequence[int]) -> NDArray[np.int64]:
    """Return for each loop the next one of the same node."""
    later = [[k for k in range(number + 1, len(nodes)) if nodes[k] == a] for number, a in enumerate(nodes)]
    return _i32([found[0] if found else NONE for found in later])


def _behind(loop: Loop, reached: Mapping[int, set[int]]) -> list[int]:
    """Return what stops while the members of a loop are done again."""
    if loop.successors == CONTINUE:
        return []
    own = {loop.task.number, *(member.node for member in loop.members)}
    return sorted({a for member in loop.members for a in reached[member.node]} - own)


def redo_order(loops: Sequence[Loop], layout: Layout) -> list[tuple[int, int]]:
    """Return which member of a loop is done again before which, and before what it stops goes on.

    That is the order of the network, whatever lies between.
    """
    reached = _reached(layout, {member.node for loop in loops for member in loop.members})
    pairs = {
        (before.node, after)
        for loop in loops
        for before in loop.members
        for after in [*(member.node for member in loop.members), *_behind(loop, reached)]
        if after in reached[before.node]
    }
    return sorted(pairs)


def _reached(layout: Layout, nodes: set[int]) -> dict[int, set[int]]:
    """Return all that lies behind each of some nodes along links from finish to start."""
    edges = layout.edges
    acts = layout.driving & (edges.type == FS) & ~layout.nodes.level_of_effort[edges.successor]
    after: dict[int, list[int]] = {}
    for before, successor in zip(edges.predecessor[acts].tolist(), edges.successor[acts].tolist(), strict=True):
        after.setdefault(before, []).append(successor)
    return {node: _all_behind(after, node) for node in nodes}


def _all_behind(after: Mapping[int, Sequence[int]], node: int) -> set[int]:
    found: set[int] = set()
    waiting = [node]
    while waiting:
        new = set(after.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found
