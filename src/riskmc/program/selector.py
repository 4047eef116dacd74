"""Selectors: which activities a range, driver or risk means.

An identifier, a pattern with ``*``, ``tag:``, ``code:NAME=VALUE``, ``wbs:PATTERN``, ``name:PATTERN``, ``all``,
``critical`` (on a deterministic driving chain), lists of these, and what `except` takes away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from riskmc.errors import ArgumentError, nearest
from riskmc.program.link import unquoted
from riskmc.program.words import listed

if TYPE_CHECKING:
    from riskmc.program.activity import Activity
    from riskmc.program.program import Program

FILTERS = ("tag:", "code:", "wbs:", "name:")


def _well_formed(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the patterns of a selector, each checked for its form."""
    if not patterns:
        raise ArgumentError("a selector names at least one activity, pattern or filter")
    for pattern in patterns:
        head, colon, rest = pattern.partition(":")
        if colon and f"{head}:" not in FILTERS and not pattern.startswith('"'):
            raise ArgumentError(f"unknown filter '{head}:'{nearest(head + ':', FILTERS)}; allowed: {' '.join(FILTERS)}")
        if head == "code" and colon and "=" not in rest:
            raise ArgumentError(f"a code is selected as code:NAME=VALUE, got {pattern!r}")
    return tuple(map(unquoted, patterns))


Selector = Annotated[
    tuple[str, ...],
    BeforeValidator(listed),
    AfterValidator(_well_formed),
    PlainSerializer(lambda patterns: patterns[0] if len(patterns) == 1 else list(patterns)),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def is_reference(pattern: str) -> bool:
    """Return True where a pattern of a selector names one item, rather than filtering many."""
    return "*" not in pattern and pattern not in ("all", "critical") and not pattern.startswith(FILTERS)


def select(
    program: Program,
    selector: Iterable[str],
    except_: Iterable[str] | None = None,
    critical: Callable[[], set[str]] = set,
) -> tuple[str, ...]:
    """Return the full paths of the activities that a selector means, in file order.

    ``critical`` gives the paths on a deterministic driving chain; it is asked only where the word is used.
    Raises ProgramError for an identifier that does not exist, unless the program lies over a `plan:` (then it is
    listed by `reference.unknown_over_plan`). A pattern that matches nothing selects nothing.
    """
    chosen = _matching(program, selector, critical)
    left_out = _matching(program, except_, critical) if except_ else set()
    return tuple(path for path in program.activities() if path in chosen and path not in left_out)


def _matching(program: Program, patterns: Iterable[str], critical: Callable[[], set[str]]) -> set[str]:
    """Return the paths that any of the patterns matches."""
    activities, found = program.activities(), set[str]()
    for pattern in patterns:
        if pattern == "critical":
            found |= critical()
        elif is_reference(pattern):
            paths = program.candidates(pattern)
            if len(paths) == 1 or program.plan is None:
                found.add(paths[0] if len(paths) == 1 else program.path(pattern))
        else:
            found |= _filtered(activities, pattern, program)
    return found


def _filtered(activities: Mapping[str, Activity], pattern: str, program: Program) -> set[str]:
    """Return the paths that one filter or ``*`` pattern matches."""
    if pattern == "all":
        return set(activities)
    kind, _, rest = pattern.partition(":") if pattern.startswith(FILTERS) else ("", "", pattern)
    if kind == "":
        whole = matcher(pattern)
        if "." in pattern:
            return {path for path in activities if whole(path)}
        return {path for path in activities if whole(path) or whole(path[len(program.project_of(path)) + 1 :])}
    has = _test(kind, rest)
    return {path for path, activity in activities.items() if has(activity)}


def _test(kind: str, wanted: str) -> Callable[[Activity], bool]:
    """Return the test whether an activity has the tag, code, WBS or name wanted."""
    if kind == "code":
        name, _, value = wanted.partition("=")
        code, whole = name.strip(), matcher(value.strip())
        return lambda activity: code in activity.codes and whole(activity.codes[code])
    whole = matcher(wanted.strip())
    if kind == "tag":
        return lambda activity: any(map(whole, activity.tags))
    if kind == "wbs":
        return lambda activity: activity.wbs is not None and whole(activity.wbs)
    return lambda activity: activity.name is not None and whole(activity.name)


@lru_cache(maxsize=4096)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Return the test whether a whole text matches a pattern in which ``*`` stands for any text."""
    expression = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
    return lambda text: expression.fullmatch(text) is not None
