"""What the READMEs of the bundled programs conclude: every number of their prose is computed, and found in the text.

A claim is a piece of the prose with braces for its numbers, and what computes them from the program, with 10,000
iterations and seed 1. A README that says something else fails, and so does one whose words have gone. Numbers of a
printed block on the same page are read from there: `tests/test_docs.py` prints it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import riskmc as rm
from rendering import MODELS, blocks

Claims = list[tuple[str, Callable[["Model"], tuple[Any, ...]]]]

GRANT = {"finish": "2029-07-31", "cost": 63e6}
FUNDING_AGREEMENT = {"finish": "2035-06-09", "cost": 740e6}
PROMISE = {"finish": "2030-11-30", "cost": 51.5e6}
AGENCY = {"finish": "2031-04-15", "cost": 930e6}
READY = "ait.flight_ready"


class Model:
    """A bundled program, its trials, and what the analyses say about them, each computed once."""

    def __init__(self, name: str) -> None:
        self.file = next(model for model in MODELS if model.parent.name == name)
        self.program = rm.read(self.file)
        self.base = rm.simulate(self.program)
        self.level = self.program.confidence.commit
        self._variants: dict[str, rm.Trials] = {}

    @cached_property
    def text(self) -> str:
        return (self.file.parent / "README.md").read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The README without its fenced blocks and its emphasis, on one line."""
        text = self.text
        for block in reversed(list(blocks(text))):
            text = text[: block.start] + text[block.end :]
        return " ".join(re.sub(r"[*`]", "", text).split())

    def printed(self, *patterns: str) -> tuple[str, ...]:
        """Return what each pattern finds first in the blocks that the README prints."""
        blocked = "\n".join(block.body for block in blocks(self.text))
        return tuple(re.search(pattern, blocked)[1] for pattern in patterns)  # type: ignore[index]

    @cached_property
    def waterfall(self) -> rm.Waterfall:
        return rm.waterfall(self.base, self.level)

    @cached_property
    def steps(self) -> list[int]:
        """Whole days: ranges on the path, merge bias, choices, correlations, and all risks together."""
        whole = self.waterfall.whole("finish")
        return [*whole[:4], sum(whole[4:])]

    def share(self, risk: str) -> int:
        return round(self.waterfall.drivers[risk].finish_days.value)  # type: ignore[union-attr]

    @cached_property
    def alone(self) -> rm.Trials:
        """The trials without limits of resources."""
        return rm.simulate(self.program, ignore=["resources"])

    @cached_property
    def responses(self) -> rm.Responses:
        return rm.responses(self.base, self.level)

    @cached_property
    def queued(self) -> rm.Responses:
        """The responses where people are shared, as a scenario of the insurer has it, from 2,000 iterations."""
        return rm.responses(rm.simulate(self.program, 2_000, scenario="shared_people"), self.level)

    @cached_property
    def contingency(self) -> rm.Contingency:
        return rm.contingency(self.base)

    @cached_property
    def paths(self) -> rm.Paths:
        return rm.paths(self.base, self.level)

    @cached_property
    def cash(self) -> rm.CashFlow:
        return rm.cash_flow(self.base, "year")

    @cached_property
    def value(self) -> rm.Value:
        return rm.value(self.base)

    @cached_property
    def delays(self) -> dict[str, float]:
        """What a month's delay of each project costs, in currency units."""
        told = rm.cost_of_delay(self.value).projects
        return {one.project: one.per_month.value for one in told if one.per_month is not None}

    def changed(self, name: str = "", **words: Any) -> rm.Trials:
        """Return the trials of a scenario of the file, or of one in these words laid over it."""
        key = f"{name} {words}"
        if key not in self._variants:
            program = self.program.scenario(name) if name else self.program
            self._variants[key] = rm.simulate(program.scenario(rm.Scenario(**words)) if words else program)
        return self._variants[key]

    def without(self, *risks: str) -> rm.Trials:
        return self.changed(remove=[f"risks.{risk}" for risk in risks])

    def p80(self, name: str = "", **words: Any) -> float:
        """Return the P80 of the cost of the program as it stands, or of a changed one, in currency units."""
        return (self.changed(name, **words) if name or words else self.base).cost().quantile(0.80)

    def earlier(self, other: rm.Trials, at: str | None = None) -> int:
        """Return how many days earlier another program is at the percentile."""
        dates = [trials.finish(at).quantile(self.level) for trials in (self.base, other)]
        return round((dates[0] - dates[1]).total_seconds() / 86_400)

    def funds(self, *layers: int, digits: int = 1) -> tuple[str, ...]:
        """Return base (0), contingency (1), reserve (2) or funding (3) at the percentile, in millions."""
        return tuple(millions(self.contingency.layers[layer].needed or 0, digits) for layer in layers)

    def later_if_read_as_p10_and_p90(self) -> int:
        return -self.earlier(rm.simulate(self.program.but(elicited_as="p10-p90")))


