"""Uncertainty over many activities: templates, ranges, drivers and correlations."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema, model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.activity import ElicitedAs
from riskmc.program.noun import Data, Noun
from riskmc.program.selector import Selector
from riskmc.program.words import Coefficient, CostRange, DurationRange, Factor, ShareSize, WorkShareSize

_SIZES: Data = {"type": "string", "pattern": "^(own|same|correlated( .*)?)$", "examples": ["own", "correlated 0.3"]}
_CORRELATED = re.compile(r"correlated\s+(\d*\.?\d+%?)")


class Template(Noun):
    """A named range of estimates, in shares of the planned value."""

    duration: WorkShareSize | None = None
    cost: ShareSize | None = None
    elicited_as: ElicitedAs | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Template:
        if self.duration is None and self.cost is None:
            raise ArgumentError("a template needs `duration`, `cost`, or both")
        return self


class RangeRule(Noun):
    """Estimate uncertainty for the activities it selects; the last rule that matches an activity is its range."""

    on: Selector = ()
    except_: Selector | None = Field(default=None, alias="except")
    duration: DurationRange | None = None
    cost: CostRange | None = None
    use: str | None = None
    """The template to use."""
    sizes: Annotated[Literal["own", "same", "correlated"], WithJsonSchema(_SIZES)] | None = None
    """Whether the activities draw their own sizes, share one, or draw correlated ones (`correlated 0.3`)."""
    correlation: Coefficient | None = None
    elicited_as: ElicitedAs | None = None
    id: str | None = None
    """A stable name for the draws its activities share; default: what `on` names."""
    csv: str | None = None
    """Instead of all this: a table of ranges, one row an activity, as `riskmc ranges --csv` writes it."""

    @model_validator(mode="before")
    @classmethod
    def _split_sizes(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("sizes"), str):
            match = _CORRELATED.fullmatch(value["sizes"].strip())
            if match:
                coefficient = float(match[1].rstrip("%")) / (100 if match[1].endswith("%") else 1)
                return {**value, "sizes": "correlated", "correlation": coefficient}
        return value

    @model_validator(mode="after")
    def _one_source(self) -> RangeRule:
        if self.csv is not None:
            if self.model_fields_set != {"csv"}:
                raise ArgumentError("a table of ranges stands alone: {csv: ranges.csv}")
            return self
        if not self.on:
            raise ArgumentError("a range says which activities it is for: `on`")
        own = self.duration is not None or self.cost is not None
        if own == (self.use is not None):
            raise ArgumentError("a range says either `duration` and `cost`, or `use: TEMPLATE`")
        if (self.sizes == "correlated") != (self.correlation is not None):
            raise ArgumentError("correlated sizes are written with their coefficient: sizes: correlated 0.3")
        return self

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> Data:
        found: Data = handler(self)
        if self.sizes == "correlated":
            found.pop("correlation", None)
            found["sizes"] = f"correlated {self.correlation!r}"
        return found


class Driver(Noun):
    """Something certain to act and uncertain in size: one size, shared by all it selects; drivers multiply."""

    name: str | None = None
    on: Selector
    except_: Selector | None = Field(default=None, alias="except")
    duration: Factor | None = None
    cost: Factor | None = None
    cost_per_day: Factor | None = None
    cost_total: Factor | None = None

    @model_validator(mode="after")
    def _acts(self) -> Driver:
        if not any((self.duration, self.cost, self.cost_per_day, self.cost_total)):
            raise ArgumentError("a driver needs one of: duration, cost, cost_per_day, cost_total")
        return self


class Correlation(Noun):
    """Spearman correlation between the estimates (or occurrences) of a pair, or of every pair in a group."""

    group: Selector | None = None
    pair: tuple[str, str] | None = None
    duration: Coefficient | None = None
    cost: Coefficient | None = None
    occurrence: Coefficient | None = None

    @model_validator(mode="after")
    def _complete(self) -> Correlation:
        if (self.group is None) == (self.pair is None):
            raise ArgumentError("a correlation names exactly one of: group, pair")
        if self.duration is None and self.cost is None and self.occurrence is None:
            raise ArgumentError("a correlation needs one of: duration, cost, occurrence")
        if self.pair is not None and self.pair[0] == self.pair[1]:
            raise ArgumentError(f"the two of a pair are the same: {self.pair[0]}")
        return self
