"""Switches: which events a case allows; what it does not allow never happens in it, whatever is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, nearest
from riskmc.network.events import ALWAYS
from riskmc.network.network import Network
from riskmc.program.program import Program


def switches(
    network: Network, without: Sequence[frozenset[str]], bought: Sequence[frozenset[str]] | None = None
) -> NDArray[np.uint8]:
    """Return what each case allows, uint8[cases, drawn events]: 0 where the event of a risk it is without stands.

    A risk that the network does not draw, because it is closed or cannot occur, changes nothing. Of the responses
    that any case has ``bought``, the others have 0 too: they never work in it.
    """
    allowed = np.ones((len(without), network.events.score.size), np.uint8)
    for case, risks in enumerate(without):
        for risk in risks:
            event = network.occurs.get(risk, ALWAYS)
            if event >= 0:
                allowed[case, event] = 0
    if bought is not None:
        _allow_bought(network, bought, allowed)
    return allowed


def _allow_bought(network: Network, bought: Sequence[frozenset[str]], allowed: NDArray[np.uint8]) -> None:
    offered = frozenset().union(*bought)
    for case, chosen in enumerate(bought):
        for response in offered - chosen:
            allowed[case, network.works[response]] = 0


def check_risks(program: Program, without: Sequence[frozenset[str]]) -> None:
    """Raise ArgumentError for a name that is no risk, and for a risk that has occurred: it can no longer be avoided."""
    for risk in sorted(frozenset().union(*without)):
        if risk not in program.risks:
            raise ArgumentError(f"there is no risk {risk!r}{nearest(risk, program.risks)}")
        if program.risks[risk].status == "occurred":
            raise ArgumentError(f"risk {risk!r} has occurred and can no longer be left out of a case")


def is_certain(occurs: Mapping[str, int], without: Sequence[frozenset[str]]) -> bool:
    """Return whether a risk that some case is without has no event of its own, because it always occurs."""
    return any(occurs.get(risk) == ALWAYS for risks in without for risk in risks)
