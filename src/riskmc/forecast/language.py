"""Language: the words, number formats and dates of a report. It is in force inside a ``with`` and nowhere else.

    with speaking(find_language("de")):
        said("{gap} after the target", gap=span(86))

A text in English is the key of its translation (gettext), so English needs no catalogue, and what is not translated is
said in English. The language belongs to the running context, like that of `decimal`: other threads do not see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from riskmc.forecast.language_english import EnglishFormats
from riskmc.forecast.written import Written


class Formats(Protocol):
    """How dates, numbers and money are written: `EnglishFormats` shows each, `LocaleFormats` does it by region."""

    name: str

    def day(self, value: date, parts: str) -> str:
        """Return a day, or the parts of it that are asked for."""

    def day_range(self, first: date, last: date) -> str:
        """Return two different days, what both share once."""

    def quarter(self, year: int, number: int) -> str:
        """Return a quarter of a year, the first to the fourth."""

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number from 0 upwards."""

    def percent(self, whole: str) -> str:
        """Return a number, in its digits already, as a percentage."""

    def money(self, amount: str, currency: str) -> str:
        """Return an amount, in its digits already, in its currency."""

    def scaled(self, amount: str, suffix: str) -> str:
        """Return an amount in thousands (k) or millions (M)."""


class Catalogue(Protocol):
    """Translations, as `gettext` has them; a text without one comes back as it is."""

    def gettext(self, message: str) -> str:
        """Return the translation of a text."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation that goes with a number."""


@dataclass(frozen=True)
class Language:
    """Words of one language, and formats of one region; `language_choice.find_language` makes all but English.

    ``name`` is what a page declares as its language, ``rightwards`` whether its lines run from left to right.
    """

    name: str = "en"
    formats: Formats = field(default_factory=EnglishFormats)
    catalogue: Catalogue | None = None
    rightwards: bool = True


ENGLISH = Language()
_IN_FORCE: ContextVar[Language] = ContextVar("riskmc_language", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[Language]:
    """Let ``language`` be in force inside the ``with``, for this thread or task alone."""
    token = _IN_FORCE.set(language)
    try:
        yield language
    finally:
        _IN_FORCE.reset(token)


def spoken() -> Language:
    """Return the language in force."""
    return _IN_FORCE.get()


def formats() -> Formats:
    """Return the formats in force."""
    return _IN_FORCE.get().formats


def said(text: str, /, **values: object) -> str:
    """Return a text of a report in the language in force, with ``values`` at their names: ``{days}``.

    The text stands here as a literal, or under `marked`: so the catalogue finds it. Without values it is not parsed.
    A `phrase` is said again, with the values that it has.
    """
    if isinstance(text, Phrase):
        return text.again()
    catalogue = _IN_FORCE.get().catalogue
    told = catalogue.gettext(text) if catalogue is not None and text else text
    return told.format_map(values) if values else told


def counted(one: str, many: str, count: int, /, **values: object) -> str:
    """Return one of two texts, and with translations one of as many as the language has plural forms.

    ``{count}`` stands for the number, in groups of digits: ``counted("{count} day", "{count} days", 1204)``.
    """
    catalogue = _IN_FORCE.get().catalogue
    told = (one if count == 1 else many) if catalogue is None else catalogue.ngettext(one, many, count)
    return told.format_map({"count": formats().number(count), **values})


def marked(text: str) -> str:
    """Return the text as it is: it is a constant that is `said` later, and the catalogue finds it here."""
    return text


class Phrase(str):
    """A text in English, made before its language is known: it remembers its ``forms`` and ``values``.

    `said` says it in the language in force. Two forms are those of one and of many; values may be phrases themselves,
    and plain numbers and written dates follow the region.
    """

    forms: tuple[str, ...]
    values: Mapping[str, object]

    def __new__(cls, forms: tuple[str, ...], values: Mapping[str, object]) -> Phrase:
        """Return the text in English; of two forms ``values`` hold the ``count`` that chooses."""
        form = forms[0] if len(forms) == 1 or values["count"] == 1 else forms[1]
        told = values if len(forms) == 1 else {**values, "count": f"{values['count']:,}"}
        made = super().__new__(cls, form.format_map(told) if told else form)
        made.forms, made.values = forms, values
        return made

    def again(self) -> str:
        """Return the same in the language in force."""
        values = {name: _again(value) for name, value in self.values.items()}
        if len(self.forms) == 1:
            return said(self.forms[0], **values)
        del values["count"]
        one, many = self.forms
        return counted(one, many, int(str(self.values["count"])), **values)

    def __reduce__(self) -> tuple[type[Phrase], tuple[tuple[str, ...], Mapping[str, object]]]:
        """Return what makes an equal phrase, for copies and for other processes."""
        return Phrase, (self.forms, self.values)


def phrase(text: str, /, **values: object) -> Phrase:
    """Return a text in English that can be `said` later: what is found before the language of a report is known."""
    return Phrase((text,), values)


def phrases(one: str, many: str, count: int, /, **values: object) -> Phrase:
    """Return one of two texts that can be `said` later; the number stands as ``{count}``."""
    return Phrase((one, many), {"count": count, **values})


def in_a_row(texts: Sequence[str]) -> str:
    """Return texts in a row, ``a, b, c``, each of which can be `said` later."""
    first, *rest = texts
    return phrase("{first}, {rest}", first=first, rest=in_a_row(rest)) if rest else first


@dataclass(frozen=True)
class _Digits:
    """A number, written in the digits of the region whatever form is asked of it."""

    value: float

    def __format__(self, form: str) -> str:
        group, point = formats().number(1000)[1:-3], formats().number(0.5, 1)[1]
        return point.join(part.replace(",", group) for part in format(self.value, form).split("."))


def _again(value: object) -> object:
    if isinstance(value, Phrase):
        return value.again()
    if isinstance(value, Written) and isinstance(value.value, date):
        return formats().day(value.value, "day month year")
    return _Digits(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
