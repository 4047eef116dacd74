"""Risks of the printed answer: the chance that the register gives each, and how often it did occur."""

from __future__ import annotations

from riskmc.forecast.figures import share_of_iterations
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.forecast.written import Written
from riskmc.program.numeral import rate_text, share_text
from riskmc.program.risk import Risk
from riskmc.reports.document.layout import Column, Section, aside
from riskmc.reports.document.sections import told_apart
from riskmc.simulation.trials import Trials

MOST_RISKS = 10
_NOTE = marked("Chance: as given. Occurred: in the iterations, with what other risks and responses make of it.")


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
        (name, _given(nouns[risk]), share_of_iterations(shares[risk]) + _number(trials, risk))
        for name, risk in zip(names, shown, strict=True)
    ]
    more = len(told) - len(shown)
    columns = [
        Column(said("Risk"), yields=True),
        Column(said("Chance"), right=True),
        Column(said("Occurred"), right=True),
    ]
    return Section(columns, rows, [said(_NOTE), *([_more(more)] if more else [])])


def _given(risk: Risk) -> str:
    if risk.arrivals is not None and risk.arrivals.rate is not None:
        return rate_text(risk.arrivals.rate)
    given = risk.probability
    return "" if given is None else Written(share_text(given), given, "chance")


def _number(trials: Trials, risk: str) -> str:
    """Return the mean number of times of a risk that arrives."""
    if risk not in trials.arrived:
        return ""
    return said(", {count} times", count=formats().number(trials.arrived[risk].mean, 1))


def _more(count: int) -> str:
    return aside(counted("and {count} more risk", "and {count} more risks", count))
