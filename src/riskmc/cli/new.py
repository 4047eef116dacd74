"""`riskmc new DIR`: a program to begin with: a folder, or a commented program file, or a workbook with explanations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import files
from riskmc.cli.faults import plainly
from riskmc.cli.folders import check_new_folder, write_folder
from riskmc.cli.options import Debug
from riskmc.cli.terminal import say
from riskmc.errors import ArgumentError, nearest

_WHERE = "A folder to make; or a file: a program file (.yaml), a workbook (.xlsx)."
Where = Annotated[str | None, typer.Argument(metavar="DIR", help=_WHERE, autocompletion=files("/"))]
Excel = Annotated[
    str | None,
    typer.Option("--excel", metavar="FILE", autocompletion=files(".xlsx"), help="Write a workbook (.xlsx) alone."),
]
Themed = Annotated[
    str | None,
    typer.Option("--theme", metavar="FILE", autocompletion=files(".yaml"), help="Write a theme for reports instead."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over files that are there.")]
_KINDS = (".yaml", ".yml", ".xlsx")
_WAYS = "riskmc new DIR, riskmc new FILE.yaml, or riskmc new --excel FILE.xlsx"


def new(
    where: Where = None, excel: Excel = None, theme: Themed = None, force: Force = False, debug: Debug = False
) -> None:
    """Write a program to begin with: an example that forecasts as it stands, with explanations."""
    with plainly(debug):
        if theme is not None:
            _new_theme(theme, where or excel, force)
        elif excel is None and where is not None and _is_folder(where):
            _new_folder(where, force)
        else:
            _new_file(_destination(where, excel), force)


def _is_folder(where: str) -> bool:
    """Return whether a folder is meant: a name without an ending, or with that of a folder that is there."""
    return Path(where).is_dir() or where.endswith(("/", "\\")) or not Path(where).suffix


def _new_folder(where: str, force: bool) -> None:
    check_new_folder(where, force)
    write_folder(riskmc.io.starter.contents(), where)
    beginning = f"cd {where}\n  " if Path(where).resolve() != Path.cwd() else ""
    told = "\n  ".join(f"riskmc {command} program.yaml" for command in ("check", "forecast", "compare"))
    say(f"{where} is written: README.md says what is in it. Next:\n  {beginning}{told}\n", sys.stdout)


def _new_theme(where: str, other: str | None, force: bool) -> None:
    """Write the look of reports, every word of it explained."""
    if other is not None or Path(where).suffix.lower() not in (".yaml", ".yml"):
        raise ArgumentError("name one theme to write, and nothing else: riskmc new --theme house.yaml")
    _check_free(where, force)
    riskmc.reports.write_whole(riskmc.reports.theme_text(where), where)
    say(f"{where} is written. Next: riskmc report FILE --theme {where} -o report.html\n", sys.stdout)


def _check_free(where: str, force: bool) -> None:
    riskmc.reports.check_destination(where)
    if Path(where).exists() and not force:
        raise ArgumentError(f"{where} is there already; --force writes over it")


def _new_file(where: str, force: bool) -> None:
    _check_free(where, force)
    template = riskmc.io.workbook.template
    is_book = Path(where).suffix.lower() == ".xlsx"
    riskmc.reports.write_whole(template.workbook() if is_book else template.program_text(), where)
    say(f"{where} is written. Next: riskmc forecast {where}\n", sys.stdout)


def _destination(file: str | None, excel: str | None) -> str:
    """Return the one file to write; ArgumentError for none, two, or one of another kind."""
    where = excel if file is None else file
    if where is None or (file is not None and excel is not None):
        raise ArgumentError(f"name one thing to write: {_WAYS}")
    suffix = Path(where).suffix.lower()
    allowed = _KINDS if excel is None else (".xlsx",)
    if suffix not in allowed:
        found = f"{suffix!r}" if suffix else "no suffix"
        folder = "" if excel is not None else "; a name without an ending makes a folder"
        told = f"{where}: a file ending in {' '.join(allowed)} can be written, got {found}"
        raise ArgumentError(f"{told}{nearest(suffix, allowed) or folder}")
    return where
