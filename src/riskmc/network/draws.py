"""The variables of a program: every random number has one stable name, and every size drawn from it has one row.

A *score* is a variable's normal score, one row per name. A *value* is a size computed from a score: minutes, factors
(float32) or cents (float64). Several values may share one score (a size converted by each calendar's own day).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.distributions import Distribution
from riskmc.distributions.constant import Constant
from riskmc.network.backlogs import ITEMS, Backlog
from riskmc.program.former import renamed_projects
from riskmc.program.program import Program

CENTS = 100.0  # in one unit of currency


@dataclass(frozen=True)
class Renaming:
    """What the random numbers of items are keyed by, where that is not the name they have now.

    That is what renamed items were called when their numbers were first drawn (`renamed:`), and an activity's GUID.
    ``items`` maps (section, identifier), such as ("risk", "soil"), ``paths`` an activity, and ``projects`` a project,
    to the old identifier.
    """

    items: Mapping[tuple[str, str], str]
    paths: Mapping[str, str]
    projects: Mapping[str, str]

    def stable(self, name: str) -> str:
        """Return a variable's name as it was before items were renamed."""
        kind, _, rest = name.partition("/")
        path, _, what = rest.rpartition("/")
        if kind == "activity" and path in self.paths:
            return f"activity/{self.paths[path]}/{what}"
        parts = name.split("/")
        if len(parts) > 1:
            parts[1] = self.items.get((parts[0], parts[1]), parts[1])
        return "/".join(self._path(part) for part in parts)

    def _path(self, part: str) -> str:
        """Return a path, or the sorted patterns of a selector, with old identifiers."""
        patterns = part.split(",")
        old = [self._pattern(pattern) for pattern in patterns]
        return part if old == patterns else ",".join(sorted(old))

    def _pattern(self, pattern: str) -> str:
        project, dot, rest = pattern.partition(".")
        if pattern in self.paths or project not in self.projects:
            return self.paths.get(pattern, pattern)
        return f"{self.projects[project]}{dot}{rest}"


_SECTIONS = {
    "risks": "risk", "drivers": "driver", "responses": "response", "choices": "choice", "costs": "costs",
    "resources": "resource", "scope": "scope",
}  # fmt: skip


def renaming(program: Program) -> Renaming | None:
    """Return how the program's items were renamed, or None where none was and no activity has a GUID."""
    items: dict[tuple[str, str], str] = {}
    for old, new in program.renamed.items():
        section, _, identifier = new.partition(".")
        if section in _SECTIONS and section not in program.projects:
            items[_SECTIONS[section], identifier] = old.removeprefix(f"{section}.")
    paths: dict[str, str] = {}
    for path, old in program.former().items():
        home = program.project_of(path)
        alone = path.removeprefix(f"{home}.")
        paths[path] = old
        if not old.endswith(f".{alone}"):
            paths.setdefault(alone, old.removeprefix(f"{home}."))
    _key_by_guid(program, paths)
    projects = {new: old for old, new in renamed_projects(program.renamed, {*program.projects}).items()}
    return Renaming(items, paths, projects) if items or paths else None


def _key_by_guid(program: Program, paths: dict[str, str]) -> None:
    """Put the GUID for the path of every activity that has one, and for its identifier where that is unique."""
    for path, activity in program.activities().items():
        if activity.guid:
            paths[path] = activity.guid
            alone = path[len(program.project_of(path)) + 1 :]
            if len(program.candidates(alone)) == 1:
                paths[alone] = activity.guid


@dataclass(frozen=True, eq=False)
class WorkedOff:
    """A value that is no quantile of one score: ``scale`` times the minutes that a backlog takes, in the row ``row``.

    ``names`` are the variables that the backlog draws from again and again, by its own words for them.
    """

    row: int
    backlog: Backlog
    scale: float
    names: Mapping[str, str]


@dataclass(slots=True)
class Draws:
    """The names and sizes met while a program is compiled."""

    renamed: Renaming | None = None
    scores: dict[str, int] = field(default_factory=dict)
    values: list[tuple[int, Distribution, float, float]] = field(default_factory=list)
    cents: list[tuple[int, Distribution, float, float]] = field(default_factory=list)
    worked_off: list[WorkedOff] = field(default_factory=list)

    def score(self, name: str) -> int:
        """Return the row of the variable's normal score."""
        return self.scores.setdefault(self.stable(name), len(self.scores))

    def known(self, name: str) -> int | None:
        """Return the row of a variable that has been met, or None."""
        return self.scores.get(self.stable(name))

    def stable(self, name: str) -> str:
        """Return the name that keys a variable's draws: as it was before anything was renamed."""
        return name if self.renamed is None else self.renamed.stable(name)

    def value(self, name: str, spread: Distribution, scale: float = 1.0, offset: float = 0.0) -> int:
        """Return the row of ``offset`` plus ``scale`` times a draw from ``spread`` (minutes, or a factor)."""
        self.values.append((self.score(name), spread, scale, offset))
        return len(self.values) - 1

    def backlog(self, owner: str, backlog: Backlog, scale: float) -> int:
        """Return the row of ``scale`` times the minutes a backlog takes; its variables are named after ``owner``."""
        names = {word: self.stable(f"{owner}/{word}") for word in backlog.sizes}
        row = self.value(f"{owner}/{ITEMS}", Constant(0.0))
        self.worked_off.append(WorkedOff(row, backlog, scale, names))
        return row

    def money(self, name: str, spread: Distribution, scale: float = CENTS) -> int:
        """Return the row of ``scale`` times a draw from ``spread`` (cents: the spread is in whole currency units)."""
        self.cents.append((self.score(name), spread, scale, 0.0))
        return len(self.cents) - 1
