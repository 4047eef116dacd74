"""Policies of the printed answer: how often managers reacted, and from when on."""

from __future__ import annotations

from riskmc.forecast.figures import share_of_iterations, start_day
from riskmc.forecast.language import formats, marked, said
from riskmc.forecast.written import Written
from riskmc.program.policy import Policy
from riskmc.reports.document.layout import Column, Section
from riskmc.simulation.trials import Trials

_NOTE = marked("Acts: share of iterations. Times: mean over all of them. First: mean of those in which it acts.")
_KINDS = {
    "overtime": marked("overtime"),
    "crash": marked("crashing"),
    "add_units": marked("more units"),
    "prioritise": marked("other priorities"),
}


def policies(trials: Trials) -> Section:
    """Return what each policy of the file did, by name: in how many iterations, how often, and when first."""
    if not trials.acted:
        return Section()
    rows = [
        (
            f"{name} ({said(_kind(trials.program.policies[name]))})",
            share_of_iterations(acted.share),
            Written(formats().number(acted.times, 1), acted.times, "number"),
            "" if acted.first is None else start_day(acted.first),
        )
        for name, acted in trials.acted.items()
    ]
    columns = [
        Column(said("Policy"), yields=True),
        *(Column(said(word), right=True) for word in (marked("Acts"), marked("Times"), marked("First"))),
    ]
    return Section(columns, rows, [said(_NOTE)])


def _kind(policy: Policy) -> str:
    return next(text for kind, text in _KINDS.items() if getattr(policy.do, kind) is not None)
