"""Which responses to buy, in words: the steps of the frontier, what stands in all of them, the best for a budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from riskmc.analysis.responses import Portfolio, ResponseFrontier
from riskmc.forecast.figures import listed, money_format, shortened
from riskmc.forecast.language import counted, said
from riskmc.reports.document.layout import Column, Section, aside, with_interval

NAME_WIDTH, SENTENCE_WIDTH = 40, 60
MOST = 20  # rows of a table
_NAMES = 3  # names in a sentence


def bought_sentence(frontier: ResponseFrontier) -> str:
    """Return what the best portfolio for the budget buys; without one, the best step for its money, and the last."""
    last, what = frontier.best(), frontier.measured.name
    budget = None if frontier.budget is None else _money(frontier, frontier.budget)
    if not last.responses:
        if budget is None:
            return said("No response improves the {what}.", what=what)
        return said("No response improves the {what} for {budget}.", what=what, budget=budget)
    bought = {**_bought(frontier, last), "what": what, "reached": frontier.measured.text(frontier.trials, last.value)}
    if budget is not None:
        return said("{spent} of {budget} buys {gain}, by {names}: {what} {reached}.", budget=budget, **bought)
    told = said("{spent} buys {gain}, by {names}: {what} {reached}.", **bought)
    best = frontier.best_value
    if best is None or best is last:
        return told
    return said(
        "Most for its money: {spent} buys {gain}, by {names}. The most: {told}", told=told, **_bought(frontier, best)
    )


def _bought(frontier: ResponseFrontier, portfolio: Portfolio) -> dict[str, str]:
    """Return what a portfolio costs, what it buys, and the names of its responses."""
    gain, names = frontier.bought_text(portfolio), names_of(frontier, portfolio.responses)
    return {"spent": frontier.spent_text(portfolio.spent), "gain": gain, "names": names}


def frontier_sections(frontier: ResponseFrontier) -> Iterator[Section]:
    """Yield the efficient portfolios, and what to know of them."""
    columns = [Column(said("Spend"), right=True), Column(said("to buy"), yields=True)]
    columns += [Column(_heading(frontier), right=True), *with_interval(said("Buys"))]
    shown = frontier.efficient[:MOST]
    yield Section(columns, _rows(frontier, shown), list(_notes(frontier)))


def _heading(frontier: ResponseFrontier) -> str:
    return said("Chance") if frontier.by == "chance" else frontier.measured.name


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
    return ", ".join(shortened(words, NAME_WIDTH) for words in [*added, *left]) or said("nothing")


def names_of(frontier: ResponseFrontier, responses: Sequence[str]) -> str:
    """Return the names of responses for a sentence, the first three of them."""
    named = [shortened(frontier.named(name), SENTENCE_WIDTH) for name in responses[:_NAMES]]
    return listed(named, len(responses) - len(named))


def _notes(frontier: ResponseFrontier) -> Iterator[str]:
    if len(frontier.efficient) > MOST:
        more = len(frontier.efficient) - MOST
        yield aside(counted("and {count} more steps", "and {count} more steps", more))
    if any(found.step is not None and not found.step.told_apart for found in frontier.efficient[:MOST]):
        yield said("* not told apart from the row above: more money may buy nothing more.")
    if len(frontier.efficient) == 1:
        yield said("Another figure may move: --by chance, --by cost, --percentile 0.50.")
    yield " ".join(_told(frontier))


def _told(frontier: ResponseFrontier) -> Iterator[str]:
    """Yield what stands in every efficient portfolio and in none, ties, and how the portfolios were searched."""
    if frontier.always:
        yield said("In every efficient portfolio that spends: {names}.", names=names_of(frontier, frontier.always))
    if frontier.never:
        yield said("In none: {names}.", names=names_of(frontier, frontier.never))
    ties = [found for found in frontier.efficient if found.ties]
    if ties:
        yield _tied(frontier, ties)
    yield _searched(frontier)
    if not frontier.reconsidered:
        yield said("Approved responses act in all of them.")


def _tied(frontier: ResponseFrontier, ties: Sequence[Portfolio]) -> str:
    """Return which portfolios are exactly as good for as much money: the first pair, and how many more there are."""
    first = names_of(frontier, ties[0].responses) or said("nothing")
    names = {"other": names_of(frontier, ties[0].ties[0]), "first": first}
    if len(ties) == 1:
        return said("Exactly as good for as much money: {other} as {first}.", **names)
    return counted(
        "Exactly as good for as much money: {other} as {first}, and {count} more tie.",
        "Exactly as good for as much money: {other} as {first}, and {count} more ties.",
        len(ties) - 1,
        **names,
    )


def _searched(frontier: ResponseFrontier) -> str:
    """Return how many portfolios were simulated, and what the screen dropped."""
    count, of = len(frontier.ratings), f"2^{len(frontier.candidates)}"
    if frontier.exact:
        return counted("All {count} portfolio were simulated.", "All {count} portfolios were simulated.", count)
    if not frontier.dropped:
        return counted(
            "{count} portfolio of {all} were simulated: a better one may exist.",
            "{count} portfolios of {all} were simulated: a better one may exist.",
            count,
            all=of,
        )
    return counted(
        "{count} portfolio of {all} were simulated; the screen dropped {names}: a better one may exist.",
        "{count} portfolios of {all} were simulated; the screen dropped {names}: a better one may exist.",
        count,
        all=of,
        names=names_of(frontier, frontier.dropped),
    )


def _money(frontier: ResponseFrontier, amount: float) -> str:
    return money_format(frontier.trials.currency, amount, 5 * abs(amount))(amount)
