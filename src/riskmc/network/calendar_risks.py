"""Calendar risks: strikes, permit stops and the like, which take a stretch of working time from calendars.

Where the risk occurs, the stretch begins at a moment drawn from its window, every minute of the clock alike, and lasts
so many working days of each calendar it names, or that is based on one of these. One moment and one size for all.
Method: docs/method/weather.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.distributions import distribution
from riskmc.errors import ProgramError
from riskmc.network.axis import Axis
from riskmc.network.draws import Draws
from riskmc.network.events import NEVER, Events, Term
from riskmc.network.sizes import is_elapsed, spread
from riskmc.network.tasks import number
from riskmc.network.worktime import layers_of
from riskmc.program.program import Program
from riskmc.program.risk import Impact, Risk


class Stretches(NamedTuple):
    """Stretches that risks take, one entry a risk and calendar: lost from ``table`` while ``event`` holds.

    ``size`` and ``moment`` are rows of values: working minutes, and clock minutes from the minute ``first`` on.
    """

    table: NDArray[np.int32]
    event: NDArray[np.int32]
    size: NDArray[np.int32]
    moment: NDArray[np.int32]
    first: NDArray[np.int64]


def calendar_impacts(program: Program) -> Iterator[tuple[str, Impact]]:
    """Yield the impacts on calendars of the open risks, and what responses make of them, with the risk's name."""
    for name, risk in program.risks.items():
        if risk.status == "open":
            yield from ((name, impact) for impact in risk.impacts if impact.calendars)
            for response in program.responses.values():
                change = response.acts_on.get(name)
                yield from ((name, i) for i in (change.impacts if change else None) or () if i.calendars)


def struck_calendars(program: Program) -> frozenset[str]:
    """Return the calendars that some open risk takes time from."""
    return frozenset(name for _, impact in calendar_impacts(program) for name in impact.calendars)


@dataclass(eq=False)
class CalendarRisks:
    """Collects the stretches that risks take from the ``calendars`` (numbers on the axis, in the order of tables)."""

    program: Program
    axis: Axis
    draws: Draws
    events: Events
    calendars: Sequence[int]
    rows: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    def impacts(
        self,
        risk: Risk,
        impacts: Sequence[Impact],
        gate: list[Term],
        scales: Mapping[str, float],
        prefix: str,
    ) -> None:
        """Record the impacts on calendars that act where every term of ``gate`` holds."""
        event = self.events.all_of(gate)
        for impact in impacts if event != NEVER else ():
            if impact.calendars:
                place = f"{prefix.replace('/', '.').replace('risk.', 'risks.', 1)}"
                self._strike(risk, impact, event, scales.get("duration", 1.0), prefix, place)

    def _strike(self, risk: Risk, impact: Impact, event: int, scale: float, prefix: str, place: str) -> None:
        assert impact.lost is not None
        if is_elapsed(impact.lost):
            raise ProgramError.at(place, "`lost` is working time of the calendars: write 5d, not elapsed time (5ed)")
        named = set(impact.calendars)
        tables = [
            t for t, c in enumerate(self.calendars) if named & set(layers_of(self.program, self.axis.calendars[c].name))
        ]
        if not tables:
            return
        first, span = self._window(risk, place)
        name = f"{prefix}/{impact.id or ','.join(sorted(named))}"
        bounds = [("low", 0.0), ("high", span)]
        moment = self.draws.value(f"{name}/window", distribution("uniform", bounds))
        for t in tables:
            size = spread(impact.lost, number(self.axis, self.calendars[t], None), self.program.elicited_as)
            self.rows.append((t, event, self.draws.value(f"{name}/lost", size, scale), moment, first))

    def _window(self, risk: Risk, place: str) -> tuple[int, float]:
        """Return the first minute of what is left of the window, and how many there are."""
        window, program = risk.window, self.program
        assert window is not None
        assert window.from_ is not None
        assert window.to is not None
        now = program.data_date or program.start
        first, last = self.axis.minute(window.from_.start_like()), self.axis.minute(window.to.finish_like())
        first = first if now is None else max(first, self.axis.minute(now.start_like()))
        if last <= first:
            raise ProgramError.at(
                place, f"its window ends {window.to}, before {now}: it is over; write `status: closed`"
            )
        return first, float(last - first)

    def stretches(self) -> Stretches:
        """Return what was recorded as arrays."""
        columns = np.array(self.rows, np.int64).reshape(-1, 5).T
        return Stretches(*(column.astype(np.int32) for column in columns[:4]), columns[4])  # type: ignore[call-arg]


__all__ = ["CalendarRisks", "Stretches", "calendar_impacts", "struck_calendars"]