def day(instant: datetime) -> str:
    return f"{instant.day} {instant:%b %Y}"


def millions(amount: float, digits: int = 1) -> str:
    return f"{amount / 1e6:.{digits}f}"


def thousands(amount: float | None) -> str:
    return f"{(amount or 0) / 1e3:.0f}"


def percent(share: float | rm.Probability) -> str:
    return f"{share if isinstance(share, float) else share.value:.0%}"


def together(trials: rm.Trials, promise: dict[str, Any]) -> str:
    return percent(rm.joint_confidence(trials, **promise))


def needed(trials: rm.Trials, promise: dict[str, Any], level: float) -> str:
    """Return the budget that a date needs for a joint confidence, in millions."""
    return millions(rm.joint_curves(trials).budget_needed(promise["finish"], level).value)  # type: ignore[arg-type]


def balanced(model: Model, level: float, digits: int) -> tuple[str, str]:
    """Return the date and the budget, at the same percentile of both, that are met together with this confidence."""
    date, budget = rm.joint_curves(model.base).balanced(level)
    return day(date), millions(budget, digits)


def slip(model: Model, digits: int) -> str:
    assert model.cash.escalation is not None
    return millions(model.cash.escalation.slip.quantile(0.80), digits)


def six_are_less(model: Model, days: str) -> str:
    """Return these days, where the six largest shares in the printed waterfall add up to fewer."""
    blocked = "\n".join(block.body for block in blocks(model.text))
    assert sum(map(int, re.findall(r"\nRisk: .* \+(\d+) d  ", blocked)[:6])) < int(days)
    return days


PROPOSALS = ("ask_actuaries", "cleansing_squad", "second_environment")


def npv(model: Model) -> str:
    """Return the P50 of the net present value with all proposals, where it is that of the program as it stands too."""
    as_it_stands, responding = (millions(rm.value(trials).npv().quantile(0.50)) for trials in (
        model.base, model.changed("respond")
    ))  # fmt: skip
    assert as_it_stands == responding
    return responding


LENT = {"resources.engineers.preemption": True, "projects.migration.priority": 10}
LAYERS = ["resources", "quality_gates", "approvals", "policies"]


def gained(earlier: rm.Trials, later: rm.Trials) -> int:
    """Return how many points of the chance of the promised date, as printed, lie between two programs."""
    chances = [round(100 * trials.finish().probability(PROMISE["finish"]).value) for trials in (earlier, later)]
    return chances[1] - chances[0]


def sharing(model: Model, left_out: list[str]) -> rm.Trials:
    """Return the trials of the people who are shared, without some of what the scenario adds."""
    return rm.simulate(model.program.scenario("shared_people"), ignore=left_out)


def shared(model: Model, **change: Any) -> int:
    """Return how many points of the promised date a change wins where people are shared."""
    return gained(model.changed("shared_people"), model.changed("shared_people", set=change))


def asked(model: Model) -> tuple[int, ...]:
    """Return the mean days that asking the actuaries saves, as the program stands and where people are shared."""
    return tuple(abs(round(found["ask_actuaries"].days.mean().value)) for found in (model.responses, model.queued))


def unpaid(model: Model) -> tuple[str]:
    """Return what the second environment costs more than it brings where people are shared, and surely only there."""
    before, queued = (found["second_environment"].net for found in (model.responses, model.queued))
    assert before.low < 0 < before.high
    assert queued.high < 0
    return (thousands(-queued.value),)


