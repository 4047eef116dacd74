"""Loops: gates and approvals with their counters, read from the arrays that both engines share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from riskmc.network.dynamics.rework import ReworkTable


class Member(NamedTuple):
    """An activity that a loop sends back; fields as in `network.dynamics.rework.ReworkTable`."""

    node: int
    anew: int
    times: float


class Rule(NamedTuple):
    """What a loop tests, how likely it fails, and what it sends back; fields as in `ReworkTable`."""

    node: int
    level: int
    following: int
    approval: int
    chance: int
    share: int
    at_most: int
    successors: int
    thresholds: tuple[float, ...]
    members: tuple[Member, ...]
    behind: tuple[int, ...]


@dataclass(slots=True, eq=False)
class Loop:
    """One loop in one replication: how often it has tested, sent back and waived, and what it waits for."""

    number: int
    rule: Rule
    passes: int = 0
    redos: int = 0
    waived: int = 0
    redone: int = 0
    awaited: set[int] = field(default_factory=set)

    @property
    def counters(self) -> tuple[int, int, int, int, int]:
        """What the kernel counts of a loop: tests, redos, members not done again, failures waived, minutes redone."""
        return self.passes, self.redos, len(self.awaited), self.waived, self.redone

    def threshold(self, number: int) -> float:
        """Return the threshold of pass ``number``, from 1; the last one holds on."""
        thresholds = self.rule.thresholds
        return thresholds[min(number, len(thresholds)) - 1]


def read_rules(table: ReworkTable) -> list[Rule]:
    """Return the rules of all loops."""
    return [_rule(table, loop) for loop in range(table.node.size)]


def _rule(table: ReworkTable, loop: int) -> Rule:
    members = slice(table.member_ptr[loop], table.member_ptr[loop + 1])
    columns = (table.member[members].tolist(), table.anew[members].tolist(), table.times[members].tolist())
    return Rule(
        node=int(table.node[loop]),
        level=int(table.level[loop]),
        following=int(table.following[loop]),
        approval=int(table.approval[loop]),
        chance=int(table.chance[loop]),
        share=int(table.share[loop]),
        at_most=int(table.at_most[loop]),
        successors=int(table.successors[loop]),
        thresholds=tuple(table.threshold[table.threshold_ptr[loop] : table.threshold_ptr[loop + 1]].tolist()),
        members=tuple(Member(*row) for row in zip(*columns, strict=True)),
        behind=tuple(table.behind[table.behind_ptr[loop] : table.behind_ptr[loop + 1]].tolist()),
    )


def new_loops(rules: Sequence[Rule]) -> list[Loop]:
    """Return the loops of a replication before its first event."""
    return [Loop(number, rule) for number, rule in enumerate(rules)]
