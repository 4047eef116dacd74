"""An SVG in a file of Office: behind the pixels of a picture, which programs show that know no SVG; here nothing."""

from __future__ import annotations

import zlib
from struct import pack

SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # what says in a file that a picture has an SVG behind its pixels
SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def _chunk(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))


NOTHING = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(bytes(5))),
        _chunk(b"IEND", b""),
    )
)
"""A PNG of one pixel through which everything is seen."""