def answered(model: Model, **change: Any) -> rm.Forecast:
    """Return the finish where people are shared, with all proposals and a change."""
    return model.changed("shared_people", approve=list(PROPOSALS), set=change).finish()


def lost(model: Model) -> tuple[int, ...]:
    """Return the points of the promised date that queues, gates and approvals take, one on top of the other."""
    return tuple(-gained(*pair) for pair in pairwise(sharing(model, LAYERS[count:]) for count in range(4)))


def queue_costs(model: Model) -> tuple[str, ...]:
    """Return what the queues cost on average, and what of it is the end of the mainframe, in millions."""
    alone, queued = sharing(model, LAYERS), sharing(model, LAYERS[1:])
    return tuple(millions(queued.cost(part).mean() - alone.cost(part).mean()) for part in (None, "decommissioning"))


def kept(model: Model) -> tuple[str, ...]:
    """Return date and budget together where people are shared: as they are, with all proposals, and with a loan too."""
    answers = {"approve": list(PROPOSALS)}
    people = (model.changed("shared_people", **words) for words in ({}, answers, answers | {"set": LENT}))
    return tuple(together(trials, PROMISE) for trials in people)


def hired(model: Model) -> tuple[Any, ...]:
    """Return how often the director hires, for how much, the points of the date won, of date and budget lost."""
    idle, hiring = sharing(model, ["policies"]), model.changed("shared_people")
    both = [round(100 * rm.joint_confidence(trials, **PROMISE).value) for trials in (idle, hiring)]
    return (
        round(100 * float((idle.cost_cents != hiring.cost_cents).mean())),
        millions(hiring.cost().mean() - idle.cost().mean(), 2),
        gained(idle, hiring),
        both[0] - both[1],
    )


def bought(model: Model, response: str) -> float:
    """Return how many days a response buys at the percentile."""
    return model.responses[response].days.quantile(model.level).value


def points(model: Model, other: rm.Trials) -> int:
    """Return by how many points another program raises the chance of the agency's date."""
    chances = [trials.finish().probability(AGENCY["finish"]).value for trials in (model.base, other)]
    return round(100 * (chances[1] - chances[0]))


def cheaper(model: Model, other: rm.Trials) -> str:
    """Return by how many millions another program lowers the cost at the percentile."""
    return millions(model.base.cost().quantile(model.level) - other.cost().quantile(model.level), 0)


def price(model: Model, response: str) -> float:
    """Return what a response is expected to cost, which hangs on no iteration."""
    return rm.responses(rm.simulate(model.program, 100), model.level)[response].cost


def needed_beyond_the_plan(model: Model) -> tuple[int, float, float]:
    """Return the days and the money that the percentile needs beyond the plan, and the plan's money."""
    plan, budget = model.base.plan, model.base.plan.cost_cents / 100
    late = model.base.finish().quantile(model.level) - (datetime(1970, 1, 1) + timedelta(minutes=plan.finish))
    return round(late / timedelta(days=1)), model.base.cost().quantile(model.level) - budget, budget


CARDS_AND_APP = (("cards.live", "2028-07-31"), ("app.live", "2028-06-30"))


def days_between(earlier: rm.Trials, later: rm.Trials, level: float, at: str | None = None) -> int:
    """Return how many days lie between two programs at a percentile."""
    first, last = (trials.finish(at).quantile(level) for trials in (earlier, later))
    return round((last - first).total_seconds() / 86_400)


def mean_days(earlier: rm.Trials, later: rm.Trials, at: str | None = None) -> int:
    """Return how many days lie between the mean dates of two programs."""
    return round((later.finish(at).mean() - earlier.finish(at).mean()).total_seconds() / 86_400)


