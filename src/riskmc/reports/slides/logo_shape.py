"""Logo shape: the logo of a theme on a slide, an SVG as itself: PowerPoint draws it since 2016, and others the more."""

from __future__ import annotations

import io
import zlib
from struct import pack
from typing import Any

from riskmc.reports.slides.boxes import Box
from riskmc.reports.theme.logo import Logo

_SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # what says in a file that a picture has an SVG behind its pixels
_SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def add_logo(slide: Any, logo: Logo, box: Box) -> None:
    """Put the logo into a box; for programs that know no SVG nothing is seen of one."""
    shape = slide.shapes.add_picture(io.BytesIO(_NOTHING if logo.drawn else logo.content), *box.emu)
    shape.name = "Logo"
    shape._element.nvPicPr.cNvPr.set("descr", "")
    if logo.drawn:
        _draw(slide, shape, logo)


def _draw(slide: Any, shape: Any, logo: Logo) -> None:
    """Put the SVG behind the pixels of a picture, one part of the file for all slides."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml.ns import qn

    number = slide.part.relate_to(_part(slide.part.package, logo), RELATIONSHIP_TYPE.IMAGE)
    blip = shape._element.find(f".//{qn('a:blip')}")
    use = etree.SubElement(etree.SubElement(blip, qn("a:extLst")), qn("a:ext"), {"uri": _SVG_USE})
    etree.SubElement(use, f"{{{_SVG_SPACE}}}svgBlip", {qn("r:embed"): number}, nsmap={"asvg": _SVG_SPACE})


def _part(package: Any, logo: Logo) -> Any:
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    name = PackURI("/ppt/media/logo.svg")
    found = next((part for part in package.iter_parts() if part.partname == name), None)
    return found if found is not None else Part(name, logo.kind, package, logo.content)


def _chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))


_NOTHING = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(bytes(5))),
        _chunk(b"IEND", b""),
    )
)
"""A PNG of one pixel through which everything is seen."""
