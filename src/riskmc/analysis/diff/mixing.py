"""Mixing: the old program with some of its pieces as the new one has them; every piece is taken whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from riskmc.analysis.diff.pieces import ACTIVITIES, LINKS, PROGRESS, PROJECTS, SETTINGS, Piece, keys_of, reordered
from riskmc.program.activity import Activity
from riskmc.program.lookup import Lookup
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.sections import KEYED
from riskmc.program.stored import inherit_plan

T = TypeVar("T")
K = TypeVar("K")
Chosen = Collection[Piece]
_UNMIXED: dict[str, Any] = {
    "targets": (), "benefits": (), "scenarios": {}, "escalation": {}, "funding": {}, "funding_rule": None,
}  # fmt: skip


def mixed(old: Program, new: Program, chosen: Chosen) -> Program:
    """Return the old program with the ``chosen`` pieces as the new one has them; the others stay as they were.

    What promises and money rules say moves no finish and no cost, and is left out, unless a policy looks at a promise,
    or money binds (`funding_rule`).
    """
    words: dict[str, Any] = {**_UNMIXED, "projects": _projects(old, new, chosen)}
    for section in KEYED:
        if section not in ("projects", *_UNMIXED) or (section == "funding" and binds(old, new)):
            words[section] = _merged(getattr(old, section), getattr(new, section), _of(section, chosen))
    if old.policies or new.policies:
        words["targets"] = tuple(_listed("targets", old, new, chosen).values())
    if binds(old, new):
        words["funding_rule"] = old.funding_rule
    words["ranges"] = _ranges(old, new, chosen)
    words["correlations"] = tuple(_listed("correlations", old, new, chosen).values())
    for piece in chosen:
        if piece.section == SETTINGS or piece == Piece(PROGRESS, ""):
            word = piece.id or "data_date"
            words[word] = getattr(new, word)
    changed = old.model_copy(update=words)
    changed = changed.model_copy(update={"renamed": _still_named(changed, {**old.renamed, **new.renamed})})
    inherit_plan(changed, old)
    return changed


def binds(old: Program, new: Program) -> bool:
    """Return whether money binds dates in either program."""
    return old.funding_rule is not None or new.funding_rule is not None


def _of(section: str, chosen: Chosen) -> set[str]:
    return {piece.id for piece in chosen if piece.section == section}


def _merged(old: Mapping[K, T], new: Mapping[K, T], chosen: Collection[str]) -> dict[K, T]:
    """Return each item as the new mapping has it where it is chosen, else as the old one, or not at all."""
    sources = {key: new if str(key) in chosen else old for key in {**new, **old}}
    return {key: source[key] for key, source in sources.items() if key in source}


def _projects(old: Program, new: Program, chosen: Chosen) -> dict[str, Project]:
    """Return the projects, each with its words and activities as they were or as they are."""
    found = _merged(old.projects, new.projects, _of(PROJECTS, chosen))
    progress = _of(PROGRESS, chosen)
    for home, project in found.items():
        source = new if home in progress or home not in old.projects else old
        date = source.projects[home].data_date if home in source.projects else None
        activities = _activities(home, old, new, chosen)
        found[home] = project.model_copy(update={"data_date": date, "activities": activities})
    return found


def _activities(home: str, old: Program, new: Program, chosen: Chosen) -> dict[str, Activity]:
    before, after = (one.projects[home].activities if home in one.projects else {} for one in (old, new))
    kept = {}
    for name in {**after, **before}:
        path = f"{home}.{name}"
        if name in before and name in after:
            kept[name] = _activity(before[name], after[name], path, chosen)
        elif (name in after) == (Piece(ACTIVITIES, path) in chosen):
            kept[name] = after[name] if name in after else before[name]
    return kept


def _activity(old: Activity, new: Activity, path: str, chosen: Chosen) -> Activity:
    """Return an activity with the pieces of it that are chosen as the new program has them."""
    work, logic, progress = (Piece(section, path) in chosen for section in (ACTIVITIES, LINKS, PROGRESS))
    if not (work or logic or progress):
        return old
    base, other = (new, old) if work else (old, new)
    words: dict[str, Any] = {"after": other.after} if logic != work else {}
    words |= {"progress": other.progress} if progress != work else {}
    return base.model_copy(update=words)


def _ranges(old: Program, new: Program, chosen: Chosen) -> tuple[Any, ...]:
    """Return the ranges in an order that has its meaning (K1): where it changed, all of them or none are new."""
    if reordered(old, new):
        return new.ranges if any(piece.section == "ranges" for piece in chosen) else old.ranges
    return tuple(_listed("ranges", old, new, chosen).values())


def _listed(section: str, old: Program, new: Program, chosen: Chosen) -> dict[str, Any]:
    before, after = (
        {piece.id: item for piece, item in zip(keys_of(section, items), items, strict=True)}
        for items in (getattr(old, section), getattr(new, section))
    )
    found = _merged(before, after, _of(section, chosen))
    return {key: found[key] for key in _in_order(before, after) if key in found}


def _in_order(old: Iterable[K], new: Iterable[K]) -> list[K]:
    """Return the keys of both in the order of the new ones; one that only the old have follows what it followed."""
    found = list(new)
    before: K | None = None
    for key in old:
        if key not in found:
            found.insert(found.index(before) + 1 if before is not None else 0, key)
        before = key
    return found


def _still_named(program: Program, renamed: Mapping[str, str]) -> dict[str, str]:
    """Return the entries of `renamed:` whose new name there is, and whose old name nothing else has."""
    if not renamed:
        return {}
    lookup = Lookup(program.projects)
    return {
        before: after
        for before, after in renamed.items()
        if _is_there(program, lookup, after) and not _is_there(program, lookup, before)
    }


def _is_there(program: Program, lookup: Lookup, name: str) -> bool:
    section, _, rest = name.partition(".")
    if section in KEYED and section not in program.projects:
        return rest in getattr(program, section)
    return name in program.projects or bool(lookup.candidates(name))
