"""`riskmc compare FILE`: how far each scenario moves finish, cost and every chance from the program as it stands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    Constraints,
    DataDate,
    Debug,
    File,
    Ignore,
    Iterations,
    Json,
    LagCalendar,
    LagFrom,
    Mitigation,
    OutOfSequence,
    Quiet,
    Range,
    Ranges,
    Register,
    Sampling,
    Scales,
    Seed,
    Strict,
    Threads,
    ThreePoint,
    split_items,
)
from riskmc.cli.outputs import deliver
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful
from riskmc.errors import ArgumentError

Several = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME", help="A scenario of the file; once for each.  [default: all of them]"),
]


def compare(
    file: File,
    scenario: Several = None,
    iterations: Iterations = 10_000,
    seed: Seed = 1,
    threads: Threads = None,
    sampling: Sampling = "montecarlo",
    default_range: Range = None,
    ranges_file: Ranges = None,
    register: Register = None,
    scales: Scales = None,
    three_point: ThreePoint = None,
    strict: Strict = False,
    mitigation: Mitigation = "current",
    ignore: Ignore = None,
    constraints: Constraints = "relaxed",
    lag_calendar: LagCalendar = None,
    out_of_sequence: OutOfSequence = None,
    lag_from: LagFrom = None,
    data_date: DataDate = None,
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """What would each scenario change, in days, in money, and in the chance of every target?"""
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
        names = _scenarios(program, scenario, file)
        run = partial(
            riskmc.simulate,
            program,
            iterations=iterations,
            seed=seed,
            threads=threads,
            sampling=sampling,
            default_range=default_range,
            mitigation=mitigation,
            ignore=split_items(ignore),
            constraints=constraints,
            notice=progress.notice,
        )
        runs = [
            run(scenario=name, progress=_share(progress, place, 1 + len(names)))
            for place, name in enumerate([None, *names])
        ]
        progress.close()
        comparison = riskmc.compare(*runs)
        deliver(
            lambda: riskmc.reports.tell_comparison(comparison, colour=colourful(sys.stdout)),
            quiet,
            (json_file, lambda: riskmc.reports.dumps_comparison(comparison)),
        )


def _scenarios(program: riskmc.Program, wanted: list[str] | None, file: str) -> list[str]:
    """Return the scenarios to compare, each once; refuse those that do not exist or cannot be applied."""
    names = list(dict.fromkeys(wanted or program.scenarios))
    if not names:
        raise ArgumentError(f"{file} has no scenarios; describe one under `scenarios:` to compare it")
    for name in names:
        program.scenario(name)
    return names


def _share(progress: Progress, place: int, runs: int) -> Callable[[int, int], None]:
    """Return what tells of one run as a part of all of them."""
    return lambda done, total: progress.advance(place * total + done, runs * total)
