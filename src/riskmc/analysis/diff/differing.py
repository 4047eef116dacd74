"""Diff: two programs compared by meaning: `rm.diff("june.yaml", "july.yaml")`, `riskmc diff OLD NEW`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from os import PathLike

from riskmc.analysis.diff.attribution import attributed
from riskmc.analysis.diff.changes import ORDER_OF_RANGES, ProgramChange, changed_pieces
from riskmc.analysis.diff.effects import Runs
from riskmc.analysis.diff.grouping import gathered, grouped
from riskmc.analysis.diff.mixing import binds
from riskmc.analysis.diff.names import names_of
from riskmc.analysis.diff.pieces import ACTIVITIES, Piece, Words, keys_of, reordered, take_apart
from riskmc.analysis.diff.program_diff import ProgramDiff
from riskmc.analysis.diff.renaming import new_names, renamed_items, under_new_names
from riskmc.errors import ArgumentError
from riskmc.io import read
from riskmc.network.dynamics.pools import Dispatch
from riskmc.network.network import Constraints, Mitigation
from riskmc.network.refusals import Engine
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.simulation.engine import ENGINES, needed_engine, simulate, simulate_like
from riskmc.simulation.hooks import UserPolicy
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Sampling

MOST_GROUPS = 24


def diff(
    old: Program | str | PathLike[str],
    new: Program | str | PathLike[str],
    iterations: int | range = 10_000,
    seed: int = 1,
    *,
    threads: int | None = None,
    sampling: Sampling = "montecarlo",
    mitigation: Mitigation = "current",
    default_range: str | Size | None = None,
    ignore: Sequence[str] = (),
    constraints: Constraints = "relaxed",
    engine: Engine | None = None,
    dispatch: Dispatch = "late-finish",
    strict: bool = False,
    policies: Sequence[UserPolicy] = (),
    groups: int = MOST_GROUPS,
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
) -> ProgramDiff:
    """Return what changed from one program to another, and how far each change moves P50 and P80 of finish and cost.

    Items are matched by identifier, by `renamed:`, and activities by their GUID; display names and order count for
    nothing. Both programs are simulated with the same draws, and so is the old one with choices of the changes made.
    The share of a change is its Shapley value (1953): what it adds, averaged over all orders in which the changes
    could have been made. Shares add up to the movement exactly.

    Parameters
    ----------
    old, new : Program or path
        Two programs, or files that `read` understands.
    iterations, seed, threads, sampling, mitigation, default_range, ignore, constraints, dispatch, strict, policies
        As in `simulate`, for both programs alike.
    engine : {"monte-carlo", "discrete-event"}, optional
        Default: the one that both programs together need.
    groups : int
        About how many groups of changes are told apart; beyond it those of one kind and project count as one.
    progress : callable, optional
        Called with (programs simulated, programs to simulate).

    Raises
    ------
    ProgramError, UnsupportedError, ArgumentError
        One of the programs is wrong, or needs the other engine.
    """
    if groups < 1:
        raise ArgumentError(f"groups: at least one, got {groups}")
    first, second = (one if isinstance(one, Program) else read(one) for one in (old, new))
    needs = [needed_engine(one, ignore) for one in (first, second)]
    before = simulate(
        first, iterations, seed, threads=threads, sampling=sampling, mitigation=mitigation, notice=notice,
        default_range=default_range, ignore=ignore, constraints=constraints,
        engine=engine or (None if policies else max(needs, key=ENGINES.index)), policies=policies,
        dispatch=dispatch, strict=strict,
    )  # fmt: skip
    after = simulate_like(before, second)
    renamed = under_new_names(first, second)
    changes, parts = program_changes(first, second)
    told = grouped(changes, *parts, reordered(renamed, second))
    runs = Runs(before, after, renamed, gathered(told, second, groups))
    shares, method = attributed(runs, seed, progress)
    return ProgramDiff(before, after, tuple(changes), shares, method, len(told))


_MONEY = ("funding_rule", "fiscal_year_starts")
Parts = tuple[dict[Piece, Words], dict[Piece, Words]]


def program_changes(old: Program, new: Program) -> tuple[list[ProgramChange], Parts]:
    """Return every change from the old program to the new one, and the pieces of both under the new names."""
    renamed = under_new_names(old, new)
    before, after = take_apart(renamed, new), take_apart(new, renamed)
    called = [
        ProgramChange(Piece(ACTIVITIES, now), "renamed", "", path, now, "words")
        for path, now in new_names(old, new).items()
    ]
    orders = [", ".join(piece.id for piece in keys_of("ranges", one.ranges)) for one in (renamed, new)]
    moved = [ProgramChange(ORDER_OF_RANGES, "changed", "", orders[0], orders[1], "forecast")]
    ranges = moved if reordered(renamed, new) else []
    found = (_reaching(one, old, new) for one in changed_pieces(before, after, renamed_items(old, new)))
    names = names_of(old, new)
    return [replace(one, names=names) for one in (*called, *found, *ranges)], (before, after)


def _reaching(change: ProgramChange, old: Program, new: Program) -> ProgramChange:
    """Return the change of a promise or a rule of money as one that can move dates, where work hangs on it."""
    piece = change.piece
    money = piece.section == "funding" or piece.id in _MONEY
    watched = piece.section == "targets" and bool(old.policies or new.policies)
    reaches = change.reach == "promise" and ((money and binds(old, new)) or watched)
    return replace(change, reach="forecast") if reaches else change
