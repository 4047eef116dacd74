"""Variance shares: how much of the variance of finish and cost comes from each group of sources (Sobol indices).

With f(A) the outcome of the iterations, f(B) that of as many with everything drawn anew, and f(AB) that of A with one
group taken from B, the variance V is shared out as follows:

    first order   E[ f(B) (f(AB) - f(A)) ] / V       what the group does by itself     Saltelli et al. (2010)
    total         E[ (f(A) - f(AB))^2 ] / 2 V        with all its interactions too     Jansen (1999)

Sources: Sobol (2001), Mathematics and Computers in Simulation 55, 271-280; Saltelli et al. (2010), Computer Physics
Communications 181, 259-270, table 2 (b) and (f); Jansen (1999), Computer Physics Communications 117, 35-43.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.sensitivity.estimates import UNKNOWN, Estimate, Floats, around
from riskmc.analysis.sensitivity.grouping import Group, Grouping, grouped
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.outcome import ordered_sum
from riskmc.forecast.replicates import Replicates
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.pick_freeze import Outcome, drawn_anew
from riskmc.simulation.rerun import part_of
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 5  # groups in a repr and on a card


@dataclass(frozen=True)
class Shares:
    """The shares of one group in one variance: of first order, and in total; None inside where nothing varies."""

    first: Estimate = UNKNOWN
    total: Estimate = UNKNOWN


@dataclass(frozen=True)
class GroupShares:
    """The shares of a group of sources in the variance of the finish and of the cost."""

    group: Group
    finish: Shares
    cost: Shares


@dataclass(frozen=True, eq=False, repr=False)
class VarianceShares(Shown):
    """The variance of finish and cost shared out among groups of sources, in the order of the program."""

    trials: Trials
    shares: tuple[GroupShares, ...]

    def __getitem__(self, name: str) -> GroupShares:
        return {one.group.name: one for one in self.shares}[name]

    def __len__(self) -> int:
        return len(self.shares)

    @cached_property
    def ranked(self) -> tuple[GroupShares, ...]:
        """The groups, the largest total share of the finish first, then of the cost."""
        return tuple(
            sorted(self.shares, key=lambda one: (-(one.finish.total.value or 0), -(one.cost.total.value or 0)))
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group, the largest total share of the finish first; shares of 1, with 95% intervals.

        First-order shares add up to 1 where groups do not interact, total shares to more where they do. Simulation
        error may take an estimate a little below 0.
        """
        import pandas as pd

        rows = [dict(_row(one)) for one in self.ranked]
        return pd.DataFrame(rows, index=pd.Index([one.group.name for one in self.ranked], name="group"))

    def interactions(self, of: str = "finish") -> float | None:
        """Return the share of the variance of ``finish`` or ``cost`` that no group has by itself; None of none."""
        parts = [getattr(one, of).first.value for one in self.shares]
        return None if not parts or None in parts else 1.0 - sum(parts)

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{len(self.shares) + 2} runs of {iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: the groups that vary the finish most."""
        told = [one for one in self.ranked if one.finish.total.value is not None][:_SHOWN]
        rows = [(one.group.name, f"{one.finish.total.value:.0%}") for one in told]
        notes = () if rows else ("the finish does not vary",)
        table = Table(("of the variance of the finish",), rows)
        return Card(self.trials.program.program, "Variance", (), table, notes, "", self.foot)


def variance_shares(
    trials: Trials, groups: Grouping | None = None, *, progress: Progress | None = None
) -> VarianceShares:
    """Return how much of the variance of finish and cost each group of sources makes, alone and in total.

    The iterations are run 1 + groups times more: once with everything drawn anew, once for each group.

    Parameters
    ----------
    trials : Trials
        Of a program with something random in it.
    groups : mapping, optional
        Sources by the name of their group, with wildcards: ``{"ground": ["risks.soil", "drivers.rock*"]}``; the rest
        is one more group. Default: each risk, each driver and each choice by itself; of each project its ranges, its
        slips and its doubtful activities; each shared range; lags. Groups tied by a correlation are one.

    Raises
    ------
    ArgumentError
        A pattern names no source, or two groups name one.
    """
    rerun = trials.again()
    chosen = grouped(rerun.network, groups)
    if not chosen:
        return VarianceShares(trials, ())
    base = Outcome(trials.finish_minutes, trials.cost_cents)
    everything = np.ones(chosen[0].rows.size, np.bool_)
    runs = [everything, *(group.rows for group in chosen)]
    told = [part_of(progress, place, len(runs)) for place in range(len(runs))]
    other = drawn_anew(rerun, everything, told[0])
    found = []
    for group, show in zip(chosen, told[1:], strict=True):
        mixed = drawn_anew(rerun, group.rows, show)
        finish = shared_out(base.finish_minutes, other.finish_minutes, mixed.finish_minutes, trials.replicates)
        cost = shared_out(base.cost_cents, other.cost_cents, mixed.cost_cents, trials.replicates)
        found.append(GroupShares(group, finish, cost))
    return VarianceShares(trials, tuple(found))


def shared_out(
    base: NDArray[np.int64], other: NDArray[np.int64], mixed: NDArray[np.int64], replicates: Replicates
) -> Shares:
    """Return the shares of a group: outcomes f(A), f(B), and f(AB) with the group taken from B."""
    origin = base[0]
    a, b, ab = ((values - origin).astype(np.float64) for values in (base, other, mixed))
    centre = (ordered_sum(a) + ordered_sum(b)) / (2 * a.size)
    a, b, ab = a - centre, b - centre, ab - centre
    squares = (np.square(a) + np.square(b)) / 2
    variance = ordered_sum(squares) / a.size
    if not variance:
        return Shares()
    return Shares(*(_ratio(part, squares, variance, replicates) for part in (b * (ab - a), np.square(a - ab) / 2)))


def _ratio(part: Floats, squares: Floats, variance: float, replicates: Replicates) -> Estimate:
    """Return the mean of ``part`` over that of ``squares``, with the interval of a ratio of means."""
    value = ordered_sum(part) / part.size / variance
    return around(value, (part - value * squares) / variance, replicates)


def _row(one: GroupShares) -> Iterator[tuple[str, Any]]:
    yield "kind", one.group.kind
    for outcome in ("finish", "cost"):
        for word in ("first", "total"):
            estimate = getattr(getattr(one, outcome), word)
            for end, value in zip(("", "_low", "_high"), estimate, strict=True):
                yield f"{outcome}_{word}{'_order' if word == 'first' else ''}_share{end}", value
    yield "sources", ", ".join(one.group.names)
