"""Agile teams: how many items they finish, or the stages an item goes through, and the backlogs they work off."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.measure import Frequency, Growth
from riskmc.program.notation import kind, size_text
from riskmc.program.noun import Noun
from riskmc.program.numeral import quantity_text
from riskmc.program.quantity import ELAPSED_UNITS, Quantity, Size
from riskmc.program.words import (
    ONE_OR_MORE,
    Duration,
    WorkShareSize,
    WorkSize,
    as_size,
    is_elapsed,
    text_type,
    worked,
)

_PERIODS = {"day": "1d", "week": "1w", "month": "1mo"}


def _counted(value: Any) -> Size:
    """Return a number of items, certain or not, of at least zero."""
    size = as_size(value)
    if size.operation or kind(size) != "number":
        raise ArgumentError(f"a number of items is needed, as 120 or triangular(100 120 150), got {size_text(size)}")
    return worked(size)


def _period(value: Any) -> Any:
    """Return the length of a period that is given by its name."""
    return _PERIODS.get(value, value) if isinstance(value, str) else value


def _by_share(value: Any) -> Any:
    """Return a growth as it stands; refuse one in items."""
    if isinstance(value, str) and "%" not in value:
        raise ArgumentError(f"growth is a share of the scope, as 2%/mo; items per time are `arrivals`, got {value!r}")
    return value


Items = Annotated[Size, *text_type(_counted, size_text, "a number of items", "120", "empirical(5 7 3 8)")]
Period = Annotated[Duration, BeforeValidator(_period)]
Limit = Annotated[int, Field(ge=1)]


def _in_working_time(team: Team) -> None:
    """Refuse elapsed time: a team's clock is the working time of the activity whose backlog it works off."""
    elapsed = [stage.takes for stage in team.stages if is_elapsed(stage.takes)]
    if elapsed or team.per.unit in ELAPSED_UNITS:
        found = size_text(elapsed[0]) if elapsed else quantity_text(team.per)
        raise ArgumentError(f"a team works in the working time of its backlog, as 2d, got {found}")


class Stage(Noun):
    """A stage that every item goes through: a column of the team's board."""

    name: str
    """What it is called; its random numbers hang on it."""
    takes: WorkSize
    """The work on one item."""
    servers: Annotated[int, Field(ge=1, le=1000)] = 1
    """How many items can be worked on at once: people, or pairs."""
    wip: Limit | None = None
    """How many items may be in it, waiting, in work and worked; default: any number."""
    when_blocked: Literal["hold", "release"] = "hold"
    """Whether who has worked on an item that cannot move on waits with it, or takes another one."""


class Team(Noun):
    """A team that works off backlogs: by its `throughput` per period, or through its `stages`."""

    name: str | None = None
    throughput: Items | None = None
    """The items finished in a period: its own history, as empirical(5 7 3 8), or a distribution."""
    per: Period = Quantity(1.0, "w")
    """The period of `throughput`: day, week, month, or a duration such as 2w."""
    stages: Annotated[tuple[Stage, ...], ONE_OR_MORE] = ()
    """The columns of its board, in the order in which items go through them."""
    wip: Limit | None = None
    """How many items may be in all stages together; default: any number."""
    arrivals: Frequency | None = None
    """New items that come while a backlog is worked off, at random: 3/w."""
    growth: Growth | None = None
    """What a backlog's whole scope grows by, compound, while it is worked off: 2%/mo."""
    split: WorkShareSize | None = None
    """The share of items that turn out to be two."""

    @model_validator(mode="before")
    @classmethod
    def _growth_in_shares(cls, value: Any) -> Any:
        if isinstance(value, dict):
            _by_share(value.get("growth"))
        return value

    @model_validator(mode="after")
    def _one_kind(self) -> Team:
        if (self.throughput is None) == (not self.stages):
            raise ArgumentError("a team has either a `throughput` per period or `stages`")
        if self.per.value <= 0:
            raise ArgumentError("`per` is a period longer than nothing, as week or 2w")
        if not self.stages and self.wip is not None:
            raise ArgumentError("`wip` limits the items in the `stages`; a throughput has none")
        if self.arrivals is not None and self.growth is not None:
            raise ArgumentError("a backlog grows by `arrivals` (items) or by `growth` (a share), not by both")
        _in_working_time(self)
        names = [stage.name for stage in self.stages]
        if len({*names}) < len(names):
            raise ArgumentError(f"stages need names of their own, got {', '.join(names)}")
        return self


class Backlog(Noun):
    """Items that a team works off; the activity lasts until all of them are done."""

    team: str
    items: Items
    """How many are known at its start, before they split."""
