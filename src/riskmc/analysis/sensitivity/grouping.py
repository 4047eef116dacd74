"""Grouping of what is random: each risk, each driver, the ranges of each project; what is correlated in one group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.network.network import Network
from riskmc.network.sources import ScoreRows, every_row
from riskmc.program.program import Program

REST = "everything else"
_JOINED = " + "
_OF_ACTIVITIES = ("ranges", "slips", "existence", "gates", "approvals")
_DRAWN_ANEW = {
    "exists": "existence", "slip": "slips", "gate": "gates", "redo": "gates", "approval": "approvals",
    "discovered": "approvals", "rejection": "approvals", "revision": "approvals",
}  # fmt: skip
_LISTED = 20  # sources named in a refusal
Grouping = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, eq=False)
class Group:
    """Sources that are drawn together: ``rows`` bool[rows] of scores. ``kind`` is the kind of its first source.

    ``names`` are the identifiers of the sources, such as ``risks.soil``, ``drivers.weather``, ``ranges.tunnel``;
    ``label`` is what people call the group.
    """

    name: str
    label: str
    kind: str
    names: tuple[str, ...]
    rows: NDArray[np.bool_]


def grouped(network: Network, wanted: Grouping | None = None) -> tuple[Group, ...]:
    """Return the groups of a network's sources, in the order of the program.

    ``wanted`` maps the name of a group to the sources in it, with ``*`` and ``?`` as wildcards: ``risks.soil``,
    ``drivers.*``, ``ranges.tunnel`` or of one activity ``ranges.tunnel.dig``; what it leaves out is one more group. By
    default each source is a group, the ranges of a project one. Groups that correlation ties are one. ArgumentError
    where a source is named twice or a pattern names none.
    """
    rows = every_row(network)
    source = [_source(name) for name in rows.names]
    label = [_whole(network, one) for one in source] if wanted is None else _labels(source, wanted)
    merged = _merged(label, rows)
    told = [_whole(network, one) for one in source] if wanted is None else source
    return tuple(_group(network.program, name, label, told, merged) for name in _ordered(merged))


def _source(name: str) -> str:
    """Return the source that a variable belongs to; nothing for the factors of correlations."""
    kind, _, rest = name.partition("/")
    if kind == "activity":
        path, _, what = rest.rpartition("/")
        return f"{_DRAWN_ANEW.get(what, 'ranges')}.{path}"
    words = {
        "risk": "risks", "driver": "drivers", "choice": "choices", "range": "ranges", "response": "responses",
        "weather": "weather", "resource": "resources", "scope": "scope",
    }  # fmt: skip
    item = rest.partition("/")[0]
    return f"{words.get(kind, kind)}.{item}" if kind in words or kind == "costs" else "lags" if kind else ""


def _whole(network: Network, source: str) -> str:
    """Return the source with those of all other activities of its project in one."""
    kind, _, path = source.partition(".")
    homes = network.program.activities()
    return f"{kind}.{network.program.project_of(path)}" if kind in _OF_ACTIVITIES and path in homes else source


def _labels(source: Sequence[str], wanted: Grouping) -> list[str]:
    """Return the name of the group of every row, by the patterns given."""
    known = sorted({name for name in source if name})
    home: dict[str, str] = {}
    for name, said in wanted.items():
        for pattern in [said] if isinstance(said, str) else said:
            found = [one for one in known if fnmatchcase(one, pattern) or one.startswith(f"{pattern}.")]
            if not found:
                told = ", ".join(known[:_LISTED]) + (", ..." if len(known) > _LISTED else "")
                raise ArgumentError(f"groups: {pattern!r} in {name!r} names no source; there are {told}")
            for one in found:
                if home.setdefault(one, name) != name:
                    raise ArgumentError(f"groups: {one} is in {home[one]!r} and in {name!r}; put it into one of them")
    return [home.get(name, REST) if name else "" for name in source]


def _merged(label: Sequence[str], rows: ScoreRows) -> list[tuple[str, ...]]:
    """Return for every row the names of all groups that correlation makes one with its own."""
    parent = {name: name for name in label if name}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    members: dict[int, list[str]] = {}
    for name, cluster in zip(label, rows.cluster.tolist(), strict=True):
        if name:
            members.setdefault(cluster, []).append(name)
    for together in members.values():
        for a, b in pairwise(dict.fromkeys(together)):
            parent[root(b)] = root(a)
    whole: dict[str, list[str]] = {}
    for name in parent:
        whole.setdefault(root(name), []).append(name)
    of_cluster = {cluster: tuple(whole[root(names[0])]) for cluster, names in members.items()}
    return [of_cluster.get(cluster, ()) for cluster in rows.cluster.tolist()]


def _ordered(merged: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    yield from (names for names in dict.fromkeys(merged) if names)


def _group(
    program: Program,
    names: tuple[str, ...],
    label: Sequence[str],
    source: Sequence[str],
    merged: Sequence[tuple[str, ...]],
) -> Group:
    rows = np.array([one == names for one in merged])
    inside = tuple(dict.fromkeys(s for s, name in zip(source, label, strict=True) if name in names))
    called = _JOINED.join(_called(program, name) for name in names)
    return Group(_JOINED.join(names), called, inside[0].partition(".")[0], inside, rows)


def _called(program: Program, name: str) -> str:
    """Return the display name of a source: that of its risk, driver or project; or the name of a group as given."""
    kind, _, item = name.partition(".")
    sections: dict[str, Mapping[str, Any]] = {
        "risks": program.risks, "drivers": program.drivers, "responses": program.responses,
        "resources": program.resources,
    }  # fmt: skip
    if item in sections.get(kind, {}):
        return sections[kind][item].name or item
    if kind in _OF_ACTIVITIES and item in program.projects:
        return f"{kind[0].upper()}{kind[1:]} of {program.projects[item].name or item}"
    if kind == "weather":
        return f"Weather on {item}"
    if name == "lags":
        return "Ranges of lags"
    return f"Choice of {item}" if kind == "choices" and item in program.choices else name
