"""The outline of a Microsoft Project XML file: projects and WBS nodes as summary tasks, with the work below them.

In a plan of Project's own the WBS of a task is its own number, below that of its summary; elsewhere it is that of
the node under which work stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from riskmc.io.plan_text import wbs_parts
from riskmc.program.program import Program

_UID = re.compile(r"[1-9]\d{0,8}")


@dataclass
class Line:
    """One row of the outline: a summary, or the activity at ``path``; ``numbers`` is its place, ``[1, 2, 1]``."""

    name: str
    wbs: str
    path: str | None = None
    numbers: list[int] = field(default_factory=list)
    below: dict[str, Line] = field(default_factory=dict)

    def rows(self) -> Iterator[Line]:
        """Yield this row and all below it, numbered."""
        yield self
        for number, line in enumerate(self.below.values(), start=1):
            line.numbers = [*self.numbers, number]
            yield from line.rows()

    def work(self) -> Iterator[str]:
        """Yield the paths of the activities below."""
        for line in self.rows():
            if line.path is not None:
                yield line.path


def outline(program: Program) -> Line:
    """Return the outline of a program; several projects stand below one another as summaries of their own."""
    root = Line(program.program, "")
    several = len(program.projects) > 1
    for name, project in program.projects.items():
        home = _below(root, f"project {name}", project.name or name, name) if several else root
        for code, activity in project.activities.items():
            here = home
            own = project.scheduling == "microsoft"
            parts = wbs_parts(activity.wbs) if activity.wbs else []
            for part in parts[:-1] if own else parts:
                here = _below(here, f"wbs {part}", part, f"{here.wbs}.{part}" if here.wbs else part)
            wbs = activity.wbs if own and activity.wbs else f"{here.wbs}.{code}" if here.wbs else code
            here.below[f"activity {code}"] = Line(activity.name or code, wbs, f"{name}.{code}")
    return root


def kept_uids(program: Program) -> dict[str, str]:
    """Return the UIDs that activities keep, by path: those by which Project knew the tasks of a plan of its own."""
    if [project.scheduling for project in program.projects.values()] != ["microsoft"]:
        return {}
    (home,) = program.projects
    found = {f"{home}.{code}": code for code in program.projects[home].activities}
    return found if all(_UID.fullmatch(uid) for uid in found.values()) else {}


def numbered(program: Program, lines: Sequence[Line]) -> list[str]:
    """Return a UID for every row: those that are kept, and for the other rows the numbers left over, from 0 on."""
    kept = kept_uids(program)
    taken = {*kept.values()}
    free = (str(number) for number in count() if str(number) not in taken)
    return [kept.get(line.path or "") or next(free) for line in lines]


def _below(line: Line, key: str, name: str, wbs: str) -> Line:
    return line.below.setdefault(key, Line(name, wbs))
