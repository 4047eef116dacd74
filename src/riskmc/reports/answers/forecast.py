"""Answer: what `riskmc forecast` prints: the verdict first, then P10 to P90, targets, critical path, and what to know.

Eighty columns, no wrapped cells, readable without colour; every number in it is also in the JSON record.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.reports.document import policy_table, remarks, rework_table, risk_table, sections
from riskmc.reports.document.layout import WIDTH, Section, rendered
from riskmc.reports.document.opening import headline, lead
from riskmc.reports.document.plan import plan_sections
from riskmc.simulation.trials import Trials


def tell(trials: Trials, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([headline(trials), lead(trials)], _sections(trials), width, colour)


def _sections(trials: Trials) -> Iterator[Section]:
    if trials.random:
        yield sections.outcome(trials)
        yield remarks.coverage(trials)
        yield remarks.understanding(trials)
        yield sections.targets(trials)
        yield sections.together(trials)
        yield sections.critical_path(trials)
        yield sections.projects(trials)
        yield sections.milestones(trials)
        yield risk_table.risks(trials)
        yield rework_table.rework(trials)
        yield policy_table.policies(trials)
    else:
        yield remarks.understanding(trials)
        yield from plan_sections(trials)
    yield remarks.conditions(trials)
    yield remarks.provenance(trials)
