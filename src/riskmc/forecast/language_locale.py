"""Formats of a region by the Unicode locale data (CLDR, through Babel): ``29. Juni 2029``, ``61,4 Mio. EUR``, ``38 %``.

Blanks inside a date, an amount or a percentage never break. A currency keeps the name that the program gives it, on the
side where the region writes it. Digits are the European ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from riskmc.forecast.language_english import DASH

if TYPE_CHECKING:
    from babel import Locale

_HELD = "\u00a0"  # a blank at which no line ends
_SKELETONS = {"day month year": "yMMMd", "day month": "MMMd", "month": "MMM", "month year": "yMMM", "year": "y"}
_THOUSANDS = {"k": "1000", "M": "1000000"}
_BLANKS = re.compile(r"[ \u2009\u202f]")
_MARKS = re.compile("[\u061c\u200e\u200f]")
_LONGEST = 9  # characters of a pattern: "0 Tausend" is one, "0 Millionen" none


class LocaleFormats:
    """How dates, numbers and money are written in one region; the verbs are those of `EnglishFormats`.

    ``translated`` gives the translation of a text: a catalogue may say what a region's thousands and millions are.
    """

    def __init__(self, locale: Locale, translated: Callable[[str], str] = str):
        self.name = str(locale).replace("_", "-")
        self._locale, self._translated = locale, translated
        self._after = _currency_stands_after(locale)
        self._symbols = _symbols(locale)

    def day(self, value: date, parts: str) -> str:
        """Return a day, or the parts of it that are asked for."""
        if parts == "day":
            return str(value.day)
        return _written_date(self._locale, value, _SKELETONS[parts])

    def day_range(self, first: date, last: date) -> str:
        """Return two different days, what both share once."""
        from babel.dates import format_interval

        told = _held(str(format_interval(first, last, "yMMMd", locale=self._locale)))
        return told.replace(f"{_HELD}{DASH}{_HELD}", f" {DASH} ")

    def quarter(self, year: int, number: int) -> str:
        """Return a quarter of a year, the first to the fourth."""
        return _written_date(self._locale, date(year, 3 * number, 1), "yQQQ")

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number from 0 upwards, in the groups of the region."""
        decimal, group, (last, other) = self._symbols
        whole, _, rest = f"{value:.{decimals}f}".partition(".")
        told = group.join(_groups(whole, last, other))
        return f"{told}{decimal}{rest}" if rest else told

    def percent(self, whole: str) -> str:
        """Return a number, in its digits already, as a percentage."""
        pattern = self._locale.percent_formats[None].pattern.split(";")[0]
        return _held(re.sub(r"[#,0.]+", lambda _: whole, pattern))

    def money(self, amount: str, currency: str) -> str:
        """Return an amount, in its digits already, in its currency, on its side."""
        if not currency:
            return amount
        return f"{amount}{_HELD}{currency}" if self._after else f"{currency}{_HELD}{amount}"

    def scaled(self, amount: str, suffix: str) -> str:
        """Return an amount in thousands or millions: by the catalogue, else by the locale data, else with k or M."""
        if not suffix:
            return amount
        english = "{amount}" + suffix
        pattern = self._translated(english)
        if pattern == english and self._locale.language != "en":
            pattern = _short_pattern(self._locale, _THOUSANDS[suffix]) or english
        return _held(pattern).format_map({"amount": amount})


def _currency_stands_after(locale: Locale) -> bool:
    pattern = str(locale.currency_formats["standard"].pattern).split(";")[0]
    return pattern.index("¤") > pattern.index("0")


def _symbols(locale: Locale) -> tuple[str, str, tuple[int, int]]:
    """Return the decimal sign, the sign between groups, and the sizes of the last group and of the others."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    last, other = locale.decimal_formats[None].grouping
    return get_decimal_symbol(locale), _held(get_group_symbol(locale)), (last, other)


def _groups(digits: str, last: int, other: int) -> list[str]:
    """Return digits in groups from the right: the last of them, then the others (in India by twos)."""
    groups, rest = [digits[-last:]], digits[:-last]
    while rest:
        groups, rest = [rest[-other:], *groups], rest[:-other]
    return groups


@lru_cache(maxsize=4096)
def _written_date(locale: Locale, value: date, skeleton: str) -> str:
    from babel.dates import format_skeleton

    return _held(str(format_skeleton(skeleton, value, locale=locale)))


def _short_pattern(locale: Locale, thousands: str) -> str:
    """Return the pattern of amounts in thousands or millions, with ``{amount}`` in it; nothing where there is none.

    Regions that count in ten thousands (Japan) or do not shorten thousands (Germany) have none of this scale.
    """
    for width in ("short", "long"):
        kinds = locale.compact_decimal_formats.get(width, {})
        pattern = str(kinds["other"][thousands].pattern).replace("'", "") if "other" in kinds else ""
        if pattern.count("0") == 1 and pattern.strip() != "0" and len(pattern) <= _LONGEST:
            return pattern.replace("0", "{amount}")
    return ""


def _held(text: str) -> str:
    """Return text whose blanks do not break, without marks of direction: the page sets that."""
    return _MARKS.sub("", _BLANKS.sub(_HELD, text))
