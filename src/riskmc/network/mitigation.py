"""Responses in a mitigation state: the activities they add, and which change more than risks (K6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from riskmc.errors import ProgramError
from riskmc.program.activity import Activity
from riskmc.program.program import Program
from riskmc.program.response import Response, ResponseActivity, RiskChange
from riskmc.program.risk import Risk
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


def home_of(program: Program, added: ResponseActivity) -> str:
    """Return the project that an activity of a response joins: of what it precedes, else follows, else the first."""
    around = [link.activity for link in (*added.before, *added.after)]
    return program.project_of(program.path(around[0])) if around else next(iter(program.projects))


def _join(
    program: Program, projects: dict[str, dict[str, Activity]], place: str, name: str, added: ResponseActivity
) -> None:
    before = [link.model_copy(update={"activity": program.path(link.activity)}) for link in added.before]
    home = home_of(program, added)
    if name in projects[home]:
        raise ProgramError([(place, f"project {home!r} already has an activity {name!r}; rename one of them")])
    projects[home][name] = Activity.model_construct(**{field: getattr(added, field) for field in Activity.model_fields})
    for link in before:
        project = program.project_of(link.activity)
        successor = link.activity.removeprefix(f"{project}.")
        target, back = projects[project][successor], link.model_copy(update={"activity": f"{home}.{name}"})
        projects[project][successor] = target.model_copy(update={"after": (*target.after, back)})


def structural(program: Program, names: Iterable[str]) -> frozenset[str]:
    """Return which of the responses cannot be switched within one network to the bits of a network without them.

    Those that bring activities or change a `given`. Those whose risks exchange impacts, or come and go, inside a
    parallel group, where that changes how the largest is found, or beside started work, whose cost is rounded in one
    piece or in two. And those that make a risk come, go or be certain whose occurrence a pair correlates (R5).
    """
    paired = _paired(program)
    started = any(activity.progress is not None for activity in program.activities().values())
    return frozenset(name for name in names if _is_structural(program, program.responses[name], paired, started))


def _is_structural(program: Program, response: Response, paired: frozenset[str], started: bool) -> bool:
    if response.activities or any(change.given for change in response.acts_on.values()):
        return True
    replaced = [program.risks[name] for name, change in response.acts_on.items() if change.impacts is not None]
    coming = dict(_coming(program, response))
    if any(risk.parallel_group for risk in [*replaced, *coming.values()]) or (started and (replaced or coming)):
        return True
    return not paired.isdisjoint(coming)


def _coming(program: Program, response: Response) -> Iterator[tuple[str, Risk]]:
    """Yield the risks that the response brings, and those that it makes impossible or certain, or that were so."""
    for path in response.secondary:
        name = path.removeprefix("risks.")
        yield name, program.risks[name]
    for name, change in response.acts_on.items():
        if _settles(program.risks[name], change):
            yield name, program.risks[name]


def _settles(risk: Risk, change: RiskChange) -> bool:
    return change.probability is not None and not {risk.probability, change.probability}.isdisjoint({0.0, 1.0, None})


def _paired(program: Program) -> frozenset[str]:
    """Return the risks whose occurrence a pair correlates."""
    pairs = [entry.pair for entry in program.correlations if entry.pair is not None and entry.occurrence is not None]
    return frozenset(risk.removeprefix("risks.") for pair in pairs for risk in pair)
