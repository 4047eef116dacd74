"""`riskmc explore FILE`: live what-ifs on a local page: sliders and switches beside the forecast that follows them."""

from __future__ import annotations

import sys
import webbrowser
from typing import Annotated

import typer

import riskmc
from riskmc.cli.completion import selectors
from riskmc.cli.faults import plainly
from riskmc.cli.options import Debug, Engine, File, Ignore, Iterations, Range, Seed, Threads, split_items
from riskmc.cli.terminal import Progress, say
from riskmc.cli.usage import whole

Durations = Annotated[
    list[str] | None,
    typer.Option(
        "--duration",
        metavar="SELECTOR",
        autocompletion=selectors,
        help="A slider for these activities.  [default: the most critical]",
    ),
]
Costs = Annotated[
    list[str] | None,
    typer.Option(
        "--cost",
        metavar="SELECTOR",
        autocompletion=selectors,
        help="A slider for what these activities cost.",
    ),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="PLACE", help="The project, milestone or target to show first."),
]
Spoken = Annotated[str, typer.Option("--language", metavar="LANG", help="Of words, dates and numbers: en or de.")]
Port = Annotated[
    int, typer.Option("--port", metavar="N", parser=whole("--port", 0, 65535), help="The port; 0 takes a free one.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the address, and open no browser.")]


def explore(
    file: File,
    durations: Durations = None,
    costs: Costs = None,
    at: At = None,
    language: Spoken = "en",
    port: Port = 0,
    no_browser: NoBrowser = False,
    iterations: Iterations = 10_000,
    seed: Seed = 1,
    threads: Threads = None,
    default_range: Range = None,
    engine: Engine = None,
    ignore: Ignore = None,
    debug: Debug = False,
) -> None:
    """What if? Sliders and switches beside the forecast, on a page of this machine alone. Ctrl+C ends it."""
    with plainly(debug), Progress() as progress:
        asked = riskmc.live.prepare(
            riskmc.read(file),
            riskmc.live.Chosen(durations, costs=costs or ()),
            iterations,
            seed,
            threads=threads,
            default_range=default_range,
            engine=engine,
            ignore=split_items(ignore),
            at=at,
            language=language,
            progress=progress.advance,
            notice=progress.notice,
        )
        progress.close()
        served = riskmc.live.serve(asked, port)
        say(f"{served.address}\nCtrl+C ends it.\n", sys.stdout)
        if not no_browser:
            webbrowser.open(served.address)
        served.run()
