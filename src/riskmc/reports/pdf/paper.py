"""Paper: the document as a PDF of A4 sheets: the page as it prints, with bookmarks, tags and page numbers.

WeasyPrint (the extra `report`) sets it; where that or the libraries it rests on are missing, a browser that is
installed prints the page. Neither asks the network for anything, and neither says when it was done.
"""

from __future__ import annotations

import importlib
import re
from base64 import b64encode
from types import ModuleType
from typing import Any

from riskmc.errors import ArgumentError
from riskmc.plot.svg import FONTS
from riskmc.reports.document.document import Document
from riskmc.reports.html.look import scheme
from riskmc.reports.html.page import composed, html_text
from riskmc.reports.pdf.browser import find_browser, printed
from riskmc.reports.theme.theme import PLAIN, Theme

NEITHER = (
    "writing PDF needs WeasyPrint, or Chrome, Edge or Chromium to print with, and none of them is here. Either install "
    "it (pip install 'riskmc[report]'; on Linux also Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or "
    "install a browser and put it on the PATH. Without either: write the page (.html) and print it from your browser"
)
_TAG = re.compile(r"<[^>]*>")
_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
_SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
_WORDS = re.compile(r"<title [^>]*>([^<]*)</title>\s*<desc [^>]*>([^<]*)</desc>")
_FAMILY = FONTS.replace('"', "")


def pdf_bytes(document: Document, theme: Theme = PLAIN) -> bytes:
    """Return the document as a PDF; the same bytes for the same document, theme and fonts.

    Raises ArgumentError where there is neither WeasyPrint nor a browser.
    """
    printer = _weasyprint()
    if printer is not None:
        return _set(printer, self_contained(composed(document, theme, paper=True), theme))
    browser = find_browser()
    if browser is None:
        raise ArgumentError(NEITHER)
    return printed(html_text(document, theme), browser)


def _weasyprint() -> ModuleType | None:
    """Return the module; None where it, or one of the libraries that it loads, is missing."""
    try:
        return importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return None


def _set(printer: Any, html: str) -> bytes:
    fetcher = printer.urls.URLFetcher(allowed_protocols=("data",))
    return bytes(printer.HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_tags=True))


def self_contained(html: str, theme: Theme) -> str:
    """Return the page with every drawing as an image of its own, in plain colours and with its words as its `alt`.

    A drawing within the page would take its colours from the page's style sheet, which WeasyPrint does not do; and it
    would look for every line of it in that style sheet, which takes a while.
    """
    colours = {name.replace("_", "-"): colour for name, colour in scheme(theme).items()}

    def plain(tag: re.Match[str]) -> str:
        return _VARIABLE.sub(lambda found: colours[found[1]], tag[0])

    def image(svg: re.Match[str]) -> str:
        words = _WORDS.search(svg[0])
        told = "" if words is None else words[2] if words[2].startswith(words[1]) else f"{words[1]}. {words[2]}"
        drawn = _TAG.sub(plain, svg[0]).replace("<svg ", f'<svg font-family="{_FAMILY}" ', 1)
        address = f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode('ascii')}"
        return f'<img class="riskmc-picture" alt="{told.replace(chr(34), "&quot;")}" src="{address}">'

    return _SVG.sub(image, html)
