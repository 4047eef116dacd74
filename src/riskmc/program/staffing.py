"""Staffing of a pool: its plan by date, turnover, the ramp-up of those who are new, and outages of its units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from riskmc.errors import ArgumentError
from riskmc.program.measure import as_units
from riskmc.program.moment import Moment, as_moment
from riskmc.program.noun import Data, Noun
from riskmc.program.words import Duration, Share, WorkSize


def _in_time(value: Any) -> Any:
    """Return a staffing plan by moment, the earliest first; refuse two entries for one instant."""
    if not isinstance(value, Mapping):
        return value
    found: dict[Moment, float] = {}
    faults = []
    for said, units in value.items():
        try:
            moment = as_moment(said)
            same = next((str(other) for other in found if other.at == moment.at), None)
            if same is not None:
                raise ArgumentError(f"{said} and {same} are the same instant; say it once")
            found[moment] = as_units(units)
        except ArgumentError as error:
            faults.append(((str(said),), str(error)))
    if faults:
        raise PydanticCustomError("faults", "staffing", {"faults": faults})
    if not found:
        raise ArgumentError("a staffing plan names at least one date: {2027-06-01: 6}")
    return {moment: found[moment] for moment in sorted(found)}


def _written(plan: dict[Moment, float]) -> Data:
    return {str(day): units for day, units in plan.items()}


Staffing = Annotated[
    dict[Moment, float],
    BeforeValidator(_in_time),
    PlainSerializer(_written),
    WithJsonSchema({
        "type": "object", "additionalProperties": {"type": "number"}, "examples": [{"2027-06-01": 6, "2028-01-01": 4}],
    }),
]  # fmt: skip


def _lasting(size: Any, word: str) -> None:
    """Raise ArgumentError for a certain time of nothing between two events, which would never let time pass."""
    if size.certain and size.value.value == 0:
        raise ArgumentError(f"`{word}` must last longer than nothing")


class Turnover(Noun):
    """People who leave a pool and are replaced, one by one: ``{leaves: exponential(300d), vacancy: 40d}``."""

    leaves: WorkSize
    """How long each stays."""
    vacancy: WorkSize
    """How long a place stays empty after that."""

    @model_validator(mode="after")
    def _in_order(self) -> Turnover:
        _lasting(self.leaves, "leaves")
        return self


class RampUp(Noun):
    """How the new grow into their work: from a share of full output towards all of it (exponential approach)."""

    start: Share
    """What one who is new achieves at first, of one who is not."""
    over: Duration
    """The time constant: after it 37% of what was lacking is still lacking, after three times as long 5%."""
    steps: int = Field(default=6, ge=1, le=100)
    """In how many equal steps of time, three time constants together; then full output."""

    @model_validator(mode="after")
    def _in_order(self) -> RampUp:
        if self.over.value == 0:
            raise ArgumentError("`over` must last longer than nothing")
        return self


class Outages(Noun):
    """Breakdowns and failed supply: how long until one, how long it lasts, how many units it takes."""

    after: WorkSize
    """The time from the end of one to the beginning of the next."""
    lasts: WorkSize
    units: int | None = Field(default=None, ge=1)
    """How many units are out together; default: all."""
    clock: Literal["elapsed", "working"] = "elapsed"
    """Whether the time until the next passes always, or only while units of the pool are at work."""

    @model_validator(mode="after")
    def _in_order(self) -> Outages:
        _lasting(self.after, "after")
        return self
