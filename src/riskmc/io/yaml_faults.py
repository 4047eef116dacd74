"""What YAML itself objects to, in plain words and with what to do: tabs, quotes, brackets, ``*``, indentation."""

from __future__ import annotations

import re

import yaml

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STAR = 'a value that begins with * must be in quotes, as "*": without them YAML takes the star for an alias'
_TAB = "a tab cannot indent a line of YAML: use blanks"
_COLON = "a second `: ` on one line, or a line indented too far: put text with a colon in quotes, and line words up"
_INDENT = "this line does not fit: indent it like its neighbours, and look for a bracket or quote left over above it"


def unreadable_character(text: str) -> tuple[int, str, str] | None:
    """Return line, path and message of the first character that YAML cannot hold, or None."""
    match = _UNREADABLE.search(text)
    if match is None:
        return None
    line = text.count("\n", 0, match.start()) + 1
    return line, "", f"character U+{ord(match[0]):04X} cannot stand in a program file; is this a text file?"


def fault_of(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """Return the line and the plain message of a fault that the YAML loader found."""
    problem, context = str(getattr(error, "problem", None) or error), str(getattr(error, "context", None) or "")
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    if "alias" in problem or "alias" in context:
        return line, _STAR
    if "cannot start any token" in problem:
        return line, _wrong_start(text, mark)
    if "mapping values are not allowed" in problem:
        return line, _COLON
    if "quoted scalar" in context and opened is not None:
        return opened.line + 1, "a quote is opened here and never closed"
    if "flow" in context and opened is not None:
        return (
            opened.line + 1,
            f"a bracket or brace opened here is not closed, or a comma is missing (seen on line {line})",
        )
    if "single document" in context:
        return line, "one file holds one program: a second `---` begins another"
    if "expected" in problem and ("key" in problem or "block end" in problem):
        return line, _INDENT
    return line, f"this is not valid YAML: {', '.join(part for part in (context, problem) if part)}"


def _wrong_start(text: str, mark: yaml.Mark | None) -> str:
    """Return the text for a character that cannot begin a value."""
    lines = text.splitlines()
    found = lines[mark.line][mark.column : mark.column + 1] if mark is not None and mark.line < len(lines) else ""
    if found == "\t" or not found:
        return _TAB
    return f"a value cannot begin with {found}: put it in quotes"
