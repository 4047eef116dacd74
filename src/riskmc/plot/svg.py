"""SVG: a drawn figure as text whose colours are CSS variables, so that one drawing serves light, dark and print.

The same figure gives the same bytes every time. Text stays text; every id begins with the name of the picture.
"""

from __future__ import annotations

import re
from html import escape
from io import StringIO

from matplotlib.figure import Figure

from riskmc.errors import ArgumentError
from riskmc.plot.captions import Caption
from riskmc.plot.palette import PALETTE, declarations, variable
from riskmc.plot.style import DPI, style
from riskmc.plot.svg_dots import merged

PAD = 16  # px of paper round a picture in a file of its own
FONTS = 'Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif'
SVG_CSS = (
    ".riskmc-picture{display:block;max-width:100%;height:auto}"
    ".riskmc-picture text{font-variant-numeric:tabular-nums;white-space:pre;paint-order:stroke;stroke:var(--paper);"
    "stroke-width:3px;stroke-linejoin:round}"
)
"""What inline pictures need of their page, beside the variables of the palette: once a page."""

_FILE_CSS = (
    f".riskmc-picture{{{declarations()}font-family:{FONTS};background:var(--paper)}}"
    f"@media (prefers-color-scheme:dark){{.riskmc-picture{{{declarations(dark=True)}}}}}"
)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_TAG = re.compile(r"<[^>]*>")
_COLOUR = re.compile(r"([a-z-]+): (#[0-9a-f]{6})")
_NAMES = {light: name for name, (light, _) in PALETTE.items()}


def svg_of(figure: Figure, name: str, caption: Caption, cut: float = 0.0, standalone: bool = False) -> str:
    """Return the figure as SVG named ``name``, with title and description, without its uppermost ``cut`` px.

    Inline it takes fonts and colours from the page around it; standalone it brings its own, light and dark.
    """
    if not _NAME.fullmatch(name):
        raise ArgumentError(f"the name of a picture is made of a-z, 0-9 and -, and begins with a letter, got {name!r}")
    body = merged(_named(_plain(_drawn(figure)), name))
    body = _TAG.sub(lambda tag: _coloured(tag[0], standalone), body)
    width, height = (side * DPI for side in figure.get_size_inches())
    pad = PAD if standalone else 0
    width, height = width + 2 * pad, height - cut + 2 * pad
    box = f"{-pad:g} {cut - pad:g} {width:g} {height:g}"
    head = _head(name, caption, f'viewBox="{box}" width="{width:g}" height="{height:g}"', standalone)
    return head + body + "</svg>\n"


def _drawn(figure: Figure) -> str:
    """Return what matplotlib writes between the root's tags."""
    out = StringIO()
    with style():
        figure.savefig(out, format="svg", dpi=DPI, metadata=_NO_METADATA)
    text = out.getvalue()
    start = re.search(r"<svg[^>]*>", text)
    assert start is not None
    return text[start.end() : text.rindex("</svg>")]


def _plain(body: str) -> str:
    """Return the body without what would act on the page around it: style sheets, font families, metadata."""
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>", "", body, flags=re.DOTALL)
    body = _TAG.sub(lambda tag: re.sub(r"font-family: [^;\"]*;? ?", "", tag[0]), body)
    body = _TAG.sub(lambda tag: tag[0].replace("font-weight: 700", "font-weight: 600"), body)  # DejaVu has no 600
    return re.sub(r"\s*\n\s*", "\n", body)


def _named(body: str, name: str) -> str:
    """Return the body in which the ids that something refers to are NAME-1, NAME-2, ..., and the others are gone."""
    tags = "".join(_TAG.findall(body))
    used = dict.fromkeys(re.findall(r'(?:href="|url\()#([^")]+)', tags))
    names = {old: f"{name}-{number}" for number, old in enumerate(used, start=1)}

    def renamed(tag: str) -> str:
        tag = re.sub(r' id="([^"]*)"', lambda m: f' id="{names[m[1]]}"' if m[1] in names else "", tag)
        return re.sub(r'(href="|url\()#([^")]+)', lambda m: f"{m[1]}#{names[m[2]]}", tag)

    return _TAG.sub(lambda tag: renamed(tag[0]), body)


def _coloured(tag: str, standalone: bool) -> str:
    """Return a tag whose colours are variables; in a file behind the plain colour, for readers that know no CSS."""

    def replaced(match: re.Match[str]) -> str:
        what, colour = match[1], match[2]
        if colour not in _NAMES:
            return match[0]
        drawn = f"{what}: {variable(_NAMES[colour])}"
        return f"{what}: {colour}; {drawn}" if standalone else drawn

    return _COLOUR.sub(replaced, tag)


def _head(name: str, caption: Caption, size: str, standalone: bool) -> str:
    first = '<?xml version="1.0" encoding="UTF-8"?>\n' if standalone else ""
    sheet = f"<style>{_FILE_CSS}{SVG_CSS}</style>\n" if standalone else ""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return (
        f'{first}<svg {spaces} class="riskmc-picture" role="img" {size} aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(caption.title)}</title>\n'
        f'<desc id="{name}-desc">{escape(caption.description or caption.subtitle)}</desc>\n{sheet}'
    )
