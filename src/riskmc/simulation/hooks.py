"""Hooks: policies written by the user in Python, pure functions of a frozen view that return actions (K7).

A hook never sees the true state of a replication, only what managers see; whatever it wants it says with an action of
the closed list here, which the engine checks and carries out. Hooks run on the simpy reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

from riskmc.errors import ArgumentError, RiskmcError, nearest
from riskmc.forecast.language import phrase
from riskmc.program import policy as nouns
from riskmc.program.noun import Data

T = TypeVar("T")
_NAME = re.compile(r"\S.*")
PROGRAM = ""
"""The name of the program among forecasts and targets."""


class PolicyError(RiskmcError):
    """A policy written by the user raised an error, or asked for what cannot be done; names policy, time, iteration."""


@dataclass(frozen=True)
class AddUnits:
    """Units for a pool: ``AddUnits("testers", 2, lead="15d", ramp=(0.4, "30d"), cost_per_day=650)``.

    ``ramp`` is the share of full output at first, and the time constant; ``cost_per_day`` of each, while they are
    there; ``lasts`` how long they stay; ``overhead`` what talk costs (Brooks).
    """

    resource: str
    units: float
    lead: str = "0d"
    ramp: tuple[float, str] | None = None
    cost_per_day: float | None = None
    lasts: str | None = None
    overhead: float = 0.0

    def words(self) -> Data:
        """Return the action as in a program file."""
        said: dict[str, Any] = {"resource": self.resource, "units": self.units, "lead": self.lead}
        said |= {} if self.ramp is None else {"ramp_up": {"start": self.ramp[0], "over": self.ramp[1]}}
        said |= {} if self.cost_per_day is None else {"cost": f"{self.cost_per_day}/d"}
        said |= {} if self.lasts is None else {"lasts": self.lasts}
        return {"add_units": said | {"overhead": self.overhead}}


@dataclass(frozen=True)
class Overtime:
    """Overtime on what a selector means, until the policy says `NormalHours`: ``Overtime(["build.*"], "120%")``."""

    on: Sequence[str]
    rate: str | float
    premium: str | float | None = None
    fatigue: str | None = None
    errors: str | float | None = None

    def words(self) -> Data:
        """Return the action as in a program file."""
        said = {"on": list(self.on), "rate": self.rate, "premium": self.premium, "fatigue": self.fatigue}
        said |= {"errors": self.errors}
        return {"overtime": {word: value for word, value in said.items() if value is not None}}


@dataclass(frozen=True)
class NormalHours:
    """The end of all overtime that the policy has begun."""


@dataclass(frozen=True)
class Crash:
    """What remains of work, bought shorter: ``Crash(["build.code"], "80%", cost=200_000)``; ``cost`` of each."""

    on: Sequence[str]
    duration: str | float
    cost: float | str | None = None

    def words(self) -> Data:
        """Return the action as in a program file."""
        said = {"on": list(self.on), "duration": self.duration}
        return {"crash": said if self.cost is None else said | {"cost": self.cost}}


@dataclass(frozen=True)
class Prioritise:
    """New priorities of projects and activities, for good: ``Prioritise({"build": 1})``."""

    priorities: Mapping[str, int]

    def words(self) -> Data:
        """Return the action as in a program file."""
        return {"prioritise": dict(self.priorities)}


Action = AddUnits | Overtime | NormalHours | Crash | Prioritise
ACTIONS = (AddUnits, Overtime, NormalHours, Crash, Prioritise)


def noun_of(action: Action) -> nouns.Action:
    """Return the checked noun of an action; ProgramError with what is wrong with it."""
    assert not isinstance(action, NormalHours)
    return nouns.Action(**action.words())


@dataclass(frozen=True)
class PolicyView:
    """What a policy sees at a review; frozen, and made by hand in a test: ``PolicyView(datetime(2027, 6, 1))``.

    Parameters
    ----------
    now : datetime
        The moment of the review.
    forecasts, targets : mapping, optional
        By activity or project, "" for the program: the finish that is believed, and the one that is promised.
    reported : mapping, optional
        By activity: the share of work reported as done.
    units, free : mapping, optional
        By pool: its capacity, and what of it nobody holds.
    waiting : mapping, optional
        By pool: how many activities wait for it.
    draws : mapping, optional
        By name: numbers between 0 and 1; in a replication each call of `draw` gives another.
    """

    now: datetime
    forecasts: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    targets: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    reported: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    units: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    free: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    waiting: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    draws: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def forecast(self, at: str = PROGRAM) -> datetime:
        """Return the finish that is believed, of an activity, a project, or the program; never the true one."""
        return _found(self.forecasts, at, "forecast")

    def target(self, at: str = PROGRAM) -> datetime:
        """Return the finish that `targets` promise."""
        return _found(self.targets, at, "target")

    def progress(self, path: str) -> float:
        """Return the share of an activity's work that is reported as done, from 0 to 1."""
        return _found(self.reported, path, "progress")

    def capacity(self, resource: str) -> float:
        """Return the units of a pool."""
        return _found(self.units, resource, "capacity")

    def idle(self, resource: str) -> float:
        """Return the units of a pool that nobody holds."""
        return _found(self.free, resource, "idle")

    def queue(self, resource: str) -> int:
        """Return how many activities wait for a pool."""
        return _found(self.waiting, resource, "queue")

    def draw(self, name: str) -> float:
        """Return a number between 0 and 1, the same in every run of this iteration: the only randomness there is."""
        return _found(self.draws, name, "draw")


