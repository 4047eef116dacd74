"""Losses: what a file cannot hold of a program, one sentence for each kind, with the number of items and the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

FIRST = 3


@dataclass(frozen=True)
class Loss:
    """One kind of thing that a file does not hold, or holds in another form, and the items it is about."""

    sentence: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        if not self.items:
            return self.sentence
        more = ", ..." if len(self.items) > FIRST else ""
        return f"{self.sentence} ({len(self.items):,}: {', '.join(self.items[:FIRST])}{more})"


@dataclass
class Ledger:
    """What has been lost so far, by sentence."""

    entries: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, sentence: str, *items: str) -> None:
        """Keep items under a sentence; equal sentences are listed together, and one without items says itself."""
        self.entries.setdefault(sentence, []).extend(items)

    def lose_all(self, sentence: str, items: Iterable[str]) -> None:
        """Keep items under a sentence, where there are any."""
        found = list(items)
        if found:
            self.lose(sentence, *found)

    def join(self, other: Ledger) -> None:
        """Keep all that another ledger holds too."""
        for sentence, items in other.entries.items():
            self.lose(sentence, *items)

    def losses(self) -> tuple[Loss, ...]:
        """Return what was lost, in the order in which it was found."""
        return tuple(Loss(sentence, tuple(items)) for sentence, items in self.entries.items())
