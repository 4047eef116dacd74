"""`riskmc forecast FILE`: the answer printed, the record as JSON, the page as HTML, and the pictures."""

from __future__ import annotations

from typing import Any

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import AtMost, Checked, Delays, Html, Into, Until
from riskmc.cli.outputs import check_further

MOST_COMPARED = 1_000


@one_run()
def forecast(
    run: Run,
    until: Until = None,
    at_most: AtMost = 1_000_000,
    delays: Delays = "leave-out",
    html_file: Html = None,
    into: Into = None,
    checked: Checked = False,
) -> Answer:
    """When will it finish, what will it cost, and how sure are we?"""
    files = {"--json": run.json_file, "--html": html_file, "--into": into}
    check_further(files, run.sources)
    program = run.program()
    if delays == "keep":
        program = riskmc.keep_delays(program)
    if html_file is not None:
        riskmc.reports.check_plan_kept(program, html_file)
    if into is not None:
        riskmc.reports.check_plan_copy(program, into)
    trials = run.ask(riskmc.simulate, program, scenario=run.scenario, until=until, at_most=at_most, statistics=True)
    compared = _compared(run, program) if checked else None
    told = trials if compared is None else riskmc.reports.with_crosscheck(trials, compared)
    return Answer(
        lambda colour: riskmc.reports.tell(told, colour=colour),
        lambda: riskmc.reports.dumps(trials, compared),
        {} if run.plots is None else riskmc.reports.pictures_of(trials),
        [
            (html_file, lambda: riskmc.reports.page(told)),
            (into, lambda: riskmc.reports.fill_plan_copy(trials)),
        ],
    )


def _compared(run: Run, program: riskmc.Program) -> riskmc.Crosscheck:
    """Return how far the engines agree on the first iterations, whichever of them runs the forecast."""

    def work(whole: riskmc.Program, engine: str | None = None, **options: Any) -> riskmc.Crosscheck:  # noqa: ARG001
        return riskmc.crosscheck(whole, **options)

    return run.ask(work, program, scenario=run.scenario, iterations=min(run.iterations, MOST_COMPARED))
