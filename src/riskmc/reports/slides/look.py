"""Look: the presentation on which slides are made: riskmc's own, 16:9, or a company's master; its frame and colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from riskmc.errors import ArgumentError
from riskmc.forecast.colours import PALETTE
from riskmc.reports.slides.boxes import EMU, Box
from riskmc.reports.theme.logo import Logo, read_logo
from riskmc.reports.theme.theme import Theme

MISSING = "writing PowerPoint needs python-pptx: pip install 'riskmc[report]'"
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 36.0  # points
TITLE = Box(MARGIN, 24.0, WIDTH - 2 * MARGIN, 66.0)
FOOTER = Box(MARGIN, HEIGHT - 32.0, WIDTH - 2 * MARGIN, 18.0)
LOGO = Box(12.0, 6.0, 120.0, 30.0)  # from the right edge and the top; its room
FONT = "Arial"
_ACCENTS = ("forecast", "threat", "gain", "plan", "forecast_mid", "threat_mid")


@dataclass(frozen=True, eq=False)
class Look:
    """A presentation without slides, the layout of every slide, its frame in points, and its colours by name.

    ``own`` is riskmc's own look; else the text takes the colours and fonts of the master. The ``logo`` stands at the
    upper right, beside the title.
    """

    presentation: Any
    layout: Any
    width: float
    height: float
    title: Box
    body: Box
    footer: Box
    colours: Mapping[str, str]
    own: bool
    logo: Logo | None = None

    @property
    def sign(self) -> Box:
        """Where the logo stands."""
        width, height = (0.0, 0.0) if self.logo is None else self.logo.within(LOGO.width, LOGO.height)
        return Box(self.width - LOGO.left - width, LOGO.top, width, height)

    @property
    def heading(self) -> Box:
        """Where the title stands: where the layout has it, its lines ending before the logo."""
        if self.logo is None or self.title.top >= self.sign.bottom:
            return self.title
        end = min(self.title.left + self.title.width, self.sign.left - LOGO.left)
        return replace(self.title, width=max(end - self.title.left, self.title.width / 2))

    def colour(self, name: str) -> str:
        """Return a colour of the palette as RRGGBB."""
        return self.colours[name].lstrip("#").upper()

    def rgb(self, name: str) -> Any:
        """Return a colour of the palette as python-pptx takes it."""
        from pptx.dml import color

        made: Any = color.RGBColor
        return made.from_string(self.colour(name))


def own_look(theme: Theme) -> Look:
    """Return riskmc's own look in the colours of the theme: wide slides, a title at the upper left, nothing else."""
    import pptx

    return replace(_own(pptx.Presentation(), colours_of(theme, dark=False)), logo=read_logo(theme.logo))


def colours_of(theme: Theme, dark: bool) -> dict[str, str]:
    """Return the palette, light or dark, with the colours of the theme in place of its own."""
    return {name: {**PALETTE, **theme.colours}[name][dark] for name in PALETTE}


def _own(presentation: Any, colours: Mapping[str, str]) -> Look:
    """Make the presentation wide, with one layout, and return the look."""
    presentation.slide_width, presentation.slide_height = round(EMU * WIDTH), round(EMU * HEIGHT)
    layout = next(one for one in presentation.slide_layouts if one.name == "Title Only")
    master = layout.slide_master
    for other in list(presentation.slide_layouts):
        if other is not layout:
            presentation.slide_layouts.remove(other)
    for held in (master, layout):
        for shape in list(held.placeholders):
            if shape.placeholder_format.idx == 0:
                shape.left, shape.top, shape.width, shape.height = TITLE.emu
            else:
                shape._element.getparent().remove(shape._element)
    _dress(master, colours)
    _strip(presentation)
    body = Box(MARGIN, TITLE.bottom + 4, WIDTH - 2 * MARGIN, FOOTER.top - TITLE.bottom - 10)
    return Look(presentation, layout, WIDTH, HEIGHT, TITLE, body, FOOTER, colours, own=True)


def _dress(master: Any, colours: Mapping[str, str]) -> None:
    """Give the master the palette, the fonts, and a title of 26 points at the upper left."""
    from lxml import etree
    from pptx.oxml.ns import qn

    title = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", "2600")
    letters.set("b", "1")
    part = master.part.part_related_by(_THEME)
    drawn = etree.fromstring(part.blob)
    scheme = drawn.find(f".//{qn('a:clrScheme')}")
    named = {"dk1": "ink", "lt1": "paper", "dk2": "quiet", "lt2": "plan_pale"}
    named |= {f"accent{number}": name for number, name in enumerate(_ACCENTS, start=1)}
    for slot, name in named.items():
        found = scheme.find(qn(f"a:{slot}"))
        for child in list(found):
            found.remove(child)
        etree.SubElement(found, qn("a:srgbClr")).set("val", colours[name].lstrip("#").upper())
    for font in drawn.iterfind(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        font.set("typeface", FONT)
    drawn.set("name", "riskmc")
    part._blob = etree.tostring(drawn, xml_declaration=True, encoding="UTF-8", standalone=True)


_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"


def _strip(presentation: Any) -> None:
    """Take out what the file that this starts from has of its own: a picture of it, and the settings of a printer."""
    for part in (presentation.part, presentation.part.package):
        for name, relation in list(part._rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                part._rels.pop(name)


def refuse(path: Path, reason: str) -> ArgumentError:
    """Return the error for a master that cannot be used."""
    return ArgumentError(f"master {path}: {reason}; give a .pptx whose slide master has a layout with a title")
