"""ProgramDiff: what changed between two programs, and how much of the movement in P50 and P80 each change accounts for.

Source of the shares: Shapley (1953), A value for n-person games: the mean over all orders in which the changes could
have been made, so that no order counts and the shares add up to the movement exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from riskmc.analysis.comparison_change import Change
from riskmc.analysis.diff.changes import ProgramChange
from riskmc.analysis.paired import Difference
from riskmc.analysis.units import interval_columns, money_column
from riskmc.forecast.card import Card, Figure, Shown, Table
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.interval import CONFIDENCE
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

FINISH, COST = "finish", "cost"
OUTCOMES = (FINISH, COST)
MEASURES = ("p50", "p80", "mean")
_SHOWN = 5  # changes in a repr and on a card

Shares = Mapping[tuple[str, str], Difference]
"""By outcome, finish or cost, and measure, p50, p80 or mean: in days of 24 hours, or in currency units."""


@dataclass(frozen=True, eq=False)
class ChangeShare:
    """Changes that are made together, called ``name``, and their share of each movement."""

    name: str
    changes: tuple[ProgramChange, ...]
    shares: Shares

    def share(self, outcome: str = FINISH, measure: str = "p80") -> Difference:
        """Return their share of a movement: value and interval, days of 24 hours or currency units."""
        return self.shares[outcome, measure]


@dataclass(frozen=True, eq=False, repr=False)
class ProgramDiff(Shown):
    """Two programs side by side: the ``changes`` from ``old`` to ``new``, and the shares of the ``groups`` of them.

    ``old`` and ``new`` are trials with the same draws. The shares of the groups add up to the movement exactly.
    ``method`` says how they were found; ``separate`` is how many groups there would be if none were taken together.
    """

    old: Trials
    new: Trials
    changes: tuple[ProgramChange, ...]
    groups: tuple[ChangeShare, ...]
    method: str
    separate: int

    def __len__(self) -> int:
        """How many changes there are that can move finish and cost, or promises."""
        return len(self.changes) - len(self.words_only)

    @property
    def equal(self) -> bool:
        """Whether nothing changed, not even a display name."""
        return not self.changes

    @property
    def words_only(self) -> list[ProgramChange]:
        """The changes of display names and prose, which move no number."""
        return [change for change in self.changes if change.reach == "words"]

    @property
    def promises(self) -> list[ProgramChange]:
        """The changes of targets, scenarios and rules of money, on which no finish and no cost hangs."""
        return [change for change in self.changes if change.reach == "promise"]

    @cached_property
    def movement(self) -> Change:
        """The new program beside the old one, paired: ``movement.finish().quantile(0.80)``."""
        return Change(self.new.program.program, self.old, self.new)

    def moved(self, outcome: str = FINISH, measure: str = "p80") -> Difference:
        """Return a movement, new minus old, with its paired interval: days of 24 hours, or currency units."""
        shift = self.movement.finish() if outcome == FINISH else self.movement.cost()
        return shift.mean() if measure == "mean" else shift.quantile(float(measure[1:]) / 100)

    @property
    def has_cost(self) -> bool:
        """Whether either program spends any money."""
        return self.movement.has_cost

    @property
    def pictured(self) -> tuple[Literal["finish", "cost"], ...]:
        """The outcomes of which there is a picture: finish, and cost where money is spent; none where nothing moves."""
        return () if not self.groups else ("finish", "cost") if self.has_cost else ("finish",)

    def ranked(self, outcome: str = FINISH, measure: str = "p80") -> list[ChangeShare]:
        """Return the groups of changes, the largest share first, whichever way it moves."""
        return sorted(self.groups, key=lambda group: -abs(group.share(outcome, measure).value))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group of changes and a last one, the movement: shares with their intervals.

        Columns ``finish_p80_days``, ``cost_p80_EUR`` and so on, each with ``_low`` and ``_high`` behind it.
        """
        import pandas as pd

        rows = [{"change": group.name, **self._row(group.shares)} for group in self.groups]
        total = {(outcome, measure): self.moved(outcome, measure) for outcome in self._outcomes for measure in MEASURES}
        return pd.DataFrame([*rows, {"change": "movement", **self._row(total)}])

    @property
    def _outcomes(self) -> Sequence[str]:
        return OUTCOMES if self.has_cost else (FINISH,)

    def _row(self, shares: Shares) -> dict[str, float | None]:
        found: dict[str, float | None] = {}
        for outcome in self._outcomes:
            for measure in MEASURES:
                name = f"{outcome}_{measure}"
                column = f"{name}_days" if outcome == FINISH else money_column(name, self.old)
                found |= interval_columns(column, shares[outcome, measure])
        return found

    def changes_frame(self) -> pd.DataFrame:
        """Return one row a change: of what, which word, old and new value in words, what it can move, its group."""
        import pandas as pd

        groups = {change: group.name for group in self.groups for change in group.changes}
        rows = [
            (c.piece.section, c.piece.id, c.what, c.word, c.old, c.new, c.reach, groups.get(c)) for c in self.changes
        ]
        return pd.DataFrame(rows, columns=["section", "id", "what", "word", "old", "new", "reach", "group"])

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.old))} · {self.old.provenance} · new {self.new.hash}"

    def _card(self) -> Card:
        """Return what a notebook shows: how far P80 moved, and the changes that moved it most."""
        figures: list[Figure] = [
            ("", f"{len(self)} change{'' if len(self) == 1 else 's'}", False),
            (f"{level_name(0.80)} finish", self._finish(), True),
        ]
        if self.has_cost:
            moved = money_apart(self.old.currency, *self.moved(COST).parts)[0]
            figures.append((f"{level_name(0.80)} cost", moved, True))
        rows = [(group.name, self._share(group)) for group in self.ranked()[:_SHOWN]]
        note = f"Shares add up to the movement of P80; {CONFIDENCE:.0%} intervals are simulation error only"
        table = Table(("of it",), rows)
        return Card(self.old.program.program, "What changed", figures, table, (), note, self.foot)

    def _finish(self) -> str:
        return days_apart(*self.moved().parts)[0]

    def _share(self, group: ChangeShare) -> str:
        return days_apart(*group.share().parts)[0]
