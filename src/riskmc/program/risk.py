"""Risks: threats and opportunities with a probability, and their impacts on activities and costs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.calendar import MONTHS, expanded, spans
from riskmc.program.measure import Frequency, UnitsChange
from riskmc.program.noun import Data, Noun
from riskmc.program.selector import Selector
from riskmc.program.words import (
    ONE_OR_MORE,
    BareRisks,
    CostImpact,
    DurationImpact,
    ResourceId,
    Share,
    When,
    Words,
    WorkSize,
)

_ACTS = ("duration", "cost", "cost_per_day", "cost_total", "pause", "resource", "lost")
_ON_ACTIVITIES = ("duration", "cost_per_day", "cost_total", "pause")
IN_TIME = ("pause", "resource")
"""Impacts that happen at a moment, and so need a risk that arrives."""


class Impact(Noun):
    """What a risk does where it occurs: multiply (x) or add (+) to durations and costs of the activities it names.

    One that arrives may also pause work, and take units from a resource for a time.
    """

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
    pause: WorkSize | None = None
    """Work stands still for so long."""
    overlap: Literal["union", "add"] | None = None
    """What a pause does while another one lasts: both pass together (union, the default), or one after the other."""
    resource: ResourceId | None = None
    """The pool whose capacity changes for a time, by"""
    units: UnitsChange | None = None
    """so many units (-1 is one less),"""
    lasts: WorkSize | None = None
    """for so long."""
    calendars: Words = ()
    """The calendars, with those based on them, that lose a stretch of working time within the risk's `window`,"""
    lost: WorkSize | None = None
    """so long, in working days of each."""

    @model_validator(mode="after")
    def _acts(self) -> Impact:
        if all(getattr(self, word) is None for word in _ACTS):
            raise ArgumentError(f"an impact needs one of: {', '.join(_ACTS)}")
        if self.on is None:
            aimless = [word for word in _ON_ACTIVITIES if getattr(self, word) is not None]
            if aimless:
                raise ArgumentError(f"{aimless[0]} needs `on`: the activities it acts on")
            if self.cost is not None and self.cost.operation == "x":
                raise ArgumentError("a cost that multiplies needs `on`: the activities it acts on")
        self._check_times()
        self._check_calendars()
        return self

    def _check_calendars(self) -> None:
        """Check the words of what is lost from calendars."""
        if bool(self.calendars) != (self.lost is not None):
            missing, given = ("calendars", "lost") if self.lost is not None else ("lost", "calendars")
            raise ArgumentError(f"`{given}` needs `{missing}`: {{calendars: standard, lost: uniform(5d 20d)}}")
        if self.calendars and self.on is not None:
            raise ArgumentError("`calendars` stands without `on`: all work on these calendars loses the time")

    def _check_times(self) -> None:
        """Check the words of what happens at a moment: pauses, and units lost for a time."""
        if self.overlap is not None and self.pause is None:
            raise ArgumentError("`overlap` is of a `pause`")
        given = [word for word in ("resource", "units", "lasts") if getattr(self, word) is not None]
        if given and len(given) < 3:
            raise ArgumentError(f"`resource`, `units` and `lasts` stand together; got {' and '.join(given)} alone")
        if given and self.on is not None:
            raise ArgumentError("`resource` stands without `on`: units are of a pool, not of activities")


Impacts = Annotated[tuple[Impact, ...], ONE_OR_MORE]


class Arrivals(Noun):
    """A risk that may strike more than once (discrete-event engine): how often, and what must be going on."""

    rate: Frequency | None = None
    """How often on average, at any time alike (Poisson): 0.8/y."""
    by_month: Annotated[dict[str, Frequency], BeforeValidator(expanded(MONTHS, lambda said: said))] | None = None
    """Instead, how often in the months of the year: {nov-feb: 2/y, mar-oct: 0.2/y}; never in months not named."""
    every: WorkSize | None = None
    """Instead, the time from one occurrence to the next: certain (every 30d), or drawn anew."""
    while_: str | None = Field(default=None, alias="while")
    """A project or activity during which it can strike; default: the program."""
    exposure: Literal["working", "active", "calendar"] = "working"
    """The time that counts: while work is done, from start to finish pauses included, or the calendar's."""
    at_most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_kind(self) -> Arrivals:
        said = [word for word in ("rate", "by_month", "every") if getattr(self, word)]
        if len(said) != 1:
            told = " and ".join(said) or "none"
            raise ArgumentError(f"arrivals need exactly one of: rate, by_month, every; got {told}")
        if self.every is not None and self.every.certain and self.every.value.value == 0:
            raise ArgumentError("`every` must last longer than nothing")
        return self

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> Data:
        found: Data = handler(self)
        if found.get("by_month"):
            found["by_month"] = spans(found["by_month"], MONTHS)
        return found


class Window(Noun):
    """When a risk may strike: from the start of a day to the end of another; it places what calendars lose."""

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
    """When it may strike; what it takes from calendars begins in it, for other impacts it is kept and not simulated."""
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
        if self.arrivals is None:
            timed = [word for impact in self.impacts for word in IN_TIME if getattr(impact, word) is not None]
            if timed:
                raise ArgumentError(f"`{timed[0]}` needs `arrivals`: it happens at a moment, and nothing says when")
        self._check_window()
        _require_distinct(self.impacts)
        return self

    def _check_window(self) -> None:
        """Check that what is lost from calendars has a time."""
        if any(impact.calendars for impact in self.impacts):
            if self.arrivals is not None:
                raise ArgumentError("`calendars` needs a `probability` and a `window`, not `arrivals`")
            if self.window is None or self.window.from_ is None or self.window.to is None:
                raise ArgumentError("`calendars` needs a `window` with `from` and `to`, in which the stretch begins")


def _require_distinct(impacts: Iterable[Impact]) -> None:
    """Raise ArgumentError where two impacts of a risk would draw under one name."""
    seen = set()
    for impact in impacts:
        name = impact.id or impact.resource or ", ".join(sorted(impact.on or impact.calendars or ("the program",)))
        for field in _ACTS:
            if getattr(impact, field) is not None and (name, field) in seen:
                raise ArgumentError(f"two impacts change the {field} of {name}: give each an `id`")
            seen.update([(name, field)] if getattr(impact, field) is not None else [])
