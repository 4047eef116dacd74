"""Looking up activities: by path, ``project.activity``, or by the activity alone where that is unique."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.errors import ProgramError, nearest
from riskmc.program.activity import Activity
from riskmc.program.project import Project


@dataclass
class Lookup:
    """Every activity of some projects by path, and the paths that an activity's own identifier may mean."""

    projects: Mapping[str, Project]
    activities: dict[str, Activity] = field(default_factory=dict)
    _homes: dict[str, str] = field(default_factory=dict)
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for home, project in self.projects.items():
            for name, activity in project.activities.items():
                path = f"{home}.{name}"
                self.activities[path] = activity
                self._homes[path] = home
                self._paths[name] = (*self._paths.get(name, ()), path)

    def project_of(self, path: str) -> str:
        """Return the project in which the activity at ``path`` stands; ProgramError if there is none."""
        if path not in self._homes:
            raise ProgramError([("", self.unknown(path))])
        return self._homes[path]

    def candidates(self, reference: str, home: str | None = None) -> tuple[str, ...]:
        """Return the paths that ``reference`` may mean: one where it is a path, stands in ``home``, or is unique."""
        if reference in self.activities:
            return (reference,)
        if home is not None and f"{home}.{reference}" in self.activities:
            return (f"{home}.{reference}",)
        return self._paths.get(reference, ())

    def path(self, reference: str, home: str | None = None) -> str:
        """Return the full path that ``reference`` names, or raise ProgramError."""
        paths = self.candidates(reference, home)
        if len(paths) == 1:
            return paths[0]
        raise ProgramError([("", ambiguous(reference, paths) if paths else self.unknown(reference))])

    def unknown(self, reference: str) -> str:
        """Return the text for a reference that names nothing, with the nearest known."""
        known = list(self.activities) if "." in reference else list(self._paths)
        return f"unknown activity {reference!r}{nearest(reference, known) or nearest(reference, self.activities)}"


def ambiguous(reference: str, paths: tuple[str, ...]) -> str:
    """Return the text for a reference that names several activities."""
    return f"activity {reference!r} stands in several projects; write one of {', '.join(paths)}"
