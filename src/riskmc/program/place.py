"""Places inside nouns: replace or take away what stands at ``["risks", "soil", "impacts", "stop", "duration"]``.

Nouns are frozen: each noun on the way down is made anew, and checked anew, with its one part changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from riskmc.errors import ProgramError, joined, nearest
from riskmc.program.noun import Data, Noun

Parts = list[str]
Whole = TypeVar("Whole", bound=Noun)
_GONE: Any = object()


def replaced(noun: Whole, parts: Parts, value: Any) -> Whole:
    """Return the noun with ``value`` at the place ``parts``; ProgramError where there is no such place."""
    word = _word(noun, parts[0])
    new = value if len(parts) == 1 else _inside(getattr(noun, word), parts[1:], value, parts[0])
    if new is not _GONE:
        return noun.but(**{word: new})
    kept = {name: said for name, said in noun.words_given().items() if name != word}
    return type(noun)(**kept)


def without(noun: Whole, parts: Parts) -> Whole:
    """Return the noun without what stands at the place ``parts``: an item, or a word that goes back to its default."""
    return replaced(noun, parts, _GONE)


def member(items: Mapping[str, Any], key: str, what: str) -> Any:
    """Return ``items[key]``, or raise ProgramError with the nearest known key."""
    if key not in items:
        hint = nearest(key, map(str, items))
        told = joined(hint, f"known: {', '.join(map(str, items))}") if 0 < len(items) <= 12 else hint
        raise ProgramError([("", f"unknown {what} {key!r}{told}")])
    return items[key]


def _word(noun: Noun, word: str) -> str:
    """Return the field of a noun that ``word`` names."""
    fields = {field.alias or name: name for name, field in type(noun).model_fields.items()}
    kind = type(noun).__name__.lower()
    if word not in fields:
        told = joined(nearest(word, fields), f"known: {', '.join(fields)}")
        raise ProgramError([("", f"unknown word {word!r} of {kind}{told}")])
    return fields[word]


def _inside(holder: Any, parts: Parts, value: Any, above: str) -> Any:
    """Return what holds the place with ``value`` there: a noun, a mapping, a list, or nothing yet."""
    if isinstance(holder, Noun):
        return replaced(holder, parts, value)
    if isinstance(holder, Mapping):
        return _in_mapping(holder, parts, value, above)
    if isinstance(holder, tuple) and not hasattr(holder, "_fields"):
        return _in_list(holder, parts, value, above)
    if holder is None and value is not _GONE:
        for part in reversed(parts):
            value = {part: value}
        return value
    raise ProgramError([("", f"there is no {'.'.join(parts)!r} inside {above!r}")])


def _in_mapping(holder: Mapping[Any, Any], parts: Parts, value: Any, above: str) -> Data:
    """Return the mapping with one entry changed, added (plain values only) or taken away."""
    known = {str(key): key for key in holder}
    count = next((n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in known), 0)
    if not count:
        if len(parts) == 1 and value is not _GONE and not any(isinstance(item, Noun) for item in holder.values()):
            return {**holder, parts[0]: value}
        member(known, parts[0], f"entry of {above}")
    key = known[".".join(parts[:count])]
    if count < len(parts):
        return {**holder, key: _inside(holder[key], parts[count:], value, parts[count - 1])}
    return {k: value if k == key else v for k, v in holder.items() if k != key or value is not _GONE}


def _in_list(holder: tuple[Any, ...], parts: Parts, value: Any, above: str) -> tuple[Any, ...]:
    """Return the list with one item changed or taken away, found by its `id`, its `name` or its number from 0."""
    names = {str(getattr(item, "id", None) or getattr(item, "name", None) or n): n for n, item in enumerate(holder)}
    place = names.get(parts[0], int(parts[0]) if parts[0].isdigit() and int(parts[0]) < len(holder) else -1)
    if place < 0:
        member(names, parts[0], f"item of {above}")
    new = value if len(parts) == 1 else _inside(holder[place], parts[1:], value, parts[0])
    return (*holder[:place], *(() if new is _GONE else (new,)), *holder[place + 1 :])
