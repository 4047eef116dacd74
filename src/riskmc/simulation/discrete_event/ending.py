"""How a replication may end before its work is done."""

from __future__ import annotations


class Censored(Exception):
    """The replication reaches the end of the axis, or of all patience, at ``minute`` (D8)."""

    def __init__(self, minute: int):
        super().__init__(minute)
        self.minute = minute


class Blocked(Exception):
    """Nothing can happen any more, though work is left."""


class MoreDraws(Exception):
    """A variable is needed more often than it was drawn."""
