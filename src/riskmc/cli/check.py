"""`riskmc check FILE`: what is wrong, doubtful or worth knowing in a program, and what it does to P80."""

from __future__ import annotations

from typing import Annotated

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Iterations

Thresholds = Annotated[
    list[str] | None,
    typer.Option("--threshold", metavar="NAME=VALUE", help="Another mark: high_duration=60d, logic=10%, cpli=0.9."),
]
Gate = Annotated[bool, typer.Option("--gate", help="Exit with code 1 where a DCMA point fails.")]
Everything = Annotated[bool, typer.Option("--all", help="Show every finding of a rule, not only the first five.")]


@one_run(without=("sampling", "ignore", "constraints", "plots"))
def check(
    run: Run,
    thresholds: Thresholds = None,
    gate: Gate = False,
    everything: Everything = False,
    iterations: Iterations = 2_000,
) -> Answer:
    """Is the schedule fit for a forecast, what is wrong or doubtful in it, and what does that do to P80?"""
    findings = riskmc.check(
        run.program(),
        iterations=iterations,
        seed=run.seed,
        threads=run.threads,
        scenario=run.scenario,
        mitigation=run.mitigation,
        default_range=run.default_range,
        thresholds=thresholds,
        progress=run.progress.advance,
        notice=run.progress.notice,
    )
    return Answer(
        lambda colour: riskmc.reports.tell_check(findings, colour=colour, everything=everything),
        lambda: riskmc.reports.dumps_check(findings),
        code=int(gate and not findings.passed),
    )
