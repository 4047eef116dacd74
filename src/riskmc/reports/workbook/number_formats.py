"""Number formats: how Excel shows the value of a figure, so that a cell reads as the report does and still counts.

Excel writes digits and months as its reader's country does; the words around them are those of the report.
"""

from __future__ import annotations

import re
from datetime import date
from math import isfinite

from riskmc.forecast.figures import MINUS, printable
from riskmc.forecast.written import Written
from riskmc.reports.document.round_ends import decimals_of, money_words

DATE = "d mmm yyyy"
CHANCE = '[<0.005]"<1%";[>=0.995]">99%";0%'  # a simulation never says 0% or 100%
_FIRST_YEAR = 1900  # the first that Excel knows
_FIGURE = re.compile(r"([+−]?)(\D*)(\d(?:[\d.,'’\s٫٬]*\d)?)(\D*)")
_MOST_DECIMALS = 9
_LONGEST_WORD = 60
_SCALES = ((1e6, ",,", "M"), (1e3, ",", "k"))


def value_of(figure: Written) -> date | float | None:
    """Return what the cell of a figure holds: a day, or a number.

    None where Excel has no such value: a day before 1900, no number at all.
    """
    value = figure.value
    if isinstance(value, date):
        return value if value.year >= _FIRST_YEAR else None
    return float(value) if isfinite(value) else None


def format_of(figure: Written) -> str:
    """Return the number format in which the value reads as it is written; money in full units of its currency."""
    if isinstance(figure.value, date):
        return DATE
    if figure.form == "money":
        return _money_format(figure, figure.value)
    if figure.form == "chance":
        return _chance_format(figure, figure.value)
    return _worded_format(figure, figure.value)


def shown_length(figure: Written) -> int:
    """Return about how many characters Excel shows of a figure."""
    if figure.form != "money" or isinstance(figure.value, date):
        return len(figure)
    return len(f"{abs(figure.value):,.0f}") + len(figure.unit) + 2


def amount_format(unit: str) -> str:
    """Return the format of amounts in a currency: ``EUR 1,204``, a minus sign before the currency."""
    return _signed("", _before(unit), "#,##0", "")


def scaled_amount_format(unit: str, largest: float, step: float | None = None) -> str:
    """Return the format of the amounts of an axis, in millions or thousands: ``EUR 546M``, ``EUR 0.5M`` by its step."""
    scale, commas, name = next(((s, commas, name) for s, commas, name in _SCALES if largest >= 4 * s), (1.0, "", ""))
    decimals = 0 if step is None else decimals_of(step / scale)
    before, behind = money_words(unit, name)
    return _signed("", before, _pattern(decimals) + commas, behind)


def _before(unit: str) -> str:
    return f"{unit} " if unit else ""


def _money_format(figure: Written, value: float) -> str:
    """Return the format of an amount: all its digits, and the currency on the side on which it is written."""
    found = _FIGURE.fullmatch(figure)
    if found is None:
        return _quoted(figure)
    sign, before, digits, _ = found.groups()
    behind = bool(figure.unit) and not before.strip()
    ends = ("", f" {figure.unit}") if behind else (_before(figure.unit), "")
    return _signed(sign, ends[0], _pattern(_decimals(digits, value) or 0), ends[1])


def _chance_format(figure: Written, value: float) -> str:
    found = _FIGURE.fullmatch(figure)
    if found is None:
        return _quoted(figure)
    decimals = _decimals(found[3], 100 * value)
    if figure.startswith(("<", ">")) or decimals == 0:
        return "0%" if value in (0, 1) and not figure.startswith(("<", ">")) else CHANCE
    return _quoted(figure) if decimals is None else f"0.{'0' * decimals}%"


def _worded_format(figure: Written, value: float) -> str:
    """Return the format of days and numbers: the words before and after the digits stay as they are written."""
    found = _FIGURE.fullmatch(figure)
    decimals = None if found is None else _decimals(found[3], value)
    if found is None or decimals is None:  # "under 1 day" of 0.3
        return _quoted(figure)
    return _signed(found[1], found[2], _pattern(decimals), found[4])


def _decimals(digits: str, value: float) -> int | None:
    """Return how many of the digits are decimals of ``value``, whatever parts them; None where they are not its own."""
    bare = "".join(character for character in digits if character.isdigit())
    found = (n for n in range(min(len(bare), _MOST_DECIMALS + 1)) if _is_rounded(int(bare), abs(value) * 10**n))
    return next(found, None)


def _is_rounded(whole: int, value: float) -> bool:
    return abs(whole - value) <= 0.5 + 1e-6


def _pattern(decimals: int) -> str:
    return f"#,##0{'.' if decimals else ''}{'0' * decimals}"


def _signed(sign: str, before: str, digits: str, after: str) -> str:
    """Return the format with the sign in front: always where a plus is written, else of what is negative."""
    shown = f"{_quoted(before)}{digits}{_quoted(after)}"
    return f"{_quoted('+') if sign == '+' else ''}{shown};{_quoted(MINUS)}{shown};{shown}"


def _quoted(text: str) -> str:
    """Return text that a format shows as it is."""
    bare = printable(text).replace('"', "")[:_LONGEST_WORD]
    return f'"{bare}"' if bare else ""
