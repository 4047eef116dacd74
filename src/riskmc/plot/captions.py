"""Captions: what a picture says in words: its title (a sentence with a number), its subtitle, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from riskmc.forecast.figures import printable


@dataclass(frozen=True)
class Caption:
    """The words of one picture, as plain text without control characters.

    ``title`` is a sentence that is true if one reads nothing else; ``subtitle`` says what is plotted;
    ``description`` tells the numbers to those who cannot see the picture.
    """

    title: str
    subtitle: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "subtitle", "description"):
            object.__setattr__(self, name, printable(getattr(self, name)))
