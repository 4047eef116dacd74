"""Conversions for tests: a program written in a planning tool's format, read back, and scheduled anew."""

from dataclasses import dataclass
from pathlib import Path

from riskmc.analysis.conversion.losses import Ledger
from riskmc.analysis.conversion.planned import MICROSOFT, P6, Planned, planned
from riskmc.io.mspdi import reader as mspdi
from riskmc.io.mspdi import writer as mspdi_writer
from riskmc.io.xer import reader as xer
from riskmc.io.xer import writer as xer_writer
from riskmc.program.program import Program
from riskmc.program.stored import stored_of
from riskmc.simulation.recomputation import FIELDS, Recomputation, recompute

STARTS = {
    "xer": (P6, xer_writer.file_bytes, xer.read),
    "xml": (MICROSOFT, mspdi_writer.file_bytes, mspdi.read),
}


@dataclass(frozen=True)
class Trip:
    """A program as planned for a tool, as read back from the tool's file, what was lost, and the new schedule."""

    plan: Planned
    back: Program
    lost: list[str]
    file: Path

    def again(self) -> Recomputation:
        return recompute(self.back)

    def moved(self, fields=FIELDS) -> list[str]:
        """Return the activities whose recomputed dates differ from those that were written."""
        found = self.again()
        return [task.path for task, moves in zip(found.tasks, found.any_differs(fields), strict=True) if moves]


def trip(program: Program, folder: Path, kind: str, name: str = "out") -> Trip:
    """Return a program's way into a file and back."""
    manner, content, read = STARTS[kind]
    ledger = Ledger()
    plan = planned(program, manner, ledger)
    file = folder / f"{name}.{kind}"
    file.write_bytes(content(plan.program, plan.dates))
    return Trip(plan, read(file), [loss.sentence for loss in ledger.losses()], file)


def stored_dates(program: Program) -> dict:
    return dict(stored_of(program).dates)
