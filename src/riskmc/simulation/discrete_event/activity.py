"""An activity under way: where it stands, how much work is left, and at which rate it is done (D1, D2)."""

from __future__ import annotations

from dataclasses import dataclass

from riskmc.kernels.discrete_event.codes import FULL, NOWHERE


@dataclass(slots=True, eq=False)
class Activity:
    """One node of the network in one replication; minutes of the axis, work in thousandths of a minute.

    ``missing`` counts the links it waits for, ``holds`` are those that may hold its finish, and until what.
    ``done`` is work since the beginning, ``judged`` how many gates and approvals have let it through, ``redone`` the
    minutes done again; ``grown`` thousandths of a minute came by growth.
    """

    number: int
    exists: bool
    duration: int
    demands: tuple[tuple[int, int], ...]
    priority: int
    order: int
    missing: int
    phase: int
    holds: tuple[tuple[int, int], ...] = ()
    release: int = 0
    began: int = NOWHERE
    due: int = NOWHERE
    done_at: int = NOWHERE
    work: int = 0
    extra: int = 0
    left: int = 0
    rate: int = FULL
    speed: int = FULL
    since: int = 0
    held: int = 0
    holding: bool = False
    pauses: int = 0
    disturbed: bool = False
    lacked: int = NOWHERE
    done: int = 0
    judged: int = 0
    redone: int = 0
    grown: int = 0
