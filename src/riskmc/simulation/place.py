"""Places: where a finish or a cost is asked for: the program (""), a project, or an activity by its full path.

The program's own date is a finish target without ``at``, or at the program's ``finish:`` activity; its own budget is
a cost target without ``at``. A cost target at an activity is about the whole program's cost.
"""

from __future__ import annotations

from riskmc.errors import ArgumentError, ProgramError
from riskmc.program.program import Program
from riskmc.program.target import Target

PROGRAM = ""


def resolve(program: Program, at: str | None) -> str:
    """Return the place that ``at`` names: a project, an activity (its path, or alone where unique), or a target."""
    if at is None:
        return PROGRAM
    if at in program.projects:
        return at
    named = next((target for target in program.targets if target.name == at), None)
    if named is not None:
        return resolve(program, named.at)
    try:
        return program.path(at, None)
    except ProgramError as error:
        raise ArgumentError(f"{at!r} is no project, activity or target: {error}") from None


def is_program_finish(program: Program, place: str) -> bool:
    """Return whether a finish at ``place`` is the finish of the program itself."""
    return place == PROGRAM or (program.finish is not None and place == program.path(program.finish, None))


def finish_targets(program: Program, place: str) -> list[Target]:
    """Return the targets with a date that stand at ``place``, in the order of the file."""
    dated = [(target, resolve(program, target.at)) for target in program.targets if target.finish is not None]
    if place == PROGRAM:
        return [target for target, stands in dated if is_program_finish(program, stands)]
    return [target for target, stands in dated if stands == place]


def cost_targets(program: Program, place: str) -> list[Target]:
    """Return the targets with an amount that stand at ``place``, in the order of the file."""
    return [target for target in program.targets if target.cost is not None and resolve(program, target.at) == place]


def own_name(program: Program, path: str) -> str:
    """Return the display name of an activity; with its path in front where another activity has the same."""
    name, every = name_of(program, path), program.activities()
    twins = [other for other, activity in every.items() if activity.name == name]
    return f"{path} {name}" if len(twins) > 1 else name


def name_of(program: Program, place: str) -> str:
    """Return the display name of the program, a project or an activity; the identifier where it has none."""
    if place == PROGRAM:
        return program.program
    if place in program.projects:
        return program.projects[place].name or place
    return program.activities()[place].name or place
