"""Drivers: what delays the finish and raises the cost at P80: shares of the risks, and removal effects of everything.

Two questions, two figures. The *share* of a risk says how much of the delay it is: its Shapley value (1953) of P80
with some of the risks, so that the shares add up to P80 with all risks minus P80 with none. Its *removal effect* says
what is gained if it vanishes: P80 with everything minus P80 without it, from the same draws (risk prioritisation,
Hulett 2011). Ranges, drivers, choices and correlations have removal effects only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from riskmc.analysis.drivers.order import removal_order
from riskmc.analysis.drivers.result import RISK, Driver, Drivers
from riskmc.analysis.drivers.runs import Runs, alone
from riskmc.analysis.drivers.shares import RiskShares, risk_shares
from riskmc.analysis.drivers.sources import sources
from riskmc.analysis.drivers.view import view_of
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials

Groups = Mapping[str, str | Sequence[str]]
NO_SHARES = RiskShares({}, {}, 0, {})


def drivers(
    trials: Trials,
    percentile: float = 0.80,
    *,
    at: str | None = None,
    groups: Groups | None = None,
    shares: bool = True,
    removals: bool = True,
    progress: Progress | None = None,
) -> Drivers:
    """Return what delays the finish and raises the cost at a percentile: every risk, and every other source.

    Parameters
    ----------
    trials : Trials
        The program as it stands.
    percentile : float
        0 to 1; 0.80 is P80.
    at : str, optional
        A project, a milestone or a target, whose finish is explained instead of the program's; of a project its cost.
    groups : mapping of str to selectors, optional
        More groups of ranges to hold at the plan's values: ``{"Tubes": "wbs:TUBE*", "Tests": ["*.test"]}``.
    shares, removals : bool
        Leave out the shares, which take longest where there are many risks; or the removal effects of other sources
        than risks, and the removal order.
    progress : callable, optional
        Called with (done, total) as the work goes on.

    Returns
    -------
    Drivers
        Risks first, by their share of the delay. Differences are (value, low, high) with 95% intervals: simulation
        error only.

    Raises
    ------
    ArgumentError
        ``percentile`` is no share between 0 and 1 ("did you mean 0.80?"), the dates at ``at`` are not kept, or a
        group has no range.
    """
    view = view_of(trials, percentile, at)
    base = view.outcome(trials)
    if not trials.random:
        return Drivers(trials, view, (), base, base, (), (), shares, 0)
    risks, runs = list(trials.struck), Runs(trials, view)
    everything = frozenset(risks)
    told = risk_shares(runs, risks, progress) if shares and risks else NO_SHARES
    found = [*_risks(runs, risks, told), *(_others(runs, groups, progress) if removals else ())]
    finish = {risk: share.value for risk, share in told.finish.items()}
    cost = {risk: share.value for risk, share in told.cost.items()}
    return Drivers(
        trials, view, tuple(found), base, runs.outcome(everything),
        removal_order(runs, "finish", risks, finish) if removals else (),
        removal_order(runs, "cost", risks, cost) if removals else (), shares, told.pairs,
    )  # fmt: skip


def _risks(runs: Runs, risks: list[str], told: RiskShares) -> list[Driver]:
    """Return the risks, the largest share of the finish first, else the largest removal effect."""
    removals = told.removals or {
        risk: runs.gain(without) for risk, without in zip(risks, runs.each([*map(alone, risks)]), strict=True)
    }
    trials, found = runs.trials, []
    for risk in risks:
        name = trials.program.risks[risk].name or risk
        shares = told.finish.get(risk), told.cost.get(risk)
        found.append(Driver(risk, RISK, name, *shares, *removals[risk], trials.struck[risk]))
    return sorted(found, key=_weight)


def _weight(driver: Driver) -> tuple[float, ...]:
    """Return a key that puts first what matters most: by shares, then by removal effects, of finish, then of cost."""
    told = (driver.finish_days, driver.removal_finish_days, driver.cost, driver.removal_cost)
    return tuple(0.0 if one is None else -abs(one.value) for one in told)


def _others(runs: Runs, groups: Groups | None, progress: Progress | None = None) -> list[Driver]:
    """Return the sources that are no risks, the largest removal effect first."""
    found, asked = [], sources(runs.trials, groups)
    for source in asked:
        without = runs.view.outcome(simulate_like(runs.trials, source.without()))
        found.append(Driver(source.id, source.kind, source.name, None, None, *runs.gain(without)))
        if progress is not None:
            progress(len(found), len(asked))
    return sorted(found, key=_weight)
