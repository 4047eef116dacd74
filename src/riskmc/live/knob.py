"""Knobs: what a live what-if can turn, each a slider, a switch or a field, with the range it has (what-if)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Literal

import numpy as np

from riskmc.errors import ArgumentError, nearest
from riskmc.forecast.amount import read_amount
from riskmc.forecast.instant import finish_minutes
from riskmc.program.numeral import quantity

Value = float | bool | str
Group = Literal["durations", "costs", "risks", "responses", "resources", "question"]
Form = Literal["percent", "count", "switch", "choice", "date", "amount"]

_SWITCHED = {"on": True, "true": True, "off": False, "false": False}
_STEPS = (1.0, 0.5, 0.1, 0.01, 0.001)  # percent


@dataclass(frozen=True)
class Knob:
    """One thing to turn: ``neutral`` is the program as it stands.

    ``key`` is its path in the words of the program file, such as ``risks.soil.probability``, and ``subject`` what it
    acts on: a selector of activities, or the identifier of a risk, response or resource. Percent are shares, 0.8 for
    80%, and so are ``low`` and ``high``; ``step`` is in percent.
    ``choices`` are the values that there are, each with its label.
    """

    key: str
    group: Group
    form: Form
    subject: str
    label: str
    neutral: Value
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def read(self, said: object) -> Value:
        """Return what ``said`` means: 0.8 or "80%", True or "on", a date, an amount; ArgumentError if nothing."""
        readers: dict[Form, Callable[[object], Value]] = {
            "percent": self._percent,
            "count": self._count,
            "switch": self._switch,
            "choice": self._choice,
            "date": self._date,
            "amount": partial(read_amount, self.key, self.unit),
        }
        return readers[self.form](said)

    def text(self, value: Value) -> str:
        """Return a value in the words of the program file: ``80%``, ``on``, ``2029-06-30``."""
        if self.form == "switch":
            return "on" if value else "off"
        if self.form == "percent":
            return share_text(float(value))
        return value if isinstance(value, str) else f"{value:.12g}"

    def _percent(self, said: object) -> float:
        found = quantity(said).value if isinstance(said, str) else self._number(said)
        shared = quantity(share_text(found)).value
        if not self.low <= shared <= self.high:
            hint = f"; did you mean {found / 100:.2f}?" if self.low <= found / 100 <= self.high and found > 1 else ""
            raise ArgumentError(f"{self.key}: {self.reach}, got {self._shown(said)}{hint}")
        return shared

    def _count(self, said: object) -> float:
        found = quantity(said).value if isinstance(said, str) else self._number(said)
        if not self.low <= found <= self.high or (self.step >= 1 and found != int(found)):
            raise ArgumentError(f"{self.key}: {self.reach}, got {self._shown(said)}")
        return found

    def _switch(self, said: object) -> bool:
        if isinstance(said, str) and said in _SWITCHED:
            return _SWITCHED[said]
        if not isinstance(said, bool):
            raise ArgumentError(f"{self.key}: True or False, on or off, got {self._shown(said)}")
        return said

    def _choice(self, said: object) -> str:
        known = [value for value, _ in self.choices]
        if said not in known:
            told = ", ".join(repr(value) for value in known[:8])
            raise ArgumentError(f"{self.key}: one of {told}, got {self._shown(said)}{nearest(str(said), known)}")
        return str(said)

    def _date(self, said: object) -> str:
        finish_minutes(said)
        return said.isoformat() if isinstance(said, date | datetime) else str(said)

    def _number(self, said: object) -> float:
        if isinstance(said, bool) or not isinstance(said, int | float | np.number) or not np.isfinite(said):
            raise ArgumentError(f"{self.key}: {self.reach}, got {self._shown(said)}")
        return float(said)

    @staticmethod
    def _shown(said: object) -> str:
        return repr(said)[:80]

    @property
    def reach(self) -> str:
        """The values that there are, in words."""
        if self.form == "percent":
            return f"{share_text(self.low)} to {share_text(self.high)}"
        whole = "a whole number of " if self.step >= 1 else ""
        return f"{whole}{self.low:,.12g} to {self.high:,.12g}"


def share_text(share: float) -> str:
    """Return a share as percent, ``12.5%``."""
    return f"{round(100 * share, 6):.12g}%"


def step_for(share: float) -> float:
    """Return the coarsest step, in percent, on which a share lies."""
    percent = 100 * share
    return next((step for step in _STEPS if abs(percent / step - round(percent / step)) < 1e-6), _STEPS[-1])
