"""Activities of a sheet put together from their cells: predecessors, and low, most likely and high as a range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from riskmc.io.sheets.cell_source import CellSource
from riskmc.io.sheets.cell_text import listed
from riskmc.io.sheets.links import lag_text, link_of, time_text, with_points
from riskmc.program.plain_words import Place
from riskmc.program.quantity import ELAPSED_UNITS

UNRESOLVED = "~"
_FAMILY = "triangular"
_POINTS = ("~low", "~mode", "~high", "~family")


def tokens(text: str) -> list[str]:
    """Return the links of one cell: parted by semicolons or new lines, else by commas."""
    return listed(text) if ";" in text or "\n" in text else listed(with_points(text), ",")


def activity_places(found: CellSource, name: str | None = None, project: str | None = None) -> list[Place]:
    """Return the places of all activities, or of those that a name means: a path, or the activity's own."""
    homes: dict[str, Any] = found.get(("projects",)) or {}
    places: list[Place] = []
    for home, words in homes.items():
        if project is not None and home != project:
            continue
        inside = words.get("activities", {})
        alone = name if name is None or name in inside else name.removeprefix(f"{home}.")
        keys = inside if alone is None else [alone] * (alone in inside)
        places += [("projects", home, "activities", key) for key in keys]
    return places


def activity_names(found: CellSource) -> Iterator[str]:
    """Yield the names of all activities, without their projects."""
    for words in (found.get(("projects",)) or {}).values():
        yield from words.get("activities", {})


def set_range(found: CellSource, place: Place) -> None:
    """Make low, most likely and high of an activity the range of its duration."""
    words = found.get(place)
    points = {name: words.pop(name) for name in _POINTS if name in words}
    if not points.keys() - {"~family"}:
        return
    spot = found.spot((*place, "~mode")) or found.spot((*place, next(iter(points))))
    assert spot is not None
    if (words.get("duration") or {}).get("range") is not None:
        found.fault(spot, "duration", "the range is given twice: in words and by low, most likely and high")
        return
    low, mode, high = (time_text(points[name]) if name in points else None for name in _POINTS[:3])
    family = points.get("~family", _FAMILY if mode is not None else "uniform").lower()
    mode = None if family == "uniform" else mode
    if low is None or high is None or (mode is None and family != "uniform"):
        found.fault(spot, "duration", "a range by numbers needs low, most likely and high (uniform: low and high)")
        return
    text = f"{family}({' '.join(part for part in (low, mode, high) if part is not None)})"
    found.put((*place, "duration", "range"), text if len({low, mode or low, high}) > 1 else low, spot)


def resolve_links(found: CellSource) -> None:
    """Give every link its words: a cell names the predecessor by its own name or its path, and the lag after it."""
    known = _Known(found)
    for place, links in _linked(found):
        home = place[1] if place[0] == "projects" else None
        for number, link in enumerate(links):
            if isinstance(link, dict) and UNRESOLVED in link:
                link = link_of(link[UNRESOLVED], lambda name, home=home: known(name, home))  # type: ignore[misc]
            if isinstance(link, dict) and isinstance(link.get("lag"), str):
                link["lag"] = lag_text(link["lag"])
                if link["lag"].endswith("%") and _lasts_elapsed(found, known(link.get("activity", ""), home)):
                    link.setdefault("lag_calendar", "24h")
            links[number] = link


def _linked(found: CellSource) -> Iterator[tuple[Place, list[Any]]]:
    """Yield the place and the links of every list of links."""
    for section in ("projects", "responses"):
        for name, words in (found.get((section,)) or {}).items():
            for key, activity in words.get("activities", {}).items():
                for word in ("after", "before"):
                    if isinstance(activity.get(word), list):
                        yield (section, name, "activities", key, word), activity[word]


def _lasts_elapsed(found: CellSource, place: Place | None) -> bool:
    """Return whether an activity is planned to last elapsed time, so that a share of it is elapsed too."""
    duration = None if place is None else found.get((*place, "duration"))
    plan = duration.get("plan") if isinstance(duration, dict) else duration
    return isinstance(plan, str) and time_text(plan).endswith(ELAPSED_UNITS)


class _Known:
    """The activities of a workbook by what a link may call them."""

    def __init__(self, found: CellSource):
        self._paths: dict[str, Place] = {}
        self._alone: dict[str, list[Place]] = {}
        for place in activity_places(found):
            self._paths[f"{place[1]}.{place[3]}"] = place
            self._alone.setdefault(str(place[3]), []).append(place)

    def __call__(self, name: str, home: Any = None) -> Place | None:
        """Return the place of the activity that a name means from inside a project; None where it means none."""
        places = self._alone.get(name, [])
        own = [place for place in places if place[1] == home]
        return own[0] if own else places[0] if len(places) == 1 else self._paths.get(name)
