"""Values as companies write them in tables -> sizes: `€ 250,000`, `1.250.000,50`, `10 days`, `2-4 wks`, `5/10/20 d`."""

from __future__ import annotations

import re
from functools import lru_cache

from riskmc.errors import ArgumentError
from riskmc.io.sheets.headings import MONIES, TIMES
from riskmc.program.notation import certain, distribution, size
from riskmc.program.quantity import Quantity, Size

NOTHING = {
    "", "-", "–", "—", "n/a", "na", "n.a.", "none", "nil", "tbd", "tbc", "?", "not applicable", "no impact", "unknown",
}  # fmt: skip
_NUMBER = r"[+-]?\s?(?:\d[\d.,'’ \u00a0\u202f]*\d|\d|[.,]\d+)(?:[eE][+-]?\d{1,3})?"
_VALUE = re.compile(rf"(?P<before>[^\d+\-.,]*?)\s*(?P<number>{_NUMBER})\s*(?P<after>[^\d]*)")
_ENDS = re.compile(
    r"\s*(?:\.\.|–|—|/|;|\bto\b|\bbis\b)\s*(?=[\d+.,€$£-])|(?<=[\w%.€$£])\s*-\s*(?=[\d+.,€$£-])", re.IGNORECASE
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
_UNITS = {
    "schedule": {word: unit for unit, names in TIMES.items() for word in names},
    "cost": {word: unit for unit, names in MONIES.items() for word in names},
}
_UNITS["cost"] |= {f"{sign}{word}": unit for word, unit in [*_UNITS["cost"].items()] for sign in "€$£" if unit}
_UNITS["cost"] |= {f"{word}{sign}": unit for word, unit in [*_UNITS["cost"].items()] for sign in "€$£" if unit}
_MONEY_CODE = re.compile(r"\b(?:eur|usd|gbp|chf|cad|aud|nok|sek|dkk)\b|[€$£]")
_FACTORS = {"k": 1e3, "M": 1e6, "bn": 1e9}


def plain_number(text: str, decimal_comma: bool = False) -> float | None:
    """Return a number however its thousands and decimals are marked; None where it is none.

    A single comma before three digits parts thousands (`250,000`); where decimals have commas, a single point does.
    """
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", text)
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        last = marks[-1]
        digits = digits.replace("," if last == "." else ".", "").replace(last, ".")
    elif len(marks) > 1:
        digits = digits.replace(marks[0], "") if _GROUPED.fullmatch(digits) else ""
    elif marks == [","]:
        thousands = _GROUPED.fullmatch(digits) and not decimal_comma and not digits.lstrip("+-").startswith("0")
        digits = digits.replace(",", "" if thousands else ".")
    elif marks == ["."] and decimal_comma and _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "")
    try:
        value = float(digits)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


@lru_cache(maxsize=1 << 16)
def amount(text: str, field: str, unit: str, decimal_comma: bool = False) -> Quantity:
    """Return one value of a ``field`` (schedule, cost or probability); ``unit`` holds where it has none of its own.

    Raises ArgumentError where the text is no value, or its unit is none of the field's.
    """
    match = _VALUE.fullmatch(text.strip())
    number = plain_number(match["number"], decimal_comma) if match else None
    if match is None or number is None:
        raise ArgumentError(f"{text!r} is no value{_example(field)}")
    own = f"{match['before']} {match['after']}".strip().casefold().rstrip(".")
    own = " ".join(_MONEY_CODE.sub(" ", own).split()) if field == "cost" else own
    if own in ("%", "percent", "pct") or (not own and unit == "%"):
        return Quantity(number / 100, "%")
    if own and own not in _UNITS.get(field, {}):
        raise ArgumentError(f"{text!r}: unknown unit {own!r}{_example(field)}")
    found = _UNITS[field][own] if own else unit
    if field == "cost":
        return Quantity(number * _FACTORS.get(found, 1.0), "")
    return Quantity(number, found or ("d" if field == "schedule" else ""))


def _example(field: str) -> str:
    """Return what is expected of a field, to stand behind a fault."""
    examples = {"schedule": "10d, 5-10 days, 2 weeks or 10%", "cost": "250k, 1.2M, 250,000 or 10%"}
    return f"; write {examples.get(field, '30% or 0.3')}"


def effect(text: str, field: str, unit: str, decimal_comma: bool = False) -> Size | None:
    """Return the size of an impact: a value, two (alike between them) or three (low, most likely, high), or a family.

    None where the cell says that there is none.
    """
    written = text.strip()
    if written.casefold() in NOTHING:
        return None
    if "(" in written and re.match(r"[a-z]+\s*\(", written):
        return size(written)
    ends = _ENDS.split(written)
    if len(ends) > 3:
        raise ArgumentError(f"{text!r} has {len(ends)} values; write one, low - high, or low / most likely / high")
    units = [_unit_after(ends, place, field) or unit for place in range(len(ends))]
    values = [amount(end, field, one, decimal_comma) for end, one in zip(ends, units, strict=True)]
    return spread(values)


def _unit_after(ends: list[str], place: int, field: str) -> str:
    """Return the unit that stands behind the last value, for those before it: `5-10 days`."""
    if place == len(ends) - 1:
        return ""
    own = "".join(re.findall(r"[^\d.,+\-\s'’]+.*", ends[-1])).strip().casefold().rstrip(".")
    own = " ".join(_MONEY_CODE.sub(" ", own).split()) if field == "cost" else own
    return "%" if own == "%" else _UNITS.get(field, {}).get(own, "")


def spread(values: list[Quantity]) -> Size | None:
    """Return the size of one value, of low and high, or of low, most likely and high; None where all are 0."""
    if all(value.value == 0 for value in values):
        return None
    if len({*values}) == 1:
        return certain(values[0])
    return distribution("uniform" if len(values) == 2 else "triangular", tuple(values))
