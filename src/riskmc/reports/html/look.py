"""Look: a theme's colours, logo and language as a page needs them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from riskmc.errors import ArgumentError
from riskmc.forecast.colours import PALETTE
from riskmc.reports.theme.theme import Theme

_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def scheme(theme: Theme, dark: bool = False) -> dict[str, str]:
    """Return every colour of the palette by name, the theme's own in place of riskmc's."""
    own: Mapping[str, tuple[str, str]] = {**PALETTE, **theme.colours}
    return {name: own[name][dark] for name in PALETTE}


def declared(theme: Theme, dark: bool = False) -> str:
    """Return the colours as CSS declarations, ``--paper:#ffffff;--ink:#18212b;...``."""
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in scheme(theme, dark).items())


def logo_address(theme: Theme) -> str:
    """Return the logo as an address that holds the whole picture (``data:``); nothing where there is none.

    Raises ArgumentError where it cannot be read or is neither PNG, JPEG nor SVG.
    """
    if theme.logo is None:
        return ""
    try:
        content = theme.logo.read_bytes()
    except OSError as error:
        raise ArgumentError(f"cannot read the logo {theme.logo}: {error.strerror}") from None
    return f"data:{_kind(theme, content)};base64,{b64encode(content).decode('ascii')}"


def _kind(theme: Theme, content: bytes) -> str:
    for start, kind in _KINDS.items():
        if content.startswith(start):
            return kind
    if b"<svg" in content[:4096]:
        return "image/svg+xml"
    raise ArgumentError(f"the logo {theme.logo} is no picture that a page can show: use PNG, JPEG or SVG")
