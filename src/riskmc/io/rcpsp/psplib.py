"""PSPLIB problem (.sm, and .mm where every job has one mode) -> Program: jobs, renewable resources, precedence.

Format: R. Kolisch and A. Sprecher, PSPLIB - a project scheduling problem library (1996): parts between lines of stars,
each with a heading in capitals and lines of whole numbers.
"""

from __future__ import annotations

import re
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.findings import Findings
from riskmc.io.rcpsp.problem import LONGEST, Job, lines_of, program_of, whole
from riskmc.program.program import Program

TOOL = "PSPLIB"
PROJECT, LINKS, WORK, CAPACITY = (
    "PROJECT INFORMATION",
    "PRECEDENCE RELATIONS",
    "REQUESTS/DURATIONS",
    "RESOURCEAVAILABILITIES",
)
MOST = 10**9 - 1
MODES = (
    "a job with several modes has no one duration; choose one mode of each job and write the file with those alone, "
    "#modes 1"
)

_COLUMN = re.compile(r"([RND])\s*(\d+)")
Lines = list[tuple[int, list[str]]]


def read(path: str | Path) -> Program:
    """Return the Program of a PSPLIB file; its MPM-Time is kept as the stored finish of the last job.

    Raises InputError, with file, line and what was expected, for a file that is no such problem, has several projects
    or several modes of a job, or numbers that make no sense.
    """
    findings = Findings(str(path))
    parts = _parts(lines_of(path), findings)
    pools = _pools(parts[WORK][0][1], findings)
    numbers = {heading: _numbers(lines) for heading, lines in parts.items()}
    jobs = _jobs(numbers[LINKS], findings)
    findings.raise_faults()
    _work(numbers[WORK], jobs, pools, findings)
    capacities = _capacities(numbers[CAPACITY], pools, findings)
    longest = _longest_path(numbers[PROJECT], findings)
    return program_of(Path(path), jobs, capacities, longest, TOOL, findings)


def _parts(lines: tuple[str, ...], findings: Findings) -> dict[str, Lines]:
    """Return the numbered words of each part of the file, its line of column names first; InputError without them."""
    parts: dict[str, Lines] = {}
    rows: Lines = []
    for number, line in enumerate(lines, start=1):
        heading = line.strip().rstrip(":").strip()
        if heading in (PROJECT, LINKS, WORK, CAPACITY):
            rows = parts.setdefault(heading, [])
        elif heading.startswith("*"):
            rows = []
        elif heading and not heading.startswith("-"):
            rows.append((number, heading.split()))
    for heading in (LINKS, WORK, CAPACITY):
        if not parts.get(heading):
            message = f"no PSPLIB problem: expected the part {heading}, found none"
            raise InputError([Problem(findings.file, len(lines), "", message)])
    return {PROJECT: [], **parts}


def _numbers(lines: Lines) -> Lines:
    """Return the lines that begin with a number: all but the names of the columns."""
    return [(number, words) for number, words in lines if words[0].lstrip("-").isdecimal()]


def _pools(words: list[str], findings: Findings) -> list[str]:
    """Return the names of the resources in the order of their columns, R1 R2 ..."""
    pools = [kind + number for kind, number in _COLUMN.findall(" ".join(words[3:]))]
    others = [name for name in pools if not name.startswith("R")]
    if others:
        findings.note("nonrenewable and doubly constrained resources are left out", *others)
    return pools


def _jobs(lines: Lines, findings: Findings) -> dict[int, Job]:
    """Return the jobs with their successors, by number; each has one mode."""
    jobs: dict[int, Job] = {}
    for line, words in lines:
        number, *rest = (whole(word, MOST, "PRECEDENCE RELATIONS", line, findings) for word in words)
        if number in jobs:
            findings.fault(line, "PRECEDENCE RELATIONS", f"expected each job once, found {number} again")
        elif len(rest) < 2 or rest[1] != len(rest) - 2:
            rule = "expected jobnr., #modes, #successors and as many successors"
            findings.fault(line, f"job {number}", f"{rule}, found {len(rest) + 1} numbers")
        else:
            jobs[number] = Job(number, line, successors=rest[2:])
            if rest[0] > 1:
                findings.fault(line, f"job {number} #modes", f"expected 1, found {rest[0]}: {MODES}")
    if not jobs:
        findings.fault(0, LINKS, "no jobs: expected at least one line of numbers, found none")
    return jobs


def _work(lines: Lines, jobs: dict[int, Job], pools: list[str], findings: Findings) -> None:
    """Add duration and requests to each job."""
    seen: set[int] = set()
    for line, words in lines:
        number, *rest = (whole(word, MOST, WORK, line, findings) for word in words)
        job = jobs.get(number)
        if job is None or len(rest) != 2 + len(pools):
            rule = f"expected the number of a job, its mode, its duration and {len(pools)} requests"
            findings.fault(line, WORK, f"{rule}, found {' '.join(words)[:60]!r}")
        elif number in seen:
            findings.fault(line, f"job {number} mode", f"expected one mode, found another: {MODES}")
        else:
            seen.add(number)
            job.duration = whole(words[2], LONGEST, f"job {number} duration", line, findings)
            job.uses = {name: units for name, units in zip(pools, rest[2:], strict=True) if units and name[0] == "R"}
    for number in sorted(jobs.keys() - seen):
        findings.fault(jobs[number].line, f"job {number}", f"expected a line of {WORK}, found none")


def _capacities(lines: Lines, pools: list[str], findings: Findings) -> dict[str, int]:
    line, words = lines[0] if lines else (0, [])
    if len(words) != len(pools):
        findings.fault(line, CAPACITY, f"expected {len(pools)} numbers, found {len(words)}")
        return {}
    units = [whole(word, MOST, CAPACITY, line, findings) for word in words]
    return {name: number for name, number in zip(pools, units, strict=True) if name[0] == "R"}


def _longest_path(lines: Lines, findings: Findings) -> int | None:
    """Return MPM-Time, the sixth number of the project; None where the file has none. Several projects are a fault."""
    if len(lines) > 1:
        findings.fault(lines[1][0], PROJECT, f"expected one project, found {len(lines)}: write one file for each")
    if not lines or len(lines[0][1]) < 6:
        return None
    line, (_, _, released, *_, longest) = lines[0][0], lines[0][1][:6]
    if whole(released, MOST, "rel.date", line, findings):
        findings.note("the release date is left out: the first job starts on the first day")
    return whole(longest, LONGEST, "MPM-Time", line, findings) if longest.isdecimal() else None
