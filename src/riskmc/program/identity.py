"""The hash of a program: over everything that can change a number, and nothing else (semantics R6).

Left out: display names, owners, causes and other prose, the name of the plan file, the scenarios not applied, and
tags, codes and WBS that no selector reads. Order counts nowhere but in `ranges`, in the stages
of a team, and in the chances of one pass after another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from riskmc.program.noun import Data
from riskmc.program.policy import Crash, Overtime
from riskmc.program.risk import Impact
from riskmc.program.scope import ScopeGrowth
from riskmc.program.sections import Sections
from riskmc.program.uncertainty import Driver, RangeRule

if TYPE_CHECKING:
    from riskmc.program.program import Program

Selecting = RangeRule | Driver | Impact | ScopeGrowth | Overtime | Crash
_DIGITS = 16
_PROSE = {
    "riskmc", "program", "currency", "plan", "confidence", "released_by", "scenarios", "assumptions",
    "not_in_the_model", "notes", "register_", "scales",
}  # fmt: skip
_ORDERED = ("ranges", "stages", "fail", "reject")
_NAMED = ("costs", "drivers", "resources", "responses", "teams", "scope", "policies")
_READ_BY = {"name": "name:", "tags": "tag:", "codes": "code:", "wbs": "wbs:"}


def hash_of(program: Program) -> str:
    """Return 16 hexadecimal digits that change with whatever can change a number of the program."""
    found = program.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=unread(program))
    return hashlib.sha256(_text(_unordered(found)).encode()).hexdigest()[:_DIGITS]


def unread(*programs: Program) -> Any:
    """Return what can change no number of any of the programs, in pydantic's form; the hash leaves it out."""
    patterns = [pattern for program in programs for selector in selectors(program) for pattern in selector]
    activity = {word for word, head in _READ_BY.items() if not any(pattern.startswith(head) for pattern in patterns)}
    risk = {"name", "cause", "event", "effect", "owner", "category"}
    if not any(impact.calendars for program in programs for impact in _impacts(program)):
        risk.add("window")
    return {
        **dict.fromkeys(_PROSE, True),
        **{section: {"__all__": {"name": True, "cbs": True}} for section in _NAMED},
        "projects": {"__all__": {"name": True, "activities": {"__all__": dict.fromkeys(activity, True)}}},
        "risks": {"__all__": dict.fromkeys(risk, True)},
        "targets": {"__all__": {"name": True}},
        "calendars": {"__all__": {"holidays": True}},
    }


def selectors(program: Sections) -> Iterator[tuple[str, ...]]:
    """Yield every selector of a program, in no particular order."""
    chosen: list[Selecting] = [*program.ranges, *program.drivers.values(), *_impacts(program), *program.scope.values()]
    for policy in program.policies.values():
        chosen += policy.do.selecting()
    for item in chosen:
        yield from (selector for selector in (item.on, item.except_) if selector)
    yield from (item.group for item in program.correlations if item.group)


def _impacts(program: Sections) -> Iterator[Impact]:
    """Yield every impact of a risk, and every one that a response puts in its place."""
    for risk in program.risks.values():
        yield from risk.impacts
    for response in program.responses.values():
        yield from (impact for change in response.acts_on.values() for impact in change.impacts or ())


def _unordered(value: Any) -> Any:
    """Return the value with every list inside it in one order, unless its own order has a meaning."""
    if isinstance(value, dict):
        found: Data = {word: _kept(said) if word in _ORDERED else _unordered(said) for word, said in value.items()}
        return found
    if isinstance(value, list | tuple):
        return sorted(map(_unordered, value), key=_text) if len(value) > 1 else [_unordered(part) for part in value]
    return value


def _kept(value: Any) -> Any:
    """Return a list in its own order, with every list inside it in one order."""
    return list(map(_unordered, value)) if isinstance(value, list | tuple) else _unordered(value)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
