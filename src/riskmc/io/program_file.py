"""The program file: one YAML file that a person writes, reads, diffs and reviews, to a Program and back.

All faults of a file are found in one pass and said as ``file:line: path: what is wrong, what was found, what is
allowed``. What is written is read back as an equal program.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from riskmc.errors import InputError, Problem, ProgramError
from riskmc.io.plan_file import read_plan
from riskmc.io.range_table import Expanded, expanded
from riskmc.io.register.joined import Registered, registered
from riskmc.io.shaping import Told, shaped
from riskmc.io.yaml_source import source
from riskmc.io.yaml_text import WordPath, document
from riskmc.program.garbage import without_collections
from riskmc.program.leftovers import idle_patterns
from riskmc.program.origin import Line, Origin, remember
from riskmc.program.overlay import laid_over, with_notes
from riskmc.program.plain_words import Place, path_text
from riskmc.program.program import FORMAT, Program
from riskmc.program.reference import broken, lost_over_plan
from riskmc.program.sections import KEYED
from riskmc.program.stored import inherit_plan

_BY_PATH = ("set", "prioritise")
_WORDS_IN_ORDER = """
riskmc program start data_date currency calendar finish plan elicited_as confidence cost_of_delay management_reserve
released_by lag_calendar out_of_sequence fiscal_year_starts calendars choices projects teams resources costs targets
templates ranges drivers correlations register scales risks responses scope policies scenarios benefits discount_rate
escalation funding funding_rule payments renamed assumptions not_in_the_model
"""


def read(path: str | os.PathLike[str], strict: bool = False, scales: str | os.PathLike[str] | None = None) -> Program:
    """Return the program in the YAML file at ``path``, laid over its `plan:` where it names one.

    What the file names and the plan has lost, and patterns that match nothing, are listed with every answer; with
    ``strict`` they are faults. ``scales`` says what the words of its `register:` mean. Raises InputError with every
    fault of the file, each with its line, or of the plan file.
    """
    with without_collections():
        return program_of(source(path), strict, scales)


def program_of(found: Told, strict: bool = False, scales: str | os.PathLike[str] | None = None) -> Program:
    """Return the program that a file's words say, laid over its `plan:`; InputError with all its faults."""
    program, problems = shaped(found)
    problems += _unquoted(found)
    plan_lost = False
    if program is not None and program.plan is not None:
        laid, more = _over_plan(program, found, strict)
        plan_lost, program = laid is program, laid
        problems += more
    joined = Registered(Program(program="?")) if program is None else registered(program, found.file, strict, scales)
    tables = None if program is None else expanded(joined.program, found.file)
    if tables is not None:
        program = tables.program
        listed = tables.listed if strict else ()
        between = () if plan_lost else _between(tables, joined, found, strict)
        problems += [*joined.problems, *tables.problems, *listed, *between]
    problems += found.problems
    if problems or program is None or tables is None:
        raise InputError(dict.fromkeys(problems))
    scenarios = [found.problem(place, text) for place, text in lost_over_plan(program, scenarios=True)]
    program = _noted(program, [*tables.listed, *scenarios])
    remember(program, Origin(_Moved(found, tables), {**tables.elsewhere(), **joined.elsewhere()}))
    return program


def write(program: Program, path: str | os.PathLike[str]) -> None:
    """Write the program to a YAML file, from which `read` makes an equal one."""
    Path(path).write_text(dumps(program), encoding="utf-8", newline="\n")


