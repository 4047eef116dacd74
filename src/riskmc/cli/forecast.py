"""`riskmc forecast FILE`: the answer printed, the record as JSON, the page as HTML, and the pictures."""

from __future__ import annotations

import sys

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    AtMost,
    Constraints,
    Debug,
    File,
    Html,
    Ignore,
    Iterations,
    Json,
    Mitigation,
    Named,
    Plots,
    Quiet,
    Range,
    Ranges,
    Sampling,
    Seed,
    Strict,
    Threads,
    Until,
    split_items,
)
from riskmc.cli.outputs import Outputs
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful, say


def forecast(
    file: File,
    iterations: Iterations = 10_000,
    until: Until = None,
    at_most: AtMost = 1_000_000,
    seed: Seed = 1,
    threads: Threads = None,
    sampling: Sampling = "montecarlo",
    scenario: Named = None,
    default_range: Range = None,
    ranges_file: Ranges = None,
    strict: Strict = False,
    mitigation: Mitigation = "current",
    ignore: Ignore = None,
    constraints: Constraints = "relaxed",
    json_file: Json = None,
    html_file: Html = None,
    plots: Plots = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """When will it finish, what will it cost, and how sure are we?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        outputs = Outputs(json_file, html_file, plots)
        outputs.check()
        load_numba()
        trials = riskmc.simulate(
            riskmc.read(file, strict=strict, ranges=ranges_file),
            iterations=iterations,
            until=until,
            at_most=at_most,
            seed=seed,
            threads=threads,
            sampling=sampling,
            scenario=scenario,
            default_range=default_range,
            mitigation=mitigation,
            ignore=split_items(ignore),
            constraints=constraints,
            statistics=True,
            progress=progress.advance,
            notice=progress.notice,
        )
        progress.close()
        silent = quiet or outputs.take_standard_output
        answer = "" if silent else riskmc.reports.tell(trials, colour=colourful(sys.stdout))
        outputs.write(trials)
        say(answer, sys.stdout)
