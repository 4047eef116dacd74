"""Why, in a committee report: from the plan to P80 in steps, the risks behind it, and what moved since last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import riskmc.plot as plot
from riskmc.analysis.diff import ProgramDiff
from riskmc.analysis.drivers import Drivers
from riskmc.analysis.waterfall import Waterfall
from riskmc.forecast.figures import level_name, shortened
from riskmc.forecast.language import marked, said
from riskmc.reports.answers.diff import diff_sections
from riskmc.reports.answers.drivers import drivers_sections
from riskmc.reports.answers.waterfall import waterfall_sections
from riskmc.reports.committee.material import Material
from riskmc.reports.document import charts
from riskmc.reports.document.blocks import Block, Part, Picture, Remark, Table
from riskmc.reports.document.forecast_parts import stacked_part, tables_of
from riskmc.reports.document.layout import Column, Section

By = Literal["finish", "cost"]
NAME_WIDTH = 60
STEPS_ADD_UP = marked("Steps add up exactly: each risk has its Shapley share, the average over every order of arrival.")
FLOAT = marked("A risk without days strikes work that has float: it may happen, and does not delay the finish.")


def waterfall_part(material: Material) -> Part:
    """Return the steps from the plan to the percentile, of the finish and of the cost."""
    found = material.waterfall
    return stacked_part("waterfall", said("From plan to {level}", level=level_name(material.level)), _steps(found))


def _steps(found: Waterfall | None) -> Iterator[Block]:
    if found is None:
        return
    told = [section for section in waterfall_sections(found) if section.rows]
    for by, numbers in zip(_outcomes(found.drivers), told, strict=False):
        if by == "finish" or any(found.whole("cost")):
            axes, chart = plot.waterfall(found, by), charts.waterfall(found, by)
            yield Picture(f"{by}-waterfall", axes, numbers, said(STEPS_ADD_UP) if found.risks else "", chart)


def drivers_part(material: Material) -> Part:
    """Return the risks by their share of the delay and of the cost, and what is left of them with the proposal."""
    return stacked_part("drivers", said("What drives it"), _drivers(material.drivers, material.after))


def _drivers(found: Drivers | None, after: Drivers | None) -> Iterator[Block]:
    if found is None or not len(found):
        return
    told = [section for section in drivers_sections(found) if section.rows]
    if found.risks and found.shared:
        for by, numbers in zip(_outcomes(found), told, strict=False):
            axes, chart = plot.tornado(found, by, after=after), charts.tornado(found, by)
            yield Picture(f"{by}-tornado", axes, numbers, said(FLOAT) if by == "finish" else "", chart)
        yield from tables_of(said("The same risks before and after what is proposed"), _before_after(found, after))
    else:
        axes, chart = plot.tornado(found, show="removal"), charts.tornado(found, show="removal")
        yield Picture("finish-tornado", axes, told[0] if told else Section(), chart=chart)


def _before_after(found: Drivers, after: Drivers | None) -> Section:
    """Return the share of every risk as things stand, and with the proposal."""
    if after is None:
        return Section()
    columns = [Column(said("Risk"), yields=True)]
    columns += [Column(said("Days now"), right=True), Column(said("Days then"), right=True)]
    if found.trials.has_cost:
        columns += [Column(said("Cost now"), right=True), Column(said("Cost then"), right=True)]
    left = {risk.id: risk for risk in after.risks}
    rows = []
    for risk in found.risks:
        row = [shortened(risk.name, NAME_WIDTH)]
        for by in _outcomes(found):
            row.append(found.share_texts(risk, by)[0])
            row.append(after.share_texts(left[risk.id], by)[0] if risk.id in left else said("gone"))
        rows.append(row)
    note = said("Shares of {level}. Money then leaves out what the responses cost.", level=level_name(found.percentile))
    return Section(columns, rows, [note])


def changes_part(material: Material) -> Part:
    """Return what changed since the program that was reported before, and how far each change moves P80."""
    return stacked_part("changes", said("Since last time"), _changes(material.changed))


def _changes(diff: ProgramDiff | None) -> Iterator[Block]:
    if diff is None:
        return
    if not diff.groups:
        yield Remark(said("Nothing changed that can move finish or cost."))
        return
    movement, shares, *listed = diff_sections(diff)
    for of in diff.pictured:
        yield Picture(f"{of}-changes", plot.changes(diff, of), shares, chart=charts.changes(diff, of))
    yield Table(said("How far each figure moved"), movement)
    yield from (Remark(note) for section in listed for note in section.notes)


def _outcomes(found: Drivers) -> Sequence[By]:
    return ("finish", "cost") if found.trials.has_cost else ("finish",)
