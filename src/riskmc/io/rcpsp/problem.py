"""Benchmark problems of resource-constrained scheduling (RCPSP): jobs, resources and successors -> Program.

Such a file has no dates, only units of time. One unit becomes one day around the clock, from a fixed first day, so
that the same file always gives the same bytes. Resources keep their capacity and who uses how much of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.findings import Findings
from riskmc.io.plan_lines import PlanLines, place
from riskmc.program.activity import Activity
from riskmc.program.estimate import Estimate
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.origin import Origin, remember
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Quantity
from riskmc.program.resource import Resource
from riskmc.program.stored import Stored, StoredDates, remember_stored

FIRST_DAY = datetime(2000, 1, 3)
"""The start of every such problem: a Monday, which means nothing around the clock."""

CLOCK = "24h"
LONGEST = 100_000
"""Units of time, at most, of one job."""


@dataclass
class Job:
    """A job: its number, the line where it stands, its duration, what it uses of each resource, and its successors."""

    number: int
    line: int
    duration: int = 0
    uses: dict[str, int] = field(default_factory=dict)
    successors: Sequence[int] = ()


def lines_of(path: str | Path) -> tuple[str, ...]:
    """Return the lines of a text file; InputError where it cannot be read or is no text."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), 0, "", f"cannot be read: {error.strerror or error}")]) from None
    if b"\0" in content:
        raise InputError([Problem(str(path), 0, "", "holds bytes that are not text; expected a text file of numbers")])
    return tuple(content.decode("latin-1").splitlines())


def whole(word: str, most: int, what: str, line: int, findings: Findings) -> int:
    """Return a word as a whole number from 0 to ``most``; 0 and a fault where it is none."""
    if word.isdecimal() and len(word) < 10 and int(word) <= most:
        return int(word)
    findings.fault(line, what, f"expected a whole number from 0 to {most}, found {word[:30]!r}")
    return 0


def program_of(
    path: Path, jobs: Mapping[int, Job], capacities: Mapping[str, int], longest: int | None, tool: str, found: Findings
) -> Program:
    """Return the Program of a problem; ``longest`` is the length of its longest path, where the file says so.

    A job without a duration and without resources is a milestone. Capacities come from the plan, so the Monte Carlo
    engine leaves them out and says so. Faults of the file are raised as InputError.
    """
    after = _predecessors(jobs, found)
    found.raise_faults()
    found.note(f"a unit of time is read as a day around the clock, from {FIRST_DAY:%Y-%m-%d}: the file has no dates")
    project = path.stem or "problem"
    finish = FIRST_DAY + timedelta(days=longest) if longest is not None else None
    last = [job.number for job in jobs.values() if not job.successors]
    program = Program(
        program=project,
        start=Moment(at=FIRST_DAY, bare=False),
        calendar=CLOCK,
        projects={project: Project(activities={str(job.number): _activity(job, after) for job in jobs.values()})},
        resources={name: Resource(capacity=units, from_plan=True) for name, units in capacities.items()},
        notes=found.sentences(),
    )
    stored = {f"{project}.{number}": StoredDates() for number in jobs}
    if finish and len(last) == 1:
        stored[f"{project}.{last[0]}"] = StoredDates(early_finish=finish)
    remember_stored(program, Stored(found.file, tool, stored))
    lines = {place(project, str(job.number)): job.line for job in jobs.values()}
    remember(program, Origin(PlanLines(found.file, lambda: lines)))
    return program


def _predecessors(jobs: Mapping[int, Job], found: Findings) -> dict[int, list[int]]:
    """Return the predecessors of each job; a fault for a successor that the file does not have."""
    after: dict[int, list[int]] = {number: [] for number in jobs}
    for job in jobs.values():
        for successor in dict.fromkeys(job.successors):
            if successor in after:
                after[successor].append(job.number)
            else:
                rule = f"expected the number of a job, 1 to {max(jobs)}, found {successor}"
                found.fault(job.line, f"job {job.number} successors", rule)
    return after


def _activity(job: Job, after: Mapping[int, Sequence[int]]) -> Activity:
    links = tuple(Link(activity=str(number)) for number in after[job.number])
    if not (job.duration or job.uses):
        return Activity(milestone=True, after=links)
    return Activity(
        duration=Estimate(plan=Quantity(job.duration, "d")),
        after=links,
        uses={name: float(units) for name, units in job.uses.items()},
    )
