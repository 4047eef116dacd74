"""Notes of the speaker: how to read a slide, the method, and the numbers of its pictures and tables as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from riskmc.forecast.language import said
from riskmc.reports.document.blocks import Block, Listing, Picture, Remark, Table
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import Section

_ROWS = 200  # rows of one table


def notes_of(blocks: Iterable[Block], document: Document) -> str:
    """Return what is to be said of some blocks, then what every number rests on."""
    told = [_told(block) for block in blocks]
    return "\n\n".join(text for text in (*told, document.footer) if text)


def opening_notes(document: Document) -> str:
    """Return the answer in full: the headline, what to expect, what the numbers speak of, and the three risks."""
    facts = [f"{fact.name}: {fact.value}" + "".join(f"; {more}" for more in fact.more) for fact in document.facts]
    top = [] if document.top is None else [_told(document.top)]
    told = [document.headline, document.lead, *document.basis, "\n".join(facts), decision_notes(document), *top]
    return "\n\n".join(text for text in (*told, document.footer) if text)


def decision_notes(document: Document) -> str:
    """Return the decision that is asked as text; nothing where none is."""
    asked = document.decision
    if asked is None:
        return ""
    effects = [f"{number}. {effect}" for number, effect in enumerate(asked.effects, start=1)]
    return "\n".join(text for text in (asked.title, asked.ask, *effects, asked.remains, asked.without) if text)


def _told(block: Block) -> str:
    if isinstance(block, Picture):
        words = [block.title, block.subtitle, block.reading, _grid(block.numbers)]
        return "\n".join(text for text in words if text)
    if isinstance(block, Table):
        return f"{block.title}\n{_grid(block.section)}"
    if isinstance(block, Listing):
        return "\n".join([block.title, *(f"{term}: {' '.join(told)}" for term, told in block.entries)])
    assert isinstance(block, Remark)
    return block.sentence


def _grid(section: Section) -> str:
    """Return a table as lines of text, its cells apart by bars."""
    rows = [_line([column.heading for column in section.columns])] if section.columns else []
    rows += [_line(row) for row in section.rows[:_ROWS]]
    more = len(section.rows) - _ROWS
    rows += [said("and {count} more", count=f"{more:,}")] if more > 0 else []
    return "\n".join([*rows, *section.notes])


def _line(cells: Sequence[str]) -> str:
    return " | ".join(cells)
