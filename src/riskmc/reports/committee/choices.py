"""Choices, in a committee report: which responses to buy, and what each scenario would change."""

from __future__ import annotations

from collections.abc import Iterator

import riskmc.plot as plot
from riskmc.analysis.comparison import Comparison
from riskmc.analysis.comparison_change import Change
from riskmc.analysis.responses import Responses
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import chance, level_name, money_format, shortened
from riskmc.forecast.language import marked, said
from riskmc.reports.answers.comparison import change_sentence
from riskmc.reports.answers.frontier import frontier_sections
from riskmc.reports.answers.responses import responses_sections, responses_sentence
from riskmc.reports.committee.material import Material
from riskmc.reports.committee.proposal import Proposal
from riskmc.reports.document import charts
from riskmc.reports.document.blocks import Block, Part, Picture, Remark, Table
from riskmc.reports.document.forecast_parts import blocks_of, stacked_part
from riskmc.reports.document.layout import Column, Section, with_interval

NAME_WIDTH = 60
PROPOSED = "proposal"  # the table that slides show beside the decision
FROM_BASE = marked("From the program as it stands, on the same draws: minus is earlier or cheaper.")


def responses_part(material: Material) -> Part:
    """Return every mix of responses by what it costs and buys, and what each response saves on its own."""
    return stacked_part("responses", said("Responses"), _responses(material))


def _responses(material: Material) -> Iterator[Block]:
    found, proposal = material.responses, material.proposal
    if found is None:
        return
    yield Remark(responses_sentence(found, None if proposal is None else proposal.frontier))
    if proposal is not None:
        frontier = proposal.frontier
        steps = next(frontier_sections(frontier))
        yield Picture("frontier", plot.frontier(frontier), steps, chart=charts.frontier(frontier))
        yield Table(said("What each proposed response costs and saves alone"), _proposed(found, proposal), PROPOSED)
    yield from blocks_of(responses_sections(found, None))


def _proposed(found: Responses, proposal: Proposal) -> Section:
    """Return cost and days of every proposed response, and whether it is in the mix that is proposed."""
    columns = [Column(said("Response"), yields=True), Column(said("Costs"), right=True)]
    columns += [Column(level_name(found.percentile), right=True), Column(said("Proposed"))]
    rows = [
        (
            shortened(effect.name, NAME_WIDTH),
            money_format(found.trials.currency, effect.cost)(effect.cost),
            days_apart(*effect.change.finish().quantile(found.percentile).parts)[0],
            said("yes") if effect.id in proposal.portfolio.responses else said("no"),
        )
        for effect in found.effects.values()
        if effect.status == "proposed"
    ]
    return Section(columns, rows)


def scenarios_part(material: Material) -> Part:
    """Return what each scenario would change, all from the same draws."""
    return stacked_part("scenarios", said("Scenarios"), _scenarios(material))


def _scenarios(material: Material) -> Iterator[Block]:
    found = material.comparison
    if found is not None:
        yield from _compared(found, material.level)
    yield from (Remark(sentence) for sentence in material.left_out)


def _compared(found: Comparison, level: float) -> Iterator[Block]:
    table = _table(found, level)
    if found.contenders.has_cost and _moves(found):
        yield Picture("scenarios", plot.scenarios(found, width=plot.FULL), table, chart=charts.scenarios(found))
    elif _moves(found):
        yield Picture("comparison", plot.comparison(found), table, chart=charts.comparison(found))
    else:
        yield Table(said("What each scenario would change"), table)
    yield from (Remark(change_sentence(change)) for change in found.changes.values())


def _moves(found: Comparison) -> bool:
    """Return whether any scenario changes anything: else there is nothing to draw."""
    return any(not change.nothing for change in found.changes.values())


def _table(found: Comparison, level: float) -> Section:
    name = level_name(level)
    columns = [Column(said("Scenario"), yields=True), *with_interval(said("Finish {level}", level=name))]
    columns += with_interval(said("Cost {level}", level=name)) if found.contenders.has_cost else []
    dated = any(change.program_dates for change in found.changes.values())
    columns += [Column(said("Chance of the date"), right=True)] if dated else []
    rows = [_row(change, level, found.contenders.has_cost, dated) for change in found.changes.values()]
    return Section(columns, rows, [said(FROM_BASE)])


def _row(change: Change, level: float, priced: bool, dated: bool) -> list[str]:
    row = [shortened(change.name, NAME_WIDTH)]
    for shift in (change.finish(), *([change.cost()] if priced else [])):
        row += [said("unchanged"), ""] if shift.nothing else shift.texts(shift.quantile(level))
    if dated:
        shifts = change.program_dates
        met = shifts[0].after.probability if shifts else None
        row.append("" if met is None else chance(met))
    return row
