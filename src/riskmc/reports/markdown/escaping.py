"""Escaping: text from anybody's file as Markdown that shows it as it is: no heading, table, link, picture or HTML."""

from __future__ import annotations

import re

from riskmc.forecast.figures import printable
from riskmc.reports.document.leftwards import apart

_ALWAYS = re.compile(r"[\\`*\[\]|~$]")
_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # within a word it emphasises nothing
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SCHEME = re.compile(r"\b(https?|ftp|mailto|xmpp|javascript|data|file):", re.IGNORECASE)
_SITE = re.compile(r"\bwww\.", re.IGNORECASE)
_MENTION = re.compile(r"@(?=\w)")
_FIRST = re.compile(r"^(?:([#>]|[-+=](?=\s|$|[-=]))|(\d+)([.)])(?=\s|$))")
_LAST = re.compile(r"#+$")
_JOINER = "\u2060"  # not to be seen, and no letter: nobody is called by @name
_ISOLATE, _END = "\u2068", "\u2069"  # words from right to left do not pull the figures beside them along


def escaped(text: str) -> str:
    """Return text as Markdown that shows exactly this text, on one line.

    Backslashes stand only where a character would mean something, so that it reads well raw too.
    """
    bare = " ".join(printable(text).split())
    bare = _ALWAYS.sub(r"\\\g<0>", bare)
    bare = _EMPHASIS.sub(r"\\_", bare)
    bare = _TAG.sub("&lt;", _ENTITY.sub("&amp;", bare))
    bare = _SITE.sub(lambda match: f"{match[0][:-1]}\\.", _SCHEME.sub(r"\1\\:", bare))
    bare = _MENTION.sub(f"@{_JOINER}", bare)
    return apart(bare, _ISOLATE, _END)


def line(text: str) -> str:
    """Return text as a paragraph or heading of its own: its first and last characters mean nothing either."""
    bare = _FIRST.sub(_disarmed, escaped(text))
    return _LAST.sub(lambda match: match[0].replace("#", "\\#"), bare)


def _disarmed(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"
