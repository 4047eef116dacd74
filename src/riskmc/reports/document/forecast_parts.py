"""Parts of the page, in their order: what stands in each, as pictures, tables and lists.

The page has no numbers of its own: tables are the sections of the printed answer, pictures are those of `plot`; what
stands in a picture stands in a table under it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import riskmc.plot as plot
from riskmc.analysis.targets import budget_chances, date_chances
from riskmc.forecast.figures import whole_percent
from riskmc.forecast.language import counted, formats, said
from riskmc.reports.document import charts, pictures, policy_table, remarks, rework_table, risk_table, sections
from riskmc.reports.document import numbers as numbers
from riskmc.reports.document.blocks import Block, Cell, Listing, Part, Picture, Remark, Table
from riskmc.reports.document.layout import Section
from riskmc.reports.document.plan import plan_sections
from riskmc.simulation.trials import Trials


def parts(trials: Trials) -> list[Part]:
    """Return the parts of the page that have something in them."""
    told = _forecast_parts(trials) if trials.random else plan_parts(trials)
    return [part for part in (*told, basis_part(trials)) if part.rows]


def _forecast_parts(trials: Trials) -> Iterator[Part]:
    yield Part("forecast", _outcomes(trials), (curves(trials),))
    outcome = Table(said("P10 to P90, and the plan's own answer"), sections.outcome(trials))
    yield stacked_part("percentiles", said("P10 to P90"), [outcome, *coverage(trials)])
    yield Part("targets", said("Targets"), target_rows(trials))
    yield stacked_part("milestones", said("Milestones"), milestone_pictures(trials))
    path = tables_of(said("Most often critical"), sections.critical_path(trials))
    yield stacked_part("critical", said("Critical path"), [gantt_picture(trials), *path])
    apart = said("Finish and cost by project") if trials.has_cost else said("Finish by project")
    yield stacked_part("projects", said("Projects"), tables_of(apart, sections.projects(trials)))
    struck = tables_of(said("Risks, the most frequent first"), risk_table.risks(trials))
    yield stacked_part("risks", said("Risks"), struck)
    redone = tables_of(said("Gates and approvals that sent work back"), rework_table.rework(trials))
    yield stacked_part("rework", said("Rework"), redone)
    reacted = tables_of(said("How often managers reacted"), policy_table.policies(trials))
    yield stacked_part("policies", said("Policies"), reacted)


def plan_parts(trials: Trials) -> Iterator[Part]:
    """Yield the parts of a plan in which nothing is random."""
    promises, path, projects, milestones = plan_sections(trials)
    yield stacked_part("targets", said("Targets"), tables_of(said("Targets: kept or missed by the plan"), promises))
    driving = tables_of(said("The plan's critical path"), path)
    yield stacked_part("critical", said("Critical path"), [gantt_picture(trials), *driving])
    yield stacked_part("projects", said("Projects"), tables_of(said("Finish by project"), projects))
    yield stacked_part("milestones", said("Milestones"), tables_of(said("Milestones"), milestones))


def _outcomes(trials: Trials) -> str:
    return said("Finish and cost") if trials.has_cost else said("Finish")


def stacked_part(name: str, title: str, blocks: Iterable[Block]) -> Part:
    """Return a part whose blocks stand one below the other, over the whole width."""
    stacked = tuple(blocks)
    return Part(name, title, ((stacked,),) if stacked else ())


def tables_of(title: str, section: Section) -> list[Table]:
    """Return the section as a table, nothing where it has no rows."""
    return [Table(title, section)] if section.rows else []


def blocks_of(told: Iterable[Section]) -> Iterator[Block]:
    """Yield each section as a table under its first heading, or, without rows, its notes as remarks."""
    for section in told:
        if section.rows:
            yield Table(section.columns[0].heading, section)
        else:
            yield from map(Remark, section.notes)


def curves(trials: Trials) -> tuple[Cell, ...]:
    """Return the S-curves of finish and cost side by side, that of the finish alone over the whole width."""
    width = plot.HALF if trials.has_cost else plot.FULL
    told = numbers.percentiles(trials.finish())
    finish = Picture("finish", pictures.draw_finish(trials, width), told, chart=charts.finish_curve(trials))
    if not trials.has_cost:
        return ((finish,),)
    told = numbers.percentiles(trials.cost())
    return (finish,), (Picture("cost", pictures.draw_cost(trials, width), told, chart=charts.cost_curve(trials)),)


def target_rows(trials: Trials) -> tuple[tuple[Cell, ...], ...]:
    """Return the tables of targets, beside the picture of date and cost together where there is money."""
    tables = (
        *tables_of(_target_title(trials), sections.targets(trials)),
        *tables_of(said("Both met in one outcome"), sections.together(trials)),
    )
    if trials.has_cost and tables:
        together = Picture("joint", plot.joint(trials), numbers.together(trials), chart=charts.joint(trials))
        return (((together,), tables),)
    return ((tables,),) if tables else ()


def _target_title(trials: Trials) -> str:
    dated, priced = date_chances(trials), budget_chances(trials)
    told = [*(one.probability for one in dated), *(one.probability for one in priced)]
    missed = sum(share is not None and whole_percent(share) < 50 for share in told)
    if len(told) == 1:
        if missed:
            return said("The target is more likely missed than met")
        return said("The target is more likely met than missed")
    if not missed:
        return said("No target is more likely missed than met")
    return counted(
        "{count} of {all} targets is more likely missed than met",
        "{count} of {all} targets are more likely missed than met",
        missed,
        all=formats().number(len(told)),
    )


def coverage(trials: Trials) -> list[Remark]:
    """Return what share of the work carries a range, and how well a plan was recomputed."""
    told = (remarks.coverage(trials), remarks.understanding(trials))
    return [Remark(note, section.warning) for section in told for note in section.notes]


def milestone_pictures(trials: Trials) -> list[Picture]:
    """Return the picture of the milestones, nothing where there are none."""
    if not pictures.has_milestones(trials):
        return []
    return [Picture("milestones", plot.milestones(trials), numbers.milestones(trials), chart=charts.milestones(trials))]


def gantt_picture(trials: Trials) -> Picture:
    """Return the plan with the range of each finish."""
    return Picture("gantt", plot.gantt(trials), numbers.gantt(trials), chart=charts.gantt(trials))


def basis_part(trials: Trials) -> Part:
    """Return what the numbers rest on: what was relaxed, ignored and assumed, and what made them."""
    entries: dict[str, list[str]] = {}
    for line in remarks.conditions(trials).notes:
        term, _, sentence = line.partition(": ")
        entries.setdefault(term, []).append(sentence)
    if not trials.random and (told := remarks.understanding(trials).notes):
        entries[said("Recomputed")] = list(told)
    entries[said("Made by")] = list(remarks.provenance(trials).notes)
    listed = Listing(
        said("What this rests on, and how to repeat it"),
        tuple((term, tuple(sentences)) for term, sentences in entries.items()),
    )
    return stacked_part("basis", said("What this rests on"), [listed])
