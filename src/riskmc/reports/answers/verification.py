"""Verification, printed: how many activities were recomputed as stored, and what differs, the causes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from riskmc.analysis.causes import DELAYED, STATED
from riskmc.analysis.kept_delays import days_text
from riskmc.analysis.verification import Difference, Value, Verification
from riskmc.forecast.figures import MINUS, MONTHS, number, printable, shortened
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.simulation.recomputation import EVERY_FIELD, Field

ROWS = 10
WORDS: dict[Field, str] = {
    "early_start": "Early start",
    "early_finish": "Early finish",
    "late_start": "Late start",
    "late_finish": "Late finish",
    "total_float": "Total float",
    "driving": "Driving path",
}
NO_RULE = "no rule known that explains it"
_NAME = 60
_NOTHING: Mapping[str, float] = {}


def tell_verification(found: Verification, width: int = WIDTH, colour: bool = False, everything: bool = False) -> str:
    """Return the printed answer; ``everything``: every field of every activity that differs, followers too."""
    return rendered([found.headline(), _opening(found)], list(_sections(found, everything)), width, colour)


def _opening(found: Verification) -> str:
    file = shortened(printable(Path(found.file).name), _NAME)
    told = f"{file}: compared in working minutes of each activity's own calendar, to within one."
    none = found.activities - found.compared
    if none:
        told += f" Of {none:,} unfinished activit{'y' if none == 1 else 'ies'} nothing is stored."
    off = {difference.activity for difference in found.differences}
    if off:
        begin = len({difference.activity for difference in found.differences if difference.first})
        whence = f"; that begins with {begin:,} of them" if begin < len(off) else ""
        told += f" {len(off):,} differ{'s' if len(off) == 1 else ''}{whence}."
    return told


def _sections(found: Verification, everything: bool) -> Iterator[Section]:
    yield _counts(found)
    first = [difference for difference in found.differences if difference.first]
    sizes = Counter(rule for _, rule in {(difference.activity, difference.rule) for difference in first})
    for rule in sorted(sizes, key=lambda rule: (not rule, -sizes[rule], rule)):
        yield _rule(found, [difference for difference in first if difference.rule == rule], rule, everything)
    later = [difference for difference in found.differences if not difference.first]
    if later and everything:
        yield _table("Follows from others", later, everything)
    elif later:
        count = len({difference.activity for difference in later})
        told = f"{count:,} more activit{'y differs and only follows' if count == 1 else 'ies differ and only follow'}"
        yield Section(notes=[f"{told} from those above: --all shows all."])


def _counts(found: Verification) -> Section:
    columns = [Column("Field"), *(Column(heading, right=True) for heading in ("Matched", "Compared", "Share"))]
    rows = []
    for field in EVERY_FIELD:
        count = found.fields[field]
        share = f"{int(100 * count.share + 1e-9)}%" if count.compared else "nothing to compare"
        rows.append((WORDS[field], f"{count.matched:,}", f"{count.compared:,}", share))
    return Section(columns, rows)


def _rule(found: Verification, differences: Sequence[Difference], rule: str, everything: bool) -> Section:
    """Return the differences of one rule, with the rule in words below them."""
    lost = {delay.activity: delay.days for delay in found.delays if rule in (DELAYED, STATED)}
    section = _table("Differs first", differences, everything, lost)
    told = [f"{(rule or NO_RULE)[0].upper()}{(rule or NO_RULE)[1:]}."]
    if lost:
        days = days_text(sum(lost.get(activity, 0.0) for activity in {found.activity for found in differences}))
        told.append(f"Lost: {days} in all. A forecast leaves these delays out; `--delays keep` keeps them.")
    return Section(section.columns, section.rows, [*section.notes, " ".join(told)])


def _table(
    heading: str, differences: Sequence[Difference], everything: bool, lost: Mapping[str, float] = _NOTHING
) -> Section:
    """Return one row an activity, of the first field that differs; with ``everything`` one a field.

    ``lost`` holds the working days lost to a delay, by activity.
    """
    of = [list(group) for _, group in groupby(_together(differences), key=lambda difference: difference.activity)]
    rows = [difference for group in of for difference in (group if everything else group[:1])]
    shown = rows if everything else rows[:ROWS]
    more = [f"and {len(rows) - len(shown):,} more: --all shows them."] if len(rows) > len(shown) else []
    columns = [Column(heading, yields=True), *map(Column, ("Field", "Stored", "Computed")), Column("Off", right=True)]
    cells = [_row(difference) for difference in shown]
    if lost:
        columns.append(Column("Lost", right=True))
        cells = [
            (*row, f"{_size(lost[of.activity])} d" if of.activity in lost else "")
            for row, of in zip(cells, shown, strict=True)
        ]
    return Section(columns, cells, more)


def _together(differences: Sequence[Difference]) -> list[Difference]:
    """Return the differences with those of one activity together, in the order of the fields."""
    order = {activity: place for place, activity in enumerate(dict.fromkeys(d.activity for d in differences))}
    return sorted(differences, key=lambda found: (order[found.activity], EVERY_FIELD.index(found.field)))


def _row(found: Difference) -> tuple[str, ...]:
    off = "" if found.off_days is None else _days(found.off_days)
    name = shortened(printable(found.activity), _NAME)
    return name, WORDS[found.field], _text(found.stored), _text(found.computed), off


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year:04} {value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "?" if value is None else f"{number(value, 250 if value == round(value) else 2.5)} h"


def _days(days: float) -> str:
    """Return ``+12 d``, ``−0.5 d``; what is stored is so much later than computed."""
    return f"{MINUS if days < 0 else '+'}{_size(days)} d"


def _size(days: float) -> str:
    size = round(abs(days), 6)
    return number(size, 250 if size >= 10 or size == round(size) else 2.5 if size >= 0.1 else 0.025)
