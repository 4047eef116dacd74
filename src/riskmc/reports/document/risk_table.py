"""Risks of the printed answer: the chance that the register gives each, and how often it did occur."""

from __future__ import annotations

from riskmc.forecast.figures import chance
from riskmc.program.numeral import rate_text, share_text
from riskmc.program.risk import Risk
from riskmc.reports.document.layout import Column, Section
from riskmc.reports.document.sections import told_apart
from riskmc.simulation.trials import Trials

MOST_RISKS = 10
_NOTE = "Chance: as given. Occurred: in the iterations, with what other risks and responses make of it."


def risks(trials: Trials) -> Section:
    """Return the most frequent risks: name, the chance that was given, and the share of iterations with the risk."""
    shares = trials.struck
    told = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    if not told:
        return Section()
    shown = [risk for risk, _ in told[:MOST_RISKS]]
    nouns = trials.program.risks
    names = told_apart([nouns[risk].name or risk for risk in shown], shown)
    rows = [
        (name, _given(nouns[risk]), _occurred(shares[risk]) + _number(trials, risk))
        for name, risk in zip(names, shown, strict=True)
    ]
    more = len(told) - len(shown)
    columns = [Column("Risk", yields=True), Column("Chance", right=True), Column("Occurred", right=True)]
    return Section(columns, rows, [_NOTE, *([f"and {_more(more)}: --json lists them all."] if more else [])])


def _given(risk: Risk) -> str:
    if risk.arrivals is not None and risk.arrivals.rate is not None:
        return rate_text(risk.arrivals.rate)
    return "" if risk.probability is None else share_text(risk.probability)


def _number(trials: Trials, risk: str) -> str:
    """Return the mean number of times of a risk that arrives."""
    return f", {trials.arrived[risk].mean:.1f} times" if risk in trials.arrived else ""


def _occurred(share: float) -> str:
    """Return a share of the iterations; unlike a chance it may be none of them, or all."""
    return "never" if share == 0 else "always" if share == 1 else chance(share)


def _more(count: int) -> str:
    return "1 more risk" if count == 1 else f"{count:,} more risks"