def _found(known: Mapping[str, T], name: str, what: str) -> T:
    try:
        return known[name]
    except KeyError:
        raise ArgumentError(f"view.{what}({name!r}): there is none{nearest(name, known)}") from None


Memory = dict[str, Any]
Decide = Callable[[PolicyView, Memory], Sequence[Action]]


@dataclass(frozen=True)
class UserPolicy:
    """A policy written by the user: a name, how often it looks, and the function that decides; calls like it."""

    name: str
    every: str
    decide: Decide

    def __call__(self, view: PolicyView, memory: Memory) -> Sequence[Action]:
        """Return what the policy does at a view."""
        return self.decide(view, memory)


def policy(name: str, every: str = "20d") -> Callable[[Decide], UserPolicy]:
    """Return the decorator that makes a policy of a function of a view and a memory that returns actions.

    The function is called at every review, ``every`` so many days on the wall from the data date on, and returns a
    list of `AddUnits`, `Overtime`, `NormalHours`, `Crash` and `Prioritise`. ``memory`` is its own dict, empty at the
    beginning of each iteration. Raises ArgumentError for a name or a time without meaning.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ArgumentError(f"a policy needs a name, got {name!r}")
    nouns.Policy(review=every, when={"later_than": "2000-01-01"}, do={"prioritise": {"any": 1}})
    return lambda decide: UserPolicy(name, every, decide)


def check_policies(policies: Sequence[UserPolicy]) -> tuple[UserPolicy, ...]:
    """Return policies; ArgumentError where one is none, or two have one name."""
    for one in policies:
        if not isinstance(one, UserPolicy):
            raise ArgumentError(f"policies: each is a function decorated with @rm.policy(name), got {one!r}")
    names = [one.name for one in policies]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ArgumentError(f"policies: two are called {twice[0]!r}")
    return tuple(policies)


def block_kind() -> Any:
    """Return the kind of block that runs hooks; simpy is loaded only where there are any."""
    return import_module("riskmc.simulation.discrete_event.hook_block").HookBlock


def hooks_note(policies: Sequence[UserPolicy]) -> str:
    """Return the sentence that says what ran, and on what."""
    names = ", ".join(one.name for one in policies)
    return phrase(
        "policies in Python ({names}) ran on the simpy reference, which is slower than the kernel", names=names
    )


__all__ = [
    "ACTIONS", "PROGRAM", "Action", "AddUnits", "Crash", "NormalHours", "Overtime", "PolicyError", "PolicyView",
    "Prioritise", "UserPolicy", "block_kind", "check_policies", "hooks_note", "noun_of", "policy",
]  # fmt: skip
