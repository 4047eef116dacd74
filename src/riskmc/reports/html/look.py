"""Look: a theme's colours, logo and language as a page needs them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from riskmc.forecast.colours import PALETTE
from riskmc.reports.theme.logo import read_logo
from riskmc.reports.theme.theme import Theme


def scheme(theme: Theme, dark: bool = False) -> dict[str, str]:
    """Return every colour of the palette by name, the theme's own in place of riskmc's."""
    own: Mapping[str, tuple[str, str]] = {**PALETTE, **theme.colours}
    return {name: own[name][dark] for name in PALETTE}


def declared(theme: Theme, dark: bool = False) -> str:
    """Return the colours as CSS declarations, ``--paper:#ffffff;--ink:#18212b;...``."""
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in scheme(theme, dark).items())


def logo_address(theme: Theme) -> str:
    """Return the logo as an address that holds the whole picture (``data:``); nothing where there is none.

    Raises ArgumentError where it cannot be a logo.
    """
    logo = read_logo(theme.logo)
    return "" if logo is None else f"data:{logo.kind};base64,{b64encode(logo.content).decode('ascii')}"
