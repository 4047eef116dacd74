"""Responses in a mitigation state: the activities they add to the program (K6)."""

from __future__ import annotations

from collections.abc import Mapping

from riskmc.errors import ProgramError
from riskmc.program.activity import Activity
from riskmc.program.program import Program
from riskmc.program.response import Response


def with_activities(program: Program, responses: Mapping[str, Response]) -> Program:
    """Return the program with the activities of the acting responses in it, linked to what they come before.

    A response's activity joins the project of the first activity it precedes (else of the first it follows, else the
    first project). Raises ProgramError where its name is taken there.
    """
    if not any(response.activities for response in responses.values()):
        return program
    projects = {name: dict(project.activities) for name, project in program.projects.items()}
    for response_id in sorted(responses):
        for name, added in responses[response_id].activities.items():
            _join(program, projects, f"responses.{response_id}.activities.{name}", name, added)
    changed = {
        name: project.model_copy(update={"activities": projects[name]}) for name, project in program.projects.items()
    }
    return program.model_copy(update={"projects": changed})


def _join(program: Program, projects: dict[str, dict[str, Activity]], place: str, name: str, added: object) -> None:
    before = [link.model_copy(update={"activity": program.path(link.activity, None)}) for link in getattr(added, "before")]  # noqa: B009
    after = [program.path(link.activity, None) for link in getattr(added, "after")]  # noqa: B009
    home = next((path.split(".")[0] for path in (*(link.activity for link in before), *after)), next(iter(projects)))
    if name in projects[home]:
        raise ProgramError([(place, f"project {home!r} already has an activity {name!r}; rename one of them")])
    data = {field: getattr(added, field) for field in Activity.model_fields}
    projects[home][name] = Activity.model_construct(**data)
    for link in before:
        project, successor = link.activity.split(".", 1)
        target = projects[project][successor]
        back = link.model_copy(update={"activity": f"{home}.{name}"})
        projects[project][successor] = target.model_copy(update={"after": (*target.after, back)})
