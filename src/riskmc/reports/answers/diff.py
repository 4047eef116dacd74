"""Semantic difference as `riskmc diff` prints it: the movement of P80 first, then the share of each change, then all.

Eighty columns, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.diff.changes import ProgramChange
from riskmc.analysis.diff.program_diff import COST, FINISH, MEASURES, ProgramDiff
from riskmc.analysis.diff.rounding import rounded_shares
from riskmc.analysis.paired import Difference
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.forecast.figures import shortened
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, left_out, rendered, with_interval

MEASURE = "p80"
MOST_GROUPS, MOST_CHANGES = 24, 40
NAME_WIDTH, TEXT_WIDTH = 80, 300
_NAMES = {"p50": "P50", "p80": "P80", "mean": marked("Mean")}
WHAT_CHANGED = marked("What changed:")
PROMISES = marked("Promises, scenarios and rules of money, which move no finish and no cost:")
WORDS_ONLY = marked("Words only:")

Row = Sequence[str]


def tell_diff(diff: ProgramDiff, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed difference as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([diff_sentence(diff)], _sections(diff), width, colour)


def _sections(diff: ProgramDiff) -> Iterator[Section]:
    yield from diff_sections(diff)
    yield _provenance(diff)


def diff_sections(diff: ProgramDiff) -> Iterator[Section]:
    """Yield the movement, the share of each change, every change in words, and how to read them."""
    if len(diff):
        yield _movement(diff)
        yield _shares(diff)
    yield _listed(said(WHAT_CHANGED), [change for change in diff.changes if change.reach == "forecast"])
    yield _listed(said(PROMISES), diff.promises)
    yield _listed(said(WORDS_ONLY), diff.words_only)
    if diff.groups:
        yield Section(notes=_reading(diff))


def diff_sentence(diff: ProgramDiff) -> str:
    """Return how far P80 moves, in one sentence."""
    if diff.equal:
        return "The two programs are the same: nothing was added, removed or changed."
    if not len(diff):
        return "Only words changed: every finish and every cost is the same."
    finish = f"P80 finish {_from(diff, FINISH)}" if _random(diff) else f"Finish {_from(diff, FINISH)}"
    cost = f"; {'P80 cost' if _random(diff) else 'cost'} {_from(diff, COST)}" if diff.has_cost else ""
    plan = "" if _random(diff) else " These are plans, not forecasts: nothing in them is random."
    return f"{finish}{cost}.{plan}"


def _random(diff: ProgramDiff) -> bool:
    return diff.old.random or diff.new.random


def _from(diff: ProgramDiff, outcome: str) -> str:
    """Return how far one P80 moves, from where to where."""
    before, after = ((one.finish() if outcome == FINISH else one.cost()) for one in (diff.old, diff.new))
    moved = diff.moved(outcome)
    if moved.value == 0:
        return f"unmoved at {before.text(before.quantile(0.80))}"
    told, ends = _texts(diff, outcome, moved)
    interval = f" ({ends})" if _random(diff) else ""
    return f"{told}{interval}, from {before.text(before.quantile(0.80))} to {after.text(after.quantile(0.80))}"


def _texts(diff: ProgramDiff, outcome: str, difference: Difference) -> tuple[str, str]:
    if outcome == FINISH:
        return days_apart(*difference.parts)
    return money_apart(diff.old.currency, *difference.parts)


def _movement(diff: ProgramDiff) -> Section:
    """Return finish and cost of both programs, and how far each figure moves."""
    columns = [Column(said("Movement")), *with_interval(said("Finish"))]
    columns += with_interval(said("Cost")) if diff.has_cost else []
    rows = [
        (
            said(_NAMES[measure]),
            *(cell for outcome in _outcomes(diff) for cell in _texts(diff, outcome, diff.moved(outcome, measure))),
        )
        for measure in (MEASURES if _random(diff) else (MEASURE,))
    ]
    return Section(columns, rows)


def _outcomes(diff: ProgramDiff) -> tuple[str, ...]:
    return (FINISH, COST) if diff.has_cost else (FINISH,)


def _shares(diff: ProgramDiff) -> Section:
    """Return the share of every group of changes in the movement of P80, in digits that add up."""
    columns = [Column(said("Share of the movement of {level}", level=_NAMES[MEASURE]), yields=True)]
    columns += with_interval(said("Finish"))
    columns += with_interval(said("Cost")) if diff.has_cost else []
    if not diff.groups:
        return Section()
    cells = [_cells(diff, outcome) for outcome in _outcomes(diff)]
    order = sorted(range(len(diff.groups)), key=lambda place: -abs(diff.groups[place].share().value))
    rows: list[Row] = [
        (shortened(said(diff.groups[place].name), NAME_WIDTH), *(cell for column in cells for cell in column[place]))
        for place in order[:MOST_GROUPS]
    ]
    more = left_out(len(order), MOST_GROUPS)
    return Section(columns, rows, more)


def _cells(diff: ProgramDiff, outcome: str) -> list[tuple[str, str]]:
    """Return every share, in digits that add up, and its interval; nothing for a change that never moves anything."""
    rounded = rounded_shares(diff, outcome, MEASURE)
    shares = [group.share(outcome, MEASURE) for group in diff.groups]
    return [
        (said("none"), "")
        if share == (0, 0, 0)
        else (rounded.text(part), rounded.interval(share.low, share.high) if _random(diff) else "")
        for part, share in zip(rounded.parts, shares, strict=True)
    ]


def _listed(heading: str, changes: Sequence[ProgramChange]) -> Section:
    """Return changes in plain words, one a line, under a heading."""
    lines = [shortened(said(change.text), TEXT_WIDTH) for change in changes]
    more = left_out(len(lines), MOST_CHANGES)
    return Section(notes=[heading, *(f"- {line}" for line in lines[:MOST_CHANGES]), *more] if lines else [])


def _reading(diff: ProgramDiff) -> list[str]:
    """Return how the shares were found, what was taken together, and what the intervals leave out."""
    share = said(
        "Share: what a change adds, averaged over the orders in which changes could be made; {method}. Shares add up "
        "to the movement. Minus is earlier or cheaper, days have 24 hours.",
        method=said(diff.method),
    )
    told = f"{share} {said(remarks.SIMULATION_ERROR)}"
    fewer = diff.separate - len(diff.groups)
    if not fewer:
        return [told]
    apart = counted(
        "{all} groups of changes were found; {count} are told apart here.",
        "{all} groups of changes were found; {count} are told apart here.",
        len(diff.groups),
        all=formats().number(diff.separate),
    )
    return [told, apart]


def _provenance(diff: ProgramDiff) -> Section:
    """Return the lines from which these numbers can be made again, to the same bits (A6)."""
    (line,) = remarks.provenance(diff.old).notes
    return Section(notes=[f"{line}; compared with program {diff.new.hash}"])
