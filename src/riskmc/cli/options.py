"""Options that several commands share, each with its one-line help."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

File = Annotated[str, typer.Argument(metavar="FILE", help="A program file (.yaml) or a Primavera P6 export (.xer).")]
Iterations = Annotated[int, typer.Option(metavar="N", min=1, help="How many iterations to run.")]
Seed = Annotated[
    int, typer.Option(metavar="N", min=0, max=2**64 - 1, help="The same seed gives the same numbers, on any machine.")
]
Threads = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Threads to use; changes no number.  [default: all cores]")
]
Named = Annotated[str | None, typer.Option("--scenario", metavar="NAME", help="Forecast this scenario of the file.")]
Range = Annotated[
    str | None,
    typer.Option("--range", metavar="SIZE", help='For every activity without a range: "triangular(90% 100% 130%)".'),
]
Mitigation = Annotated[
    Literal["pre", "current", "post"],
    typer.Option(help="Responses that act: none (pre), the approved ones (current), the proposed ones too (post)."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="ITEMS", help="Leave out what this engine cannot honour: resources,weather,..."),
]
Constraints = Annotated[
    Literal["relaxed", "as-planned"],
    typer.Option(help="Whether constraints on starts and finishes act in the iterations as they do in the plan."),
]
Json = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON; - is standard output.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print no answer and no progress.")]
Debug = Annotated[bool, typer.Option("--debug", hidden=True, help="Show the traceback of an unexpected error.")]


def split_items(lists: list[str] | None) -> tuple[str, ...]:
    """Return the items of comma lists, in order: ``--ignore resources,weather --ignore funding``."""
    return tuple(item.strip() for items in lists or [] for item in items.split(",") if item.strip())
