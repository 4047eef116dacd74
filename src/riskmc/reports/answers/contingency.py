"""Contingency as `riskmc contingency` prints it: what P80 needs, what is held, the funding, the parts, the drawdown.

Printed parts add up to the printed whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from riskmc.analysis.contingency import Allocation, Contingency, Drawdown
from riskmc.analysis.contingency.allocation import BEFORE, ESTIMATES, PROJECT, Part
from riskmc.analysis.contingency.needed import Needed
from riskmc.analysis.contingency.requirement import LEVELS
from riskmc.analysis.drivers import Drivers
from riskmc.analysis.drivers.digits import Amounts, Days
from riskmc.analysis.paired import Difference
from riskmc.analysis.shapley import apportioned
from riskmc.forecast import Probability
from riskmc.forecast.differences import ends_text, signed, signed_money
from riskmc.forecast.figures import DASH, chance, level_name, shortened, start_day
from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.forecast.written import Written
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered, with_interval
from riskmc.simulation.trials import CENTS

NAME_WIDTH = 40
TOTAL = marked("Contingency")
FIXED = marked("the cost is the same in every iteration, so money needs none")
READING = marked(
    "Base: the plan without schedule margin and contingency. Needed: the percentile minus the base; days have 24 "
    "hours, negative parts lessen the need. A part is a share of the need, not what removing it saves."
)
_LAYERS = {
    "base": marked("Base"),
    "contingency": marked("Contingency"),
    "management reserve": marked("Management reserve"),
    "funding": marked("Funding"),
}
_OWNERS = {  # those that a file has without saying so
    "project manager": marked("Project manager"),
    "program manager": marked("Program manager"),
    "sponsor": marked("Sponsor"),
}
ENDLESS = marked("{level} falls on iterations that do not end: no less than that is needed.")
RELEASE = marked(
    "Still needed: simulated again at each date as if all had gone as planned until then. What is needed less than "
    "before may be released. Management reserve stands apart."
)

Row = Sequence[str]


def tell_contingency(
    found: Contingency, drawdown: Drawdown | None = None, width: int = WIDTH, colour: bool = False
) -> str:
    """Return the printed contingency as text of ``width`` columns, with the drawdown where one is given."""
    return rendered([*contingency_sentences(found), *_keys(found)], _sections(found, drawdown), width, colour)


def _keys(found: Contingency) -> list[str]:
    """Return how to write in a file what is held, where nothing is."""
    margin = [] if found.held.finish_days is not None else ["an activity with `margin: true`"]
    money = ["an entry of `costs` with `contingency: true`"] if _Told(found).priced and found.held.cost is None else []
    missing = " and ".join([*margin, *money])
    return [f"What is held is marked in the file: {missing}."] if missing else []


def contingency_sentences(found: Contingency) -> list[str]:
    """Return what is needed and what is held, in two sentences."""
    return _Told(found).opening()


def contingency_sections(found: Contingency, drawdown: Drawdown | None = None) -> Iterator[Section]:
    """Yield what is needed and held, the funding, its parts, the drawdown, and how to read them."""
    return _Told(found).sections(drawdown)


def _sections(found: Contingency, drawdown: Drawdown | None) -> Iterator[Section]:
    yield from contingency_sections(found, drawdown)
    yield remarks.conditions(found.trials)
    yield remarks.provenance(found.trials)


@dataclass(frozen=True)
class _Told:
    """One contingency, and the digits in which it is printed: those of the shares of its risks."""

    found: Contingency

    @property
    def priced(self) -> bool:
        """Whether there is anything to say of money: the cost varies, or contingency is held for it."""
        cents = self.found.trials.cost_cents
        return bool(cents.min() != cents.max()) or self.found.held.cost is not None

    @property
    def level(self) -> str:
        """The name of the percentile: P80."""
        return level_name(self.found.percentile)

    @cached_property
    def needed(self) -> Needed:
        """What the level needs."""
        return self.found.needed()

    @cached_property
    def drivers(self) -> Drivers:
        """The risks and their shares."""
        assert self.found.sources.drivers is not None
        return self.found.sources.drivers

    @cached_property
    def dates(self) -> Days:
        """How dates are printed."""
        digits = self.drivers.digits("finish")
        assert isinstance(digits, Days)
        return digits

    @cached_property
    def amounts(self) -> Amounts:
        """How money is printed."""
        digits = self.drivers.digits("cost")
        assert isinstance(digits, Amounts)
        return digits

    # ------------------------------------------------------------------------------ words for figures

    def dear(self, amount: float) -> int:
        """Return an amount in steps of the last printed digit."""
        return round(amount / self.amounts.unit)

    def late(self, told: Needed) -> int:
        """Return days above the base: from the printed date of the base to that of the percentile."""
        ends = minutes_of(told.finish), self.found.trials.plan.finish
        later, base = map(self.dates.level, ends)
        return later - base

    def days(self, told: Needed) -> tuple[str, str]:
        """Return days above the base and their interval."""
        return self.dates.text(self.late(told)), _days_apart(told.finish_days)

    def above(self, told: Difference) -> int:
        """Return money above the base in steps of the last printed digit: the printed percentile minus the base."""
        base = self.found.trials.plan.cost_cents / CENTS
        return self.dear(base + told.value) - self.dear(base)

    def money(self, told: Difference) -> tuple[str, str]:
        """Return money above the base and its interval."""
        return self.amounts.text(self.above(told)), self.money_interval(told)

    def money_interval(self, told: Difference | None) -> str:
        """Return the interval of an amount, the scale once."""
        money = replace(self.amounts.money, currency="", suffix="")
        return _ends(told, lambda end: signed_money(end, money), self.amounts.money.ending)

    # ------------------------------------------------------------------------------ the answer

    def opening(self) -> list[str]:
        """Return what is needed and what is held, in two sentences."""
        name = shortened(self.found.trials.program.program, NAME_WIDTH)
        values = {"name": name, "level": self.level, "days": _plain(self.days(self.needed))}
        if not self.priced:
            needs = said("{name} needs {days} on top of its base to reach {level}.", **values)
        else:
            values["money"] = _plain(self.money(self.needed.cost))
            needs = said("{name} needs {days} and {money} on top of its base to reach {level}.", **values)
        endless = [said(ENDLESS, level=self.level)] if self.needed.endless else []
        return [needs, *endless, self._held_sentence()]

    def _held_sentence(self) -> str:
        text = "; ".join(self._holdings())
        return f"{text[0].upper()}{text[1:]}."

    def _holdings(self) -> Iterator[str]:
        """Yield in how many iterations what is held suffices, what is not held, and whether money needs any."""
        held = self.found.held
        if held.finish_days is not None:
            yield said(
                "the schedule margin of {days} suffices in {share} of the iterations",
                days=_days(held.finish_days), share=_share(held.finish_level),
            )  # fmt: skip
        if held.cost is not None:
            money, share = self.amounts.money(held.cost), _share(held.cost_level)
            yield said("the cost contingency of {money} in {share}", money=money, share=share)
        unpriced = self.priced and held.cost is None
        if held.finish_days is None and unpriced:
            yield said("no schedule margin and no cost contingency are held")
        elif held.finish_days is None:
            yield said("no schedule margin is held")
        elif unpriced:
            yield said("no cost contingency is held")
        if self.found.trials.has_cost and not self.priced:
            yield said(FIXED)

    def sections(self, drawdown: Drawdown | None) -> Iterator[Section]:
        """Yield the tables, and what to know of them."""
        yield self._levels()
        yield self._held()
        yield self._funding() if self.priced else Section()
        yield self._sources()
        yield self._projects() if self.priced else Section()
        yield self._responses()
        yield self._drawdown(drawdown) if drawdown is not None else Section()
        yield Section(notes=[f"{said(READING)} {said(remarks.SIMULATION_ERROR)}"])

    def _levels(self) -> Section:
        columns = [Column(said("Needed")), *with_interval(said("Finish")), Column(said("of base"), right=True)]
        columns += [*with_interval(said("Cost")), Column(said("of base"), right=True)] if self.priced else []
        rows = []
        for level in sorted({*LEVELS, self.found.percentile}):
            told = self.found.needed(level)
            row = [level_name(level), *self.days(told), _percent(told.finish_percent)]
            row += [*self.money(told.cost), _percent(told.cost_percent)] if self.priced else []
            rows.append(row)
        return Section(columns, rows)

    def _held(self) -> Section:
        held = self.found.held
        rows: list[Row] = []
        if held.finish_days is not None and held.working_days is not None:
            wanted = _days(self.late(self.needed))
            rows.append((said("Schedule margin"), _days(held.finish_days), wanted, str(held.finish_level)))
            wanted = _days(self.needed.working_days)
            rows.append((said("  in working days"), _days(held.working_days), wanted, ""))
        if held.cost is not None:
            wanted = self.amounts.size(self.above(self.needed.cost))
            rows.append((said("Cost contingency"), self.amounts.money(held.cost), wanted, str(held.cost_level)))
        if held.joint_level is not None:
            rows.append((said("Both together"), "", "", str(held.joint_level)))
        columns = [Column(said("What is held")), Column(said("Held"), right=True)]
        columns.append(Column(said("Needed for {level}", level=self.level), right=True))
        return Section([*columns, Column(said("Chance that it suffices"))], rows) if rows else Section()

    def _funding(self) -> Section:
        """Return the layers of the funding; printed amounts add up."""
        layers = self.found.layers
        columns = [
            [None if part is None else self.dear(part) for part in parts]
            for parts in ([layer.held for layer in layers[:-1]], [layer.needed for layer in layers[:-1]])
        ]
        columns[1][1] = self.above(self.needed.cost)
        told = [[*map(self._amount, column), self._amount(_sum(column))] for column in columns]
        rows = [
            (said(_LAYERS[layer.name]), held, wanted, _owner(layer.released_by))
            for layer, held, wanted in zip(layers, *told, strict=True)
        ]
        heads = [Column(said("Funding")), Column(said("As held"), right=True)]
        heads.append(Column(said("At {level}", level=self.level), right=True))
        return Section([*heads, Column(said("Released by"), yields=True)], rows)

    def _amount(self, steps: int | None) -> str:
        """Return so many steps of printed money as an amount; a dash for what is not known."""
        return DASH if steps is None else self.amounts.size(steps)

    # ------------------------------------------------------------------------------ parts

    def _sources(self) -> Section:
        """Return ranges and risks; the shares of risks in the digits in which they are printed everywhere."""
        told = self.found.sources
        minutes, cents = self.drivers.whole_shares("finish"), self.drivers.whole_shares("cost")
        late, dear = self.late(self.needed), self.above(self.needed.cost)
        days = [late - sum(minutes.values()), *(minutes[part.id] for part in told.parts[1:])]
        steps = [dear - sum(cents.values()), *(cents[part.id] for part in told.parts[1:])]
        return self._table(said("Parts of the need for {level}", level=self.level), told, days, steps)

    def _responses(self) -> Section:
        told = self.found.responses
        if len(told) < 2:
            return Section()
        late, dear = self.late(self.needed), self.above(self.needed.cost)
        days = _whole([(part.minutes or 0) / DAY_MINUTES for part in told.parts], late)
        return self._table(said("Effect of responses on it"), told, days, _whole(self._in_steps(told), dear))

    def _table(self, heading: str, told: Allocation, days: list[int], steps: list[int]) -> Section:
        columns = [Column(heading, yields=True), *self._columns()]
        rows = [
            self._part(part, late, dear)
            for part, late, dear in zip(told.parts, days, steps, strict=True)
            if late or dear or part is told.parts[0]
        ]
        total = [said(TOTAL), self.dates.text(sum(days)), ""]
        total += [self.amounts.text(sum(steps)), ""] if self.priced else []
        return Section(columns, [*rows, total], _notes(told, len(told) - len(rows)))

    def _columns(self) -> list[Column]:
        return [*with_interval(said("Finish")), *(with_interval(said("Cost")) if self.priced else [])]

    def _part(self, part: Part, late: int, dear: int) -> Row:
        row = [_called(part), self.dates.text(late), _days_apart(part.finish_days)]
        return [*row, self.amounts.text(dear), self.money_interval(part.cost)] if self.priced else row

    def _projects(self) -> Section:
        told = self.found.projects
        if len(told) < 2:
            return Section()
        steps = _whole(self._in_steps(told), self.above(self.needed.cost))
        rows = [
            (_called(part), self.amounts.text(dear), self.money_interval(part.cost))
            for part, dear in zip(told.parts, steps, strict=True)
        ]
        columns = [Column(said("Part of each project"), yields=True), *with_interval(said("Cost"))]
        return Section(columns, [*rows, (said(TOTAL), self.amounts.text(sum(steps)), "")], _notes(told, 0))

    def _in_steps(self, told: Allocation) -> list[float]:
        """Return the money of the parts in steps of the last printed digit."""
        return [(part.cents or 0) / CENTS / self.amounts.unit for part in told.parts]

    def _drawdown(self, told: Drawdown) -> Section:
        columns = [Column(said("Still needed on")), *self._columns()]
        rows = []
        for step in told.steps:
            row = [start_day(step.date), *self.days(step.needed)]
            rows.append([*row, *self.money(step.needed.cost)] if self.priced else row)
        return Section(columns, rows, [*self._endless_dates(told), said(RELEASE)])

    def _endless_dates(self, told: Drawdown) -> list[str]:
        """Return the sentence that says at how many dates no less is needed, for iterations do not end."""
        count = sum(step.needed.endless for step in told.steps)
        if not count:
            return []
        return [
            counted(
                "On {count} date {level} falls on iterations that do not end: no less than is told is needed then.",
                "On {count} dates {level} falls on iterations that do not end: no less than is told is needed then.",
                count,
                level=self.level,
            )
        ]


def _called(part: Part) -> str:
    """Return the name of a part: the program's own word, or what is said of all that has no name in it."""
    nameless = part.kind in (ESTIMATES, BEFORE) or (part.kind == PROJECT and not part.id)
    return shortened(said(part.name) if nameless else part.name, NAME_WIDTH)


