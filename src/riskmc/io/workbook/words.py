"""Words in the cells of a workbook: a list as ``a; b``, a mapping as ``a: 2; b: 1``, 20d as the number 20, and back.

`inside` gives what stands in a cell, and gives nothing where reading it would not give the same value again; such
values are written as JSON in the sheet `Other words`, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from riskmc.errors import ArgumentError
from riskmc.io.sheets.cell_text import ERRORS, JSON, any_value, as_texts, listed, word
from riskmc.io.sheets.links import time_text
from riskmc.io.sheets.sheet import LONGEST_TEXT
from riskmc.program.numeral import quantity

BARE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DAYS = re.compile(r"([+-]?\d+(?:\.\d+)?)d")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x")
_STEP = re.compile(r'\.?("(?:[^"\\]|\\.)*"|[^.\[\]"]+)|\[(\d{1,6})\]')
_FIRST_DAY = "1900-03-01"  # before it spreadsheets disagree on the number of a day

MONEY, SHARE, DAYS, DATE, MOMENT, TEXT = "#,##0.##", "0.##%", '0.##"d"', "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and the number format in which it is shown."""

    value: str | float | date
    shown: str = "General"


def said(kind: str, text: str) -> Any:
    """Return the value that a cell says: text, a list or a mapping of texts."""
    if kind == "days":
        return time_text(text)
    if kind == "names":
        return listed(text)
    if kind == "pairs":
        return _pairs(text)
    return any_value(text) if kind == "any" else text


def inside(kind: str, value: Any) -> Cell | None:
    """Return the cell that says a value; None where the cell would be read as anything else."""
    make = _MAKERS.get(kind, _plainly)
    return make(value) if not isinstance(value, dict | list) or kind in ("names", "pairs", "any") else None


def survives(text: str) -> bool:
    """Return True for a text that a cell gives back as it is."""
    kept = text == text.strip() and not _UNFIT.search(text) and text not in ERRORS
    return bool(text) and kept and len(text) <= LONGEST_TEXT


def _pairs(text: str) -> Any:
    """Return the mapping that ``a: 2; b: 1`` says; the text itself where it says none."""
    if text.startswith("{"):
        return any_value(text)
    parts = [item.rpartition(":") for item in listed(text)]
    if any(not name for name, _, _ in parts):
        return text
    return {name.strip(): value.strip() for name, _, value in parts}


def as_json(value: Any) -> str:
    """Return a value as JSON of plain characters, which a cell gives back."""
    return json.dumps(as_texts(value)).replace("_x", "\\u005fx")


def any_text(value: Any) -> str:
    """Return the text that `said` reads back as ``value`` under the kind `any`."""
    text = "" if isinstance(value, dict | list) else word(value)
    return text if survives(text) and not text.startswith(JSON) else as_json(value)


def _plainly(value: Any) -> Cell | None:
    return Cell(word(value), TEXT) if survives(word(value)) else None


def _flag(value: Any) -> Cell | None:
    return Cell("yes" if value else "no") if isinstance(value, bool) else _plainly(value)


def _number(value: Any) -> Cell | None:
    text = word(value)
    return Cell(float(text)) if BARE.fullmatch(text) and _exact(float(text)) else _plainly(value)


def _money(value: Any) -> Cell | None:
    try:
        found = quantity(value) if isinstance(value, str) else None
    except ArgumentError:
        found = None
    if found is not None and not found.unit and _exact(found.value):
        return Cell(found.value, MONEY)
    return _plainly(value)


def _days(value: Any) -> Cell | None:
    match = _DAYS.fullmatch(value) if isinstance(value, str) else None
    return Cell(float(match[1]), DAYS) if match and _exact(float(match[1])) else _plainly(value)


def _share(value: Any) -> Cell | None:
    if isinstance(value, str) and value.endswith("%") and BARE.fullmatch(value[:-1]):
        number = quantity(value).value
        if quantity(f"{number * 100:.13g}%").value == number and abs(number) < 1e9:
            return Cell(number, SHARE)
    return _plainly(value)


def _date(value: Any) -> Cell | None:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None or match[1] < _FIRST_DAY or match[2] in ("00:00", "24:00"):
        return _plainly(value)
    if match[2] is None:
        return Cell(date.fromisoformat(match[1]), DATE)
    return Cell(datetime.fromisoformat(f"{match[1]} {match[2]}"), MOMENT)


def _exact(number: float) -> bool:
    """Return True for a number that a cell gives back to its last digit, without an exponent."""
    text = f"{number:.15g}"
    return "e" not in text and float(text) == number


def _names(value: Any) -> Cell | None:
    items = [word(item) for item in value] if isinstance(value, list) else [word(value)]
    return _checked("; ".join(items), items, listed)


def _paired(value: Any) -> Cell | None:
    if not isinstance(value, Mapping):
        return None
    items = {str(name): word(part) for name, part in value.items()}
    return _checked("; ".join(f"{name}: {part}" for name, part in items.items()), items, _pairs)


def _checked(text: str, value: Any, read: Callable[[str], Any]) -> Cell | None:
    """Return the cell of a text that is read as ``value``; None for any other."""
    return Cell(text, TEXT) if survives(text) and read(text) == value else None


def _anything(value: Any) -> Cell | None:
    text = any_text(value)
    return Cell(text, TEXT) if len(text) <= LONGEST_TEXT else None


_MAKERS: Mapping[str, Callable[[Any], Cell | None]] = {
    "flag": _flag,
    "number": _number,
    "money": _money,
    "days": _days,
    "share": _share,
    "date": _date,
    "names": _names,
    "pairs": _paired,
    "any": _anything,
}


def path_of(place: tuple[str | int, ...]) -> str:
    """Return the path of a place; a key that is no plain word stands in quotes: ``risks."a b".impacts[0]``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_step(part)}" for part in place)
    return "".join(parts).removeprefix(".")


def _step(part: str) -> str:
    return part if re.fullmatch(r"[\w-]+", part) and "_x" not in part else as_json(part)


def place_of(path: str) -> tuple[str | int, ...]:
    """Return the place that a path names; ArgumentError for what is no path."""
    parts, end = list(_steps(path)), sum(len(match[0]) for match in _STEP.finditer(path))
    if not parts or end != len(path) or isinstance(parts[0], int):
        raise ArgumentError(f"{path!r} is no path; write words with dots between them, as risks.soil.owner")
    return tuple(parts)


def _steps(path: str) -> Iterator[str | int]:
    for match in _STEP.finditer(path):
        if match[2] is not None:
            yield int(match[2])
        else:
            found = any_value(match[1]) if match[1].startswith('"') else match[1]
            yield found if isinstance(found, str) else match[1]
