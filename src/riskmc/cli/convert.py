"""`riskmc convert IN OUT`: a program as another kind of file, and what that file cannot hold."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import files
from riskmc.cli.endings import WRITTEN
from riskmc.cli.faults import plainly
from riskmc.cli.options import Debug, Named, Quiet, program_file
from riskmc.cli.terminal import colourful, say

Source = Annotated[str, program_file("A program file, or a plan of any kind that riskmc reads.", "IN")]
_OUT = "By its ending: .yaml, .xlsx, .csv, .xer or .xml."
Destination = Annotated[str, typer.Argument(metavar="OUT", autocompletion=files(*WRITTEN), help=_OUT)]
Whole = Annotated[bool, typer.Option("--strict", help="Refuse to leave anything out.")]


def convert(
    source: Source,
    to: Destination,
    scenario: Named = None,
    strict: Whole = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the program as another kind of file, and say what that file cannot hold."""
    with plainly(debug):
        made = riskmc.convert(source, to, scenario=scenario, strict=strict)
        if not quiet and to != riskmc.reports.STANDARD_OUTPUT:
            say(riskmc.reports.tell_conversion(made, to, colour=colourful(sys.stdout)), sys.stdout)
