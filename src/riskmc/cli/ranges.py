"""`riskmc ranges FILE`: which range applies to each activity, printed, as JSON, and as a table for a spreadsheet."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import files
from riskmc.cli.faults import plainly
from riskmc.cli.options import Debug, File, Json, Named, Quiet, Range, Ranges, Register, Scales, Strict, ThreePoint
from riskmc.cli.outputs import deliver
from riskmc.cli.panels import OUTPUT
from riskmc.cli.terminal import colourful
from riskmc.errors import ArgumentError

Table = Annotated[
    str | None,
    typer.Option(
        "--csv",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        autocompletion=files(".csv"),
        help="Write the table for a spreadsheet; --ranges reads it back.",
    ),
]


def ranges(
    file: File,
    scenario: Named = None,
    default_range: Range = None,
    ranges_file: Ranges = None,
    register: Register = None,
    scales: Scales = None,
    three_point: ThreePoint = None,
    strict: Strict = False,
    csv_file: Table = None,
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Which range applies to each activity, and what are its minimum, most likely and maximum?"""
    with plainly(debug):
        wanted = [name for name in (csv_file, json_file) if name is not None]
        for name in wanted:
            riskmc.reports.check_destination(name, file, register, scales)
        if len(wanted) == 2 and csv_file == json_file:
            raise ArgumentError(f"--csv and --json both go to {csv_file}: name two different files")
        program = riskmc.read(file, strict, ranges_file, register, scales, three_point)
        changed = program if scenario is None else program.scenario(scenario)
        table = riskmc.range_table(changed, default_range)
        deliver(
            lambda: riskmc.reports.tell_ranges(table, colour=colourful(sys.stdout)),
            quiet,
            (csv_file, lambda: riskmc.reports.ranges_csv(table)),
            (json_file, lambda: riskmc.reports.dumps_ranges(table)),
        )
