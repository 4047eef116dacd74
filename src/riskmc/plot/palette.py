"""Palette: the colours of every picture and page, light and dark, each with one fixed meaning.

Ink is the approved target, blue the forecast, orange harm, green gain, grey the plan; there is no fifth hue. Text has
a contrast of at least 4.5 to the paper, marks that carry data at least 3 (WCAG 2.2, 1.4.3 and 1.4.11). Pale tints are
areas whose edge, place or label says the same thing. CSS variables have the same names, with hyphens.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PALETTE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {  # meaning: (light, dark)
        "paper": ("#ffffff", "#11161d"),
        "ink": ("#18212b", "#e9eef4"),  # text; the approved target
        "quiet": ("#55606e", "#a7b3c1"),  # secondary text, ticks
        "rule": ("#d9dfe6", "#2d3743"),  # grid, table lines: decoration only
        "plan": ("#78838f", "#8794a3"),  # the deterministic plan; what is neither good nor bad
        "plan_pale": ("#e8ecf0", "#232c36"),
        "forecast": ("#1f5fa8", "#6fb1f5"),  # the simulated forecast
        "forecast_mid": ("#5e92cb", "#4a80bb"),
        "forecast_pale": ("#d3e3f5", "#1d3855"),
        "threat": ("#b8450c", "#f59056"),  # late, over budget, a risk that hurts, critical
        "threat_mid": ("#d27c48", "#b5652f"),
        "threat_pale": ("#f8dfd0", "#4a2a19"),
        "gain": ("#00735a", "#43c59e"),  # days or money saved, a response, an opportunity
        "gain_pale": ("#cdeae1", "#143f34"),
    }
)
TEXT_COLOURS = ("ink", "quiet", "forecast", "threat", "gain")
MARK_COLOURS = (*TEXT_COLOURS, "plan", "forecast_mid", "threat_mid")
LIGHT: Mapping[str, str] = MappingProxyType({name: pair[0] for name, pair in PALETTE.items()})
DARK: Mapping[str, str] = MappingProxyType({name: pair[1] for name, pair in PALETTE.items()})


def variable(name: str) -> str:
    """Return the CSS that stands for a colour: ``var(--forecast-mid)`` for ``forecast_mid``."""
    return f"var(--{name.replace('_', '-')})"


def declarations(dark: bool = False) -> str:
    """Return the CSS declarations of every colour, ``--paper:#ffffff;--ink:#18212b;...``, of one scheme."""
    scheme = DARK if dark else LIGHT
    return "".join(f"--{name.replace('_', '-')}:{colour};" for name, colour in scheme.items())
