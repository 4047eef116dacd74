"""Risk registers as companies keep them, one row a risk (.xlsx, .csv) -> risks and responses, and what became of each.

Words such as `High` are translated by scales; codes, WBS branches and names map a risk to activities. What is not drawn
(closed, unscored, unmapped) is listed with the reason. All faults are told at once: ``risks.xlsx:Register!F12: ...``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.findings import with_items
from riskmc.io.register.columns import Column, Headings, faults, headings, no_register
from riskmc.io.register.row import Around, Cell, Outcome, outcome
from riskmc.io.register.scales import of_file, of_sheet, scales_sheet
from riskmc.io.said_values import NOTHING, plain_number
from riskmc.io.sheets.headings import STAGED, in_steps
from riskmc.io.sheets.opening import sheets
from riskmc.io.sheets.sheet import Row, Sheet
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.register import Register
from riskmc.program.response import Response
from riskmc.program.risk import Risk
from riskmc.program.scale import Scales, words_of

_JOINED = ("activities", "wbs", "pattern", "response")
_DEFAULT = Scales.model_validate("default")
_OTHERS = {"a program file": (".yaml", ".yml"), "a plan": (".xer", ".xml", ".mpp", ".sm", ".rcp")}


@dataclass
class Reading:
    """A register that was read: what became of each row, the risks and responses, and what every answer must tell.

    ``rows`` has (row of the sheet, outcome); ``source`` says where the scales come from; ``default`` where they are
    riskmc's own.
    """

    file: str
    sheet: Sheet
    headings: Headings
    scales: Scales
    source: str
    rows: list[tuple[int, Outcome]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more_notes: list[str] = field(default_factory=list)

    @property
    def risks(self) -> dict[str, Risk]:
        """The risks by identifier, the closed ones and those that have occurred included."""
        return {found.id: found.risk for _, found in self.rows if found.risk is not None}

    @property
    def responses(self) -> dict[str, Response]:
        """The responses by identifier."""
        return {name: response for name, response, _ in self._responses()}

    def _responses(self) -> Iterator[tuple[str, Response, int]]:
        for row, found in self.rows:
            for word, response in (("controls", found.controls), ("response", found.response)):
                if response is not None:
                    yield f"{found.id}-{word}", response, row

    def drawn(self) -> list[Outcome]:
        """Return what became of the risks that are drawn."""
        return [found for _, found in self.rows if not found.reason]

    def left_out(self) -> list[Outcome]:
        """Return the others."""
        return [found for _, found in self.rows if found.reason]

    def places(self) -> dict[Place, int]:
        """Return the row of every risk and response, by its place in the program."""
        found: dict[Place, int] = {("risks", found.id): row for row, found in self.rows if found.risk is not None}
        return found | {("responses", name): row for name, _, row in self._responses()}

    def notes(self) -> list[str]:
        """Return what every answer must tell of the register, in sentences."""
        name = Path(self.file).name
        told = [f"{len(self.drawn())} of {len(self.rows)} risks of the register are drawn"]
        groups: dict[str, list[str]] = {}
        for found in self.left_out():
            groups.setdefault(f"left out, {found.reason}", []).append(found.id)
        for found in self.drawn():
            for text in found.partly:
                groups.setdefault(f"drawn in part, {text.partition(': ')[0]}", []).append(found.id)
        told += [with_items(*group) for group in groups.items()]
        return [f"{name}: {text}" for text in [*told, *self.more_notes]]


def reading(
    wanted: Register,
    program: Program | None = None,
    scales: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] = "",
) -> Reading:
    """Return what a register says, mapped to the activities of ``program``; without one the mapping is believed.

    ``scales`` is a file of scales that comes before all others; files lie in ``folder``, or where their paths say.
    Raises InputError where no register can be found in the file; what is wrong with its rows is in ``problems``.
    """
    file = os.fspath(Path(folder) / wanted.file)
    said = wanted.scales or (program.scales if program is not None else None)
    if scales is not None:
        wanted = _over(wanted, of_file(Path(scales)))
    elif said is not None and said.file is not None:
        wanted = _over(wanted, of_file(Path(folder) / said.file))
    _refuse_other_kinds(file)
    found = sheets(file)
    table = _best(found, wanted, file)
    meant, source = _scales(wanted, program, found)
    out = Reading(file, table.sheet, table, meant, source, problems=list(faults(table, wanted.columns)))
    _read_rows(out, program)
    return out


def _refuse_other_kinds(file: str) -> None:
    """Raise InputError for a folder, and for what by its ending is a program file or a plan."""
    suffix = Path(file).suffix.lower()
    what = next((kind for kind, endings in _OTHERS.items() if suffix in endings), "")
    if Path(file).is_dir():
        raise InputError([Problem(file, 0, "", "is a folder, and no risk register (.xlsx, .csv): name a file in it")])
    if what and Path(file).exists():
        way_out = f"a register over it is told by: riskmc register risks.xlsx --plan {Path(file).name}"
        raise InputError([Problem(file, 0, "", f"is {what}, and no risk register (.xlsx, .csv); {way_out}")])


def read_register(
    path: str | os.PathLike[str], program: Program | None = None, scales: str | os.PathLike[str] | None = None
) -> Reading:
    """Return what a risk register (.xlsx, .csv) says: what is drawn and with which values, what is left out and why.

    It is mapped to the activities of ``program``; without one the mapping is believed. ``scales`` is a file that says
    what its words mean. Raises InputError with every fault, each with its cell.
    """
    found = reading(Register(file=os.fspath(path)), program, scales)
    if found.problems:
        raise InputError(found.problems)
    return found


def _over(wanted: Register, words: Register) -> Register:
    """Return how a register is to be read with the words of a file of scales over it."""
    said = {word: value for word, value in words.words_given().items() if word not in ("file", "columns")}
    return wanted.but(**said, columns={**wanted.columns, **words.columns})


def _best(found: Mapping[str, Sheet], wanted: Register, file: str) -> Headings:
    """Return the headings of the sheet that was asked for, or of the one whose headings are known best."""
    if wanted.sheet is not None and wanted.sheet not in found:
        listed = ", ".join(map(repr, found)) or "none"
        raise InputError([Problem(file, 0, "", f"there is no sheet {wanted.sheet!r}; sheets: {listed}")])
    searched = [found[wanted.sheet]] if wanted.sheet is not None else list(found.values())
    tables = [table for sheet in searched if (table := headings(sheet, wanted.columns)) is not None]
    if not tables:
        raise no_register(file, found)
    return max(tables, key=Headings.score)


def _scales(wanted: Register, program: Program | None, found: Mapping[str, Sheet]) -> tuple[Scales, str]:
    """Return the scales that count, and where they come from: said, of the program, of the workbook, or the default."""
    if wanted.scales is not None:
        return wanted.scales, "default" if wanted.scales == _DEFAULT else "said"
    if program is not None and program.scales is not None:
        return program.scales, "default" if program.scales == _DEFAULT else "program file"
    sheet = scales_sheet(found)
    return (_DEFAULT, "default") if sheet is None else (of_sheet(sheet), f"sheet {sheet.name}")


def _read_rows(out: Reading, program: Program | None) -> None:
    """Read every row below the headings; faults and notes are kept."""
    rows = [row for row in out.sheet.rows if row.number > out.headings.row]
    steps, percent = _bare_numbers(out, rows)
    around = Around(out.scales, program, out.sheet.decimal_comma, steps, percent)
    out.problems += _uncomputed(out)
    first: dict[str, int] = {}
    for row in rows:
        cells = {name: cell for name, columns in out.headings.columns.items() if (cell := _cell(name, columns, row))}
        if not cells.keys() & {"id", "title", "event", "description"}:
            if any(name.rpartition("_")[2] in STAGED for name in cells):
                out.problems.append(out.sheet.problem(row.number, None, "", "the row names no risk: an ID or a title"))
            continue
        found = outcome(cells, around)
        if found.id in first:
            text = f"{found.id!r} is said twice; first in row {first[found.id]}"
            out.problems.append(out.sheet.problem(row.number, cells["id"].column if "id" in cells else None, "", text))
        first.setdefault(found.id, row.number)
        out.rows.append((row.number, found))
        out.problems += [out.sheet.problem(row.number, *fault) for fault in found.faults]
    out.more_notes = list(_more_notes(out, around))


def _cell(name: str, columns: tuple[Column, ...], row: Row) -> Cell | None:
    """Return the cell of a row under a name; several columns of codes or responses are joined."""
    texts = [(row.texts[column.number], column) for column in columns if column.number in row.texts]
    if not texts:
        return None
    text = "; ".join(text for text, _ in texts) if name in _JOINED else texts[0][0]
    return Cell(text.strip(), texts[0][1].number, texts[0][1].said.unit)


def _bare_numbers(out: Reading, rows: list[Row]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the columns whose bare numbers are steps of the scale, and those in which they are percentages.

    A 3 under an impact is a step where the company's scales are known, the heading says steps, or the probability is in
    steps too; else it is three days.
    """
    steps: set[str] = set()
    percent: set[str] = set()
    for what in STAGED:
        places = {
            name: columns[0].number
            for name, columns in out.headings.columns.items()
            if columns[0].said.field == what and not columns[0].said.part and not columns[0].said.unit
        }
        texts = {row.texts[place] for row in rows for place in places.values() if place in row.texts}
        bare = {text: number for text in texts - NOTHING if (number := plain_number(text)) is not None}
        words = {word for key in getattr(out.scales, what) for word in words_of(key)}
        told = any(in_steps(column.text) for name in places for column in out.headings.columns[name])
        if bare and {*bare} <= words and (what == "probability" or out.source != "default" or steps or told):
            steps |= {*places}
        elif what == "probability" and any(number > 1 for number in bare.values()):
            percent |= {*places}
    return frozenset(steps), frozenset(percent)


