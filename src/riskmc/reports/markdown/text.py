"""The document as Markdown: headline, figures and decision first, then the numbers of every picture as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from riskmc.forecast.language import said
from riskmc.reports.document.blocks import Block, Listing, Part, Picture, Remark
from riskmc.reports.document.document import Decision, Document
from riskmc.reports.document.facts import Fact
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.markdown.escaping import escaped, line
from riskmc.reports.theme.theme import PLAIN, Theme

_WIDEST = 60  # characters to which the cells of a column are filled up


def markdown_text(document: Document, theme: Theme = PLAIN) -> str:
    """Return the document as Markdown (GitHub's: tables with pipes) that reads well raw and in a wiki.

    Pictures are told by their title and numbers. Names from files are text: no markup, no link, no HTML.
    """
    blocks = [*_answer(document, theme), *(block for part in document.parts for block in _part(part))]
    if document.footer:
        blocks += ["---", _quiet(document.footer)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _answer(document: Document, theme: Theme) -> Iterator[str]:
    """Yield what stands before the parts: the answer, the figures, the decision, the risks that matter most."""
    yield _quiet(" · ".join(word for word in (document.name, document.kind, document.dated, theme.mark) if word))
    yield f"# {line(document.headline)}"
    yield line(document.lead)
    yield _facts(document.facts)
    if document.decision is not None:
        yield _decision(document.decision)
    if document.top is not None:
        yield from _titled(document.top.title, document.top.section, "##")
    yield _bullets(document.basis)


def _quiet(text: str) -> str:
    told = line(text)
    return f"*{told}*" if told else ""


def _facts(facts: Sequence[Fact]) -> str:
    columns = [Column(""), Column(said("Figure")), Column(said("To compare"))]
    rows = [(fact.name, fact.value, "; ".join(fact.more)) for fact in facts]
    return _table(Section(columns, rows), bold=1) if rows else ""


def _decision(decision: Decision) -> str:
    """Return the decision as a quotation, the only one of the text."""
    effects = "\n".join(f"{number}. {line(effect)}" for number, effect in enumerate(decision.effects, 1))
    paragraphs = [
        f"**{line(decision.title)}**",
        line(decision.ask),
        effects,
        line(decision.remains),
        line(decision.without),
    ]
    told = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return "\n".join(f"> {each}".rstrip() for each in told.split("\n"))


# ------------------------------------------------------------------------------ parts


def _part(part: Part) -> Iterator[str]:
    blocks = [told for block in part.blocks for told in _block(block)]
    if blocks:
        yield f"## {line(part.title)}"
        yield from blocks


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Remark):
        yield f"**{line(block.sentence)}**" if block.warning else line(block.sentence)
    elif isinstance(block, Listing):
        yield f"### {line(block.title)}"
        for term, sentences in block.entries:
            yield f"**{line(term)}**"
            yield _bullets(sentences)
    elif isinstance(block, Picture):
        yield from _picture(block)
    else:
        yield from _titled(block.title, block.section, "###")


def _picture(picture: Picture) -> Iterator[str]:
    """Yield what a picture says: its sentence and its numbers; without numbers its description."""
    yield f"### {line(picture.title)}"
    yield from _section(picture.numbers)
    if not picture.numbers.rows:
        yield line(picture.description)
    yield line(picture.reading)


def _titled(title: str, section: Section, level: str) -> Iterator[str]:
    yield f"{level} {line(title)}"
    yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if section.columns and section.rows:
        yield _table(section)
    for note in section.notes:
        yield f"**{line(note)}**" if section.warning else line(note)


def _bullets(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {line(sentence)}" for sentence in sentences)


# ------------------------------------------------------------------------------ tables


def _table(section: Section, bold: int | None = None) -> str:
    """Return a table whose columns stand below each other raw too; cells of the column ``bold`` are emphasised."""
    rows = [[_cell(cell, place == bold) for place, cell in enumerate(row)] for row in section.rows]
    head = [escaped(column.heading) for column in section.columns]
    widths = [_width(head[place], [row[place] for row in rows]) for place in range(len(head))]
    rule = [_rule(width, column) for width, column in zip(widths, section.columns, strict=True)]
    return "\n".join(_row(cells, widths, section.columns) for cells in (head, rule, *rows))


def _rule(width: int, column: Column) -> str:
    """Return the dashes below a heading; the colon says on which side the column stands."""
    dashes = "-" * (width - 1)
    return f"{dashes}:" if column.right else f":{dashes}"


def _cell(cell: str, bold: bool) -> str:
    told = escaped(cell)
    return f"**{told}**" if bold and told else told


def _width(heading: str, cells: Sequence[str]) -> int:
    return min(_WIDEST, max(map(cell_len, (heading, *cells, "---"))))


def _row(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    return f"| {' | '.join(_filled(*told) for told in zip(cells, widths, columns, strict=True))} |"


def _filled(cell: str, width: int, column: Column) -> str:
    blanks = " " * (width - cell_len(cell))
    return f"{blanks}{cell}" if column.right else f"{cell}{blanks}"
