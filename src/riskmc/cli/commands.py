"""Commands: `riskmc forecast FILE`, `riskmc schema`, `riskmc --version`; one module a command.

They speak the public names of the package only, and these are imported on first use: `--help` stays quick.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

import riskmc
from riskmc.cli.cash import cash
from riskmc.cli.check import check
from riskmc.cli.compare import compare
from riskmc.cli.contingency import contingency
from riskmc.cli.convergence import convergence
from riskmc.cli.convert import convert
from riskmc.cli.diagnose import diagnose
from riskmc.cli.diff import diff
from riskmc.cli.drivers import drivers
from riskmc.cli.earned_value import earned_value
from riskmc.cli.faults import plainly
from riskmc.cli.forecast import forecast
from riskmc.cli.iteration import iteration
from riskmc.cli.joint import joint
from riskmc.cli.matrix import matrix
from riskmc.cli.new import new
from riskmc.cli.options import Debug
from riskmc.cli.outside_view import outside_view
from riskmc.cli.paths import paths
from riskmc.cli.ranges import ranges
from riskmc.cli.register import register
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
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("forecast")(forecast)
app.command("cash")(cash)
app.command("check")(check)
app.command("compare")(compare)
app.command("contingency")(contingency)
app.command("convergence")(convergence)
app.command("convert")(convert)
app.command("diagnose")(diagnose)
app.command("diff")(diff)
app.command("drivers")(drivers)
app.command("earned-value")(earned_value)
app.command("iteration")(iteration)
app.command("joint")(joint)
app.command("matrix")(matrix)
app.command("new")(new)
app.command("outside-view")(outside_view)
app.command("paths")(paths)
app.command("ranges")(ranges)
app.command("register")(register)
app.command("responses")(responses)
app.command("sensitivity")(sensitivity)
app.command("value")(value)
app.command("verify")(verify)
app.command("waterfall")(waterfall)


@app.command("schema")
def schema(debug: Debug = False) -> None:
    """Print the JSON Schema of the program file, for editors that complete and check it."""
    with plainly(debug):
        say(json.dumps(riskmc.io.program_file.schema(), indent=2, ensure_ascii=False) + "\n", sys.stdout)


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
