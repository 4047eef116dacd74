"""Changes: what one program says and another does not, or says otherwise, in plain words with old and new value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from riskmc.analysis.diff.names import Names, name_in
from riskmc.analysis.diff.pieces import ACTIVITIES, LINKS, PROGRESS, PROJECTS, SETTINGS, Piece, Words
from riskmc.forecast.language import Phrase, marked, phrase

What = Literal["added", "removed", "changed", "renamed"]
Reach = Literal["forecast", "promise", "words"]
NOTHING = Words()
ORDER_OF_RANGES = Piece("ranges", "")
NOUNS = {
    ACTIVITIES: marked("activity"),
    LINKS: marked("links into"),
    PROGRESS: marked("progress of"),
    PROJECTS: marked("project"),
    SETTINGS: marked("setting"),
    "calendars": marked("calendar"),
    "choices": marked("choice"),
    "resources": marked("resource"),
    "costs": marked("cost"),
    "templates": marked("template"),
    "ranges": marked("range of"),
    "drivers": marked("driver"),
    "correlations": marked("correlation of"),
    "risks": marked("risk"),
    "responses": marked("response"),
    "targets": marked("target"),
    "benefits": marked("benefit"),
    "escalation": marked("escalation"),
    "funding": marked("funding"),
    "scenarios": marked("scenario"),
    "scope": marked("scope growth"),
    "policies": marked("policy"),
    "teams": marked("team"),
}
_DATES = "holiday_dates"
_MANY = 12  # items of two lists beyond which only what one of them lacks is told


@dataclass(frozen=True)
class ProgramChange:
    """One change: what it is of, the word that changed ("" for the whole), and its old and new value in words.

    ``reach`` tells what it can move: "forecast" for finish and cost, "promise" for targets, scenarios and rules of
    money, on which no finish and no cost hangs, and "words" for display names and prose.
    """

    piece: Piece
    what: What
    word: str
    old: str | None
    new: str | None
    reach: Reach
    names: Names = field(default_factory=dict, compare=False, repr=False)

    @property
    def subject(self) -> Phrase:
        """What it is of, by its name: ``risk Soft clay``, ``activity Dig``, ``setting data_date``."""
        if self.piece == Piece(PROGRESS, ""):
            return phrase("status date")
        return called(self.piece.section, self.piece, self.names)

    @property
    def item(self) -> Phrase:
        """The item that it belongs to: the activity, of a link into it or of its progress."""
        linked = self.piece.section in (LINKS, PROGRESS) and self.piece.id
        return called(ACTIVITIES if linked else self.piece.section, self.piece, self.names)

    @property
    def text(self) -> Phrase:
        """The change in plain words: ``risk Soft clay: probability from 20% to 35%``."""
        if self.what == "renamed":
            identified = called(self.piece.section, self.piece, {})
            return phrase("{what}: called {old} before", what=identified, old=self.old)
        if self.piece.section == LINKS:
            return self._link()
        if self.what != "changed":
            return whole(self.subject, self.what, self.new if self.what == "added" else self.old)
        what = self.subject
        if self.word not in ("", self.piece.id):
            what = phrase("{what}: {word}", what=what, word=self.word)
        if self.old is None:
            return phrase("{what} is now {new}", what=what, new=self.new)
        if self.new is None:
            return phrase("{what} no longer {old}", what=what, old=self.old)
        return phrase("{what} from {old} to {new}", what=what, old=self.old, new=self.new)

    def _link(self) -> Phrase:
        """Return the change of a link in plain words, its predecessor first."""
        first = name_in(self.names, Piece(ACTIVITIES, self.word))
        link = phrase("link {first} to {second}", first=first, second=name_in(self.names, self.piece))
        if self.old is None or self.new is None:
            return whole(link, "added" if self.old is None else "removed", self.new or self.old)
        return phrase("{what} from {old} to {new}", what=link, old=self.old, new=self.new)


def called(section: str, piece: Piece, names: Names) -> Phrase:
    """Return what an item is called: ``risk Soft clay``; ``section`` says which kind of thing it is taken for."""
    if piece == ORDER_OF_RANGES:
        return phrase("order of ranges")
    noun = phrase(NOUNS[section])
    return phrase("{noun} {id}", noun=noun, id=name_in(names, piece)) if piece.id else noun


def whole(what: Phrase, became: What, told: str | None = None) -> Phrase:
    """Return what became of something as a whole, and what it says: ``risk Soft clay added: probability 20%``."""
    if not told:
        return phrase("{what} added", what=what) if became == "added" else phrase("{what} removed", what=what)
    if became == "added":
        return phrase("{what} added: {told}", what=what, told=told)
    return phrase("{what} removed: {told}", what=what, told=told)


def changed_pieces(
    old: Mapping[Piece, Words], new: Mapping[Piece, Words], former: Mapping[tuple[str, str], str]
) -> Iterator[ProgramChange]:
    """Yield every change between the pieces of two programs; ``former`` tells what items of sections are called now."""
    before = {_renamed(piece, former): words for piece, words in old.items()}
    for piece, now in former.items():
        section, name = piece
        if Piece(section, now) in before:
            yield ProgramChange(Piece(section, now), "renamed", "", name, now, "forecast")
    for piece in {**new, **before}:
        was, said = before.get(piece, NOTHING), new.get(piece, NOTHING)
        if was != said or (piece in before) != (piece in new):
            yield from _of_piece(piece, was, said, piece in before, piece in new)


def _renamed(piece: Piece, former: Mapping[tuple[str, str], str]) -> Piece:
    return Piece(piece.section, former.get((piece.section, piece.id), piece.id))


def _of_piece(piece: Piece, old: Words, new: Words, was: bool, is_: bool) -> Iterator[ProgramChange]:
    """Yield the changes of one piece: the whole where only one program has it, else word by word."""
    whole = piece.section not in (LINKS, PROGRESS, SETTINGS)
    if whole and was != is_:
        told = _summary(new if is_ else old)
        reach: Reach = "promise" if piece.is_promise else "forecast"
        yield ProgramChange(
            piece, "added" if is_ else "removed", "", None if is_ else told, told if is_ else None, reach
        )
        return
    old, new = _comparable(old, new) if piece.section == "calendars" else (old, new)
    moving = [place for place, *_ in _differences(old.counted, new.counted)]
    for place, before, after in _differences(old.said, new.said):
        numbers = any(_overlap(place, one) for one in moving)
        reach = "words" if not numbers else "promise" if piece.is_promise else "forecast"
        yield ProgramChange(piece, "changed", place, before, after, reach)


def _summary(words: Words) -> str:
    """Return what an item says that counts."""
    said = {word: value for word, value in words.counted.items() if word not in ("name", _DATES)}
    return in_words(said) if said else ""


def _overlap(place: str, other: str) -> bool:
    """Return whether one of two places lies inside the other."""
    return place == other or place.startswith(f"{other}.") or other.startswith(f"{place}.")


def _comparable(old: Words, new: Words) -> tuple[Words, Words]:
    """Return two calendars with the dates of their holidays in the years that both write out, or by country alone.

    The dates are written out for years that hang on the start of the program; another start is no change of calendar.
    """
    if old.said.get("holidays") == new.said.get("holidays"):
        years = {date[:4] for date in old.said.get(_DATES, ())} & {date[:4] for date in new.said.get(_DATES, ())}
        return _with_dates(old, years), _with_dates(new, years)
    return _by_country(old), _by_country(new)


def _with_dates(words: Words, years: set[str]) -> Words:
    """Return a calendar with those of its holidays that fall in ``years``; all where it names no country."""
    if "holidays" not in words.said:
        return words
    dates = {_DATES: [date for date in words.said.get(_DATES, ()) if date[:4] in years]}
    return Words({**words.said, **dates}, {**words.counted, **dates})


def _by_country(words: Words) -> Words:
    """Return a calendar that says whose holidays it keeps, and not their dates."""
    said, counted = ({word: v for word, v in one.items() if word != _DATES} for one in (words.said, words.counted))
    named = {"holidays": words.said["holidays"]} if "holidays" in words.said else {}
    return Words(said, {**counted, **named})


def _differences(old: Any, new: Any, place: str = "") -> Iterator[tuple[str, str | None, str | None]]:
    """Yield where two values differ, deepest first known, and what each says there; None where it says nothing."""
    if isinstance(old, dict) and isinstance(new, dict):
        for word in {**old, **new}:
            yield from _differences(old.get(word), new.get(word), f"{place}.{word}" if place else str(word))
    elif _is_alike(old, new):
        for number, (one, other) in enumerate(zip(old, new, strict=True), start=1):
            yield from _differences(one, other, f"{place} {number}" if len(new) > 1 else place)
    elif old != new:
        yield place, *_parted(old, new)


def _is_alike(old: Any, new: Any) -> bool:
    """Return whether two values are lists of mappings of one length, such as impacts."""
    lists = isinstance(old, list) and isinstance(new, list) and len(old) == len(new)
    return lists and all(isinstance(item, dict) for item in (*old, *new))


def _parted(old: Any, new: Any) -> tuple[str | None, str | None]:
    """Return both values in words; of two long lists only what the other does not have."""
    if isinstance(old, list) and isinstance(new, list) and len(old) + len(new) > _MANY:
        old, new = [item for item in old if item not in new], [item for item in new if item not in old]
    return tuple(None if value is None else in_words(value) for value in (old, new))  # type: ignore[return-value]


def in_words(value: Any) -> str:
    """Return a value as it would stand in a program file, on one line: ``x 120%``, ``piles 70%, anchors 30%``."""
    if isinstance(value, Mapping):
        return ", ".join(f"{word} {_inside(said)}".strip() for word, said in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_inside, value)) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _inside(value: Any) -> str:
    """Return a value inside another: what has several parts in parentheses."""
    told = in_words(value)
    return f"({told})" if isinstance(value, Mapping | list | tuple) and len(value) > 1 else told
