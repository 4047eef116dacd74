"""Retuning: a compiled network with other numbers in it, for a what-if that changes no structure (K1, K2, K5, K6).

Compiling takes longer than running. The chance of a risk and the size of a certain driver are numbers in tables; who
strikes whom is not. A network with such numbers replaced gives the bits of the program compiled anew, or is refused
where the program would compile to other tables: a risk that can no longer occur, for example, has no event.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskmc.network.draws import Draws, renaming
from riskmc.network.events import Events, EventTable
from riskmc.network.existence import drawn_choices, drawn_existence
from riskmc.network.network import Network
from riskmc.network.risks import active_responses, risk_events, sampled_risks
from riskmc.network.settings import Settings
from riskmc.program.program import Program

_NUMBERS = ("score", "low", "high", "override_high", "given_high")
_STRUCTURE = ("override_ptr", "override_event", "given_ptr", "given_event")


def with_chances(network: Network, program: Program, settings: Settings) -> Network | None:
    """Return the network with the chances of the risks of ``program``; None where compiling would change more.

    ``program`` is the one that was compiled, with ``settings``, but for probabilities of risks.
    """
    draws = Draws(renaming(program))
    events = Events(draws, settings.switchable)
    drawn_choices(program, events)
    drawn_existence(network.tasks, events)
    responses = active_responses(program, settings.mitigation)
    found = risk_events(program, responses, sampled_risks(program, responses), events, settings.optional)
    table = events.table()
    if found.occurs != network.occurs or found.works != network.works or not _alike(table, network.events):
        return None
    rows = _rows(network, draws)
    if rows is None:
        return None
    drawn = table._replace(score=rows[table.score])  # NO_SCORE: the last entry, any row
    return replace(network, events=network.events._replace(**{name: getattr(drawn, name) for name in _NUMBERS}))


def _alike(table: EventTable, compiled: EventTable) -> bool:
    """Return whether the drawn events of two tables hang on each other in the same way."""
    same = all(np.array_equal(getattr(table, name), getattr(compiled, name)) for name in _STRUCTURE)
    return same and table.score.size == compiled.score.size


def _rows(network: Network, draws: Draws) -> NDArray[np.int32] | None:
    """Return the row of each score of ``draws`` in the network, any row last; None where it draws no such score."""
    known = dict(zip(network.sampler.names, network.sampler.event_row.tolist(), strict=True))
    if not draws.scores.keys() <= known.keys():
        return None
    return np.array([*(known[name] for name in draws.scores), 0], np.int32)


def factor_rows(network: Network, drivers: Mapping[str, str]) -> NDArray[np.int32]:
    """Return the row of sizes of each driver's factor; ``drivers`` are identifiers with what it acts on, "duration"."""
    stable = Draws(renaming(network.program)).stable
    numbers = {name: number for number, name in enumerate(network.sampler.names)}
    rows = [network.sampler.event_row[numbers[stable(f"driver/{name}/{aspect}")]] for name, aspect in drivers.items()]
    return np.array(rows, np.int32)


def with_factors(network: Network, rows: NDArray[np.int32], factors: NDArray[np.float64]) -> Network:
    """Return the network in which the certain sizes at ``rows`` are other factors."""
    sizes = network.sampler.sizes
    location = sizes.location.copy()
    location[rows] = factors
    curves = sizes.curves._replace(location=location.astype(np.float32))
    return replace(network, sampler=replace(network.sampler, sizes=replace(sizes, curves=curves, location=location)))


def without_events(network: Network, never: Collection[int]) -> Network:
    """Return the network in which some of the drawn events never happen."""
    low = network.events.low.copy()
    low[list(never)] = np.inf
    return replace(network, events=network.events._replace(low=low))
