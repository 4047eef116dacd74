"""Predecessor links of a Microsoft Project XML file: types, lags in tenths of a minute, elapsed and percentage lags.

A link to a summary holds for all work below it. One from a summary runs from the latest finish of the work below it,
or from its earliest start. A lag counts the working time of the successor's own calendar, else the project's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from riskmc.io.findings import certain, working_time
from riskmc.io.mspdi.fields import ELAPSED, PERCENT, Fields, Row, row
from riskmc.io.mspdi.outline import Item, Outline
from riskmc.program.link import LagCalendar, Link, LinkType
from riskmc.program.quantity import Quantity, Size

TYPES: tuple[LinkType, ...] = ("FF", "FS", "SF", "SS")
FINISH_TO_START = 1
MOST_LINKS = 1_000_000
MOST_PERCENT = 10_000
TENTHS = 10
MOST_TENTHS = 100 * 365 * 1440 * 10


@dataclass(frozen=True)
class Ties:
    """The links into each task by UID, those that come before any, and those with a predecessor outside the file."""

    into: dict[str, list[Link]]
    before: set[str]
    open_ended: set[str]


class _Tie(NamedTuple):
    """One link element, read."""

    before: str
    type: LinkType
    lag: Size | None
    elapsed: bool


def ties(outline: Outline, fields: Fields) -> Ties:
    """Return the links of a file; those that cannot act are noted."""
    found = Ties({}, set(), set())
    budget = MOST_LINKS
    for after in (*outline.work.values(), *outline.summaries.values()):
        kind = f"{after.row.label} PredecessorLink"
        for element in after.row.below("PredecessorLink"):
            at = row(element, kind)
            before = _before(at, after, outline, found, fields)
            tie = None if before is None else _tie(at, before, fields)
            if before is None or tie is None:
                continue
            heads, tails = _work(before, outline), _work(after, outline)
            budget -= len(heads) * len(tails)
            if budget < 0:
                fields.fault(at, "", f"expected at most {MOST_LINKS:,} links, those of summary tasks expanded")
                return found
            found.before.update(head.uid for head in heads)
            _spread(tie, before, heads, tails, found.into)
    return found


def _before(at: Row, after: Item, outline: Outline, found: Ties, fields: Fields) -> Item | None:
    """Return the predecessor of a link; None, with a note, where the link cannot act."""
    uid = at["PredecessorUID"].strip()
    before = outline.find(uid)
    if before is None and uid in outline.inactive:
        return None
    if before is None or at.flag("CrossProject"):
        found.open_ended.update(item.uid for item in _work(after, outline))
        fields.findings.note("links from tasks that are not in the file are left out; their successors", after.title)
        return None
    if before is after or _holds(before, after) or _holds(after, before):
        fields.findings.note("links between a task and its own summary are left out", after.title)
        return None
    return before


def _holds(summary: Item, item: Item) -> bool:
    """Return whether a row stands below a summary."""
    return summary.summary and summary in item.summaries()


def _tie(at: Row, before: Item, fields: Fields) -> _Tie | None:
    number = fields.whole(at, "Type", FINISH_TO_START)
    if not 0 <= number < len(TYPES):
        fields.fault(at, "Type", f"expected 0 (FF), 1 (FS), 2 (SF) or 3 (SS), found {at['Type'][:40]!r}")
        return None
    lag, form = fields.number(at, "LinkLag"), fields.whole(at, "LagFormat", 7)
    if abs(lag) > MOST_TENTHS:
        fields.fault(at, "LinkLag", f"expected at most 100 years in tenths of a minute, found {at['LinkLag'][:40]!r}")
        return None
    if form in PERCENT and before.summary:  # a share of the time that the summary spans
        lag, form = lag / 100 * (fields.minutes(before.row, "Duration") or 0.0) * TENTHS, 5 + (form in ELAPSED)
    if form in PERCENT and abs(lag) > MOST_PERCENT:
        fields.fault(at, "LinkLag", f"expected at most {MOST_PERCENT}%, found {at['LinkLag'][:40]!r}")
        return None
    return _Tie(before.uid, TYPES[number], _size(lag, form), _elapsed(form, before, fields))


def _size(lag: float, form: int) -> Size | None:
    """Return a lag: a share of the predecessor's duration, or tenths of a minute."""
    if not lag:
        return None
    return certain(Quantity(lag / 100, "%") if form in PERCENT else working_time(float(round(lag / TENTHS))))


def _elapsed(form: int, before: Item, fields: Fields) -> bool:
    """Return whether a lag runs on the clock: an elapsed unit, or a share of an elapsed duration."""
    return form in ELAPSED or (form in PERCENT and fields.whole(before.row, "DurationFormat", 7) in ELAPSED)


def _work(item: Item, outline: Outline) -> list[Item]:
    """Return the work that a link to or from a row means."""
    return [item] if not item.summary else [leaf for leaf in item.leaves() if leaf.uid in outline.work]


def _spread(tie: _Tie, before: Item, heads: list[Item], tails: Iterable[Item], into: dict[str, list[Link]]) -> None:
    """Add a link for every pair of work that it means; from a summary's start, the first of its work counts."""
    words: dict[str, Any] = {"type": tie.type}
    if tie.lag is not None:
        words["lag"] = tie.lag
    if before.summary and len(heads) > 1 and tie.type in ("SS", "SF"):
        words["first_of"] = before.uid
    made: dict[LagCalendar | None, list[Link]] = {}
    for after in tails:
        runs = _runs_on(tie, after)
        if runs not in made:
            said = words if runs is None else {**words, "lag_calendar": runs}
            made[runs] = [Link(activity=head.uid, **said) for head in heads]
        into.setdefault(after.uid, []).extend(made[runs])


def _runs_on(tie: _Tie, after: Item) -> LagCalendar | None:
    """Return the calendar of a lag where it is not the project's: the clock, or the successor's own."""
    if tie.lag is None:
        return None
    if tie.elapsed:
        return "24h"
    return "successor" if after.row["CalendarUID"].strip() not in ("", "-1") else None
