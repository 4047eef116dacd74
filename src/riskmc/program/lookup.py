"""Looking up activities: by path, ``project.activity``, or by the activity alone where that is unique."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from riskmc.errors import ProgramError, nearest
from riskmc.program.activity import Activity
from riskmc.program.catalogue import Catalogue, is_reference
from riskmc.program.former import former_paths
from riskmc.program.link import unquoted
from riskmc.program.project import Project


@dataclass(eq=False)
class Lookup:
    """Every activity of some projects by path, and the paths that an activity's own identifier may mean.

    ``renamed`` says what some were called before; an old name that nothing else has now means the new one.
    """

    projects: Mapping[str, Project]
    renamed: Mapping[str, str] = field(default_factory=dict)
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

    @cached_property
    def catalogue(self) -> Catalogue:
        """The activities by tag, code, WBS, name and pattern."""
        return Catalogue(self.activities, self._homes, self.former)

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The old path of every renamed activity, by the path it has now."""
        return former_paths(self.renamed, self._homes, self._paths) if self.renamed else {}

    @cached_property
    def _only(self) -> Mapping[str, str]:
        """The path that a reference means wherever it stands: a path itself, or an identifier of one activity alone."""
        alone = {name: paths[0] for name, paths in self._paths.items() if len(paths) == 1}
        return alone | {path: path for path in self.activities}

    @cached_property
    def named(self) -> Mapping[str, str]:
        """The same for the patterns of a selector, of which some mean more than the activity that is called so."""
        return {reference: path for reference, path in self._only.items() if is_reference(reference)}

    @cached_property
    def _now(self) -> Mapping[str, tuple[str, ...]]:
        """The paths that an old name, whole or of the activity alone, means now."""
        found: dict[str, tuple[str, ...]] = {}
        for path, old in self.former.items():
            home = self._homes[path]
            alone = old.removeprefix(f"{home}.") if old.startswith(f"{home}.") else old.partition(".")[2]
            for name in {old, alone, f"{home}.{alone}"}:
                found[name] = (*found.get(name, ()), path)
        return found

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
        found = self._paths.get(reference) or self._now.get(reference, ())
        bare = unquoted(reference)
        return found if found or bare == reference else self.candidates(bare, home)

    def path(self, reference: str, home: str | None = None) -> str:
        """Return the full path that ``reference`` names, or raise ProgramError."""
        found = self._only.get(reference)
        if found is not None:
            return found
        paths = self.candidates(reference, home)
        if len(paths) == 1:
            return paths[0]
        raise ProgramError([("", ambiguous(reference, paths) if paths else self.unknown(reference))])

    def unknown(self, reference: str) -> str:
        """Return the text for a reference that names nothing, with the nearest known."""
        alone = "" if "." in reference else nearest(reference, self._paths)
        return f"unknown activity {reference!r}{alone or nearest(reference, self.activities)}"


def ambiguous(reference: str, paths: tuple[str, ...]) -> str:
    """Return the text for a reference that names several activities."""
    return f"activity {reference!r} stands in several projects; write one of {', '.join(paths)}"
