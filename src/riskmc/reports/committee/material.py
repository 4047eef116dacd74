"""Material: everything that a committee report is made of: the trials, and what each analysis says about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from riskmc.analysis.cash import CashFlow, cash_flow
from riskmc.analysis.check import Findings, check
from riskmc.analysis.check.checking import ITERATIONS
from riskmc.analysis.comparison import Comparison, compare
from riskmc.analysis.contingency import Contingency, contingency
from riskmc.analysis.crosscheck import Crosscheck
from riskmc.analysis.diff import ProgramDiff
from riskmc.analysis.drivers import Drivers, drivers
from riskmc.analysis.responses import ResponseFrontier, Responses, response_frontier, responses
from riskmc.analysis.waterfall import Waterfall, waterfall
from riskmc.reports.committee.proposal import Proposal, propose
from riskmc.reports.document.opening import FEWEST, committed
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials

PARTS = 7  # analyses that tell how far they are


@dataclass(frozen=True, eq=False)
class Material:
    """The trials that are reported, and the analyses of them; None where a program gives nothing to analyse.

    ``after`` explains the same percentile with what is proposed. ``changed`` is what moved since the program that was
    reported before, ``crosscheck`` how far the engines agree; ``left_out`` says what the report does without, and why.
    """

    trials: Trials
    findings: Findings | None = None
    comparison: Comparison | None = None
    changed: ProgramDiff | None = None
    crosscheck: Crosscheck | None = None
    left_out: tuple[str, ...] = ()
    drivers: Drivers | None = None
    waterfall: Waterfall | None = None
    contingency: Contingency | None = None
    cash: CashFlow | None = None
    responses: Responses | None = None
    proposal: Proposal | None = None
    after: Drivers | None = None

    @property
    def level(self) -> float:
        """The percentile to which the organisation commits."""
        return committed(self.trials)

    @property
    def explained(self) -> bool:
        """Whether there is a forecast, of iterations enough for a verdict."""
        return self.trials.random and len(self.trials) >= FEWEST


def gather(
    trials: Trials,
    *others: Trials,
    changed: ProgramDiff | None = None,
    crosscheck: Crosscheck | None = None,
    left_out: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Material:
    """Return what a report on ``trials`` is made of, with ``others`` as scenarios beside it.

    Of a plan without a forecast, and of too few iterations for a verdict, nothing is explained.
    """
    part = partial(_part, progress)
    compared = compare(trials, *others) if others else None
    trials = trials if compared is None else compared.base
    told = Material(trials, _findings(trials, part(0)), compared, changed, crosscheck, left_out)
    if not told.explained:
        return told
    level = told.level
    found = drivers(trials, level, removals=not trials.struck, progress=part(1))
    frontier = _frontier(trials, level, part(2))
    proposal = None if frontier is None else propose(frontier, part(3))
    return replace(
        told,
        drivers=found,
        waterfall=waterfall(found, level, part(4)),
        contingency=contingency(found),
        cash=cash_flow(trials, "quarter", part(5)) if trials.has_cost else None,
        responses=responses(trials, level, progress=part(6)) if trials.again().program.responses else None,
        proposal=proposal,
        after=None if proposal is None else drivers(proposal.with_it, level, removals=False),
    )


def _part(progress: Progress | None, place: int) -> Progress | None:
    """Return what tells how far one of the analyses is, as a part of them all."""
    if progress is None:
        return None
    return lambda done, total: progress(1_000 * place + 1_000 * done // max(total, 1), 1_000 * PARTS)


def _findings(trials: Trials, progress: Progress | None) -> Findings:
    """Return the findings, with the figures that `check` itself has of them."""
    again = trials.again()
    return check(
        again.program, min(ITERATIONS, len(trials)), trials.seed, threads=again.threads,
        mitigation=again.settings.mitigation, default_range=again.settings.default_range, progress=progress,
    )  # fmt: skip


def _frontier(trials: Trials, level: float, progress: Progress | None) -> ResponseFrontier | None:
    """Return which responses to buy for an earlier finish; None where none is proposed, or all of them act already."""
    program = trials.again().program
    proposed = any(response.status == "proposed" for response in program.responses.values())
    if not proposed or trials.mitigation != "current":
        return None
    return response_frontier(trials, "finish", level, progress=progress)
