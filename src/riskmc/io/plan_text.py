"""Text in files of planning tools: names on one line, each once; numbers without an exponent; GUIDs; WBS paths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
_DOT = re.compile(r"(?<=[^.])\.(?=[^.])")  # between two parts of a path
_MOST_LEVELS = 40
_DECIMALS = 10


def one_line(text: str) -> str:
    """Return text that any field can hold: line ends, control characters and what XML forbids become a blank."""
    return _CONTROL.sub(" ", text)


def name_of(text: str, most: int) -> str:
    """Return a name as a field holds it: on one line, without blanks around it, of at most so many characters."""
    return one_line(text).strip()[:most].rstrip()


def names(wanted: Iterable[str], most: int) -> dict[str, str]:
    """Return a name for every text, as a field holds it, each once: a repeated one gets a number at its end."""
    taken: dict[str, int] = {}
    found: dict[str, str] = {}
    for text in dict.fromkeys(wanted):
        first = chosen = name_of(text, most) or "-"
        while chosen in taken:
            taken[first] += 1
            chosen = f"{name_of(text, most - len(str(taken[first])) - 3) or '-'} ({taken[first]})"
        taken[chosen] = 1
        found[text] = chosen
    return found


def number_text(value: float) -> str:
    """Return a number as planning tools write one: a decimal point, no exponent, no superfluous zeros."""
    text = f"{Decimal(f'{value:.15g}'):.{_DECIMALS}f}"
    return text.rstrip("0").rstrip(".") if float(text) else "0"


def guid_of(guid: str | None, path: str) -> UUID:
    """Return a GUID; one made of ``path`` where there is none, of the text itself where it is no GUID."""
    try:
        return UUID(guid) if guid else uuid5(NAMESPACE_URL, f"riskmc:{path}")
    except ValueError:
        return uuid5(NAMESPACE_URL, f"riskmc:{guid}")


def wbs_parts(path: str) -> list[str]:
    """Return the names of a dotted WBS path from the top down; beyond 40 levels the rest is one name."""
    return _DOT.split(path, _MOST_LEVELS)
