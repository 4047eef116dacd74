"""The door to the engines: a program and a seed in, trials out (A6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, RiskmcError, nearest
from riskmc.io import read
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.network import Constraints, Mitigation, Network
from riskmc.network.tasks import State, Task, start_of
from riskmc.network.worktime import HorizonError
from riskmc.program.notation import size
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.scenario import Scenario
from riskmc.simulation.blocks import Sums
from riskmc.simulation.montecarlo import Outcomes, Progress, is_compiled, run
from riskmc.simulation.trials import ActivityStatistics, Coverage, Plan, Trials

STRETCHES = (1, 4, 16, 64)
COMPILING = "compiling once for this machine, a few seconds; later runs start at once"
Engine = Literal["monte-carlo"]


def simulate(
    program: Program | str | PathLike[str],
    iterations: int | range = 10_000,
    seed: int = 1,
    *,
    threads: int | None = None,
    engine: Engine = "monte-carlo",
    scenario: str | Scenario | None = None,
    mitigation: Mitigation = "current",
    default_range: str | Size | None = None,
    ignore: Sequence[str] = (),
    constraints: Constraints = "relaxed",
    statistics: bool = False,
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
) -> Trials:
    """Return the trials of a program: its finish and cost in every iteration, and what made them.

    The same seed gives the same bits for any number of threads, and for ``iterations=range(5000, 10000)`` the same as
    those iterations have in a longer run (R1).

    Parameters
    ----------
    program : Program or path
        A program, or a file that `read` understands.
    iterations : int or range
        How many, or which.
    seed : int
        0 to 2^64 - 1.
    threads : int, optional
        Default: one for each processor. Changes the time, never a number.
    scenario : str or Scenario, optional
        A what-if to apply first.
    mitigation : {"pre", "current", "post"}
        Which responses act (K6).
    default_range : str, optional
        For every activity without a range, such as ``"triangular(90% 100% 130%)"``; correlated 0.3 (K8).
    ignore : sequence of str
        What the engine may leave out although the program asks for it (K7).
    constraints : {"relaxed", "as-planned"}
        Relaxed: finish constraints do not act, mandatory starts are earliest dates (N3).
    statistics : bool
        Compute criticality and mean dates of the activities in the same run, rather than when first asked for.
    progress : callable, optional
        Called with (iterations done, iterations asked for).
    notice : callable, optional
        Called with a sentence where something takes longer than usual: the first run on a machine compiles.

    Raises
    ------
    ProgramError, UnsupportedError, ArgumentError
        The program is wrong, needs the other engine, or an argument has no meaning.
    """
    _checked("engine", engine, ("monte-carlo",))
    _checked("mitigation", mitigation, ("pre", "current", "post"))
    _checked("constraints", constraints, ("relaxed", "as-planned"))
    if threads is not None and threads < 1:
        raise ArgumentError(f"threads: at least one, got {threads}")
    chosen = _iterations(iterations)
    if notice is not None and not is_compiled():
        notice(COMPILING)
    loaded = program if isinstance(program, Program) else read(program)
    whole = loaded if scenario is None else loaded.scenario(scenario)
    settings = Settings(mitigation, constraints, _range(default_range), tuple(ignore))
    asked = _Run(chosen, seed, threads, statistics)
    network, outcomes = _run(whole, settings, asked, progress)
    name = scenario if isinstance(scenario, str) or scenario is None else scenario.name
    return _trials(network, outcomes, asked, name)


def _checked(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise ArgumentError(f"{name} is one of {', '.join(allowed)}, got {value!r}{nearest(str(value), allowed)}")


def _iterations(iterations: int | range) -> range:
    chosen = iterations if isinstance(iterations, range) else range(iterations)
    if chosen.step != 1 or chosen.start < 0 or len(chosen) < 1:
        raise ArgumentError(f"iterations: at least one, without gaps, from 0 on, got {iterations!r}")
    return chosen


def _range(text: str | Size | None) -> Size | None:
    found = size(text) if isinstance(text, str) else text
    if found is not None and (found.certain or any(q.unit not in ("%", "") for _, q in found.parameters)):
        raise ArgumentError(f"a default range is in shares of the plan, such as triangular(90% 100% 130%), got {text}")
    return found


@dataclass(frozen=True)
class _Run:
    """Which iterations, how many threads may work on them, and whether the dates of activities are wanted."""

    iterations: range
    seed: int
    threads: int | None
    statistics: bool


def _run(program: Program, settings: Settings, asked: _Run, progress: Progress | None) -> tuple[Network, Outcomes]:
    """Compile and run, with longer calendars where dates fall off them."""
    for stretch in STRETCHES:
        try:
            network = compile_network(program, replace(settings, stretch=stretch))
            return network, run(network, asked.seed, asked.iterations, asked.threads, asked.statistics, progress)
        except HorizonError as error:
            last = error
    raise RiskmcError(
        f"the program does not finish within centuries; look for a calendar that runs out of work ({last})"
    )


def _trials(network: Network, outcomes: Outcomes, asked: _Run, scenario: str | None) -> Trials:
    finishes = outcomes.finishes.astype(np.int64) + network.axis.unix
    places = dict(zip(network.outputs, finishes, strict=True))
    first = 1 + len(network.projects)
    return Trials(
        program=network.program, seed=asked.seed, iterations=asked.iterations, start=start_of(network.program),
        finish_minutes=finishes[0], cost_cents=outcomes.cents[0], plan=_plan(network),
        recompute=partial(_statistics, network, asked, outcomes.sums if asked.statistics else None),
        project_finish={name: places[name] for name in network.projects},
        project_cost=dict(zip(network.projects, outcomes.cents[1:], strict=True)),
        milestone_finish={path: places[path] for path in network.outputs[first:-1]},
        occurred=_occurred(network, outcomes, len(asked.iterations)),
        coverage=_coverage(network), random=network.random,
        mitigation=network.mitigation, constraints=network.constraints, scenario=scenario,
        ignored=network.ignored, relaxed=network.relaxed,
        notes=(*network.notes, *_raised(network, outcomes, len(asked.iterations))),
    )  # fmt: skip


def _plan(network: Network) -> Plan:
    plan, unix, first = network.plan, network.axis.unix, 1 + len(network.projects)
    outputs = (plan.outputs + unix).tolist()
    margin = plan.with_margin
    days = [network.axis.calendars[task.calendar].day_minutes for task in network.tasks]
    return Plan(
        outputs[0], int(network.plan_cents[0]),
        None if margin is None else int(margin.outputs[0] + unix),
        None if network.margin_cents is None else int(network.margin_cents[0]),
        dict(zip(network.projects, outputs[1:first], strict=True)),
        dict(zip(network.projects, network.plan_cents[1:].tolist(), strict=True)),
        dict(zip(network.outputs[first:-1], outputs[first:-1], strict=True)),
        {task.path: int(_start(task, plan.start[task.number])) + unix for task in network.tasks},
        {task.path: int(_finish(task, plan.finish[task.number])) + unix for task in network.tasks},
        {
            task.path: float(plan.total_float[task.number]) / day
            for task, day in zip(network.tasks, days, strict=True)
            if task.state is not State.FINISHED
        },
    )  # fmt: skip


def _start(task: Task, computed: float) -> float:
    """Return the start of an activity: the actual one where it has started."""
    return computed if task.state is State.PLANNED else task.started


def _finish(task: Task, computed: float) -> float:
    return task.finished if task.state is State.FINISHED else computed


def _occurred(network: Network, outcomes: Outcomes, n: int) -> dict[str, float]:
    """Return the share of iterations in which each sampled risk occurred; a certain one 1, an impossible one 0."""
    counts = outcomes.sums.events
    return {
        name: float(counts[event] / n) if event >= 0 else float(event == -1) for name, event in network.occurs.items()
    }


def _coverage(network: Network) -> Coverage:
    """Return the share of the remaining work, and of the driving paths, that carries a range (P2)."""
    plan = network.plan
    work = np.array(
        [
            task.remaining / network.axis.calendars[task.calendar].day_minutes
            if task.samples and plan.exists[task.number]
            else 0.0
            for task in network.tasks
        ]
    )
    ranged, driving = np.array(network.ranged), plan.critical[: len(network.tasks)]
    return Coverage(_share(work, ranged), _share(work * driving, ranged))


def _share(work: NDArray[np.float64], ranged: NDArray[np.bool_]) -> float:
    total = float(work.sum())
    return float(work[ranged].sum()) / total if total else 1.0


def _raised(network: Network, outcomes: Outcomes, n: int) -> tuple[str, ...]:
    if not outcomes.sums.raised:
        return ()
    share = outcomes.sums.raised / (n * max(1, sum(network.ranged)))
    return (f"{share:.2%} of the sampled durations came out below zero and were raised to one minute",)


def _statistics(network: Network, asked: _Run, sums: Sums | None) -> ActivityStatistics:
    """Return means over the iterations; where no sums were kept, from a second run: same seed, same bits."""
    if sums is None:
        sums = run(network, asked.seed, asked.iterations, asked.threads, with_dates=True).sums
    tasks, unix = network.tasks, network.axis.unix
    some = np.maximum(sums.exists, 1)
    absent = sums.exists == 0
    start, finish, minutes = (
        np.where(absent, np.nan, total / some) for total in (sums.start, sums.finish, sums.minutes)
    )
    lasting = minutes > 0  # what lasts nothing starts when it finishes
    start = np.where(lasting | absent, start, finish)
    days = [_days(network, task, minutes[task.number]) for task in tasks]
    return ActivityStatistics(
        tuple(task.path for task in tasks),
        np.array([0 if task.activity.margin else sums.critical[task.number] for task in tasks]) / len(asked.iterations),
        np.array([_start(task, start[task.number]) + unix for task in tasks], float),
        np.array([_finish(task, finish[task.number]) + unix for task in tasks], float), np.array(days),
    )  # fmt: skip


def _days(network: Network, task: Task, minutes: float) -> float:
    """Return the working days an activity takes in all, those before the data date included."""
    axis = network.axis
    if task.state is State.FINISHED:
        minutes = axis.index(task.calendar, task.finished) - axis.index(task.calendar, task.started)
    elif task.state is State.STARTED:
        minutes += axis.index(task.calendar, task.data_date) - axis.index(task.calendar, task.started)
    return float(minutes) / axis.calendars[task.calendar].day_minutes
