"""Conversion, written and told: the file whole or not at all, what it does not hold, and whether its dates stay."""

from __future__ import annotations

import os
from collections.abc import Iterator

from riskmc.analysis.conversion.converting import Conversion, Kept, converted
from riskmc.forecast.figures import printable, shortened
from riskmc.io import read
from riskmc.program.program import Program
from riskmc.program.scenario import Scenario
from riskmc.reports.destination import check_destination, write_whole
from riskmc.reports.document.layout import WIDTH, Section, rendered
from riskmc.reports.plan_copy import check_plan_kept

_TITLE, _LINE = 120, 400


def convert(
    source: Program | str | os.PathLike[str],
    to: str | os.PathLike[str],
    scenario: str | Scenario | None = None,
    strict: bool = False,
) -> Conversion:
    """Write a program, or the one in a file, to the file ``to``, whose ending says the format; return what it became.

    Endings: .yaml (program file), .xlsx (Excel), .csv (table of activities), .xer (Primavera P6), .xml (Microsoft
    Project). The file is written whole or not at all. Raises ArgumentError where it would overwrite the source, and
    with ``strict`` where it cannot hold all of the program; and what reading and scheduling a program raise.
    """
    where = os.fspath(to)
    _check_copy(source, where)
    program = source if isinstance(source, Program) else read(source)
    check_plan_kept(program, where)
    made = converted(program, where, scenario, strict)
    write_whole(made.content, where)
    return made


def _check_copy(source: Program | str | os.PathLike[str], to: str) -> None:
    """Refuse a destination that could not be written, or that is the source itself."""
    check_destination(to, source)


def tell_conversion(made: Conversion, to: str, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer: what was written, what the reading and the writing left out."""
    name = shortened(printable(made.program.program), _TITLE)
    count = len(made.program.activities())
    whole = "" if made.losses else ", which holds all of it"
    told = f"{name}: {count:,} {'activity' if count == 1 else 'activities'} written to {to}, {made.title}{whole}."
    return rendered([told, *_kept(made.kept)], list(_sections(made)), width, colour)


def _kept(kept: Kept | None) -> Iterator[str]:
    """Yield whether the dates stay when the tool schedules the file by its own rules."""
    if kept is None or not kept.compared:
        return
    late = "" if kept.all == kept.early else f", {kept.all:,} their late dates and float too"
    moved = f" First to move: {', '.join(kept.moved)}." if kept.moved else ""
    whole = f"{kept.early:,} of {kept.compared:,} activities keep their dates"
    yield f"Scheduled by its tool's rules, {whole}{late}.{moved}"


def _sections(made: Conversion) -> Iterator[Section]:
    if made.losses:
        yield Section(
            notes=[
                "The file does not hold, or holds in another form:",
                *(f"- {_line(str(loss))}" for loss in made.losses),
            ]
        )
    if made.program.notes:
        yield Section(notes=["Left out or assumed when it was read:", *(f"- {_line(n)}" for n in made.program.notes)])


def _line(text: str) -> str:
    return shortened(printable(text), _LINE)
