"""Shell completion: the words that the key Tab offers, from the names in FILE and the files of a folder.

A shell asks on every press of the key, so nothing is loaded for it but PyYAML: a program file is looked at as text, and
only a workbook or a plan is read as a whole. What cannot be read offers nothing, and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

import riskmc
from riskmc.cli.endings import EVERY_INPUT, PROGRAMS, TABLES

Complete = Callable[[typer.Context, str], list[Any]]
_MOST = 400  # names offered at once


def one_of_words(*allowed: str) -> Complete:
    """Return what completes one of a few words."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Any]:  # noqa: ARG001
        return _matching(allowed, incomplete)

    return complete


def files(*endings: str) -> Complete:
    """Return what completes the name of a file with one of ``endings``, through folders; of any file without them."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Any]:  # noqa: ARG001
        return _files(incomplete, endings or ("",))

    return complete


def scenarios(ctx: typer.Context, incomplete: str) -> list[Any]:
    """Return the scenarios of FILE, each with its name."""
    return _matching(_named(_part(ctx, "scenarios")), incomplete)


def resources(ctx: typer.Context, incomplete: str) -> list[Any]:
    """Return the resources of FILE that may follow in a list, ``testers,rigs``."""
    before, comma, last = incomplete.rpartition(",")
    return [(f"{before}{comma}{name}", told) for name, told in _matching(_named(_part(ctx, "resources")), last)]


def places(ctx: typer.Context, incomplete: str) -> list[Any]:
    """Return the projects of FILE and their milestones, as ``vessel`` and ``vessel.delivery``."""
    found = [one for one in _activities(ctx) if one[2]]
    projects = _named(_part(ctx, "projects"))
    return _matching([*projects, *((path, name) for path, name, _ in found)], incomplete)


def selectors(ctx: typer.Context, incomplete: str) -> list[Any]:
    """Return the patterns of whole projects, ``vessel.*``, and the activities of FILE."""
    patterns = [(f"{name}.*", told) for name, told in _named(_part(ctx, "projects"))]
    return _matching([*patterns, *((path, name) for path, name, _ in _activities(ctx))], incomplete)


def _matching(known: Iterable[Any], incomplete: str) -> list[Any]:
    """Return the known words, or pairs of a word and what it means, that begin like what was typed so far."""
    found = [one for one in known if (one if isinstance(one, str) else one[0]).startswith(incomplete)]
    return found[:_MOST]


def _files(incomplete: str, endings: tuple[str, ...]) -> list[Any]:
    """Return the files and folders that begin so; a folder that stands alone is opened, so that Tab goes on in it."""
    shown, _, start = incomplete.rpartition("/")
    before = f"{shown}/" if "/" in incomplete else ""
    found = sorted(_entries(Path(before or "."), start, endings))
    if len(found) == 1 and found[0].endswith("/"):
        return _files(before + found[0], endings) or [before + found[0]]
    return [before + name for name in found[:_MOST]]


def _entries(folder: Path, start: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the names in a folder that begin with ``start``: folders, with a slash, and files with an ending."""
    try:
        entries = [entry for entry in folder.expanduser().iterdir() if entry.name.startswith(start)]
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") and not start:
            continue
        if entry.is_dir():
            yield f"{entry.name}/"
        elif entry.name.lower().endswith(endings):
            yield entry.name


def _named(part: object) -> list[tuple[str, str]]:
    """Return identifiers and names of a mapping of named things; an empty list for anything else."""
    if not isinstance(part, Mapping):
        return []
    return [(str(key), _name(inner)) for key, inner in part.items()]


def _name(inner: object) -> str:
    found = inner.get("name") if isinstance(inner, Mapping) else getattr(inner, "name", None)
    return found if isinstance(found, str) else ""


def _activities(ctx: typer.Context) -> Iterator[tuple[str, str, bool]]:
    """Yield path, name, and whether it is a milestone, of every activity of FILE."""
    projects = _part(ctx, "projects")
    for project, inner in projects.items() if isinstance(projects, Mapping) else ():
        activities = inner.get("activities") if isinstance(inner, Mapping) else getattr(inner, "activities", None)
        for key, activity in activities.items() if isinstance(activities, Mapping) else ():
            yield f"{project}.{key}", _name(activity), _is_milestone(activity)


def _is_milestone(activity: object) -> bool:
    if isinstance(activity, Mapping):
        return str(activity.get("milestone", "")).lower() in ("true", "yes", "on")
    return bool(getattr(activity, "milestone", False))


def _part(ctx: typer.Context, key: str) -> object:
    """Return a part of the program in FILE, as it stands in a program file, or as read; None where there is none."""
    file = ctx.params.get("file") or ctx.params.get("new")
    if not isinstance(file, str):
        return None
    try:
        data = _plain(file) if file.lower().endswith(PROGRAMS) else {"plan": file}
        whole = "plan" in data and (key == "projects" or key not in data)
        return getattr(riskmc.read(file), key) if whole else data.get(key)
    except Exception:  # a shell waits, and has nowhere to show what is wrong
        return None


def _plain(file: str) -> Mapping[str, Any]:
    """Return the mappings, lists and texts of a program file."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    data = yaml.load(Path(file).read_text(encoding="utf-8-sig"), Loader=loader)  # texts only
    return data if isinstance(data, Mapping) else {}


PROGRAM_FILES = files(*EVERY_INPUT)
TABLE_FILES = files(*TABLES)
