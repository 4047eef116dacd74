"""Comparison of scenarios: how far each moves finish, cost and the chance of every target, P50 and P80 included (A3).

Every difference is taken iteration by iteration from the same random draws (`paired`), so that it is far better known
than either forecast. What a scenario leaves as it is differs by exactly zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_matrix import AS_IT_STANDS, Matrix
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.interval import CONFIDENCE
from riskmc.forecast.language import in_a_row, marked, phrases
from riskmc.simulation.engine import needed_engine
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

LIMITS = marked("so the plan's own resource limits act here, as they do not in a forecast of it by itself")
LEVELS = (0.10, 0.50, 0.80, 0.90)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Shown):
    """Scenarios beside the program as it stands: ``changes`` by identifier, in the order in which they were given.

    ``comparison["respond"].finish().quantile(0.80)`` is a paired difference: (value, low, high), in days of 24 hours,
    positive is later.
    """

    base: Trials
    changes: Mapping[str, Change]

    def __getitem__(self, name: str) -> Change:
        if name not in self.changes:
            raise ArgumentError(f"no scenario {name!r} was compared; there are {', '.join(self.changes)}")
        return self.changes[name]

    def __len__(self) -> int:
        return len(self.changes)

    @cached_property
    def contenders(self) -> Matrix:
        """The program as it stands and every scenario, each against each: ``contenders.winner("finish", 0.80)``."""
        return Matrix({AS_IT_STANDS: self.base, **{key: change.other for key, change in self.changes.items()}})

    def matrix(self, levels: tuple[float, ...] = (0.50, 0.80)) -> pd.DataFrame:
        """Return one row for every two contenders, either way round: paired differences with their intervals.

        Columns ``finish_p80_days``, ``finish_p80_days_low`` and so on, ``cost_p80_EUR``, ``joint_share``.
        """
        return self.contenders.to_frame(levels)

    def milestones(self, p: float = 0.80) -> pd.DataFrame:
        """Return one row for every two contenders and each project or milestone: how far its p-quantile differs."""
        return self.contenders.milestones(p)

    def ranking(self, p: float = 0.80) -> pd.DataFrame:
        """Return one row a contender: which wins on finish, on cost and on both, and how sure that is."""
        return self.contenders.ranking(p)

    def to_frame(self, levels: tuple[float, ...] = LEVELS) -> pd.DataFrame:
        """Return one row a difference: scenario, outcome, place, measure, unit, value and its 95% interval.

        ``outcome`` is finish (unit days of 24 hours, positive is later), cost (currency units) or chance (a share);
        ``at`` is the program (None), a project or a milestone; ``measure`` is P80 and the like, mean, or a target.
        """
        import pandas as pd

        rows = [(name, *row) for name, change in self.changes.items() for row in change.rows(levels)]
        columns = ["scenario", "outcome", "at", "measure", "unit", "value", "simulation_low", "simulation_high"]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.base))} · {self.base.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: one row a scenario."""
        told = {change.name: {name: _with(value, interval) for name, value, interval in change.figures()}
                for change in self.changes.values()}  # fmt: skip
        headings = tuple(dict.fromkeys(heading for figures in told.values() for heading in figures))
        rows = [(name, *(figures.get(heading, "") for heading in headings)) for name, figures in told.items()]
        note = f"{CONFIDENCE:.0%} intervals of paired differences: simulation error only"
        return Card(self.base.program.program, "Comparison", (), Table(headings, rows), (), note, self.foot)


def compare(base: Trials, *others: Trials, names: Iterable[str] | None = None) -> Comparison:
    """Return the paired differences of ``others`` from ``base``, iteration by iteration.

    Parameters
    ----------
    base : Trials
        The program as it stands.
    others : Trials
        The same with a scenario, another mitigation state, other constraints: same seed and iterations.
    names : iterable of str, optional
        What to call each of the others; default: its scenario, else what else sets it apart.

    Raises
    ------
    ArgumentError
        There is nothing to compare, or the runs are not paired: another seed, other iterations.
    """
    if not others:
        raise ArgumentError("compare needs at least two runs: the program as it stands, and a scenario of it")
    for other in others:
        _check_paired(base, other)
    chosen = [_name(base, other) for other in others] if names is None else [str(name) for name in names]
    if len(chosen) != len(others):
        raise ArgumentError(f"names: one for each of the {len(others)} runs, got {len(chosen)}")
    changes = {key: _change(base, other, key) for key, other in zip(_apart(chosen), others, strict=True)}
    return Comparison(_noted(base, [change for change in changes.values() if _needs_events(change.other)]), changes)


def _noted(base: Trials, needing: Sequence[Change]) -> Trials:
    """Return the base with a note where it met the discrete-event engine only because others need that."""
    if not needing or _needs_events(base):
        return base
    told = phrases(
        "all runs are by the discrete-event engine, which {names} needs and the program as it stands does not",
        "all runs are by the discrete-event engine, which {names} need and the program as it stands does not",
        len(needing),
        names=in_a_row([change.name for change in needing]),
    )
    limits = [LIMITS] if any(one.from_plan and one.capacity for one in base.program.resources.values()) else []
    return replace(base, notes=(*base.notes, told, *limits))


def _needs_events(trials: Trials) -> bool:
    """Return whether what was run needs the discrete-event engine, and had it."""
    if trials.engine != "discrete-event" or trials.rerun is None:
        return False
    settings = trials.rerun.settings
    return bool(settings.hooks) or needed_engine(trials.program, settings.ignore) == "discrete-event"


def _check_paired(base: Trials, other: Trials) -> None:
    """Refuse runs whose iterations did not meet the same draws."""
    for what, mine, theirs in (
        ("seed", base.seed, other.seed),
        ("iterations", base.iterations, other.iterations),
        ("sampling", base.sampling, other.sampling),
        ("engine", base.engine, other.engine),
        ("riskmc version", base.version, other.version),
    ):
        if mine != theirs:
            raise ArgumentError(
                f"compared runs share the {what}, else their differences are mostly chance: got {_told(mine)} and "
                f"{_told(theirs)}; simulate both alike"
            )


def _told(value: object) -> str:
    if isinstance(value, range):
        return f"{len(value):,}" + (f" from {value.start:,} on" if value.start else "")
    return str(value)


def _change(base: Trials, other: Trials, key: str) -> Change:
    scenario = base.program.scenarios.get(key)
    return Change((scenario.name if scenario is not None else None) or key, base, other)


def _name(base: Trials, other: Trials) -> str:
    """Return what sets the other run apart: its scenario, else its program, mitigation or constraints."""
    if other.scenario is not None:
        return other.scenario
    if other.hash != base.hash:
        known = (name for name in base.program.scenarios if base.program.scenario(name).hash() == other.hash)
        return next(known, other.program.program)
    if other.mitigation != base.mitigation:
        return f"mitigation {other.mitigation}"
    return f"constraints {other.constraints}" if other.constraints != base.constraints else "unchanged"


def _apart(names: list[str]) -> list[str]:
    """Return the names with a number behind those that came before."""
    return [
        f"{name} ({names[: place + 1].count(name)})" if name in names[:place] else name
        for place, name in enumerate(names)
    ]


def _with(value: str, interval: str) -> str:
    """Return a figure with its interval, if it has one."""
    return f"{value} ({interval})" if interval else value
