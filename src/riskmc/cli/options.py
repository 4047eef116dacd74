"""Options that several commands share, each with its one-line help, its panel, and what completes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from riskmc.cli.completion import PROGRAM_FILES, TABLE_FILES, files, one_of_words, scenarios
from riskmc.cli.panels import OUTPUT, READING, RULES, RUN
from riskmc.cli.usage import page_file, percentile, whole, word


def choice(option: str, *allowed: str, told: str, panel: str | None = None) -> Any:
    """Return an option that takes one of the words ``allowed``, and completes them; ``told`` is its help."""
    return typer.Option(
        option,
        metavar=f"[{'|'.join(allowed)}]",
        parser=word(option, *allowed),
        autocompletion=one_of_words(*allowed),
        rich_help_panel=panel,
        help=told,
    )


def program_file(told: str, metavar: str = "FILE") -> Any:
    """Return an argument that names a program, in any kind of file that riskmc reads; ``told`` is its help."""
    return typer.Argument(metavar=metavar, help=told, autocompletion=PROGRAM_FILES)


_FILE = (
    "A program file (.yaml), a workbook or table (.xlsx, .csv), or a plan: Primavera P6 (.xer, .xml), Microsoft "
    "Project (.xml), PSPLIB (.sm, .rcp), others by the extra mpp (.mpp)."
)
File = Annotated[str, program_file(_FILE)]
Iterations = Annotated[
    int,
    typer.Option(metavar="N", parser=whole("--iterations", 1), rich_help_panel=RUN, help="How many iterations to run."),
]
Until = Annotated[
    str | None,
    typer.Option(metavar="GOAL", rich_help_panel=RUN, help='Run more until this is known so: "P80 finish within 1d".'),
]
AtMost = Annotated[
    int,
    typer.Option(
        "--at-most",
        metavar="N",
        parser=whole("--at-most", 1),
        rich_help_panel=RUN,
        help="The most iterations to run with --until.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        metavar="N",
        parser=whole("--seed", 0, 2**64 - 1),
        rich_help_panel=RUN,
        help="The same seed gives the same numbers, on any machine.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        parser=whole("--threads", 1),
        rich_help_panel=RUN,
        help="Threads to use; changes no number.  [default: all cores]",
    ),
]
Sampling = Annotated[
    Literal["montecarlo", "lhs"],
    choice(
        "--sampling",
        "montecarlo",
        "lhs",
        panel=RUN,
        told="Independent iterations, or Latin hypercubes: means known much better, a P80 a little.",
    ),
]
Percentile = Annotated[
    float,
    typer.Option(metavar="SHARE", parser=percentile("--percentile"), help="Which percentile to explain: 0.80, or P80."),
]
Named = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        rich_help_panel=RUN,
        autocompletion=scenarios,
        help="With this scenario of the file.",
    ),
]
Range = Annotated[
    str | None,
    typer.Option(
        "--range",
        metavar="SIZE",
        rich_help_panel=READING,
        help='For every activity without a range: "triangular(90% 100% 130%)".',
    ),
]
Ranges = Annotated[
    str | None,
    typer.Option(
        "--ranges",
        metavar="CSV",
        rich_help_panel=READING,
        autocompletion=files(".csv"),
        help="Ranges of a table that `riskmc ranges --csv` wrote, after all.",
    ),
]
Register = Annotated[
    str | None,
    typer.Option(
        "--register",
        metavar="FILE",
        rich_help_panel=READING,
        autocompletion=TABLE_FILES,
        help="A risk register (.xlsx, .csv), whose risks join the file's own.",
    ),
]
Scales = Annotated[
    str | None,
    typer.Option(
        "--scales",
        metavar="FILE",
        rich_help_panel=READING,
        autocompletion=files(".yaml", ".yml"),
        help="What the register's words (High, VL) mean: a small .yaml file.",
    ),
]
ThreePoint = Annotated[
    str | None,
    typer.Option(
        "--three-point",
        metavar="NAMES",
        rich_help_panel=READING,
        help='Fields or columns with ranges: "Min, Likely, Max", or with ", pert".',
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", rich_help_panel=READING, help="Refuse names that the plan no longer has, and idle patterns."
    ),
]
Mitigation = Annotated[
    Literal["pre", "current", "post"],
    choice(
        "--mitigation",
        "pre",
        "current",
        "post",
        panel=RUN,
        told="Responses that act: none (pre), the approved ones (current), the proposed ones too (post).",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="ITEMS",
        rich_help_panel=RULES,
        help="Leave out what this engine cannot honour: resources,weather,...",
    ),
]
Engine = Annotated[
    Literal["monte-carlo", "discrete-event"] | None,
    choice(
        "--engine",
        "monte-carlo",
        "discrete-event",
        panel=RULES,
        told="A static network, or one with queues, rework and arrivals.  [default: what the program needs]",
    ),
]
Dispatch = Annotated[
    Literal["late-finish", "minimum-slack", "shortest-first", "file-order", "multi-pass"] | None,
    choice(
        "--dispatch",
        "late-finish",
        "minimum-slack",
        "shortest-first",
        "file-order",
        "multi-pass",
        panel=RULES,
        told="Who gets units first among equal priorities.  [default: late-finish]",
    ),
]
NoOvertaking = Annotated[
    bool,
    typer.Option(
        "--no-overtaking",
        rich_help_panel=RULES,
        help="Nothing gets units before the first in that order that lacks some.",
    ),
]
Constraints = Annotated[
    Literal["relaxed", "as-planned"],
    choice(
        "--constraints",
        "relaxed",
        "as-planned",
        panel=RULES,
        told="Whether constraints on starts and finishes act in the iterations as they do in the plan.",
    ),
]
LagCalendar = Annotated[
    Literal["predecessor", "successor", "project", "24h"] | None,
    choice(
        "--lag-calendar",
        "predecessor",
        "successor",
        "project",
        "24h",
        panel=RULES,
        told="Whose working time lags count.  [default: as the file says]",
    ),
]
OutOfSequence = Annotated[
    Literal["retained_logic", "progress_override", "actual_dates"] | None,
    choice(
        "--out-of-sequence",
        "retained_logic",
        "progress_override",
        "actual_dates",
        panel=RULES,
        told="How work counts that began before its predecessors were done.  [default: as the file says]",
    ),
]
LagFrom = Annotated[
    Literal["early_start", "actual_start"] | None,
    choice(
        "--lag-from",
        "early_start",
        "actual_start",
        panel=RULES,
        told="Whence lags from the start of started work count.  [default: as the file says]",
    ),
]
DataDate = Annotated[
    str | None,
    typer.Option(
        "--data-date",
        metavar="DATE",
        rich_help_panel=READING,
        help="The status date, YYYY-MM-DD.  [default: as the file says]",
    ),
]
Delays = Annotated[
    Literal["leave-out", "keep"],
    choice(
        "--delays",
        "leave-out",
        "keep",
        panel=RULES,
        told="Whether levelling and preferential delays in the plan's own dates hold.",
    ),
]
Json = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        autocompletion=files(".json"),
        help="Write everything as JSON; - is standard output.",
    ),
]
Html = Annotated[
    str | None,
    typer.Option(
        "--html",
        metavar="FILE",
        parser=page_file("--html"),
        rich_help_panel=OUTPUT,
        autocompletion=files(".html"),
        help="Write the answer as a page of its own; - as above.",
    ),
]
Plots = Annotated[
    str | None,
    typer.Option(
        "--plots",
        metavar="DIR",
        rich_help_panel=OUTPUT,
        autocompletion=files("/"),
        help="Write every picture that applies here, as SVG and PNG.",
    ),
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
        rich_help_panel=OUTPUT,
        autocompletion=files(".xer", ".xml"),
        help="Write P50, P80 and criticality into fields of a copy of the plan (P6 .xer or .xml, Project's .xml).",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", rich_help_panel=OUTPUT, help="Print no answer and no progress.")]
Debug = Annotated[bool, typer.Option("--debug", hidden=True, help="Show the traceback of an unexpected error.")]


def split_items(lists: list[str] | None) -> tuple[str, ...]:
    """Return the items of comma lists, in order: ``--ignore resources,weather --ignore funding``."""
    return tuple(item.strip() for items in lists or [] for item in items.split(",") if item.strip())
