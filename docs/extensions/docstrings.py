"""Docstrings of plain prose, made safe for the site: backticks are code, names of ours are links, nothing else acts."""

# ruff: noqa: ARG001, for Sphinx says what it calls these with
from __future__ import annotations

import re

from docutils import nodes
from sphinx.addnodes import pending_xref, pending_xref_condition
from sphinx.application import Sphinx

import riskmc as rm

CODE = re.compile(r"(``.+?``|`[^`]+`)", re.DOTALL)
SECTION = re.compile(r"^((?:Parameters|Raises|Returns|Attributes)\n-+\n)", re.MULTILINE)
MARKUP = re.compile(r"([*|\\]|_\b)")
PUBLIC = set(rm.__all__)


def plain(app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Rewrite the lines of a docstring in place as reStructuredText that says the same."""
    prose, *sections = SECTION.split("\n".join(lines), maxsplit=1)
    paragraphs = [f"::\n\n{part}" if part.startswith("    ") else spelled(part) for part in prose.split("\n\n")]
    first = [""] if what in ("attribute", "property") else []  # else napoleon takes "word: ..." for a type
    lines[:] = first + ("\n\n".join(paragraphs) + "".join(spelled(part) for part in sections)).split("\n")


def spelled(text: str) -> str:
    """Return prose with its code as code and every other character as it stands."""
    return "".join(code(part) if part.startswith("`") else MARKUP.sub(r"\\\1", part) for part in CODE.split(text))


def code(quoted: str) -> str:
    """Return what stands in backticks: a link where it is a public noun or is called, else code."""
    word = " ".join(quoted.strip("`").split())
    bare = word.removeprefix("rm.").removesuffix("()")
    known = bare in PUBLIC and (bare[0].isupper() or bare != word)
    return f":py:obj:`{word} <riskmc.{bare}>`" if known else f"``{word}``"


def types(app: Sphinx, doctree: nodes.document) -> None:
    """Point the types and errors of signatures at the public names they are known by; those of others stay words."""
    for found in list(doctree.findall(pending_xref)):
        if found.get("refdomain") == "py" and found.get("reftype") in ("class", "exc"):
            short = found["reftarget"].rsplit(".", 1)[-1]
            if short in PUBLIC and short[0].isupper():
                found["reftarget"], found["refspecific"] = f"riskmc.{short}", False
            else:
                found.replace_self(word(found))


def word(found: pending_xref) -> list[nodes.Node]:
    """Return what a type shows where it is no link: its short name, of the two that Sphinx keeps."""
    kept = {child["condition"]: child.children for child in found if isinstance(child, pending_xref_condition)}
    return kept.get("resolved", found.children)


def unsigned(app: Sphinx, what: str, name: str, obj: type, options: object, signature: str, returns: str) -> object:
    """Return no signature for classes: results are made by functions, nouns by the keys of the program file."""
    return ("", None) if what in ("class", "exception") and signature else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect what is here to the events of Sphinx, before napoleon reads the sections."""
    app.connect("autodoc-process-docstring", plain, priority=400)
    app.connect("autodoc-process-signature", unsigned)
    app.connect("doctree-read", types)
    return {"parallel_read_safe": True}
