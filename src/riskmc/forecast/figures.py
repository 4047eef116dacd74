"""Figures as people write them: dates ``29 Jun 2029``, money ``EUR 546M``, chances ``38%``, ``<1%``, ``>99%``.

The one home of these formats: reprs, cards, the printed answer and reports read them here. Inside a
`language.speaking` they are those of its region: ``29. Juni 2029``, ``546 Mio. EUR``, ``38 %``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor, inf, log10
from unicodedata import category

from riskmc.forecast.language import counted, formats, said
from riskmc.forecast.language_english import DASH as DASH
from riskmc.forecast.language_english import MONTHS as MONTHS
from riskmc.forecast.written import Written

MINUS, ELLIPSIS = "\u2212", "\u2026"
_JOINERS = "\u200c\u200d"  # they shape the letters of Persian and Hindi
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
_SCALES = ((1e6, "M"), (1e3, "k"), (1.0, ""))


def finish_day(instant: datetime, start: datetime = datetime.min) -> date:
    """Return the day to which a finish belongs: work that ends at midnight ended on the day before (T5).

    Up to ``start`` nothing has been worked, and an instant is a start: its midnight begins the day that follows.
    """
    return instant.date() if instant <= start else (instant - timedelta(minutes=1)).date()


def day(instant: datetime, start: datetime = datetime.min) -> Written:
    """Return the day of a finish, ``29 Jun 2029``; up to ``start`` that of a start (`finish_day`)."""
    return _whole(finish_day(instant, start))


def start_day(instant: datetime) -> Written:
    """Return the day of a start, ``4 Jan 2027``: work that begins at midnight begins on the day that follows (T5)."""
    return _whole(instant.date())


def day_range(low: datetime | None, high: datetime | None, start: datetime = datetime.min) -> str:
    """Return ``20 Jul – 23 Sep 2029``: what both ends share is written once, an unknown end is ``?``."""
    if low is None or high is None:
        return f"{day(low, start) if low else '?'} {DASH} {day(high, start) if high else '?'}"
    first, last = finish_day(low, start), finish_day(high, start)
    if first == last:
        return _date(last, "day month year")
    return formats().day_range(first, last)


def _whole(value: date) -> Written:
    return Written(_date(value, "day month year"), value, "date")


def _date(value: date, parts: str) -> str:
    """Return a day, or the parts of it that are asked for."""
    return formats().day(value, parts)


def span(days: float) -> Written:
    """Return a length of time in whole days, ``43 days``, ``1 day``, ``under 1 day``."""
    whole = round(abs(days))
    told = counted("{count} day", "{count} days", whole) if whole or not days else said("under 1 day")
    return Written(told, abs(days), "days")


def iterations_text(count: int) -> str:
    """Return ``10,000 iterations``, ``1 iteration``."""
    return counted("{count} iteration", "{count} iterations", count)


def chance(probability: float) -> Written:
    """Return a chance in whole percents; a simulation never says 0% or 100%."""
    percent = whole_percent(probability)
    sign = "<" if percent < 1 else ">" if percent > 99 else ""
    return Written(sign + formats().percent(str(min(max(percent, 1), 99))), probability, "chance")


def share_of_iterations(share: float) -> Written:
    """Return a share of the iterations; unlike a chance it may be none of them, or all."""
    if share in (0, 1):
        return Written(said("always") if share else said("never"), share, "chance")
    return chance(share)


def whole_percent(probability: float) -> int:
    """Return the nearest whole percent, halves upwards."""
    return floor(100 * round(probability, 9) + 0.5)


def covered(share: float) -> str:
    """Return a share of work in whole percents; all of it only where it is all, and 79% is not yet 80%."""
    return formats().percent(str(int(100 * share + 1e-9)))


def level_name(p: float) -> str:
    """Return the name of a percentile: P80 for 0.80, P99.5 for 0.995."""
    return f"P{spelt(f'{round(100 * p, 6):g}')}"


def spelt(digits: str) -> str:
    """Return digits that were written with a point, 99.5, with the decimal sign in force."""
    return digits.replace(".", formats().number(0.5, 1)[1])


@dataclass(frozen=True)
class Money:
    """How amounts of one table are written: one currency, one scale, one number of decimals.

    ``scale`` divides an amount, ``suffix`` names the scale, ``decimals`` follow the point.
    """

    currency: str
    scale: float
    suffix: str
    decimals: int

    def __call__(self, amount: float) -> Written:
        """Return ``EUR 546M``, with a minus sign before the currency."""
        amount_text = formats().scaled(self._digits(amount), self.suffix)
        told = self._sign(amount) + formats().money(amount_text, self.currency)
        return Written(told, amount, "money", self.currency)

    @property
    def ending(self) -> str:
        """What stands behind the digits and names the scale: ``M``, and in German `` Mio.``."""
        return formats().scaled("", self.suffix)

    def range(self, low: float | None, high: float | None) -> str:
        """Return ``545 – 547M``: the scale once, no currency; an unknown end is ``?``."""
        if low is None and high is None:
            return f"? {DASH} ?"
        ends = ["?" if end is None else f"{self._sign(end)}{self._digits(end)}" for end in (low, high)]
        return formats().scaled(ends[0] if ends[0] == ends[1] else f"{ends[0]} {DASH} {ends[1]}", self.suffix)

    def _sign(self, amount: float) -> str:
        return MINUS if round(amount / self.scale, self.decimals) < 0 else ""

    def _digits(self, amount: float) -> str:
        return formats().number(abs(amount) / self.scale, self.decimals)


def is_currency(unit: str) -> bool:
    """Return whether a unit is a currency by its look: capitals (EUR), or a currency sign in it (€, US$)."""
    return unit.isupper() or any(category(character) == "Sc" for character in unit)


def money_format(currency: str, size: float, spread: float = inf) -> Money:
    """Return the format for amounts about as large as ``size``: EUR 546M, EUR 5.5M, EUR 850k, EUR 120.

    One decimal below 10, none above, unless ``spread`` (P10 to P90, say) would then show fewer than 25 steps.
    """
    size = abs(size)
    scale, suffix = next(((s, name) for s, name in _SCALES if size >= s), _SCALES[-1])
    plain = 1 if size < 10 * scale and scale > 1 else 0
    if not 0 < spread < inf:
        return Money(currency, scale, suffix, plain)
    needed = -floor(log10(spread / 25 / scale))
    most = {"M": 4, "k": 2, "": 2}[suffix]
    return Money(currency, scale, suffix, min(max(plain, needed), most))


def number(value: float, spread: float = inf) -> Written:
    """Return a plain number, ``1,204`` or ``3.2``, with as many decimals as ``spread`` makes useful."""
    decimals = 1 if not 0 < spread < inf else min(max(0, -floor(log10(spread / 25))), 9)
    sign = MINUS if f"{value:.{decimals}f}".startswith("-") else ""
    return Written(sign + formats().number(abs(value), decimals), value, "number")


def printable(text: str) -> str:
    """Return ``text`` without characters that steer a page, a terminal or the direction of writing."""
    return "".join(_readable(character) for character in text)


def _readable(character: str) -> str:
    if character in _JOINERS or category(character) not in _UNPRINTABLE:
        return character
    return " " if character.isspace() else ""


def listed(names: Sequence[str], more: int = 0) -> str:
    """Return names for a sentence, quoted where one holds a comma: ``a, b and c``, ``a, b and 2 more``."""
    comma = "," if formats().name == "en" else ", "  # where amounts are written 61,4, that comma parts nothing
    quoted = [f"'{name}'" for name in names] if len(names) > 1 and any(comma in name for name in names) else [*names]
    parts = [*quoted, *([counted("{count} more", "{count} more", more)] if more else [])]
    if len(parts) < 2:
        return "".join(parts)
    return said("{names} and {last}", names=", ".join(parts[:-1]), last=parts[-1])


def shortened(text: str, width: int) -> str:
    """Return ``text`` on one line of at most ``width`` characters, its end replaced by an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + ELLIPSIS
