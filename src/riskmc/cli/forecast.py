"""`riskmc forecast FILE`: the answer printed, the record as JSON, the page as HTML, and the pictures."""

from __future__ import annotations

import sys
from functools import partial

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    AtMost,
    Constraints,
    DataDate,
    Debug,
    Delays,
    File,
    Html,
    Ignore,
    Into,
    Iterations,
    Json,
    LagCalendar,
    LagFrom,
    Mitigation,
    Named,
    OutOfSequence,
    Plots,
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
    register: Register = None,
    scales: Scales = None,
    three_point: ThreePoint = None,
    strict: Strict = False,
    mitigation: Mitigation = "current",
    ignore: Ignore = None,
    constraints: Constraints = "relaxed",
    delays: Delays = "leave-out",
    lag_calendar: LagCalendar = None,
    out_of_sequence: OutOfSequence = None,
    lag_from: LagFrom = None,
    data_date: DataDate = None,
    json_file: Json = None,
    html_file: Html = None,
    plots: Plots = None,
    into: Into = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """When will it finish, what will it cost, and how sure are we?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        outputs = Outputs(json_file, html_file, plots, into)
        outputs.check(file, register, scales, ranges_file)
        load_numba()
        read = partial(riskmc.read, register=register, scales=scales, three_point=three_point)
        program = riskmc.with_options(
            read(file, strict=strict, ranges=ranges_file),
            lag_calendar=lag_calendar,
            out_of_sequence=out_of_sequence,
            lag_from=lag_from,
            data_date=data_date,
        )
        if delays == "keep":
            program = riskmc.keep_delays(program)
        outputs.check_plan(program)
        trials = riskmc.simulate(
            program,
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
