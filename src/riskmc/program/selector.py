"""Selectors: which activities a range, driver or risk means.

An identifier, a pattern with ``*``, ``tag:``, ``code:NAME=VALUE``, ``wbs:PATTERN``, ``name:PATTERN``, ``all``,
``critical`` (on a deterministic driving chain), lists of these, and what `except` takes away. ``wbs:CIV.*`` is the
branch: CIV itself and everything below it. ``name:`` takes no notice of case. A code that could be taken for one of
these words stands in quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from riskmc.errors import ArgumentError, joined, nearest
from riskmc.program.catalogue import FILTERS, WORDS, is_reference
from riskmc.program.link import unquoted
from riskmc.program.words import listed

if TYPE_CHECKING:
    from riskmc.program.program import Program


def _well_formed(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the patterns of a selector, each checked for its form."""
    if not patterns:
        raise ArgumentError("a selector names at least one activity, pattern or filter")
    for pattern in patterns:
        head, colon, rest = pattern.partition(":")
        if colon and f"{head}:" not in FILTERS and not pattern.startswith('"'):
            told = joined(nearest(f"{head}:", FILTERS), f"allowed: {' '.join(FILTERS)}")
            raise ArgumentError(
                f"unknown filter '{head}:'{told}; "
                "an activity's code with a colon stands in double quotes inside single ones: '\"A:10\"'"
            )
        if head == "code" and colon and "=" not in rest:
            raise ArgumentError(f"a code is selected as code:NAME=VALUE, got {pattern!r}")
    return tuple(map(_bare, patterns))


def _bare(pattern: str) -> str:
    """Return a pattern without quotes, unless only they keep a foreign code from meaning something else."""
    name = unquoted(pattern)
    return pattern if name != pattern and _misread(name) else name


def _misread(name: str) -> bool:
    """Return True for an activity's code that without quotes would be a pattern, a filter or a word."""
    return "*" in name or name in WORDS or ":" in name or name.startswith('"')


def naming(path: str) -> str:
    """Return the pattern that names one activity and nothing else."""
    return '"' + path.replace('"', '""') + '"' if _misread(path) else path


Selector = Annotated[
    tuple[str, ...],
    BeforeValidator(listed),
    AfterValidator(_well_formed),
    PlainSerializer(lambda patterns: patterns[0] if len(patterns) == 1 else list(patterns)),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def select(
    program: Program,
    selector: Collection[str],
    except_: Collection[str] | None = None,
    critical: Callable[[], set[str]] = set,
) -> tuple[str, ...]:
    """Return the full paths of the activities that a selector means, in file order.

    ``critical`` gives the paths on a deterministic driving chain; it is asked only where the word is used.
    Raises ProgramError for an identifier that does not exist, unless the program lies over a `plan:` (then it is
    listed by `leftovers.unmatched`). A pattern that matches nothing selects nothing, and is listed there too.
    """
    chosen = _matching(program, selector, critical)
    return program.catalogue().in_order(chosen - _matching(program, except_, critical) if except_ else chosen)


def _matching(program: Program, patterns: Collection[str], critical: Callable[[], set[str]]) -> set[str]:
    """Return the paths that any of the patterns matches."""
    named = program.lookup().named
    found = {named[pattern] for pattern in patterns if pattern in named}
    for pattern in (pattern for pattern in patterns if pattern not in named):
        if pattern == "critical":
            found |= critical()
        elif is_reference(pattern):
            paths = program.candidates(pattern)
            if len(paths) == 1 or program.plan is None:
                found.add(paths[0] if len(paths) == 1 else program.path(pattern))
        else:
            found |= program.catalogue().matching(pattern)
    return found
