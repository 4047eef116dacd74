"""Faults told plainly: an error becomes a sentence on standard error and an exit code, never a traceback.

Exit codes: 0 an answer, 1 a fault of riskmc itself, 2 something to put right in the command or the file, 130 stopped.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from riskmc.cli.terminal import say, silence
from riskmc.errors import RiskmcError


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
