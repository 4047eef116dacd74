"""Scales of a register -> what its words mean: from a sheet `Scales` of the workbook, or a small YAML file.

Such a sheet has one row a band: its words in the columns Band, Level, Score ..., and what they mean under Probability,
Schedule impact (days) and Cost impact (EUR k), as `10-30%`, as `5-20`, or in two columns with low and high.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from riskmc.errors import ArgumentError, InputError, Problem, ProgramError
from riskmc.io.said_values import amount, effect, spread
from riskmc.io.sheets.headings import Heading, heading, words
from riskmc.io.sheets.sheet import Row, Sheet
from riskmc.io.yaml_source import source
from riskmc.program.notation import certain
from riskmc.program.noun import Data
from riskmc.program.plain_words import faults_in
from riskmc.program.quantity import Quantity, Size
from riskmc.program.register import Register
from riskmc.program.scale import Scales, band_text

NAMES = {
    "band", "level", "rating", "name", "scale", "word", "words", "score", "step", "label", "class", "grade", "value",
}  # fmt: skip
KINDS = ("probability", "schedule", "cost")
_BELOW = re.compile(r"(?:<=?|≤|under|below|up to|less than)\s*", re.IGNORECASE)
_OPEN = re.compile(r"(?:>=?|≥|over|above|more than)\s*|.*\d\s*\+$", re.IGNORECASE)


def scales_sheet(sheets: Mapping[str, Sheet]) -> Sheet | None:
    """Return the sheet of a workbook with its scales: the one called Scales (or Scale), or None."""
    return next((sheet for name, sheet in sheets.items() if words(name)[-1:] in (["scales"], ["scale"])), None)


def of_file(path: Path) -> Register:
    """Return the words that a YAML file says of a register: `scales:`, `columns:`, `sheet:`, or the scales alone."""
    found = source(path)
    data = found.plain()
    alone = not data.keys() & {"scales", "columns", "sheet"}
    try:
        register = Register.model_validate({"file": "", **({"scales": data} if alone else data)})
    except ValidationError as error:
        faults = [(place[1:] if alone else place, text) for place, text in faults_in(error, Register)]
        raise InputError([*found.problems, *(found.problem(place, text) for place, text in faults)]) from None
    lacks = register.scales is None and alone
    if found.problems or lacks or (register.scales is not None and register.scales.file is not None):
        lacking = found.problem((), "a file of scales holds a table: probability, schedule, cost")
        raise InputError(found.problems or [lacking])
    return register


@dataclass
class _Column:
    number: int
    said: Heading | None


def of_sheet(sheet: Sheet) -> Scales:
    """Return the scales that a sheet says; InputError with every fault of it."""
    problems: list[Problem] = []
    tables: dict[str, Data] = {kind: {} for kind in KINDS}
    columns: list[_Column] = []
    for row in sheet.rows:
        found = _columns(row)
        if found:
            columns = found
        elif columns:
            _read_band(sheet, row, columns, tables, problems)
    if not columns:
        expected = "a row of headings: Band, Probability, Schedule impact (days), Cost impact"
        problems.append(sheet.problem(1, None, "", f"the scales need {expected}"))
    if problems:
        raise InputError(problems)
    try:
        return Scales(**{kind: table for kind, table in tables.items() if table})
    except ProgramError as error:
        raise InputError(sheet.problem(1, None, place, text) for place, text in error.faults) from None


def _columns(row: Row) -> list[_Column]:
    """Return the columns of a row of headings; nothing where it is none."""
    found = []
    for number, text in row.texts.items():
        said = heading(text)
        if said is not None and said.field in KINDS:
            found.append(_Column(number, said))
        elif NAMES & {*words(text)}:
            found.append(_Column(number, None))
    named = any(column.said is None for column in found)
    return found if named and any(column.said is not None for column in found) else []


def _read_band(
    sheet: Sheet, row: Row, columns: list[_Column], tables: dict[str, Data], problems: list[Problem]
) -> None:
    names = [row.texts[column.number] for column in columns if column.said is None and column.number in row.texts]
    key = " / ".join(dict.fromkeys(name.replace("/", "|") for name in names))
    for kind in KINDS if key else ():
        filled = [column for column in columns if column.number in row.texts]
        cells = [column for column in filled if column.said is not None and column.said.field == kind]
        if not cells:
            continue
        try:
            said = _band([(column.said, row.texts[column.number]) for column in cells], kind, sheet.decimal_comma)
            tables[kind][key] = band_text(_in_percent(said) if kind == "probability" else said)
        except ArgumentError as error:
            problems.append(sheet.problem(row.number, cells[0].number, kind, str(error)))


def _band(cells: Sequence[tuple[Heading | None, str]], kind: str, comma: bool) -> Size:
    """Return what the cells of a band say: one with both ends, or one each for low and high."""
    ends = {said.part: (said, text) for said, text in cells if said is not None}
    if "" not in ends and not {"low", "high"} <= ends.keys():
        raise ArgumentError("a band needs both its ends, low and high")
    if "" not in ends:
        values = [amount(ends[part][1], kind, ends[part][0].unit, comma) for part in ("low", "high")]
        return spread(values) or certain(values[0])
    said, text = ends[""]
    if _OPEN.match(text):
        raise ArgumentError(f"a band needs both ends, got {text!r}: up to what?")
    if _BELOW.match(text):
        high = amount(_BELOW.sub("", text, count=1), kind, said.unit, comma)
        return spread([Quantity(0.0, high.unit), high]) or certain(high)
    return effect(text, kind, said.unit, comma) or certain(Quantity(0.0, said.unit if kind != "cost" else ""))


def _in_percent(found: Size) -> Size:
    """Return a band of probability, its bare numbers above 1 read as percentages."""
    if not any(quantity.value > 1 and not quantity.unit for _, quantity in found.parameters):
        return found
    return replace(found, parameters=tuple((name, Quantity(q.value / 100, "%")) for name, q in found.parameters))
