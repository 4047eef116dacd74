"""What the theme leaves out for reading by keyboard or ear: code that scrolls is reached, headings have levels."""

# ruff: noqa: ARG001, for Sphinx says what it calls these with
from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

AFTER_THE_THEME = 900
REPAIRS = {
    "body": ("<pre>", '<pre tabindex="0">'),
    "furo_navigation_tree": (' role="heading">', ' role="heading" aria-level="2">'),
}


def reachable(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Repair the parts of a page in place."""
    for part, (told, better) in REPAIRS.items():
        if part in context:
            context[part] = context[part].replace(told, better)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect what is here to the events of Sphinx."""
    app.connect("html-page-context", reachable, priority=AFTER_THE_THEME)
    return {"parallel_read_safe": True}