def dumps(program: Program) -> str:
    """Return the text of a program file in the words of an analyst; holidays are written out as dates."""
    said = program.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    said = {**said, "riskmc": str(FORMAT)}
    return document({word: readable(said[word]) for word in _WORDS_IN_ORDER.split() if word in said})


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the program file, for editors to complete and check it."""
    found: dict[str, Any] = _lenient(Program.model_json_schema(by_alias=True, mode="validation"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": "riskmc program file"}


def _lenient(value: Any) -> Any:
    """Return a schema in which every text may also be a number: YAML reads `wbs: 1.4` as one, riskmc as text."""
    if isinstance(value, dict):
        free = value.get("type") == "string" and not value.keys() & {"enum", "const", "format"}
        return {
            word: ["string", "number"] if word == "type" and free else _lenient(said) for word, said in value.items()
        }
    return [_lenient(part) for part in value] if isinstance(value, list) else value


def _unquoted(found: Told) -> Iterator[Problem]:
    """Yield a fault for every key that names an item, is no identifier, and is not in quotes as a foreign code is."""
    projects = [key for key, _, _ in found.identifiers(("projects",))]
    for place in [*((section,) for section in KEYED), *(("projects", key, "activities") for key in projects)]:
        for key, line, needs_quotes in found.identifiers(place):
            if needs_quotes:
                message = (
                    f"{key!r} is no identifier: letters, digits, _ and -; a code of a planning tool stands in quotes"
                )
                yield Problem(found.file, line, path_text((*place, key)), message)


def _over_plan(program: Program, found: Told, strict: bool) -> tuple[Program, list[Problem]]:
    """Return the program laid over the plan file that it names, and what is wrong with that."""
    plan = Path(found.file).parent / str(program.plan)
    try:
        below = read_plan(plan)
        laid, lost = laid_over(below, program)
        inherit_plan(laid, below)
        problems = [found.problem(place, text) for place, text in lost]
        return (laid, problems) if strict else (_noted(laid, problems), [])
    except InputError as error:
        return program, [found.problem(("plan",), str(problem)) for problem in error.problems]
    except ProgramError as error:
        return program, [found.problem(("plan",), f"{path}: {message}") for path, message in error.faults]


def _noted(program: Program, problems: Iterable[Problem]) -> Program:
    """Return the program with notes of what is listed and not refused; a file goes by its name alone."""
    return with_notes(program, [str(replace(problem, file=Path(problem.file).name)) for problem in problems])


def _between(tables: Expanded, joined: Registered, found: Told, strict: bool) -> Iterator[Problem]:
    """Yield the faults between the items of a program, but not those that only follow from a part taken out."""
    names = {str(place[-1]) for place in found.taken_out}
    idle = idle_patterns(tables.program) if strict else ()
    for place, message in (*broken(tables.program, strict), *idle):
        there, file, line = tables.moved(place)
        if (problem := joined.problem(place, path_text(place), message)) is not None:
            yield problem
        elif not found.has_lost(place) and not any(_names(message, name) for name in names):
            yield Problem(file, line, "", message) if there is None else found.problem(there, message)


@dataclass(frozen=True)
class _Moved:
    """The lines of a program file by the places that its parts have once its tables are read."""

    source: Told
    tables: Expanded

    @property
    def file(self) -> str:
        """The program file."""
        return self.source.file

    def lines(self) -> Mapping[Place, Line]:
        """Return the line, from 1, or the cell of every place."""
        return self.tables.lines(self.source.lines())


def _names(message: str, name: str) -> bool:
    """Return True where a message says that ``name``, a path that ends in it, or an item of it, is not there."""
    if message.startswith(f"unknown {name.removesuffix('s')} ") or f"there is no `{name}`" in message:
        return True
    word = message.split("'")[1] if message.startswith("unknown") and message.count("'") > 1 else ""
    return word == name or word.endswith(f".{name}")


def _paths(value: Any) -> Any:
    """Return the changes of a scenario, whose keys are paths."""
    return {WordPath(path): said for path, said in value.items()} if isinstance(value, dict) else readable(value)


def readable(value: Any) -> Any:
    """Return a value with whole numbers written without a point: 2, not 2.0."""
    if isinstance(value, dict):
        return {word: _paths(said) if word in _BY_PATH else readable(said) for word, said in value.items()}
    if isinstance(value, list | tuple):
        return [readable(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
