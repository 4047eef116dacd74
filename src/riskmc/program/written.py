"""Written: how the words that take a mapping are written, for messages about what stands in their place.

``uses: crew`` is answered with ``write {crew: 1}``, ``quality_gate: 30%`` with an example of its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_COUNTED = {"uses": "crew", "by": "crew", "prioritise": "build"}  # words whose keys name items of the program
_WORDS = {
    "given": "{soil: 40%}",
    "acts_on": "{soil: {probability: 10%}}",
    "quality_gate": "{fail: 30%, redo: 50%, at_most: 2}",
    "approval": "{takes: 5d, by: {board: 1}}",
    "backlog": "{team: alpha, items: 120}",
    "staffing": "{2027-06-01: 6, 2028-01-01: 4}",
    "turnover": "{leaves: exponential(300d), vacancy: 40d}",
    "ramp_up": "{start: 40%, over: 30d}",
    "outages": "{after: exponential(60d), lasts: 2d}",
    "arrivals": "{rate: 0.8/y}",
    "by_month": "{nov-feb: 2/y}",
    "do": '{overtime: {on: "build.*", rate: 120%}}',
    "overtime": '{on: "build.*", rate: 120%}',
    "crash": "{on: build.dig, duration: 80%, cost: 200k}",
    "add_units": "{resource: crew, units: 2, lead: 15d}",
    "funding": "{2027: 90M, 2028: 140M}",
    "funding_rule": "{without: stop_starts}",
    "progress": "{started: 2027-01-11, remaining: 5d}",
}
_ITEMS = {  # by section, or list: what an item may be called, and an item
    "activities": ("dig", "{duration: 5d}"),
    "resources": ("crew", "{capacity: 2}"),
    "teams": ("alpha", "{throughput: empirical(5 7 3 8), per: week}"),
    "stages": ("", "{name: dev, takes: 1d}"),
    "risks": ("soil", "{probability: 30%, impacts: [{on: build.dig, duration: + 5d}]}"),
    "impacts": ("", "{on: build.dig, duration: + 5d}"),
    "policies": ("surge", "{review: 20d, when: {later_than: 2029-06-30}, do: {prioritise: {build: 1}}}"),
    "scope": ("changes", "{on: build.dig, rate: 2/mo, size: 2d}"),
}


def way_out(place: tuple[str | int, ...], found: object) -> str:
    """Return ``; write uses: {crew: 1}`` for a place where a mapping is needed, or an empty text."""
    above, word = ["", "", *place][-2:]
    if word in _COUNTED:
        return f"; write {word}: {_counted(found) or f'{{{_COUNTED[str(word)]}: 1}}'}"
    if place[:1] == ("policies",) and word == "when":
        return "; as in when: {later_than: 2029-06-30}"
    if word in _WORDS:
        return f"; as in {word}: {_WORDS[str(word)]}"
    if above in _ITEMS:
        named = f"{word}: " if isinstance(word, str) else ""
        return f"; as in {named}{_ITEMS[str(above)][1]}"
    if len(place) == 1 and word in _ITEMS:
        return f"; as in {word}: {{{_ITEMS[str(word)][0]}: {_ITEMS[str(word)][1]}}}"
    return ""


def one_value(place: tuple[str | int, ...], found: object) -> str:
    """Return how what should be one text or number is written where it stands in a list, or changes with time."""
    if place[-1:] == ("capacity",) and isinstance(found, Mapping):
        return "; what it is from a date on stands in `staffing`, beside it"
    single = isinstance(found, list | tuple) and len(found) == 1 and isinstance(found[0], str)
    return f"; write {found[0]}" if single and found[0] else ""  # type: ignore[index]


def _counted(found: object) -> str:
    """Return names, each counted once, as a mapping: ``{crew: 1, crane: 1}``; nothing for what names nothing."""
    names = found if isinstance(found, list | tuple) else [found]
    if all(isinstance(name, str) and _NAME.fullmatch(name) for name in names) and names:
        return "{" + ", ".join(f"{name}: 1" for name in names) + "}"
    if all(isinstance(name, Mapping) for name in names) and names:
        return "{" + ", ".join(f"{key}: {value}" for name in names for key, value in name.items()) + "}"  # type: ignore[union-attr]
    return ""
