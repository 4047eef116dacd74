"""The overlay: a risk analyst's program laid over the plan of a planning tool (`plan: harbour.xer`).

What the overlay says of a calendar, project or activity changes that word alone; what the plan says stays otherwise.
The plan's duration stays the planned value beside the analyst's range. An activity that the plan does not have is new
where it can stand on its own and a link ties it to others; else the plan has lost it, and it is left out and listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from riskmc.errors import joined, nearest
from riskmc.program.activity import Activity
from riskmc.program.calendar import CalendarException
from riskmc.program.former import renamed_projects
from riskmc.program.lookup import Lookup
from riskmc.program.notation import kind
from riskmc.program.noun import Noun
from riskmc.program.plain_words import Place, path_text
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.resource import Resource

_LIMITS = {"capacity", "staffing", "turnover", "outages"}


class Laid(NamedTuple):
    """A program laid over its plan, and the place and text of what was left out because the plan lost it."""

    program: Program
    lost: list[tuple[Place, str]]


def overlay(plan: Program, own: Program) -> Program:
    """Return the program ``own`` laid over the program of its plan file; names and numbers of ``own`` count first.

    What the plan no longer has is told in the program's notes.
    """
    program, lost = laid_over(plan, own)
    return with_notes(program, (f"{path_text(place)}: {text}" for place, text in lost))


def with_notes(program: Program, notes: Iterable[str]) -> Program:
    """Return the program with more notes, which every output repeats."""
    more = tuple(note for note in notes if note not in program.notes)
    return program.model_copy(update={"notes": (*program.notes, *more)}) if more else program


def laid_over(plan: Program, own: Program) -> Laid:
    """Return ``own`` laid over ``plan``, and what of it the plan has lost."""
    said = own.words_given()
    lost: list[tuple[Place, str]] = []
    if "projects" in said:
        said["projects"] = _at_home(plan, own, lost)
    words = {word: _merged(getattr(plan, word), value) for word, value in said.items()}
    return Laid(plan.but(**words), lost)


def _at_home(plan: Program, own: Program, lost: list[tuple[Place, str]]) -> dict[str, Project]:
    """Return the overlay's projects under the names that the plan has now, without what the plan has lost."""
    lookup = Lookup(plan.projects, own.renamed)
    homes = renamed_projects(own.renamed, {*plan.projects})
    tied = _tied(own)
    found: dict[str, Project] = {}
    for name, project in own.projects.items():
        home = homes.get(name, name)
        kept: dict[str, Activity] = {}
        before = len(lost)
        for code, activity in project.activities.items():
            now = lookup.candidates(f"{name}.{code}") or lookup.candidates(f"{home}.{code}")
            if now and lookup.project_of(now[0]) == home:
                kept[now[0][len(home) + 1 :]] = activity
            elif _stands(activity) and (_has_links(activity) or {code, f"{name}.{code}"} & tied):
                kept[code] = activity
            else:
                lost.append((("projects", name, "activities", code), _lost_text(plan, home, code, lookup)))
        if home not in plan.projects and not kept:
            lost[before:] = [(("projects", name), _lost_project(plan, name, len(project.activities)))]
        else:
            changed = kept != project.activities
            found[home] = project.model_copy(update={"activities": kept}) if changed else project
    return found


def _stands(activity: Activity) -> bool:
    """Return whether an activity could be one on its own: it has a duration of its own, or needs none."""
    duration = activity.duration
    own = duration is not None and (
        duration.plan is not None or (duration.range is not None and kind(duration.range) != "share")
    )
    return own or bool(activity.milestone) or activity.level_of_effort is not None


def _has_links(activity: Activity) -> bool:
    effort = activity.level_of_effort
    return bool(activity.after) or (effort is not None and bool(effort.from_ or effort.to))


def _tied(own: Program) -> set[str]:
    """Return every name that another activity of the overlay, or of its responses, is linked to."""
    activities = [*own.activities().values()]
    for response in own.responses.values():
        activities += response.activities.values()
    links = {link.activity for activity in activities for link in activity.after}
    spans = [activity.level_of_effort for activity in activities if activity.level_of_effort is not None]
    return links | {name for span in spans for name in (*span.from_, *span.to)}


def _lost_text(plan: Program, home: str, code: str, lookup: Lookup) -> str:
    elsewhere = lookup.candidates(code)
    if home not in plan.projects and elsewhere:
        now = lookup.project_of(elsewhere[0])
        return f"the plan has no project {home!r}, but {code!r} in {now!r}; left out {_renaming(home, now)}"
    known = nearest(code, plan.projects[home].activities) if home in plan.projects else ""
    way_out = "left out (a new one needs a duration, and a link: `after`)"
    return f"the plan has no activity {code!r}{joined(known, way_out)}"


def _renaming(old: str, new: str) -> str:
    return f"(if it was renamed: `renamed: {{{old}: {new}}}`)"


def _lost_project(plan: Program, name: str, activities: int) -> str:
    known = ", ".join(map(repr, plan.projects))
    count = "" if not activities else f" with {activities} activit{'y' if activities == 1 else 'ies'}"
    way_out = _renaming(name, next(iter(plan.projects), ""))
    return f"the plan has no project {name!r}, it has {known}; left out{count} {way_out}"


def _merged(old: Any, new: Any) -> Any:
    """Return one word of the plan with the overlay's word over it."""
    if isinstance(new, Noun) and type(new) is type(old):
        return _over(old, new)
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return {**old, **{key: _merged(old[key], said) if key in old else said for key, said in new.items()}}
    if isinstance(new, tuple) and isinstance(old, tuple) and new and isinstance(new[0], CalendarException):
        days = {(item.first, item.last) for item in new}
        return (*(item for item in old if (item.first, item.last) not in days), *new)
    return new


def _over(old: Noun, new: Noun) -> Noun:
    """Return one noun of the plan with the words of the overlay over it; links of an overlay replace the plan's.

    A value without a range takes the plan's value and range away; a range alone stands beside the plan's value. What
    an overlay says of the capacity of a resource makes it a limit, which that of a plan is not.
    """
    said = new.words_given()
    if isinstance(new, Resource) and said.keys() & _LIMITS:
        said = {"from_plan": False, **said}
    if "plan" in said and "range" in type(new).model_fields:
        return new
    merged = {word: _merged(getattr(old, word), value) for word, value in said.items()}
    return old.but(**merged) if merged else old
