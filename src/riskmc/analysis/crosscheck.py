"""Crosscheck: do the two engines agree where both apply, and the two implementations of the second one everywhere?

The Monte Carlo engine and the discrete-event engine run the same draws of the program without what only the second can
honour; then simpy and the kernel run the whole program, and every event is compared. docs/method/crosscheck.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from os import PathLike

import numpy as np

from riskmc.forecast.card import Card, Shown
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.language import formats, said
from riskmc.io import read
from riskmc.network.compiling import Settings
from riskmc.network.dynamics.pools import Dispatch
from riskmc.network.network import Constraints, Mitigation
from riskmc.network.refusals import beyond_monte_carlo
from riskmc.program.locating import located
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.scenario import Scenario
from riskmc.simulation.agreement import EventAgreement, compare_events
from riskmc.simulation.arguments import check_number, check_seed, read_range
from riskmc.simulation.engine import simulate
from riskmc.simulation.event_words import event_text
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.stretching import stretched
from riskmc.simulation.trials import Sampling, Trials

ITERATIONS = 1_000


@dataclass(frozen=True)
class EngineAgreement:
    """In how many iterations both engines give the same minutes and cents: program, projects and milestones.

    ``left_out`` says what of the program only the discrete-event engine can honour, and was left out in both;
    ``first`` is the first iteration that differs.
    """

    iterations: int
    agree: int
    left_out: tuple[str, ...]
    first: int | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Crosscheck(Shown):
    """What was compared, and how far it agrees. ``trials`` are those of the discrete-event engine."""

    trials: Trials
    engines: EngineAgreement
    implementations: EventAgreement

    @property
    def agrees(self) -> bool:
        """Whether everything that was compared is the same."""
        return all(one.agree == one.iterations for one in (self.engines, self.implementations))

    @property
    def kernel_says(self) -> str | None:
        """What the kernel says next where the implementations part, in words."""
        first, network = self.implementations.first, self.trials.again().network
        return None if first is None else event_text(network, first.kernel)

    @property
    def simpy_says(self) -> str | None:
        """What simpy says next there."""
        first, network = self.implementations.first, self.trials.again().network
        return None if first is None else event_text(network, first.reference)

    def sentences(self) -> tuple[str, ...]:
        """Return what was found, in words: one sentence for the engines, one for the implementations."""
        engines, events = self.engines, self.implementations
        told = {"agree": formats().number(engines.agree), "iterations": iterations_text(engines.iterations)}
        same = said("engines agree on {agree} of {iterations}, to the minute and the cent", **told)
        if engines.left_out:
            without = "; ".join(map(said, engines.left_out))
            same = said(
                "engines agree on {agree} of {iterations}, to the minute and the cent, both without {parts}",
                parts=without, **told,
            )  # fmt: skip
        return same, said(
            "simpy and the kernel agree on {agree} of {iterations}, event by event ({events} events)",
            agree=formats().number(events.agree), iterations=iterations_text(events.iterations),
            events=formats().number(events.events),
        )  # fmt: skip

    def _card(self) -> Card:
        """Return what a notebook shows: how far engines and implementations agree."""
        return Card(self.trials.program.program, "Crosscheck", (), None, self.sentences(), "", self.trials.provenance)


def crosscheck(
    program: Program | str | PathLike[str],
    iterations: int = ITERATIONS,
    seed: int = 1,
    *,
    threads: int | None = None,
    scenario: str | Scenario | None = None,
    mitigation: Mitigation = "current",
    default_range: str | Size | None = None,
    ignore: Sequence[str] = (),
    constraints: Constraints = "relaxed",
    sampling: Sampling = "montecarlo",
    dispatch: Dispatch = "late-finish",
    strict: bool = False,
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
) -> Crosscheck:
    """Return how far the engines, and the implementations of the discrete-event engine, agree on the same draws.

    Raises what `simulate` raises. ``iterations`` are counted from 0 on.
    """
    check_seed(seed)
    check_number("iterations", iterations, 1)
    loaded = program if isinstance(program, Program) else read(program)
    with located(loaded):
        changed = loaded if scenario is None else loaded.scenario(scenario)
        options = {
            "threads": threads, "scenario": scenario, "mitigation": mitigation, "default_range": default_range,
            "constraints": constraints, "sampling": sampling,
        }  # fmt: skip
        kinds, told = beyond_monte_carlo(changed, ignore)
        both = [
            simulate(loaded, iterations, seed, engine=engine, ignore=kinds, notice=notice, **options)  # type: ignore[arg-type]
            for engine in ("monte-carlo", "discrete-event")
        ]
        settings = Settings(
            mitigation, constraints, read_range(default_range), tuple(ignore), engine="discrete-event",
            dispatch=dispatch, strict=strict,
        )  # fmt: skip
        stratified = sampling == "lhs"
        compare = partial(compare_events, seed=seed, iterations=iterations, stratified=stratified, progress=progress)
        events = stretched(changed, settings, compare)
    return Crosscheck(both[1], _engines(both[0], both[1], told), events)


def _engines(static: Trials, events: Trials, left_out: tuple[str, ...]) -> EngineAgreement:
    """Compare the outcomes of both engines, iteration by iteration."""
    same = (static.finish_minutes == events.finish_minutes) & (static.cost_cents == events.cost_cents)
    for kept in ("project_finish", "project_cost", "milestone_finish"):
        ours, theirs = getattr(static, kept), getattr(events, kept)
        for name in ours:
            same &= ours[name] == theirs[name]
    differs = np.flatnonzero(~same)
    first = int(differs[0]) if differs.size else None
    return EngineAgreement(len(static), int(np.count_nonzero(same)), left_out, first)