def reacting(model: Model) -> tuple[str, ...]:
    """Return the days that overtime alone wins of the mean date of the cards, and that those hired alone lose."""
    nobody = model.changed("nobody-reacts").finish("cards.live").mean()
    overtime, testers = (model.changed(remove=[f"policies.{other}"]) for other in ("testers", "overtime"))
    assert testers.cost().mean() - model.changed("nobody-reacts").cost().mean() > 50e3
    assert overtime.cost().mean() - model.changed("nobody-reacts").cost().mean() < 1e3
    days = [(trials.finish("cards.live").mean() - nobody).total_seconds() / 86_400 for trials in (overtime, testers)]
    assert days[0] < 0 < days[1]
    return tuple(f"{abs(one):.1f}" for one in days)


def moved(model: Model, pool: str, change: int = 1) -> str:
    """Return by how many days a unit more, or less, of a pool moves the mean finish, without its sign."""
    pools = model.program.resources
    staffing = {moment: units + change for moment, units in (pools[pool].staffing or {}).items()}
    held = {"capacity": pools[pool].capacity + change, "staffing": staffing or None}
    trials = rm.simulate(model.program.but(resources=pools | {pool: pools[pool].model_copy(update=held)}))
    return f"{abs((trials.finish().mean() - model.base.finish().mean()).total_seconds()) / 86_400:.1f}"


FERRY: Claims = [
    ("P80 lies {} days after the plan: {} before any risk, {} from the risks.",
     lambda m: (sum(m.steps), sum(m.steps[:4]), m.steps[4])),
    ("Of the {}, the ranges on the plan's own driving path are {}; that paths meet adds {}.",
     lambda m: (sum(m.steps[:4]), *m.steps[:2])),
    ("The schedule margin of {} days suffices in {} of the iterations",
     lambda m: (round((m.base.plan.finish_with_margin - m.base.plan.finish) / 1440),
                percent(float((m.base.finish_minutes <= m.base.plan.finish_with_margin).mean())))),
    ("is {} of the {} days; gone entirely it would bring P80 forward by {}.",
     lambda m: (m.share("handshake"), m.steps[4], m.earlier(m.without("handshake")))),
    ("The appeal against the permit is {}, soft clay {}. The battery cells, which fill the meetings, are {} (drivers)",
     lambda m: tuple(m.share(risk) for risk in ("appeal", "soft_clay", "cells_late"))),
    ("Claims of the quay contractor are {} of the EUR {}M that the risks add at P80, and not a day",
     lambda m: (percent(m.waterfall.drivers["claims"].cost.value / m.waterfall.drivers.total_cost.value),
                millions(m.waterfall.drivers.total_cost.value, 2))),
    ("set the finish in {} of the iterations, and in {} of those near P80; the yard's chain in {} and {}.",
     lambda m: tuple(percent(path[column]) for path in m.paths.to_frame().head(2).to_dict("records")
                     for column in ("share", "share_near_p80"))),
    ("EUR {}k buys {} days at P80 and pays for itself.",
     lambda m: (thousands(m.responses["mock_up"].cost), f"{bought(m, 'mock_up'):.0f}")),
    ("The second source buys {} days for EUR {}k, and would pay where a day is worth EUR {}k",
     lambda m: (f"{bought(m, 'second_source'):.1f}", thousands(m.responses["second_source"].cost),
                thousands(m.responses["second_source"].breaks_even_at))),
    ("gains {} days at P80 as well, for EUR {}M more at P80.",
     lambda m: (m.earlier(m.changed("double_shift")), millions(m.p80("double_shift") - m.p80(), 2))),
    ("With the mock-up it makes P80 {}",
     lambda m: (day(m.changed("double_shift", approve=["mock_up"]).finish().quantile(0.80)),)),
    ("together reach {}, wanted are 80%. The mock-up lifts that to {}, the second shift lowers it to {}",
     lambda m: tuple(together(trials, GRANT)
                     for trials in (m.base, m.changed(approve=["mock_up"]), m.changed("double_shift")))),
    ("by 31 July the budget has to be EUR {}M, with the mock-up EUR {}M, not 63",
     lambda m: tuple(needed(trials, GRANT, 0.80) for trials in (m.base, m.changed(approve=["mock_up"])))),
    ("P80 needs EUR {}M on a base of EUR {}M; with the reserve of EUR {}M that is EUR {}M.",
     lambda m: m.funds(1, 0, 2, 3)),
    ("until January 2028, {} days and EUR {}M of it are still needed",
     lambda m: next((round(row["finish_days"]), millions(row["cost_EUR"]))
                    for row in m.contingency.drawdown().to_frame().reset_index().to_dict("records")
                    if str(row["date"])[:10] == "2028-01-01")),
    ("the P80 is EUR {}M, of which 2028 takes EUR {}M. Slip alone adds EUR {}M",
     lambda m: (millions(m.cash.total().quantile(0.80)), millions(m.cash.spent("2028").quantile(0.80)), slip(m, 2))),
    ("The net present value is EUR {}M, with 80% EUR {}M or more, and paid back by {}.",
     lambda m: (*(millions(m.value.npv().quantile(level), 0) for level in (0.50, 0.20)), m.value.payback(0.50).year)),
    ("A month's delay of the last project costs EUR {}k", lambda m: (thousands(m.delays["service"]),)),
    ("promise {} July and not 1 June ({})",
     lambda m: (m.base.finish().quantile(0.80).day, percent(m.base.finish().probability("2029-06-01")))),
    ("date and budget of one row of joint, {} with EUR {}M", lambda m: balanced(m, 0.80, 1)),
    ("Read the second way, P80 is {} days later", lambda m: (m.later_if_read_as_p10_and_p90(),)),
]  # fmt: skip

