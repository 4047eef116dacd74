"""Pieces: a program taken apart into what may change by itself: an activity, the logic into it, a risk, a setting.

A piece is known by its section and its identifier, whatever its display name and its place in the file. It holds its
words twice: all of them, and those that can change a number (as the program's hash reads them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from riskmc.program.activity import Activity
from riskmc.program.identity import unread
from riskmc.program.link import quoted
from riskmc.program.noun import Data
from riskmc.program.program import Program
from riskmc.program.sections import KEYED, Sections

ACTIVITIES, LINKS, PROGRESS, PROJECTS, SETTINGS = "activities", "links", "progress", "projects", "settings"
LISTED = ("ranges", "correlations", "targets", "benefits")
PROMISES = {
    *("targets", "benefits", "escalation", "funding", "scenarios"),
    *(f"{SETTINGS}.{word}" for word in ("cost_of_delay", "management_reserve", "discount_rate", "payments")),
    *(f"{SETTINGS}.{word}" for word in ("fiscal_year_starts", "confidence", "funding_rule")),
}
_HEADER = [word for word in Program.model_fields if word not in Sections.model_fields]
_SETTINGS = [word for word in _HEADER if word not in ("riskmc", "scenarios", "renamed")]
_PROSE = [word for word in Sections.model_fields if word not in (*KEYED, *LISTED)]


class Piece(NamedTuple):
    """What a piece is called: its section, as ``risks``, and its identifier there, an activity's path."""

    section: str
    id: str

    @property
    def is_promise(self) -> bool:
        """Whether it says what is promised, or how money is counted, and no finish or cost hangs on it."""
        return self.section in PROMISES or f"{self.section}.{self.id}" in PROMISES


@dataclass(frozen=True)
class Words:
    """What a piece says: in all its words, and in those that can change a number."""

    said: Data = field(default_factory=dict)
    counted: Data = field(default_factory=dict)


def take_apart(program: Program, beside: Program) -> dict[Piece, Words]:
    """Return the words of every piece of a program; what selectors of either program read can change a number."""
    counted = program.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=unread(program, beside))
    said = program.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    whole, bare = (dict(_pieces(program, words)) for words in (said, counted))
    return {piece: Words(words, bare.get(piece, {})) for piece, words in whole.items()}


def _pieces(program: Program, said: Data) -> Iterator[tuple[Piece, Data]]:
    """Yield every piece of a program with its words, as a program file writes them."""
    for word in (*_SETTINGS, *_PROSE):
        alias = Program.model_fields[word].alias or word
        if alias in said:
            section = PROGRESS if word == "data_date" else SETTINGS
            yield Piece(section, word if section == SETTINGS else ""), {alias: said[alias]}
    for home, project in said.get("projects", {}).items():
        yield from _of_project(program, home, project)
    for section in (*(word for word in KEYED if word != "projects"), "scenarios"):
        for name, item in said.get(section, {}).items():
            yield Piece(section, str(name)), item if isinstance(item, dict) else {"": item}
    for section in LISTED:
        yield from zip(keys_of(section, getattr(program, section)), said.get(section, []), strict=False)


def _of_project(program: Program, home: str, said: Data) -> Iterator[tuple[Piece, Data]]:
    """Yield a project's own words, its status date, and each of its activities in up to three pieces."""
    yield (
        Piece(PROJECTS, home),
        {word: value for word, value in said.items() if word not in ("activities", "data_date")},
    )
    if "data_date" in said:
        yield Piece(PROGRESS, home), {"data_date": said["data_date"]}
    for name, words in said.get("activities", {}).items():
        path, activity = f"{home}.{name}", program.projects[home].activities[name]
        yield Piece(ACTIVITIES, path), {word: v for word, v in words.items() if word not in ("after", "progress")}
        if activity.after:
            yield Piece(LINKS, path), _logic(program, activity, home)
        if "progress" in words:
            yield Piece(PROGRESS, path), words["progress"]


def _logic(program: Program, activity: Activity, home: str) -> Data:
    """Return the links into an activity by their predecessor's full path, however the file writes it."""
    found: dict[str, list[str]] = {}
    for link in activity.after:
        paths = program.candidates(link.activity, home)
        path = paths[0] if len(paths) == 1 else link.activity
        told = str(link).removeprefix(quoted(link.activity)).strip() or link.type
        more = [f"{word} {value}" for word, value in _ways(link.lag_calendar, link.first_of) if value]
        found.setdefault(path, []).append(" ".join([told, *more]))
    return {path: " and ".join(sorted(links)) for path, links in found.items()}


def _ways(lag_calendar: str | None, first_of: str | None) -> tuple[tuple[str, str | None], ...]:
    return ("lag calendar", lag_calendar), ("first of", first_of)


def keys_of(section: str, items: tuple[Any, ...]) -> list[Piece]:
    """Return what the items of a list are called: ranges and correlations by what they act on, targets by name."""
    names = [_list_name(section, item) for item in items]
    return [
        Piece(section, f"{name} ({names[:place].count(name) + 1})" if name in names[:place] else name)
        for place, name in enumerate(names)
    ]


def _list_name(section: str, item: Any) -> str:
    """Return the name of an item of a list."""
    if section == "ranges":
        aside = f" except {', '.join(sorted(item.except_))}" if item.except_ else ""
        return item.id or f"{', '.join(sorted(item.on))}{aside}"
    if section == "correlations":
        pair = " and ".join(sorted(item.pair)) if item.pair else ""
        return pair or ", ".join(sorted(item.group or ()))
    at = getattr(item, "at", None)
    name: str | None = getattr(item, "name", None)
    return (f"{name} at {at}" if at else name) if name else str(at)


def reordered(old: Program, new: Program) -> bool:
    """Return whether `ranges` that both programs have stand in another order, which has meaning (K1)."""
    before, after = (keys_of("ranges", program.ranges) for program in (old, new))
    return [key for key in before if key in after] != [key for key in after if key in before]
