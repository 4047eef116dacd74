"""Targets: dates and budgets to be met, alone or together; a target is a probability, never a constraint."""

from __future__ import annotations

from pydantic import model_validator

from riskmc.errors import ArgumentError
from riskmc.program.noun import Noun
from riskmc.program.words import Money, Share, When


class Target(Noun):
    """A date, a budget or both, for the program, a project or an activity; with the confidence wanted in both."""

    name: str
    at: str | None = None
    """An activity or a project; default: the program."""
    finish: When | None = None
    """By the end of this day, or this instant."""
    cost: Money | None = None
    joint: Share | None = None
    """The joint confidence asked for."""

    @model_validator(mode="after")
    def _says_something(self) -> Target:
        if self.finish is None and self.cost is None:
            raise ArgumentError("a target needs `finish`, `cost`, or both")
        if self.joint is not None and (self.finish is None or self.cost is None):
            raise ArgumentError("`joint` needs both `finish` and `cost`")
        return self
