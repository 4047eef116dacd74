"""The chance of something that may happen again: one share, one for each pass, or one that fades from pass to pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.noun import AS_TEXT, Data, Noun
from riskmc.program.numeral import share_text
from riskmc.program.words import Share, as_share, listed


class Chance(Noun):
    """A share for every pass: ``30%``, ``[30%, 20%]`` (the last holds on), ``{first: 30%, factor: 50%}``."""

    also_written: ClassVar[list[Data]] = [AS_TEXT, {"type": "array", "items": AS_TEXT, "minItems": 1}]

    each: tuple[Share, ...] = ()
    """The shares of the first passes; the last of them holds for all later ones."""
    first: Share | None = None
    """The share of the first pass, with"""
    factor: Share | None = None
    """what it is multiplied with at every later one."""

    @model_validator(mode="before")
    @classmethod
    def _from_shares(cls, value: Any) -> Any:
        if isinstance(value, Mapping | Noun):
            return value
        if isinstance(value, list | tuple) and not value:
            raise ArgumentError("a list of shares names at least one, as [30%, 20%]")
        return {"each": [as_share(share) for share in listed(value)]}

    @model_validator(mode="after")
    def _one_form(self) -> Chance:
        if bool(self.each) == (self.first is not None) or (self.first is None) != (self.factor is None):
            raise ArgumentError("is one share, a list of them, or {first: 30%, factor: 50%}")
        return self

    @model_serializer
    def _written(self) -> Any:
        if self.first is not None and self.factor is not None:
            return {"first": share_text(self.first), "factor": share_text(self.factor)}
        texts = [share_text(share) for share in self.each]
        return texts[0] if len(texts) == 1 else texts

    def at_pass(self, number: int) -> float:
        """Return the share of pass ``number``, counted from 1."""
        if self.first is not None and self.factor is not None:
            return self.first * self.factor ** (number - 1)
        return self.each[min(number, len(self.each)) - 1]
