"""`riskmc diff OLD NEW`: what changed between two programs, and how far each change moves P50 and P80."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    Constraints,
    Debug,
    Ignore,
    Iterations,
    Json,
    Mitigation,
    Plots,
    Quiet,
    Range,
    Sampling,
    Seed,
    Strict,
    Threads,
    ThreePoint,
    split_items,
)
from riskmc.cli.outputs import deliver
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful
from riskmc.cli.usage import whole

Old = Annotated[str, typer.Argument(metavar="OLD", help="The program as it was: any file that a forecast reads.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The program as it is.")]
Groups = Annotated[
    int,
    typer.Option(metavar="N", parser=whole("--groups", 1), help="About how many changes to tell apart."),
]


def diff(
    old: Old,
    new: New,
    iterations: Iterations = 10_000,
    seed: Seed = 1,
    threads: Threads = None,
    sampling: Sampling = "montecarlo",
    default_range: Range = None,
    three_point: ThreePoint = None,
    strict: Strict = False,
    mitigation: Mitigation = "current",
    ignore: Ignore = None,
    constraints: Constraints = "relaxed",
    groups: Groups = 24,
    json_file: Json = None,
    plots: Plots = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """What changed from one program to the next, and how much of the movement in P50 and P80 is each change?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        if json_file is not None:
            riskmc.reports.check_destination(json_file, old, new)
        if plots is not None:
            riskmc.reports.check_folder(plots)
        load_numba()
        before, after = (riskmc.read(file, strict, three_point=three_point) for file in (old, new))
        found = riskmc.diff(
            before,
            after,
            iterations=iterations,
            seed=seed,
            threads=threads,
            sampling=sampling,
            mitigation=mitigation,
            default_range=default_range,
            ignore=split_items(ignore),
            constraints=constraints,
            groups=groups,
            progress=progress.advance,
            notice=progress.notice,
        )
        progress.close()
        deliver(
            lambda: riskmc.reports.tell_diff(found, colour=colourful(sys.stdout)),
            quiet,
            (json_file, lambda: riskmc.reports.dumps_diff(found)),
        )
        if plots is not None:
            drawn = ((f"{of}-changes", riskmc.plot.changes(found, of=of)) for of in found.pictured)
            riskmc.reports.write_drawn(drawn, plots)
