"""First page: how close the committee paper is set, so that it ends on the first sheet of A4.

Nothing can be measured while a file is written, so the heights are reckoned, with the widths of a font that is wider
than those of a page. What is left is room for the curves.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from riskmc.plot.canvas import FULL, HALF
from riskmc.plot.lettering import width_of
from riskmc.reports.document.blocks import Picture, Table
from riskmc.reports.document.document import Decision, Document
from riskmc.reports.document.facts import Fact

WIDTH, HEIGHT = 533.0, 774.0  # pt, within the margins
SPARE = 14.0  # pt that a page may turn out higher than was reckoned
MM = 25.4 / 72
SMALL = 8.4
_GAP = 12.0


@dataclass(frozen=True)
class Density:
    """Sizes of type in pt: those of `page.css` by the same name."""

    name: str
    headline: float
    lead: float
    asked: float
    fact: float
    title: float


DENSITIES = (
    Density("", 20.5, 11, 10, 13, 12),
    Density("close", 16, 10, 9, 11, 11),
    Density("tight", 12, 9, 8.4, 10, 9.5),
)
LEAST = 0.84  # of its height a curve keeps before the type gets smaller
NARROWER = 0.9  # the fonts of a page beside the font that widths are taken from


@dataclass(frozen=True)
class Setting:
    """How the first page is set: its classes, how high a curve may be (mm), how many rows of the first part it has."""

    classes: str
    curve_mm: float
    rows: int


def setting(document: Document) -> Setting:
    """Return how the first page is set: the answer, and the first row of the first part if that is pictures alone."""
    curves = _first_row(document)
    if document.decision is None and document.top is None:
        return Setting("paper", 0.0, 1 if curves else 0)
    wanted = max(map(_natural, curves), default=0.0)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        for density in DENSITIES:
            left = HEIGHT - SPARE - _height(document, curves, density)
            if left >= LEAST * wanted:
                break
    curve = round(max(min(left, wanted), 80.0) * MM, 1)
    return Setting(f"paper sheet1 {density.name}".strip(), curve, 1 if curves else 0)


def _first_row(document: Document) -> list[Picture]:
    """Return the pictures with which the first part begins, side by side; none where it begins with anything else."""
    row = next((part.rows[0] for part in document.parts if part.rows), ())
    blocks = [block for cell in row for block in cell]
    pictures = [block for block in blocks if isinstance(block, Picture)]
    return pictures if len(pictures) == len(blocks) == len(row) else []


def _natural(picture: Picture) -> float:
    _, _, width, height = map(float, picture.svg.split('viewBox="', 1)[1].split('"', 1)[0].split())
    return height * (WIDTH / FULL if width > HALF else (WIDTH - _GAP) / 2 / HALF)


def _height(document: Document, curves: list[Picture], density: Density) -> float:
    """Return the height in pt of everything on the first page but the curves themselves."""
    whole = 26 + 19 + 1.2 * density.headline * _lines(document.headline, WIDTH, density.headline, bold=True)
    whole += 10 + 1.45 * density.lead * _lines(document.lead, WIDTH, density.lead)
    whole += _facts(document.facts, density)
    if document.basis:
        whole += 4 + _small(" ".join(document.basis), WIDTH)
    whole += 10 + max(_asked(document, density), _carriers(document.top, document.decision))
    whole += _words_about(curves, density) if curves else 0
    return whole + (6 + _small(document.footer, WIDTH) if document.footer else 0)


def _facts(facts: tuple[Fact, ...], density: Density) -> float:
    """Return the height of the facts: each has the room that its words ask for, in its share of the width."""
    asked = [min(_widest(fact, density), WIDTH / 2) + 9 for fact in facts]
    share = min(WIDTH / max(sum(asked), 1.0), 1.0)
    return 16 + max(
        (_fact(fact, share * wide - 9, density) for fact, wide in zip(facts, asked, strict=True)), default=0
    )


def _widest(fact: Fact, density: Density) -> float:
    words = [_wide(text, SMALL, bold=not number) for number, text in enumerate((fact.name, *fact.more))]
    return max(_wide(fact.value, density.fact, bold=True), *words)


def _fact(fact: Fact, room: float, density: Density) -> float:
    return _small(fact.name, room) + 1.25 * density.fact + sum(_small(line, room) for line in fact.more)


def _asked(document: Document, density: Density) -> float:
    asked = document.decision
    if asked is None:
        return 0.0
    room = (WIDTH - _GAP) / 2 - 22 if document.top is not None else WIDTH - 22
    pieces = [asked.title, asked.ask, f"{asked.remains} {asked.without}".strip()]
    lines = sum(_lines(piece, room, density.asked, bold=number < 2) for number, piece in enumerate(pieces) if piece)
    lines += sum(_lines(effect, room - 15, density.asked) for effect in asked.effects)
    return 1.42 * density.asked * lines + 20 + 2 * len(asked.effects) + 10


def _carriers(top: Table | None, asked: Decision | None) -> float:
    """Return the height of the table of risks: its names have the room that the other columns leave."""
    if top is None:
        return 0.0
    room = WIDTH if asked is None else (WIDTH - _GAP) / 2
    section = top.section
    others = [max(_wide(row[place], SMALL) for row in [[c.heading for c in section.columns], *section.rows]) + 8
              for place, column in enumerate(section.columns) if not column.yields]  # fmt: skip
    names = max(sum(column.yields for column in section.columns), 1)
    share = max((room - sum(others)) / names - 8, 60.0)
    rows = [max(_lines(cell, share, SMALL) for cell in row) for row in section.rows]
    notes = sum(6 + _small(note, room) for note in section.notes)
    return 6 + 14 * _lines(top.title, room, 10, bold=True) + 16 + sum(12 * lines + 3.2 for lines in rows) + notes


def _words_about(pictures: list[Picture], density: Density) -> float:
    room = WIDTH if len(pictures) == 1 else (WIDTH - _GAP) / 2
    title = max(_lines(picture.title, room, density.title, bold=True) for picture in pictures)
    told = max(_small(picture.subtitle, room) for picture in pictures)
    read = max((6 + _small(picture.reading, room) for picture in pictures if picture.reading), default=0.0)
    return 12 + 1.28 * density.title * title + 2 + told + 6 + read


def _small(text: str, room: float) -> float:
    return 1.45 * SMALL * _lines(text, room, SMALL)


def _lines(text: str, room: float, size: float, bold: bool = False) -> int:
    """Return how many lines of ``room`` pt a text takes; words end before the end of a line, so a little more."""
    wide = _wide(text, size, bold)
    return 1 if wide <= room else ceil(1.04 * wide / room)


def _wide(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in pt; letters of the Far East are as wide as they are high."""
    east = sum(east_asian_width(letter) in "WF" for letter in text)
    west = "".join(letter for letter in text if east_asian_width(letter) not in "WF") if east else text
    return NARROWER * width_of(west, size, bold) + size * east
