"""Names of what changed, as people call it: display names, with the identifier where two items share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from riskmc.analysis.diff.pieces import ACTIVITIES, LINKS, PROGRESS, PROJECTS, Piece
from riskmc.forecast.figures import shortened
from riskmc.program.program import Program
from riskmc.program.sections import KEYED

Names = Mapping[Piece, str]
_MOST = 100  # characters of a name


def names_of(old: Program, new: Program) -> Names:
    """Return the display name of every item of two programs that has one; of items in both the new name."""
    return {**_names(old), **_names(new)}


def _names(program: Program) -> dict[Piece, str]:
    items = {section: getattr(program, section) for section in (*KEYED, "scenarios")}
    found = {
        Piece(section, key): item.name
        for section, each in {**items, ACTIVITIES: program.activities()}.items()
        for key, item in each.items()
        if getattr(item, "name", None)
    }
    often = Counter((piece.section, name) for piece, name in found.items())
    return {piece: f"{name} ({piece.id})" if often[piece.section, name] > 1 else name for piece, name in found.items()}


def name_in(names: Names, piece: Piece) -> str:
    """Return what the item of a piece is called: its display name, else its identifier."""
    section = ACTIVITIES if piece.section in (LINKS, PROGRESS) else piece.section
    if section == ACTIVITIES and Piece(PROJECTS, piece.id) in names:  # the progress of a project
        section = PROJECTS
    name = names.get(Piece(section, piece.id))
    return piece.id if name is None else shortened(name, _MOST)
