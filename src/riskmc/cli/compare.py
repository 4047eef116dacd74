"""`riskmc compare FILE`: how far each scenario moves finish, cost and every chance from the program as it stands."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import scenarios
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.errors import ArgumentError

Several = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        autocompletion=scenarios,
        help="A scenario of the file; once for each.  [default: all of them]",
    ),
]


@one_run()
def compare(run: Run, scenario: Several = None) -> Answer:
    """What would each scenario change, in days, in money, and in the chance of every target?"""
    program = run.program()
    names = [None, *_scenarios(program, scenario, run.file)]
    parts = [run.progress.part(place, len(names)) for place in range(len(names))]
    engine = run.engine_for(program, *(program.scenario(name) for name in names if name))
    simulated = partial(run.ask, riskmc.simulate, program, engine=engine)
    found = riskmc.compare(*(simulated(scenario=name, progress=part) for name, part in zip(names, parts, strict=True)))
    return Answer(
        lambda colour: riskmc.reports.tell_comparison(found, colour=colour),
        lambda: riskmc.reports.dumps_comparison(found),
        {"scenarios": partial(riskmc.plot.scenarios, found)},
    )


def _scenarios(program: riskmc.Program, wanted: list[str] | None, file: str) -> list[str]:
    """Return the scenarios to compare, each once; refuse those that do not exist or cannot be applied."""
    names = list(dict.fromkeys(wanted or program.scenarios))
    if not names:
        raise ArgumentError(f"{file} has no scenarios; describe one under `scenarios:` to compare it")
    for name in names:
        program.scenario(name)
    return names
