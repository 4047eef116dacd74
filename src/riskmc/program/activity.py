"""Activities: work with a duration and a calendar, milestones, margin, level of effort, constraints and progress."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.approval import Approval
from riskmc.program.condition import Condition
from riskmc.program.estimate import Cost, DurationEstimate
from riskmc.program.link import Link
from riskmc.program.measure import NEUTRAL, Priority
from riskmc.program.noun import AS_TEXT, Data, Noun, scalar_as
from riskmc.program.numeral import share_text
from riskmc.program.preemption import Preemption
from riskmc.program.quality_gate import QualityGate
from riskmc.program.team import Backlog
from riskmc.program.words import ONE_OR_MORE, BareResources, DurationSize, Money, Positive, Share, When, Words, WorkSize

ElicitedAs = Literal["min-max", "p10-p90", "p5-p95", "p15-p85"]
Links = Annotated[tuple[Link, ...], ONE_OR_MORE]
Spend = Literal["even", "start", "finish", "front", "back", "bell"]


def _milestone(value: Any) -> Any:
    """Return True, False, "start" or "finish", from text too."""
    words = {"true": True, "yes": True, "false": False, "no": False, "start": "start", "finish": "finish"}
    found = words.get(value.lower()) if isinstance(value, str) else value
    if found is None or not isinstance(found, bool | str):
        raise ArgumentError(f"must be true, false, start or finish, got {value!r}")
    return found


class Constraint(Noun):
    """An earliest date, certain or with a slip of its own: ``2027-03-01``, ``{date: 2027-03-01, slip: ...}``."""

    also_written: ClassVar[list[Data]] = [AS_TEXT]

    date: When
    slip: DurationSize | None = None
    """How much later than the date."""

    @model_validator(mode="before")
    @classmethod
    def _from_date(cls, value: Any) -> Any:
        return scalar_as(value, "date")

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> Any:
        return str(self.date) if self.slip is None else handler(self)


class Span(Noun):
    """From the start of the work supported to its finish (semantics C5)."""

    from_: Words = Field(default=(), alias="from")
    """Activities whose earliest start begins the span."""
    to: Words = ()
    """Activities whose latest finish ends the span."""

    @model_serializer
    def _written(self) -> Data:
        return _ends(self.from_, self.to)


def _ends(from_: tuple[str, ...], to: tuple[str, ...]) -> Data:
    """Return the two ends of a span as they are written."""
    return {
        word: names[0] if len(names) == 1 else list(names) for word, names in (("from", from_), ("to", to)) if names
    }


class LevelOfEffort(Noun):
    """Work that follows other work and never drives: ``{from: dig, to: raft}``, or ``true`` beside `after` links."""

    also_written: ClassVar[list[Data]] = [{"const": True}]

    from_: Words = Field(default=(), alias="from")
    """Activities whose earliest start begins it."""
    to: Words = ()
    """Activities whose latest finish ends it."""

    @model_validator(mode="before")
    @classmethod
    def _from_true(cls, value: Any) -> Any:
        if value is True or (isinstance(value, str) and value.lower() in ("true", "yes")):
            return {}
        return value

    @model_serializer
    def _written(self) -> Data | bool:
        return _ends(self.from_, self.to) or True


class Progress(Noun):
    """What has happened by the data date: started, finished, what remains and what it has cost."""

    started: When | None = None
    finished: When | None = None
    remaining: WorkSize | None = None
    resumes: When | None = None
    """Suspended: what remains goes on no earlier."""
    actual_cost: Money | None = None
    percent: Share | None = None
    """How much of the work is done, for its earned value; default: what of its planned duration is behind it."""

    @model_validator(mode="after")
    def _in_order(self) -> Progress:
        if self.finished is not None and self.remaining is not None and self.remaining.value.value != 0:
            raise ArgumentError("a finished activity has nothing remaining")
        if self.finished is not None and self.percent not in (None, 1.0):
            raise ArgumentError(f"a finished activity is 100% done, got percent: {share_text(self.percent or 0.0)}")
        if self.started and self.finished and self.finished.finish_like() < self.started.start_like():
            raise ArgumentError(f"finished {self.finished} is before started {self.started}")
        return self


class Activity(Noun):
    """One activity of a project; a milestone is one without a duration."""

    name: str | None = None
    guid: str | None = None
    """What a planning tool knows it by for ever: its random draws stay when its code changes."""
    duration: DurationEstimate | None = None
    after: Links = ()
    """Links from predecessors: `survey`, `permits SS+5d`."""
    calendar: str | None = None
    cost: Cost | None = None
    wbs: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    tags: Words = ()
    milestone: Annotated[bool | Literal["start", "finish"], BeforeValidator(_milestone)] = False
    margin: bool = False
    """Schedule margin: held, not simulated as work."""
    level_of_effort: LevelOfEffort | None = None
    start_no_earlier_than: Constraint | None = None
    finish_no_earlier_than: When | None = None
    start_no_later_than: When | None = None
    finish_no_later_than: When | None = None
    start_on: When | None = None
    finish_on: When | None = None
    mandatory_start: When | None = None
    mandatory_finish: When | None = None
    manual_start: When | None = None
    """Where a planner put it by hand: overrides links as planned, and bounds no late date."""
    expected_finish: When | None = None
    """When those who do the work expect to finish; as planned it sets the finish, whatever remains."""
    needed_by: When | None = None
    """When something outside the program needs it: bounds late dates, instead of its project's finish."""
    deadline: When | None = None
    """By when it should finish: bounds late dates alone, in every way of scheduling."""
    as_late_as_possible: bool = False
    elicited_as: ElicitedAs | None = None
    spend: Spend = "even"
    """When its cost is spent: evenly over its working time, at an end of it, or by a profile."""
    progress: Progress | None = None
    exists: Share | None = None
    when: Condition | None = None
    uses: Annotated[dict[str, Positive], BareResources] = Field(default_factory=dict)
    priority: Priority = NEUTRAL
    """Who comes first among the activities of a project that wait for units: the smaller number."""
    preemption: Preemption | None = None
    """Whether it interrupts others and may be interrupted, where its resources allow that; default: both."""
    while_paused: Literal["hold", "release"] = "hold"
    """What it does with its units while a risk or a lack of money keeps it from work."""
    quality_gate: QualityGate | None = None
    approval: Approval | None = None
    backlog: Backlog | None = None
    """Items that a team works off: what its duration is instead of an estimate; a planned duration may stand beside."""
    unscheduled: bool = False
    """Kept from a planning tool that never scheduled it; left out of the simulation."""

    @model_validator(mode="after")
    def _consistent(self) -> Activity:
        if self.milestone and self.duration is not None and not self.duration.is_zero:
            raise ArgumentError("a milestone has no duration")
        if self.exists is not None and self.when is not None:
            raise ArgumentError("`exists` and `when` exclude each other")
        if self.margin and (self.milestone or self.level_of_effort is not None):
            raise ArgumentError("margin is neither a milestone nor level of effort")
        return self
