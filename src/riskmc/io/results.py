"""Results of a forecast for one activity as user-defined fields of a plan hold them, and the names of the fields."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

Kind = Literal["date", "number"]


class Field(NamedTuple):
    """A user-defined field: what it is called, and what it holds."""

    title: str
    kind: Kind


P50 = Field("riskmc P50 finish", "date")
P80 = Field("riskmc P80 finish", "date")
CRITICALITY = Field("riskmc criticality %", "number")
FIELDS = (P50, P80, CRITICALITY)
TITLES = frozenset(one.title for one in FIELDS)
"""What no reader takes for a word of the plan."""


class Result(NamedTuple):
    """The forecast of one activity: P50 and P80 of its finish, None where it never exists; criticality from 0 to 1."""

    p50: datetime | None
    p80: datetime | None
    criticality: float

    def values(self) -> tuple[datetime | None, datetime | None, float]:
        """Return what the `FIELDS` hold, in their order; criticality in percent, to one decimal."""
        return self.p50, self.p80, round(100 * self.criticality, 1)
