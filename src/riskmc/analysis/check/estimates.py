"""Rules on ranges: work without uncertainty, ranges too narrow, most likely at the low end, low and high as P10, P90.

Sources: Hulett (2009), Practical Schedule Risk Analysis; AACE 57R-09 (2011), Integrated Cost and
Schedule Risk Analysis; Capen (1976), Journal of Petroleum Technology 28, 843-850, on ranges that are too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter

from riskmc.analysis.check.finding import Finding, Severity
from riskmc.analysis.check.survey import Range, Survey
from riskmc.network.tasks import Task
from riskmc.program.notation import size_text
from riskmc.program.plain_words import Place, path_text
from riskmc.program.quantity import Size

DRIVING = 0.01  # critical in at least this share of the iterations
NARROW = 0.05  # P10 to P90 of less than this share of the most likely value
LONG_CHAIN = 10  # ranges one after the other
_LOW_AND_HIGH = ("uniform", "triangular", "pert")


def without_range(survey: Survey) -> Iterator[Finding]:
    """Yield unfinished work that carries neither a range nor a driver; doubtful where it drives the finish (P2)."""
    for task in survey.unfinished:
        if task.path not in survey.without_range:
            continue
        share = survey.criticality[task.path]
        reason = "its duration is taken as certain" + (", and it drives the finish" if share >= DRIVING else "")
        severity: Severity = "doubtful" if share >= DRIVING else "to know"
        yield Finding(
            "no-range", severity, task.path, survey.name(task.path), reason, share, "share",
            survey.at(task.path), threshold=DRIVING,
        )  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A range where it is written: an activity's own, or an entry of `ranges`; and the activities that it acts on."""

    place: str
    at: Place
    size: Size
    ranges: list[Range]

    @property
    def first(self) -> Range:
        """The first of them."""
        return self.ranges[0]


def written(survey: Survey) -> list[Written]:
    """Return every range once, where it is written, in the order of the activities."""
    found: dict[str, Written] = {}
    for path, item in survey.ranges.items():
        at: Place = survey.at(path, "duration") if item.rule is None else ("ranges", item.rule)
        place = path if item.rule is None else path_text(at)
        found.setdefault(place, Written(place, at, item.size, [])).ranges.append(item)
    return list(found.values())


def narrow(survey: Survey) -> Iterator[Finding]:
    """Yield ranges too narrow to matter: P10 to P90 below 5% of the most likely value."""
    for item in written(survey):
        low, high = item.first.ends
        share = (high - low) / item.first.central if item.first.central else 0.0
        if share < NARROW:
            reason = "from P10 to P90 it is narrower than 5% of its most likely value: it says that nothing can happen"
            yield _on(item, "narrow-range", reason, share, NARROW)


def mode_at_low(survey: Survey) -> Iterator[Finding]:
    """Yield ranges whose most likely value is the least one: work that cannot go better than planned."""
    for item in written(survey):
        words = dict(item.size.parameters)
        low, mode, high = (words.get(word) for word in ("low", "mode", "high"))
        if low is not None and mode is not None and low == mode != high:
            reason = "its most likely value is also its least: nothing can go better; often the plan copied twice"
            yield _on(item, "mode-at-low", reason)


def plan_outside(survey: Survey) -> Iterator[Finding]:
    """Yield ranges in which the planned value cannot occur."""
    for item in written(survey):
        outside = [found for found in item.ranges if not _holds(found)]
        if outside:
            found = outside[0]
            side = "below the least" if found.plan < found.shape.support()[0] else "above the greatest"
            reason = f"the planned value lies {side} value of the range ({_counted(len(outside))})"
            yield _on(item, "plan-outside-range", reason, found.plan / found.central - 1)


def read_as_extremes(survey: Survey) -> Iterator[Finding]:
    """Yield one finding where low and high are read as minimum and maximum because nothing else is said (K8)."""
    if survey.program.elicited_as is not None:
        return
    read = [item for item in written(survey) if item.size.family in _LOW_AND_HIGH and not _said(survey, item)]
    count = sum(len(item.ranges) for item in read)
    if survey.default_range is not None and survey.default_range.family in _LOW_AND_HIGH:
        count += len(survey.by_default)
    if count:
        detail = "minimum and maximum"
        reason = (
            "low and high are read as minimum and maximum, because `elicited_as` says nothing else; experts "
            "who are asked for the worst seldom name it: often they mean P10 and P90"
        )
        yield Finding("low-and-high", "to know", "elicited_as", detail, reason, count, "", ("elicited_as",))


def uncorrelated_chain(survey: Survey) -> Iterator[Finding]:
    """Yield one finding where many ranges on one driving chain are drawn independently of each other."""
    chain = _longest(survey, independent(survey))
    if len(chain) >= LONG_CHAIN:
        reason = (
            "ranges that are drawn independently cancel out along a chain; what makes one late often makes the "
            "next one late too"
        )
        detail = f"{chain[0]} to {chain[-1]}"
        yield Finding(
            "uncorrelated-chain", "doubtful", chain[0], detail, reason, len(chain), "", survey.at(chain[0]),
            threshold=LONG_CHAIN,
        )  # fmt: skip


def independent(survey: Survey) -> set[str]:
    """Return the activities on driving chains whose ranges are drawn independently of all others."""
    return {path for path in survey.ranges if path in survey.driving and not _tied(survey, path)}


def _on(item: Written, rule: str, reason: str, value: float | None = None, threshold: float | None = None) -> Finding:
    detail = size_text(item.size)
    return Finding(rule, "doubtful", item.place, detail, reason, value, "%", item.at, threshold=threshold)


def _holds(found: Range) -> bool:
    low, high = found.shape.support()
    return low - 1e-9 * abs(low) <= found.plan <= high + 1e-9 * abs(high)


def _said(survey: Survey, item: Written) -> bool:
    """Return whether the activity, the rule or its template says how low and high are meant."""
    if item.first.rule is None:
        return item.first.task.activity.elicited_as is not None
    return survey.applied[item.first.task.path].elicited_as is not None


def _counted(count: int) -> str:
    return "1 activity" if count == 1 else f"{count:,} activities"


def _tied(survey: Survey, path: str) -> bool:
    """Return whether the draw of an activity's duration is mixed with others, or shared."""
    row = int(survey.network.durations.base[survey.by_path[path].number])
    return row in survey.mixed or path in survey.shared


def _longest(survey: Survey, wanted: set[str]) -> list[str]:
    """Return the wanted activities on the driving chain that holds most of them, in order."""
    best: dict[str, tuple[int, str | None]] = {}
    for task in _in_order(survey):
        before = [tie.predecessor.path for tie in survey.before.get(task.path, []) if tie.predecessor.path in best]
        count, last = max(((best[path][0], path) for path in before), default=(0, None))
        best[task.path] = (count + (task.path in wanted), last)
    path = max(best, key=lambda end: best[end][0], default=None)
    chain = []
    while path is not None:
        chain += [path] if path in wanted else []
        path = best[path][1]
    return chain[::-1]


def _in_order(survey: Survey) -> list[Task]:
    """Return the driving activities of the plan in an order in which predecessors come first."""
    driving = [path for path in survey.by_path if path in survey.driving]
    before = {path: [tie.predecessor.path for tie in survey.before.get(path, [])] for path in driving}
    chained = TopologicalSorter({path: [p for p in before[path] if p in survey.driving] for path in driving})
    return [survey.by_path[path] for path in chained.static_order()]
