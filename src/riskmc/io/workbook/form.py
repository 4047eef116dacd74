"""A program's words spread out for the sheets of a workbook: a link as predecessor, type and lag, a week day by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riskmc.program.calendar import DAYS, MONTHS, names_in
from riskmc.program.link import Link
from riskmc.program.notation import size_text
from riskmc.program.noun import Data
from riskmc.program.program import FORMAT, Program

_ONE_DATE = "start_no_earlier_than"


def spread(program: Program) -> Data:
    """Return the words of a program as mappings, lists and single values, none of them in a shorter form."""
    said: Data = program.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    found = {"riskmc": FORMAT, **said}
    for project in found.get("projects", {}).values():
        _each(project, "activities", _activity)
    for response in found.get("responses", {}).values():
        _each(response, "activities", _activity)
    _each(found, "calendars", _calendar)
    _each(found, "costs", _cost_item)
    for correlation in found.get("correlations", ()):
        if "pair" in correlation:
            correlation["pair"] = list(correlation["pair"])
    return found


def _each(words: Data, section: str, change: Any) -> None:
    if section in words:
        words[section] = {name: change(item) for name, item in words[section].items()}


def _activity(words: Data) -> Data:
    """Return the words of an activity with its links, estimates and constraint in full."""
    for word in ("after", "before"):
        if word in words:
            words[word] = [_link(link) for link in words[word]]
    if "duration" in words:
        words["duration"] = _estimate(words["duration"])
    if "cost" in words:
        words["cost"] = _cost(words["cost"])
    if isinstance(words.get(_ONE_DATE), str):
        words[_ONE_DATE] = {"date": words[_ONE_DATE]}
    return words


def _link(said: Any) -> Data:
    """Return a link with its words apart."""
    link = Link.model_validate(said)
    words = {"activity": link.activity, "type": link.type, "lag": link.lag and size_text(link.lag)}
    return {word: part for word, part in {**words, "lag_calendar": link.lag_calendar}.items() if part}


def _estimate(said: Any) -> Data:
    if isinstance(said, Mapping):
        return dict(said)
    return {"range" if "(" in str(said) else "plan": said}


def _cost(said: Any) -> Data:
    words = dict(said) if isinstance(said, Mapping) else {"fixed": said}
    return {**words, **({"fixed": _estimate(words["fixed"])} if "fixed" in words else {})}


def _cost_item(words: Data) -> Data:
    return {**words, **({"fixed": _estimate(words["fixed"])} if "fixed" in words else {})}


def _calendar(words: Data) -> Data:
    """Return the words of a calendar with each day of its week, each month and each exception apart."""
    for word, names in (("week", DAYS), ("weather", MONTHS)):
        if word in words:
            words[word] = {name: part for span, part in words[word].items() for name in names_in(span, names)}
    if "exceptions" in words:
        words["exceptions"] = [_exception(days, part) for days, part in words["exceptions"].items()]
    return words


def _exception(days: str, shifts: str) -> Data:
    first, _, last = days.partition("..")
    return {"first": first, "last": last or first, "shifts": shifts}
