"""Price indices: how prices rise from year to year, drawn by iteration (C4).

The index of a year is the product of 1 + rate over the years from the first in which prices rise; before it, it is 1.
With ``years: own`` each year draws its rate under the variable ``escalation/NAME/YEAR``, else one rate under
``escalation/NAME`` holds for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.draws import Draws
from riskmc.network.sampler import Sampler, sampler
from riskmc.network.sizes import central, spread
from riskmc.program.finance import NO_ESCALATION
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.sampling import split_seed
from riskmc.sampling.correlation import Mixing

NO_PRICES = 0  # the group of what no index raises
DEFAULT = "general"


def price_group(program: Program, name: str | None) -> int:
    """Return the number of the index that a cost follows: by name, else `general`, else the only one; 0 for none.

    Raises ProgramError where a cost names none of several indices, and none of them is called `general`.
    """
    names = sorted(program.escalation)
    if name == NO_ESCALATION or not names:
        return NO_PRICES
    if name is None and len(names) > 1 and DEFAULT not in names:
        text = f"which one raises a cost that names none? {', '.join(names)}: call it {DEFAULT!r}, or write "
        raise ProgramError([("escalation", f"{text}`escalation: {names[0]}` at every cost")])
    chosen = name if name is not None else DEFAULT if DEFAULT in names else names[0]
    return 1 + names.index(chosen)


@dataclass(eq=False)
class Prices:
    """The indices of a program up to the year ``last``, drawn by iteration, block by block; group 0 never rises.

    ``years`` begin with ``first``, or where prices first rise if that is earlier.
    """

    program: Program
    first: int
    last: int
    years: Sequence[int] = field(init=False)
    rows: list[list[int]] = field(default_factory=list)
    certain: list[float] = field(default_factory=list)
    sampler: Sampler = field(init=False)

    def __post_init__(self) -> None:
        draws = Draws()
        rises = [entry.from_ for entry in self.program.escalation.values()]
        self.years = range(min([self.first, *rises]), self.last + 1)
        for name in sorted(self.program.escalation):
            self._read(name, draws)
        nothing, none = np.zeros(0, np.int32), np.zeros(0, np.float32)
        self.sampler = sampler(draws, Mixing(nothing, np.zeros(1, np.int32), nothing, none, (), ()))

    def _read(self, name: str, draws: Draws) -> None:
        """Add one index: the row of the rate of every year, -1 before prices rise and where the rate is certain."""
        entry = self.program.escalation[name]
        try:
            size = spread(entry.rate, _share, self.program.elicited_as)
        except ArgumentError as error:
            raise ProgramError([(f"escalation.{name}.rate", str(error))]) from None
        self.certain.append(central(size))
        rows, same = [], -1
        for year in self.years:
            if year < entry.from_ or entry.rate.certain:
                rows.append(-1)
            elif entry.years == "own":
                rows.append(draws.money(f"escalation/{name}/{year}", size, 1.0))
            else:
                same = draws.money(f"escalation/{name}", size, 1.0) if same < 0 else same
                rows.append(same)
        self.rows.append(rows)

    @property
    def random(self) -> bool:
        """Whether any rate is drawn."""
        return bool(self.sampler.rows)

    def index(self, seed: int, block: int, stratified: bool, lanes: int) -> NDArray[np.float64]:
        """Return float64[1 + indices, years, lanes]: the price of each year in that of the base year."""
        money = self._drawn(seed, block, stratified, lanes)
        out = np.ones((1 + len(self.rows), len(self.years), lanes))
        for g, rows in enumerate(self.rows):
            self._multiply(g, [money[row] if row >= 0 else self.certain[g] for row in rows], out[1 + g])
        return out

    def _drawn(self, seed: int, block: int, stratified: bool, lanes: int) -> NDArray[np.float64]:
        """Return float64[rates, lanes]: the rates of a block."""
        n, m = self.sampler.rows, len(self.sampler.amounts)
        money, nothing = np.zeros((m, lanes)), np.zeros((0, lanes), np.float32)
        if n:
            z, standard = np.zeros((n, lanes), np.float32), np.zeros((m, lanes), np.float32)
            self.sampler.fill(split_seed(seed), block, stratified, z, nothing, standard, money)
        return money

    def planned(self) -> NDArray[np.float64]:
        """Return float64[1 + indices, years, 1]: the same with every rate at its single value, its mode or median."""
        out = np.ones((1 + len(self.rows), len(self.years), 1))
        for g, rows in enumerate(self.rows):
            self._multiply(g, [self.certain[g] for _ in rows], out[1 + g])
        return out

    def _multiply(self, g: int, rates: Sequence[NDArray[np.float64] | float], out: NDArray[np.float64]) -> None:
        """Fill the years of one index, in order, from the first in which prices rise."""
        rises = self.program.escalation[sorted(self.program.escalation)[g]].from_
        for y, year in enumerate(self.years):
            if year >= rises:
                out[y] = (out[y - 1] if y else 1.0) * (1.0 + rates[y])


def _share(quantity: Quantity) -> float:
    if quantity.unit not in ("", "%"):
        raise ArgumentError(f"{quantity.value:g}{quantity.unit} is no rate a year; write a share such as 3%")
    return quantity.value


__all__ = ["NO_PRICES", "Prices", "price_group"]
