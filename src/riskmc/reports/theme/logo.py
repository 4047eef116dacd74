"""Logo of a theme: a small PNG, JPEG or SVG that is put into every report, and so must hold nothing but a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack
from typing import TYPE_CHECKING

import defusedxml.ElementTree as safe
from defusedxml.common import DefusedXmlException

from riskmc.errors import ArgumentError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 300_000
MOST_PIXELS = 4_000  # a side
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = {"script", "foreignObject", "iframe", "object", "embed", "set", "animate", "handler", "audio", "video"}
_OUTSIDE = re.compile(r"@import|javascript:|expression\(|url\(\s*['\"]?(?!\s*#)", re.IGNORECASE)
_OWN = re.compile(r"#|data:image/(?:png|jpeg);base64,", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([\d.]+)")
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of a JPEG with its size


@dataclass(frozen=True)
class Logo:
    """A picture as a file has it, its kind (``image/png``, ``image/jpeg``, ``image/svg+xml``), its width and height.

    Width and height are those of its own pixels or units: what counts is how the one is to the other.
    """

    content: bytes
    kind: str
    width: float
    height: float

    @property
    def drawn(self) -> bool:
        """Whether it is made of lines, not of pixels."""
        return self.kind == "image/svg+xml"

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Return its width and height where it is as large as fits."""
        scale = min(width / self.width, height / self.height)
        return scale * self.width, scale * self.height

    def undotted(self) -> bytes:
        """Return the content of a picture of pixels without how many of them go to an inch."""
        if self.content.startswith(_PNG):
            at = self.content.find(b"pHYs", 0, self.content.find(b"IDAT")) - 4
            return self.content[:at] + self.content[at + 21 :] if at >= 0 else self.content
        told = self.content[6:11] == b"JFIF\0"
        return self.content[:13] + b"\0" + self.content[14:] if told else self.content


def read_logo(path: Path | None) -> Logo | None:
    """Return the logo in a file, None where there is no file; ArgumentError if it cannot be one."""
    if path is None:
        return None
    if fault := logo_fault(path):
        raise ArgumentError(f"logo: {fault}")
    content = path.read_bytes()
    if content.startswith(_PNG):
        return Logo(content, "image/png", *(_png_size(content) or (1, 1)))
    if content.startswith(_JPEG):
        return Logo(content, "image/jpeg", *(_jpeg_size(content) or (1, 1)))
    return Logo(content, "image/svg+xml", *_svg_size(content))


def _svg_size(content: bytes) -> tuple[float, float]:
    """Return width and height of an SVG: those of its view, else its own, else those that a page gives it."""
    root: Element = safe.fromstring(content, forbid_dtd=True)
    view = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    told = view[2:] if len(view) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [float(number[1]) if (number := _NUMBER.fullmatch(re.sub(r"[a-z]+$", "", each))) else 0.0 for each in told]
    return (found[0], found[1]) if min(found) > 0 else (300.0, 150.0)


def logo_fault(path: Path) -> str:
    """Return why a file cannot be the logo, or nothing."""
    try:
        if not path.is_file():
            return f"there is no picture {path}"
        size = path.stat().st_size
        if size > MOST_BYTES:
            return f"{path.name} has {size / 1e3:,.0f} kB; a logo has at most {MOST_BYTES / 1e3:.0f} kB"
        content = path.read_bytes()
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    if content.startswith((_PNG, _JPEG)):
        return _pixel_fault(path.name, content)
    if b"<svg" in content[:4096]:
        return _svg_fault(path.name, content)
    return f"{path.name} is neither PNG, JPEG nor SVG"


def _pixel_fault(name: str, content: bytes) -> str:
    size = _png_size(content) if content.startswith(_PNG) else _jpeg_size(content)
    if size is None or 0 in size:
        return f"{name} is damaged: it does not say how large it is"
    if max(size) > MOST_PIXELS:
        return f"{name} is {size[0]:,} x {size[1]:,} pixels; a logo has at most {MOST_PIXELS:,} a side"
    return ""


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24 or b"IEND" not in content[-16:]:
        return None
    width, height = unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        (length,) = unpack(">H", content[at + 2 : at + 4])
        if content[at + 1] in _FRAMES:
            height, width = unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _svg_fault(name: str, content: bytes) -> str:
    try:
        root: Element = safe.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        return f"{name} holds a document type or entities (<!DOCTYPE ...>); save it as plain SVG"
    except (safe.ParseError, ValueError, LookupError) as error:
        return f"{name} is no sound SVG: {error}"
    if root.tag != f"{_SVG}svg":
        return f"{name} is no SVG: it begins with {root.tag!r}"
    fault = next((fault for element in root.iter() for fault in _faults(element)), "")
    return f"{name} {fault}; a logo is a picture alone" if fault else ""


def _faults(element: Element) -> Iterator[str]:
    """Yield what an element holds beside a picture: script, moving parts, references to elsewhere."""
    word = str(element.tag).rpartition("}")[2]
    if word in _ACTIVE or word.startswith("animate"):
        yield f"holds <{word}>"
    if word == "style" and _OUTSIDE.search(element.text or ""):
        yield "refers to elsewhere in its <style>"
    for attribute, value in element.attrib.items():
        called = attribute.rpartition("}")[2].lower()
        if called.startswith("on"):
            yield f"holds script ({called})"
        elif (called in ("href", "src") and not _OWN.match(value.strip())) or _OUTSIDE.search(value):
            yield f"refers to elsewhere ({called}={value[:40]!r})"
