"""Faults in plain words: what pydantic found, said the way an analyst reads it.

``unknown word 'durations'; did you mean 'duration'?``, ``is missing``, ``must be a number, got 'soon'``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from riskmc.errors import joined, nearest
from riskmc.program.written import one_value, way_out

IS_MISSING = "is missing"
Place = tuple[str | int, ...]

_MAPPING = "a mapping (lines of `key: value`) is needed"
_SHAPES = {
    "string_type": "text is needed",
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "tuple_type": "a list is needed",
    "list_type": "a list is needed",
    "bool_parsing": "true or false is needed",
    "bool_type": "true or false is needed",
    "int_parsing": "a whole number is needed",
    "int_type": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "float_parsing": "a number is needed",
    "float_type": "a number is needed",
    "finite_number": "a number is needed",
}
_LIMITS = {
    "greater_than": "must be above {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be below {lt:g}",
    "less_than_equal": "must be at most {le:g}",
}


def path_text(place: Place) -> str:
    """Return a place in a program as its path: ``projects.build.activities.dig.after[0]``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")


def faults_in(error: ValidationError, noun: type[BaseModel]) -> Iterator[tuple[Place, str]]:
    """Yield the place and the plain text of every fault that pydantic found in data for ``noun``."""
    for fault in error.errors(include_url=False):
        place = tuple(fault["loc"])
        if fault["type"] == "faults":
            yield from ((place + inner, text) for inner, text in fault["ctx"]["faults"])
        elif place and place[-1] == "[key]":
            yield place[:-1], f"this key cannot be read: {_message(dict(fault), noun)}"
        else:
            yield place, _message(dict(fault), noun)


def _message(fault: Mapping[str, Any], noun: type[BaseModel]) -> str:
    """Return one fault in plain words."""
    kind, found, context = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "missing":
        return IS_MISSING
    if kind == "extra_forbidden":
        return unknown_word(str(fault["loc"][-1]), words_at(noun, fault["loc"][:-1]))
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
        return f"must be one of {' | '.join(allowed)}, got {found_text(found)}{nearest(str(found), allowed)}"
    if kind in _SHAPES:
        mapped = way_out(fault["loc"], found) if _SHAPES[kind] == _MAPPING else one_value(fault["loc"], found)
        return f"{_SHAPES[kind]}, got {found_text(found)}{mapped}"
    if kind in _LIMITS:
        return f"{_LIMITS[kind].format(**context)}, got {found_text(found)}"
    return f"{fault['msg'][0].lower()}{fault['msg'][1:]}, got {found_text(found)}"


def found_text(found: object) -> str:
    """Return what was found, as an analyst calls it."""
    if found == "" or found is None:
        return "nothing"
    if isinstance(found, Mapping):
        return "a mapping"
    if isinstance(found, list | tuple):
        return "a list"
    return repr(found) if len(repr(found)) <= 60 else repr(found)[:57] + "..."


def unknown_word(word: str, known: list[str]) -> str:
    """Return the text for a word that is not one of ``known``."""
    told = joined(nearest(word, known), f"allowed here: {', '.join(known)}") if known else ""
    return f"unknown word {word!r}{told}"


def words_at(noun: Any, place: Place) -> list[str]:
    """Return the words that may stand at ``place`` inside data for ``noun``: the field names of the noun there."""
    for part in place:
        noun = _inside(noun, part)
    nouns = [kind for kind in _kinds(noun) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return [field.alias or name for kind in nouns[:1] for name, field in kind.model_fields.items()]


def _inside(noun: Any, part: str | int) -> Any:
    """Return the type one step further into a noun, a mapping or a list."""
    for kind in _kinds(noun):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {field.alias or name: field for name, field in kind.model_fields.items()}
            return fields[str(part)].annotation if str(part) in fields else None
        if get_origin(kind) in (dict, tuple):
            return get_args(kind)[1 if get_origin(kind) is dict else 0]
    return None


def _kinds(annotation: Any) -> list[Any]:
    """Return the types that an annotation allows, without Annotated and None."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [kind for part in get_args(annotation) if part is not type(None) for kind in _kinds(part)]
    return [annotation]
