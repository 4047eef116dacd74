"""The committee report as a document: the answer, the facts, the decision, then the parts in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from riskmc.errors import ArgumentError, joined, nearest
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.language import said
from riskmc.reports.committee.choices import responses_part, scenarios_part
from riskmc.reports.committee.decision import decision
from riskmc.reports.committee.explained import changes_part, drivers_part, waterfall_part
from riskmc.reports.committee.material import Material
from riskmc.reports.committee.money import cash_part, contingency_part
from riskmc.reports.committee.opening import basis, report_facts, top_risks
from riskmc.reports.committee.standing import conditions_part, provenance_part, quality_part
from riskmc.reports.document import sections
from riskmc.reports.document.blocks import Part, Table
from riskmc.reports.document.document import Document
from riskmc.reports.document.forecast_parts import (
    curves,
    gantt_picture,
    milestone_pictures,
    plan_parts,
    stacked_part,
    tables_of,
    target_rows,
)
from riskmc.reports.document.opening import headline, lead
from riskmc.reports.forecast_page import dated
from riskmc.reports.theme.theme import PLAIN, Theme


def committee_document(material: Material, theme: Theme = PLAIN) -> Document:
    """Return the report to those who decide, with the sections that the theme wants.

    ArgumentError for a section that no report has.
    """
    trials = material.trials
    return Document(
        name=trials.program.program,
        kind=said("Risk report") if trials.random else said("Plan"),
        dated=dated(trials),
        headline=headline(trials),
        lead=lead(trials),
        facts=report_facts(material),
        parts=tuple(_parts(material, theme.sections)),
        footer=_footer(material),
        basis=basis(material),
        decision=decision(material),
        top=top_risks(material.drivers),
    )


def _parts(material: Material, wanted: Iterable[str] | None) -> Iterable[Part]:
    makers = PARTS if material.trials.random else PLANNED
    for name in PARTS if wanted is None else wanted:
        if name not in PARTS:
            told = joined(nearest(name, PARTS), f"there are {', '.join(PARTS)}")
            raise ArgumentError(f"no section {name!r} in a report{told}")
        made = makers[name](material) if name in makers else ()
        yield from (part for part in ((made,) if isinstance(made, Part) else made) if part.rows)


def _forecast(material: Material) -> Part:
    trials = material.trials
    outcome = Table(said("P10 to P90, and the plan's own answer"), sections.outcome(trials))
    return Part("forecast", said("Forecast"), (curves(trials), ((outcome,),)))


def _targets(material: Material) -> Part:
    return Part("targets", said("Targets"), target_rows(material.trials))


def _milestones(material: Material) -> Part:
    return stacked_part("milestones", said("Milestones"), milestone_pictures(material.trials))


def _gantt(material: Material) -> Part:
    path = tables_of(said("Most often critical"), sections.critical_path(material.trials))
    return stacked_part("gantt", said("Critical path"), [gantt_picture(material.trials), *path])


def _projects(material: Material) -> Part:
    return stacked_part("projects", said("Projects"), tables_of(said("By project"), sections.projects(material.trials)))


def _plan(material: Material) -> list[Part]:
    return list(plan_parts(material.trials))


def _footer(material: Material) -> str:
    trials = material.trials
    if not trials.random:
        return said("This is a plan and no forecast: nothing in it is random.")
    return said(
        "P80: the value not exceeded in 80% of {iterations}; P50 is as likely to be exceeded as not. Intervals are "
        "simulation error only: they say nothing of errors in the plan, the ranges or the risks.",
        iterations=iterations_text(len(trials)),
    )


Maker = Callable[[Material], Part | list[Part]]

PARTS: dict[str, Maker] = {
    "forecast": _forecast,
    "targets": _targets,
    "waterfall": waterfall_part,
    "drivers": drivers_part,
    "changes": changes_part,
    "milestones": _milestones,
    "gantt": _gantt,
    "projects": _projects,
    "cash": cash_part,
    "contingency": contingency_part,
    "responses": responses_part,
    "scenarios": scenarios_part,
    "quality": quality_part,
    "conditions": conditions_part,
    "provenance": provenance_part,
}
PLANNED: dict[str, Maker] = {
    "forecast": _plan,
    **{name: PARTS[name] for name in ("changes", "scenarios", "quality", "conditions", "provenance")},
}
