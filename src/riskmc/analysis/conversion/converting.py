"""Conversion: a program into the content of a file, with what the file does not hold and whether its dates stay."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from riskmc.analysis.conversion.formats import FORMATS
from riskmc.analysis.conversion.losses import Ledger, Loss
from riskmc.errors import ArgumentError, RiskmcError, nearest
from riskmc.io import read
from riskmc.io.findings import called
from riskmc.io.mspdi.writer_fields import ACTIVITY_ID
from riskmc.network.tasks import Task
from riskmc.program.locating import located
from riskmc.program.program import Program
from riskmc.program.scenario import Scenario
from riskmc.simulation.recomputation import FIELDS, recompute


@dataclass(frozen=True)
class Kept:
    """How many activities, read back and scheduled by the rules of the file's tool, keep what they have today.

    ``early``: early start and finish; ``all``: late dates and total float too. ``moved`` are the first that do not keep
    their early dates.
    """

    early: int
    all: int
    compared: int
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Conversion:
    """What a program became: the bytes of a file, what it is called, and what it does not hold.

    ``kept`` is None for a file that stores no dates, or that cannot be scheduled.
    """

    program: Program
    content: bytes
    title: str
    losses: tuple[Loss, ...]
    kept: Kept | None = None


def converted(
    program: Program, to: str | os.PathLike[str], scenario: str | Scenario | None = None, strict: bool = False
) -> Conversion:
    """Return a program as the content of the file ``to``, whose ending says the format.

    With ``strict``, what the file cannot hold is refused. Raises ArgumentError for an unknown ending, ProgramError for
    a program that cannot be scheduled.
    """
    suffix = Path(to).suffix.lower()
    if suffix not in FORMATS:
        hint = nearest(suffix, FORMATS)
        raise ArgumentError(f"{os.fspath(to)}: a program becomes one of {' '.join(FORMATS)}, got {suffix!r}{hint}")
    form, ledger = FORMATS[suffix], Ledger()
    with located(program):
        changed = program if scenario is None else program.scenario(scenario)
        content = form.content(changed, ledger)
    names = {path: called(path, activity.name) for path, activity in changed.activities().items()}
    losses = ledger.losses(names)
    if strict and losses:
        told = "\n".join(f"  {loss}" for loss in losses)
        raise ArgumentError(f"{os.fspath(to)}: {form.title} does not hold all of the program (--strict):\n{told}")
    return Conversion(changed, content, form.title, losses, _kept(content, suffix) if form.dated else None)


def _kept(content: bytes, suffix: str) -> Kept | None:
    """Return how many activities keep their dates when the content is read back and scheduled anew."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"converted{suffix}"
        file.write_bytes(content)
        try:
            found = recompute(read(file))
        except RiskmcError:
            return None
    compared, late = found.any_compared(), found.any_differs(FIELDS)
    early = found.any_differs(("early_start", "early_finish"))
    moved = [task for task, moves in zip(found.tasks, early.tolist(), strict=True) if moves]
    count = int(compared.sum())
    return Kept(
        count - int((early & compared).sum()),
        count - int((late & compared).sum()),
        count,
        tuple(map(_called, moved[:3])),
    )


def _called(task: Task) -> str:
    """Return what an activity was called, in a file that names activities by number too."""
    return called(task.activity.codes.get(ACTIVITY_ID, task.path), task.activity.name)
