"""Search among portfolios of responses: all of them up to 12, beyond that a screen, then greedy steps and swaps.

A portfolio is rated by what it is expected to cost and by one figure to be as small as can be: the P80 finish, the P80
cost, or how often the target is missed. Every portfolio that the search has rated takes part in the frontier.
Sources: Markowitz (1952), Journal of Finance 7, 77-91, efficient portfolios; Kujawski (2002), Systems Engineering
5(3), choosing responses to risks as portfolios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

EXACT = 12  # responses up to which every combination is rated
EXACT_APART = 6  # the same in the discrete-event engine, where each is a run of its own
MOST_RATED = 2**EXACT  # portfolios that swaps may rate
_ROUNDS = 4  # of swaps

Bought = frozenset[str]


class Rating(NamedTuple):
    """What a portfolio costs (cents, over all iterations) and what it is rated by: the smaller the better."""

    spent: int
    value: int


Rate = Callable[[Sequence[Bought]], list[Rating]]
Helps = Callable[[Bought, Bought], bool]


@dataclass
class Search:
    """Portfolios of ``names`` and their ratings. ``rate`` rates many at once; each is rated once."""

    names: Sequence[str]
    rate: Rate
    ratings: dict[Bought, Rating] = field(default_factory=dict)

    def rated(self, portfolios: Iterable[Bought]) -> None:
        """Rate the portfolios that are not rated yet."""
        new = [bought for bought in dict.fromkeys(portfolios) if bought not in self.ratings]
        if new:
            self.ratings |= zip(new, self.rate(new), strict=True)

    def everything(self) -> None:
        """Rate every combination of the names."""
        self.rated(
            frozenset(some) for size in range(len(self.names) + 1) for some in combinations(sorted(self.names), size)
        )

    def greedily(self) -> None:
        """Rate what greedy steps meet: at each the response that improves most for its money, as long as one does.

        Then swaps, additions and removals around the efficient portfolios, until these stay as they are.
        """
        self.rated([frozenset(self.names)])
        current: Bought = frozenset()
        while (following := self._step(current)) is not None:
            current = following
        for _ in range(_ROUNDS):
            before = self.efficient()
            self.rated(self._affordable(swap for bought in before for swap in self._around(bought)))
            if self.efficient() == before:
                return

    def efficient(self) -> list[Bought]:
        """Return the portfolios than which none is better for less money, in the order of what they cost.

        Of equal ones that with the fewest responses, then the first by name.
        """
        best: Rating | None = None
        found = []
        for bought in sorted(self.ratings, key=lambda one: (*self.ratings[one], len(one), sorted(one))):
            rating = self.ratings[bought]
            if best is None or rating.value < best.value:
                found.append(bought)
                best = rating
        return found

    def tied(self, bought: Bought) -> list[Bought]:
        """Return the other portfolios with the very same rating, without those that hold a smaller one of them."""
        same = [other for other, rating in self.ratings.items() if rating == self.ratings[bought]]
        least = [other for other in same if not any(smaller < other for smaller in same)]
        return sorted((other for other in least if other != bought), key=lambda one: (len(one), sorted(one)))

    def _step(self, current: Bought) -> Bought | None:
        """Return the portfolio with the response added that improves most for its money; None where none improves."""
        wider = [current | {name} for name in sorted(self.names) if name not in current]
        self.rated([current, *wider])
        here = self.ratings[current]
        better = [bought for bought in wider if self.ratings[bought].value < here.value]
        return max(better, key=lambda bought: _gain(here, self.ratings[bought]), default=None)

    def _around(self, bought: Bought) -> Iterable[Bought]:
        """Yield the portfolios that one swap, one addition or one removal makes of this one."""
        outside = [name for name in sorted(self.names) if name not in bought]
        for name in sorted(bought):
            yield bought - {name}
            yield from (bought - {name} | {other} for other in outside)
        yield from (bought | {other} for other in outside)

    def _affordable(self, portfolios: Iterable[Bought]) -> list[Bought]:
        """Return as many of the portfolios that are not rated yet as may still be rated."""
        new = [bought for bought in dict.fromkeys(portfolios) if bought not in self.ratings]
        return new[: max(0, MOST_RATED - len(self.ratings))]


def _gain(here: Rating, there: Rating) -> tuple[float, int]:
    """Return what is gained for each cent, and in all; what costs nothing comes first."""
    gained, spent = here.value - there.value, there.spent - here.spent
    return (gained / spent if spent > 0 else float("inf")), gained


def screened(names: Sequence[str], helps: Helps) -> tuple[list[str], list[str]]:
    """Return the responses worth a place in the search, and those dropped: told apart from nothing in no portfolio.

    The two portfolios that are tried are the extremes: bought alone, and bought last, after all the others. A response
    is kept where, in either, it improves the figure by more than simulation error.
    """
    whole = frozenset(names)
    kept = [name for name in names if helps(frozenset(), frozenset({name})) or helps(whole - {name}, whole)]
    return kept, [name for name in names if name not in kept]
