"""The outline of a Microsoft Project XML file: projects and WBS nodes as summary tasks, with the work below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from riskmc.io.plan_text import wbs_parts
from riskmc.program.program import Program


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
            for part in wbs_parts(activity.wbs) if activity.wbs else ():
                here = _below(here, f"wbs {part}", part, f"{here.wbs}.{part}" if here.wbs else part)
            wbs = f"{here.wbs}.{code}" if here.wbs else code
            here.below[f"activity {code}"] = Line(activity.name or code, wbs, f"{name}.{code}")
    return root


def _below(line: Line, key: str, name: str, wbs: str) -> Line:
    return line.below.setdefault(key, Line(name, wbs))
