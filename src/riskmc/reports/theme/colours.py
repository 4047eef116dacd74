"""Colours of a theme: what the file says, the tints that follow, and whether all can be read and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from riskmc.errors import joined, nearest
from riskmc.plot.palette import MARK_COLOURS, PALETTE, TEXT_COLOURS
from riskmc.program.plain_words import Place
from riskmc.reports.theme.contrast import MARKS_NEED, TEXT_NEEDS, contrast, mid, on_dark, pale

Fault = tuple[Place, str]
Pair = tuple[str, str]
SCHEMES = ("light", "dark")
ACCENT = "forecast"  # what a plain `accent` stands for
_TINTS = {name: mid if name.endswith("_mid") else pale for name in PALETTE if "_" in name}
_MEANINGS = ("ink", "plan", "forecast", "threat", "gain")
_ALIKE = 40  # of 441, the distance of black and white
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_RULE = 'a colour is written "#1f5fa8", in quotes'


def read_colours(said: Mapping[str, object]) -> tuple[dict[str, Pair], list[Fault]]:
    """Return the colours of a theme by name, (light, dark), with the tints that follow; and all faults of them."""
    faults: list[Fault] = []
    known = ["accent", *PALETTE]
    given: dict[str, dict[str, str]] = {}
    for word, value in said.items():
        name = ACCENT if word == "accent" else word
        if name not in PALETTE:
            told = joined(nearest(word, known), f"there are {', '.join(known)}")
            faults.append(((word,), f"no colour has this name{told}"))
        elif word == "accent" and ACCENT in said:
            faults.append(((word,), f"accent is another word for {ACCENT}: say one of them"))
        else:
            given[name] = dict(_schemes(word, value, faults))
    colours = _completed({name: shades for name, shades in given.items() if shades})
    faults += [*_unreadable(said, colours)] or _alike(said, colours)
    return {name: pair for name, pair in colours.items() if pair != PALETTE[name]}, faults


def _schemes(word: str, value: object, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    """Yield the colour of each scheme that is said, as ``#rrggbb``."""
    shades = value if isinstance(value, Mapping) else {"light": value}
    for scheme, colour in shades.items():
        place = (word, scheme) if isinstance(value, Mapping) else (word,)
        match = _HEX.fullmatch(colour.strip()) if isinstance(colour, str) else None
        if scheme not in SCHEMES:
            faults.append((place, f"a colour is for light or dark{nearest(str(scheme), SCHEMES)}"))
        elif match is None:
            hint = "; without quotes # begins a comment" if colour in ("", None) else ""
            faults.append((place, f"{_RULE}, got {'nothing' if colour in ('', None) else repr(colour)[:60]}{hint}"))
        else:
            digits = match[1].lower()
            yield str(scheme), "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _completed(given: Mapping[str, Mapping[str, str]]) -> dict[str, Pair]:
    """Return every colour of the palette in both schemes: as given, as it follows from what is given, or as it is."""
    papers = tuple(given.get("paper", {}).get(scheme, PALETTE["paper"][at]) for at, scheme in enumerate(SCHEMES))
    colours = {**PALETTE, "paper": (papers[0], papers[1])}
    for name in given:
        if name == "paper":
            continue
        usual_light, _ = PALETTE[name]
        light = given[name].get("light", usual_light)
        follows = PALETTE[name][1] if light == usual_light else _dark(name, light, papers[1])
        colours[name] = (light, given[name].get("dark", follows))
    for tint, make in _TINTS.items():
        name, told = tint.split("_")[0], given.get(tint, {})
        same = [(colours[name][at], papers[at]) == (PALETTE[name][at], PALETTE["paper"][at]) for at in (0, 1)]
        made = [PALETTE[tint][at] if same[at] else make(colours[name][at], papers[at]) for at in (0, 1)]
        colours[tint] = (told.get("light", made[0]), told.get("dark", made[1]))
    return colours


def _dark(name: str, light: str, paper: str) -> str:
    return pale(on_dark(light, paper), paper) if name.endswith("_pale") or name == "rule" else on_dark(light, paper)


def _unreadable(said: Mapping[str, object], colours: Mapping[str, Pair]) -> Iterator[Fault]:
    """Yield the colours that do not stand out from their paper."""
    for name in (name for name in MARK_COLOURS if "_" not in name or name in said):  # tints follow their colour
        needed = TEXT_NEEDS if name in TEXT_COLOURS else MARKS_NEED
        for at, scheme in enumerate(SCHEMES):
            colour, paper = colours[name][at], colours["paper"][at]
            found = contrast(colour, paper)
            if found < needed and (colour, paper) != (PALETTE[name][at], PALETTE["paper"][at]):
                what = "text needs" if name in TEXT_COLOURS else "marks need"
                on = "white" if paper == "#ffffff" else f"{scheme} paper, {paper}"
                low = min(round(found, 1), needed - 0.1)
                place, whose = _place(said, name, scheme)
                yield place, f"{whose}{colour} has a contrast of {low:.1f} on {on}; {what} {needed}"


def _place(said: Mapping[str, object], name: str, scheme: str) -> tuple[Place, str]:
    """Return where a colour is said, or else the paper on which it stands, and whose colour it is then."""
    for word in (name, *(["accent"] if name == ACCENT else [])):
        if word in said:
            inner = said[word]
            return ((word, scheme), "") if isinstance(inner, Mapping) and scheme in inner else ((word,), "")
    return ("paper",), f"{name}: "


def _alike(said: Mapping[str, object], colours: Mapping[str, Pair]) -> Iterator[Fault]:
    """Yield the colours of two meanings that a reader could not tell apart."""
    for one, other in combinations(_MEANINGS, 2):
        for at, scheme in enumerate(SCHEMES):
            first, second = colours[one][at], colours[other][at]
            if _distance(first, second) < _ALIKE and (first, second) != (PALETTE[one][at], PALETTE[other][at]):
                place, _ = _place(said, other if other in said else one, scheme)
                yield place, f"{one} and {other} look alike, {first} and {second}, and mean different things"


def _distance(one: str, other: str) -> float:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)