def _uncomputed(out: Reading) -> Iterator[Problem]:
    """Yield a fault for every formula without a result in a column that is read."""
    read = {column.number: name for name, columns in out.headings.columns.items() for column in columns}
    for row, column in sorted(out.sheet.uncomputed):
        if row > out.headings.row and column in read:
            text = "holds a formula without a result: open the file in the spreadsheet and save it"
            yield out.sheet.problem(row, column, read[column], text)


def _more_notes(out: Reading, around: Around) -> Iterator[str]:
    """Yield what else every answer must tell: default scales, readings that were chosen, windows that do not act."""
    if out.source == "default" and around.words:
        yield (
            f"{around.words} words such as High are translated by riskmc's default scales, not by the company's own: "
            "bring those as a sheet Scales, or in `scales:`"
        )
    for name in sorted(around.percent):
        yield f"numbers of {name} without % are percentages, as some are above 1"
    for name in sorted(around.steps):
        yield f"numbers of {name} are steps of its scale"
    for state, items in around.unknown_states.items():
        yield with_items(f"status {state!r} is not known, and read as open", items)
    windows = [found.id for found in out.drawn() if found.risk is not None and found.risk.window is not None]
    if windows:
        yield with_items("exposure windows are kept, and do not limit when a risk strikes", windows)
