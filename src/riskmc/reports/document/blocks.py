"""Blocks of a document: a picture, a table, a list or a remark, and the parts in which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import riskmc.plot as plot
from riskmc.reports.document.chart import Chart
from riskmc.reports.document.layout import Section, on_paper

if TYPE_CHECKING:
    from riskmc.plot import Axes


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture: its name, what is drawn, its numbers as a table, how to read it, and its numbers as a chart."""

    name: str
    axes: Axes
    numbers: Section
    reading: str = ""
    chart: Chart | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", on_paper(self.numbers))

    @cached_property
    def title(self) -> str:
        """The sentence that is true if one reads nothing else."""
        return plot.caption(self.axes).title

    @cached_property
    def subtitle(self) -> str:
        """What is plotted."""
        return plot.caption(self.axes).subtitle

    @cached_property
    def description(self) -> str:
        """The numbers, for those who cannot see the picture."""
        words = plot.caption(self.axes)
        return words.description or words.subtitle

    @cached_property
    def svg(self) -> str:
        """The picture as inline SVG without title and subtitle, which are left to the page."""
        return plot.to_svg(self.axes, self.name, heading=False)


@dataclass(frozen=True)
class Table:
    """One table under a heading, perhaps with a name by which a theme or a link finds it."""

    title: str
    section: Section
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "section", on_paper(self.section))


@dataclass(frozen=True)
class Listing:
    """Terms, each with the sentences that belong to it."""

    title: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Remark:
    """A sentence of its own, perhaps a warning."""

    sentence: str
    warning: bool = False


Block = Picture | Table | Listing | Remark
Cell = tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """One part of a document: rows of one or two cells, each a column of blocks.

    ``name`` is what a link and a theme call it, ``title`` what the reader sees in the contents.
    """

    name: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of reading."""
        return tuple(block for row in self.rows for cell in row for block in cell)
