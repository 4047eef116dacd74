"""Risks: threats and opportunities with a probability, and their impacts on activities and costs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.noun import Noun
from riskmc.program.selector import Selector
from riskmc.program.words import ONE_OR_MORE, AmountPerTime, BareRisks, CostImpact, DurationImpact, Share, When


class Impact(Noun):
    """What a risk does where it occurs: multiply (x) or add (+) to durations and costs of the activities it names."""

    id: str | None = None
    """A stable name for the draws of this impact; default: what `on` names."""
    on: Selector | None = None
    except_: Selector | None = Field(default=None, alias="except")
    duration: DurationImpact | None = None
    cost: CostImpact | None = None
    """On the fixed part of the cost; without `on`, charged to the program."""
    cost_per_day: CostImpact | None = None
    cost_total: CostImpact | None = None
    spread: Literal["each", "once", "split"] | None = None
    """How an addition is shared by several activities."""
    own_size: bool = False
    """Draw a size for each activity, instead of one that all share."""

    @model_validator(mode="after")
    def _acts(self) -> Impact:
        if not any((self.duration, self.cost, self.cost_per_day, self.cost_total)):
            raise ArgumentError("an impact needs one of: duration, cost, cost_per_day, cost_total")
        if self.on is None:
            aimless = [word for word in ("duration", "cost_per_day", "cost_total") if getattr(self, word) is not None]
            if aimless:
                raise ArgumentError(f"{aimless[0]} needs `on`: the activities it acts on")
            if self.cost is not None and self.cost.operation == "x":
                raise ArgumentError("a cost that multiplies needs `on`: the activities it acts on")
        return self


Impacts = Annotated[tuple[Impact, ...], ONE_OR_MORE]


class Arrivals(Noun):
    """A risk that may strike more than once (discrete-event engine): its rate, and what must be going on."""

    rate: AmountPerTime
    """Occurrences per unit of time: 0.8/y."""
    while_: str | None = Field(default=None, alias="while")
    """A project or activity during which it can strike; default: the program."""
    at_most: int | None = Field(default=None, ge=1)


class Window(Noun):
    """When a risk may strike: from the start of a day to the end of another; kept, and not simulated."""

    from_: When | None = Field(default=None, alias="from")
    to: When | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.from_ is None and self.to is None:
            raise ArgumentError("a window needs `from`, `to`, or both")
        if self.from_ and self.to and self.to.finish_like() < self.from_.start_like():
            raise ArgumentError(f"to {self.to} is before from {self.from_}")
        return self


class Risk(Noun):
    """A risk event; an opportunity is one whose impact shortens or cheapens."""

    name: str | None = None
    cause: str | None = None
    event: str | None = None
    effect: str | None = None
    owner: str | None = None
    category: str | None = None
    status: Literal["open", "closed", "occurred"] = "open"
    """Only open risks are sampled."""
    window: Window | None = None
    """When it may strike; kept, and not simulated."""
    probability: Share | None = None
    given: Annotated[dict[str, Share], BareRisks] = Field(default_factory=dict)
    """Probabilities that hold instead where the risk named has occurred."""
    impacts: Impacts = ()
    parallel_group: str | None = None
    """Among the risks of a group only the largest effect on an activity counts."""
    arrivals: Arrivals | None = None

    @model_validator(mode="after")
    def _likely(self) -> Risk:
        if self.probability is None and self.arrivals is None and self.status == "open":
            raise ArgumentError("an open risk needs a `probability` (or `arrivals`)")
        if self.probability is not None and self.arrivals is not None:
            raise ArgumentError("`probability` and `arrivals` exclude each other")
        _require_distinct(self.impacts)
        return self


def _require_distinct(impacts: Iterable[Impact]) -> None:
    """Raise ArgumentError where two impacts of a risk would draw under one name."""
    seen = set()
    for impact in impacts:
        name = impact.id or ", ".join(sorted(impact.on or ("the program",)))
        for field in ("duration", "cost", "cost_per_day", "cost_total"):
            if getattr(impact, field) is not None and (name, field) in seen:
                raise ArgumentError(f"two impacts change the {field} of {name}: give each an `id`")
            seen.update([(name, field)] if getattr(impact, field) is not None else [])