def _owner(name: str) -> str:
    return said(_OWNERS[name]) if name in _OWNERS else name.capitalize()


def _plain(told: tuple[str, str]) -> str:
    """Return a difference and its interval for a sentence, without the sign of what is added."""
    value, interval = told
    return f"{value.lstrip('+')} ({interval.replace('+', '')})"


def _days_apart(told: Difference | None) -> str:
    return _ends(told, signed, said("{days} d", days=""))


def _ends(told: Difference | None, write: Callable[[float], str], unit: str) -> str:
    """Return both ends of an interval, the unit once; one of them where they read alike."""
    return "" if told is None else ends_text((told.low, told.high), write, unit)


def _whole(parts: list[float], total: int) -> list[int]:
    """Return the parts in whole steps that add up to the total, by largest remainder."""
    return [int(whole) for whole in apportioned(np.array(parts), total)]


def _share(level: Probability | None) -> str:
    return DASH if level is None else chance(level)


def _percent(share: float | None) -> str:
    return "" if share is None else Written(formats().percent(f"{share:.0f}"), share / 100, "chance")


def _days(days: float) -> Written:
    sign = "-" if round(days) < 0 else ""
    return Written(said("{days} d", days=f"{sign}{formats().number(abs(days))}"), float(days), "days")


def _sum(column: Sequence[int | None]) -> int | None:
    """Return the sum of base, contingency and reserve; not known where the contingency is not."""
    return None if column[1] is None else sum(part for part in column if part is not None)


def _notes(told: Allocation, left_out: int) -> list[str]:
    nothing = counted("{count} more that is nothing.", "{count} more that are nothing.", left_out)
    sampled = said("Shares are estimated from sampled orders; their intervals say how well.")
    return [*([nothing] if left_out else []), *([] if told.exact else [sampled])]
