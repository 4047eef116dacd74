"""Which responses to buy, in words: the steps of the frontier, what stands in all of them, the best for a budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.responses import Portfolio, ResponseFrontier
from riskmc.forecast.figures import listed, money_format, shortened
from riskmc.reports.document.layout import Column, Section, aside, with_interval

NAME_WIDTH, SENTENCE_WIDTH = 40, 60
MOST = 20  # rows of a table
_NAMES = 3  # names in a sentence


def bought_sentence(frontier: ResponseFrontier) -> str:
    """Return what the best portfolio for the budget buys; without one, the best step for its money, and the last."""
    last, what = frontier.best(), frontier.measured.name
    if not last.responses:
        within = "" if frontier.budget is None else f" for {_money(frontier, frontier.budget)}"
        return f"No response improves the {what}{within}."
    limit = "" if frontier.budget is None else f" of {_money(frontier, frontier.budget)}"
    reached = frontier.measured.text(frontier.trials, last.value)
    told = f"{frontier.spent_text(last.spent)}{limit} buys {_buys(frontier, last)}: {what} {reached}."
    best = frontier.best_value
    if frontier.budget is not None or best is None or best is last:
        return told
    return f"Most for its money: {frontier.spent_text(best.spent)} buys {_buys(frontier, best)}. The most: {told}"


def _buys(frontier: ResponseFrontier, portfolio: Portfolio) -> str:
    return f"{frontier.bought_text(portfolio)}, by {names_of(frontier, portfolio.responses)}"


def frontier_sections(frontier: ResponseFrontier) -> Iterator[Section]:
    """Yield the efficient portfolios, and what to know of them."""
    columns = [Column("Spend", right=True), Column("to buy", yields=True), Column(_heading(frontier), right=True)]
    columns += with_interval("Buys")
    shown = frontier.efficient[:MOST]
    yield Section(columns, _rows(frontier, shown), list(_notes(frontier)))


def _heading(frontier: ResponseFrontier) -> str:
    return "Chance" if frontier.by == "chance" else frontier.measured.name


def _rows(frontier: ResponseFrontier, shown: Sequence[Portfolio]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    before: tuple[str, ...] = ()
    for portfolio in shown:
        text, interval = frontier.measured.bought(portfolio.difference, frontier.trials.currency)
        reached = frontier.measured.text(frontier.trials, portfolio.value)
        if portfolio.step is not None and not portfolio.step.told_apart:
            text = f"{text} *"
        difference = (text, interval) if portfolio.responses else ("", "")
        words = step_words(frontier, before, portfolio)
        rows.append((frontier.spent_text(portfolio.spent), words, reached, *difference))
        before = portfolio.responses
    return rows


def step_words(frontier: ResponseFrontier, before: Sequence[str], portfolio: Portfolio) -> str:
    """Return what a portfolio buys besides the one before it, and what it leaves: ``+ Early talks, − Second crew``."""
    added = [f"+ {frontier.named(name)}" for name in portfolio.responses if name not in before]
    left = [f"\u2212 {frontier.named(name)}" for name in before if name not in portfolio.responses]
    return ", ".join(shortened(words, NAME_WIDTH) for words in [*added, *left]) or "nothing"


def names_of(frontier: ResponseFrontier, responses: Sequence[str]) -> str:
    """Return the names of responses for a sentence, the first three of them."""
    named = [shortened(frontier.named(name), SENTENCE_WIDTH) for name in responses[:_NAMES]]
    return listed(named, len(responses) - len(named))


def _notes(frontier: ResponseFrontier) -> Iterator[str]:
    if len(frontier.efficient) > MOST:
        yield aside(f"and {len(frontier.efficient) - MOST:,} more steps")
    if any(found.step is not None and not found.step.told_apart for found in frontier.efficient[:MOST]):
        yield "* not told apart from the row above: more money may buy nothing more."
    if len(frontier.efficient) == 1:
        yield "Another figure may move: --by chance, --by cost, --percentile 0.50."
    yield " ".join(_told(frontier))


def _told(frontier: ResponseFrontier) -> Iterator[str]:
    """Yield what stands in every efficient portfolio and in none, ties, and how the portfolios were searched."""
    if frontier.always:
        yield f"In every portfolio worth its money: {names_of(frontier, frontier.always)}."
    if frontier.never:
        yield f"In none: {names_of(frontier, frontier.never)}."
    ties = [found for found in frontier.efficient if found.ties]
    if ties:
        first = names_of(frontier, ties[0].responses) or "nothing"
        other = names_of(frontier, ties[0].ties[0])
        yield f"Exactly as good for as much money: {other} as {first}" + _others(len(ties) - 1)
    rated = f"{len(frontier.ratings):,} portfolio{'' if len(frontier.ratings) == 1 else 's'}"
    base = "" if frontier.reconsidered else "Approved responses act in all of them."
    if frontier.exact:
        yield f"All {rated} were simulated. {base}".rstrip()
    else:
        dropped = f"; the screen dropped {names_of(frontier, frontier.dropped)}" if frontier.dropped else ""
        searched = f"{rated} of 2^{len(frontier.candidates)} were simulated{dropped}"
        yield f"{searched}: a better one may exist. {base}".rstrip()


def _others(count: int) -> str:
    return "." if not count else f", and {count} more tie{'' if count == 1 else 's'}."


def _money(frontier: ResponseFrontier, amount: float) -> str:
    return money_format(frontier.trials.currency, amount, 5 * abs(amount))(amount)
