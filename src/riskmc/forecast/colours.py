"""Colours: those of every card, picture and page, light and dark, each with one fixed meaning (`plot.palette`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def declarations(names: Iterable[str] = tuple(PALETTE), dark: bool = False) -> str:
    """Return the CSS declarations of colours in one scheme, ``--paper:#ffffff;--ink:#18212b;...``."""
    return "".join(f"--{name.replace('_', '-')}:{PALETTE[name][dark]};" for name in names)
