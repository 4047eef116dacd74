"""Units in the names of columns: `finish_days` and `cost_EUR`; days have 24 hours, money is the program's currency."""

from __future__ import annotations

from riskmc.simulation.trials import Trials


def money_column(name: str, trials: Trials) -> str:
    """Return the name of a column of money with its currency: ``cost_EUR``, or ``cost`` without a currency."""
    return f"{name}_{trials.currency}" if trials.currency else name
