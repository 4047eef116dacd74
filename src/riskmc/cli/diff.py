"""`riskmc diff OLD NEW`: what changed between two programs, and how far each change moves P50 and P80."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import program_file
from riskmc.cli.usage import whole

Old = Annotated[str, program_file("The program as it was: any file that a forecast reads.", "OLD")]
New = Annotated[str, program_file("The program as it is.", "NEW")]
Groups = Annotated[
    int,
    typer.Option(metavar="N", parser=whole("--groups", 1), help="About how many changes to tell apart."),
]


@one_run(without=("file", "scenario", "ranges_file", "register", "scales"))
def diff(run: Run, old: Old, new: New, groups: Groups = 24) -> Answer:
    """What changed from one program to the next, and how much of the movement in P50 and P80 is each change?"""
    found = run.ask(riskmc.diff, run.program(old), run.program(new), groups=groups)
    return Answer(
        lambda colour: riskmc.reports.tell_diff(found, colour=colour),
        lambda: riskmc.reports.dumps_diff(found),
        {f"{of}-changes": partial(riskmc.plot.changes, found, of=of) for of in found.pictured},
    )
