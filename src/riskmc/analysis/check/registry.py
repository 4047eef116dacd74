"""The rules of a check, in the order in which they are told, each with its words and its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from riskmc.analysis.check import amounts, dates, estimates, limits, logic, paths, register, remedies, selections
from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.remedies import Make, MakeOne
from riskmc.analysis.check.survey import Survey


@dataclass(frozen=True)
class Rule:
    """One rule: its identifier, what one and several of its findings are called, how they are found and relaxed.

    ``figure`` heads the column of its figures; ``why`` is said of several findings whose own reasons differ; ``remedy``
    is None where no paired run can tell what the findings do to P80; ``alone`` is that of one finding by itself.
    """

    id: str
    one: str
    many: str
    find: Callable[[Survey], Iterator[Finding]]
    remedy: Make | None = None
    figure: str = ""
    why: str = ""
    alone: MakeOne | None = None

    def counted(self, count: int) -> str:
        """Return ``2 open ends``."""
        return f"{count:,} {self.one if count == 1 else self.many}"


RULES: tuple[Rule, ...] = (
    Rule("no-match", "pattern without a match", "patterns without a match", selections.matches_nothing),
    Rule("not-in-plan", "name not in the plan", "names not in the plan", selections.not_in_plan),
    Rule(
        "strikes-nothing", "risk that strikes nothing", "risks that strike nothing", register.strikes_nothing,
        why="whether or not they occur, no date and no cost changes",
    ),
    Rule(
        "ties-nothing", "correlation of nothing", "correlations of nothing", selections.ties_nothing,
        why="fewer than two of the items they name have anything to correlate",
    ),
    Rule(
        "correlations-repaired", "repaired correlation", "repaired correlations", selections.repaired, figure="Change",
        why="coefficients that contradict each other were moved to the nearest consistent ones",
    ),
    Rule(
        "plan-outside-range", "plan outside its range", "plans outside their ranges", estimates.plan_outside,
        figure="Plan", why="the planned value cannot occur in the range beside it",
    ),
    Rule(
        "invalid-date", "invalid date", "invalid dates", amounts.invalid_dates,
        why="an actual date lies after the data date, or a forecast before it",
    ),
    Rule("several-finishes", "unnamed finish", "unnamed finishes", logic.several_finishes, figure="Ends"),
    Rule("open-end", "open end", "open ends", logic.open_ends, remedies.tie_ends, figure="Sets finish"),
    Rule(
        "dangling-finish", "dangling finish", "dangling finishes", logic.dangling_finishes, remedies.tie_ends,
        figure="Critical",
    ),
    Rule("dangling-start", "dangling start", "dangling starts", logic.dangling_starts),
    Rule(
        "no-path", "activity without a path to the finish", "activities without a path to the finish",
        paths.without_path, remedies.tie_ends, figure="Critical",
    ),
    Rule("lead", "lead", "leads", logic.leads, remedies.without_leads, figure="Lag"),
    Rule("long-lag", "long lag", "long lags", logic.long_lags, remedies.doubted_lags, figure="Lag"),
    Rule(
        "out-of-sequence", "link out of sequence", "links out of sequence", logic.out_of_sequence, remedies.overridden,
        why="work has gone on although what it waits for has not happened",
    ),
    Rule(
        "hard-constraint", "hard constraint", "hard constraints", dates.hard_constraints, remedies.as_planned,
        figure="Mean past", why="fixed dates would clip the simulation, which relaxes them",
        alone=remedies.only_constraint,
    ),
    Rule(
        "negative-float", "activity with negative float", "activities with negative float", amounts.negative_float,
        figure="Float",
    ),
    Rule(
        "effort-drives", "level of effort that drives", "levels of effort that drive", paths.effort_drives,
        why="level of effort follows other work; in a forecast it drives none",
    ),
    Rule(
        "long-activity", "long activity", "long activities", amounts.long_activities, remedies.with_long_ranges,
        figure="Duration",
    ),
    Rule(
        "no-range", "activity without uncertainty", "activities without uncertainty", estimates.without_range,
        remedies.with_ranges, figure="Critical",
    ),
    Rule(
        "narrow-range", "range too narrow to matter", "ranges too narrow to matter", estimates.narrow, remedies.widened,
        figure="P10 to P90",
    ),
    Rule(
        "mode-at-low", "range without an upside", "ranges without an upside",
        estimates.mode_at_low, remedies.lowered,
    ),
    Rule(
        "uncorrelated-chain", "uncorrelated chain", "uncorrelated chains", estimates.uncorrelated_chain,
        remedies.correlated, figure="Ranges",
    ),
    Rule(
        "double-counting", "range that may count twice", "ranges that may count twice",
        register.double_counting, remedies.narrowed, figure="P90 above",
        why="its range is wide by itself, and risks of the register may strike it too: is the same trouble in both?",
    ),
    Rule(
        "certain-risk", "risk of 100%", "risks of 100%", register.certain_risks, remedies.without_risks,
        figure="Chance",
    ),
    Rule(
        "not-simulated", "thing not simulated", "things not simulated", limits.not_simulated,
        why="the check runs the Monte Carlo engine, which leaves them out; a forecast runs the discrete-event engine",
    ),
    Rule(
        "low-and-high", "reading of low and high", "readings of low and high", estimates.read_as_extremes,
        remedies.read_as_percentiles, figure="Ranges",
    ),
    Rule(
        "float-only", "risk absorbed by float", "risks absorbed by float", register.float_only,
        why="what they strike drives the finish in no iteration",
    ),
    Rule(
        "holding-date", "date that holds work", "dates that hold work", dates.holding_dates, remedies.without_dates,
        figure="Critical", alone=remedies.without_date,
    ),
    Rule(
        "merge-point", "merge point", "merge points", paths.merge_points, figure="Delay",
        why="several predecessors come close together in the plan: whichever is last decides",
    ),
    Rule("late-limit", "no-later-than date", "no-later-than dates", dates.late_limits),
    Rule("open-start", "open start", "open starts", logic.open_starts),
    Rule(
        "never-applies", "range that never applies", "ranges that never apply", selections.never_applies,
        why="a later entry, or an activity's own range, counts for everything they match",
    ),
    Rule("high-float", "activity with high float", "activities with high float", amounts.high_float, figure="Float"),
    Rule("missed-task", "missed task", "missed tasks", amounts.missed, figure="Late by"),
    Rule(
        "no-resource", "activity without resources", "activities without resources", amounts.without_resources,
    ),
    Rule("unscheduled", "unscheduled activity", "unscheduled activities", limits.unscheduled),
    Rule(
        "unused", "unused item", "unused items", selections.unused, why="nothing in the program uses them",
    ),
)  # fmt: skip
RULE = {rule.id: rule for rule in RULES}