TUNNEL: Claims = [
    ("P80 is {} days after the plan: {} before any risk, {} from the risks.",
     lambda m: m.printed(r"(\d+) days after the plan", r"after the plan: (\d+) days", r"risk, (\d+) days")),
    ("and one market for labour, are {} of them: more than the six largest risks together",
     lambda m: (six_are_less(m, *m.printed(r"Correlations and drivers\s+\+(\d+) d")),)),
    ("withdrawn is {} days of P80, water in the fault {}, the assessor {}.",
     lambda m: m.printed(*(rf"Risk: {risk}.*\s\+(\d+) d  " for risk in ("Infrastructure", "Water", "Assessor")))),
    ("they would give back {}, {} and {}",
     lambda m: tuple(m.earlier(m.without(risk)) for risk in ("closure_lost", "water", "more_evidence"))),
    ("In money the claims lead, EUR {}M of", lambda m: m.printed(r"Risk: Claims.*\+EUR (\S+)M  ")),
    ("and their removal gives more, EUR {}M", lambda m: (millions(m.p80() - m.p80(remove=["risks.claims"])),)),
    ("There are {:,}, and the most frequent sets the finish in {} of the iterations",
     lambda m: (len(m.paths), percent(m.paths.to_frame()["share"].iloc[0]))),
    ("the till of tube 1 ({}), the fault ({})",
     lambda m: tuple(percent(rm.criticality(m.base)["criticality"][path]) for path in ("CIV.C3101", "CIV.C3108"))),
    ("EUR {}k for an assessor from the design on buys {} days at P80 and pays for itself.",
     lambda m: (thousands(m.responses["early_assessor"].cost), m.earlier(m.changed(approve=["early_assessor"])))),
    ("The laboratory buys {} for EUR {}M and pays where a day is worth EUR {}k",
     lambda m: (m.earlier(m.changed(approve=["laboratory"])), millions(m.responses["laboratory"].cost),
                thousands(m.responses["laboratory"].breaks_even_at))),
    ("pay from EUR {}k on", lambda m: (thousands(m.responses["generators"].breaks_even_at),)),
    ("without it the second train and the assessor reach {} instead of {}, and P80 of the cost is EUR {}M",
     lambda m: (*(together(trials, FUNDING_AGREEMENT)
                  for trials in (m.changed("act", withdraw=["laboratory"]), m.changed("act"))),
                millions(m.p80("act", withdraw=["laboratory"])))),
    ("P80 needs EUR {:.1f}M on a base of EUR {}M, of which",
     lambda m: (round(m.p80() / 1e6, 1) - float(m.funds(0)[0]), *m.funds(0))),  # the printed digits add up
    ("of which Civil works are {}; with the reserve of EUR {}M that is EUR {}M",
     lambda m: (next(millions(part.cost.value) for part in m.contingency.projects.parts if part.id == "CIV"),
                *m.funds(2, 3, digits=0))),
    ("The approved 720M holds {}M of contingency and suffices in {} of the iterations",
     lambda m: (millions(720e6 - (m.contingency.layers[0].needed or 0), 0), percent(m.base.cost().probability(720e6)))),
    ("the P80 is EUR {}M, with a peak of EUR {}M in 2029 (the P50 of the dearest year); slip alone adds EUR {}M",
     lambda m: (millions(m.cash.total().quantile(0.80), 0), millions(m.cash.peak().amount.quantile(0.50), 0),
                slip(m, 1))),
    ("The net present value is EUR {}M at P50 and below zero in a third of the iterations: the chance of a positive "
     "return is {}.",
     lambda m: (millions(m.value.npv().quantile(0.50), 0), percent(m.value.chance_positive()))),
    ("A month's delay of Civil works costs EUR {}M", lambda m: (millions(m.delays["CIV"]),)),
    ("hold a reserve against {} and EUR {}M, which is 70% together", lambda m: balanced(m, 0.70, 0)),
    ("P80 is {} days later, more than all risks together", lambda m: (m.later_if_read_as_p10_and_p90(),)),
]  # fmt: skip

