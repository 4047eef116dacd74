"""Opening of a committee report: what the numbers speak of, the facts, and the risks that carry most of the delay."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.diff import ProgramDiff
from riskmc.analysis.diff.rounding import rounded_shares
from riskmc.analysis.drivers.result import Driver, Drivers
from riskmc.forecast.figures import level_name, shortened, whole_percent
from riskmc.forecast.language import formats, marked, said
from riskmc.program.contents import program_days
from riskmc.reports.committee.material import Material
from riskmc.reports.document.blocks import Table
from riskmc.reports.document.facts import Fact, facts
from riskmc.reports.document.layout import Column, Section

TOP = 3
NAME_WIDTH = 60
STATES = {
    "pre": marked("Before any response to a risk."),
    "current": marked("Responses that are approved act; proposed ones do not."),
    "post": marked("All responses act, those too that are only proposed."),
}


def basis(material: Material) -> tuple[str, ...]:
    """Return what the numbers speak of: data date, mitigation state, scenario, and in which money."""
    return tuple(_basis(material))


def _basis(material: Material) -> Iterator[str]:
    trials = material.trials
    dates = program_days(trials.program)
    if "Data date" in dates:
        yield said("Data date {date}.", date=dates["Data date"])
    if trials.again().program.responses:
        yield said(STATES[trials.mitigation])
    if trials.scenario:
        yield said("Scenario {name}.", name=trials.scenario)
    if trials.has_cost:
        yield said("Money: {currency}, at the prices of the file (constant money).", currency=trials.currency or "-")


def report_facts(material: Material) -> tuple[Fact, ...]:
    """Return the few numbers asked for first; what moved since last time takes the place of the plan's own finish."""
    told = facts(material.trials)
    since = None if material.changed is None else _since(material.changed)
    return tuple([*told[:-1], since] if since is not None and material.trials.random else told)


def _since(diff: ProgramDiff) -> Fact | None:
    """Return how far P80 moved since the program that was reported before, and the changes that moved it most."""
    if not diff.groups:
        return Fact(said("Since last time"), said("unchanged"))
    rounded = rounded_shares(diff, "finish", "p80")
    order = sorted(range(len(diff.groups)), key=lambda place: -abs(rounded.parts[place]))
    causes = [
        f"{rounded.text(rounded.parts[place])} {shortened(said(diff.groups[place].name), NAME_WIDTH)}"
        for place in order[:TOP]
        if rounded.parts[place]
    ]
    before = program_days(diff.old.program).get("Data date", "")
    name = said("Since {date}", date=before) if before else said("Since last time")
    value = said("P80 {days}", days=rounded.text(rounded.total)) if rounded.total else said("P80 unmoved")
    return Fact(name, value, tuple(causes), simulated=True)


def top_risks(found: Drivers | None) -> Table | None:
    """Return the three risks with the largest shares of the delay, what each costs, and what is gained without it."""
    if found is None or not found.risks or not found.shared:
        return None
    ranked = [risk for risk in found.risks if found.whole_shares("finish")[risk.id] > 0][:TOP]
    if not ranked:
        return None
    columns = [Column(said("Risk"), yields=True), Column(said("Delay"), right=True)]
    columns += [Column(said("Cost"), right=True)] if found.trials.has_cost else []
    columns.append(Column(said("If gone"), right=True))
    rows = [_top(found, risk) for risk in ranked]
    return Table(_carry(found, ranked), Section(columns, rows, [_shares_note(found)]), "top")


def _top(found: Drivers, risk: Driver) -> list[str]:
    days = found.share_texts(risk, "finish")[0]
    money = [found.share_texts(risk, "cost")[0]] if found.trials.has_cost else []
    gone = found.texts("finish", risk.removal_finish_days.turned())[0]
    return [shortened(risk.name, NAME_WIDTH), days, *money, gone]


def _carry(found: Drivers, ranked: list[Driver]) -> str:
    """Return how much of what all risks add together these risks are."""
    shares = found.whole_shares("finish")
    part, whole = sum(shares[risk.id] for risk in ranked), sum(shares.values())
    if whole <= 0 or part > whole:
        return said("The risks that delay it most")
    percent = formats().percent(str(whole_percent(part / whole)))
    if len(ranked) == 1:
        return said("One risk carries {share} of the delay from risks", share=percent)
    return said("{count} risks carry {share} of the delay from risks", count=len(ranked), share=percent)


def _shares_note(found: Drivers) -> str:
    return said(
        "Delay and cost: shares of {level}, which add up over all risks; not what is saved. If gone: what becomes of "
        "{level} without it.",
        level=level_name(found.percentile),
    )
