"""`riskmc forecast FILE`: the answer printed, and the record as JSON."""

from __future__ import annotations

import sys

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    Constraints,
    Debug,
    File,
    Ignore,
    Iterations,
    Json,
    Mitigation,
    Named,
    Quiet,
    Range,
    Seed,
    Threads,
    split_items,
)
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful, say


def forecast(
    file: File,
    iterations: Iterations = 10_000,
    seed: Seed = 1,
    threads: Threads = None,
    scenario: Named = None,
    default_range: Range = None,
    mitigation: Mitigation = "current",
    ignore: Ignore = None,
    constraints: Constraints = "relaxed",
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """When will it finish, what will it cost, and how sure are we?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        if json_file is not None:
            riskmc.reports.check_destination(json_file)
        load_numba()
        trials = riskmc.simulate(
            riskmc.read(file),
            iterations=iterations,
            seed=seed,
            threads=threads,
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
        _deliver(trials, json_file, quiet or json_file == riskmc.reports.STANDARD_OUTPUT)


def _deliver(trials: riskmc.Trials, json_file: str | None, silent: bool) -> None:
    """Write the record and print the answer; both are made before either is written."""
    answer = "" if silent else riskmc.reports.tell(trials, colour=colourful(sys.stdout))
    if json_file is not None:
        riskmc.reports.write_whole(riskmc.reports.dumps(trials), json_file)
    say(answer, sys.stdout)
