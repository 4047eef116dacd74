"""Stretching: a program compiled with calendars long enough for its dates; the horizon grows until they fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from riskmc.errors import ProgramError, RiskmcError
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.network import Network
from riskmc.network.worktime import HorizonError
from riskmc.program.program import Program
from riskmc.simulation.levelling import levelled
from riskmc.simulation.passes import ordered

STRETCHES = (1, 4, 16, 64)
T = TypeVar("T")


def stretched(program: Program, settings: Settings, answer: Callable[[Network], T]) -> T:
    """Return what ``answer`` makes of the compiled program, with longer calendars where dates fall off them."""
    for stretch in STRETCHES:
        try:
            return answer(levelled(ordered(compile_network(program, replace(settings, stretch=stretch)))))
        except HorizonError as error:
            last = error
    raise _endless(program, last)


def _endless(program: Program, last: HorizonError) -> RiskmcError:
    """Return the error of a program that no calendar is long enough for, with the activity that runs off, and why."""
    never, where = "within centuries; look for", "a calendar that runs out of work"
    if last.path not in program.activities():
        return RiskmcError(f"the program does not finish {never} {where} ({last})")
    wrong = "a duration or a lag in the wrong unit (5y for 5d), in it or before it"
    return ProgramError([(last.path, f"is not done {never} {wrong}, or {where}")])
