"""Losses: what a file cannot hold of a program, one sentence for each kind, with the number of items and the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from riskmc.io.findings import with_items


@dataclass(frozen=True)
class Loss:
    """One kind of thing that a file does not hold, or holds in another form, and the items it is about."""

    sentence: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        return with_items(self.sentence, self.items)


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

    def losses(self, names: Mapping[str, str] = MappingProxyType({})) -> tuple[Loss, ...]:
        """Return what was lost, in the order in which it was found; ``names``: what people call the activities."""
        return tuple(
            Loss(sentence, tuple(names.get(item, item) for item in items)) for sentence, items in self.entries.items()
        )
