"""Retuned runs: the same iterations with other chances, factors and responses, from a program compiled once (what-if).

Each is, bit by bit, the run of the program changed so and compiled anew (R5). Numbers are replaced in the compiled
tables; a response that only changes risks is switched there, as portfolios do it; what changes the structure, such as
a response with activities of its own or a risk that can no longer occur, is compiled once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.mitigation import structural
from riskmc.network.network import Network
from riskmc.network.retuning import factor_rows, with_chances, with_factors, without_events
from riskmc.network.strikes import FIELDS
from riskmc.network.worktime import HorizonError
from riskmc.program.notation import certain
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.uncertainty import Driver
from riskmc.simulation.montecarlo import Outcomes, run
from riskmc.simulation.place import PROGRAM
from riskmc.simulation.portfolios import Bought, absent, check_candidates, free, portfolio_program, response_cents
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.stored_draws import StoredBlock, StoredDraws
from riskmc.simulation.stretching import stretched
from riskmc.simulation.switches import switches

_MOST_KEPT = 3  # compiled networks with their draws, one for each structure that was asked for


class Numbers(NamedTuple):
    """What a what-if says: chances by risk, factors by driver, and which of the candidate responses act."""

    chances: Mapping[str, float]
    factors: Mapping[str, float]
    bought: Bought


class Outcome(NamedTuple):
    """Finish (minutes since 1970-01-01) and cost (cents) of a place in every iteration, int64[n] each."""

    finish_minutes: NDArray[np.int64]
    cost_cents: NDArray[np.int64]


@dataclass(eq=False)
class RetunedRuns:
    """The iterations of ``rerun`` with other numbers in the program.

    ``drivers`` join the program, each with one certain factor; ``candidates`` are the responses to switch.
    Only for programs of the Monte Carlo engine.
    """

    rerun: Rerun
    drivers: Mapping[str, Driver]
    candidates: Bought
    _kept: dict[tuple[Bought, frozenset[str]], StoredDraws] = field(default_factory=dict)
    _paid: dict[int, Mapping[str, NDArray[np.int64]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_candidates(self.rerun.program, self.candidates)
        self._structural = structural(self.rerun.program, self.candidates)
        self._aspects = {
            name: next(aspect for aspect in FIELDS if getattr(driver, aspect) is not None)
            for name, driver in self.drivers.items()
        }
        self._settings = replace(
            self.rerun.settings, mitigation="current", switchable=True, optional=self.candidates - self._structural
        )

    def outcome(self, numbers: Numbers, iterations: int, place: str = PROGRAM) -> Outcome:
        """Return what happens in the first ``iterations`` iterations with these numbers.

        ``place`` is a project or a milestone. What responses cost belongs to the program, and to no project.
        """
        program = self._program(numbers)
        try:
            found, network = self._run(*self._tuned(program, numbers), numbers, iterations)
        except HorizonError:  # dates beyond the calendars that the program as it stands needs
            longer = partial(self._run, store=None, numbers=numbers, iterations=iterations)
            found, network = stretched(program, self._settings, longer)
        finish = found.finishes[network.outputs.index(place)].astype(np.int64) + network.axis.unix
        if place in network.projects:
            return Outcome(finish, found.cents[1 + network.projects.index(place)])
        paid = self._responses(iterations)
        return Outcome(finish, found.cents[0] + sum(paid[name] for name in sorted(numbers.bought)))

    def _program(self, numbers: Numbers) -> Program:
        """Return the program to compile: with the numbers in it, and every response that is switched acting."""
        base = self.rerun.program
        acting = portfolio_program(base, self._settings.optional | (numbers.bought & self._structural), self.candidates)
        whole = free(acting, numbers.bought & self._structural)
        risks = {name: whole.risks[name].model_copy(update={"probability": p}) for name, p in numbers.chances.items()}
        drivers = {
            name: driver.model_copy(update={aspect: certain(Quantity(numbers.factors.get(name, 1.0), "%"), "x")})
            for (name, driver), aspect in zip(self.drivers.items(), self._aspects.values(), strict=True)
        }
        return whole.model_copy(update={"risks": {**whole.risks, **risks}, "drivers": {**whole.drivers, **drivers}})

    def _tuned(self, program: Program, numbers: Numbers) -> tuple[Network, StoredDraws]:
        """Return the compiled program, and its draws: one compiled before with other numbers, where there is one."""
        impossible = frozenset(name for name, chance in numbers.chances.items() if chance <= 0)
        key = (numbers.bought & self._structural, impossible)
        kept = self._kept.pop(key, None)
        network = None if kept is None else with_chances(kept.network, program, self._settings)
        if kept is None or network is None:
            network = stretched(program, self._settings, lambda compiled: compiled)
            kept = StoredDraws(network, factor_rows(network, self._aspects))
        self._kept[key] = kept
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        factors = np.array([numbers.factors.get(name, 1.0) for name in self.drivers])
        return with_factors(network, kept.changing, factors), kept

    def _run(
        self, network: Network, store: StoredDraws | None, numbers: Numbers, iterations: int
    ) -> tuple[Outcomes, Network]:
        """Return the outcomes, and the network that was run."""
        again, switched = self.rerun, self._switched(network, numbers)
        kind = None if store is None or not store.hold(iterations) else partial(StoredBlock, store=store)
        chosen = range(iterations)
        return run(switched, again.seed, chosen, again.threads, stratified=again.stratified, kind=kind), network

    def _switched(self, network: Network, numbers: Numbers) -> Network:
        """Return the network in which responses that are not bought, and the risks that only they bring, never act."""
        without = absent(self.rerun.program, numbers.bought, self.candidates)
        offered = self._settings.optional
        allowed = switches(network, [without, without], [numbers.bought & offered, offered])[0]
        return without_events(network, np.flatnonzero(allowed == 0).tolist())

    def _responses(self, iterations: int) -> Mapping[str, NDArray[np.int64]]:
        """Return what each candidate costs in every iteration, drawn once."""
        if iterations not in self._paid:
            self._paid[iterations] = response_cents(replace(self.rerun, iterations=range(iterations)), self.candidates)
        return self._paid[iterations]
