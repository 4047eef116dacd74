"""Policies: managers who review a forecast and react; overtime, crashing, more units, other priorities."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.measure import Growth, Priority, Ratio, Units
from riskmc.program.moment import Moment, as_moment
from riskmc.program.noun import Noun
from riskmc.program.numeral import quantity_text
from riskmc.program.quantity import Quantity
from riskmc.program.selector import Selector
from riskmc.program.staffing import RampUp
from riskmc.program.words import AmountPerTime, Duration, Money, ResourceId

TARGET: Final = "target"


def _promised(value: Any) -> Moment | Literal["target"]:
    """Return a date, or the word for the date that the file promises."""
    return TARGET if value == TARGET else as_moment(value)


Promised = Annotated[
    Moment | Literal["target"],
    PlainValidator(_promised),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "description": "a local date or time, or `target`", "examples": ["2030-06-30"]}),
]


class Trigger(Noun):
    """When a policy acts: the finish that is forecast, from what is perceived, lies too far behind a date."""

    at: str | None = None
    """The activity or project whose finish is forecast; default: the finish of the program."""
    later_than: Promised
    """A date, or `target`: the finish promised for it in `targets`."""
    by: Duration | None = None
    """The tolerance: it acts once the forecast is later than the date by more than this; default: by anything."""
    until: Duration | None = None
    """It stops acting once the forecast is later by no more than this (hysteresis); default: `by`."""

    @model_validator(mode="after")
    def _in_order(self) -> Trigger:
        by = self.by if self.by is not None else Quantity(0.0, "min")
        if self.until is not None and self.until.value > by.value and (self.until.unit == by.unit or by.value == 0):
            raise ArgumentError(f"until <= by must hold, got {quantity_text(self.until)}, {quantity_text(by)}")
        return self


class Overtime(Noun):
    """More work in a day, for more money; the longer it lasts the more tired and the more faulty."""

    on: Selector
    except_: Selector | None = Field(default=None, alias="except")
    rate: Ratio
    """Work done in a day, of a normal one: 120%."""
    premium: Ratio | None = None
    """What the additional hours cost on top of their usual price: 50%."""
    fatigue: Growth | None = None
    """What output loses per unit of time that overtime lasts: 2%/w."""
    errors: Ratio | None = None
    """What the chances to fail a quality gate are multiplied with: 130%."""

    @model_validator(mode="after")
    def _more(self) -> Overtime:
        if self.rate <= 1:
            raise ArgumentError("overtime does more than normal: `rate` is above 100%")
        return self


class Crash(Noun):
    """What remains of work is bought shorter, once."""

    on: Selector
    except_: Selector | None = Field(default=None, alias="except")
    duration: Ratio
    """What is left of what remains: 80%."""
    cost: Money | None = None
    """For each activity that is made shorter."""

    @model_validator(mode="after")
    def _shorter(self) -> Crash:
        if not 0 < self.duration < 1:
            raise ArgumentError("crashed work becomes shorter: `duration` is between 0% and 100%")
        return self


class AddUnits(Noun):
    """More units for a pool, after a lead time; the new need time to learn, and those there teach them."""

    resource: ResourceId
    units: Annotated[Units, Field(gt=0)]
    lead: Duration | None = None
    """From the decision to their first day."""
    ramp_up: RampUp | None = None
    """How the new grow into their work; default: as the pool says."""
    overhead: Annotated[float, Field(ge=0, le=1)] = 0.0
    """What talk costs: output is 1 - overhead x n x n of a team of n (Brooks); 0.0006 is usual."""
    cost: AmountPerTime | None = None
    """Of one of the new while there, beside what the work that uses them pays; default: nothing more."""
    lasts: Duration | None = None
    """After so long they leave again; default: never."""


class Action(Noun):
    """What a policy does: exactly one of the words below."""

    overtime: Overtime | None = None
    crash: Crash | None = None
    add_units: AddUnits | None = None
    prioritise: dict[str, Priority] | None = None
    """New priorities of projects and activities."""

    @model_validator(mode="after")
    def _one(self) -> Action:
        said = [word for word in type(self).model_fields if getattr(self, word) is not None]
        if len(said) != 1:
            known = ", ".join(type(self).model_fields)
            raise ArgumentError(f"`do` is exactly one of: {known}; got {' and '.join(said) or 'nothing'}")
        if self.prioritise is not None and not self.prioritise:
            raise ArgumentError("`prioritise` names at least one project or activity: {build: 1}")
        return self

    def selecting(self) -> tuple[Overtime | Crash, ...]:
        """Return what of it selects activities."""
        return tuple(done for done in (self.overtime, self.crash) if done is not None)


class Policy(Noun):
    """A rule that managers follow: when they look, what makes them act, what they do, how late and how often."""

    name: str | None = None
    review: Duration
    """The time from one review to the next."""
    when: Trigger
    delay: Duration | None = None
    """From the review to the effect."""
    at_most: int | None = Field(default=None, ge=1)
    """How often it acts."""
    do: Action

    @model_validator(mode="after")
    def _in_order(self) -> Policy:
        if self.review.value == 0:
            raise ArgumentError("`review` must last longer than nothing")
        return self
