"""Responses in a mitigation state: the activities they add to the program (K6)."""

from __future__ import annotations

from collections.abc import Mapping

from riskmc.errors import ProgramError
from riskmc.program.activity import Activity
from riskmc.program.program import Program
from riskmc.program.response import Response, ResponseActivity
from riskmc.program.stored import inherit_plan


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
    whole = program.model_copy(update={"projects": changed})
    inherit_plan(whole, program)
    return whole


def _join(
    program: Program, projects: dict[str, dict[str, Activity]], place: str, name: str, added: ResponseActivity
) -> None:
    before = [link.model_copy(update={"activity": program.path(link.activity)}) for link in added.before]
    around = [*(link.activity for link in before), *(program.path(link.activity) for link in added.after)]
    home = program.project_of(around[0]) if around else next(iter(projects))
    if name in projects[home]:
        raise ProgramError([(place, f"project {home!r} already has an activity {name!r}; rename one of them")])
    projects[home][name] = Activity.model_construct(**{field: getattr(added, field) for field in Activity.model_fields})
    for link in before:
        project = program.project_of(link.activity)
        successor = link.activity.removeprefix(f"{project}.")
        target, back = projects[project][successor], link.model_copy(update={"activity": f"{home}.{name}"})
        projects[project][successor] = target.model_copy(update={"after": (*target.after, back)})
