"""Rules on the risk register: risks that strike nothing, work only with float, are certain, or count twice.

Sources: Hulett (2009), Practical Schedule Risk Analysis (risk drivers and estimate ranges); AACE 57R-09
(2011); a risk with a probability of 100% is an issue and belongs in the plan (PMI, Practice Standard for Project Risk
Management).
"""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.survey import Survey
from riskmc.network.sizes import spread
from riskmc.network.tasks import State
from riskmc.program.notation import size_text
from riskmc.program.risk import Impact, Risk

WIDE = 1.20  # P90 of the range against its most likely value
SURE = 1 - 1e-9


def strikes_nothing(survey: Survey) -> Iterator[Finding]:
    """Yield sampled risks that change no date and no cost, whatever happens."""
    for name, risk in survey.risks.items():
        reason = _idle(survey, name, risk)
        if reason:
            yield _on(survey, "strikes-nothing", "wrong", name, reason)


def float_only(survey: Survey) -> Iterator[Finding]:
    """Yield risks whose delays never reach the finish: what they strike was critical in no iteration."""
    for name, paths in survey.struck.items():
        if paths and not _can_change_logic(survey, name) and not any(survey.criticality[path] for path in paths):
            what = "1 activity that drives" if len(paths) == 1 else f"{len(paths):,} activities that drive"
            priced = any(
                impact.cost or impact.cost_per_day or impact.cost_total for impact in survey.risks[name].impacts
            )
            money = "; it still costs money" if priced else ""
            reason = f"it strikes {what} the finish in no iteration: float absorbs it{money}"
            yield _on(survey, "float-only", "to know", name, reason)


def certain_risks(survey: Survey) -> Iterator[Finding]:
    """Yield open risks with a probability of 100%."""
    for name, risk in survey.risks.items():
        if (risk.probability or 0.0) >= SURE:
            reason = "what is certain is no risk: put it into the plan, or say how likely it is"
            yield _on(survey, "certain-risk", "doubtful", name, reason, risk.probability)


def double_counting(survey: Survey) -> Iterator[Finding]:
    """Yield activities whose range is wide and which register risks lengthen too (C1, K1)."""
    lengthening: dict[str, list[str]] = {}
    for name, paths in survey.struck.items():
        for path in paths if _lengthens(survey.risks[name]) else ():
            lengthening.setdefault(path, []).append(name)
    for path, item in survey.ranges.items():
        reach = item.ends[1] / item.central if item.central > 0 else 0.0
        if path in lengthening and reach >= WIDE:
            risks = ", ".join(lengthening[path][:3])
            more = f" and {len(lengthening[path]) - 3} more" if len(lengthening[path]) > 3 else ""
            reason = (
                f"at P90 its range alone reaches {reach:.0%} of its most likely value, and {risks}{more} of the "
                "register may strike it too: is the same trouble in both?"
            )
            detail, place = f"{risks}{more}; {size_text(item.size)}", survey.at(path, "duration")
            yield Finding(
                "double-counting", "doubtful", path, detail, reason, reach - 1, "%", place, threshold=WIDE - 1
            )


def _on(survey: Survey, rule: str, severity: str, name: str, reason: str, value: float | None = None) -> Finding:
    detail = survey.risks[name].name or name
    return Finding(rule, severity, f"risks.{name}", detail, reason, value, "%", ("risks", name))  # type: ignore[arg-type]


def _idle(survey: Survey, name: str, risk: Risk) -> str:
    if not risk.impacts and not _can_change_logic(survey, name):
        return "it has no impacts"
    given = risk.given or any(name in response.acts_on for response in survey.program.responses.values())
    if risk.probability == 0 and not given:
        return "its probability is 0%"
    if not _can_change_logic(survey, name) and not any(_acts(survey, impact) for impact in risk.impacts):
        return "every activity it names is finished, a milestone, level of effort or not there"
    return ""


def _can_change_logic(survey: Survey, name: str) -> bool:
    """Return whether activities, other risks or responses hang on the risk, so that it matters without impacts."""
    program = survey.program
    tested = any(task.activity.when and task.activity.when.risk == name for task in survey.unfinished)
    given = any(name in risk.given for risk in program.risks.values())
    replaced = any(r.acts_on[name].impacts for r in program.responses.values() if name in r.acts_on)
    return bool(tested or given or replaced)


def _acts(survey: Survey, impact: Impact) -> bool:
    """Return whether an impact still finds something to change."""
    if impact.on is None:
        return True
    paths = survey.select(impact.on, impact.except_)
    if impact.duration is not None and survey.samples(paths):
        return True
    priced = impact.cost or impact.cost_per_day or impact.cost_total
    return bool(priced) and any(p in survey.by_path and survey.by_path[p].state is not State.FINISHED for p in paths)


def _lengthens(risk: Risk) -> bool:
    """Return whether a risk makes anything longer, on the average: not so an opportunity."""
    for impact in risk.impacts:
        size = impact.duration
        if size is not None and spread(size, lambda q: q.value).mean() > (1.0 if size.operation == "x" else 0.0):
            return True
    return False
