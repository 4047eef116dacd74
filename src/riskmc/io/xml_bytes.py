"""Bytes of an XML file that has been read before: where its elements stand, and texts put in, all else as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from riskmc.errors import ArgumentError


@dataclass
class Stretch:
    """An element: the bytes that it takes, and the texts of those below it by name."""

    start: int
    end: int = -1
    texts: dict[str, str] = field(default_factory=dict)


class Walk:
    """Walks through the bytes of a file; who derives from it notes where things stand.

    A path holds the names of elements, without their namespace, from the root on.
    """

    def __init__(self, content: bytes):
        self.content, self.encoding = content, encoding_of(content)
        self._path: list[str] = []
        self._text: list[str] = []
        parser: Any = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._text.append, self._refuse
        self._parser = parser
        parser.Parse(content, True)

    def opened(self, path: tuple[str, ...], here: int) -> None:
        """Note that an element begins at a byte."""

    def closed(self, path: tuple[str, ...], here: int, text: str) -> None:
        """Note that the closing tag of an element, or the whole of an empty one, begins at a byte."""

    def end(self, here: int) -> int:
        """Return the byte after the tag that begins at a byte."""
        mark = ">".encode(self.encoding)
        return self.content.index(mark, here) + len(mark)

    def closes(self, here: int) -> bool:
        """Return whether a closing tag begins at a byte; an empty element has none of its own."""
        return self.content.startswith("</".encode(self.encoding), here)

    def _refuse(self, *_: object) -> None:
        raise ArgumentError("a plan in XML has no document type of its own")

    def _open(self, tag: str, _: object) -> None:
        self._path.append(tag.rpartition(":")[2])
        self._text.clear()
        self.opened(tuple(self._path), self._parser.CurrentByteIndex)

    def _close(self, _: str) -> None:
        self.closed(tuple(self._path), self._parser.CurrentByteIndex, "".join(self._text).strip())
        self._path.pop()
        self._text.clear()


def changed(content: bytes, changes: Sequence[tuple[int, int, str]]) -> bytes:
    """Return the bytes with texts put in at places (start, -1), and stretches (start, end) left out."""
    encoding, out, here = encoding_of(content), [], 0
    for start, end, text in sorted(changes, key=lambda change: change[0]):
        out += [content[here:start], text.encode(encoding)]
        here = max(start, end)
    return b"".join([*out, content[here:]])


def encoding_of(content: bytes) -> str:
    """Return an encoding that writes ASCII as the file does."""
    return {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2], "utf-8")
