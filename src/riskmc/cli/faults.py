"""Faults told plainly: an error becomes a sentence on standard error and an exit code, never a traceback.

Exit codes: 0 an answer, 1 a fault of riskmc itself, 2 something to put right in the command or the file, 130 stopped.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import typer

from riskmc.cli.endings import EVERY_INPUT
from riskmc.cli.terminal import say, silence
from riskmc.errors import InputError, Problem, RiskmcError


@contextmanager
def plainly(debug: bool = False) -> Iterator[None]:
    """Turn errors into plain words on standard error and an exit code; a closed pipe ends in silence."""
    try:
        yield
    except InputError as error:
        raise _stopped("\n".join(map(_told, error.problems)), 2) from error
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


def _told(problem: Problem) -> str:
    """Return a fault of an input; for a file that is not there the nearest one that is."""
    path = Path(problem.file)
    if problem.line or not problem.file or problem.path or path.exists() or not path.parent.is_dir():
        return str(problem)
    close = _nearest_file(path)
    return f"{problem.file}: there is no such file" + (f"; did you mean {close}?" if close else "")


def _nearest_file(path: Path) -> Path | None:
    """Return the file beside ``path`` that was most likely meant: endings are alike without being meant."""
    known = sorted(file.name for file in path.parent.iterdir() if file.name.lower().endswith(EVERY_INPUT))
    stems = {Path(name).stem.lower(): name for name in reversed(known)}
    close = get_close_matches(path.stem.lower(), stems, n=1, cutoff=0.6)
    return path.with_name(stems[close[0]]) if close else None


def _stopped(text: str, code: int) -> typer.Exit:
    say(f"{text}\n", sys.stderr)
    return typer.Exit(code)
