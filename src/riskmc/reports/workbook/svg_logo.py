"""SVG logo: put into a finished workbook behind the one picture that it has, since xlsxwriter writes pixels alone."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from riskmc.reports.theme.logo import Logo
from riskmc.reports.theme.svg_picture import SVG_SPACE, SVG_USE

_PART, _ID = "xl/media/logo.svg", "rIdLogo"
_TYPES = "[Content_Types].xml"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_BLIP = re.compile(r"(<a:blip [^>]*)/>")


def with_svg(content: bytes, logo: Logo) -> bytes:
    """Return a workbook with the SVG behind its picture: its first sheet holds that, so it is in the first drawing."""
    whole = BytesIO()
    changed = {
        _TYPES: _typed,
        "xl/drawings/drawing1.xml": _drawn,
        "xl/drawings/_rels/drawing1.xml.rels": _related,
    }
    with ZipFile(BytesIO(content)) as given, ZipFile(whole, "w", ZIP_DEFLATED) as made:
        for part in given.infolist():
            text = given.read(part)
            change = changed.get(part.filename)
            made.writestr(part, text if change is None else change(text.decode()).encode())
        made.writestr(ZipInfo(_PART), logo.content, ZIP_DEFLATED)
    return whole.getvalue()


def _typed(text: str) -> str:
    return text.replace("<Override", '<Default Extension="svg" ContentType="image/svg+xml"/><Override', 1)


def _drawn(text: str) -> str:
    use = f'<asvg:svgBlip xmlns:asvg="{SVG_SPACE}" r:embed="{_ID}"/>'
    return _BLIP.sub(rf'\1><a:extLst><a:ext uri="{SVG_USE}">{use}</a:ext></a:extLst></a:blip>', text, count=1)


def _related(text: str) -> str:
    told = f'<Relationship Id="{_ID}" Type="{_IMAGE}" Target="../media/logo.svg"/>'
    return text.replace("</Relationships>", f"{told}</Relationships>")
