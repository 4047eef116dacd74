"""`riskmc iteration FILE K`: one iteration whole from its number, or the one that is the P80."""

from __future__ import annotations

from typing import Annotated, Any

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.usage import percentile, whole

_LEVEL = percentile("ITERATION")
_NUMBER = whole("ITERATION", 0)


def _read(text: str) -> Any:
    """Return the number of an iteration, or the share of a percentile: 1453, P80."""
    return _NUMBER(text) if text.strip().isdigit() else _LEVEL(text)


Which = Annotated[
    Any, typer.Argument(metavar="ITERATION", parser=_read, help="Its number, from 0; or P80, the one that is the P80.")
]


@one_run()
def iteration(run: Run, which: Which) -> Answer:
    """What happened in one iteration: which risks struck and how hard, every date, and its critical path?"""
    if isinstance(which, float):
        found = riskmc.iteration(run.trials(), at=which)
    else:
        found = riskmc.iteration(run.trials(range(which, which + 1)), which)  # no other is needed
    return Answer(
        lambda colour: riskmc.reports.tell_iteration(found, colour=colour),
        lambda: riskmc.reports.dumps_iteration(found),
    )
