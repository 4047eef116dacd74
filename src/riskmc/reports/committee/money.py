"""Money, in a committee report: when it is spent, and how much has to be held on top of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import riskmc.plot as plot
from riskmc.forecast.language import marked, said
from riskmc.reports.answers.cash import cash_sections, cash_sentences
from riskmc.reports.answers.contingency import contingency_sections, contingency_sentences
from riskmc.reports.committee.material import Material
from riskmc.reports.document import charts
from riskmc.reports.document.blocks import Block, Part, Picture, Remark
from riskmc.reports.document.forecast_parts import blocks_of, stacked_part, tables_of

NO_SUM = marked("Percentiles of periods do not add up: a late period is dear where an early one was cheap.")


def cash_part(material: Material) -> Part:
    """Return what is spent by quarter and by then, and how far the funding reaches."""
    return stacked_part("cash", said("Cash flow"), _cash(material))


def _cash(material: Material) -> Iterator[Block]:
    flow = material.cash
    if flow is None:
        return
    bands, *others = cash_sections(flow)
    yield Remark(" ".join(cash_sentences(flow)))
    if flow.random:
        yield Picture("cash", plot.cash_flow(flow), bands, said(NO_SUM), charts.cash_flow(flow))
        summed = charts.cumulative_cash(flow)
        yield Picture("cumulative-cash", plot.cumulative_cash(flow), bands, chart=summed)
    else:
        yield from tables_of(said("Spent by quarter"), bands)
    for section in others:
        if section.rows:
            yield from tables_of(section.columns[0].heading, section)


def contingency_part(material: Material) -> Part:
    """Return what the percentile needs on top of the plan, what is held, and of what parts the need is made."""
    return stacked_part("contingency", said("Contingency"), _contingency(material))


def _contingency(material: Material) -> Iterator[Block]:
    found = material.contingency
    if found is None:
        return
    needed, *others = contingency_sections(found)
    yield Remark(" ".join(contingency_sentences(found)))
    cents = found.trials.cost_cents
    of: Literal["cost", "finish"] = "cost" if cents.min() != cents.max() else "finish"
    yield Picture("contingency", plot.contingency(found, of), needed, chart=charts.contingency(found, of))
    yield from blocks_of(others)
