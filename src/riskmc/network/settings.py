"""Settings: how a program is to be simulated, apart from its seed and its iterations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from riskmc.network.dynamics.pools import Dispatch
from riskmc.network.network import Constraints, Mitigation
from riskmc.network.refusals import Engine
from riskmc.program.quantity import Size


@dataclass(frozen=True)
class Settings:
    """How a program is to be simulated, apart from seed and iterations.

    ``default_range`` applies to every activity without a range, correlated 0.3 (K8). ``stretch`` lengthens the
    horizon of the calendars, where a run has shown that dates fall off it. ``switchable`` makes a network in which
    every risk can be switched off, a certain one too; it changes no bit of a run. ``optional`` are acting responses
    that can each be switched off too; what they cost is left to whoever buys them (simulation/portfolios.py).
    ``dispatch`` is the rule by which the discrete-event engine hands out units, ``strict`` that nothing overtakes what
    does not fit. ``counts_blocked``: an iteration in which nothing can happen any more though work is left is one that
    does not end (D8), instead of an error.
    """

    mitigation: Mitigation = "current"
    constraints: Constraints = "relaxed"
    default_range: Size | None = None
    ignore: Sequence[str] = ()
    stretch: int = 1
    switchable: bool = False
    optional: frozenset[str] = frozenset()
    engine: Engine = "monte-carlo"
    dispatch: Dispatch = "late-finish"
    strict: bool = False
    counts_blocked: bool = False
    hooks: tuple[Any, ...] = ()
