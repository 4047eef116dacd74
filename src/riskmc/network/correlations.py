"""Which variables are correlated: groups, pairs and rules with correlated sizes, as score numbers (R3, K5, K8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from riskmc.errors import ProgramError
from riskmc.forecast.language import marked, phrase
from riskmc.network.draws import Draws
from riskmc.network.estimates import Estimates, Field, selector_key
from riskmc.network.strikes import Select
from riskmc.program.program import Program
from riskmc.program.uncertainty import Correlation
from riskmc.sampling import Mixing, correlate

_LONELY = {
    "duration": marked("{place}: one of {pair} has no sampled duration to correlate"),
    "cost": marked("{place}: one of {pair} has no sampled cost to correlate"),
    "occurrence": marked("{place}: one of {pair} has no sampled occurrence to correlate"),
}
_TOO_FEW = {
    "duration": marked("{place}: fewer than two members have a duration to correlate"),
    "cost": marked("{place}: fewer than two members have a cost to correlate"),
    "occurrence": marked("{place}: fewer than two members have an occurrence to correlate"),
}


@dataclass
class Ties:
    """Groups as (name of the factor, Spearman coefficient, scores) and pairs as (score, score, coefficient)."""

    groups: list[tuple[str, float, list[int]]] = field(default_factory=list)
    pairs: list[tuple[int, int, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def correlated(program: Program, draws: Draws, estimates: Estimates, select: Select) -> tuple[Mixing, tuple[str, ...]]:
    """Return how scores are mixed, and notes on correlations that have nothing to act on.

    An explicit group or pair takes precedence: a rule with correlated sizes ties only activities that no
    `correlations` entry names.
    """
    ties = Ties()
    for position, entry in enumerate(program.correlations):
        for name in ("duration", "cost", "occurrence"):
            coefficient = getattr(entry, name)
            if coefficient is not None:
                _tie(program, ties, entry, name, coefficient, draws, estimates, select, f"correlations[{position}]")
    taken = {score for _, _, scores in ties.groups for score in scores} | {s for a, b, _ in ties.pairs for s in (a, b)}
    for (key, name, coefficient), scores in sorted(estimates.shared.items()):
        free = [score for score in scores if score not in taken]
        if free and coefficient:
            ties.groups.append((f"range/{key}/factor/{name}", coefficient, free))
    return correlate(list(draws.scores), ties.groups, ties.pairs), tuple(ties.notes)


def _tie(
    program: Program,
    ties: Ties,
    entry: Correlation,
    name: str,
    coefficient: float,
    draws: Draws,
    estimates: Estimates,
    select: Select,
    place: str,
) -> None:
    if entry.pair is not None:
        first, second = _pair(program, entry.pair, name, draws, estimates, place)
        if first is None or second is None or first == second:
            pair = ", ".join(entry.pair)
            ties.notes.append(phrase(_LONELY[name], place=place, pair=pair))
        if name == "occurrence" and draws.scores:  # a risk that is closed keeps its score: the other draws the same
            first, second = (draws.score(f"risk/{risk}/occurs") for risk in _risks(program, entry.pair, place))
        if first is not None and second is not None and first != second:
            ties.pairs.append((first, second, coefficient))
        return
    assert entry.group is not None
    if name == "occurrence":
        found = [draws.known(f"risk/{risk}/occurs") for risk in _risks(program, entry.group, place)]
    else:
        known = estimates.scores[name]  # type: ignore[index]
        found = [known.get(path) for path in select(entry.group, None)]
    scores_of_group = sorted({score for score in found if score is not None})
    if scores_of_group:  # a single member keeps its factor: it draws the same when a second one joins (R5)
        ties.groups.append((f"group/{selector_key(entry.group)}/{name}", coefficient, scores_of_group))
    if len(scores_of_group) < 2:
        ties.notes.append(phrase(_TOO_FEW[name], place=place))


def _pair(
    program: Program, pair: Sequence[str], name: str, draws: Draws, estimates: Estimates, place: str
) -> tuple[int | None, int | None]:
    """Return the scores of both members of a pair; None for one that has none."""
    if name == "occurrence":
        found = [draws.known(f"risk/{risk}/occurs") for risk in _risks(program, pair, place)]
    else:
        known: Mapping[str, int] = estimates.scores[name]  # type: ignore[index]
        found = [known.get(program.path(reference, None)) for reference in pair]
    first, second = found
    return first, second


def _risks(program: Program, references: Sequence[str], place: str) -> list[str]:
    """Return the identifiers of risks named as `risks.soil` or `soil`, patterns with * included."""
    names: list[str] = []
    for reference in references:
        plain = reference.removeprefix("risks.")
        if "*" in plain:
            prefix, _, suffix = plain.partition("*")
            names += [name for name in program.risks if name.startswith(prefix) and name.endswith(suffix)]
        elif plain in program.risks:
            names.append(plain)
        else:
            raise ProgramError([(place, f"there is no risk {plain!r}")])
    return names


__all__ = ["Field", "Ties", "correlated"]
