"""Parts of the page, in their order: what stands in each, as pictures, tables and lists.

The page has no numbers of its own: tables are the sections of the printed answer, pictures are those of `plot`; what
stands in a picture stands in a table under it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import riskmc.plot as plot
from riskmc.analysis.targets import budget_chances, date_chances
from riskmc.forecast.figures import whole_percent
from riskmc.reports.document import numbers as numbers
from riskmc.reports.document import pictures, remarks, rework_table, risk_table, sections
from riskmc.reports.document.blocks import Block, Cell, Listing, Part, Picture, Remark, Table
from riskmc.reports.document.layout import Section
from riskmc.reports.document.plan import plan_sections
from riskmc.simulation.trials import Trials


def parts(trials: Trials) -> list[Part]:
    """Return the parts of the page that have something in them."""
    told = _forecast_parts(trials) if trials.random else _plan_parts(trials)
    return [part for part in (*told, _basis(trials)) if part.rows]


def _forecast_parts(trials: Trials) -> Iterator[Part]:
    yield Part("forecast", _outcomes(trials), (_curves(trials),))
    outcome = Table("P10 to P90, and the plan's own answer", sections.outcome(trials))
    yield _part("percentiles", "P10 to P90", [outcome, *_coverage(trials)])
    yield Part("targets", "Targets", _target_rows(trials))
    yield _part("milestones", "Milestones", _milestones(trials))
    path = _tables("Most often critical", sections.critical_path(trials))
    yield _part("critical", "Critical path", [_gantt(trials), *path])
    yield _part("projects", "Projects", _tables(f"{_outcomes(trials)} by project", sections.projects(trials)))
    yield _part("risks", "Risks", _tables("Risks, the most frequent first", risk_table.risks(trials)))
    yield _part("rework", "Rework", _tables("Gates and approvals that sent work back", rework_table.rework(trials)))


def _plan_parts(trials: Trials) -> Iterator[Part]:
    promises, path, projects, milestones = plan_sections(trials)
    yield _part("targets", "Targets", _tables("Targets: kept or missed by the plan", promises))
    yield _part("critical", "Critical path", [_gantt(trials), *_tables("The plan's critical path", path)])
    yield _part("projects", "Projects", _tables("Finish by project", projects))
    yield _part("milestones", "Milestones", _tables("Milestones", milestones))


def _outcomes(trials: Trials) -> str:
    return "Finish and cost" if trials.has_cost else "Finish"


def _part(name: str, title: str, blocks: Iterable[Block]) -> Part:
    """Return a part whose blocks stand one below the other, over the whole width."""
    stacked = tuple(blocks)
    return Part(name, title, ((stacked,),) if stacked else ())


def _tables(title: str, section: Section) -> list[Table]:
    return [Table(title, section)] if section.rows else []


def _curves(trials: Trials) -> tuple[Cell, ...]:
    """Return the S-curves of finish and cost side by side, that of the finish alone over the whole width."""
    width = plot.HALF if trials.has_cost else plot.FULL
    finish = Picture("finish", pictures.draw_finish(trials, width), numbers.percentiles(trials.finish()))
    if not trials.has_cost:
        return ((finish,),)
    return (finish,), (Picture("cost", pictures.draw_cost(trials, width), numbers.percentiles(trials.cost())),)


def _target_rows(trials: Trials) -> tuple[tuple[Cell, ...], ...]:
    """Return the tables of targets, beside the picture of date and cost together where there is money."""
    tables = (
        *_tables(_target_title(trials), sections.targets(trials)),
        *_tables("Both met in one outcome", sections.together(trials)),
    )
    if trials.has_cost and tables:
        return (((Picture("joint", plot.joint(trials), numbers.together(trials)),), tables),)
    return ((tables,),) if tables else ()


def _target_title(trials: Trials) -> str:
    dated, priced = date_chances(trials), budget_chances(trials)
    told = [*(one.probability for one in dated), *(one.probability for one in priced)]
    missed = sum(share is not None and whole_percent(share) < 50 for share in told)
    if len(told) == 1:
        return f"The target is more likely {'missed than met' if missed else 'met than missed'}"
    if not missed:
        return "No target is more likely missed than met"
    return f"{missed} of {len(told)} targets {'is' if missed == 1 else 'are'} more likely missed than met"


def _coverage(trials: Trials) -> list[Remark]:
    told = (remarks.coverage(trials), remarks.understanding(trials))
    return [Remark(note, section.warning) for section in told for note in section.notes]


def _milestones(trials: Trials) -> list[Picture]:
    if not pictures.has_milestones(trials):
        return []
    return [Picture("milestones", plot.milestones(trials), numbers.milestones(trials))]


def _gantt(trials: Trials) -> Picture:
    return Picture("gantt", plot.gantt(trials), numbers.gantt(trials))


def _basis(trials: Trials) -> Part:
    """Return what the numbers rest on: what was relaxed, ignored and assumed, and what made them."""
    entries: dict[str, list[str]] = {}
    for line in remarks.conditions(trials).notes:
        term, _, sentence = line.partition(": ")
        entries.setdefault(term, []).append(sentence)
    if not trials.random and (told := remarks.understanding(trials).notes):
        entries["Recomputed"] = list(told)
    entries["Made by"] = list(remarks.provenance(trials).notes)
    listed = Listing(
        "What this rests on, and how to repeat it",
        tuple((term, tuple(sentences)) for term, sentences in entries.items()),
    )
    return _part("basis", "What this rests on", [listed])
