"""Dates of a table in the manner of its country: 2027-01-04, 04.01.2027, 4 January 2027, Mon 04/01/27 8:00 AM.

Whether 04/01 is in April or in January is told by the other dates of the table, or else refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from riskmc.io.sheets.tongues import MONTHS

_DAY_NAME = re.compile(r"^[^\W\d_]{2,10}\.?,?\s+(?=\d)")
_CLOCK = r"(?:[T,\s]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?\s*(?P<half>[AaPp][Mm])?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_CLOCK}")
_PARTS = re.compile(rf"(?P<first>\d{{1,2}})(?P<sign>[./-])(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{2,4}}){_CLOCK}")
_NAMED = re.compile(rf"(?P<day>\d{{1,2}})[.\s-]+(?P<name>[^\W\d_]{{3,10}})\.?[\s,-]+(?P<year>\d{{2,4}}){_CLOCK}")
_NAMED_FIRST = re.compile(rf"(?P<name>[^\W\d_]{{3,10}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{2,4}}){_CLOCK}")
NOTHING = ("", "na", "n/a", "nv", "nc", "nod", "-", "none")


def day_first(texts: Iterable[str]) -> bool | None:
    """Return whether the day stands before the month in the dates of a table; None where nothing tells."""
    told = None
    for text in texts:
        match = _PARTS.fullmatch(_bare(text))
        if match is None:
            continue
        if match["sign"] == "." or int(match["first"]) > 12:
            return True
        if int(match["second"]) > 12:
            told = False
    return told


def date_text(text: str, days_come_first: bool | None) -> str | None:
    """Return a date as a program file says it: ``2027-01-04`` or ``2027-01-04T08:00``; None for what is no date.

    ``days_come_first`` is what `day_first` says; a date that it leaves open is None too.
    """
    bare = _bare(text)
    if match := _ISO.fullmatch(bare):
        return _written(match, int(match["month"]), int(match["day"]))
    if match := _NAMED.fullmatch(bare) or _NAMED_FIRST.fullmatch(bare):
        name = match["name"].lower()
        month = MONTHS.get(name[:4]) or MONTHS.get(name[:3])
        return None if month is None else _written(match, month, int(match["day"]))
    match = _PARTS.fullmatch(bare)
    if match is None or (days_come_first is None and match["first"] != match["second"]):
        return None
    first, second = int(match["first"]), int(match["second"])
    return _written(match, second, first) if days_come_first else _written(match, first, second)


def _bare(text: str) -> str:
    """Return a date without the name of its day."""
    return _DAY_NAME.sub("", text.strip()) if not _NAMED_FIRST.fullmatch(text.strip()) else text.strip()


def _written(match: re.Match[str], month: int, day: int) -> str | None:
    year = int(match["year"])
    year += 0 if len(match["year"]) > 2 else 2000 if year < 70 else 1900
    try:
        if match["hour"] is None:
            return datetime(year, month, day).date().isoformat()
        hour = int(match["hour"])
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
        return datetime(year, month, day, hour, int(match["minute"])).isoformat(timespec="minutes")
    except ValueError:
        return None
