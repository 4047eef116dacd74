"""Costs that hang on no single activity: a fixed amount, or an amount a day over a span of activities."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import model_validator

from riskmc.errors import ArgumentError
from riskmc.program.activity import Span, Spend
from riskmc.program.estimate import CostEstimate, Estimate
from riskmc.program.noun import AS_TEXT, Data, Noun, scalar_as
from riskmc.program.words import Money


class CostItem(Noun):
    """Money of the program: a fixed amount, or an amount for each working day of a span of activities."""

    also_written: ClassVar[list[Data]] = [AS_TEXT]

    name: str | None = None
    fixed: CostEstimate | None = None
    per_day: Money | None = None
    span: Span | None = None
    """From which activities to which it runs; default: the program."""
    spend: Spend = "even"
    """When it is spent: evenly over its span, at an end of it, or by a profile."""
    escalation: str | None = None
    """The index its price follows, or `none`; default: `general`, or the only one."""
    project: str | None = None
    cbs: str | None = None
    """Its place in the cost breakdown structure."""
    contingency: bool = False
    """Cost contingency: held, not simulated as cost."""

    @model_validator(mode="before")
    @classmethod
    def _from_one_value(cls, value: Any) -> Any:
        return {"fixed": value} if isinstance(value, Estimate) else scalar_as(value, "fixed")

    @model_validator(mode="after")
    def _says_something(self) -> CostItem:
        if self.fixed is None and self.per_day is None:
            raise ArgumentError("a cost needs `fixed`, `per_day`, or both")
        return self

    @model_validator(mode="after")
    def _held_as_one_amount(self) -> CostItem:
        if self.contingency and (self.per_day is not None or self.fixed is None or self.fixed.range is not None):
            raise ArgumentError("contingency is held, not drawn: give it one certain amount, as `fixed: 4M`")
        return self
