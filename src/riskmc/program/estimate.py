"""Estimates: the planner's value, the analyst's range, or both; and the cost of an activity made of them."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.notation import kind, size_text
from riskmc.program.noun import AS_TEXT, Data, Noun, scalar_as
from riskmc.program.numeral import quantity_text, range_hint
from riskmc.program.quantity import Quantity, Size
from riskmc.program.words import (
    AnyQuantity,
    AnySize,
    Money,
    as_duration,
    as_money,
    as_size,
    factored,
    priced,
    timed,
    worked,
)


class Estimate(Noun):
    """One value or a range: ``20d`` is a plan, ``pert(15d 20d 40d)`` a range, ``{plan: 28d, range: ...}`` both."""

    also_written: ClassVar[list[Data]] = [AS_TEXT]

    plan: AnyQuantity | None = None
    """The planner's own value."""
    range: AnySize | None = None
    """The analyst's range: values, or shares of the plan."""

    @model_validator(mode="before")
    @classmethod
    def _from_one_value(cls, value: Any) -> Any:
        foreign = isinstance(value, dict) and value.keys().isdisjoint(cls.model_fields)
        if foreign and (hint := range_hint(value.values())):
            raise ArgumentError(f"`plan` or `range` is needed, got {', '.join(map(str, value))}{hint}")
        if scalar_as(value, "") is value:
            return value
        found = as_size(value)
        if found.operation:
            raise ArgumentError(f"no x or + may stand before this value, got {size_text(found)}")
        return {"plan": found.value} if found.certain else {"range": found}

    @model_validator(mode="after")
    def _says_something(self) -> Estimate:
        if self.plan is None and self.range is None:
            raise ArgumentError("an estimate needs `plan`, `range`, or both")
        return self

    @model_serializer
    def _written(self) -> str | Data:
        plan, found = self.plan and quantity_text(self.plan), self.range and size_text(self.range)
        if (plan and found) or (self.range is not None and self.range.certain):
            return {word: text for word, text in (("plan", plan), ("range", found)) if text}
        return plan or found or ""

    @property
    def is_zero(self) -> bool:
        """True for a certain value of zero."""
        sizes = [size for size in (self.plan, self.range and self.range.certain and self.range.value) if size]
        return all(isinstance(size, Quantity) and size.value == 0 for size in sizes) and self.uncertain is None

    @property
    def uncertain(self) -> Size | None:
        """The range, where it is one."""
        return self.range if self.range is not None and not self.range.certain else None


def of_time(estimate: Estimate) -> Estimate:
    """Return an estimate of a duration: times, or shares of the planned time."""
    checked = _checked(estimate, as_duration, timed)
    if checked.range is not None:
        worked(checked.range)
    return checked


def _of_money(estimate: Estimate) -> Estimate:
    """Return an estimate of a cost: money, or shares of the planned money."""
    return _checked(estimate, as_money, priced)


def _checked(estimate: Estimate, plan: Any, absolute: Any) -> Estimate:
    """Return the estimate with both its parts in the right kind of unit."""
    if estimate.plan is not None and (amount := plan(estimate.plan)) is not estimate.plan:
        object.__setattr__(estimate, "plan", amount)
    found = estimate.range
    if found is not None and (size := factored(found) if kind(found) == "share" else absolute(found)) is not found:
        object.__setattr__(estimate, "range", size)
    return estimate


DurationEstimate = Annotated[Estimate, AfterValidator(of_time)]
CostEstimate = Annotated[Estimate, AfterValidator(_of_money)]


class Cost(Noun):
    """What an activity costs: a fixed part, and an amount for each working day. One value is the fixed part."""

    also_written: ClassVar[list[Data]] = [
        AS_TEXT,
        {"type": "object", "properties": {"plan": AS_TEXT, "range": AS_TEXT}, "additionalProperties": False},
    ]

    fixed: CostEstimate | None = None
    per_day: Money | None = None
    escalation: str | None = None
    """The index its price follows, or `none`; default: `general`, or the only one."""

    @model_validator(mode="before")
    @classmethod
    def _from_one_value(cls, value: Any) -> Any:
        if isinstance(value, Estimate) or (isinstance(value, dict) and value.keys() & {"plan", "range"}):
            return {"fixed": value}
        return scalar_as(value, "fixed")

    @model_serializer
    def _written(self) -> Any:
        fixed = self.fixed and self.fixed.model_dump()
        if fixed is not None and self.per_day is None and self.escalation is None:
            return fixed if isinstance(fixed, str) else {"fixed": fixed}
        per_day = self.per_day and quantity_text(self.per_day)
        words = {"fixed": fixed, "per_day": per_day, "escalation": self.escalation}
        return {word: value for word, value in words.items() if value}
