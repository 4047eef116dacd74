"""Styles: the looks of cells in the palette of reports; each is made once a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from riskmc.forecast.colours import PALETTE
from riskmc.reports.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

SIZE = 11  # points
_BOLD = 1.08
_TOP, _WRAPPED = {"valign": "top"}, {"valign": "top", "text_wrap": True}
_BOX = {"bg_color": "plan_pale", "indent": 1, **_WRAPPED}
_CELL = {"bottom": 1, "bottom_color": "rule", **_TOP}
LOOKS: dict[str, dict[str, Any]] = {
    "quiet": {"font_size": 9, "font_color": "quiet", **_WRAPPED},
    "headline": {"font_size": 18, "bold": True, **_WRAPPED},
    "lead": {"font_size": 12, **_WRAPPED},
    "title": {"font_size": 16, "bold": True, **_WRAPPED},
    "heading": {"font_size": 12, "bold": True, **_WRAPPED},
    "text": _WRAPPED,
    "term": {"bold": True, **_WRAPPED},
    "warning": {"bold": True, "font_color": "threat", **_WRAPPED},
    "box_title": {"font_size": 12, "bold": True, **_BOX},
    "box": _BOX,
    "header": {"bold": True, "bottom": 2, "bottom_color": "ink", "text_wrap": True, "valign": "bottom"},
    "cell": _CELL,
    "name": {"text_wrap": True, **_CELL},
    "figure": {"font_size": 12, "bold": True, "font_color": "forecast", **_CELL},
    "promise": {"font_size": 12, "bold": True, **_CELL},
    "link": {"font_color": "forecast", "underline": 1, **_TOP},
}
_COLOURED = ("font_color", "bg_color", "bottom_color")


@dataclass
class Styles:
    """The styles of one workbook, in the colours of its theme."""

    book: Workbook
    theme: Theme
    _made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def __call__(self, look: str, **more: Any) -> Format:
        """Return the format of a look; ``more`` are properties of xlsxwriter, such as ``num_format``."""
        told = {"font_color": "ink", **LOOKS[look], **more}
        key = tuple(sorted(told.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format({name: self._value(name, value) for name, value in told.items()})
        return self._made[key]

    def _value(self, name: str, value: Any) -> Any:
        return self.colour(value) if name in _COLOURED else value

    def colour(self, name: str) -> str:
        """Return a colour of the palette on white paper."""
        return self.theme.colours.get(name, PALETTE[name])[0]


def size_of(look: str) -> float:
    """Return the height of the letters of a look in points; bold ones are as wide as larger ones."""
    return float(LOOKS[look].get("font_size", SIZE)) * (_BOLD if LOOKS[look].get("bold") else 1.0)
