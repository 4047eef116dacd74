"""Standings of a comparison as it is printed: every scenario against every other, which wins, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from riskmc.analysis.comparison import Comparison
from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_matrix import AS_IT_STANDS, Matrix, Standing, Winner
from riskmc.analysis.comparison_shift import Shift
from riskmc.forecast.figures import MINUS, chance, level_name, shortened
from riskmc.reports.document.layout import Column, Section, aside, with_interval
from riskmc.reports.document.opening import FEWEST, committed
from riskmc.reports.document.sections import told_apart

MOST_PAIRS = 30
NAMES = 40  # characters of a name
KEYS = 24  # characters of an identifier beside another
WORDS = {"finish": ("earliest", "finish"), "cost": ("cheapest", "cost")}

Row = Sequence[str]
Names = Mapping[str, str]


def standings(comparison: Comparison) -> Iterator[Section]:
    """Yield the scenarios against each other, and how each stands on finish and cost.

    Nothing of plans, of too few iterations, and where fewer than two scenarios change anything.
    """
    contenders = comparison.contenders
    random = any(trials.random for trials in contenders.trials.values())
    changing = [change for change in comparison.changes.values() if not change.nothing]
    if not random or len(comparison.base) < FEWEST or len(changing) < 2:
        return
    names, p = names_of(comparison), committed(comparison.base)
    yield _against(contenders, p)
    for word in contenders.outcomes:
        yield _standing(contenders, names, word, p)
    yield Section(notes=[*verdicts(contenders, names, p), _reading(p)])


def names_of(comparison: Comparison) -> Names:
    """Return what each contender is called in a narrow column, told apart."""
    keys = list(comparison.contenders.trials)
    called = ["As it stands", *(change.name for change in comparison.changes.values())]
    return dict(zip(keys, (shortened(name, NAMES) for name in told_apart(called, keys, NAMES)), strict=True))


def _against(contenders: Matrix, p: float) -> Section:
    """Return how far each two scenarios, by identifier, differ at the committed percentile."""
    pairs = [(one, other, change) for one, other, change in contenders.pairs() if AS_IT_STANDS not in (one, other)]
    rows: list[Row] = [
        (
            f"{_key(one)} {MINUS} {_key(other)}",
            *(cell for shift in _shifts(change, contenders) for cell in _cells(shift, p)),
        )
        for one, other, change in pairs
    ]
    columns = [Column(f"Against each other, {level_name(p)}", yields=True)]
    for word in contenders.outcomes:
        columns += with_interval(word.capitalize())
    more = [aside(f"and {len(rows) - MOST_PAIRS:,} more pairs")] if len(rows) > MOST_PAIRS else []
    return Section(columns, rows[:MOST_PAIRS], more)


def _key(key: str) -> str:
    return shortened(key, KEYS)


def _shifts(change: Change, contenders: Matrix) -> list[Shift]:
    return [change.finish(), change.cost()] if contenders.has_cost else [change.finish()]


def _cells(shift: Shift, p: float) -> tuple[str, str]:
    if shift.nothing:
        return "the same", ""
    return shift.texts(shift.quantile(p))


def _standing(contenders: Matrix, names: Names, word: str, p: float) -> Section:
    """Return how often each contender is best on one outcome, and how sure its percentile is to be the lowest."""
    columns = [Column(f"Which is {WORDS[word][0]}", yields=True), Column(level_name(p), right=True)]
    columns += [Column("Best in", right=True), Column("Sure", right=True)]
    both = contenders.both_shares() if word == "cost" else {}
    columns += [Column("Best in both", right=True)] if both else []
    rows = []
    for standing in contenders.standings(word, p):
        trials = contenders.trials[standing.key]
        forecast = trials.finish() if word == "finish" else trials.cost()
        cells = [forecast.text(forecast.quantile(p)), chance(standing.best_share), _sure(standing)]
        rows.append((names[standing.key], *cells, *([chance(both[standing.key])] if both else [])))
    return Section(columns, rows)


def _sure(standing: Standing) -> str:
    return "" if standing.lowest_chance is None else chance(standing.lowest_chance)


def verdicts(contenders: Matrix, names: Names, p: float) -> list[str]:
    """Return which contender wins on finish, on cost and on both, and from which it is not told apart."""
    winners = {word: contenders.winner(word, p) for word in contenders.outcomes}
    told = [_verdict(word, winner, names, p) for word, winner in winners.items()]
    return [*told, *_on_both(contenders, names, p)] if contenders.has_cost else told


def _verdict(word: str, winner: Winner, names: Names, p: float) -> str:
    best, outcome = WORDS[word]
    if winner.ties:
        alike = " and ".join(names[key] for key in (winner.key, *winner.ties))
        return f"{best.capitalize()} {level_name(p)} {outcome}: {alike}, exactly alike."
    sure = "" if winner.lowest_chance is None else f", {chance(winner.lowest_chance)} sure"
    others = [names[key] for key in winner.not_told_from]
    doubt = f"; not told apart from {' and '.join(others)}" if others else "; told apart from all others"
    return f"{best.capitalize()} {level_name(p)} {outcome}: {names[winner.key]}{sure}{doubt}."


def _on_both(contenders: Matrix, names: Names, p: float) -> Iterator[str]:
    """Yield which contenders nobody beats on both, and which somebody does."""
    beaten = {key: by for key, by in contenders.dominated_by(p).items() if by}
    free = [names[key] for key in contenders.trials if key not in beaten]
    if len(free) == 1:
        yield f"On both at {level_name(p)}: {free[0]} is no later and no dearer than any other."
    else:
        yield f"On both at {level_name(p)} none beats all others; a choice between {', '.join(free)}."
    for key, by in beaten.items():
        yield f"{names[key]} is no earlier and no cheaper than {names[by[0]]}."


def _reading(p: float) -> str:
    return (
        "Best in: share of iterations in which no other is earlier, or cheaper; ties count for all. Sure: the chance "
        f"that its {level_name(p)} is the lowest, as far as so many iterations can tell."
    )
