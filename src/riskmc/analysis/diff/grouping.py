"""Groups of changes that are made together or not at all, so that every choice among them is a program that runs.

All changes of one item are one group; an activity added or removed takes along the links to it, and what else names
it; the status date and all progress are one group. What then still cannot stand alone is joined to what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from riskmc.analysis.diff.changes import NOTHING, ProgramChange, whole
from riskmc.analysis.diff.pieces import ACTIVITIES, LINKS, PROGRESS, PROJECTS, Piece, Words
from riskmc.forecast.language import Phrase, marked, phrase, phrases
from riskmc.program.program import Program
from riskmc.simulation.place import name_of

PROGRESS_NAME = marked("progress since last time")
_KINDS = {
    "activities": marked("changes of activities"),
    "calendars": marked("changes of calendars"),
    "choices": marked("changes of choices"),
    "resources": marked("changes of resources"),
    "costs": marked("changes of costs"),
    "templates": marked("changes of templates"),
    "ranges": marked("changes of ranges"),
    "drivers": marked("changes of drivers"),
    "correlations": marked("changes of correlations"),
    "risks": marked("changes of risks"),
    "responses": marked("changes of responses"),
    "targets": marked("changes of targets"),
    "benefits": marked("changes of benefits"),
    "escalation": marked("changes of escalation"),
    "funding": marked("changes of funding"),
    "scenarios": marked("changes of scenarios"),
    "scope": marked("changes of scope"),
    "policies": marked("changes of policies"),
    "teams": marked("changes of teams"),
    "projects": marked("changes of projects"),
    "settings": marked("changes of settings"),
}
_WORD = re.compile(r"[\w.-]+")
_NAMING = ("given", "acts_on", "uses", LINKS)  # words whose keys name other items


@dataclass(frozen=True)
class ChangeGroup:
    """Changes that are made together: what the group is called, its pieces and its changes."""

    name: Phrase
    pieces: frozenset[Piece]
    changes: tuple[ProgramChange, ...]


def grouped(
    changes: Sequence[ProgramChange],
    old: Mapping[Piece, Words],
    new: Mapping[Piece, Words],
    reordered: bool,
) -> list[ChangeGroup]:
    """Return the changes that can move finish and cost, in groups; ``reordered``: the ranges are one group."""
    moving = [change for change in changes if change.reach == "forecast"]
    pieces = list(dict.fromkeys(change.piece for change in moving))
    sets = _Sets(pieces)
    whole = {change.piece for change in moving if change.what in ("added", "removed")}
    _tie_items(sets, pieces, whole, reordered)
    _tie_names(sets, pieces, whole, moving, old, new)
    return [_group(members, moving) for members in sets.all()]


class _Sets:
    """Pieces in sets that only ever grow together."""

    def __init__(self, pieces: Iterable[Piece]):
        self._of = {piece: [piece] for piece in pieces}

    def join(self, one: Piece, other: Piece) -> None:
        """Put the sets of two pieces together, where both are known."""
        if one in self._of and other in self._of and self._of[one] is not self._of[other]:
            mine = self._of[one]
            mine += self._of[other]
            for piece in self._of[other]:
                self._of[piece] = mine

    def all(self) -> list[list[Piece]]:
        """Return the sets, in the order of their first pieces."""
        return list({id(members): members for members in self._of.values()}.values())


def _tie_items(sets: _Sets, pieces: Sequence[Piece], whole: set[Piece], reordered: bool) -> None:
    """Join the pieces of one item, those of a project that comes or goes, all progress, and ranges in a new order."""
    first: dict[Hashable, Piece] = {}
    for piece in pieces:
        for key in _homes(piece, whole, reordered):
            sets.join(first.setdefault(key, piece), piece)


def _homes(piece: Piece, whole: set[Piece], reordered: bool) -> Iterator[Hashable]:
    """Yield what a piece belongs to."""
    if piece.section in (ACTIVITIES, LINKS, PROGRESS):
        path = piece.id
        gone = Piece(ACTIVITIES, path) in whole
        home = next(
            (p.id for p in whole if p.section == PROJECTS and (path == p.id or path.startswith(f"{p.id}."))), None
        )
        if home is not None:
            yield PROJECTS, home
        if piece.section == PROGRESS and not gone and home is None:
            yield PROGRESS
        else:
            yield ACTIVITIES, path
    elif piece.section == PROJECTS:
        yield PROJECTS, piece.id
    elif piece.section == "ranges" and reordered:
        yield "ranges"


def _tie_names(
    sets: _Sets,
    pieces: Sequence[Piece],
    whole: set[Piece],
    changes: Sequence[ProgramChange],
    old: Mapping[Piece, Words],
    new: Mapping[Piece, Words],
) -> None:
    """Join each changed piece to the items that come or go and that it names."""
    named: dict[str, list[Piece]] = {}
    renamed = [(change.piece, change.old) for change in changes if change.what == "renamed" and change.old]
    for piece in whole:
        for name in {piece.id, piece.id.partition(".")[2] if piece.section == ACTIVITIES else piece.id} - {""}:
            named.setdefault(name, []).append(piece)
    for piece, name in renamed:
        for word in (name, piece.id):
            named.setdefault(word, []).append(piece)
    for choice in (piece for piece in pieces if piece.section == "choices"):
        named.setdefault(choice.id, []).append(choice)
    for piece in pieces if named else ():
        told = (source.get(piece, NOTHING).counted for source in (old, new))
        for name in {name for words in told for name in _names(words, piece.section)} & named.keys():
            for other in named[name]:
                sets.join(other, piece)


def _names(value: object, key: str = "") -> Iterator[str]:
    """Yield every text in a value that may name an item: whole, and word by word."""
    if isinstance(value, Mapping):
        for word, said in value.items():
            if key in _NAMING:
                yield str(word)
            yield from _names(said, str(word))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _names(item, key)
    elif isinstance(value, str):
        yield value
        for word in _WORD.findall(value):
            yield from (word, word.partition(".")[2])


def _group(members: Sequence[Piece], changes: Sequence[ProgramChange]) -> ChangeGroup:
    """Return the group of some pieces, named after the one that brings the others along."""
    held = set(members)
    mine = tuple(change for change in changes if change.piece in held)
    former = {Piece(change.piece.section, change.old or "") for change in mine if change.what == "renamed"}
    return ChangeGroup(_name(mine), frozenset(held | former), mine)


def _name(changes: Sequence[ProgramChange]) -> Phrase:
    """Return what a group is called: its item, and how many more come along."""
    if all(change.piece.section == PROGRESS for change in changes):
        return phrase(PROGRESS_NAME)
    whole = sorted((c for c in changes if c.what in ("added", "removed")), key=lambda c: c.piece.section != PROJECTS)
    lead = whole[0] if whole else changes[0]
    others = {change.item for change in changes} - {lead.item}
    headed = _headed(lead, len(changes) == 1)
    return (
        phrases("{what}, and {count} more", "{what}, and {count} more", len(others), what=headed) if others else headed
    )


def _headed(lead: ProgramChange, alone: bool) -> Phrase:
    """Return the name of the item of a change, and what became of it; of a single change its word."""
    if lead.piece.section == LINKS:
        return lead.subject
    if lead.what == "renamed":
        return phrase("{what} renamed", what=lead.item)
    if lead.what != "changed":
        return whole(lead.item, lead.what)
    worded = alone and lead.word not in ("", lead.piece.id)
    return phrase("{what}: {word}", what=lead.item, word=lead.word) if worded else lead.item


def joined(groups: Sequence[ChangeGroup], one: int, other: int) -> list[ChangeGroup]:
    """Return the groups with two of them made one."""
    first, second = sorted((one, other))
    both = _united([groups[first], groups[second]])
    return [both if place == first else group for place, group in enumerate(groups) if place != second]


def _united(groups: Sequence[ChangeGroup], name: Phrase | None = None) -> ChangeGroup:
    """Return several groups as one."""
    changes = tuple(change for group in groups for change in group.changes)
    pieces = frozenset(piece for group in groups for piece in group.pieces)
    return ChangeGroup(_name(changes) if name is None else name, pieces, changes)


def gathered(groups: Sequence[ChangeGroup], program: Program, most: int) -> list[ChangeGroup]:
    """Return at most about ``most`` groups: beyond it those of one kind and project are one, then those of a kind."""
    for key in (_kind_and_project, _kind):
        if len(groups) > most:
            groups = _by(groups, lambda group, key=key: key(group, program))  # type: ignore[misc]
    return list(groups)


def _by(groups: Sequence[ChangeGroup], key: Callable[[ChangeGroup], Phrase]) -> list[ChangeGroup]:
    found: dict[Phrase, list[ChangeGroup]] = {}
    for group in groups:
        found.setdefault(key(group), []).append(group)
    return [_united(some, name) if len(some) > 1 else some[0] for name, some in found.items()]


def _kind_and_project(group: ChangeGroup, program: Program) -> Phrase:
    """Return what the groups of one kind are called together: ``changes of activities in build``."""
    piece = group.changes[0].piece
    if piece.section not in (ACTIVITIES, LINKS):
        return _kind(group, program)
    homes = [home for home in program.projects if piece.id.startswith(f"{home}.")]
    kind = _kind(group, program)
    if not homes:
        return kind
    return phrase("{changes} in {project}", changes=kind, project=name_of(program, max(homes, key=len)))


def _kind(group: ChangeGroup, _program: Program) -> Phrase:
    section = group.changes[0].piece.section
    if group.name == PROGRESS_NAME:
        return phrase(PROGRESS_NAME)
    return phrase(_KINDS[ACTIVITIES if section == LINKS else section])
