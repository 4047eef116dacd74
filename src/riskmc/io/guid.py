"""The GUID of an activity -> one spelling for all tools, so that next month's file in another format keeps the draws.

P6 writes the 16 bytes in base 64 in XER files, and as ``{8BC94E90-8A7D-43A5-8F2F-C11270B6F7A7}`` in XML; Microsoft
Project the same without braces.
"""

from __future__ import annotations

import re
from base64 import b64decode

_BASE_64 = re.compile(r"[A-Za-z0-9+/]{22}(==)?")
_HEX = re.compile(r"\{?([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?")


def guid(text: str) -> str | None:
    """Return a GUID as upper-case hexadecimal digits in groups; other text as it stands; None where empty or zero."""
    plain = text.strip()
    if match := _HEX.fullmatch(plain):
        plain = match[1].upper()
    elif _BASE_64.fullmatch(plain):
        plain = _grouped(b64decode(plain[:22] + "=="))
    return plain if plain.strip("0-") else None


def _grouped(raw: bytes) -> str:
    """Return 16 bytes as a GUID is written; its first three groups are little-endian."""
    groups = (raw[3::-1], raw[5:3:-1], raw[7:5:-1], raw[8:10], raw[10:])
    return "-".join(group.hex() for group in groups).upper()