INSURER: Claims = [
    ("P80 is {} days after the plan: {} before any risk, {} from the risks.",
     lambda m: (sum(m.steps), sum(m.steps[:4]), m.steps[4])),
    ("and the other choices alone are {}", lambda m: (m.steps[2],)),
    ("old data are {} days of them, and gone entirely they bring P80 forward by {}",
     lambda m: (m.share("dirty_data"), m.earlier(m.without("dirty_data")))),
    ("each proposal alone buys {} days, all three together {}.",
     lambda m: ({m.earlier(m.changed(approve=[one])) for one in PROPOSALS}.pop(),
                m.earlier(m.changed("respond")))),
    ("pays many times over (EUR {}k, net EUR {}k)",
     lambda m: (thousands(m.responses["ask_actuaries"].cost), thousands(m.responses["ask_actuaries"].net.value))),
    ("The three together cost EUR {}M and leave the net present value where it is, EUR {}M",
     lambda m: (f"{sum(m.responses[one].cost for one in PROPOSALS) / 1e6 + 1e-9:.2f}", npv(m))),
    ("reaches {}, wanted are 70%. Without responses it needs EUR {}M, with all three EUR {}M instead of 51.5",
     lambda m: (together(m.base, PROMISE), *(needed(trials, PROMISE, 0.70)
                                             for trials in (m.base, m.changed("respond"))))),
    ("P80 needs EUR {}M on a base of EUR {}M, {}: the approved 49M holds EUR {}M of it",
     lambda m: (*m.funds(1, digits=2), *m.funds(0), f"{m.contingency.needed().cost_percent:.0f}%",
                millions(49e6 - (m.contingency.layers[0].needed or 0)))),
    ("the P80 is EUR {}M. The two dear years are 2027 and 2028, EUR {}M and {}M at P50; 2031 costs nothing at P50 and "
     "EUR {}M at P80",
     lambda m: (millions(m.cash.total().quantile(0.80)),
                *(millions(m.cash.spent(year).quantile(0.50)) for year in ("2027", "2028")),
                millions(m.cash.spent("2031").quantile(0.80)))),
    ("paid back by {}; a month's delay of the core platform costs EUR {}k",
     lambda m: (m.value.payback(0.50).year, thousands(m.delays["platform"]))),
    ("or promise {} March 2031", lambda m: (m.base.finish().quantile(0.80).day,)),
    ("It takes {} points off the chance of the date, tests that fail take {}, auditor and tax office {}.", lost),
    ("It costs EUR {}M on average, {}M of it in licences of the mainframe", queue_costs),
    ("With all four layers the mean cost is EUR {}M, above the 51.5",
     lambda m: (millions(m.changed("shared_people").cost().mean()),)),
    ("Of the days that the migration waits, {} on average are for engineers who are at work on the archive",
     lambda m: m.printed(r"Data migration +Mainframe switched off +(\d+) d")),
    ("In {} of 100 courses he acts, for EUR {}M on average. That gains {} points of the date and loses {} of date "
     "and budget together.", hired),
    ("He acts late, at the end of {} on average",
     lambda m: (f"{m.changed('shared_people').acted['hire'].first:%B %Y}",)),
    ("A seventh engineer is worth {} points.", lambda m: (shared(m, **{"resources.engineers.capacity": 7}),)),
    ("Asking the actuaries in time saves {} days on average where nobody queues and {} where people do", asked),
    ("The second test environment, not told apart from its price before, does not pay: it costs EUR {}k more than it "
     "brings.", unpaid),
    ("that gains {} points and costs nothing", lambda m: (shared(m, **LENT),)),
    ("P80 is {} March 2031 with all three, {} February with the engineers lent as well.",
     lambda m: tuple(answered(m, **change).quantile(0.80).day for change in ({}, LENT))),
    ("the end of November with {} instead of 80",
     lambda m: (percent(answered(m, **LENT).probability(PROMISE["finish"])),)),
    ("Date and budget together even fall, from {} to {}, for courses that are in time without the responses pay for "
     "them too; with the engineers lent they reach {}.", kept),
    ("asks for EUR {}M instead of 51.5 to keep date and budget in 70 of 100",
     lambda m: (needed(m.changed("shared_people", approve=list(PROPOSALS), set=LENT), PROMISE, 0.70),)),
]  # fmt: skip

