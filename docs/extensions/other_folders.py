"""Links to pages that stand outside this folder, led to the pages of the site that show the same text."""

# ruff: noqa: ARG001, for Sphinx says what it calls these with
from __future__ import annotations

import re

from sphinx.application import Sphinx

OUTSIDE = re.compile(r"\]\((?P<up>(?:\.\./)*)\.\./(?:models/(?P<model>\w+)/README|(?P<root>CHANGELOG|README))\.md")
PAGES = {"CHANGELOG": "changes", "README": "index"}


def inside(app: Sphinx, docname: str, source: list[str]) -> None:
    """Rewrite such links in place: ``../models/ferry/README.md`` is the page ``models/ferry`` of the site."""
    source[0] = OUTSIDE.sub(page, source[0])


def page(found: re.Match[str]) -> str:
    """Return the beginning of the link to the page of the site."""
    return f"]({found['up']}{PAGES[found['root']] if found['root'] else 'models/' + found['model']}.md"


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect what is here to the events of Sphinx."""
    app.connect("source-read", inside)
    return {"parallel_read_safe": True}
