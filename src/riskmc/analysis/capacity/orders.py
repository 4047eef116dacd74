"""Orders: what happens when another project goes first, and what the yearly funding does to the dates; paired runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riskmc.analysis.capacity.gains import Paired
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.kept_queues import Queues
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials


@dataclass(frozen=True, eq=False)
class Order:
    """One project before all others in every queue, the rest as they are, against the priorities of the program."""

    project: str
    effect: Paired

    @property
    def hurt(self) -> str | None:
        """The other project whose mean finish it delays most; None where it delays none."""
        others = [name for name in self.effect.before.project_finish if name != self.project]
        worst = max(others, key=lambda name: self.effect.project_finish(name).mean().value, default=None)
        if worst is None or self.effect.project_finish(worst).mean().value <= 0:
            return None
        return worst


def sharing(queues: Queues) -> tuple[str, ...]:
    """Return the projects that share a pool with another one, in the order of the program."""
    homes: dict[int, set[int]] = {}
    for home, pool in queues.pairs:
        homes.setdefault(pool, set()).add(home)
    shared = {home for users in homes.values() if len(users) > 1 for home in users}
    return tuple(name for number, name in enumerate(queues.projects) if number in shared)


def orders(trials: Trials, projects: Sequence[str], progress: Sequence[Progress | None]) -> tuple[Order, ...]:
    """Return what each of the projects gains, and takes from others, by going first."""
    program = trials.again().program
    return tuple(
        Order(project, Paired(trials, simulate_like(trials, with_first(program, project), progress=told)))
        for project, told in zip(projects, progress, strict=True)
    )


def with_first(program: Program, first: str) -> Program:
    """Return the program with one project before all others; these keep their order."""
    projects = {
        name: project.model_copy(update={"priority": 0 if name == first else project.priority + 1})
        for name, project in program.projects.items()
    }
    return program.model_copy(update={"projects": projects})


def funding_effect(trials: Trials, progress: Progress | None) -> Paired | None:
    """Return what the yearly funding does: without its limit, then with it; None where no date waits for money."""
    program = trials.again().program
    if program.funding_rule is None or not program.funding:
        return None
    free = program.model_copy(update={"funding_rule": None})
    return Paired(simulate_like(trials, free, progress=progress), trials)
