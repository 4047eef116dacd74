"""Reference class: how comparable projects came out, as ratios of actual to estimated duration or cost.

From a list, a column of a table, or a distribution. Sources: Kahneman and Tversky (1979), Intuitive prediction: biases
and corrective procedures, TIMS Studies in Management Science 12, 313-327; Flyvbjerg (2006), From Nobel prize to project
management: getting risks right, Project Management Journal 37(3), 5-15.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from riskmc.distributions import Distribution
from riskmc.errors import ArgumentError, RiskmcError
from riskmc.forecast import Probability
from riskmc.forecast.card import Card, Shown
from riskmc.forecast.figures import level_name
from riskmc.forecast.interval import check_share, quantile_rank, quantile_ranks
from riskmc.io.reference_file import checked_ratio, read_references
from riskmc.network.sizes import spread
from riskmc.program.notation import kind, size

NODES = 1_999  # of the curve of a distribution


@dataclass(frozen=True, eq=False, repr=False)
class ReferenceClass(Shown):
    """Ratios of actual to estimated of projects that are done; or a distribution of such ratios.

    Parameters
    ----------
    ratios : float64[n]
        From the lowest up; of a distribution, its quantiles at evenly spread shares.
    name : str
        What the class is called.
    shape : Distribution, optional
        The distribution, which has no sampling error of its own; None for projects.
    note : str
        What to know of it: the column it comes from, rows that were left out.
    """

    ratios: NDArray[np.float64]
    name: str
    shape: Distribution | None = None
    note: str = field(default="")

    def __post_init__(self) -> None:
        self.ratios.flags.writeable = False

    def __len__(self) -> int:
        return 0 if self.shape is not None else int(self.ratios.size)

    def _card(self) -> Card:
        """Return what a notebook shows: how many peers there are, and ratios that half and 80% of them stay below."""
        figures = [
            ("", f"{len(self):,} peers" if len(self) else "", False),
            *((level_name(p), f"{self.quantile(p):.2f}", False) for p in (0.50, 0.80)),
        ]
        remark = "ratios of actual to estimated"
        return Card(self.name, "Reference class", figures, None, (self.note,), remark)

    @property
    def told(self) -> str:
        """What the class is, in words: "31 peers", or the distribution."""
        return self.name if self.shape is not None else f"{len(self):,} peer{'' if len(self) == 1 else 's'}"

    def share(self, ratio: float) -> Probability:
        """Return the share of the class that came out at or below a ratio, with Wilson's interval (1927).

        A distribution is taken as known: its interval has no width.
        """
        if self.shape is None:
            return Probability.of(int(np.count_nonzero(self.ratios <= ratio * (1 + 1e-12))), len(self))
        found = _share_of(self.shape, ratio)
        return Probability(found, found, found)

    def quantile(self, p: float) -> float:
        """Return the ratio that a share p of the class did not exceed: a project of it, by its rank (A1)."""
        check_share("p", p)
        if self.shape is not None:
            return float(self.shape.quantile(np.array([p]))[0])
        return float(self.ratios[quantile_rank(len(self), p) - 1])

    def quantile_interval(self, p: float) -> tuple[float | None, float | None]:
        """Return where the quantile of all such projects lies, by order statistics (A2); None for an unbounded end."""
        if self.shape is not None:
            return self.quantile(p), self.quantile(p)
        low, high = quantile_ranks(len(self), p)
        return (
            float(self.ratios[low - 1]) if low >= 1 else None,
            float(self.ratios[high - 1]) if high <= len(self) else None,
        )


def reference_class(
    given: ReferenceClass | Iterable[float] | str | os.PathLike[str], column: str | None = None, name: str | None = None
) -> ReferenceClass:
    """Return the reference class that is meant.

    Parameters
    ----------
    given : iterable of float, path or str
        Ratios of actual to estimated (1.35 is 35% over); a table (.csv, .xlsx) with a column Ratio or Overrun, or two
        columns Estimated and Actual; or a distribution of ratios in the words of the program file:
        ``"lognormal(p10=95% p90=180%)"``.
    column : str, optional
        The title of the column, where several fit.
    name : str, optional
        What to call the class.

    Raises
    ------
    ArgumentError, InputError
        A ratio is not above 0, the table cannot be read, or the words are no distribution.
    """
    if isinstance(given, ReferenceClass):
        return given
    if isinstance(given, str) and "(" in given and not Path(given).exists():
        return _shaped(given, name)
    if isinstance(given, str | os.PathLike):
        found = read_references(given, column)
        left = f"; without a value: {found.empty:,}" if found.empty else ""
        note = f"{Path(given).name}, {' and '.join(found.columns)}{left}"
        return ReferenceClass(np.sort(np.array(found.ratios)), name or Path(given).stem, note=note)
    ratios = np.sort([checked_ratio(float(ratio), repr(ratio)) for ratio in given])
    if not ratios.size:
        raise ArgumentError("reference class: at least one ratio of actual to estimated, got none")
    return ReferenceClass(ratios, name or "reference class")


def _shaped(text: str, name: str | None) -> ReferenceClass:
    try:
        found = size(text)
        if kind(found) == "time":
            raise ArgumentError(f"ratios have no unit, as 1.35 or 135%, got {text!r}")
        shape = spread(found, lambda quantity: quantity.value)
    except RiskmcError as error:
        raise ArgumentError(f"reference class: {error}") from None
    ratios = shape.quantile((np.arange(NODES) + 0.5) / NODES)
    if ratios[0] <= 0:
        raise ArgumentError(f"reference class: ratios of actual to estimated are above 0, got {text!r}")
    return ReferenceClass(np.asarray(ratios, np.float64), name or text, shape)


def _share_of(shape: Distribution, ratio: float) -> float:
    """Return the share of a distribution at or below a ratio, by halving: distributions know their quantiles."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if float(shape.quantile(np.array([middle]))[0]) <= ratio else (low, middle)
    return round(low, 12)
