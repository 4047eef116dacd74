"""Changed programs: words of activities replaced by path, and values that take the place of ranges."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from riskmc.program.program import Program
from riskmc.program.quantity import Operation, Quantity, Size
from riskmc.program.response import Response

Words = dict[str, Any]


def with_activities(program: Program, words: Mapping[str, Words]) -> Program:
    """Return the program with words of activities changed, by path; those that responses add are changed there."""
    responses = dict(program.responses)
    for path in words.keys() - program.activities().keys():
        responses = {key: _with_own(response, path, words[path]) for key, response in responses.items()}
    return with_own_activities(program, words).model_copy(update={"responses": responses})


def with_own_activities(program: Program, words: Mapping[str, Words]) -> Program:
    """Return the program with words of its own activities changed, by path; those of responses stay as they are."""
    known = program.activities()
    changed = {path: known[path].model_copy(update=new) for path, new in words.items() if path in known}
    return program.with_activities(changed)


def without_risks(program: Program, names: Collection[str]) -> Program:
    """Return the program in which some risks never occur; what responses cost stays."""
    closed = {
        name: risk.model_copy(update={"status": "closed"}) if name in names else risk
        for name, risk in program.risks.items()
    }
    return program.model_copy(update={"risks": closed})


def certain(value: Quantity, operation: Operation = "") -> Size:
    """Return a size that is one value."""
    return Size(None, (("value", value),), None, operation)


def _with_own(response: Response, path: str, words: Words) -> Response:
    """Return a response with words of the activity changed that it adds at ``path``."""
    own = {
        name: activity.model_copy(update=words) if path.endswith(f".{name}") else activity
        for name, activity in response.activities.items()
    }
    return response.model_copy(update={"activities": own})
