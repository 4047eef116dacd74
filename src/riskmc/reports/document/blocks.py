"""Blocks of the page: a picture, a table, a list or a remark, and the parts in which they stand."""

from __future__ import annotations

from dataclasses import dataclass

from riskmc.reports.document.layout import Section


@dataclass(frozen=True)
class Picture:
    """One picture: its words, its SVG, and its numbers as a table."""

    name: str
    title: str
    subtitle: str
    svg: str
    numbers: Section


@dataclass(frozen=True)
class Table:
    """One table under a heading."""

    title: str
    section: Section


@dataclass(frozen=True)
class Listing:
    """Terms, each with the sentences that belong to it."""

    title: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Remark:
    """A sentence of its own, perhaps a warning."""

    sentence: str
    warning: bool


Block = Picture | Table | Listing | Remark
Cell = tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """One part of the page: rows of one or two cells, each a column of blocks."""

    name: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
