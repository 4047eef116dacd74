"""`riskmc ranges FILE`: which range applies to each activity, printed, as JSON, and as a table for a spreadsheet."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import Debug, File, Json, Named, Quiet, Range, Ranges, Strict
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import colourful, say
from riskmc.errors import ArgumentError

Table = Annotated[
    str | None,
    typer.Option("--csv", metavar="FILE", help="Write the table for a spreadsheet; --ranges reads it back."),
]


def ranges(
    file: File,
    scenario: Named = None,
    default_range: Range = None,
    ranges_file: Ranges = None,
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
            riskmc.reports.check_destination(name)
        if len(wanted) == 2 and csv_file == json_file:
            raise ArgumentError(f"--csv and --json both go to {csv_file}: name two different files")
        load_numba()
        program = riskmc.read(file, strict=strict, ranges=ranges_file)
        changed = program if scenario is None else program.scenario(scenario)
        silent = quiet or riskmc.reports.STANDARD_OUTPUT in wanted
        _deliver(riskmc.range_table(changed, default_range), csv_file, json_file, silent)


def _deliver(table: riskmc.RangeTable, csv_file: str | None, json_file: str | None, silent: bool) -> None:
    """Write the tables and print the answer; all are made before any is written."""
    answer = "" if silent else riskmc.reports.tell_ranges(table, colour=colourful(sys.stdout))
    rows = riskmc.reports.ranges_csv(table) if csv_file is not None else ""
    record = riskmc.reports.dumps_ranges(table) if json_file is not None else ""
    if csv_file is not None:
        riskmc.reports.write_whole(rows, csv_file)
    if json_file is not None:
        riskmc.reports.write_whole(record, json_file)
    say(answer, sys.stdout)
