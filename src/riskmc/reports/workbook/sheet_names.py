"""Sheet names and table names as Excel takes them: legal characters, short, each once, whatever they are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from riskmc.forecast.figures import printable
from riskmc.forecast.language import said

LONGEST = 31
_LONGEST_TABLE = 200
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_RESERVED = {"history"}


@dataclass
class Names:
    """The names that are taken in one workbook; Excel does not tell capitals from small letters."""

    _taken: set[str] = field(default_factory=lambda: set(_RESERVED))

    def sheet(self, wanted: str) -> str:
        """Return the name of a sheet: what is wanted without forbidden characters, in at most 31, and a number."""
        return self._free(" ".join(_FORBIDDEN.sub(" ", printable(wanted)).split()) or "Sheet", LONGEST, " ")

    def table(self, wanted: str) -> str:
        """Return the name of a table, which is no address of a cell: letters, digits and underscores."""
        plain = re.sub(r"\W+", "_", wanted, flags=re.ASCII).strip("_").lower()
        return self._free(f"table_{plain or 'of'}", _LONGEST_TABLE, "_")

    def _free(self, wanted: str, longest: int, gap: str) -> str:
        number, name = 1, _cut(wanted, longest)
        while name.casefold() in self._taken:
            number += 1
            tail = f"{gap}{number}"
            name = _cut(wanted, longest - len(tail)) + tail
        self._taken.add(name.casefold())
        return name


def _cut(text: str, longest: int) -> str:
    """Return the beginning of a text, counted as Excel counts: characters beyond the first plane are two."""
    text = text[:longest]
    while len(text.encode("utf-16-le")) > 2 * longest:
        text = text[:-1]
    return text.rstrip()


def headings(told: list[str]) -> list[str]:
    """Return the headings of a table, each once: a repeated one is named after the column that it follows.

    ``Finish, 95% interval, Cost, 95% interval`` becomes ``..., Cost: 95% interval``; an empty one says ``Figure``.
    """
    made: list[str] = []
    for place, heading in enumerate(told):
        bare = printable(heading).strip()[:_LONGEST_TABLE] or (said("Figure") if place == 0 else said("Note"))
        owner = next((told[before] for before in range(place - 1, -1, -1) if told.count(told[before]) == 1), "")
        made.append(_apart(bare, owner, made))
    return made


def _apart(heading: str, owner: str, made: list[str]) -> str:
    taken = {name.casefold() for name in made}
    if heading.casefold() not in taken:
        return heading
    named = f"{printable(owner).strip()[:_LONGEST_TABLE]}: {heading}" if owner else heading
    numbered = (f"{named} {number}" for number in range(2, len(made) + 3))
    return next(name for name in (named, *numbered) if name.casefold() not in taken)
