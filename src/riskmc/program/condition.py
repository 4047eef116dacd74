"""Conditions of `when`: ``foundation = piled``, ``risk soil``, ``not risk soil``, ``dig finish > 2027-09-01``."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

from pydantic import model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.link import REFERENCE, quoted, unquoted
from riskmc.program.noun import AS_TEXT, Data, Noun
from riskmc.program.words import When

_CHOICE = re.compile(r"(\S+)\s*=\s*(\S+)")
_RISK = re.compile(r"(not\s+)?risk\s+(?:risks\.)?(\S+)")
_DATE = re.compile(rf"({REFERENCE})\s+(start|finish)\s*(<=|>)\s*(.+)")
_ALLOWED = "CHOICE = OUTCOME, risk ID, not risk ID, or ACTIVITY start|finish >|<= DATE"


class Condition(Noun):
    """What makes an activity exist in an iteration: an outcome, a risk, or the date of another one."""

    also_written: ClassVar[list[Data]] = [AS_TEXT]

    choice: str | None = None
    outcome: str | None = None
    risk: str | None = None
    occurs: bool = True
    activity: str | None = None
    event: Literal["start", "finish"] | None = None
    comparison: Literal[">", "<="] | None = None
    date: When | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return _parsed(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> Condition:
        choice = (self.choice, self.outcome)
        dated = (self.activity, self.event, self.comparison, self.date)
        said = [group for group in (choice, (self.risk,), dated) if any(part is not None for part in group)]
        if len(said) != 1 or any(part is None for part in said[0]):
            raise ArgumentError(f"a condition is exactly one of: {_ALLOWED}")
        return self

    @model_serializer
    def _written(self) -> str:
        return str(self)

    def __str__(self) -> str:
        if self.choice is not None:
            return f"{self.choice} = {self.outcome}"
        if self.risk is not None:
            return f"{'' if self.occurs else 'not '}risk {self.risk}"
        return f"{quoted(self.activity or '')} {self.event} {self.comparison} {self.date}"


def _parsed(text: str) -> dict[str, Any]:
    """Return the words of a condition written as text."""
    written = text.strip()
    if match := _RISK.fullmatch(written):
        return {"risk": match[2], "occurs": match[1] is None}
    if match := _DATE.fullmatch(written):
        return {"activity": unquoted(match[1]), "event": match[2], "comparison": match[3], "date": match[4]}
    if match := _CHOICE.fullmatch(written):
        return {"choice": match[1], "outcome": match[2]}
    raise ArgumentError(f"{text!r} is not a condition; allowed: {_ALLOWED}")
