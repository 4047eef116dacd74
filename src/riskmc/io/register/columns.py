"""Columns of a register: which column holds what, found by its headings; faults where that is not sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from riskmc.errors import InputError, Problem, joined, nearest
from riskmc.io.sheets.headings import STAGED, Heading, heading, stage_of
from riskmc.io.sheets.sheet import Row, Sheet

_SEARCHED = 40  # rows in which headings are looked for
_LEAST = 3
_ONCE = ("probability", "schedule", "cost", "id", "status", "response_cost")


@dataclass(frozen=True)
class Column:
    """One column: its number, from 0, the text of its heading, and what it is about."""

    number: int
    text: str
    said: Heading


@dataclass(frozen=True)
class Headings:
    """The row of headings of a sheet, and the columns by their names in the words of the program file."""

    sheet: Sheet
    row: int
    columns: Mapping[str, tuple[Column, ...]]

    def score(self) -> int:
        """Return how many different things the columns are about."""
        return len(self.columns)


def headings(sheet: Sheet, named: Mapping[str, str]) -> Headings | None:
    """Return the headings of a sheet, the best known of its first rows; None where no row looks like a register's."""
    best: Headings | None = None
    before: Row | None = None
    for row in sheet.rows[:_SEARCHED]:
        above = before.texts if before is not None and before.number == row.number - 1 else {}
        found = _headings(sheet, row, _groups(above), named)
        if _is_register(found.columns) and (best is None or found.score() > best.score()):
            best = found
        before = row
    return best


def _is_register(columns: Mapping[str, object]) -> bool:
    named = bool(columns.keys() & {"id", "title", "description"})
    return named and any(name.endswith("probability") for name in columns) and len(columns) >= _LEAST


def _groups(above: Mapping[int, str]) -> dict[int, str]:
    """Return the heading above each column: it reaches to the next one, as merged cells do."""
    if len(above) < 2:
        return {}
    places = sorted(above)
    ends = [*places[1:], places[-1] + 12]
    return {column: above[place] for place, end in zip(places, ends, strict=True) for column in range(place, end)}


def _headings(sheet: Sheet, row: Row, groups: Mapping[int, str], named: Mapping[str, str]) -> Headings:
    wanted = {_alike(text): name for name, text in named.items()}
    found: dict[str, tuple[Column, ...]] = {}
    for number, text in sorted(row.texts.items()):
        name = wanted.get(_alike(text))
        said = _named(name) if name else _said(text, groups.get(number, ""))
        if said is not None and (name or said.name not in named):
            found[said.name] = (*found.get(said.name, ()), Column(number, text, said))
    return Headings(sheet, row.number, _staged(found, named))


def _alike(text: str) -> str:
    return " ".join(text.split()).casefold()


def _named(name: str) -> Heading:
    """Return the meaning of a column that the user has named."""
    stage = next((stage for stage in ("inherent", "current", "target") if name.startswith(f"{stage}_")), "")
    rest = name.removeprefix(f"{stage}_") if stage else name
    part = next((part for part in ("low", "mode", "high") if rest.endswith(f"_{part}")), "")
    return Heading(rest.removesuffix(f"_{part}") if part else rest, stage, part)


def _said(text: str, group: str) -> Heading | None:
    """Return what a heading means, with the one above it where it alone says too little."""
    found = heading(text) or (heading(f"{group} {text}") if group else None)
    if found is not None and group and not found.stage and found.field in STAGED:
        return found._replace(stage=stage_of(group))
    return found


def _staged(found: dict[str, tuple[Column, ...]], named: Mapping[str, str]) -> dict[str, tuple[Column, ...]]:
    """Return the columns with `residual` told as what it is here: current beside a target, else the target."""
    stages = {column.said.stage for columns in found.values() for column in columns}
    stages |= {name.partition("_")[0] for name in named}
    instead = "current" if "target" in stages else "target"
    out: dict[str, tuple[Column, ...]] = {}
    for columns in found.values():
        for column in columns:
            stage = instead if column.said.stage == "residual" else column.said.stage
            said = column.said._replace(stage=stage)
            out[said.name] = (*out.get(said.name, ()), Column(column.number, column.text, said))
    return out


def faults(found: Headings, named: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a fault for a named column that is not there, and for two that mean the same."""
    sheet, row = found.sheet, found.row
    texts = next(line.texts for line in sheet.rows if line.number == row)
    for name, text in named.items():
        if name not in found.columns:
            hint = nearest(text, texts.values())
            told = joined(hint, f"headings: {_listed(texts)}")
            yield sheet.problem(row, None, name, f"there is no column {text!r}{told}")
    for name, columns in found.columns.items():
        if len(columns) > 1 and columns[0].said.field in _ONCE:
            both = " and ".join(repr(column.text) for column in columns[:3])
            way_out = f"name the one: columns: {{{name}: {columns[0].text!r}}}"
            yield sheet.problem(row, columns[1].number, name, f"{both} seem to be the same; {way_out}")
    if not any(column.said.field in ("schedule", "cost") for columns in found.columns.values() for column in columns):
        way_out = "name it: columns: {schedule: 'Impact'}"
        text = f"no column of schedule or cost impact; {way_out}; headings: {_listed(texts)}"
        yield sheet.problem(row, None, "", text)


def _listed(texts: Mapping[int, str]) -> str:
    shown = [repr(text) for _, text in sorted(texts.items())]
    return ", ".join(shown[:12]) + (", ..." if len(shown) > 12 else "")


def no_register(file: str, sheets: Mapping[str, Sheet]) -> InputError:
    """Return the error for a file in which no row looks like the headings of a register."""
    where = f" (sheets: {', '.join(sheets)})" if "" not in sheets else ""
    expected = "a row of headings with an ID or title, a probability, and a schedule or cost impact"
    named = "headings of other names are told by `columns:`, in the program file or in a file of --scales"
    return InputError([Problem(file, 0, "", f"no risk register found{where}: expected {expected}; {named}")])
