"""Lettering: how wide a text is in the pictures' own font, and how it is cut or broken to fit.

Widths are those of DejaVu Sans, which comes with matplotlib: the same on every machine, and wider than the fonts of a
page, so that what fits here fits there.
"""

from __future__ import annotations

import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from riskmc.forecast.figures import ELLIPSIS, MONTHS, printable

FAMILY = "DejaVu Sans"
TITLE, HALF_TITLE, TEXT, SMALL = 20, 16, 13, 12  # px at native width; nothing is smaller
LEADING = 1.25  # line height as a share of the size
_RIGHTWARDS = "\u200e"  # left-to-right mark: invisible, and has the direction of a letter
_LEFTWARDS = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z0-9]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*"
)
_NO_BREAK = "\u00a0"
_UNBROKEN = re.compile(  # spaces in "EUR 1.1M", "29 Jun", "Jun 2029", "P80 is 4 days"
    rf"(?<=\b[A-Z]{{3}}) (?=\d)|(?<=\d) (?=(?:{'|'.join(MONTHS)}|days?|of)\b)|(?<=\b(?:{'|'.join(MONTHS)})) (?=\d)"
)


def on_one_line(text: str) -> str:
    """Return ``text`` on one line, without characters that steer a terminal, a page or the direction of writing.

    Words that are written from right to left keep to their place: the line itself runs from left to right.
    """
    line = printable(text).strip()
    marked = _LEFTWARDS.sub(rf"\g<0>{_RIGHTWARDS}", line)
    return line if marked == line else _RIGHTWARDS + marked


def font(size: float, bold: bool = False) -> FontProperties:
    """Return the pictures' font at ``size`` px."""
    return FontProperties(family=FAMILY, size=size, weight=700 if bold else 400)


@lru_cache(maxsize=8192)
def width_of(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Return the width of a line in px at native width."""
    if not text:
        return 0.0
    width, _, _ = TextToPath().get_text_width_height_descent(text, font(size, bold), ismath=False)
    return float(width)


def fitted(text: str, room: float, size: float = TEXT, bold: bool = False) -> str:
    """Return ``text``, or as much of it as fits into ``room`` px with an ellipsis."""
    return _cut(on_one_line(text), room, size, bold)


def _cut(line: str, room: float, size: float, bold: bool) -> str:
    if width_of(line[:400], size, bold) <= room and len(line) <= 400:
        return line
    low, high = 0, min(len(line), 400)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        fits = width_of(line[:middle].rstrip() + ELLIPSIS, size, bold) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return line[:low].rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return the fewest lines into which ``text`` breaks, about equally long; a word wider than ``room`` px is cut.

    A line breaks at spaces, but not inside a date, an amount or a number of days.
    """
    words = _UNBROKEN.sub(_NO_BREAK, on_one_line(text)).split(" ")
    lines = _broken(words, room, size, bold)
    low, high = min(room, max(width_of(word, size, bold) for word in words)), room
    while len(lines) > 1 and high - low > 4:  # the narrowest column with as few lines
        middle = (low + high) / 2
        fits = len(_broken(words, middle, size, bold)) == len(lines)
        low, high = (low, middle) if fits else (middle, high)
    return _broken(words, high, size, bold)


def _broken(words: list[str], room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, room, size, bold))
    return lines
