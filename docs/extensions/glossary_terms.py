"""The terms of the glossary as places: every word that stands in bold there can be linked, searched and found."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

PAGE = "glossary"


def words(heading: str) -> list[str]:
    """Return the words that a heading answers to: ``Joint confidence level (JCL)`` is found under both."""
    return [word.strip() for word in re.split(r"[(),]", heading) if word.strip()]


def places(app: Sphinx, doctree: nodes.document) -> None:
    """Give every entry of the glossary a place for each of its words, then link what is in italics to them."""
    if app.env.docname != PAGE:
        return
    known: dict[str, str] = {}
    for paragraph in list(doctree.findall(nodes.paragraph)):
        begins = next((child for child in paragraph if child.astext()), None)
        if isinstance(begins, nodes.strong):
            known |= entry(app, paragraph, words(begins.astext()))
    for mention in list(doctree.findall(nodes.emphasis)):
        place = known.get(mention.astext().lower())
        if place is not None:
            mention.replace_self(nodes.reference("", "", mention.deepcopy(), internal=True, refid=place))


def entry(app: Sphinx, paragraph: nodes.paragraph, heads: list[str]) -> dict[str, str]:
    """Return the place of each word of one entry; each stands in the index, and is found by the search."""
    found = {word: nodes.make_id(word) for word in heads}
    paragraph["ids"] += found.values()
    names = app.env.get_domain("std")
    for word, place in found.items():
        names.note_object("word", word, place, location=paragraph)
        names.note_hyperlink_target(f"glossary {place}", PAGE, place, word)
    entries = [("single", word, place, "", None) for word, place in found.items()]
    paragraph.parent.insert(paragraph.parent.index(paragraph), addnodes.index(entries=entries))
    return {word.lower(): place for word, place in found.items()}


def setup(app: Sphinx) -> dict[str, bool]:
    """Name the kind of places that these are, and connect what is here to the events of Sphinx."""
    app.add_object_type("word", "word", objname="entry of the glossary")  # of a kind that the search looks through
    app.connect("doctree-read", places)
    return {"parallel_read_safe": True}
