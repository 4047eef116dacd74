"""Links between activities: ``permits SS+5d``, ``dig``, ``"A 10.2" SS+5d``; predecessor, type (FS SS FF SF) and lag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Literal

from pydantic import model_serializer, model_validator

from riskmc.errors import ArgumentError
from riskmc.program.notation import size, size_text
from riskmc.program.noun import AS_TEXT, Data, Noun
from riskmc.program.quantity import Size
from riskmc.program.words import LagSize

LinkType = Literal["FS", "SS", "FF", "SF"]
LagCalendar = Literal["predecessor", "successor", "project", "24h"]

REFERENCE = r'"(?:[^"]|"")+"|[^\s"]+'
_BARE = re.compile(r"[\w*-]+(?:\.[\w*-]+)?")
_LINK = re.compile(rf"({REFERENCE})(?:\s+([A-Za-z]{{2}})?\s*(?:([+-])\s*(\S.*))?)?")
_TYPES = ("FS", "SS", "FF", "SF")


def unquoted(reference: str) -> str:
    """Return the identifier that a reference names: quotes hold a foreign code together, a doubled one is itself."""
    if len(reference) >= 2 and reference[0] == reference[-1] == '"':
        return reference[1:-1].replace('""', '"')
    return reference


def quoted(identifier: str) -> str:
    """Return the reference that names an identifier: itself, or in quotes where it is a foreign code."""
    return identifier if _BARE.fullmatch(identifier) else '"' + identifier.replace('"', '""') + '"'


@lru_cache(maxsize=1 << 16)
def _parsed(text: str) -> tuple[tuple[str, Any], ...]:
    """Return the words of a link written as text."""
    match = _LINK.fullmatch(text.strip())
    if match is None:
        hint = "; several links are a list: [a, b]" if "," in text else ""
        hint = hint or ("; a code with blanks has quotes of its own: '\"A 10\" SS+5d'" if " " in text.strip() else "")
        raise ArgumentError(f"{text!r} is not a link{hint}; write an activity, then FS SS FF SF and a lag: dig SS+5d")
    kind = (match[2] or "FS").upper()
    if kind not in _TYPES:
        raise ArgumentError(f"{match[2]!r} is not a link type; allowed: {' '.join(_TYPES)} (in {text!r})")
    return (("activity", unquoted(match[1])), ("type", kind), ("lag", _lag(match[3], match[4], text)))


def _lag(sign: str | None, written: str | None, text: str) -> Size | None:
    """Return the lag after its sign; a lead is a negative lag."""
    if sign is None or written is None:
        return None
    if sign == "-" and "(" in written:
        raise ArgumentError(f"a lead that varies is written with negative values after a plus, got {text!r}")
    return size(f"-{written}" if sign == "-" else written)


class Link(Noun):
    """One link into an activity: which activity comes before, how the two are tied, and the lag between them."""

    also_written: ClassVar[list[Data]] = [AS_TEXT]

    activity: str
    """The predecessor, as `project.activity` or the activity alone."""
    type: LinkType = "FS"
    """Finish or start of the predecessor to start or finish of this activity."""
    lag: LagSize | None = None
    """Time between the two, or a share of the predecessor's planned duration; negative is a lead."""
    lag_calendar: LagCalendar | None = None
    """Whose working time the lag counts."""
    first_of: str | None = None
    """Links into an activity with the same word here count as one: from whichever of them comes first."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and "activity" not in value and not value.keys() & cls.model_fields.keys():
            first = next(iter(value), "dig")
            raise ArgumentError(f"a link is a text, as {first} or '{first} SS+5d', or {{activity: {first}, lag: 5d}}")
        return dict(_parsed(value)) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _without_empty_lag(self) -> Link:
        if self.lag is not None and self.lag.certain and self.lag.value.value == 0:
            object.__setattr__(self, "lag", None)
        return self

    @model_serializer
    def _written(self) -> str | Data:
        plain = self.lag_calendar is None and self.first_of is None
        if plain and (self.lag is None or self.lag.certain):
            return str(self)
        parts = (("activity", self.activity), ("type", self.type), ("lag", self.lag and size_text(self.lag)))
        return {**{word: part for word, part in parts if part}, **_given(self.lag_calendar, self.first_of)}

    def __str__(self) -> str:
        lag = size_text(self.lag) if self.lag else ""
        tie = "" if self.type == "FS" and not lag else f" {self.type}"
        return quoted(self.activity) + tie + (lag if lag.startswith("-") or not lag else f"+{lag}")


def _given(lag_calendar: str | None, first_of: str | None) -> Data:
    said = {"lag_calendar": lag_calendar, "first_of": first_of}
    return {word: text for word, text in said.items() if text}
