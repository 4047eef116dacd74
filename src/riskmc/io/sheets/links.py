"""Predecessors, lags and durations as Microsoft Project writes them: ``12SS+5d``, ``3FS-2 days;4FF``, ``7EA+50%``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from riskmc.io.sheets import tongues
from riskmc.io.sheets.tongues import by_spelling
from riskmc.program.link import unquoted
from riskmc.program.numeral import quantity_text
from riskmc.program.quantity import Quantity

Known = Callable[[str], object]

_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "dy", "dys", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("mo", "month", "months"), "mo"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "y"),
    **by_spelling(tongues.UNITS),
    **{f"f{unit}": f"e{known}" for unit, known in by_spelling(tongues.UNITS).items()},  # German `fortlaufend`: elapsed
}
_TYPES = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF", **by_spelling(tongues.LINKS)}
_DAYS_OF_A_MONTH = 20  # Microsoft Project's own, of its `mon` and `mons`
_TIME = re.compile(r"([+-]?)\s*(\d+(?:[.,]\d+)?)\s*(e?)([^\W\d_]*)\.?\s*\??", re.IGNORECASE)
_TIED = re.compile(rf"(.*?\S)\s*({'|'.join(_TYPES)})\s*(?:([+-]\s*\S.*))?", re.IGNORECASE | re.DOTALL)
_LAGGED = re.compile(r"(.*?\S)\s*([+-]\s*\S.*)", re.DOTALL)
_COMMA = re.compile(r"[+-]\s*\d+,\d+\s*e?([^\W\d_]+|%)")
_LAG_UNITS = {"%", "mon", "mons", *_UNITS}
_SHARE = re.compile(r"([+-]?)\s*(\d+(?:[.,]\d+)?)\s*(e?)%")


def time_text(text: str, bare: str = "d") -> str:
    """Return a time such as ``5 days``, ``2 wks?`` or ``1,5 eh`` as a program file says it; other texts as they are.

    A number without a unit is in ``bare``; ``mons`` are Microsoft Project's months, of 20 days.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return text
    sign, number = match[1].replace("+", ""), match[2].replace(",", ".")
    elapsed, unit = match[3].lower(), match[4].lower()
    if unit in ("mon", "mons") and not elapsed:
        days = quantity_text(Quantity(float(number) * _DAYS_OF_A_MONTH, "d"))
        return f"{sign}{days}"
    if not unit:
        return f"{sign}{number}{bare}" if not elapsed else text
    known = "mo" if unit in ("mon", "mons") else _UNITS.get(unit)
    return text if known is None or unit == "m" else f"{sign}{number}{elapsed}{known}"


def link_of(token: str, known: Known) -> Any:
    """Return the words of a link written in one cell; the text as it is where it names no activity that is ``known``.

    The longest beginning that names an activity is the predecessor, so that codes may hold anything.
    """
    if known(unquoted(token)):
        return {"activity": unquoted(token)}
    for form in (_TIED, _LAGGED):
        match = form.fullmatch(token)
        if match is not None and known(unquoted(match[1])):
            kind, lag = (_TYPES[match[2].upper()], match[3]) if form is _TIED else ("FS", match[2])
            return {"activity": unquoted(match[1]), "type": kind, **({"lag": lag_text(lag)} if lag else {})}
    return token


def lag_text(text: str) -> str:
    """Return a lag after its sign: ``+ 5 days`` is 5d, ``-2d`` a lead; a share of a duration stays one."""
    plain = text.strip()
    share = _SHARE.fullmatch(plain)
    if share is not None:
        return f"{share[1].replace('+', '')}{share[2].replace(',', '.')}%"
    found = time_text(plain)
    return found.removeprefix("+").strip() if found.startswith("+") else found


def with_points(text: str) -> str:
    """Return the links of a cell with a point in each lag of a number with a comma: ``3EA+2,5 Tage;4``."""
    return _COMMA.sub(lambda match: match[0].replace(",", ".") if match[1].lower() in _LAG_UNITS else match[0], text)
