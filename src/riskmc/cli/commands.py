"""Commands: `riskmc forecast FILE`, `riskmc schema`, `riskmc --version`.

It speaks the public names of the package only, and these are imported on first use: `--help` stays quick.
Exit codes: 0 an answer, 1 a fault of riskmc itself, 2 something to put right in the command or the file, 130 stopped.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

import typer

import riskmc
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful, say, silence
from riskmc.errors import RiskmcError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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


@app.command("forecast")
def forecast(
    file: File,
    iterations: Iterations = 10_000,
    seed: Seed = 1,
    threads: Threads = None,
    scenario: Named = None,
    default_range: Range = None,
    mitigation: Mitigation = "current",
    ignore: Ignore = None,
    constraints: Constraints = "relaxed",
    json_file: Json = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """When will it finish, what will it cost, and how sure are we?"""
    with plainly(debug), Progress(silent=quiet) as progress:
        if json_file is not None:
            riskmc.reports.check_destination(json_file)
        load_numba()
        trials = riskmc.simulate(
            riskmc.read(file),
            iterations=iterations,
            seed=seed,
            threads=threads,
            scenario=scenario,
            default_range=default_range,
            mitigation=mitigation,
            ignore=_items(ignore),
            constraints=constraints,
            statistics=True,
            progress=progress.advance,
            notice=progress.notice,
        )
        progress.close()
        _deliver(trials, json_file, quiet or json_file == riskmc.reports.STANDARD_OUTPUT)


@app.command("schema")
def schema(debug: Debug = False) -> None:
    """Print the JSON Schema of the program file, for editors that complete and check it."""
    with plainly(debug):
        say(json.dumps(riskmc.io.program_file.schema(), indent=2, ensure_ascii=False) + "\n", sys.stdout)


def _items(lists: list[str] | None) -> tuple[str, ...]:
    """Return the items of comma lists, in order: ``--ignore resources,weather --ignore funding``."""
    return tuple(item.strip() for items in lists or [] for item in items.split(",") if item.strip())


def _deliver(trials: riskmc.Trials, json_file: str | None, silent: bool) -> None:
    """Write the record and print the answer; both are made before either is written."""
    answer = "" if silent else riskmc.reports.tell(trials, colour=colourful(sys.stdout))
    if json_file is not None:
        riskmc.reports.write_whole(riskmc.reports.dumps(trials), json_file)
    say(answer, sys.stdout)


@contextmanager
def plainly(debug: bool = False) -> Iterator[None]:
    """Turn errors into plain words on standard error and an exit code; a closed pipe ends in silence."""
    try:
        yield
    except RiskmcError as error:
        raise _stopped(str(error), 2) from error
    except KeyboardInterrupt as error:
        raise _stopped("Stopped.", 130) from error
    except BrokenPipeError as error:
        silence(sys.stdout)
        raise typer.Exit(0) from error
    except OSError as error:
        raise _stopped(f"{error.filename or 'riskmc'}: {error.strerror or error}", 2) from error
    except Exception as error:
        if debug:
            traceback.print_exc()
        told = f"riskmc has a fault of its own: {type(error).__name__}: {error}"
        more = "Please report this, with the command, the file if you may share it, and what --debug shows."
        raise _stopped(f"{told}\n{more}", 1) from error


def _stopped(text: str, code: int) -> typer.Exit:
    say(f"{text}\n", sys.stderr)
    return typer.Exit(code)


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
    app(prog_name="riskmc")
