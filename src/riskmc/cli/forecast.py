"""`riskmc forecast FILE`: the answer printed, the record as JSON, the page as HTML, and the pictures."""

from __future__ import annotations

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import AtMost, Delays, Html, Into, Until
from riskmc.cli.outputs import check_further


@one_run()
def forecast(
    run: Run,
    until: Until = None,
    at_most: AtMost = 1_000_000,
    delays: Delays = "leave-out",
    html_file: Html = None,
    into: Into = None,
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
    return Answer(
        lambda colour: riskmc.reports.tell(trials, colour=colour),
        lambda: riskmc.reports.dumps(trials),
        {} if run.plots is None else riskmc.reports.pictures_of(trials),
        [
            (html_file, lambda: riskmc.reports.page(trials)),
            (into, lambda: riskmc.reports.fill_plan_copy(trials)),
        ],
    )
