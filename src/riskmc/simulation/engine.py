"""The door to the engines: a program and a seed in, trials out (A6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.io import read
from riskmc.network.compiling import Settings
from riskmc.network.dynamics.pools import Dispatch
from riskmc.network.network import Constraints, Mitigation, Network
from riskmc.network.refusals import Engine, needed
from riskmc.network.tasks import State, Task, start_of
from riskmc.program.locating import located
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.scenario import Scenario
from riskmc.simulation.announcement import announced
from riskmc.simulation.arguments import check_memory, check_number, check_seed, check_word, read_iterations, read_range
from riskmc.simulation.blocks import Sums
from riskmc.simulation.hooks import UserPolicy, check_policies
from riskmc.simulation.montecarlo import Outcomes, Progress, run
from riskmc.simulation.policy_acts import acts_told
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.run_notes import run_notes
from riskmc.simulation.sent_back import rework_told
from riskmc.simulation.stretching import stretched
from riskmc.simulation.trials import ActivityStatistics, Arrived, Coverage, Plan, Sampling, Trials
from riskmc.simulation.understanding import understood
from riskmc.simulation.until import AT_MOST, Goal, check_goal, half_width, read_goal, run_until

ENGINES = ("monte-carlo", "discrete-event")
RULES = ("late-finish", "minimum-slack", "shortest-first", "file-order", "multi-pass")


def simulate(
    program: Program | str | PathLike[str],
    iterations: int | range = 10_000,
    seed: int = 1,
    *,
    threads: int | None = None,
    sampling: Sampling = "montecarlo",
    engine: Engine | None = None,
    dispatch: Dispatch = "late-finish",
    strict: bool = False,
    policies: Sequence[UserPolicy] = (),
    scenario: str | Scenario | None = None,
    mitigation: Mitigation = "current",
    default_range: str | Size | None = None,
    ignore: Sequence[str] = (),
    constraints: Constraints = "relaxed",
    until: str | None = None,
    at_most: int = AT_MOST,
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
    sampling : {"montecarlo", "lhs"}
        Independent iterations, or Latin hypercubes of 256 (R4): means and chances near the middle are known better, a
        P80 a little; intervals come from the hypercubes and are honest from 2,560 iterations on.
    engine : {"monte-carlo", "discrete-event"}, optional
        Default: the one that the program needs; a note says which, and why.
    dispatch : {"late-finish", "minimum-slack", "shortest-first", "file-order", "multi-pass"}
        In which order the discrete-event engine hands out units among equal priorities (D5); "multi-pass" takes the
        best of 256 orders near the first for the plan, and keeps to it in every iteration.
    strict : bool
        Whether nothing may overtake the first in that order that does not fit.
    policies : sequence, optional
        Policies written in Python (`policy`); the simpy reference runs them, and a note says so.
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
    until : str, optional
        Run more iterations until something is known well enough, such as ``"P80 finish within 1d"``: until both ends
        of its 95% interval lie that near (days of 24 hours). ``iterations`` is then the fewest to run. The trials are
        those of a plain run of as many iterations; ``notes`` says how many it took.
    at_most : int
        The most iterations to run until then.
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
    if engine is not None:
        check_word("engine", engine, ENGINES)
    check_word("dispatch", dispatch, RULES)
    check_word("sampling", sampling, ("montecarlo", "lhs"))
    check_word("mitigation", mitigation, ("pre", "current", "post"))
    check_word("constraints", constraints, ("relaxed", "as-planned"))
    check_seed(seed)
    if threads is not None:
        check_number("threads", threads, 1)
    hooks = check_policies(policies)
    if hooks and engine == "monte-carlo":
        raise ArgumentError("policies: they act while a program runs, which only the discrete-event engine simulates")
    chosen, default = read_iterations(iterations), read_range(default_range)
    goal = None if until is None else _goal(until, chosen, at_most)
    loaded = program if isinstance(program, Program) else read(program)
    name = scenario if isinstance(scenario, str) or scenario is None else scenario.name
    with located(loaded):
        changed = loaded if scenario is None else loaded.scenario(scenario)
        chosen_engine = "discrete-event" if hooks else engine or needed_engine(changed, ignore)
        settings = Settings(
            mitigation,
            constraints,
            default,
            tuple(ignore),
            engine=chosen_engine,
            dispatch=dispatch,
            strict=strict,
            hooks=hooks,
        )
        asked = _Run(changed, settings, chosen, seed, threads, sampling, statistics, name, progress)
        answer = partial(_plainly, asked) if goal is None else partial(_until, asked, goal, at_most)
        with announced(notice, chosen_engine):
            return stretched(changed, settings, answer)


def needed_engine(program: Program, ignore: Sequence[str] = ()) -> Engine:
    """Return the engine that a program needs: discrete-event where anything in it is beyond the Monte Carlo engine."""
    return "discrete-event" if needed(program, ignore) else "monte-carlo"


def simulate_like(
    trials: Trials,
    program: Program,
    *,
    mitigation: Mitigation | None = None,
    constraints: Constraints | None = None,
    default_range: str | Size | None = None,
    progress: Progress | None = None,
) -> Trials:
    """Return the trials of ``program``, paired with ``trials``: the same seed, iterations, sampling and settings.

    ``mitigation``, ``constraints`` and ``default_range`` take the place of what ``trials`` were made with.
    """
    again = trials.again()
    chosen = replace(
        again.settings,
        mitigation=mitigation or again.settings.mitigation,
        constraints=constraints or again.settings.constraints,
        default_range=read_range(default_range) or again.settings.default_range,
    )
    asked = _Run(program, chosen, again.iterations, again.seed, again.threads, trials.sampling, False, None, progress)
    with located(program):
        return stretched(program, chosen, partial(_plainly, asked))


def compiled_trials(
    program: Program,
    settings: Settings,
    iterations: int | range = 10_000,
    seed: int = 1,
    *,
    threads: int | None = None,
    statistics: bool = False,
    notice: Callable[[str], None] | None = None,
) -> tuple[Network, Trials]:
    """Return the program compiled and its trials, as `simulate` makes them, for what looks at both."""
    check_word("mitigation", settings.mitigation, ("pre", "current", "post"))
    check_seed(seed)
    if threads is not None:
        check_number("threads", threads, 1)
    asked = _Run(program, settings, read_iterations(iterations), seed, threads, "montecarlo", statistics, None, None)
    with announced(notice, settings.engine):
        return stretched(program, settings, lambda network: (network, _plainly(asked, network)))


def _goal(until: str, first: range, at_most: int) -> Goal:
    if first.start:
        raise ArgumentError(f"until: iterations are counted from 0 on, got iterations={first!r}")
    if at_most < 1:
        raise ArgumentError(f"at_most: at least one iteration, got {at_most}")
    return read_goal(until)


@dataclass(frozen=True)
class _Run:
    """What to run: the program, which iterations, on how many threads, and whether dates of activities are wanted."""

    program: Program
    settings: Settings
    iterations: range
    seed: int
    threads: int | None
    sampling: Sampling
    statistics: bool
    scenario: str | None
    progress: Progress | None

    def outcomes(self, network: Network, iterations: range) -> Outcomes:
        """Return the outcomes of some of the iterations, which count from the first one on."""
        check_memory(network, iterations)
        told = None if self.progress is None else partial(_advance, self.progress, iterations.start)
        return self.run(network, iterations, self.statistics, told)

    def run(self, network: Network, iterations: range, with_dates: bool, told: Progress | None = None) -> Outcomes:
        """Return the outcomes of some of the iterations, with this seed, these threads and this sampling."""
        return run(network, self.seed, iterations, self.threads, with_dates, self.sampling == "lhs", told)

    def rerun(self, network: Network, endless: bool) -> Rerun:
        """Return what runs the same iterations again; ``endless``: some of them do not end, and what is blocked counts.

        Else a program with one thing less, such as outages, were refused where the whole is not.
        """
        settings = replace(self.settings, counts_blocked=endless)
        stratified = self.sampling == "lhs"
        return Rerun(self.program, network, settings, self.seed, self.iterations, self.threads, stratified)


def _advance(progress: Progress, before: int, done: int, total: int) -> None:
    progress(before + done, before + total)


def _plainly(asked: _Run, network: Network) -> Trials:
    return _trials(network, asked.outcomes(network, asked.iterations), asked)


def _until(asked: _Run, goal: Goal, at_most: int, network: Network) -> Trials:
    """Run until the goal is met, and say in a note how many iterations it took."""
    check_goal(goal, network.program, network.outputs)
    if not network.random:
        return _plainly(asked, network)

    def trials(outcomes: Outcomes, n: int) -> Trials:
        return _trials(network, outcomes, replace(asked, iterations=range(n)))

    part = partial(asked.outcomes, network)
    outcomes, reach = run_until(goal, len(asked.iterations), at_most, part, lambda *run: half_width(goal, trials(*run)))
    found = trials(outcomes, reach.iterations)
    return replace(found, notes=(*found.notes, reach.sentence(found.currency)))


def _trials(network: Network, outcomes: Outcomes, asked: _Run) -> Trials:
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
        arrived=_arrived(network, outcomes, len(asked.iterations)),
        rework=rework_told(network, outcomes.sums.rework, len(asked.iterations)),
        acted=acts_told(network, outcomes.sums.acts, len(asked.iterations)),
        coverage=_coverage(network), random=network.random,
        mitigation=network.mitigation, constraints=network.constraints,
        scenario=asked.scenario, sampling=asked.sampling, ignored=network.ignored, relaxed=network.relaxed,
        notes=run_notes(network, outcomes, len(asked.iterations)), censored=int(outcomes.sums.censored[0]),
        understand=partial(understood, network), engine=asked.settings.engine,
        rerun=asked.rerun(network, bool(outcomes.sums.censored[0])),
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


def _arrived(network: Network, outcomes: Outcomes, n: int) -> dict[str, Arrived]:
    """Return how often each risk arrived that may do so more than once."""
    if network.dynamics is None:
        return {}
    counts = zip(network.dynamics.risks, outcomes.sums.arrived.tolist(), outcomes.sums.arrivals.tolist(), strict=True)
    return {name: Arrived(share / n, mean / n) for name, share, mean in counts}


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


def _statistics(network: Network, asked: _Run, sums: Sums | None) -> ActivityStatistics:
    """Return means over the iterations; where no sums were kept, from a second run: same seed, same bits."""
    if sums is None:
        sums = asked.run(network, asked.iterations, with_dates=True).sums
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
