"""Numbers with units as text and back: ``15d 5ed 30min``, ``120k 1.2M 3bn``, ``35%``, ``95/h``.

Decimal arithmetic keeps every text exact: what is written is read back as the same number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from riskmc.errors import ArgumentError, joined
from riskmc.forecast.amount import MONEY_SUFFIXES
from riskmc.program.quantity import ELAPSED_UNITS, WORKING_UNITS, Quantity, Rate

TIME_UNITS = frozenset(WORKING_UNITS + ELAPSED_UNITS)

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"({_NUMBER})\s*([A-Za-z%€$£]*)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?=(?:\.\d+)?\D*$)")
_SIGN_FIRST = re.compile(r"([€$£¥]|(?:EUR|USD|GBP)\b)\s*(?=[\d.+-])")
_THOUSANDS_APART = re.compile(r"[+-]?\d{1,3}(?:(['’_.\s])\d{3})(?:\1\d{3})*(?:,\d+)?[A-Za-z%]*")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+\s*[A-Za-z%]*")
_CURRENCY_ABOVE = "the currency stands once, as `currency: EUR` at the top of the file"
_RATE = re.compile(r"(.+?)\s*(?:/|\bper\b)\s*([a-z]+)")

_MEANT = {
    **dict.fromkeys(("day", "days", "D", "wd"), "d"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "H"), "h"),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "W"), "w"),
    **dict.fromkeys(("minute", "minutes", "mins", "mi"), "min"),
    **dict.fromkeys(("month", "months", "mon", "mth"), "mo"),
    **dict.fromkeys(("year", "years", "yr", "yrs", "Y", "a"), "y"),
    **dict.fromkeys(("K", "thousand"), "k"),
    **dict.fromkeys(("mn", "mln", "mio", "Mio", "million", "MM"), "M"),
    **dict.fromkeys(("b", "B", "bln", "billion", "mrd", "Bn"), "bn"),
    **dict.fromkeys(("percent", "pct"), "%"),
}
_UNITS_KNOWN = "min h d w mo y, elapsed with a leading e (5ed), money k M bn, or %"


@lru_cache(maxsize=1 << 16)
def quantity(text: str) -> Quantity:
    """Return the number and unit that ``text`` says: ``15d``, ``120k`` is (120000, ""), ``35%`` is (0.35, "%").

    Raises ArgumentError where it says neither, ``m`` alone (min or mo?) included.
    """
    written = text.strip()
    if _THOUSANDS.match(written):
        written = written.replace(",", "")
    match = _QUANTITY.fullmatch(written)
    if match is None:
        hint = _way_out(written) or "; write a number and its unit, as 15d, 120k or 35%"
        raise ArgumentError(f"{text!r} is not a quantity{hint}")
    return _scaled(Decimal(match[1]), match[2], written)


def _way_out(written: str) -> str:
    """Return ``"; write 1200"`` with what to leave out, for the signs of other countries; else an empty string."""
    sign = _SIGN_FIRST.match(written)
    if sign is not None:
        return f"; leave out {sign[1]} and write {_plain_digits(written[sign.end() :])}: {_CURRENCY_ABOVE}"
    apart = _THOUSANDS_APART.fullmatch(written)
    if apart is not None and (apart[1] != "." or "," in written or written.count(".") > 1):
        what = "blanks" if apart[1].isspace() else apart[1]
        return f"; leave out {what} between thousands and write {_plain_digits(written)}"
    if _DECIMAL_COMMA.fullmatch(written):
        return f"; decimals follow a point: {written.replace(',', '.')}"
    if len(re.findall(r"\d[\d.]*", written)) > 1:
        return "; a number and its unit are written 15d, 120k or 35%, a range pert(2d 3d 6d) or uniform(2d 6d)"
    return ""


def range_hint(values: Iterable[object]) -> str:
    """Return ``"; a range is one text: triangular(2d 3d 6d)"`` for two or three values; else an empty string."""
    texts = [str(value).strip() for value in values]
    family = {2: "uniform", 3: "triangular"}.get(len(texts))
    if family is None or not all(map(_QUANTITY.fullmatch, texts)):
        return ""
    return f"; a range is one text: {family}({' '.join(texts)})"


def _plain_digits(written: str) -> str:
    """Return a number without what parts its thousands, its decimals behind a point: 1.200,50 is 1200.50."""
    if _THOUSANDS_APART.fullmatch(written):
        return re.sub(r"(?<=\d)['’_.\s](?=\d)", "", written).replace(",", ".")
    return written.replace(",", "") if _THOUSANDS.match(written) else written


def _scaled(number: Decimal, unit: str, written: str) -> Quantity:
    """Return the quantity of a number and the unit or suffix written after it."""
    if unit in TIME_UNITS or unit == "":
        return Quantity(_finite(number, written), unit)
    if unit == "%":
        return Quantity(_finite(number / 100, written), "%")
    if unit in MONEY_SUFFIXES:
        return Quantity(_finite(number * MONEY_SUFFIXES[unit], written), "")
    if unit in ("m", "em"):
        raise ArgumentError(f"{written!r}: min or mo? `m` alone is not a unit (and a million is M)")
    if unit.upper() in ("EUR", "USD", "GBP", "€", "$", "£"):
        raise ArgumentError(f"{written!r}: leave out {unit} and write {_digits(number)}: {_CURRENCY_ABOVE}")
    meant = f"; did you mean '{written.removesuffix(unit).strip()}{_MEANT[unit]}'?" if unit in _MEANT else ""
    raise ArgumentError(f"{written!r}: unknown unit {unit!r}{joined(meant, f'known units: {_UNITS_KNOWN}')}")


def _finite(number: Decimal, written: str) -> float:
    """Return the number as a float; refuse what is too large to be one."""
    value = float(number)
    if not math.isfinite(value):
        raise ArgumentError(f"{written!r} is too large a number")
    return value


@lru_cache(maxsize=1 << 16)
def quantity_text(quantity: Quantity) -> str:
    """Return the one text of a quantity, which `quantity` reads back as the same: ``15d``, ``1.2M``, ``35%``."""
    if quantity.unit == "%":
        return _digits(Decimal(repr(float(quantity.value))) * 100) + "%"
    if quantity.unit:
        return _digits(Decimal(repr(float(quantity.value)))) + quantity.unit
    return amount_text(quantity.value)


def amount_text(value: float) -> str:
    """Return an amount of money as people write it: ``120k``, ``1.2M``, ``1250``; exact."""
    number = Decimal(repr(float(value)))
    plain = _digits(number)
    for suffix, scale in reversed(MONEY_SUFFIXES.items()):
        short = _digits(number / scale) + suffix
        if abs(number) >= scale and len(short) < len(plain) and Decimal(short.removesuffix(suffix)) * scale == number:
            return short
    return plain


def _digits(number: Decimal) -> str:
    """Return the digits of a number: no trailing zeros, and no exponent unless it is very large or small."""
    if number and not -9 <= number.adjusted() <= 20:
        return f"{number.normalize():e}"
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def share(text: str) -> float:
    """Return the share from 0 to 1 that ``text`` says: ``35%`` or ``0.35``; 35 alone is refused."""
    written = text.strip()
    if _QUANTITY.fullmatch(written) is None:
        raise ArgumentError(f"a share is needed, as 35% or 0.35, got {text!r}{_way_out(written)}")
    found = quantity(text)
    if found.unit not in ("", "%"):
        raise ArgumentError(f"a share is needed, as 35% or 0.35, got {text!r}")
    return checked_share(found.value, text)


def checked_share(value: float, written: object) -> float:
    """Return ``value`` if it is a share from 0 to 1, else raise ArgumentError naming what was ``written``."""
    if not 0 <= value <= 1:
        hint = f"; did you mean {value:g}%?" if 1 < value <= 100 and "%" not in str(written) else ""
        raise ArgumentError(f"must be between 0% and 100%, got {written}{hint}")
    return float(value)


def share_text(value: float) -> str:
    """Return a share as a percentage: 0.35 is ``35%``."""
    return quantity_text(Quantity(value, "%"))


def rate(text: str) -> Rate:
    """Return the amount per unit of time that ``text`` says: ``95/h``, ``45k/d``, ``0.8/y``."""
    match = _RATE.fullmatch(text.strip())
    if match is None or match[2] not in WORKING_UNITS:
        raise ArgumentError(f"a rate is an amount per unit of time ({' '.join(WORKING_UNITS)}), as 95/h, got {text!r}")
    amount = quantity(match[1])
    if amount.unit:
        raise ArgumentError(f"the amount of a rate is a bare number or money, as 95/h or 45k/d, got {text!r}")
    return Rate(amount.value, match[2])


def rate_text(rate: Rate) -> str:
    """Return the one text of a rate: ``95/h``."""
    return f"{amount_text(rate.amount)}/{rate.unit}"


def growth(text: str) -> Rate:
    """Return the share per unit of time that ``text`` says: ``2%/mo`` is (0.02, "mo")."""
    match = _RATE.fullmatch(text.strip())
    if match is None or match[2] not in WORKING_UNITS:
        raise ArgumentError(f"growth is a share per unit of time ({' '.join(WORKING_UNITS)}), as 2%/mo, got {text!r}")
    return Rate(share(match[1]), match[2])


def growth_text(rate: Rate) -> str:
    """Return the one text of growth: ``2%/mo``."""
    return f"{share_text(rate.amount)}/{rate.unit}"
