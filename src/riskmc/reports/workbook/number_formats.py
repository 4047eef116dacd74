"""Number formats: how Excel shows the value of a figure, so that a cell reads as the report does and still counts."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite

from riskmc.forecast.figures import MINUS, printable
from riskmc.forecast.written import Written

DATE = "d mmm yyyy"
CHANCE = '[<0.005]"<1%";[>=0.995]">99%";0%'  # a simulation never says 0% or 100%
_FIRST_YEAR = 1900  # the first that Excel knows
_FIGURE = re.compile(r"([+−]?)(\D*?)(\d[\d,]*)(?:\.(\d+))?(\D*)")
_LONGEST_UNIT = 40
_SCALES = ((4e6, ",,", "M"), (4e3, ",", "k"))


def value_of(figure: Written) -> date | float | None:
    """Return what the cell of a figure holds: a day, or a number; percentage points count from 1 to 100.

    None where Excel has no such value: a day before 1900, no number at all.
    """
    value = figure.value
    if isinstance(value, date):
        return value if value.year >= _FIRST_YEAR else None
    number = float(value) * (100 if _is_points(figure) else 1)
    return number if isfinite(number) else None


def format_of(figure: Written) -> str:
    """Return the number format in which the value reads as it is written; money in full units of its currency."""
    if figure.form == "date":
        return DATE
    if figure.form == "money":
        return _money_format(figure)
    if figure.form == "chance" and not _is_points(figure):
        return _chance_format(figure)
    return _worded_format(figure)


def shown_length(figure: Written) -> int:
    """Return about how many characters Excel shows of a figure."""
    if figure.form != "money" or isinstance(figure.value, date):
        return len(figure)
    return len(f"{abs(figure.value):,.0f}") + len(_unit(figure.unit)) + 2


def amount_format(unit: str, decimals: int = 0) -> str:
    """Return the format of amounts in a currency: ``EUR 1,204``, a minus sign before the currency."""
    digits = f"#,##0{'.' if decimals else ''}{'0' * decimals}"
    return _signed("", _unit(unit), digits, "")


def _is_points(figure: Written) -> bool:
    return figure.form == "chance" and "point" in figure


def _money_format(figure: Written) -> str:
    found = _FIGURE.fullmatch(figure)
    if found is None:
        return _quoted(figure)
    sign, _, _, decimals, after = found.groups()
    places = 0 if after or not decimals else len(decimals)  # of what is told in thousands or millions, whole units
    return _signed(sign, _unit(figure.unit), f"#,##0{'.' if places else ''}{'0' * places}", "")


def _unit(unit: str) -> str:
    return f"{printable(unit)[:_LONGEST_UNIT]} " if unit else ""


def _chance_format(figure: Written) -> str:
    found = _FIGURE.fullmatch(figure)
    if figure in ("0%", "100%"):
        return "0%"
    if found is None or "%" not in figure:
        return _quoted(figure)
    return f"0.{'0' * len(found[4])}%" if found[4] else CHANCE


def _worded_format(figure: Written) -> str:
    """Return the format of days and numbers: the words before and after the digits stay as they are written."""
    found, value = _FIGURE.fullmatch(figure), value_of(figure)
    if found is None or not isinstance(value, float):
        return _quoted(figure)
    sign, before, whole, decimals, after = found.groups()
    told = float(f"{whole.replace(',', '')}.{decimals or 0}")
    if abs(told - abs(value)) > 0.5 * 10.0 ** -len(decimals or "") + 1e-9:  # "under 1 day" of 0.3
        return _quoted(figure)
    return _signed(sign, before, f"#,##0{'.' if decimals else ''}{'0' * len(decimals or '')}", after)


def _signed(sign: str, before: str, digits: str, after: str) -> str:
    """Return the format with the sign in front: always where a plus is written, else of what is negative."""
    shown = f"{_quoted(before)}{digits}{_quoted(after)}"
    return f"{_quoted('+') if sign == '+' else ''}{shown};{_quoted(MINUS)}{shown};{shown}"


def _quoted(text: str) -> str:
    """Return text that a format shows as it is."""
    bare = printable(text).replace('"', "")
    return f'"{bare}"' if bare else ""


def scaled_amount_format(unit: str, largest: float) -> str:
    """Return the format of the amounts of an axis, in millions or thousands: ``EUR 546M``."""
    scale = next(((commas, name) for least, commas, name in _SCALES if largest >= least), ("", ""))
    return _signed("", _unit(unit), f"#,##0{scale[0]}", scale[1])
