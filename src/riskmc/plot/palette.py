"""Palette: the colours of every picture and page, light and dark, each with one fixed meaning.

Ink is the approved target, blue the forecast, orange harm, green gain, grey the plan; there is no fifth hue. Text has
a contrast of at least 4.5 to the paper, marks that carry data at least 3 (WCAG 2.2, 1.4.3 and 1.4.11). Pale tints are
areas whose edge, place or label says the same thing. CSS variables have the same names, with hyphens.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from riskmc.forecast.colours import PALETTE as PALETTE
from riskmc.forecast.colours import declarations as declarations

TEXT_COLOURS = ("ink", "quiet", "forecast", "threat", "gain")
MARK_COLOURS = (*TEXT_COLOURS, "plan", "forecast_mid", "threat_mid")
LIGHT: Mapping[str, str] = MappingProxyType({name: pair[0] for name, pair in PALETTE.items()})
DARK: Mapping[str, str] = MappingProxyType({name: pair[1] for name, pair in PALETTE.items()})


def variable(name: str) -> str:
    """Return the CSS that stands for a colour: ``var(--forecast-mid)`` for ``forecast_mid``."""
    return f"var(--{name.replace('_', '-')})"
