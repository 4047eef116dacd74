"""`riskmc check FILE`: what is wrong, doubtful or worth knowing in a program, and what it does to P80."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    DataDate,
    Debug,
    File,
    Iterations,
    Json,
    LagCalendar,
    LagFrom,
    Mitigation,
    Named,
    OutOfSequence,
    Quiet,
    Range,
    Ranges,
    Register,
    Scales,
    Seed,
    Strict,
    Threads,
    ThreePoint,
)
from riskmc.cli.outputs import deliver
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful

Thresholds = Annotated[
    list[str] | None,
    typer.Option("--threshold", metavar="NAME=VALUE", help="Another mark: high_duration=60d, logic=10%, cpli=0.9."),
]
Gate = Annotated[bool, typer.Option("--gate", help="Exit with code 1 where a DCMA point fails.")]
Everything = Annotated[bool, typer.Option("--all", help="Show every finding of a rule, not only the first five.")]


def check(
    file: File,
    iterations: Iterations = 2_000,
    seed: Seed = 1,
    threads: Threads = None,
    scenario: Named = None,
    default_range: Range = None,
    ranges_file: Ranges = None,
    register: Register = None,
    scales: Scales = None,
    three_point: ThreePoint = None,
    strict: Strict = False,
    mitigation: Mitigation = "current",
    lag_calendar: LagCalendar = None,
    out_of_sequence: OutOfSequence = None,
    lag_from: LagFrom = None,
    data_date: DataDate = None,
    thresholds: Thresholds = None,
    gate: Gate = False,
    everything: Everything = False,
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Is the schedule fit for a forecast, what is wrong or doubtful in it, and what does that do to P80?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        if json_file is not None:
            riskmc.reports.check_destination(json_file, file, register, scales, ranges_file)
        load_numba()
        program = riskmc.with_options(
            riskmc.read(file, strict, ranges_file, register, scales, three_point),
            lag_calendar=lag_calendar,
            out_of_sequence=out_of_sequence,
            lag_from=lag_from,
            data_date=data_date,
        )
        findings = riskmc.check(
            program,
            iterations=iterations,
            seed=seed,
            threads=threads,
            scenario=scenario,
            mitigation=mitigation,
            default_range=default_range,
            thresholds=thresholds,
            progress=progress.advance,
            notice=progress.notice,
        )
        progress.close()
        colour = colourful(sys.stdout)
        deliver(
            lambda: riskmc.reports.tell_check(findings, colour=colour, everything=everything),
            quiet,
            (json_file, lambda: riskmc.reports.dumps_check(findings)),
        )
    if gate and not findings.passed:
        raise typer.Exit(1)
