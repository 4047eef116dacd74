"""Convergence as `riskmc convergence` prints it: what a precision takes, how it came about, what hypercubes save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.convergence import Convergence, Need
from riskmc.analysis.convergence_saving import Saving
from riskmc.forecast import Value
from riskmc.forecast.figures import chance, iterations_text, shortened
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered, with_interval
from riskmc.simulation.until import Goal, rounded_up

NAME_WIDTH = 40
MOST_LENGTHS = 6  # rows of the table; the last ones
READING = (
    "±: how far the farther end of the 95% interval lies from the estimate, in days of 24 hours or in money. Half of "
    "it takes four times the iterations (square-root law). It is simulation error only: more iterations do not mend a "
    "plan, a range or a risk."
)


def tell_convergence(found: Convergence, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    opening = [" ".join(_sentences(found))]
    return rendered(opening, _sections(found), width, colour)


def _sentences(found: Convergence) -> Iterator[str]:
    """Yield what is known now of the first measures that were asked for, and what their goals take."""
    if not found.trials.random:
        yield "One iteration is enough: this is a plan, not a forecast; nothing in it is random."
        return
    chosen = [need for need in found.needs if need.goal.text.startswith("P80 ")] or list(found.needs)
    for need in chosen[:2]:
        yield _sentence(found, need)


def _sentence(found: Convergence, need: Need) -> str:
    goal, n = need.goal, iterations_text(len(found.trials))
    name = shortened(goal.text, NAME_WIDTH)
    if need.known:
        return f"{name}: any number of iterations; it is the same in all {n}."
    if need.iterations is None:
        return f"{name}: {n} are too few to tell."
    width = found.width_text(goal, need.half_width)
    if need.iterations <= len(found.trials):
        return f"{name} is met: {n} know it within {width}."
    return f"{name} needs about {iterations_text(rounded_up(need.iterations))}; {n} know it within {width}."


def _sections(found: Convergence) -> Iterator[Section]:
    if found.trials.random:
        yield _needed(found)
        for outcome in dict.fromkeys(goal.outcome for goal in found.goals):
            yield _progress(found, [goal for goal in found.goals if goal.outcome == outcome])
        yield from _saved(found.savings)
        yield Section(notes=[READING])
    yield remarks.endless(found.trials)
    yield remarks.provenance(found.trials)


def _needed(found: Convergence) -> Section:
    """Return what each goal takes."""
    columns = [Column("Known within", yields=True), Column("Now", right=True), Column("Iterations needed", right=True)]
    rows = [(need.goal.text, found.width_text(need.goal, need.half_width), _count(need)) for need in found.needs]
    return Section(columns, rows)


def _count(need: Need) -> str:
    if need.known:
        return "any"
    return "?" if need.iterations is None else f"{rounded_up(need.iterations):,}"


def _progress(found: Convergence, goals: Sequence[Goal]) -> Section:
    """Return estimate and half-width of measures by iterations; the longest runs, where there are many."""
    heads = [shortened(goal.text.removeprefix("chance of "), 24) for goal in goals]
    columns = [Column("Iterations", right=True)]
    columns += [column for head in heads for column in (Column(head, right=True, yields=True), Column("±", right=True))]
    told = [{point.iterations: point for point in found.of(goal)} for goal in goals]
    rows = []
    for n in found.lengths[-MOST_LENGTHS:]:
        points = [by_length[n] for by_length in told]
        cells = [cell for p in points for cell in (_value(found, p.goal, p.value), _short(found, p.goal, p.half_width))]
        rows.append((f"{n:,}", *cells))
    return Section(columns, rows)


def _value(found: Convergence, goal: Goal, value: Value) -> str:
    if goal.outcome == "chance":
        assert isinstance(value, float)
        return chance(value)
    forecast = found.trials.finish(goal.place) if goal.outcome == "finish" else found.trials.cost(goal.place)
    return forecast.text(value)


def _short(found: Convergence, goal: Goal, width: float | None) -> str:
    """Return a half-width without its currency, which stands before the value; points as such."""
    text = found.width_text(goal, width).removeprefix(f"{found.trials.currency} ")
    return text.replace(" points", " pt")


def _saved(savings: Sequence[Saving]) -> Iterator[Section]:
    """Yield what Latin hypercubes save here."""
    if not savings:
        return
    columns = [
        Column("Latin hypercubes here"),
        *with_interval("Variance left"),
        Column("Worth", right=True),
    ]
    rows = [(s.measure, f"{s.variance_ratio:.0%}", f"{s.low:.0%} to {s.high:.0%}", _worth(s)) for s in savings]
    yield Section(columns, rows, [_reading_of(savings)])


def _worth(saving: Saving) -> str:
    """Return how many plain iterations one of a hypercube is worth; nothing where that is not told apart from one."""
    if saving.low <= 1 <= saving.high:
        return "not told from plain"
    return f"{1 / saving.variance_ratio:.1f} plain ones" if saving.variance_ratio else "any number"


def _reading_of(savings: Sequence[Saving]) -> str:
    return (
        f"Measured from {savings[0].hypercubes} hypercubes of 256: variance of each estimate with --sampling lhs, as a "
        "share of that of plain iterations. Hypercubes do much where an outcome is a sum of ranges, little where "
        "merging paths and seldom risks decide."
    )
