"""`riskmc check FILE`: what is wrong, doubtful or worth knowing in a program, and what it does to P80."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    Debug,
    File,
    Iterations,
    Json,
    Mitigation,
    Named,
    Quiet,
    Range,
    Ranges,
    Seed,
    Strict,
    Threads,
)
from riskmc.cli.outputs import deliver
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful

Everything = Annotated[bool, typer.Option("--all", help="Show every finding of a rule, not only the first five.")]


def check(
    file: File,
    iterations: Iterations = 2_000,
    seed: Seed = 1,
    threads: Threads = None,
    scenario: Named = None,
    default_range: Range = None,
    ranges_file: Ranges = None,
    strict: Strict = False,
    mitigation: Mitigation = "current",
    everything: Everything = False,
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """What is wrong or doubtful in the program, and what does it do to P80?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        if json_file is not None:
            riskmc.reports.check_destination(json_file)
        load_numba()
        findings = riskmc.check(
            riskmc.read(file, strict=strict, ranges=ranges_file),
            iterations=iterations,
            seed=seed,
            threads=threads,
            scenario=scenario,
            mitigation=mitigation,
            default_range=default_range,
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
