"""XML files, read safely: no document types, no entities of their own, nothing from outside; lines when asked for.

A first pass stops at the first element, before which a document type would stand; without one a file has no entities.
Names are without their namespace. Lines are counted by another pass, only when a fault has to be told: a plan without
faults is read at the speed of the C parser.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

import defusedxml.ElementTree as safe
from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.expatreader import create_parser

from riskmc.errors import InputError, Problem
from riskmc.program.garbage import without_collections

_NAMESPACE = b"xmlns"
_BLANKS = bytes.maketrans(b"\t\n\r", b"   ")
_FIRST_NAMESPACE = re.compile(
    rb"""(<[A-Za-z][\w.-]*\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(xmlns=(?:"[^"<\n]*"|'[^'<\n]*'))"""
)


class Document:
    """An XML file: its root element, with plain names, and the line of every element."""

    def __init__(self, file: str, content: bytes, root: Element):
        self.file = file
        self.root = root
        self._content = content

    @cached_property
    def lines(self) -> dict[Element, int]:
        """The line, from 1, of every element."""
        return dict(zip(self.root.iter(), _lines(self._content), strict=False))

    def line(self, element: Element | None) -> int:
        """Return the line of an element; 0 for none."""
        return 0 if element is None else self.lines.get(element, 0)

    def problem(self, element: Element | None, path: str, message: str) -> Problem:
        """Return a fault of the file at an element."""
        return Problem(self.file, self.line(element), path, message)


def document(path: str | os.PathLike[str]) -> Document:
    """Return the XML file at ``path``; InputError, with the line, where it is no XML, unsafe, or cannot be read."""
    file = os.fspath(path)
    try:
        content = Path(path).read_bytes()
        _refuse_document_types(content)
        with without_collections():
            root = _root(content)
    except OSError as error:
        raise _fault(file, 0, f"cannot be read: {error.strerror or error}") from None
    except DefusedXmlException:
        raise _fault(file, 0, "holds a document type or entities (DTD), which no plan needs; refused") from None
    except (ParseError, expat.ExpatError) as error:
        line = error.position[0] if isinstance(error, ParseError) else error.lineno
        raise _fault(file, line, f"is no sound XML: {_reason(error, content)}") from None
    except (ValueError, LookupError) as error:
        raise _fault(file, 1, f"its encoding cannot be read: {str(error)[:200]}; save it as UTF-8") from None
    if content.count(_NAMESPACE) != 1 or "}" in root.tag:
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
    return Document(file, content, root)


def _reason(error: Exception, content: bytes) -> str:
    """Return why a file is no XML, without the line, and the way out: a P6 plan of the other kind has another name."""
    if content.startswith(b"ERMHDR"):
        return "it begins as a Primavera P6 export (XER) does; name it .xer"
    if not content.strip():
        return "the file is empty; export it again"
    return f"{str(error).partition(': line ')[0]}; export it again"


def _root(content: bytes) -> Element:
    """Return the root element, read from bytes that are quick to read; a fault is told as the file itself has it."""
    try:
        return _parsed(_quick(content))
    except ParseError:
        return _parsed([content])


def _quick(content: bytes) -> Sequence[bytes | memoryview]:
    """Return the bytes without what takes time: line ends and tabs as blanks, of which the parser makes one text.

    A file's one namespace, that of its first element, is passed over: its names need no shortening then.
    """
    plain = content if b"\0" in content[:4] else content.translate(_BLANKS)
    only = _FIRST_NAMESPACE.search(plain) if plain.count(_NAMESPACE) == 1 else None
    return [plain] if only is None else [plain[: only.start(2)], memoryview(plain)[only.end(2) :]]


def _parsed(parts: Iterable[bytes | memoryview]) -> Element:
    parser: XMLParser[Element] = XMLParser()
    for part in parts:
        parser.feed(part)
    return parser.close()


class _BegunError(Exception):
    """The first element of a file has begun."""


def _refuse_document_types(content: bytes) -> None:
    """Raise DTDForbidden for a document type before the first element; it could hold entities."""

    def begin(*_: object) -> None:
        raise _BegunError

    def refuse(name: str, system: str | None, public: str | None, _: object) -> None:
        raise DTDForbidden(name, system, public)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, refuse
    with suppress(_BegunError):
        parser.Parse(content, True)


def root_name(path: str | os.PathLike[str]) -> str:
    """Return the name of a file's first element, read from its beginning alone; empty where there is none."""
    try:
        with Path(path).open("rb") as file:
            _, element = next(iter(safe.iterparse(file, events=("start",), forbid_dtd=True)))
            return str(element.tag).rpartition("}")[2]
    except (OSError, ParseError, DefusedXmlException, StopIteration, ValueError, LookupError):
        return ""


def text_of(element: Element, name: str) -> str:
    """Return the text of a child, without blanks around it; empty where there is none."""
    return (element.findtext(name) or "").strip()


class _Lines(ContentHandler):
    """Notes the line on which every element starts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[int] = []
        self._locator: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:
        """Keep the locator, which knows where the parser stands."""
        self._locator = locator

    def startElement(self, name: str, attrs: object) -> None:  # noqa: ARG002
        """Note the line of one more element."""
        self.found.append(self._locator.getLineNumber() or 0 if self._locator else 0)


def _lines(content: bytes) -> list[int]:
    """Return the line of every element in the order of the file."""
    handler, parser = _Lines(), create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    parser.parse(BytesIO(content))
    return handler.found


def _fault(file: str, line: int, message: str) -> InputError:
    return InputError([Problem(file, line, "", message)])
