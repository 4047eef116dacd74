"""The first sheet: the answer, the figures that a committee asks for, the decision, what it speaks of, and contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from riskmc.forecast.language import said
from riskmc.reports.document.document import Decision, Document
from riskmc.reports.document.facts import Fact
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.theme.logo import Logo
from riskmc.reports.workbook.sheet import Sheet
from riskmc.reports.workbook.sheet_names import Names
from riskmc.reports.workbook.styles import Styles

if TYPE_CHECKING:
    from riskmc.reports.workbook.leaves import Leaf

_LAYOUT = Section([Column(""), Column(""), Column("")], [("x" * 28, "x" * 26, "x" * 26)])  # room for facts


def write_answer(
    document: Document, styles: Styles, names: Names, leaves: Sequence[Leaf], footer: str, logo: Logo | None = None
) -> None:
    """Write the first sheet, with the names of the others; a logo at its head."""
    top = document.top
    sheet = Sheet.made(names.sheet(said("Answer")), styles, [_LAYOUT, *([top.section] if top else [])], footer)
    if logo is not None:
        sheet.logo(logo)
    sheet.text(" · ".join(word for word in (document.name, document.kind, document.dated) if word), "quiet")
    sheet.text(document.headline, "headline")
    sheet.text(document.lead, "lead")
    _facts(sheet, document.facts)
    if document.decision is not None:
        _decision(sheet, document.decision)
    if top is not None:
        sheet.skip()
        sheet.text(top.title, "heading")
        sheet.table(top.section, names.table(top.name or "top"))
        for note in top.section.notes:
            sheet.text(note, "quiet")
    _basis(sheet, document)
    _contents(sheet, leaves)
    sheet.fit(0)


def _facts(sheet: Sheet, facts: Sequence[Fact]) -> None:
    sheet.skip()
    for fact in facts:
        sheet.cell(sheet.row, 0, fact.name, "name")
        sheet.cell(sheet.row, 1, fact.value, "figure" if fact.simulated else "promise")
        sheet.line("; ".join(fact.more), "name", 2, sheet.last_of_text)
        sheet.row += 1


def _decision(sheet: Sheet, decision: Decision) -> None:
    sheet.skip()
    sheet.text(decision.title, "box_title")
    effects = [f"{number}. {effect}" for number, effect in enumerate(decision.effects, 1)]
    for sentence in (decision.ask, *effects, decision.remains, decision.without):
        if sentence:
            sheet.text(sentence, "box")


def _basis(sheet: Sheet, document: Document) -> None:
    told = [*document.basis, *([document.footer] if document.footer else [])]
    if told:
        sheet.skip()
    for sentence in told:
        sheet.text(sentence, "quiet")


def _contents(sheet: Sheet, leaves: Sequence[Leaf]) -> None:
    """Write what each sheet holds, with links inside the workbook."""
    if leaves:
        sheet.skip()
        sheet.text(said("Sheets"), "heading")
    for leaf in leaves:
        sheet.paper.write_url(sheet.row, 0, f"internal:'{leaf.name}'!A1", sheet.styles("link"), leaf.name)
        first = next((block.title for block in leaf.blocks if not hasattr(block, "sentence")), "")
        sheet.line(first, "text", 1, sheet.last_of_text)
        sheet.row += 1
