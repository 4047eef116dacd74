"""`riskmc diagnose FILE`: why is the P80 so close to the plan, or so far from it?"""

from __future__ import annotations

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run


@one_run()
def diagnose(run: Run) -> Answer:
    """Why is the P80 so close to the plan: constraints, narrow or missing ranges, no correlation, idle risks?"""
    found = riskmc.diagnose(run.trials(), progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_diagnosis(found, colour=colour),
        lambda: riskmc.reports.dumps_diagnosis(found),
    )