ORBITER: Claims = [
    ("The antenna that has flown before is worth {} points", lambda m: (points(m, m.changed("heritage_antenna")),)),
    ("Without them the joint confidence would be {} instead of {}.",
     lambda m: (together(m.alone, AGENCY), together(m.base, AGENCY))),
    ("Two more technicians cost USD 0.7M, win {} points and bring the P70 of cost down by USD {}M.",
     lambda m: (points(m, m.changed("technicians")), cheaper(m, m.changed("technicians")))),
    ("Only both together reach the 70% that the agency wants: {}.",
     lambda m: (together(m.changed("antenna_and_technicians"), AGENCY),)),
    ("Managers go to it in {} of the iterations. Without it the joint confidence would be {}; and it costs nothing on "
     "balance, for ready for launch comes {} days earlier on average,",
     lambda m: (*m.printed(r"\nshift \(overtime\) +(\d+%)"), together(m.changed("nobody_reacts"), AGENCY),
                mean_days(m.base, m.changed("nobody_reacts"), READY))),
    ("its P70 comes {} days earlier with two more technicians, and {} with a rented chamber.",
     lambda m: (m.earlier(m.changed("technicians"), READY), m.earlier(m.changed("rented_chamber"), READY))),
    ("It is {}, {} days after the window has closed. Without any risk of the register it would be {} days earlier;",
     lambda m: (day(m.base.finish(READY).quantile(0.70)),
                (m.base.finish(READY).quantile(0.70) - datetime(2031, 2, 12)).days,
                m.earlier(m.without(*m.program.risks), READY))),
    ("if only the avionics engineers stayed {}, without the best three {}.",
     lambda m: (m.earlier(m.without("staff_drain"), READY),
                m.earlier(m.without("staff_drain", "mass", "amplifier_life"), READY))),
    ("Without failed tests it would be {} days earlier, without queues {}:",
     lambda m: (m.earlier(rm.simulate(m.program, ignore=["quality_gates"]), READY), m.earlier(m.alone, READY))),
    ("USD {}M for both amplifier designs and the carbon structure buys {} points of the date.",
     lambda m: (millions(price(m, "amplifier_pair") + price(m, "light_structure")),
                points(m, m.changed(approve=["amplifier_pair", "light_structure"])))),
    ("approved, holds {} points for USD {}M",
     lambda m: (-points(m, m.changed(withdraw=["early_parts"])), millions(price(m, "early_parts")))),
    ("Needed for P70: {} days", lambda m: needed_beyond_the_plan(m)[:1]),
    ("In money P70 needs USD {}M on a base of USD {}M: the 930M of the commitment hold {}M",
     lambda m: (*(millions(amount, 0) for amount in needed_beyond_the_plan(m)[1:]),
                millions(930e6 - needed_beyond_the_plan(m)[2], 0))),
    ("965 million in then-year money. From 2028 to 2030 a year runs out with a chance of {} to {}; the breaches of "
     "2032 and 2033, {} and {},",
     lambda m: tuple(percent({year.year: year.breach for year in m.cash.funding}[number])
                     for number in (2029, 2030, 2032, 2033))),
    ("P70 moves by {} days into March 2031 and falls by USD {}M, the joint confidence reaches {},",
     lambda m: (m.earlier(m.changed("antenna_and_technicians")), cheaper(m, m.changed("antenna_and_technicians")),
                together(m.changed("antenna_and_technicians"), AGENCY))),
    ("the funding runs out by 2033 in {} instead of {}",
     lambda m: tuple(percent(rm.cash_flow(trials, "year").funding[-1].breach)
                     for trials in (m.changed("antenna_and_technicians"), m.base))),
]  # fmt: skip

