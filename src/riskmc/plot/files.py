"""Files: pictures written as SVG or PNG, whole or not at all; a PNG is drawn in light or dark colours."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from riskmc.errors import ArgumentError
from riskmc.plot.lettering import FAMILY
from riskmc.plot.palette import DARK, LIGHT
from riskmc.plot.picture import figure_of, to_svg
from riskmc.plot.style import DPI, style
from riskmc.plot.svg import PAD

HALO = 3  # px of paper round the letters, so that lines behind them do not disturb
NOTHING = {"Software": None}  # no version of matplotlib in the file
_EASTERN = re.compile(r"[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd]")
_EASTERN_FONTS = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans JP", "Noto Sans SC", "Noto Sans KR", "Source Han Sans",
    "Yu Gothic", "Meiryo", "MS Gothic", "Microsoft YaHei", "SimHei", "Malgun Gothic", "Hiragino Sans", "PingFang SC",
    "Apple SD Gothic Neo", "Arial Unicode MS", "WenQuanYi Zen Hei", "NanumGothic",
)  # fmt: skip
_COLOURS = ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor")


def write_svg(ax: Axes, path: str | os.PathLike[str]) -> None:
    """Write the figure of ``ax`` as an SVG file that shows itself light or dark; ArgumentError if that fails."""
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in Path(path).stem.lower()).strip("-")
    _write(to_svg(ax, f"riskmc-{name}".rstrip("-"), standalone=True).encode("utf-8"), path)


def write_png(ax: Axes, path: str | os.PathLike[str], *, dark: bool = False, scale: float = 2) -> None:
    """Write the figure of ``ax`` as a PNG file of ``scale`` pixels to a px, on light or dark paper."""
    _write(png_bytes(ax, dark=dark, scale=scale), path)


def png_bytes(ax: Axes, *, dark: bool = False, scale: float = 2) -> bytes:
    """Return the figure of ``ax`` as a PNG of ``scale`` pixels to a px, on light or dark paper."""
    figure, out = figure_of(ax), BytesIO()
    with style(), _painted(figure, dark):
        paper = (DARK if dark else LIGHT)["paper"]
        figure.savefig(
            out, format="png", dpi=DPI * scale, facecolor=paper, bbox_inches=_padded(figure), metadata=NOTHING
        )
    return out.getvalue()


def _padded(figure: Figure) -> Bbox:
    width, height = figure.get_size_inches()
    pad = PAD / DPI
    return Bbox.from_extents(-pad, -pad, width + pad, height + pad)


@contextmanager
def _painted(figure: Figure, dark: bool) -> Iterator[None]:
    """Give every artist the colours of one scheme, and text its halo, while the block runs."""
    scheme = DARK if dark else LIGHT
    colours = {LIGHT[name]: colour for name, colour in scheme.items()}
    before: list[tuple[Any, str, Any]] = []
    for artist in figure.findobj(include_self=False):
        for what in _COLOURS:
            old = getattr(artist, f"get_{what}", lambda: None)()
            if old is not None and (new := _repainted(old, colours)) is not None:
                before.append((artist, f"set_{what}", old))
                getattr(artist, f"set_{what}")(new)
        if isinstance(artist, Text):
            before.append((artist, "set_path_effects", artist.get_path_effects()))
            if _EASTERN.search(artist.get_text()):
                before.append((artist, "set_fontfamily", artist.get_fontfamily()))
                artist.set_fontfamily([FAMILY, *_eastern_fonts()])
            artist.set_path_effects([withStroke(linewidth=HALO, foreground=scheme["paper"])])
    try:
        yield
    finally:
        for artist, setter, old in reversed(before):
            getattr(artist, setter)(old)


@cache
def _eastern_fonts() -> tuple[str, ...]:
    """Return the fonts of this machine that have letters of Chinese, Japanese and Korean."""
    there = set(get_font_names())
    return tuple(name for name in _EASTERN_FONTS if name in there)


def _repainted(old: Any, colours: dict[str, str]) -> Any:
    """Return the colour, or the colours of a collection, in the other scheme; None where it is none of ours."""
    if isinstance(old, str):
        return colours.get(old)
    many = [tuple(one) for one in old] if getattr(old, "ndim", 1) == 2 else None
    if many is not None:
        return [(colours.get(to_hex(one), to_hex(one)), one[3]) for one in many] if many else None
    try:
        found = colours.get(to_hex(old))
    except (TypeError, ValueError):
        return None
    return None if found is None else (found, old[3] if len(old) == 4 else 1.0)


def _write(content: bytes, path: str | os.PathLike[str]) -> None:
    """Write the file: a reader sees the old one or the new one, never a part."""
    where = Path(path)
    part = where.with_name(f".{where.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(where)
    except OSError as error:
        raise ArgumentError(f"cannot write {where}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
