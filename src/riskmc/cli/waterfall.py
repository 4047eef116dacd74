"""`riskmc waterfall FILE`: from the plan's date and cost to P80, in steps that add up."""

from __future__ import annotations

from functools import partial

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Percentile


@one_run()
def waterfall(run: Run, percentile: Percentile = 0.80) -> Answer:
    """Why is P80 so far from the plan: ranges, paths that meet, correlations, and each risk, in steps that add up?"""
    found = riskmc.waterfall(run.trials(), percentile, progress=run.progress.advance)
    return Answer(
        lambda colour: riskmc.reports.tell_waterfall(found, colour=colour),
        lambda: riskmc.reports.dumps_waterfall(found),
        {
            f"{by}-waterfall": partial(riskmc.plot.waterfall, found, by=by)
            for by in ("finish", "cost")
            if found.trials.random and (by == "finish" or found.trials.has_cost)
        },
    )
