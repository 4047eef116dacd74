"""Scales of a risk register: what its words mean. `High` may be 50% to 70%, or 20 to 40 days, or 10% of the cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from riskmc.errors import ArgumentError
from riskmc.program.notation import certain, kind, size, size_text
from riskmc.program.noun import Data, Noun
from riskmc.program.numeral import quantity, quantity_text
from riskmc.program.quantity import Size
from riskmc.program.words import as_size, factored, priced, text_type, timed

_BETWEEN = re.compile(r"\s*(?:\.\.|–|—|\bto\b)\s*|(?<=[\w%.])\s*-\s*")
_BELOW = re.compile(r"(?:<=?|≤|\bunder\b|\bbelow\b|\bup to\b|\bless than\b)\s*(.+)", re.IGNORECASE)
_ABOVE = re.compile(r"(?:>=?|≥|\bover\b|\babove\b|\bmore than\b)\s*(.+)|(.+)\+", re.IGNORECASE)
_UNIT = re.compile(r"[A-Za-z%]+$")
_APART = re.compile(r"[\s_]+")


def band(value: Any) -> Size:
    """Return what a band says: ``5d-20d`` is uniform(5d 20d), ``10%`` is certain, a distribution is itself."""
    if not isinstance(value, str) or "(" in value:
        return as_size(value)
    text = value.strip()
    below, above = _BELOW.fullmatch(text), _ABOVE.fullmatch(text)
    if above:
        end = above[1] or above[2]
        raise ArgumentError(f"a band needs both ends, got {value!r}: from {end} to what?")
    ends = ["0", below[1]] if below else _BETWEEN.split(text)
    if len(ends) != 2 or not all(ends):
        return certain(quantity(text))
    unit = _UNIT.search(ends[1].strip())
    first = ends[0] if _UNIT.search(ends[0].strip()) or unit is None else f"{ends[0].strip()}{unit[0]}"
    low, high = quantity(first), quantity(ends[1])
    if low == high:
        return certain(low)
    return size(f"uniform({quantity_text(low)} {quantity_text(high)})")


def band_text(found: Size) -> str:
    """Return the one text of a band, which `band` reads back as the same."""
    if found.family == "uniform" and found.clip is None and not found.operation:
        ends = dict(found.parameters)
        if ends.keys() == {"low", "high"}:
            return f"{quantity_text(ends['low'])} - {quantity_text(ends['high'])}"
    return size_text(found)


def _chance(value: Any) -> Size:
    """Return a band of probability: one share or two, from 0% to 100%."""
    found = factored(band(value))
    shares = [quantity.value for _, quantity in found.parameters]
    if found.operation or (found.family not in (None, "uniform")) or not all(0 <= share <= 1 for share in shares):
        raise ArgumentError(f"a probability is one share or two, as 10%-30%, got {band_text(found)}")
    return found


def _effect(absolute: Callable[[Size], Size]) -> Callable[[Any], Size]:
    """Return the parser of a band of impact: an amount, or a share of what the risk is mapped to."""

    def parse(value: Any) -> Size:
        found = band(value)
        if found.operation:
            raise ArgumentError(f"no x or + may stand before this value, got {band_text(found)}")
        return factored(found) if kind(found) == "share" else absolute(found)

    return parse


ChanceBand = Annotated[Size, *text_type(_chance, band_text, "a share, or two", "10%-30%", "20%")]
DelayBand = Annotated[
    Size, *text_type(_effect(timed), band_text, "durations, or shares of the work", "5d-20d", "5%-10%")
]
CostBand = Annotated[
    Size, *text_type(_effect(priced), band_text, "money, or shares of the cost", "100k-500k", "5%-10%")
]


class Scales(Noun):
    """What the words of a risk register mean; several words for one band are parted by strokes: `VH / Very high / 5`.

    Percentages of impact are of the work, or of its cost, that the risk is mapped to.
    """

    also_written: ClassVar[list[Data]] = [{"type": "string"}]

    probability: dict[str, ChanceBand] = Field(default_factory=dict)
    """Chances; of a band from 10% to 30% its middle is taken."""
    schedule: dict[str, DelayBand] = Field(default_factory=dict)
    """Delays."""
    cost: dict[str, CostBand] = Field(default_factory=dict)
    """Extra costs."""
    shape: Literal["uniform", "triangular"] = "uniform"
    """How an impact lies within its band: all values alike, or most likely in the middle."""
    file: str | None = None
    """Instead of all this: a small YAML file that says it."""

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, value: Any) -> Any:
        if isinstance(value, str):
            return DEFAULT if value.strip().lower() == "default" else {"file": value}
        return value

    @model_validator(mode="after")
    def _distinct(self) -> Scales:
        if self.file is not None and self.model_fields_set != {"file"}:
            raise ArgumentError("a file of scales stands alone: {file: scales.yaml}")
        faults = [
            ((name, key), f"{word!r} stands for two bands, {first!r} and {key!r}")
            for name in ("probability", "schedule", "cost")
            for word, first, key in _repeated(getattr(self, name))
        ]
        if faults:
            raise PydanticCustomError("faults", "scales", {"faults": faults})
        return self


def _repeated(bands: Mapping[str, Size]) -> Iterator[tuple[str, str, str]]:
    """Yield the words that stand for two bands, with the first of these and the other."""
    seen: dict[str, str] = {}
    for key in bands:
        for word in words_of(key):
            if seen.setdefault(word, key) != key:
                yield word, seen[word], key


@lru_cache(maxsize=4096)
def words_of(key: str) -> tuple[str, ...]:
    """Return the words of a band, alike however they were written: ``VH / Very high`` are ``vh`` and ``very high``."""
    return tuple(plain for part in re.split(r"[/|]", key) if (plain := plainly(part)))


@lru_cache(maxsize=4096)
def plainly(text: str) -> str:
    """Return a word without capitals, and with single blanks."""
    return _APART.sub(" ", text).strip().casefold()


DEFAULT: Mapping[str, Any] = {
    "probability": {
        "VL / Very low / Rare / Remote / Very unlikely / 1": "1%-10%",
        "L / Low / Unlikely / 2": "10%-30%",
        "M / Medium / Moderate / Possible / 3": "30%-50%",
        "H / High / Likely / Probable / 4": "50%-70%",
        "VH / Very high / Almost certain / Very likely / 5": "70%-90%",
    },
    "schedule": {
        "VL / Very low / Negligible / Insignificant / 1": "0%-1%",
        "L / Low / Minor / 2": "1%-5%",
        "M / Medium / Moderate / 3": "5%-10%",
        "H / High / Major / 4": "10%-20%",
        "VH / Very high / Severe / Critical / Catastrophic / 5": "20%-40%",
    },
    "cost": {
        "VL / Very low / Negligible / Insignificant / 1": "0%-1%",
        "L / Low / Minor / 2": "1%-10%",
        "M / Medium / Moderate / 3": "10%-20%",
        "H / High / Major / 4": "20%-40%",
        "VH / Very high / Severe / Critical / Catastrophic / 5": "40%-80%",
    },
}
"""riskmc's own five bands, for a first look at a register whose scales nobody has sent; from no standard."""
_GROUPS: tuple[frozenset[str], ...] = tuple(
    frozenset(word for table in DEFAULT.values() for word in words_of(list(table)[place])) for place in range(5)
)
_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"\s*(?:[-–—:,/()\[\]]|(?<=\d)\.\s)\s*")


def translated(bands: Mapping[str, Size], text: str, whole: bool = False) -> Size | None:
    """Return the band that a cell names: ``High``, ``VH``, ``3 - Possible``, ``Possible (3)``; None for none.

    Where a scale has no such word, the usual words for the same step do: VH, Very high. With ``whole``, the cell has to
    be the word and nothing else. Raises ArgumentError where a cell names two bands.
    """
    known = {word: key for key in bands for word in words_of(key)}
    said = plainly(text)
    parts = [said] if whole or said in known else [part for part in _PARTS.split(said) if part]
    named = {known[part] for part in parts if part in known}
    if not named:
        named = {key for part in [said, *parts] if (key := _alike(part, known)) is not None}
    if len(named) > 1:
        raise ArgumentError(f"{text!r} names two bands: {' and '.join(sorted(map(repr, named)))}")
    return bands[named.pop()] if named else None


def _alike(word: str, known: Mapping[str, str]) -> str | None:
    """Return the band whose words mean the same step as ``word``; None where none, or more than one, does."""
    for group in _GROUPS:
        if word in group and not _NUMBER.fullmatch(word):
            keys = {known[other] for other in group if other in known and not _NUMBER.fullmatch(other)}
            return keys.pop() if len(keys) == 1 else None
    return None
