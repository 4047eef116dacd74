"""`riskmc register FILE`: which risks of a register are drawn, with which values, and which are left out, and why."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import PROGRAM_FILES, TABLE_FILES
from riskmc.cli.faults import plainly
from riskmc.cli.options import Debug, Json, Quiet, Scales
from riskmc.cli.outputs import deliver
from riskmc.cli.terminal import colourful

RegisterFile = Annotated[
    str, typer.Argument(metavar="FILE", autocompletion=TABLE_FILES, help="A risk register (.xlsx, .csv).")
]
Plan = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="FILE",
        autocompletion=PROGRAM_FILES,
        help="The plan, or program file, to which its risks are mapped.",
    ),
]


def register(
    file: RegisterFile,
    plan: Plan = None,
    scales: Scales = None,
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Which risks of a register are drawn, with which values, and which are left out, and why?"""
    with plainly(debug):
        if json_file is not None:
            riskmc.reports.check_destination(json_file, file, plan, scales)
        program = None if plan is None else riskmc.read(plan)
        found = riskmc.read_register(file, program, scales)
        deliver(
            lambda: riskmc.reports.tell_register(found, colour=colourful(sys.stdout)),
            quiet,
            (json_file, lambda: riskmc.reports.dumps_register(found)),
        )
