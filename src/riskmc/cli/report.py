"""`riskmc report FILE -o OUT`: the forecast for those who decide, as a page, a PDF, slides, a workbook or text."""

from __future__ import annotations

from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import PROGRAM_FILES, files, scenarios
from riskmc.cli.endings import PROGRAMS, REPORTED
from riskmc.cli.one_run import Answer, Run, one_run
from riskmc.cli.options import Checked, split_items
from riskmc.errors import ArgumentError

Out = Annotated[
    list[str] | None,
    typer.Option(
        "-o",
        "--out",
        metavar="OUT",
        autocompletion=files(*REPORTED),
        help="The file to write: .html .pdf .pptx .xlsx or .md; once for each format.",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="PREVIOUS",
        autocompletion=PROGRAM_FILES,
        help="The program as reported last time: what changed since, and why.",
    ),
]
Beside = Annotated[
    list[str] | None,
    typer.Option(
        "--compare",
        metavar="NAME",
        autocompletion=scenarios,
        help="A scenario to stand beside it; once for each.  [default: all]",
    ),
]
Themed = Annotated[
    str | None,
    typer.Option(
        "--theme",
        metavar="FILE",
        autocompletion=files(*PROGRAMS),
        help="Logo, colours, language and sections of your organisation.",
    ),
]


@one_run(without=("json_file", "plots"))
def report(
    run: Run,
    out: Out = None,
    against: Against = None,
    compare: Beside = None,
    theme: Themed = None,
    checked: Checked = False,
) -> Answer:
    """The report to a steering committee: the answer first, then why, what to decide, and how sure all of it is."""
    files = _files(run, out, against, theme)
    look = riskmc.reports.PLAIN if theme is None else riskmc.reports.read_theme(theme)
    program = run.program()
    before = None if against is None else run.program(against)
    beside = [program.scenario(name) for name in (run.scenario, *(compare or ())) if name]
    engine = run.engine_for(*beside, *([] if before is None else [before]), *([] if run.scenario else [program]))
    trials = run.ask(riskmc.simulate, program, scenario=run.scenario, engine=engine, statistics=True)
    others, left = _beside(run, program, trials, compare)
    compared = run.ask(riskmc.crosscheck, program, scenario=run.scenario) if checked else None
    riskmc.report(
        trials,
        *others,
        to=files,
        against=before,
        theme=look,
        crosscheck=compared,
        left_out=[f"{_told(program, name)} needs the discrete-event engine and is not compared here." for name in left],
        progress=run.progress.advance,
    )
    lines = [riskmc.reports.headline(trials), *(f"{file} is written." for file in files)]
    lines += [f"{name} needs the discrete-event engine: --compare {name} adds it." for name in left]
    return Answer(lambda _: "".join(f"{line}\n" for line in lines), str)


def _told(program: riskmc.Program, scenario: str) -> str:
    """Return what people call a scenario: its name, else its identifier."""
    return program.scenarios[scenario].name or scenario


def _files(run: Run, out: list[str] | None, *sources: str | None) -> list[str]:
    """Return the files to write, each once; refuse what could not be written before any work is done for it."""
    files = list(dict.fromkeys(out or ()))
    if not files:
        raise ArgumentError("name the file to write: -o report.html (or .pdf, .pptx, .xlsx, .md)")
    for file in files:
        riskmc.reports.format_of(file)
        riskmc.reports.check_destination(file, *run.sources, *sources)
    return files


def _beside(
    run: Run, program: riskmc.Program, trials: riskmc.Trials, wanted: list[str] | None
) -> tuple[list[riskmc.Trials], list[str]]:
    """Return the scenarios to stand beside the trials, and the identifiers of those that do not.

    Without any that are named these are all that the engine of the trials can run.
    """
    names = [name for name in dict.fromkeys(wanted or program.scenarios) if name != run.scenario]
    ignored = split_items(run.ignore)
    left = [
        name
        for name in names
        if wanted is None
        and trials.engine == "monte-carlo"
        and riskmc.needed_engine(program.scenario(name), ignored) != trials.engine
    ]
    found = [
        run.ask(riskmc.simulate, program, scenario=name, engine=trials.engine) for name in names if name not in left
    ]
    return found, left
