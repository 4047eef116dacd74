"""Ranges: activity by activity which range applies, where it is said, and its minimum, most likely and maximum (K1).

Exactly one range applies to a duration, and one to a fixed cost: the activity's own, else the last rule of `ranges`
that matches, else the default range. Everything is of what remains at the data date.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from riskmc.distributions import Distribution
from riskmc.forecast.card import Card, Table
from riskmc.io.range_file import COLUMNS, FIELDS, NUMBERS, PARTS, Range, Row
from riskmc.network.compiling import Settings
from riskmc.network.estimates import DEFAULT_CORRELATION, Field, Rule, last_matching, money
from riskmc.network.network import Network
from riskmc.network.refusals import beyond_monte_carlo
from riskmc.network.sizes import Number, spread
from riskmc.network.tasks import State, Task, number
from riskmc.program.explicit import explicit
from riskmc.program.former import renamed_projects
from riskmc.program.leftovers import listed
from riskmc.program.notation import kind, size_text
from riskmc.program.origin import origin_of
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.selector import select
from riskmc.program.uncertainty import RangeRule
from riskmc.simulation.arguments import read_range
from riskmc.simulation.stretching import stretched

if TYPE_CHECKING:
    import pandas as pd

OWN, REMAINING, BACKLOG, DEFAULT = "own", "own, of what remains", "backlog", "default"
_PERCENTILES = np.array([0.10, 0.90])


def ranges(program: Program, default_range: str | Size | None = None) -> pd.DataFrame:
    """Return one row an activity, indexed by path in file order: which range applies to its duration and fixed cost.

    Columns, each for ``duration_`` (days) and ``cost_`` (money): ``planned`` (what remains), ``left`` (its share of the
    whole), ``minimum``, ``most_likely``, ``maximum`` (NaN where there is none), ``p10``, ``p90``, ``family``, ``range``
    as written, ``sizes``, ``shared`` (the name under which sizes are drawn together), ``rule`` (empty where the planned
    value counts) and ``place``, file and line. Raises what compiling a program raises.
    """
    import pandas as pd

    columns = [column for column in COLUMNS if not column.endswith("_exported")]
    table = [_flat(row) for row in range_table(program, default_range).rows]
    return pd.DataFrame(table, columns=columns).set_index("activity")


def _flat(row: Row) -> dict[str, object]:
    """Return a row as its columns; a number that there is not is NaN."""
    out: dict[str, object] = {"activity": row.activity, "name": row.name, "state": row.state, "unit": row.unit}
    for name in FIELDS:
        said = asdict(getattr(row, name))
        for part in PARTS[:-1]:
            missing = part in ("planned", *NUMBERS) and said[part] is None
            out[f"{name}_{part}"] = math.nan if missing else said[part]
    return out


class RuleUse(NamedTuple):
    """One rule of `ranges`: whom it is for, where it stands, how many activities it matches and for how many it counts.

    ``durations`` and ``costs`` are those for which no own range and no later rule counts instead.
    """

    number: int
    name: str
    duration: str
    cost: str
    sizes: str
    place: str
    matches: int
    durations: int
    costs: int


class RangeTable(NamedTuple):
    """The ranges of a program (as compiled): a row an activity in file order, its rules, and what matched nothing."""

    program: Program
    rows: list[Row]
    rules: list[RuleUse]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return self._card().text(type(self).__name__)

    def _repr_html_(self) -> str:
        return self._card().html()

    def _card(self) -> Card:
        """Return what a notebook shows: how many activities have a range, and how far each rule reaches."""
        durations = sum(bool(row.duration.rule) for row in self.rows)
        costs = sum(bool(row.cost.rule) for row in self.rows)
        figures = [
            ("activities", f"{len(self.rows):,}", False),
            ("durations with a range", f"{durations:,}", False),
            ("costs with a range", f"{costs:,}", False),
        ]
        rules = [(use.name, f"{use.matches:,}", f"{use.durations:,}", f"{use.costs:,}") for use in self.rules]
        table = Table(("matches", "durations", "costs"), rules) if rules else None
        return Card(self.program.program, "Ranges", figures, table, self.notes)


def range_table(program: Program, default_range: str | Size | None = None) -> RangeTable:
    """Return which range applies to every activity, and how far each rule reaches."""
    default = read_range(default_range)
    settings = Settings(default_range=default, ignore=beyond_monte_carlo(program)[0])
    network = stretched(program, settings, lambda network: network)
    survey = _Survey(program, network, default)
    own = program.activities()  # the work that responses add is ranged where they are written
    rows = [survey.row(task) for task in network.tasks if task.path in own]
    return RangeTable(network.program, rows, survey.rules(rows), (*program.notes, *listed(program)))


def range_rows(program: Program, network: Network) -> dict[str, Row]:
    """Return the row of every activity of a compiled program, by path."""
    survey = _Survey(program, network, None)
    return {task.path: survey.row(task) for task in network.tasks}


class Numbers(NamedTuple):
    """Minimum, mode, maximum, P10 and P90 of a distribution."""

    minimum: float
    most_likely: float | None
    maximum: float
    p10: float
    p90: float


class _Applied(NamedTuple):
    """What applies to a field of an activity: a size, how it is drawn, where it stands, and its numbers and scale."""

    size: Size
    reading: str | None
    sizes: str
    shared: str
    rule: str
    place: str
    numbers: Numbers
    scale: float


@dataclass(frozen=True, eq=False)
class _Survey:
    """A compiled program, and which rule applies to each activity."""

    program: Program
    network: Network
    default_range: Size | None
    _shares: dict[tuple[Size, str | None], Numbers] = field(default_factory=dict)

    @cached_property
    def _selected(self) -> list[tuple[str, ...]]:
        tasks, plan = self.network.tasks, self.network.plan
        critical = {task.path for task in tasks if plan.critical[task.number] and not task.activity.margin}
        whole = self.network.program
        return [select(whole, rule.on, rule.except_, lambda: critical) for rule in whole.ranges]

    @cached_property
    def _rules(self) -> Mapping[Field, Mapping[str, Rule]]:
        whole = self.network.program
        return last_matching(whole, list(zip(whole.ranges, self._selected, strict=True)))

    @cached_property
    def _entries(self) -> Mapping[Field, dict[str, int]]:
        """The number of the rule that applies, by field and path."""
        found: dict[Field, dict[str, int]] = {"duration": {}, "cost": {}}
        for place, (rule, paths) in enumerate(zip(self.network.program.ranges, self._selected, strict=True)):
            template = self.network.program.templates.get(rule.use) if rule.use else None
            for name in found:
                if getattr(rule, name) is not None or (template is not None and getattr(template, name) is not None):
                    found[name].update(dict.fromkeys(paths, place))
        return found

    def rules(self, rows: Sequence[Row]) -> list[RuleUse]:
        """Return what each rule says and how far it reaches."""
        return [self._use(place, rows) for place in range(len(self.network.program.ranges))]

    def _use(self, place: int, rows: Sequence[Row]) -> RuleUse:
        rule = self.network.program.ranges[place]
        template = self.network.program.templates.get(rule.use) if rule.use else None
        reading = rule.elicited_as or (template.elicited_as if template else None) or self.program.elicited_as
        said = [getattr(rule, name) or (getattr(template, name) if template else None) for name in FIELDS]
        texts = ["" if size is None else size_text(explicit(size, reading)) for size in said]
        name = self._name(place)
        durations, costs = (sum(getattr(row, field).rule == name for row in rows) for field in FIELDS)
        matches, where = len(self._selected[place]), self._where(("ranges", place))
        return RuleUse(place, name, texts[0], texts[1], _sizes(rule), where, matches, durations, costs)

    def row(self, task: Task) -> Row:
        """Return the row of one activity."""
        activity = task.activity
        unit = "ed" if task.elapsed else "d"
        return Row(task.path, activity.name or "", _state(task), unit, self._duration(task), self._cost(task))

    def _duration(self, task: Task) -> Range:
        if not task.samples or task.remaining <= 0:
            return Range()
        axis = self.network.axis
        day = axis.calendars[task.calendar].day_minutes
        left = task.own_scale if task.own_name == "duration" else 1.0
        planned = task.remaining / day
        if task.backlog is not None:
            return Range(planned=planned, left=left, family="worked off", rule=BACKLOG)
        applied: _Applied | None
        if task.own is not None:
            applied = self._own(task, "duration", _numbers(task.own), task.own_scale / day)
        else:
            numbers = number(axis, task.calendar, 1.0)
            applied = self._ruled(task, "duration", numbers, planned, task.own_scale / day)
        return _range(planned, left, applied)

    def _cost(self, task: Task) -> Range:
        fixed = None if task.activity.cost is None else task.activity.cost.fixed
        if fixed is None or task.state is State.FINISHED:
            return Range()
        left = task.cost_share
        planned = None if fixed.plan is None else fixed.plan.value * left
        if fixed.range is None:
            applied = self._ruled(task, "cost", money(1.0), planned or 0.0, left)
        else:
            base = None if fixed.plan is None else fixed.plan.value
            measure = _numbers(spread(fixed.range, money(base), self._reading(task)))
            applied = self._own(task, "cost", measure, left)
        return _range(planned, left, applied if planned or fixed.range is not None else None)

    def _reading(self, task: Task) -> str | None:
        return task.activity.elicited_as or self.program.elicited_as

    def _own(self, task: Task, name: Field, measure: Numbers, scale: float) -> _Applied:
        activity, rule = task.activity, OWN
        where = self._written(task)
        if name == "cost":
            size = activity.cost.fixed.range if activity.cost and activity.cost.fixed else None
        elif task.own_name == "remaining":
            rule, size = REMAINING, activity.progress.remaining if activity.progress else None
        else:
            size = activity.duration.range if activity.duration else None
        assert size is not None
        word = "progress" if rule is REMAINING else name
        return _Applied(size, self._reading(task), "own", "", rule, self._where((*where, word)), measure, scale)

    def _written(self, task: Task) -> Place:
        """Return the place of an activity in the program file, which may still say its old name."""
        program = self.network.program
        homes = {new: old for old, new in renamed_projects(program.renamed, {*program.projects}).items()}
        home = homes.get(task.project, task.project)
        path = program.former().get(task.path, task.path)
        names = [(home, path.removeprefix(f"{home}.")), (home, task.path.removeprefix(f"{task.project}."))]
        origin = origin_of(self.program)
        known = [place for at, name in names if origin and origin.line(place := ("projects", at, "activities", name))]
        return known[0] if known else ("projects", task.project, "activities", names[1][1])

    def _ruled(self, task: Task, what: Field, unit: Number, base: float, left: float) -> _Applied | None:
        """Return the rule that applies; shares are of ``base``, and of sizes of the whole ``left`` is left to do."""
        rule, place = self._rules[what].get(task.path), self._entries[what].get(task.path)
        default = self.default_range if what == "duration" else None
        size = default if rule is None else rule.size
        if size is None:
            return None
        reading = rule.elicited_as if rule is not None else self.program.elicited_as
        scale = base if kind(size) == "share" else left
        measure = self._measured(size, unit, reading)
        if rule is None or place is None:
            return _Applied(size, reading, f"correlated {DEFAULT_CORRELATION:g}", DEFAULT, DEFAULT, "", measure, scale)
        shared = rule.key if rule.sizes != "own" else ""
        sizes = _sizes(rule)
        name = self._name(place)
        return _Applied(size, reading, sizes, shared, name, self._where(("ranges", place)), measure, scale)

    def _measured(self, size: Size, unit: Number, reading: str | None) -> Numbers:
        """Return the numbers of a size; those of shares are the same for all activities."""
        if kind(size) != "share":
            return _numbers(spread(size, unit, reading))
        if (size, reading) not in self._shares:
            self._shares[size, reading] = _numbers(spread(size, unit, reading))
        return self._shares[size, reading]

    def _name(self, place: int) -> str:
        """Return what a rule is called: its number, whom it is for, and its template."""
        rule = self.network.program.ranges[place]
        left_out = f" except {', '.join(rule.except_)}" if rule.except_ else ""
        return f"ranges[{place}] {', '.join(rule.on)}{left_out}{f' ({rule.use})' if rule.use else ''}"

    def _where(self, place: Place) -> str:
        origin = origin_of(self.program)
        return "" if origin is None else origin.where(place)


def _sizes(rule: Rule | RangeRule) -> str:
    return f"correlated {rule.correlation!r}" if rule.sizes == "correlated" else rule.sizes or "own"


def _state(task: Task) -> str:
    """Return what kind of activity it is, where no work of it remains to be done, else where it stands."""
    words: Sequence[tuple[bool, str]] = (
        (task.state is State.FINISHED, "finished"),
        (task.milestone is not None, "milestone"),
        (task.follows, "level of effort"),
        (task.activity.margin, "margin"),
    )
    return next((word for is_so, word in words if is_so), task.state.value)


def _range(planned: float | None, left: float, applied: _Applied | None) -> Range:
    """Return a range in days or money."""
    if applied is None:
        return Range(planned=planned, left=left)
    low, mode, high, p10, p90 = (_times(value, applied.scale) for value in applied.numbers)
    return Range(
        planned, left, low, mode, high, p10, p90,
        applied.size.family or "", size_text(explicit(applied.size, applied.reading)), applied.sizes, applied.shared,
        applied.rule, applied.place,
    )  # fmt: skip


def _times(value: float | None, scale: float) -> float | None:
    return None if value is None or not math.isfinite(value) else value * scale


def _numbers(measure: Distribution) -> Numbers:
    low, high = measure.support()
    p10, p90 = (float(value) for value in measure.quantile(_PERCENTILES))
    return Numbers(low, measure.mode(), high, p10, p90)


__all__ = ["RangeTable", "RuleUse", "range_rows", "range_table", "ranges"]
