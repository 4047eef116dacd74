"""`riskmc new FILE`: a program to begin with, as a commented program file or as a workbook with explanations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import Debug
from riskmc.cli.terminal import say
from riskmc.errors import ArgumentError, nearest

File = Annotated[
    str | None, typer.Argument(metavar="FILE", help="The file to write: a program file (.yaml) or a workbook (.xlsx).")
]
Excel = Annotated[str | None, typer.Option("--excel", metavar="FILE", help="Write a workbook (.xlsx) instead.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
_KINDS = (".yaml", ".yml", ".xlsx")


def new(file: File = None, excel: Excel = None, force: Force = False, debug: Debug = False) -> None:
    """Write a program to begin with: an example that forecasts as it stands, with explanations."""
    with plainly(debug):
        where = _destination(file, excel)
        riskmc.reports.check_destination(where)
        if Path(where).exists() and not force:
            raise ArgumentError(f"{where} is there already; --force writes over it")
        template = riskmc.io.workbook.template
        is_book = Path(where).suffix.lower() == ".xlsx"
        riskmc.reports.write_whole(template.workbook() if is_book else template.program_text(), where)
        say(f"{where} is written. Next: riskmc forecast {where}\n", sys.stdout)


def _destination(file: str | None, excel: str | None) -> str:
    """Return the one file to write; ArgumentError for none, two, or one of another kind."""
    where = excel if file is None else file
    if where is None or (file is not None and excel is not None):
        raise ArgumentError("name one file to write: riskmc new FILE.yaml, or riskmc new --excel FILE.xlsx")
    suffix = Path(where).suffix.lower()
    allowed = _KINDS if excel is None else (".xlsx",)
    if suffix not in allowed:
        found = f"{suffix!r}" if suffix else "no suffix"
        told = f"{where}: a file ending in {' '.join(allowed)} can be written, got {found}"
        raise ArgumentError(f"{told}{nearest(suffix, allowed)}")
    return where
