"""The cells of one range in a table: which was edited, the text or the numbers, and what size they say.

Numbers count where they differ from what was exported, the text of the range where it does; a table of one's own gives
either. Numbers are days or money, or carry their own unit (90%, 3w).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from riskmc.errors import ArgumentError
from riskmc.io.range_file import BETWEEN, NUMBERS, Cells
from riskmc.program.notation import size
from riskmc.program.numeral import quantity, quantity_text
from riskmc.program.quantity import Quantity, Size

_SAME = 1e-6  # relative: what a spreadsheet may lose of a number when it writes CSV
_BY_LIMITS = ("triangular", "pert", "uniform")
_BY_PERCENTILES = (*_BY_LIMITS, "trigen", "normal", "lognormal")
_WITHOUT_MODE = ("uniform", "normal", "lognormal")
_OUTER, _INNER = ("minimum", "maximum"), ("p10", "p90")


@dataclass(frozen=True)
class Said:
    """The size that a row says, None where it says nothing, and whether it differs from what was exported.

    ``plan`` is the whole planned value of work that has begun, so that what is left of it stays the same.
    """

    size: Size | None
    edited: bool
    plan: Quantity | None = None


def said(cells: Cells, field: str, unit: str) -> Said:
    """Return what a row says of its duration or cost; numbers without a unit are in ``unit`` ("" is money).

    Raises ArgumentError where text and numbers were both edited, or the numbers do not make a range.
    """
    text = " ".join(cells.texts.get(f"{field}_range", "").split())
    family = cells.texts.get(f"{field}_family", "").lower()
    numbers = {name: found for name in NUMBERS if (found := _number(cells, f"{field}_{name}", unit)) is not None}
    before, _, shown = cells.texts.get(f"{field}_exported", "").rpartition(BETWEEN)
    if not before:
        return _said_anew(text, family, numbers, _left(cells, field))
    old = {name: quantity(n + unit) for name, n in zip(NUMBERS, shown.split(), strict=False) if n != "-"}
    changed = {name for name in NUMBERS if not _alike(old.get(name), numbers.get(name))}
    other_family = family not in ("", size(before).family or "")
    other_text = text != before
    if not (changed or other_family or other_text):
        return Said(size(before), False)
    if not numbers and not (text and other_text):
        return Said(None, True)
    if other_text and text:
        if changed or other_family:
            raise ArgumentError("the range and its numbers were both changed; change one of them")
        return Said(size(text), True)
    left, planned = _left(cells, field), _number(cells, f"{field}_planned", unit)
    plan = _whole(planned, left) if planned is not None and left != 1.0 else None
    return Said(_of_numbers(family or _usual(size(before)), numbers, changed, left), True, plan)


def _said_anew(text: str, family: str, numbers: Mapping[str, Quantity], left: float) -> Said:
    """Return what a row of one's own says, one that was not exported."""
    if text and numbers:
        raise ArgumentError("give the range or its numbers, not both")
    if text or not numbers:
        return Said(size(text) if text else None, bool(text))
    changed = set(_INNER) if not numbers.keys() & set(_OUTER) else set(_OUTER)
    if numbers.keys() >= {*_OUTER, *_INNER}:
        raise ArgumentError("give minimum and maximum, or p10 and p90, not both")
    return Said(_of_numbers(family or "triangular", numbers, changed | (numbers.keys() & {"most_likely"}), left), True)


def _of_numbers(family: str, numbers: Mapping[str, Quantity], changed: set[str], left: float) -> Size:
    """Return the size that a family and its numbers make; ``left`` of the whole range is what remains of it."""
    whole = {name: _whole(number, left) for name, number in numbers.items()}
    inner = bool(changed & set(_INNER)) or (family not in _BY_LIMITS and not changed & set(_OUTER))
    if changed & set(_INNER) and changed & set(_OUTER):
        raise ArgumentError("minimum or maximum and p10 or p90 were both changed; change one pair")
    family = "triangular" if family == "trigen" and not inner else family
    if family not in (_BY_PERCENTILES if inner else _BY_LIMITS):
        known = _BY_PERCENTILES if inner else _BY_LIMITS
        way_out = f"write the range in words, or one of the families {', '.join(known)}"
        raise ArgumentError(f"{family} is not given by these numbers; {way_out}")
    if family in _WITHOUT_MODE and "most_likely" in changed:
        raise ArgumentError(f"{family} takes no most likely value; name the family triangular or pert")
    return size(_text(family, whole, inner))


def _text(family: str, numbers: Mapping[str, Quantity], inner: bool) -> str:
    """Return the size in the words of the program file."""
    low, high = _INNER if inner else _OUTER
    needed = (low, high) if family in _WITHOUT_MODE else (low, "most_likely", high)
    missing = [name for name in needed if name not in numbers]
    if missing:
        raise ArgumentError(f"{family} needs {', '.join(needed)}; {', '.join(missing)} is missing")
    texts = [quantity_text(numbers[name]) for name in needed]
    if len(set(texts)) == 1:
        return texts[0]
    if inner and family != "trigen":
        texts = [f"{name}={text}" for name, text in zip(_words(needed), texts, strict=True)]
    return f"{family}({' '.join(texts)})"


def _words(names: tuple[str, ...]) -> list[str]:
    return ["mode" if name == "most_likely" else name for name in names]


def _whole(number: Quantity, left: float) -> Quantity:
    """Return a number of what remains as one of the whole; a share is of what remains already."""
    return number if number.unit == "%" or left == 1.0 else Quantity(number.value / left, number.unit)


def _usual(found: Size) -> str:
    return found.family or "triangular"


def _left(cells: Cells, field: str) -> float:
    found = _number(cells, f"{field}_left", "")
    if found is not None and not found.value > 0:
        raise ArgumentError(f"the share left must be above zero, got {cells.texts[f'{field}_left']}")
    return 1.0 if found is None else found.value


def _number(cells: Cells, column: str, unit: str) -> Quantity | None:
    """Return a number of the table with its unit, or None for an empty cell."""
    text = cells.texts.get(column, "")
    if not text:
        return None
    if cells.decimal_comma and "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        found = quantity(text)
    except ArgumentError as error:
        raise ArgumentError(f"{column}: {error}") from None
    return Quantity(found.value, unit) if not found.unit and unit else found


def _alike(old: Quantity | None, new: Quantity | None) -> bool:
    """Return whether two numbers are the same but for what a spreadsheet loses."""
    if old is None or new is None:
        return old is new
    return old.unit == new.unit and abs(old.value - new.value) <= _SAME * max(abs(old.value), abs(new.value))
