"""`riskmc crosscheck FILE`: both engines on the same draws, and both implementations, event by event."""

from __future__ import annotations

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Iterations

DISAGREEMENT = 1


@one_run(without=("engine", "plots"))
def crosscheck(run: Run, iterations: Iterations = 1_000) -> Answer:
    """Do both engines, and both implementations of the second one, compute the same?

    The exit code is 0 where everything agrees, 1 where something differs.
    """
    run.iterations = iterations
    found = run.ask(riskmc.crosscheck, run.program(), scenario=run.scenario)
    return Answer(
        lambda colour: riskmc.reports.tell_crosscheck(found, colour=colour),
        lambda: riskmc.reports.dumps_crosscheck(found),
        code=0 if found.agrees else DISAGREEMENT,
    )
