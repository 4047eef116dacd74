"""Trials in pictures: a scenario goes by its own name, the program as it stands by that it does."""

from __future__ import annotations

from riskmc.errors import ArgumentError
from riskmc.forecast.language import marked, said
from riskmc.simulation.trials import Trials

UNCHANGED = marked("As it stands")


def name_of_trials(trials: Trials) -> str:
    """Return what a picture calls these trials."""
    if trials.scenario is None:
        return said(UNCHANGED)
    scenario = trials.program.scenarios.get(trials.scenario)
    return (scenario.name if scenario is not None else None) or trials.scenario


def check_trials(picture: str, given: object) -> None:
    """Refuse what is no Trials."""
    if not isinstance(given, Trials):
        raise ArgumentError(f"plot.{picture} draws trials, got {type(given).__name__}; write rm.simulate(program)")
