"""Contrast of two colours, and the colours that go with one: tints of it, and its like on dark paper.

Source: W3C, Web Content Accessibility Guidelines 2.2 (2023), relative luminance and contrast ratio; text has 4.5 to the
paper (1.4.3), marks that carry data 3.0 (1.4.11).
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

TEXT_NEEDS, MARKS_NEED = 4.5, 3.0
_DARK_AIM = 7.0  # what colours of the palette have on dark paper
_MID, _PALE = 0.30, 0.80  # how much of the paper is in a tint
_STEPS = 50


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * min(max(share, 0.0), 1.0)):02x}" for share in rgb)


def pale(colour: str, paper: str) -> str:
    """Return a tint that is an area only: its edge, place or label says the same."""
    return _mixed(colour, paper, _PALE)


def mid(colour: str, paper: str) -> str:
    """Return a lighter shade that is still a mark: as much paper in it as leaves a contrast of 3.0, up to a third."""
    shares = (_MID * (1 - step / _STEPS) for step in range(_STEPS + 1))
    shades = (_mixed(colour, paper, share) for share in shares)
    return next((shade for shade in shades if contrast(shade, paper) >= MARKS_NEED), colour)


def on_dark(colour: str, paper: str) -> str:
    """Return the same hue as light as it must be to be read on dark paper."""
    hue, lightness, saturation = rgb_to_hls(*_rgb(colour))
    for step in range(_STEPS + 1):
        shade = _hex(hls_to_rgb(hue, lightness + (1 - lightness) * step / _STEPS, saturation))
        if contrast(shade, paper) >= _DARK_AIM:
            return shade
    return _hex(hls_to_rgb(hue, 1.0, saturation))


def _mixed(colour: str, paper: str, share: float) -> str:
    red, green, blue = (a + (b - a) * share for a, b in zip(_rgb(colour), _rgb(paper), strict=True))
    return _hex((red, green, blue))
