"""Reference class of a table (.csv, .xlsx) -> ratios of actual to estimated, one a project that is done.

One column says it: `Ratio` (1.35 or 135%), or `Overrun` (35%, −5%), whose title may say more (`Cost overrun`); or two
do: `Estimated` and `Actual` (also Planned, Budget, Approved). Rows without a value are left out and counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from riskmc.errors import ArgumentError, InputError, nearest
from riskmc.io.said_values import NOTHING, amount
from riskmc.io.sheets.headings import words
from riskmc.io.sheets.opening import sheets
from riskmc.io.sheets.sheet import Row, Sheet

HIGHEST = 20.0  # a ratio above it is a percentage without its sign
_ESTIMATED = {"estimated", "estimate", "planned", "plan", "budget", "budgeted", "approved", "baseline"}
_EXPECTED = "a column Ratio (1.35 or 135%), or Overrun (35%), or two columns Estimated and Actual"


@dataclass(frozen=True)
class References:
    """Ratios of actual to estimated in the order of the table, the columns they come from, and rows without a value."""

    ratios: tuple[float, ...]
    columns: tuple[str, ...]
    empty: int


@dataclass(frozen=True)
class _Columns:
    """Which columns say what: ``kind`` is ratio, overrun or pair (estimated, actual)."""

    kind: str
    numbers: tuple[int, ...]
    titles: tuple[str, ...]


def read_references(path: str | os.PathLike[str], column: str | None = None) -> References:
    """Return the ratios of a table; ``column`` is the title of the one to take where several fit.

    Raises InputError, with the place of every fault, and ArgumentError where a column is not there.
    """
    read = list(sheets(path).values())
    for sheet in read:
        for place, row in enumerate(sheet.rows):
            below = sheet.rows[place + 1 :]
            is_title = bool(below) and len(row.texts) == 1 < len(below[0].texts)
            found = None if is_title else _columns(row, column)
            if found is not None:
                return _read(sheet, found, below)
    titles = [text for sheet in read for row in sheet.rows[:1] for text in row.texts.values()]
    if column is not None:
        raise ArgumentError(f"{os.fspath(path)} has no column {column!r}{nearest(column, titles)}")
    raise InputError([read[0].problem(1, None, "", f"a reference class needs {_EXPECTED}")])


def _columns(row: Row, wanted: str | None) -> _Columns | None:
    """Return which columns of a row of headings say what; None where it is none."""
    kinds = {number: _kind(text) for number, text in row.texts.items()}
    if wanted is not None:
        chosen = [number for number, text in row.texts.items() if words(text) == words(wanted)]
        return _Columns(kinds[chosen[0]] or "ratio", (chosen[0],), (row.texts[chosen[0]],)) if chosen else None
    for kind in ("ratio", "overrun"):
        said = [number for number, found in kinds.items() if found == kind]
        if len(said) > 1:
            titles = ", ".join(repr(row.texts[number]) for number in said)
            raise ArgumentError(f"several columns could be the reference class: {titles}; name one (column)")
        if said:
            return _Columns(kind, (said[0],), (row.texts[said[0]],))
    pair = [
        next((number for number, found in kinds.items() if found == kind), None) for kind in ("estimated", "actual")
    ]
    if None in pair:
        return None
    both = tuple(number for number in pair if number is not None)
    return _Columns("pair", both, tuple(row.texts[number] for number in both))


def _kind(title: str) -> str:
    """Return what a title says that its column holds: ratio, overrun, estimated, actual, or nothing."""
    found = {*words(title)}
    if "ratio" in found or ("actual" in found and found & _ESTIMATED):
        return "ratio"
    if found & {"overrun", "overruns"}:
        return "overrun"
    return "actual" if "actual" in found else "estimated" if found & _ESTIMATED else ""


def _read(sheet: Sheet, columns: _Columns, rows: Sequence[Row]) -> References:
    ratios, problems, empty = [], [], 0
    for row in rows:
        texts = [row.texts.get(number, "").strip() for number in columns.numbers]
        if any(text.casefold() in NOTHING for text in texts):
            empty += 1
            continue
        try:
            ratios.append(_ratio(columns.kind, texts, sheet.decimal_comma))
        except ArgumentError as error:
            problems.append(sheet.problem(row.number, columns.numbers[0], "", str(error)))
    if problems:
        raise InputError(problems)
    if not ratios:
        raise InputError([sheet.problem(1, None, "", "the reference class is empty: no row has a value")])
    return References(tuple(ratios), columns.titles, empty)


def _ratio(kind: str, texts: Sequence[str], comma: bool) -> float:
    """Return actual over estimated."""
    values = list(_values(texts, comma))
    if kind == "pair":
        if min(values) <= 0:
            raise ArgumentError(f"estimated and actual are above 0, got {' and '.join(texts)}")
        return values[1] / values[0]
    return checked_ratio(values[0] + (kind == "overrun"), texts[0])


def _values(texts: Sequence[str], comma: bool) -> Iterator[float]:
    for text in texts:
        yield amount(text.replace("\u2212", "-"), "probability" if text.endswith("%") else "cost", "", comma).value


def checked_ratio(ratio: float, text: str) -> float:
    """Return a ratio of actual to estimated; refuse what can be none: 0 and below, or percents without their sign."""
    if not 0 < ratio <= HIGHEST:
        written = "1.35 or 135%, as overrun 35%"
        raise ArgumentError(f"a ratio of actual to estimated lies between 0 and {HIGHEST:g} ({written}), got {text}")
    return ratio
