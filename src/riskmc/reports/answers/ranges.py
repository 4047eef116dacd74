"""Ranges told: the rules and how far they reach, then every activity's minimum, most likely and maximum; CSV, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from math import isfinite

from riskmc.analysis.ranges import RangeTable, RuleUse
from riskmc.forecast.figures import MINUS, Money, money_format, shortened
from riskmc.io.range_file import FIELDS, Range, Row, dumps
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.reports.records.json_text import json_text
from riskmc.reports.records.provenance import Entry
from riskmc.version import VERSION

NAME_WIDTH = 60
MOST_NOTES = 20


def tell_ranges(table: RangeTable, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed table of ranges as text of ``width`` columns."""
    return rendered(_opening(table), _sections(table), width, colour)


def ranges_csv(table: RangeTable) -> str:
    """Return the table as CSV: every activity that has work, or a fixed cost, to be ranged."""
    return dumps(row for row in table.rows if _has(row, "duration") or _has(row, "cost"))


def dumps_ranges(table: RangeTable) -> str:
    """Return the table as JSON text, one rule or activity a line."""
    return json_text(compose_ranges(table), 2)


def compose_ranges(table: RangeTable) -> Entry:
    """Return the table as plain dictionaries, lists, text and numbers."""
    return {
        "program": table.program.program,
        "hash": table.program.hash(),
        "version": VERSION,
        "currency": table.program.currency,
        "rules": [rule._asdict() for rule in table.rules],
        "activities": [_entry(row) for row in table.rows],
        "notes": list(table.notes),
    }


def _entry(row: Row) -> Entry:
    halves = {name: _half(getattr(row, name)) if _has(row, name) else None for name in FIELDS}
    return {"id": row.activity, "name": row.name or row.activity, "state": row.state, "unit": row.unit, **halves}


def _half(said: Range) -> Entry:
    return {
        key: round(value, 9) if isinstance(value, float) and isfinite(value) else value
        for key, value in asdict(said).items()
    }


def _has(row: Row, name: str) -> bool:
    said: Range = getattr(row, name)
    return said.planned is not None or bool(said.rule)


def _opening(table: RangeTable) -> list[str]:
    work = [row for row in table.rows if _has(row, "duration")]
    ranged = sum(bool(row.duration.rule) for row in work)
    told = f"{ranged:,} of {len(work):,} activities of {table.program.program} with work to do have a range."
    rest = len(table.rows) - len(work)
    return [told, f"Finished work, milestones and the like are left out: {rest:,}."] if rest else [told]


def _sections(table: RangeTable) -> Iterator[Section]:
    yield _rules(table.rules)
    for name, rows in ((name, [row for row in table.rows if _has(row, name)]) for name in FIELDS):
        yield _table(name, rows)
    more = len(table.notes) - MOST_NOTES
    yield Section(notes=[f"Note: {note}" for note in table.notes[: MOST_NOTES if more > 1 else None]])
    if more > 1:
        yield Section(notes=[f"Note: {more:,} more, see --json."])


def _rules(rules: Sequence[RuleUse]) -> Section:
    """Return the rules, the last of which that matches an activity counts; those of tables are only counted."""
    columns = [Column("Rule", yields=True), Column("Of"), Column("Range", yields=True), Column("Sizes"), Column("Line")]
    columns.append(Column("Counts for", right=True))
    rows = [row for rule in rules if not _of_table(rule) for row in _rule_rows(rule)]
    tabled = sum(map(_of_table, rules))
    notes = [f"and {tabled:,} more from tables, see below"] if tabled else []
    return Section(columns, rows, notes) if rows else Section(notes=notes)


def _rule_rows(rule: RuleUse) -> Iterator[tuple[str, ...]]:
    """Yield a row for each of duration and cost that a rule speaks of."""
    name = shortened(rule.name.removeprefix("ranges"), NAME_WIDTH)
    for what, text, counts in (("days", rule.duration, rule.durations), ("cost", rule.cost, rule.costs)):
        if text:
            yield name, what, text, _short(rule.sizes), _line(rule.place), f"{counts:,} of {rule.matches:,}"


def _of_table(rule: RuleUse) -> bool:
    return ".csv:" in rule.place


def _table(name: str, rows: Sequence[Row]) -> Section:
    if not rows:
        return Section()
    money = None if name == "duration" else _money(rows)
    heading = "Duration" if money is None else "Fixed cost"
    columns = [Column(heading, yields=True), Column("Rule"), Column("Line", yields=True)]
    columns += [Column("Days" if money is None else "Plan", right=True), Column("Min", right=True)]
    columns += [Column("Likely", right=True), Column("Max", right=True), Column("Family", yields=True)]
    return Section(columns, [_cells(row, getattr(row, name), money) for row in rows], _footnotes(name, rows))


def _footnotes(name: str, rows: Sequence[Row]) -> list[str]:
    what = "Days that remain" if name == "duration" else "Money that remains"
    told = f"{what}; P10 and P90 where a range has no end."
    if any(getattr(row, name).rule.startswith("[") for row in rows):
        told += " Rule [3] is the fourth entry of `ranges`."
    elapsed = any(row.unit == "ed" for row in rows) and name == "duration"
    return [f"{told} ed: elapsed days." if elapsed else told]


def _cells(row: Row, said: Range, money: Money | None) -> tuple[str, ...]:
    told = row.activity if not row.name else f"{row.activity} {row.name}"
    unit = " ed" if row.unit == "ed" and money is None else ""
    low, high = (said.minimum, said.maximum) if said.maximum is not None and said.minimum is not None else (None, None)
    ends = [_amount(low, money), _amount(high, money)]
    if said.p10 is not None and (low is None or high is None):
        ends = [f"P10 {_amount(said.p10, money)}", f"P90 {_amount(said.p90, money)}"]
    return (
        shortened(told, NAME_WIDTH), _rule(said.rule), _line(said.place), _amount(said.planned, money) + unit,
        ends[0], _amount(said.most_likely, money), ends[1], said.family or ("certain" if said.rule else ""),
    )  # fmt: skip


def _rule(rule: str) -> str:
    """Return ``own``, ``[3]``, ``default``, or ``none``."""
    head = rule.partition(" ")[0].removesuffix(",")
    return head.removeprefix("ranges") if head else "none"


def _line(place: str) -> str:
    """Return the line of a place; with its file where that is a table."""
    file, _, line = place.rpartition(":")
    return place if file.endswith(".csv") else line


def _short(sizes: str) -> str:
    return sizes.replace("correlated", "corr.")


def _amount(value: float | None, money: Money | None) -> str:
    if value is None:
        return ""
    if money is not None:
        return money(value)
    text = f"{value:,.1f}".removesuffix(".0")
    return ("0" if text == "-0" else text).replace("-", MINUS)


def _money(rows: Sequence[Row]) -> Money:
    """Return one format for all amounts, without the currency: fine enough for the middle one of them."""
    amounts = sorted(row.cost.planned for row in rows if row.cost.planned)
    return money_format("", amounts[len(amounts) // 2] if amounts else 0.0)
