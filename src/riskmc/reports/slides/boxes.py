"""Boxes: places on a slide, in points of 1/72 inch, from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace

EMU = 12_700  # English metric units in a point


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in English metric units, as the file has them."""
        return tuple(round(EMU * each) for each in (self.left, self.top, self.width, self.height))  # type: ignore[return-value]

    def below(self, height: float) -> Box:
        """Return what is left under the first ``height`` points."""
        return replace(self, top=self.top + height, height=max(self.height - height, 1.0))

    def above(self, height: float) -> Box:
        """Return what is left over the last ``height`` points."""
        return replace(self, height=max(self.height - height, 1.0))

    def first(self, height: float) -> Box:
        """Return its upper part, ``height`` points high."""
        return replace(self, height=height)

    def last(self, height: float) -> Box:
        """Return its lower part, ``height`` points high."""
        return replace(self, top=self.bottom - height, height=height)

    def split(self, share: float, gap: float) -> tuple[Box, Box]:
        """Return its left ``share`` and the rest, ``gap`` points apart."""
        left = (self.width - gap) * share
        right = self.width - gap - left
        return replace(self, width=left), replace(self, left=self.left + left + gap, width=right)
