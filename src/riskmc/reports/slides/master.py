"""Master: a company's own .pptx: which layout the slides take, where title and body stand, light or dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from riskmc.errors import ArgumentError
from riskmc.reports.slides.boxes import EMU, Box
from riskmc.reports.slides.look import MISSING, Look, colours_of, own_look, refuse
from riskmc.reports.theme.logo import read_logo
from riskmc.reports.theme.theme import Theme

_DARK = 0.35  # luminance of a background below which the dark palette is read better
_LEAST = 0.45  # share of the height that a body has at least


def look_of(theme: Theme) -> Look:
    """Return the look of a theme; ArgumentError where its master cannot be used, or python-pptx is missing."""
    try:
        import pptx  # noqa: F401
    except ImportError:
        raise ArgumentError(MISSING) from None
    return own_look(theme) if theme.master is None else _look_of_master(Path(theme.master), theme)


def _look_of_master(path: Path, theme: Theme) -> Look:
    presentation = _opened(path)
    layout = _layout(presentation, path)
    _empty(presentation)
    width, height = presentation.slide_width / EMU, presentation.slide_height / EMU
    title = _box(_placeholder(layout, _titles()), layout)
    footer = _footer(layout, width, height, title)
    body = _body(presentation, title, footer, height)
    colours = colours_of(theme, dark=_luminance(layout.slide_master) < _DARK)
    logo = read_logo(theme.logo)
    return Look(presentation, layout, width, height, title, body, footer, colours, own=False, logo=logo)


def _opened(path: Path) -> Any:
    import pptx
    from pptx.exc import PackageNotFoundError

    try:
        return pptx.Presentation(str(path))
    except PackageNotFoundError:
        raise refuse(path, "no .pptx file there" if path.exists() else "there is no such file") from None
    except (ValueError, KeyError, OSError, AttributeError) as error:
        raise refuse(path, f"it cannot be read as PowerPoint ({type(error).__name__})") from None


def _titles() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    return KIND.TITLE, KIND.CENTER_TITLE


def _bodies() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    return KIND.BODY, KIND.OBJECT


def _edges() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    return KIND.FOOTER, KIND.DATE, KIND.SLIDE_NUMBER


def _placeholder(layout: Any, kinds: tuple[Any, ...]) -> Any:
    return next((one for one in layout.placeholders if one.placeholder_format.type in kinds), None)


def _layout(presentation: Any, path: Path) -> Any:
    """Return the layout with a title and the fewest other placeholders, those of the footer not counted."""
    held = [one for master in presentation.slide_masters for one in master.slide_layouts]
    titled = [one for one in held if _placeholder(one, _titles()[:1]) is not None]
    if not titled:
        raise refuse(path, "none of its layouts has a title")
    return min(titled, key=_others)


def _others(layout: Any) -> int:
    mine = (*_titles(), *_edges())
    return sum(one.placeholder_format.type not in mine for one in layout.placeholders)


def _box(shape: Any, layout: Any) -> Box:
    """Return where a placeholder stands; one without a place of its own stands where that of the master does."""
    if shape.width is None:
        kind = shape.placeholder_format.type
        shape = next((one for one in layout.slide_master.placeholders if one.placeholder_format.type == kind), shape)
    return Box(*((side or 0) / EMU for side in (shape.left, shape.top, shape.width, shape.height)))


def _footer(layout: Any, width: float, height: float, title: Box) -> Box:
    """Return the line of the footer: where the master has it, as wide as the title."""
    found = _placeholder(layout, _edges()) or _placeholder(layout.slide_master, _edges())
    top = _box(found, layout).top if found is not None else 0.0
    if not 0.8 * height < top < height - 12:
        top = height - 30.0
    left = min(max(title.left, 12.0), width / 4)
    return Box(left, top, width - 2 * left, 16.0)


def _body(presentation: Any, title: Box, footer: Box, height: float) -> Box:
    """Return the room for charts and tables: that of the body of a layout with title and body, else below the title."""
    below = Box(footer.left, title.bottom + 4, footer.width, footer.top - title.bottom - 10)
    for layout in presentation.slide_layouts:
        found = _placeholder(layout, _bodies())
        if found is None or _placeholder(layout, _titles()[:1]) is None or _others(layout) != 1:
            continue
        box = _box(found, layout)
        if box.height > _LEAST * height and box.width > 0.6 * footer.width:
            bottom = min(box.bottom, footer.top - 4)
            top = max(box.top, title.bottom)
            return Box(box.left, top, box.width, bottom - top)
    return below


def _empty(presentation: Any) -> None:
    """Take the slides out of the presentation: a master is used for its layouts alone."""
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)


def _luminance(master: Any) -> float:
    """Return the relative luminance of the background (WCAG 2.2), 1 where it is not a plain colour."""
    from lxml import etree
    from pptx.oxml.ns import qn

    slot = master.element.find(qn("p:clrMap"))
    name = "lt1" if slot is None else slot.get("bg1", "lt1")
    relation = next((one for one in master.part.rels.values() if one.reltype.endswith("/theme")), None)
    if relation is None:
        return 1.0
    found = etree.fromstring(relation.target_part.blob).find(f".//{qn(f'a:{name}')}")
    value = "" if found is None or not len(found) else found[0].get("lastClr") or found[0].get("val") or ""
    if len(value) != 6:
        return 1.0
    parts = [int(value[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
