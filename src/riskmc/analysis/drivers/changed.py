"""Changed programs: words of activities replaced by path, and values that take the place of ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmc.program.program import Program
from riskmc.program.quantity import Operation, Quantity, Size
from riskmc.program.response import Response

Words = dict[str, Any]


def with_activities(program: Program, words: Mapping[str, Words]) -> Program:
    """Return the program with words of activities changed, by path; those that responses add are changed there."""
    known, projects = program.activities(), {home: project.activities for home, project in program.projects.items()}
    responses = dict(program.responses)
    for path, new in words.items():
        if path in known:
            home = program.project_of(path)
            changed = known[path].model_copy(update=new)
            projects[home] = {**projects[home], path[len(home) + 1 :]: changed}
        else:
            responses = {key: _with_own(response, path, new) for key, response in responses.items()}
    whole = {
        home: project.model_copy(update={"activities": projects[home]}) for home, project in program.projects.items()
    }
    return program.model_copy(update={"projects": whole, "responses": responses})


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
