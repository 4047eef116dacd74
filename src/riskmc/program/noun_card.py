"""Card of a noun: what a notebook shows of an activity, a risk, a scenario: the words that were given, as in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from riskmc.forecast.card import Card, Table
from riskmc.forecast.figures import shortened

if TYPE_CHECKING:
    from riskmc.program.noun import Noun

_LONG = 80  # characters of a value


def noun_card(noun: Noun) -> Card:
    """Return the card of a noun: its name, and each word that it was given, in the words of a program file.

    What a file says in one phrase, as a link, is called by that phrase.
    """
    said: Any = noun.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    kind = type(noun).__name__
    if not isinstance(said, dict):
        return Card(_text(said), kind, (), Table(("",), []))
    rows = [(word, shortened(_text(value), _LONG)) for word, value in said.items() if word != "name"]
    return Card(str(said.get("name") or ""), kind, (), Table(("",), rows))


def _text(value: Any) -> str:
    """Return a value in few words: of named things only how many there are and what they are called."""
    if isinstance(value, Mapping):
        if len(value) > 1 and all(isinstance(inner, Mapping) for inner in value.values()):
            return f"{len(value)}: {', '.join(value)}"
        return ", ".join(f"{word} {_text(inner)}" for word, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return "yes" if value is True else "no" if value is False else str(value)
