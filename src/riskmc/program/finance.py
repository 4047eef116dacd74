"""Money over time: benefits, discount rate, escalation, payments, retention, funding; confidence levels."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.noun import Noun
from riskmc.program.numeral import share_text
from riskmc.program.words import Duration, MoneySize, Share, ShareSize, as_share

_LEVEL = re.compile(r"[Pp](\d+(?:\.\d+)?)")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _as_level(value: Any) -> float:
    """Return the share that ``P80`` (or ``80%``) means."""
    match = _LEVEL.fullmatch(value.strip()) if isinstance(value, str) else None
    level = as_share(f"{match[1]}%") if match else as_share(value)
    if not 0 < level < 1:
        raise ArgumentError(f"a percentile lies between P0 and P100, got {value}")
    return level


def _month_day(text: str) -> str:
    if not _MONTH_DAY.fullmatch(text):
        raise ArgumentError(f"a day of the year is MM-DD, as 01-01 or 04-01, got {text!r}")
    return text


Level = Annotated[
    float,
    BeforeValidator(_as_level),
    PlainSerializer(lambda level: "P" + share_text(level).rstrip("%")),
    WithJsonSchema({"type": ["string", "number"], "description": "a percentile", "examples": ["P80"]}),
]
MonthDay = Annotated[str, AfterValidator(_month_day)]


class Confidence(Noun):
    """Which percentiles this organisation calls expected and committed."""

    expect: Level = 0.5
    commit: Level = 0.8


class ReleasedBy(Noun):
    """Who releases what the program is funded with: the base, the contingency on top, and the management reserve."""

    base: str = "project manager"
    contingency: str = "program manager"
    management_reserve: str = "sponsor"


class Benefit(Noun):
    """What the program yields from an activity's finish on."""

    at: str
    per_year: MoneySize
    for_: Duration | None = Field(default=None, alias="for")
    """For how long; default: for ever."""


class DiscountRate(Noun):
    """What a year is worth: a real rate (constant money) or a nominal one (then-year money)."""

    real: Share | None = None
    nominal: Share | None = None

    @model_validator(mode="after")
    def _one_rate(self) -> DiscountRate:
        if (self.real is None) == (self.nominal is None):
            raise ArgumentError("a discount rate is exactly one of: real, nominal")
        return self


NO_ESCALATION = "none"  # in place of an index: a price that does not rise, such as one agreed


class Escalation(Noun):
    """How prices of one kind rise a year, from when, and whether each year draws its own rate."""

    rate: ShareSize
    years: Literal["own", "same"] = "same"
    from_: int = Field(alias="from", ge=1900, le=2200)
    """The first year in which prices rise; its predecessor is the base year."""


class Payments(Noun):
    """When spent money is paid: the lag, what is retained to the end, and what is paid in advance."""

    lag: Duration | None = None
    retention: Share = 0.0
    advance: Share = 0.0


class FundingRule(Noun):
    """What the money released by the year binds (discrete-event engine): who waits for it, and when it is booked."""

    without: Literal["stop_starts", "pause_all"] = "stop_starts"
    """Without money: what has begun goes on and nothing starts, or all work pauses."""
    commit: Literal["as_incurred", "at_start"] = "as_incurred"
    """Whether the cost of work is booked as it is spent, or as a whole when the work starts."""
