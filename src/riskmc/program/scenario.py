"""Scenarios: named changes to a program (what-if), as an analyst writes them. `change` applies them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from riskmc.errors import ArgumentError
from riskmc.program.moment import Moment, as_moment
from riskmc.program.notation import size_text
from riskmc.program.noun import Noun
from riskmc.program.numeral import amount_text, quantity_text, rate_text
from riskmc.program.quantity import Quantity, Rate, Size
from riskmc.program.sections import Sections
from riskmc.program.words import MoneySize, ResponseIds, Words


def plain(value: Any) -> Any:
    """Return a value in the words of a file: texts, lists and mappings of them. Numbers and nouns become their text."""
    if isinstance(value, Mapping):
        return {str(word): plain(said) for word, said in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Noun):
        return plain(value.model_dump(by_alias=True, exclude_defaults=True))
    return value if isinstance(value, str) else _text(value)


def _text(value: Any) -> str:
    """Return the one text of a single value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Quantity):
        return quantity_text(value)
    if isinstance(value, Size):
        return size_text(value)
    if isinstance(value, Rate):
        return rate_text(value)
    if isinstance(value, Moment | date):
        return str(as_moment(value))
    if isinstance(value, int | float):
        return amount_text(value)
    raise ArgumentError(f"a new value is text, a number, a date, a list or a mapping, got {value!r}")


class Scenario(Noun):
    """A named list of changes to a program: a what-if, an option, a mitigation plan. Applied in the order below."""

    name: str | None = None
    add: Sections | None = None
    """More of any section."""
    set: Annotated[dict[str, Any], BeforeValidator(plain)] = Field(default_factory=dict)
    """New values by path: `build.line.duration: 90d`."""
    remove: Words = ()
    """What the scenario does without: `risks.soil`, `build.line`, `build.dig.start_no_earlier_than`."""
    add_cost: MoneySize | None = None
    approve: ResponseIds = ()
    """Responses that act in this scenario."""
    withdraw: ResponseIds = ()
    """Responses that no longer do."""
