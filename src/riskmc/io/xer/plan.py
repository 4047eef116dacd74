"""XER file -> plan, with what its reader left out or assumed among the notes of the program."""

from __future__ import annotations

from pathlib import Path

from riskmc.io.xer.reader import read_with_notes
from riskmc.program.program import Program


def read(path: str | Path) -> Program:
    """Return the program of an XER file, with its notes; raises what `reader.read` does."""
    program, notes = read_with_notes(path)
    return program.model_copy(update={"notes": (*program.notes, *notes)})
