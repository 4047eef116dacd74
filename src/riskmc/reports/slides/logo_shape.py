"""Logo shape: the logo of a theme on a slide, an SVG as itself: PowerPoint draws it since 2016, and others the more."""

from __future__ import annotations

import io
from typing import Any

from riskmc.reports.slides.boxes import Box
from riskmc.reports.theme.logo import Logo
from riskmc.reports.theme.svg_picture import NOTHING, SVG_SPACE, SVG_USE


def add_logo(slide: Any, logo: Logo, box: Box) -> None:
    """Put the logo into a box; for programs that know no SVG nothing is seen of one."""
    shape = slide.shapes.add_picture(io.BytesIO(NOTHING if logo.drawn else logo.content), *box.emu)
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
    use = etree.SubElement(etree.SubElement(blip, qn("a:extLst")), qn("a:ext"), {"uri": SVG_USE})
    etree.SubElement(use, f"{{{SVG_SPACE}}}svgBlip", {qn("r:embed"): number}, nsmap={"asvg": SVG_SPACE})


def _part(package: Any, logo: Logo) -> Any:
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    name = PackURI("/ppt/media/logo.svg")
    found = next((part for part in package.iter_parts() if part.partname == name), None)
    return found if found is not None else Part(name, logo.kind, package, logo.content)
