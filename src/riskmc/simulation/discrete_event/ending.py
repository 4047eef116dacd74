"""How a replication may end before its work is done."""

from __future__ import annotations


class Blocked(Exception):
    """Nothing can happen any more, though work is left."""


class Beyond(Exception):
    """A date lies beyond its calendar."""


class MoreDraws(Exception):
    """A variable is needed more often than it was drawn."""
