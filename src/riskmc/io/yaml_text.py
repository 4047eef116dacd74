"""YAML written the way an analyst writes a program file: short things on one line, long ones indented, few quotes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_WIDTH = 110
_PLAIN = re.compile(r"[^\W_][\w .()%+/=<>@*€$&;~'-]*|[+-]?\d[\w .()%+/-]*|\+ [\w .()%+=-]*|\w[\w.*-]*(?::[\w.*=-]+)?")
_PLAIN_IN_BLOCK = re.compile(r"[^\W_][\w .()%+/=<>@*€$&;~',\[\]{}-]*")
_PLAIN_KEY = re.compile(r"[^\W_][\w-]*|\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d")
_PLAIN_PATH = re.compile(r"[^\W_][\w.-]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class WordPath(str):
    """A key that is a path, such as ``build.line.duration``: plain, although no identifier may hold a dot."""

    __slots__ = ()


def document(data: Mapping[str, Any]) -> str:
    """Return a mapping of mappings, lists and texts as the text of a YAML file."""
    lines: list[str] = []
    sections = {key for key, item in data.items() if _is_section(item)}
    before = None
    for key, item in data.items():
        if lines and (key in sections or before in sections):
            lines.append("")
        head = f"{key_text(key)}:"
        lines += [head, *_block(item, 2)] if key in sections else _entry(head, item, 0)
        before = key
    return "\n".join(lines) + "\n"


def _is_section(item: Any) -> bool:
    """Return True for what stands in a block of its own at the top of a file."""
    return bool(item) and (isinstance(item, Mapping) or (_is_list(item) and not _is_texts(item)))


def _is_list(item: Any) -> bool:
    return isinstance(item, list | tuple)


def _is_texts(item: Any) -> bool:
    return _is_list(item) and not any(isinstance(part, Mapping | list | tuple) for part in item)


def _block(value: Any, indent: int) -> Iterator[str]:
    """Yield the lines of a mapping or list, one entry a line where it fits."""
    pad = " " * indent
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _entry(f"{pad}{key_text(key)}:", item, indent)
    else:
        for item in value:
            yield from _entry(f"{pad}-", item, indent)


def _entry(head: str, item: Any, indent: int) -> Iterator[str]:
    """Yield the lines of one entry after its key or dash."""
    flow = _flow(item, _WIDTH - len(head) - 1)
    if not isinstance(item, Mapping) and not _is_list(item):
        yield f"{head} {scalar(item, in_flow=False)}"
    elif flow is not None:
        yield f"{head} {flow}"
    elif _is_texts(item):
        yield from _wrapped(head, item, indent + 2)
    else:
        yield head
        yield from _block(item, indent + 2)


def _wrapped(head: str, items: Any, indent: int) -> Iterator[str]:
    """Yield a long list of texts in brackets over several lines."""
    yield f"{head} ["
    line = " " * indent
    for item in items:
        text = f"{scalar(item)}, "
        if len(line) + len(text) > _WIDTH and line.strip():
            yield line.rstrip()
            line = " " * indent
        line += text
    yield line.rstrip(", ")
    yield " " * (indent - 2) + "]"


def in_braces(value: Any) -> str:
    """Return data as YAML on one line, in braces and brackets, however long."""
    return _flow(value, sys.maxsize) or ""


def _flow(value: Any, room: int) -> str | None:
    """Return a value on one line, in YAML's braces and brackets; None where it is longer than ``room``."""
    if not isinstance(value, Mapping) and not _is_list(value):
        return scalar(value)
    mapping = isinstance(value, Mapping)
    parts: list[str] = []
    left = room
    for key, item in value.items() if mapping else ((None, item) for item in value):
        text = _flow(item, left)
        if text is None:
            return None
        parts.append(f"{key_text(key)}: {text}" if mapping else text)
        left -= len(parts[-1]) + 2
        if left < -2:
            return None
    inner = ", ".join(parts)
    return (f"{{{inner}}}" if mapping else f"[{inner}]") if len(inner) + 2 <= room else None


def key_text(key: Any) -> str:
    """Return a key: plain where it is an identifier, dates or a path of words, else in quotes, as foreign codes are."""
    form = _PLAIN_PATH if isinstance(key, WordPath) else _PLAIN_KEY
    return str(key) if form.fullmatch(str(key)) else _quoted(str(key))


def scalar(value: Any, in_flow: bool = True) -> str:
    """Return one text, in quotes where YAML would read it as something else."""
    return _scalar(str(value).lower() if isinstance(value, bool) else str(value), in_flow)


@lru_cache(maxsize=1 << 16)
def _scalar(text: str, in_flow: bool) -> str:
    plain = _PLAIN.fullmatch(text) or (not in_flow and _PLAIN_IN_BLOCK.fullmatch(text))
    whole = text.count("(") <= text.count(")")  # an open parenthesis is what a comma in braces leaves behind
    if plain and whole and text == text.strip() and text.isprintable() and ": " not in text and " #" not in text:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    """Return a character as it stands inside double quotes."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
