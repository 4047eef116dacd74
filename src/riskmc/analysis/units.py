"""Columns of tables: units in their names, `finish_days` and `cost_EUR`, and the ends of intervals beside each figure.

Days have 24 hours, money is the program's currency.
"""

from __future__ import annotations

from typing import Any, Protocol

from riskmc.simulation.trials import Trials


class Interval(Protocol):
    """A figure with the ends of its interval."""

    @property
    def value(self) -> Any:
        """The figure."""

    @property
    def low(self) -> Any:
        """The lower end; None where it is not known."""

    @property
    def high(self) -> Any:
        """The upper end; None where it is not known."""


def money_column(name: str, trials: Trials) -> str:
    """Return the name of a column of money with its currency: ``cost_EUR``, or ``cost`` without a currency."""
    return f"{name}_{trials.currency}" if trials.currency else name


def interval_columns(name: str, told: Interval | None) -> dict[str, Any]:
    """Return the three columns of a figure, ``name``, ``name_low`` and ``name_high``; empty ones for none."""
    figures = (None, None, None) if told is None else (told.value, told.low, told.high)
    return dict(zip((name, f"{name}_low", f"{name}_high"), figures, strict=True))
