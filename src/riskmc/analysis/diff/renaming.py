"""The old program under the names of the new one: activities are matched by path, by `renamed:`, then by GUID.

Random draws follow the old name or the GUID (R5), so the old program gives the same numbers under its new names.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskmc.program.cost import CostItem
from riskmc.program.former import renamed_projects
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.sections import KEYED
from riskmc.program.stored import inherit_plan


def new_names(old: Program, new: Program) -> dict[str, str]:
    """Return the new path of every activity of the old program that is called something else in the new one."""
    before, after = old.activities(), new.activities()
    known = {new.former().get(path, path): path for path in after}
    guids = {activity.guid: path for path, activity in after.items() if activity.guid}
    homes = {*old.projects, *_projects(old, new).values()}
    found = {}
    for path, activity in before.items():
        now = path if path in after else known.get(old.former().get(path, path), known.get(path))
        now = now or guids.get(activity.guid or "")
        if now is not None and now != path and now not in before and new.project_of(now) in homes:
            found[path] = now
    return {path: now for path, now in found.items() if list(found.values()).count(now) == 1}


def _projects(old: Program, new: Program) -> Mapping[str, str]:
    """Return the new identifier of every project that the new program says it has renamed."""
    named = renamed_projects(new.renamed, {*new.projects})
    return {before: after for before, after in named.items() if before in old.projects and after not in old.projects}


def renamed_items(old: Program, new: Program) -> dict[tuple[str, str], str]:
    """Return the new identifier of risks, drivers and other items that the new program says it has renamed."""
    found = {}
    for before, after in new.renamed.items():
        section, _, name = before.partition(".")
        same, _, now = after.partition(".")
        if section == same and section in KEYED and name in getattr(old, section) and now in getattr(new, section):
            found[section, name] = now
    return found


def under_new_names(old: Program, new: Program) -> Program:
    """Return the old program with its activities and projects called as in the new one; itself where nothing is."""
    names, homes = new_names(old, new), _projects(old, new)
    if not names and not homes:
        return old
    changes = {
        "projects": _moved(old, names, homes),
        "renamed": _former(old, names, homes),
        "costs": {name: _charged(item, homes) for name, item in old.costs.items()},
    }
    changed = old.model_copy(update=changes)
    inherit_plan(changed, old)
    return changed


def _charged(item: CostItem, homes: Mapping[str, str]) -> CostItem:
    """Return a cost item with the new identifier of its project."""
    home = homes.get(item.project or "")
    return item if home is None else item.model_copy(update={"project": home})


def _moved(old: Program, names: Mapping[str, str], homes: Mapping[str, str]) -> dict[str, Project]:
    """Return the old projects with every activity at its new path."""
    order = [homes.get(home, home) for home in old.projects]
    found: dict[str, dict[str, object]] = {home: {} for home in order}
    for path, activity in old.activities().items():
        home = old.project_of(path)
        now = names.get(path)
        place = homes.get(home, home) if now is None else _home(now, order)
        found[place][path[len(home) + 1 :] if now is None else now[len(place) + 1 :]] = activity
    return {
        now: project.model_copy(update={"activities": found[now]})
        for now, project in zip(order, old.projects.values(), strict=True)
    }


def _home(path: str, homes: list[str]) -> str:
    """Return the project at which a path begins, the longest where several do."""
    return max((home for home in homes if path.startswith(f"{home}.")), key=len)


def _former(old: Program, names: Mapping[str, str], homes: Mapping[str, str]) -> dict[str, str]:
    """Return `renamed:` such that the draws stay, and what says an old name means the new one."""
    kept = {before: after for before, after in old.renamed.items() if after.partition(".")[0] in KEYED and "." in after}
    paths = {old.former().get(path, path): names.get(path, path) for path in (*old.former(), *names)}
    return {**kept, **homes, **paths}
