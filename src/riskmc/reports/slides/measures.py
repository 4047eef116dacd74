"""Measures: how wide a text on a slide is, into how many lines it breaks, and how it is made to fit.

Widths are those of DejaVu Sans (`plot.lettering`), which is wider than the fonts of slides: what fits here fits there.
Of a font that is known to be narrower they are a share (`lettered`). Letters of Chinese, Japanese and Korean are as
wide as they are high, and a line may end after any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from unicodedata import east_asian_width

from riskmc.forecast.figures import ELLIPSIS
from riskmc.plot.lettering import on_one_line, width_of

LEADING = 1.2  # line height as a share of the size
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd]"
)
_FOREIGN = re.compile(r"[\u0590-\u08ff\u0900-\u1fff\u2e80-\ud7ff\uf900-\ufeff\uff00-\uffef\U00020000-\U0003fffd]")
TALL = 1.5
_UNIT = 10.0  # the size at which words are measured
_SLACK = 0.5  # points by which a text that just fits may exceed its room
_LONGEST = 4_000  # characters of a text that are looked at


DEJAVU = (1.0, 1.0)
ARIAL = (0.94, 0.855)  # and Liberation Sans: at most these shares of DejaVu Sans, for words of more than a few letters
_SHARES: ContextVar[tuple[float, float]] = ContextVar("riskmc_slide_letters", default=DEJAVU)


def plain(text: str) -> str:
    """Return ``text`` on one line without what XML forbids or what steers a page or the direction of writing."""
    return on_one_line(text[:_LONGEST])


@lru_cache(maxsize=16_384)
def _word(text: str, bold: bool) -> float:
    """Return the width of a piece of text at size 1."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    narrow = _WIDE.sub("", text) if wide else text
    return width_of(narrow, _UNIT, bold) / _UNIT + wide


def wide(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line in points."""
    share = 1.15 if _FOREIGN.search(text) else _SHARES.get()[bold]  # another font takes their place, a wider one
    return _word(text, bold) * size * share


def leading_of(text: str) -> float:
    """Return the line height as a share of the size: letters that another font brings stand higher."""
    return TALL if _FOREIGN.search(text) else LEADING


@contextmanager
def lettered(shares: tuple[float, float]) -> Iterator[None]:
    """Measure a font as shares of the widths of DejaVu Sans, regular and bold, inside the ``with``."""
    token = _SHARES.set(shares)
    try:
        yield
    finally:
        _SHARES.reset(token)


def lines_of(text: str, room: float, size: float, bold: bool = False) -> int:
    """Return into how many lines ``text`` breaks in ``room`` points."""
    lines, at = 1, 0.0
    for piece in _pieces(text):
        width = wide(piece.rstrip(), size, bold)
        if at and at + width > room + _SLACK:
            lines, at = lines + 1, 0.0
        if width > room + _SLACK:  # a word wider than the room is broken anywhere
            lines += int(width / room)
            width %= room
        at += width + (wide(" ", size, bold) if piece.endswith(" ") else 0.0)
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Yield the pieces between which a line may end, each with the space behind it."""
    for word in re.findall(r"[^ ]+ ?", text):
        start = 0
        for match in _WIDE.finditer(word):
            if match.start() > start:
                yield word[start : match.start()]
            yield match[0] + (" " if word[match.end() :] == " " else "")
            start = match.end()
        if word[start:].strip():
            yield word[start:]


def height_of(text: str, room: float, size: float, bold: bool = False) -> float:
    """Return the height in points of ``text`` in ``room`` points."""
    return lines_of(text, room, size, bold) * size * leading_of(text)


def size_for(text: str, room: float, most: int, sizes: Sequence[float], bold: bool = False) -> float:
    """Return the first of ``sizes`` at which ``text`` has at most ``most`` lines, else the last."""
    return next((size for size in sizes if lines_of(text, room, size, bold) <= most), sizes[-1])


def cut_to(text: str, room: float, most: int, size: float, bold: bool = False) -> str:
    """Return as much of ``text`` as ``most`` lines hold, with an ellipsis where it is not all."""
    if lines_of(text, room, size, bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        fits = lines_of(text[:middle].rstrip() + ELLIPSIS, room, size, bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + ELLIPSIS
