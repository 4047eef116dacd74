"""Three-point durations in user-defined fields and columns: low, most likely, high -> a range beside the plan.

The fields are found by their usual names (Optimistic, Most Likely, Pessimistic; Min, Likely, Max; BC, ML, WC; Duration1
to Duration3 as in Microsoft Project), or named by the user: ``"Min, Likely, Max"``, with ``, pert`` for another family.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from riskmc.errors import ArgumentError, InputError, Problem, RiskmcError, joined, nearest
from riskmc.io.findings import called, with_items
from riskmc.io.said_values import NOTHING, amount
from riskmc.io.sheets.headings import PARTS, TIMES, words
from riskmc.program.activity import Activity
from riskmc.program.estimate import Estimate, of_time
from riskmc.program.notation import certain
from riskmc.program.numeral import quantity_text
from riskmc.program.overlay import with_notes
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.stored import plan_of
from riskmc.program.vocabulary import FAMILIES as FAMILY_WORDS

FAMILIES = ("triangular", "pert", "trigen")
_ASIDE = {
    "duration", "durations", "dur", "remaining", "estimate", "estimated", "risk", "time", "case", "value", "schedule",
    "3", "three", "point", "pert", "original", "est",
}  # fmt: skip
_TIMED = {"duration", "durations", "dur", "days", "day", "hours", "weeks", "time"}
_EXPECTED = {"expected", "probable"}
_IN_ORDER = ("duration1", "duration2", "duration3")
_FIELDS = "_user_fields"


class Names(NamedTuple):
    """The titles of the fields with low, most likely ("" where there is none) and high; and the family of the range."""

    low: str
    mode: str
    high: str
    family: str = "triangular"


class Said(NamedTuple):
    """What a user-defined field says of one activity, and the line (or cell) of the file where it says so."""

    text: str
    line: int = 0


@dataclass(frozen=True)
class UserFields:
    """The user-defined fields of a plan file: by activity path, by title; ``read`` are already ranges by their name."""

    file: str
    said: Mapping[str, Mapping[str, Said]]
    read: frozenset[str] = frozenset()


def named(text: str | Sequence[str]) -> Names:
    """Return the names that a user gives: ``"Min, Likely, Max"``, or three words; a fourth is the family."""
    parts = [part.strip() for part in (text.split(",") if isinstance(text, str) else text)]
    if len(parts) not in (3, 4) or not (parts[0] and parts[2]):
        raise ArgumentError(f'three points are named as "Min, Likely, Max", got {text!r}')
    if len(parts) == 4 and parts[3] not in FAMILIES:
        raise ArgumentError(f"the family of three points is one of {', '.join(FAMILIES)}, got {parts[3]!r}")
    return Names(*parts)


def recognised(titles: Iterable[str]) -> Names | None:
    """Return the titles, out of those there are, that hold three points; None where none do, or more than one trio."""
    groups: dict[frozenset[str], dict[str, str]] = {}
    for title in titles:
        part, rest = _part(title)
        if part:
            groups.setdefault(rest, {}).setdefault(part, title)
    trios = [Names(found["low"], found.get("mode", ""), found["high"]) for found in groups.values() if _whole(found)]
    plain = {title.replace(" ", "").casefold(): title for title in titles}
    if not trios and set(_IN_ORDER) <= plain.keys():
        return Names(*(plain[name] for name in _IN_ORDER))
    return trios[0] if len(trios) == 1 else None


def _whole(found: Mapping[str, str]) -> bool:
    """Return whether both ends are there; without a most likely field both have to speak of durations."""
    if not {"low", "high"} <= found.keys():
        return False
    return "mode" in found or all(_TIMED & {*words(found[end])} for end in ("low", "high"))


def _part(title: str) -> tuple[str, frozenset[str]]:
    """Return which point a title is about, and its other words; "" where it is about none, or about something else."""
    said = [word for word in words(title) if word not in _ASIDE]
    text = " ".join(said)
    for part, phrases in PARTS.items():
        for phrase in sorted(phrases, key=len, reverse=True):
            rest = [*said]
            if f" {phrase} " in f" {text} ":
                rest = f" {text} ".replace(f" {phrase} ", " ", 1).split()
                return (part, frozenset(rest)) if all(word in _TIME_WORDS for word in rest) else ("", frozenset())
    return ("mode", frozenset()) if {*said} & _EXPECTED and len(said) == 1 else ("", frozenset())


_TIME_WORDS = {word for names in TIMES.values() for name in names for word in name.split()}


@lru_cache(maxsize=4096)
def unit_of(title: str) -> str:
    """Return the unit that a title gives its numbers: ``Min (hours)`` h; days where it gives none."""
    said = {*words(title)}
    return next((unit for unit, names in TIMES.items() if said & {*names} and unit != "ed"), "d")


def three_point(texts: Mapping[str, str], names: Names) -> Size | None:
    """Return the range that the fields of an activity say, None where they say none; ArgumentError where they clash.

    Numbers are in the unit that their title gives, else working days. Without a most likely value all values between
    low and high are alike.
    """
    points = _points(texts, names)
    if not points:
        return None
    values = [point.value for point in points]
    if len({point.unit for point in points}) > 1:
        raise ArgumentError(f"the three points have different units: {', '.join(map(quantity_text, points))}")
    if len({*values}) == 1:
        return None if values[0] == 0 else certain(points[0])
    if min(values) < 0:
        raise ArgumentError(f"work lasts no less than nothing, got {', '.join(map(quantity_text, points))}")
    if values != sorted(values):
        told = ", ".join(map(quantity_text, points))
        raise ArgumentError(f"low <= most likely <= high must hold, got {told}")
    family = "uniform" if len(points) == 2 else names.family
    return Size(family, tuple(zip(FAMILY_WORDS[family].positional, points, strict=True)))


def _points(texts: Mapping[str, str], names: Names) -> list[Quantity]:
    """Return low, most likely where it is said, and high; none where either end is missing."""
    points = []
    for name in names[:3]:
        text = texts.get(name, "").strip() if name else ""
        if text.casefold() not in NOTHING:
            points.append(amount(text, "schedule", unit_of(name)))
        elif name != names.mode:
            return []
    return points


def ranged(activity: Activity, found: Size | None) -> Activity:
    """Return an activity with a range beside its planned duration; itself where there is no range or no work."""
    done = activity.progress is not None and activity.progress.finished is not None
    if found is None or found.certain or done or activity.duration is None or activity.milestone:
        return activity
    return activity.model_copy(update={"duration": of_time(beside(activity.duration.plan, found))})


def beside(plan: Quantity | None, found: Size) -> Estimate:
    """Return the estimate of a range beside the planned value, where there is one."""
    return Estimate(range=found) if plan is None else Estimate(plan=plan, range=found)


def with_user_fields(program: Program, fields: UserFields, names: Names | None = None) -> Program:
    """Return a program with the ranges that its user-defined fields say, under the usual names or those given.

    Raises InputError with every contradiction, each with its line.
    """
    titles = dict.fromkeys(title for said in fields.said.values() for title in said)
    names = names or recognised([title for title in titles if title not in fields.read])
    remembered = program.model_copy()
    remembered.__dict__[_FIELDS] = fields
    if names is None:
        return remembered
    problems: list[Problem] = []
    changed = dict(_changed(remembered, fields, names, problems))
    if problems:
        raise InputError(problems)
    told = with_items(ranges_told(names), [called(path, activity.name) for path, activity in changed.items()])
    return with_notes(remembered.with_activities(changed), [told]) if changed else remembered


def ranges_told(names: Names) -> str:
    """Return the note that activities have ranges from such fields."""
    titles = ", ".join(repr(title) for title in names[:3] if title)
    return f"ranges of durations are {names.family}, from the fields {titles}"


def _changed(
    program: Program, fields: UserFields, names: Names, problems: list[Problem]
) -> Iterator[tuple[str, Activity]]:
    """Yield the path and the new activity of all whose fields say a range; what contradicts goes to ``problems``."""
    activities = program.activities()
    for path, said in fields.said.items():
        if path not in activities:
            continue
        try:
            activity = activities[path]
            found = three_point({name: said[name].text for name in names[:3] if name in said}, names)
            new = ranged(activity, found)
            if new is not activity:
                yield path, new
        except RiskmcError as error:
            line = next((said[title].line for title in names[:3] if title in said), 0)
            problems.append(Problem(fields.file, line, path, str(error)))


def with_three_point(program: Program, wanted: str | Sequence[str], file: str | os.PathLike[str]) -> Program:
    """Return a program with ranges from fields or codes that the user names; what lies over the plan counts first.

    Raises ArgumentError where no activity has such fields, InputError with every contradiction.
    """
    names = named(wanted)
    fields = _fields_of(program, os.fspath(file))
    titles = dict.fromkeys(title for said in fields.said.values() for title in said)
    missing = [title for title in names[:3] if title and title not in titles]
    if missing:
        listed = ", ".join(map(repr, [*titles][:12])) or "none"
        raise ArgumentError(
            f"three points: no activity of {Path(file).name} has a field {missing[0]!r}"
            f"{joined(nearest(missing[0], titles), f'fields: {listed}')}"
        )
    plan = plan_of(program)
    own = {} if plan is None else plan.activities()
    laid = {path for path, activity in program.activities().items() if path in own and _over(activity, own[path])}
    kept = replace(fields, said={path: said for path, said in fields.said.items() if path not in laid})
    return with_user_fields(program, kept, names)


def _over(activity: Activity, planned: Activity) -> bool:
    """Return whether an analyst has given the duration of an activity anew."""
    return activity.duration != planned.duration


def _fields_of(program: Program, file: str) -> UserFields:
    """Return the user-defined fields of a program, or of the plan below it; its codes are fields too."""
    plan = plan_of(program)
    known = program.__dict__.get(_FIELDS) or (plan.__dict__.get(_FIELDS) if plan is not None else None)
    fields: UserFields = known or UserFields(file, {})
    said: dict[str, Mapping[str, Said]] = {}
    for path, activity in program.activities().items():
        codes = {title: Said(text) for title, text in activity.codes.items()}
        both = {**codes, **fields.said.get(path, {})}
        if both:
            said[path] = both
    return UserFields(fields.file, said)
