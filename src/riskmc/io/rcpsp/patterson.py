"""Patterson problem (.rcp) -> Program: jobs, renewable resources, precedence.

Format: J. H. Patterson, A comparison of exact approaches for solving the multiple constrained resource project
scheduling problem, Management Science 30 (1984): whole numbers alone. First how many jobs and resources there are,
then the capacity of each resource; then of each job its duration, what it uses of each resource, how many successors it
has, and their numbers. Lines may be broken anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.findings import Findings
from riskmc.io.rcpsp.problem import LONGEST, Job, lines_of, program_of, whole
from riskmc.program.program import Program

TOOL = "Patterson"
MOST = 10**9 - 1


class _Words:
    """The words of a file one after the other, each with its line."""

    def __init__(self, lines: tuple[str, ...], findings: Findings):
        self._words = [(number, word) for number, line in enumerate(lines, start=1) for word in line.split()]
        self._next = iter(self._words)
        self._findings = findings
        self.line = 0

    def number(self, what: str, most: int = MOST) -> int:
        """Return the next word as a whole number; InputError where the file ends."""
        self.line, word = next(self._next, (-1, ""))
        if self.line < 0:
            last = self._words[-1][0] if self._words else 0
            message = f"the file ends where {what} was expected, so it is no Patterson problem, or truncated"
            raise InputError([Problem(self._findings.file, last, "", message)])
        found = whole(word, most, what, self.line, self._findings)
        self._findings.raise_faults()
        return found

    def rest(self) -> Iterator[tuple[int, str]]:
        """Return the words that are left."""
        return self._next


def read(path: str | Path) -> Program:
    """Return the Program of a Patterson file.

    Raises InputError, with file, line and what was expected, for a file that ends early or late, or with words that
    are no whole numbers.
    """
    findings = Findings(str(path))
    words = _Words(lines_of(path), findings)
    count, pools = words.number("the number of jobs"), words.number("the number of resources", most=1000)
    if not count:
        findings.fault(words.line, "", "no jobs: expected at least one, found 0")
    names = [f"R{number}" for number in range(1, pools + 1)]
    capacities = {name: words.number(f"the capacity of {name}") for name in names}
    jobs = {number: _job(number, names, words) for number in range(1, count + 1)}
    if extra := next(words.rest(), None):
        findings.fault(extra[0], "", f"expected the end after job {count}, found {extra[1][:30]!r}")
    return program_of(Path(path), jobs, capacities, None, TOOL, findings)


def _job(number: int, names: list[str], words: _Words) -> Job:
    duration = words.number(f"the duration of job {number}", most=LONGEST)
    line = words.line
    uses = {name: words.number(f"the use of {name} by job {number}") for name in names}
    count = words.number(f"the number of successors of job {number}")
    successors = [words.number(f"a successor of job {number}") for _ in range(count)]
    return Job(number, line, duration, {name: units for name, units in uses.items() if units}, successors)
