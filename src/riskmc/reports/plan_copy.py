"""The answer in a copy of the plan: P50, P80 and criticality of every activity in the user fields of its tool."""

from __future__ import annotations

import os
from pathlib import Path

from riskmc.errors import ArgumentError
from riskmc.io.plan_results import check_kind, with_results
from riskmc.io.results import Result
from riskmc.program.program import Program
from riskmc.program.stored import stored_of_plan
from riskmc.reports.destination import check_destination
from riskmc.simulation.trials import Trials

_LEVELS = (0.5, 0.8)


def check_plan_copy(program: Program, to: str) -> None:
    """Refuse a copy that could not be made: there is no plan, it is of another kind, or the copy would replace it."""
    check_destination(to)
    plan = _file(program)
    check_kind(plan)
    kind, wanted = Path(to).suffix.lower(), Path(plan).suffix.lower()
    if kind != wanted:
        raise ArgumentError(f"{to}: a copy of {plan} ends in {wanted} as well, got {kind!r}")
    if Path(to).exists() and Path(plan).exists() and os.path.samefile(plan, to):
        raise ArgumentError(f"cannot write {to}: it is the plan itself; name a copy")


def check_plan_kept(program: Program, to: str) -> None:
    """Refuse an output that would replace the plan over which a program lies."""
    stored = stored_of_plan(program) if Path(to).exists() else None
    if stored is not None and Path(stored.file).exists() and os.path.samefile(stored.file, to):
        raise ArgumentError(f"cannot write {to}: it is the plan that the program lies over; name another file")


def fill_plan_copy(trials: Trials) -> bytes:
    """Return the bytes of the plan with the results of the trials in user fields; all else as it is, byte for byte.

    The finishes of activities come from a second run of the same iterations.
    """
    told = trials.statistics
    finishes = trials.finish_percentiles(*_LEVELS)
    shares = zip(told.paths, told.criticality.tolist(), strict=True)
    results = {path: Result(finishes[path][0], finishes[path][1], share) for path, share in shares}
    return with_results(_file(trials.program), results)


def _file(program: Program) -> str:
    stored = stored_of_plan(program)
    if stored is None:
        raise ArgumentError("results go into a copy of a plan, and this program has none: it is a program file alone")
    return stored.file
