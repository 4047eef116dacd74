"""Writing: text on slides: titles, paragraphs, the footer and the notes; always plain text, in measured room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from riskmc.forecast.figures import printable
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.measures import LEADING, cut_to, height_of, lines_of, plain, size_for

TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0)
TITLE_LINES = 2
SUBTITLE_SIZES = (14.0, 13.0, 12.0, 11.0)
BODY, SMALL, FOOT = 16.0, 12.0, 10.0
_NOTES = 60_000  # characters of notes


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text, size in points, colour ("" is that of the master), and the space before it."""

    text: str
    size: float = BODY
    bold: bool = False
    colour: str = ""
    before: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))

    def height(self, room: float) -> float:
        """Return the height that it takes in ``room`` points."""
        return self.before + height_of(self.text, room, self.size, self.bold)


def write(slide: Any, look: Look, box: Box, paragraphs: Sequence[Paragraph]) -> Any:
    """Write paragraphs into a box, from its top; the text stays in the box as far as it was measured."""
    shape = slide.shapes.add_textbox(*box.emu)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, paragraph in enumerate(paragraphs):
        _fill(frame.paragraphs[0] if number == 0 else frame.add_paragraph(), look, paragraph)
    return shape


def _fill(target: Any, look: Look, paragraph: Paragraph) -> None:
    from pptx.util import Pt

    run = target.add_run()
    run.text = paragraph.text
    run.font.size, run.font.bold = Pt(paragraph.size), paragraph.bold
    target.space_before, target.line_spacing = Pt(paragraph.before), 1.0
    if paragraph.colour:
        run.font.color.rgb = look.rgb(paragraph.colour)


def height_of_all(paragraphs: Sequence[Paragraph], room: float) -> float:
    """Return the height that paragraphs take in ``room`` points."""
    return sum(paragraph.height(room) for paragraph in paragraphs)


def fitting(paragraphs: Sequence[Paragraph], box: Box, least: float = 9.0) -> list[Paragraph]:
    """Return the paragraphs in the largest sizes, up to their own, in which all of them fit into the box.

    What does not fit in the smallest size is left out at the end, and the last one kept is cut.
    """
    largest = max((paragraph.size for paragraph in paragraphs), default=BODY)
    for step in range(int(2 * (largest - least)) + 1):
        share = (largest - step / 2) / largest
        smaller = [_scaled(paragraph, share, least) for paragraph in paragraphs]
        if height_of_all(smaller, box.width) <= box.height:
            return smaller
    return _kept([_scaled(paragraph, least / largest, least) for paragraph in paragraphs], box)


def _scaled(paragraph: Paragraph, share: float, least: float) -> Paragraph:
    size = max(round(2 * paragraph.size * share) / 2, min(least, paragraph.size))
    return Paragraph(paragraph.text, size, paragraph.bold, paragraph.colour, paragraph.before * share)


def _kept(paragraphs: Sequence[Paragraph], box: Box) -> list[Paragraph]:
    kept: list[Paragraph] = []
    left = box.height
    for paragraph in paragraphs:
        lines = int((left - paragraph.before) / (paragraph.size * LEADING))
        if lines < 1:
            break
        text = cut_to(paragraph.text, box.width, lines, paragraph.size, paragraph.bold)
        kept.append(Paragraph(text, paragraph.size, paragraph.bold, paragraph.colour, paragraph.before))
        left -= kept[-1].height(box.width)
    return kept


def write_title(slide: Any, look: Look, title: str) -> float:
    """Write the title of a slide into its placeholder, and return how high it is.

    It has two lines; a third one where it would be cut and a master has room for it.
    """
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Pt

    text, room = plain(title), title_room(look)
    size = size_for(text, room, TITLE_LINES, _title_sizes(look), bold=True)
    cut = lines_of(text, room, size, bold=True) > TITLE_LINES
    lines = TITLE_LINES + (cut and not look.own and (TITLE_LINES + 1) * size * LEADING <= look.title.height)
    place = slide.shapes.title
    if look.heading != look.title:
        place.left, place.top, place.width, place.height = look.heading.emu
    frame = place.text_frame
    frame.text = cut_to(text, room, lines, size, bold=True)
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.paragraphs[0].runs[0].font.size = Pt(size)
    if look.own:
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.paragraphs[0].line_spacing = 1.0
    return height_of(frame.text, room, size, bold=True)


def title_room(look: Look) -> float:
    """Return the width of a line of a title: its placeholder's, less the margins that a master gives it."""
    return look.heading.width - (0.0 if look.own else 16.0)


def split_title(look: Look, text: str) -> tuple[str, str]:
    """Return what of some sentences is the title, as many as two lines hold, and what is left of them."""
    sentences = re.split(r"(?<=[.!?]) (?=[^a-z ])", text)
    room, least = title_room(look), _title_sizes(look)[-2:][0]
    for count in range(len(sentences), 1, -1):
        first = " ".join(sentences[:count])
        if lines_of(plain(first), room, least, bold=True) <= TITLE_LINES:
            return first, " ".join(sentences[count:])
    return sentences[0], " ".join(sentences[1:])


def write_more(slide: Any, look: Look, box: Box, text: str) -> float:
    """Write sentences that the title had no room for at the top of a box, and return the height that they take."""
    told = fitting([Paragraph(text, BODY, bold=True)], box.first(60.0))
    height = height_of_all(told, box.width)
    write(slide, look, box.first(height), told)
    return height + 10.0


def _title_sizes(look: Look) -> tuple[float, ...]:
    """Return the sizes that two lines of a title may have: none higher than its placeholder."""
    fits = [size for size in TITLE_SIZES if TITLE_LINES * size * LEADING <= look.title.height + 4]
    return tuple(fits or TITLE_SIZES[-1:])


def write_subtitle(slide: Any, look: Look, box: Box, text: str) -> float:
    """Write the grey line under the title, in two lines where one is too short, and return the height it takes."""
    if not text:
        return 0.0
    told = plain(text)
    size = size_for(told, box.width, 1, SUBTITLE_SIZES)
    size = size if lines_of(told, box.width, size) == 1 else size_for(told, box.width, 2, SUBTITLE_SIZES[1:])
    paragraph = Paragraph(cut_to(told, box.width, 2, size), size, colour="quiet")
    height = paragraph.height(box.width)
    write(slide, look, box.first(height), [paragraph])
    return height + 6.0


def write_footer(slide: Any, look: Look, words: str) -> None:
    """Write the footer: words at the left, the number of the page, which counts itself, at the right."""
    left, right = look.footer.split(0.92, 8.0)
    told = Paragraph(cut_to(plain(words), left.width, 1, FOOT), FOOT, colour="quiet")
    write(slide, look, left, [told]).name = "Footer"
    page = write(slide, look, right, [Paragraph("0", FOOT, colour="quiet")])
    page.name = "Page"
    _count(page.text_frame.paragraphs[0])


def _count(paragraph: Any) -> None:
    """Make a field that counts the slides of a paragraph with one run."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml.ns import qn

    paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.runs[0]._r
    field = paragraph._p.makeelement(qn("a:fld"), {"id": "{00000000-0000-4000-8000-000000000001}", "type": "slidenum"})
    for child in list(run):
        field.append(child)
    run.getparent().replace(run, field)


def write_notes(slide: Any, notes: str) -> None:
    """Write the notes of the speaker: lines of plain text."""
    lines = [printable(line.replace("\t", "    ")) for line in notes[:_NOTES].split("\n")]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)
