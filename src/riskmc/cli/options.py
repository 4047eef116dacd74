"""Options that several commands share, each with its one-line help."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from riskmc.cli.usage import percentile, whole, word

_FILE = (
    "A program file (.yaml), a workbook or table (.xlsx, .csv), or a plan: Primavera P6 (.xer, .xml), Microsoft "
    "Project (.xml), PSPLIB (.sm, .rcp), others by the extra mpp (.mpp)."
)
File = Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]
Iterations = Annotated[
    int, typer.Option(metavar="N", parser=whole("--iterations", 1), help="How many iterations to run.")
]
Until = Annotated[
    str | None,
    typer.Option(metavar="GOAL", help='Run more until this is known so well: "P80 finish within 1d".'),
]
AtMost = Annotated[
    int,
    typer.Option(
        "--at-most", metavar="N", parser=whole("--at-most", 1), help="The most iterations to run with --until."
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        metavar="N", parser=whole("--seed", 0, 2**64 - 1), help="The same seed gives the same numbers, on any machine."
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole("--threads", 1),
        help="Threads to use; changes no number.  [default: all cores]",
    ),
]
Sampling = Annotated[
    Literal["montecarlo", "lhs"],
    typer.Option(
        metavar="[montecarlo|lhs]",
        parser=word("--sampling", "montecarlo", "lhs"),
        help="Independent iterations, or Latin hypercubes: means known much better, a P80 a little.",
    ),
]
Percentile = Annotated[
    float,
    typer.Option(metavar="SHARE", parser=percentile("--percentile"), help="Which percentile to explain: 0.80, or P80."),
]
Named = Annotated[str | None, typer.Option("--scenario", metavar="NAME", help="With this scenario of the file.")]
Range = Annotated[
    str | None,
    typer.Option("--range", metavar="SIZE", help='For every activity without a range: "triangular(90% 100% 130%)".'),
]
Ranges = Annotated[
    str | None,
    typer.Option("--ranges", metavar="CSV", help="Ranges of a table that `riskmc ranges --csv` wrote, after all."),
]
Register = Annotated[
    str | None,
    typer.Option("--register", metavar="FILE", help="A risk register (.xlsx, .csv), whose risks join the file's own."),
]
Scales = Annotated[
    str | None,
    typer.Option("--scales", metavar="FILE", help="What the register's words (High, VL) mean: a small .yaml file."),
]
ThreePoint = Annotated[
    str | None,
    typer.Option(
        "--three-point", metavar="NAMES", help='Fields or columns with ranges: "Min, Likely, Max", or with ", pert".'
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse names that the plan no longer has, and idle patterns.")]
Mitigation = Annotated[
    Literal["pre", "current", "post"],
    typer.Option(
        metavar="[pre|current|post]",
        parser=word("--mitigation", "pre", "current", "post"),
        help="Responses that act: none (pre), the approved ones (current), the proposed ones too (post).",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="ITEMS", help="Leave out what this engine cannot honour: resources,weather,..."),
]
Engine = Annotated[
    Literal["monte-carlo", "discrete-event"] | None,
    typer.Option(
        "--engine",
        metavar="[monte-carlo|discrete-event]",
        parser=word("--engine", "monte-carlo", "discrete-event"),
        help="A static network, or one with queues, rework and arrivals.  [default: what the program needs]",
    ),
]
Dispatch = Annotated[
    Literal["late-finish", "minimum-slack", "shortest-first", "file-order", "multi-pass"] | None,
    typer.Option(
        "--dispatch",
        metavar="[late-finish|minimum-slack|shortest-first|file-order|multi-pass]",
        parser=word("--dispatch", "late-finish", "minimum-slack", "shortest-first", "file-order", "multi-pass"),
        help="Who gets units first among equal priorities.  [default: late-finish]",
    ),
]
NoOvertaking = Annotated[
    bool, typer.Option("--no-overtaking", help="Nothing gets units before the first in that order that lacks some.")
]
Constraints = Annotated[
    Literal["relaxed", "as-planned"],
    typer.Option(
        metavar="[relaxed|as-planned]",
        parser=word("--constraints", "relaxed", "as-planned"),
        help="Whether constraints on starts and finishes act in the iterations as they do in the plan.",
    ),
]
LagCalendar = Annotated[
    Literal["predecessor", "successor", "project", "24h"] | None,
    typer.Option(
        "--lag-calendar",
        metavar="[predecessor|successor|project|24h]",
        parser=word("--lag-calendar", "predecessor", "successor", "project", "24h"),
        help="Whose working time lags count.  [default: as the file says]",
    ),
]
OutOfSequence = Annotated[
    Literal["retained_logic", "progress_override", "actual_dates"] | None,
    typer.Option(
        "--out-of-sequence",
        metavar="[retained_logic|progress_override|actual_dates]",
        parser=word("--out-of-sequence", "retained_logic", "progress_override", "actual_dates"),
        help="How work counts that began before its predecessors were done.  [default: as the file says]",
    ),
]
LagFrom = Annotated[
    Literal["early_start", "actual_start"] | None,
    typer.Option(
        "--lag-from",
        metavar="[early_start|actual_start]",
        parser=word("--lag-from", "early_start", "actual_start"),
        help="Whence lags from the start of started work count.  [default: as the file says]",
    ),
]
DataDate = Annotated[
    str | None,
    typer.Option("--data-date", metavar="DATE", help="The status date, YYYY-MM-DD.  [default: as the file says]"),
]
Delays = Annotated[
    Literal["leave-out", "keep"],
    typer.Option(
        metavar="[leave-out|keep]",
        parser=word("--delays", "leave-out", "keep"),
        help="Whether levelling and preferential delays in the plan's own dates hold.",
    ),
]
Json = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON; - is standard output.")
]
Html = Annotated[
    str | None, typer.Option("--html", metavar="FILE", help="Write the answer as a page of its own; - as above.")
]
Plots = Annotated[
    str | None, typer.Option("--plots", metavar="DIR", help="Write every picture that applies here, as SVG and PNG.")
]
Checked = Annotated[
    bool,
    typer.Option(
        "--crosscheck", help="Say on how many of the first 1,000 iterations both engines agree (riskmc crosscheck)."
    ),
]
Into = Annotated[
    str | None,
    typer.Option(
        "--into",
        metavar="COPY",
        help="Write P50, P80 and criticality into fields of a copy of the plan (P6 .xer, Project's .xml).",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print no answer and no progress.")]
Debug = Annotated[bool, typer.Option("--debug", hidden=True, help="Show the traceback of an unexpected error.")]


def split_items(lists: list[str] | None) -> tuple[str, ...]:
    """Return the items of comma lists, in order: ``--ignore resources,weather --ignore funding``."""
    return tuple(item.strip() for items in lists or [] for item in items.split(",") if item.strip())
