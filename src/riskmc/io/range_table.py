"""Tables of ranges in a program: `ranges: [{csv: ranges.csv}]` becomes one rule a row, at its place in the order.

Where an activity has a range of its own, its row takes the place of that one if it was edited. All faults of a table
are told at once, each with its line, beside those of the program file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from riskmc.errors import ArgumentError, InputError, Problem, ProgramError, RiskmcError
from riskmc.io.plan_lines import PlanLines
from riskmc.io.range_cells import Said, said
from riskmc.io.range_file import FIELDS, Cells, loads
from riskmc.program.activity import Activity
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.explicit import explicit
from riskmc.program.origin import Line, Origin, origin_of, remember
from riskmc.program.overlay import with_notes
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.reference import broken
from riskmc.program.selector import naming
from riskmc.program.stored import inherit_plan
from riskmc.program.uncertainty import RangeRule

_SIZES = re.compile(r"own|same|correlated\s+\S+")


@dataclass
class Expanded:
    """A program with its tables read: what is wrong with them, what is listed, and where each rule was read.

    ``place`` gives the place in the program file of every rule, None for a row of a table; ``text`` its file and line.
    """

    program: Program
    problems: list[Problem] = field(default_factory=list)
    listed: list[Problem] = field(default_factory=list)
    origins: list[tuple[Place | None, str, int]] = field(default_factory=list)

    def moved(self, place: Place) -> tuple[Place | None, str, int]:
        """Return the place in the program file (None in a table), the file and the line of a place of the program."""
        if len(place) < 2 or place[0] != "ranges" or not isinstance(place[1], int) or place[1] >= len(self.origins):
            return place, "", 0
        there, file, line = self.origins[place[1]]
        return (None if there is None else (*there, *place[2:])), file, line

    def elsewhere(self) -> dict[Place, str]:
        """Return file and line of every rule that is a row of a table, by its place in the program."""
        return {
            ("ranges", number): f"{Path(file).name}:{line}"
            for number, (place, file, line) in enumerate(self.origins)
            if place is None
        }

    def lines(self, found: Mapping[Place, Line]) -> dict[Place, Line]:
        """Return the lines of a program file by the places that its parts have in the program."""
        now = {there: number for number, (there, _, _) in enumerate(self.origins) if there is not None}
        moved = {("ranges", now[place[:2]], *place[2:]): line for place, line in found.items() if place[:2] in now}
        return {**{place: line for place, line in found.items() if place[:1] != ("ranges",)}, **moved}


def expanded(program: Program, file: str) -> Expanded:
    """Return the program with its tables read; they lie beside the program ``file``, or where their paths say."""
    out = Expanded(program)
    if not any(rule.csv is not None for rule in program.ranges):
        out.origins = [(("ranges", number), file, 0) for number in range(len(program.ranges))]
        return out
    rules: list[RangeRule] = []
    changed: dict[str, Activity] = {}
    for number, rule in enumerate(program.ranges):
        if rule.csv is None:
            rules.append(rule)
            out.origins.append((("ranges", number), file, 0))
            continue
        table = Path(file).parent / rule.csv
        for cells in _rows(table, out):
            for made in _of_row(program, cells, str(table), changed, out):
                rules.append(made)
                out.origins.append((None, str(table), cells.line))
    out.program = _with(program, rules, changed)
    inherit_plan(out.program, program)
    return out


def with_table(
    program: Program, file: str | os.PathLike[str], table: str | os.PathLike[str], strict: bool = False
) -> Program:
    """Return a program read from ``file`` with the rows of a table after its own rules; InputError with every fault.

    Rows of activities that a plan has lost are told in the notes, or are faults with ``strict``.
    """
    own = len(program.ranges)
    out = expanded(program.but(ranges=(*program.ranges, RangeRule(csv=os.path.abspath(table)))), os.fspath(file))
    problems = [*out.problems, *(out.listed if strict else ())]
    found = [(place, text) for place, text in broken(out.program) if place[0] == "ranges"]
    problems += [Problem(*out.moved(place)[1:], "", text) for place, text in found]
    if problems:
        raise InputError(replace(problem, file=os.fspath(table)) for problem in problems)
    notes = [str(replace(problem, file=Path(problem.file).name)) for problem in out.listed]
    before = origin_of(program) or Origin(PlanLines(os.fspath(file), dict))
    more = {place: text for place, text in out.elsewhere().items() if isinstance(place[1], int) and place[1] >= own}
    changed = with_notes(out.program, notes)
    inherit_plan(changed, program)
    remember(changed, before.beside(more))
    return changed


def _rows(table: Path, out: Expanded) -> list[Cells]:
    try:
        content = table.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else f"cannot be read: {error.strerror}"
        out.problems.append(Problem(str(table), 0, "", reason))
        return []
    rows, problems = loads(content, str(table))
    out.problems += problems
    return rows


def _of_row(
    program: Program, cells: Cells, table: str, changed: dict[str, Activity], out: Expanded
) -> Iterator[RangeRule]:
    """Yield the rules that a row says; put an activity whose own range it edits into ``changed``."""
    paths = program.candidates(cells.activity)
    if len(paths) != 1:
        try:
            program.path(cells.activity)
        except ProgramError as error:
            where = out.listed if program.plan is not None else out.problems
            where.append(Problem(table, cells.line, "", error.faults[0][1]))
        return
    for name in FIELDS:
        try:
            unit = (cells.texts.get("unit") or "d") if name == "duration" else ""
            found = said(cells, name, unit)
            activity = changed.get(paths[0], program.activities()[paths[0]])
            if _own(activity, name) is not None:
                if found.edited:
                    reading = activity.elicited_as or program.elicited_as
                    changed[paths[0]] = _with_own(activity, name, _kept(found), reading, found.plan)
            elif found.size is not None:
                said_so = found.edited or program.elicited_as is not None
                yield _rule(paths[0], cells, name, found, "min-max" if said_so else None)
        except RiskmcError as error:
            texts = [text for _, text in error.faults] if isinstance(error, ProgramError) else [str(error)]
            out.problems += [Problem(table, cells.line, f"{cells.activity}: {name}", text) for text in texts]


def _kept(found: Said) -> Size:
    if found.size is None:
        raise ArgumentError("the activity has a range of its own, which an empty row does not take away; do it there")
    return found.size


def _rule(path: str, cells: Cells, name: str, found: Said, reading: str | None) -> RangeRule:
    """Return a row as the rule that it is: its draws are those of the rule that it came from.

    Who edits numbers under "minimum" and "maximum" says how they are meant; who exports a table says nothing new.
    """
    sizes = cells.texts.get(f"{name}_sizes") or "own"
    if not _SIZES.fullmatch(sizes):
        raise ArgumentError(f"sizes are own, same or correlated 0.3, got {sizes!r}")
    shared = cells.texts.get(f"{name}_shared") or None
    if shared is None and sizes != "own":
        raise ArgumentError(f"`sizes: {sizes}` needs `{name}_shared`: one name for all that share")
    words: dict[str, Any] = {"on": naming(path), name: found.size, "sizes": sizes, "elicited_as": reading}
    return RangeRule(**words, **({} if shared is None else {"id": shared}))


def _own(activity: Activity, name: str) -> Size | None:
    """Return the range that an activity has itself: of what remains, or of the whole."""
    if name == "duration":
        remaining = None if activity.progress is None else activity.progress.remaining
        if remaining is not None and not remaining.certain:
            return remaining
        return None if activity.duration is None else activity.duration.range
    fixed = None if activity.cost is None else activity.cost.fixed
    return None if fixed is None else fixed.range


def _with_own(activity: Activity, name: str, size: Size, reading: str | None, plan: Quantity | None) -> Activity:
    """Return an activity with another range of its own; low and high of all its ranges now mean what they say.

    ``plan`` stands in for a planned duration that nobody wrote: the range it was taken from is gone.
    """
    progress, duration, cost = activity.progress, activity.duration, activity.cost
    if progress is not None and progress.remaining is not None and not progress.remaining.certain:
        own = size if name == "duration" else explicit(progress.remaining, reading)
        progress = progress.but(remaining=own)
    elif duration is not None and duration.range is not None:
        own = size if name == "duration" else explicit(duration.range, reading)
        duration = _ranged(duration, own, plan if name == "duration" else None)
    if cost is not None and cost.fixed is not None and cost.fixed.range is not None:
        fixed = _ranged(cost.fixed, size if name == "cost" else explicit(cost.fixed.range, reading))
        cost = Cost(fixed=fixed, **({} if cost.per_day is None else {"per_day": cost.per_day}))
    words = {"progress": progress, "duration": duration, "cost": cost}
    said_now = {word: value for word, value in words.items() if value is not None}
    return activity.but(**said_now, elicited_as="min-max")


def _ranged(estimate: Estimate, size: Size, plan: Quantity | None = None) -> Estimate:
    planned = plan if estimate.plan is None else estimate.plan
    return Estimate(range=size) if planned is None else Estimate(plan=planned, range=size)


def _with(program: Program, rules: list[RangeRule], changed: dict[str, Activity]) -> Program:
    words: dict[str, Any] = {"ranges": tuple(rules)}
    if changed:
        words["projects"] = program.with_activities(changed).projects
    return program.but(**words)
