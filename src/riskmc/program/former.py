"""Former names: what renamed activities and projects were called (`renamed:`), so that an overlay outlives a renaming.

Their random draws stay those of the old name, and what still says the old name means the new one.
"""

from __future__ import annotations

from collections.abc import Mapping

from riskmc.program.link import unquoted
from riskmc.program.sections import KEYED


def former_paths(
    renamed: Mapping[str, str], homes: Mapping[str, str], alone: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return the old path of every renamed activity, by the path it has now; all of a renamed project's are renamed.

    ``homes`` holds the project of every path, ``alone`` the paths of every identifier. An entry that names no
    activity and no project, or several, is left out.
    """
    projects = set(homes.values())
    found: dict[str, str] = {}
    before = {new: old for old, new in renamed_projects(renamed, projects).items()}
    for new, old in before.items():
        found.update({path: old + path[len(new) :] for path, home in homes.items() if home == new})
    for old, new in ((unquoted(old), unquoted(new)) for old, new in renamed.items()):
        paths = (new,) if new in homes else alone.get(new, ())
        if len(paths) == 1 and not _of_a_section(new, projects):
            home = homes[paths[0]]
            whole = _is_path(old, new, home, new in homes, (*projects, *before.values()))
            found[paths[0]] = old if whole else f"{before.get(home, home)}.{old}"
    return found


def renamed_projects(renamed: Mapping[str, str], projects: set[str]) -> dict[str, str]:
    """Return the new identifier of every renamed project, by its old one."""
    return {old: new for old, new in renamed.items() if new in projects and old not in projects}


def _is_path(old: str, new: str, home: str, new_is_path: bool, projects: tuple[str, ...]) -> bool:
    """Return whether an old name is ``project.activity``, not an activity's identifier with dots in it.

    Where that cannot be told from its beginning, it is taken to be written like the new one.
    """
    if any(old.startswith(f"{project}.") for project in projects):
        return new_is_path or not new.startswith(f"{home}.")
    return "." in old and (new_is_path or "." not in new)


def _of_a_section(name: str, projects: set[str]) -> bool:
    """Return True for ``risks.soil``: the name of an item that is no activity."""
    section = name.partition(".")[0]
    return section in KEYED and section not in projects
