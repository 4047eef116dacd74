"""`riskmc verify PLAN`: a plan recomputed, and compared with the dates that its planning tool stored.

Exit code 0 only where everything that is stored matches, 1 where something differs.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import DataDate, Debug, File, Json, LagCalendar, LagFrom, OutOfSequence, Quiet
from riskmc.cli.outputs import deliver
from riskmc.cli.terminal import colourful

DIFFERENCES = 1
Everything = Annotated[bool, typer.Option("--all", help="Show every field of every activity that differs.")]


def verify(
    file: File,
    lag_calendar: LagCalendar = None,
    out_of_sequence: OutOfSequence = None,
    lag_from: LagFrom = None,
    data_date: DataDate = None,
    everything: Everything = False,
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Does riskmc understand the plan? Recomputed, and compared with its own dates.

    The exit code is 0 where all that is stored matches, 1 where something differs, 2 where nothing can be compared.
    """
    with plainly(debug):
        if json_file is not None:
            riskmc.reports.check_destination(json_file, file)
        program = riskmc.with_options(
            riskmc.read(file),
            lag_calendar=lag_calendar,
            out_of_sequence=out_of_sequence,
            lag_from=lag_from,
            data_date=data_date,
        )
        found = riskmc.verify(program)
        colour = colourful(sys.stdout)
        deliver(
            lambda: riskmc.reports.tell_verification(found, colour=colour, everything=everything),
            quiet,
            (json_file, lambda: riskmc.reports.dumps_verification(found)),
        )
    if not found.complete:
        raise typer.Exit(DIFFERENCES)