PORTFOLIO: Claims = [
    ("Queues are {} days of the P50 of the portfolio, and {} of the P80 of the app",
     lambda m: (days_between(m.alone, m.base, 0.50), days_between(m.alone, m.base, 0.80, "app.live"))),
    ("The promises for the cards and the app hold in {} and {}, both together in {}.",
     lambda m: (*(percent(m.base.finish(at).probability(date)) for at, date in CARDS_AND_APP),
                percent(float(np.logical_and(*(m.base.finish(at).meets(date) for at, date in CARDS_AND_APP)).mean())))),
    ("One more test engineer moves the mean finish by {} days, one more architect by {}, one more environment by {}",
     lambda m: tuple(moved(m, pool) for pool in ("testers", "architects", "environments"))),
    ("Two from the start bring the app's P80 forward by {} days",
     lambda m: (days_between(m.changed("more-testers"), m.base, 0.80, "app.live"),)),
    ("an environment less would cost {} days", lambda m: (moved(m, "environments", -1),)),
    ("the app first gains {} days of its mean and costs the portfolio {}",
     lambda m: (-mean_days(m.base, m.changed("app-first"), "app.live"), mean_days(m.base, m.changed("app-first")))),
    ("limit of the years the mean finish would be {} days earlier",
     lambda m: (mean_days(m.changed(remove=["funding_rule"]), m.base),)),
    ("cost EUR {}k at P80 and move the mean date of the cards by {} days",
     lambda m: (thousands(m.p80() - m.p80("nobody-reacts")),
                mean_days(m.changed("nobody-reacts"), m.base, "cards.live"))),
    ("Managers act in {} of the courses, and not before {} is nearly over on average",
     lambda m: (percent(m.base.acted["overtime"].share),
                f"{min(acted.first for acted in m.base.acted.values()):%B %Y}")),
    ("alone it would win {} days. The two who are hired, and who cost nearly all of that money, would lose {},",
     reacting),
    ("promise the app for {}, or for {} if it does not hire",
     lambda m: tuple(f"{trials.finish('app.live').quantile(m.level):%-d %B}{year}"
                     for trials, year in ((m.changed("more-testers"), " 2028"), (m.base, "")))),
]  # fmt: skip

ALL = {"ferry": FERRY, "tunnel": TUNNEL, "insurer": INSURER, "orbiter": ORBITER, "portfolio": PORTFOLIO}


@pytest.mark.parametrize("name", ALL)
def test_the_numbers_carry_what_the_readme_concludes(name: str):
    model = Model(name)
    told = [sentence.format(*numbers(model)) for sentence, numbers in ALL[name]]
    assert [sentence for sentence in told if sentence not in model.prose] == []


def test_a_number_that_has_drifted_is_noticed():
    """The check itself: one digit of a sentence changed is a sentence that no README has."""
    model = Model("ferry")
    sentence, numbers = FERRY[-1]
    days = numbers(model)[0]
    assert sentence.format(days) in model.prose
    assert sentence.format(days + 1) not in model.prose
