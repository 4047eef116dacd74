"""Commands: `riskmc forecast FILE`, `riskmc schema`, `riskmc --version`; one module a command.

They speak the public names of the package only, and these are imported on first use: `--help` stays quick.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.capacity import capacity
from riskmc.cli.cash import cash
from riskmc.cli.check import check
from riskmc.cli.compare import compare
from riskmc.cli.contingency import contingency
from riskmc.cli.convergence import convergence
from riskmc.cli.convert import convert
from riskmc.cli.crosscheck import crosscheck
from riskmc.cli.diagnose import diagnose
from riskmc.cli.diff import diff
from riskmc.cli.drivers import drivers
from riskmc.cli.earned_value import earned_value
from riskmc.cli.explore import explore
from riskmc.cli.faults import plainly
from riskmc.cli.forecast import forecast
from riskmc.cli.help_page import Command
from riskmc.cli.iteration import iteration
from riskmc.cli.joint import joint
from riskmc.cli.matrix import matrix
from riskmc.cli.new import new
from riskmc.cli.options import Debug
from riskmc.cli.outside_view import outside_view
from riskmc.cli.paths import paths
from riskmc.cli.ranges import ranges
from riskmc.cli.register import register
from riskmc.cli.report import report
from riskmc.cli.responses import responses
from riskmc.cli.sensitivity import sensitivity
from riskmc.cli.startup import search_less_for_garbage
from riskmc.cli.terminal import say
from riskmc.cli.usage import Commands
from riskmc.cli.value import value
from riskmc.cli.verify import verify
from riskmc.cli.waterfall import waterfall

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def schema(debug: Debug = False) -> None:
    """Print the JSON Schema of the program file, for editors that complete and check it."""
    with plainly(debug):
        say(json.dumps(riskmc.io.program_file.schema(), indent=2, ensure_ascii=False) + "\n", sys.stdout)


_ROAD = (  # every command under its heading, in the order in which a forecast is asked
    ("The answer", forecast, "When will it finish, what will it cost, how sure are we?"),
    ("The answer", report, "The report to a committee: a page, slides, a workbook."),
    ("Why", drivers, "What drives the date and the budget?"),
    ("Why", waterfall, "From the plan to P80 in steps that add up."),
    ("Why", paths, "Which critical paths set the finish, and how often?"),
    ("Why", sensitivity, "Which activities does the finish hang on?"),
    ("Why", iteration, "What happened in one iteration?"),
    ("Why", diagnose, "Why is P80 so close to the plan?"),
    ("What to do", responses, "Which responses pay, and which should be bought?"),
    ("What to do", compare, "What would each scenario change?"),
    ("What to do", explore, "What if? Sliders beside the forecast, on a local page."),
    ("What to do", joint, "How sure are date and budget together?"),
    ("What to do", contingency, "How much margin and reserve are needed and held?"),
    ("What to do", capacity, "Who waits for what, and what is one more worth?"),
    ("What to do", cash, "When is the money spent and paid?"),
    ("What to do", value, "What is it worth, and which projects to fund?"),
    ("What to do", matrix, "The risks on a grid of probability and impact."),
    ("What to do", outside_view, "Where does P80 stand among comparable projects?"),
    ("As time goes", diff, "What changed between two files, and what did it move?"),
    ("As time goes", earned_value, "What has been earned, and where does that lead?"),
    ("Trust", check, "Is the schedule fit for a forecast?"),
    ("Trust", verify, "Does riskmc compute the plan's own dates?"),
    ("Trust", convergence, "How many iterations are enough?"),
    ("Trust", crosscheck, "Do two engines compute the same?"),
    ("Files", new, "Write a program to begin with."),
    ("Files", convert, "Write the program as another kind of file."),
    ("Files", ranges, "Which range applies to each activity?"),
    ("Files", register, "Which risks of a register are drawn, and how?"),
    ("Files", schema, "Print the JSON Schema of the program file."),
)
for _heading, _command, _question in _ROAD:
    _named = _command.__name__.replace("_", "-")
    app.command(_named, cls=Command, short_help=_question, rich_help_panel=_heading)(_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"riskmc {riskmc.__version__}\n", sys.stdout)
        raise typer.Exit(0)


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")]


@app.callback()
def overview(version: Version = False) -> None:
    """Program risk simulation: when will it finish, what will it cost, and how sure are we?"""


def main() -> None:
    """Run the command line; the entry point of the command `riskmc`."""
    search_less_for_garbage()
    app(prog_name="riskmc")
