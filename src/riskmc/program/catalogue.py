"""Catalogue: the activities of a program by tag, code, WBS branch, name and ``*`` pattern, each looked up once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from riskmc.errors import nearest
from riskmc.program.activity import Activity

FILTERS = ("tag:", "code:", "wbs:", "name:")
WORDS = ("all", "critical")
Test = Callable[[str], bool]


def is_reference(pattern: str) -> bool:
    """Return True where a pattern of a selector names one item, rather than filtering many."""
    return pattern.startswith('"') or not ("*" in pattern or pattern in WORDS or pattern.startswith(FILTERS))


class Catalogue:
    """Which activities a filter or pattern matches. Paths come in file order."""

    def __init__(self, activities: Mapping[str, Activity], homes: Mapping[str, str], former: Mapping[str, str]):
        self._activities = activities
        self._homes = homes
        self._former = former
        self._place = {path: place for place, path in enumerate(activities)}
        self._found: dict[str, frozenset[str]] = {}

    def in_order(self, paths: Collection[str]) -> tuple[str, ...]:
        """Return paths in file order."""
        if len(paths) == len(self._activities):
            return tuple(self._activities)
        return tuple(sorted(paths, key=self._place.__getitem__))

    def matching(self, pattern: str) -> frozenset[str]:
        """Return the paths that one filter or ``*`` pattern, or ``all``, matches."""
        if pattern not in self._found:
            self._found[pattern] = frozenset(self._filtered(pattern))
        return self._found[pattern]

    def unmatched(self, pattern: str) -> str:
        """Return the text for a pattern that matches nothing, with the nearest value there is."""
        kind, _, wanted = pattern.partition(":") if pattern.startswith(FILTERS) else ("", "", pattern)
        return f"{pattern!r} matches no activity{self._hint(kind, wanted.strip())}"

    def _hint(self, kind: str, wanted: str) -> str:
        if kind == "code":
            name, _, value = (part.strip() for part in wanted.partition("="))
            values = self._codes.get(name)
            return nearest(name, self._codes) if values is None else nearest(value, values)
        if kind == "wbs":
            return nearest(wanted.removesuffix(".*"), self._wbs)
        if kind:
            return nearest(wanted, self._tags) if kind == "tag" else ""
        project = wanted.partition(".")[0]
        return "" if "*" in project or "." not in wanted else nearest(project, {*self._homes.values()} - {project})

    def _filtered(self, pattern: str) -> Iterable[str]:
        if pattern == "all":
            return self._activities
        kind, _, wanted = pattern.partition(":") if pattern.startswith(FILTERS) else ("", "", pattern)
        wanted = wanted.strip()
        if kind == "tag":
            return _chosen(self._tags, matcher(wanted))
        if kind == "wbs":
            return _chosen(self._wbs, branch(wanted))
        if kind == "name":
            return _chosen(self._names, matcher(wanted.casefold()))
        if kind == "code":
            name, _, value = (part.strip() for part in wanted.partition("="))
            return _chosen(self._codes.get(name, {}), matcher(value))
        return self._by_path(wanted)

    def _by_path(self, pattern: str) -> Iterable[str]:
        """Return the paths that match, or whose activity's own identifier does where the pattern has no dot."""
        whole = matcher(pattern)
        if "." in pattern:
            old = (path for path, former in self._former.items() if whole(former))
            return [*filter(whole, self._activities), *old]
        return [path for path, home in self._homes.items() if whole(path) or whole(path[len(home) + 1 :])]

    @cached_property
    def _tags(self) -> dict[str, list[str]]:
        return _grouped((tag, path) for path, activity in self._activities.items() for tag in activity.tags)

    @cached_property
    def _wbs(self) -> dict[str, list[str]]:
        return _grouped((activity.wbs, path) for path, activity in self._activities.items() if activity.wbs is not None)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        named = ((activity.name, path) for path, activity in self._activities.items())
        return _grouped((name.casefold(), path) for name, path in named if name is not None)

    @cached_property
    def _codes(self) -> dict[str, dict[str, list[str]]]:
        codes = sorted({code for activity in self._activities.values() for code in activity.codes})
        return {code: self._values(code) for code in codes}

    def _values(self, code: str) -> dict[str, list[str]]:
        coded = self._activities.items()
        return _grouped((activity.codes[code], path) for path, activity in coded if code in activity.codes)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the paths of every value."""
    found: dict[str, list[str]] = {}
    for value, path in pairs:
        found.setdefault(value, []).append(path)
    return found


def _chosen(groups: Mapping[str, list[str]], has: Test) -> Iterable[str]:
    """Return the paths of every value that passes a test."""
    return (path for value, paths in groups.items() if has(value) for path in paths)


def branch(pattern: str) -> Test:
    """Return the test whether a WBS code matches: ``CIV.*`` means CIV itself and everything below it."""
    whole = matcher(pattern)
    if not pattern.endswith(".*"):
        return whole
    node = matcher(pattern.removesuffix(".*"))
    return lambda wbs: node(wbs) or whole(wbs)


def matcher(pattern: str) -> Test:
    """Return the test whether a whole text matches a pattern in which ``*`` stands for any text."""
    first, *rest = pattern.split("*")
    if not rest:
        return first.__eq__
    *middle, last = rest
    least = len(first) + len(last)

    def matches(text: str) -> bool:
        if len(text) < least or not text.startswith(first) or not text.endswith(last):
            return False
        place, end = len(first), len(text) - len(last)
        for part in middle:
            place = text.find(part, place, end)
            if place < 0:
                return False
            place += len(part)
        return True

    return matches
