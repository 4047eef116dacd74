"""The noun: what every part of a program has in common.

A noun is frozen, knows its words and refuses all others. It is built from the file's own words, texts or Python
values alike: ``Activity(duration="pert(15d 20d 40d)", after=["survey"])``. A fault raises ProgramError in plain words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic._internal._model_construction import ModelMetaclass
from pydantic_core import CoreSchema

from riskmc.errors import ArgumentError, ProgramError
from riskmc.program.attribute_docs import attribute_docs
from riskmc.program.noun_card import noun_card
from riskmc.program.numeral import range_hint
from riskmc.program.plain_words import faults_in, path_text

Data = dict[str, Any]
AS_TEXT: Data = {"type": ["string", "number"]}
Self = TypeVar("Self", bound="Noun")


class _PlainSpoken(ModelMetaclass):
    """Calls of a noun raise ProgramError in plain words; pydantic's own way in (``model_validate``) stays as it is."""

    def __call__(cls, *args: Any, **words: Any) -> Any:
        if args:
            raise ArgumentError(_by_name(cls, args[0]))
        try:
            return super().__call__(**words)
        except ValidationError as error:
            faults = [(path_text(place), message) for place, message in faults_in(error, cls)]  # type: ignore[arg-type]
        raise ProgramError(faults)


def _by_name(noun: type[Any], found: object) -> str:
    """Return the text for a noun that was given a value without its word, as ``Program("harbour.yaml")``."""
    fields = noun.model_fields
    word = next((name for name, field in fields.items() if field.is_required()), next(iter(fields)))
    hint = "; a file is read by riskmc.read(...)" if word == "program" else ""
    return f"{noun.__name__} takes its words by name, as {noun.__name__}({word}=...), got {found!r}{hint}"


class Noun(BaseModel, metaclass=_PlainSpoken):
    """A frozen part of a program, with a closed set of words."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    also_written: ClassVar[list[Data]] = []
    """JSON Schemas of the shorter forms in which a noun may stand in a file."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> Data:
        found = handler(core)
        cls._describe(handler.resolve_ref_schema(found).get("properties", {}))
        return {"anyOf": [*cls.also_written, found]} if cls.also_written else found

    @classmethod
    def _describe(cls, properties: Data) -> None:
        """Put the docstring of each attribute into the schema of its word."""
        for name, text in attribute_docs(cls).items():
            word = cls.model_fields[name].alias or name if name in cls.model_fields else name
            if word in properties:
                properties[word]["description"] = text

    def but(self: Self, **changes: Any) -> Self:
        """Return a copy with the given words changed, parsed and checked like the words of a file."""
        return type(self)(**{**self.words_given(), **changes})

    def __repr__(self) -> str:
        return noun_card(self).text()

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return noun_card(self).html()

    def words_given(self) -> Data:
        """Return the words that were given, and their values (not copied)."""
        given = self.model_fields_set
        return {name: getattr(self, name) for name in type(self).model_fields if name in given}


def scalar_as(value: Any, word: str) -> Any:
    """Return ``{word: value}`` for a noun written as one value; mappings and nouns as they are."""
    if isinstance(value, list | tuple):
        raise ArgumentError(f"one value, or a mapping of words, is needed, got a list{range_hint(value)}")
    return value if isinstance(value, _WORDED) else {word: value}


_WORDED = (dict, Noun, Mapping)  # the cheapest to ask first
