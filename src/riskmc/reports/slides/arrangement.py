"""Arrangement: which slides a document makes, in their order: the answer, the decision, why, and the backup.

The first slides are those of the committee (the curves, date and cost together, the steps and the risks behind them,
milestones, what changed, what it stands on); all other parts follow as backup, each picture on a slide of its own,
tables and text as many to a slide as fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from riskmc.forecast.language import said
from riskmc.reports.document.blocks import Block, Listing, Part, Picture, Remark, Table
from riskmc.reports.document.document import Document
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.flow import Page, pages_of, paragraph_of
from riskmc.reports.slides.measures import lines_of
from riskmc.reports.slides.writing import height_of_all

FIRST = (
    ("finish",),
    ("cost", "joint"),
    ("finish-waterfall", "finish-tornado"),
    ("milestones",),
    ("finish-changes",),
)
FRONTIER, PROPOSAL = "frontier", "proposal"
SURE = ("quality", "provenance")
_TITLE_SIZE = 26.0
_PAIRED = 760.0  # points
_BELOW = 60.0  # points of remarks below a picture


@dataclass(frozen=True)
class Sheet:
    """One slide: its message, the grey line, pictures side by side with remarks below, or a page of text and tables."""

    title: str
    subtitle: str = ""
    pictures: tuple[Picture, ...] = ()
    remarks: tuple[Remark, ...] = ()
    page: Page | None = None
    backup: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands on it, for the notes."""
        return (*self.pictures, *self.remarks) if self.page is None else self.page.blocks


def arranged(document: Document, body: Box) -> list[Sheet]:
    """Return the slides after the answer and the decision, the backup last."""
    found = {block.name: block for part in document.parts for block in part.blocks if isinstance(block, Picture)}
    told = [tuple(found[name] for name in names if name in found) for names in FIRST]
    if body.width < _PAIRED:  # too narrow for two pictures side by side
        told = [(picture,) for pictures in told for picture in pictures]
    remarks = dict(filter(None, (_remarked(part, body) for part in document.parts)))
    leading = [_pictured(pictures, remarks) for pictures in told if pictures]
    used = {picture.name for pictures in told for picture in pictures}
    sure = [sheet for part in document.parts if part.name in SURE for sheet in _texts(part, body, used, backup=False)]
    parts = [part for part in document.parts if part.name not in SURE]
    backup = [sheet for part in parts for sheet in _sheets(part, body, used, remarks)]
    return [*leading, *sure, *backup]


def _remarked(part: Part, body: Box) -> tuple[str, tuple[Remark, ...]] | None:
    """Return the last picture of a part whose text is a few remarks alone, and these, which stand below it."""
    pictures = [block for block in part.blocks if isinstance(block, Picture)]
    remarks = tuple(block for block in part.blocks if isinstance(block, Remark))
    few = height_of_all([paragraph_of(remark) for remark in remarks], body.width) <= _BELOW
    alone = few and len(pictures) + len(remarks) == len(part.blocks)
    return (pictures[-1].name, remarks) if pictures and remarks and alone else None


def _pictured(pictures: tuple[Picture, ...], remarks: Mapping[str, tuple[Remark, ...]], backup: bool = False) -> Sheet:
    told = tuple(remark for picture in pictures for remark in remarks.get(picture.name, ()))
    return Sheet(pictures[0].title, line_of(pictures[0]), pictures, told, backup=backup)


def line_of(picture: Picture) -> str:
    """Return what is plotted, as the native chart says it where there is one."""
    return (picture.chart.caption if picture.chart is not None else "") or picture.subtitle


def _sheets(part: Part, body: Box, used: set[str], remarks: Mapping[str, tuple[Remark, ...]]) -> Iterator[Sheet]:
    """Yield the pictures of a part that have no slide yet, then its text and tables but what stands below a picture."""
    for block in part.blocks:
        if isinstance(block, Picture) and block.name not in used:
            yield _pictured((block,), remarks, backup=True)
    if not any(isinstance(block, Picture) and block.name in remarks for block in part.blocks):
        yield from _texts(part, body, used, backup=True)


def _texts(part: Part, body: Box, used: set[str], backup: bool) -> Iterator[Sheet]:
    """Yield the pages of what is no picture; a lone table or sentence is the message itself."""
    blocks = [block for block in part.blocks if not isinstance(block, Picture)]
    blocks = [block for block in blocks if not (isinstance(block, Table) and block.name in used)]
    if not blocks:
        return
    title, rest = _message(part, blocks, body)
    lone = len(rest) == 1 and isinstance(rest[0], Table | Listing) and rest[0].title == title
    pages = pages_of(rest, body, headed=not lone) or [Page((), tuple(blocks))]
    for number, page in enumerate(pages, start=1):
        told = title if len(pages) == 1 else said("{title} ({page} of {all})", title=title, page=number, all=len(pages))
        yield Sheet(told, part.title if part.title != title else "", page=page, backup=backup)


def _message(part: Part, blocks: Sequence[Block], body: Box) -> tuple[str, Sequence[Block]]:
    """Return the message of a part's text, and what is left under it: its first sentence, or the title of a table."""
    first = blocks[0]
    if isinstance(first, Remark) and lines_of(first.sentence, body.width, _TITLE_SIZE, bold=True) <= 2:
        return first.sentence, blocks[1:]
    if len(blocks) == 1 and isinstance(first, Table | Listing) and first.title:
        return first.title, blocks
    return part.title, blocks
