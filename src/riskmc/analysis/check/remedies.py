"""Remedies: what a program becomes when everything that a rule found is put right or relaxed, for a paired run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from riskmc.analysis.changed import with_own_activities
from riskmc.analysis.changed import without_risks as never_occurring
from riskmc.analysis.check.estimates import Written, written
from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.survey import Range, Survey
from riskmc.forecast.language import marked, phrase
from riskmc.program.activity import Activity, Constraint
from riskmc.program.estimate import Estimate
from riskmc.program.link import Link
from riskmc.program.notation import kind
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.uncertainty import Correlation

USUAL = (0.90, 1.00, 1.30)  # least, most likely, greatest, as shares of the most likely value
INHERENT = (0.90, 1.00, 1.10)  # what is left of a range when its risks are in the register
USUAL_TEXT = "triangular(90% 100% 130%)"
LOWER = 0.90


@dataclass(frozen=True)
class Remedy:
    """A changed program, and options of `simulate` that differ; ``change`` completes "P80 is 5 days later ..."."""

    change: str
    program: Program
    options: Mapping[str, Any] = field(default_factory=dict)


Changes = dict[str, dict[str, Any]]  # new words of activities, by path
Make = Callable[[Survey, Sequence[Finding]], Remedy | None]
MakeOne = Callable[[Survey, Finding], Remedy | None]
_STARTS = ("start_on", "mandatory_start", "manual_start")
AS_PLANNED = {"constraints": "as-planned"}
RELAXED: dict[str, Any] = {
    "start_on": None, "finish_on": None, "mandatory_start": None, "mandatory_finish": None,
    "manual_start": None, "expected_finish": None, "as_late_as_possible": False,
}  # fmt: skip


def tie_ends(survey: Survey, _found: Sequence[Finding]) -> Remedy | None:
    """Let the program finish with its latest activity, as if every open end were tied to the finish."""
    if survey.program.finish is None:
        return None
    return Remedy(marked("with every open end tied to the finish"), _with(survey.program, finish=None))


def without_leads(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Let links with a lead wait for the whole of their predecessor."""
    changed = _relinked(survey, found, lambda link: link.model_copy(update={"lag": None}))
    return Remedy(marked("with leads taken out"), changed)


def doubted_lags(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Give long lags a range of their own."""

    def ranged(link: Link) -> Link:
        assert link.lag is not None
        return link.model_copy(update={"lag": _triangle(link.lag.value, USUAL)})

    return Remedy(marked("with ranges of 90% to 130% on long lags"), _relinked(survey, found, ranged))


def as_planned(survey: Survey, _found: Sequence[Finding]) -> Remedy:
    """Let constraints act in the iterations as they do in the plan."""
    return Remedy(marked("with constraints acting as planned"), survey.program, AS_PLANNED)


def without_dates(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Take the earliest dates away."""
    changes: Changes = {finding.place: {"start_no_earlier_than": None} for finding in found}
    return Remedy(marked("without the dates that hold work"), with_own_activities(survey.program, changes))


def without_constraints(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Take every date away that holds work or sets it."""
    words = {**RELAXED, "start_no_earlier_than": None, "finish_no_earlier_than": None}
    program = with_own_activities(survey.program, {finding.place: words for finding in found})
    return Remedy(marked("without any constraint"), program, {"constraints": "relaxed"})


def only_constraint(survey: Survey, found: Finding) -> Remedy | None:
    """Let one constraint act as it does in the plan, all others as the simulation takes them (N3)."""
    word = str(found.at[-1])
    if found.value is None or found.place not in survey.own:
        return None
    changes: Changes = {}
    for task in survey.unfinished:
        kept = word if task.path == found.place else None
        words = {name: none for name, none in RELAXED.items() if name != kept and getattr(task.activity, name) != none}
        if words:
            changes[task.path] = {**words, **_floor(task.activity, words)}
    program = with_own_activities(survey.program, changes)
    change = phrase("with {constraint} of {place} alone acting as planned", constraint=found.detail, place=found.place)
    return Remedy(change, program, AS_PLANNED)


def _floor(activity: Activity, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the earliest start that relaxed dates of a start become: the latest of them and of its own."""
    dates = [moment for name in _STARTS if name in words and (moment := getattr(activity, name))]
    if not dates:
        return {}
    last, own = max(dates, key=lambda moment: moment.start_like()), activity.start_no_earlier_than
    if own is not None and own.date.start_like() >= last.start_like():
        return {}
    return {"start_no_earlier_than": Constraint(date=last, slip=None if own is None else own.slip)}


def without_date(survey: Survey, found: Finding) -> Remedy | None:
    """Take one earliest date away."""
    program = with_own_activities(survey.program, {found.place: {"start_no_earlier_than": None}})
    return Remedy(phrase("without the date that holds {place}", place=found.place), program)


def overridden(survey: Survey, _found: Sequence[Finding]) -> Remedy:
    """Read progress out of sequence the other way: override instead of retained logic."""
    kept = survey.program.out_of_sequence == "retained_logic"
    other = "progress_override" if kept else "retained_logic"
    projects = {
        name: project.model_copy(update={"out_of_sequence": other}) for name, project in survey.program.projects.items()
    }
    change = marked("under progress override") if kept else marked("under retained logic")
    return Remedy(change, _with(survey.program, out_of_sequence=other, projects=projects))


def with_ranges(survey: Survey, _found: Sequence[Finding]) -> Remedy:
    """Give everything without a range the usual one, correlated 0.3 (K8)."""
    change = marked("with ranges of 90% to 130%, correlated 0.3, where there are none")
    return Remedy(change, survey.program, {"default_range": USUAL_TEXT})


def with_long_ranges(survey: Survey, found: Sequence[Finding]) -> Remedy | None:
    """Give long activities without a range the usual one; where nothing has any, `with_ranges` tells that already."""
    bare = [finding.place for finding in found if finding.place in survey.without_range]
    changes: Changes = {}
    for path in bare:
        task = survey.by_path[path]
        unit = "emin" if task.elapsed else "min"
        shape = _triangle(Quantity(task.planned, unit), USUAL)
        changes[path] = {"duration": Estimate(plan=Quantity(task.planned, unit), range=shape)}
    if not bare or not survey.trials.random:
        return None
    return Remedy(
        marked("with ranges of 90% to 130% on long activities without one"),
        with_own_activities(survey.program, changes),
    )


def widened(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Put the usual range in the place of narrow ones."""
    return Remedy(marked("with narrow ranges widened to 90% to 130%"), _reshaped(survey, found, USUAL))


def lowered(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Move the least value a tenth below the most likely one."""
    return Remedy(marked("with least values 10% below the most likely ones"), _resized(survey, found, _with_lower_end))


def read_as_percentiles(survey: Survey, _found: Sequence[Finding]) -> Remedy:
    """Read low and high as P10 and P90 wherever nothing else is said (K8)."""
    return Remedy(
        marked("with low and high read as P10 and P90 throughout"), _with(survey.program, elicited_as="p10-p90")
    )


def correlated(survey: Survey, _found: Sequence[Finding] = (), coefficient: float = 0.3) -> Remedy:
    """Correlate every pair of estimates with one coefficient, durations and costs apart."""
    program = survey.program
    ranges = [rule.model_copy(update={"sizes": "own", "correlation": None}) for rule in program.ranges]
    events = [item.model_copy(update={"duration": None, "cost": None}) for item in program.correlations]
    everything = Correlation(group=("all",), duration=coefficient, cost=coefficient)
    kept = [item for item in events if item.occurrence is not None]
    changed = _with(program, ranges=tuple(ranges), correlations=(*kept, everything))
    return Remedy(phrase("at correlation {value:g} between all estimates", value=coefficient), changed)


def without_risks(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Close the risks that were found."""
    named = {finding.place.removeprefix("risks.") for finding in found}
    return Remedy(marked("without the risks of 100%"), never_occurring(survey.program, named))


def narrowed(survey: Survey, found: Sequence[Finding]) -> Remedy:
    """Leave of wide ranges what is there without the risks of the register."""
    changes: Changes = {}
    for finding in found:
        item, duration = survey.ranges[finding.place], survey.activities[finding.place].duration
        plan = duration.plan if duration is not None else None
        changes[finding.place] = {"duration": Estimate(plan=plan, range=_triangle(_minutes(item), INHERENT))}
    return Remedy(
        marked("with ranges that may count twice cut to 90% to 110%"), with_own_activities(survey.program, changes)
    )


def _with(program: Program, **words: Any) -> Program:
    """Return the program with words changed that need no checking: they come from the program itself."""
    return program.model_copy(update=words)


def _relinked(survey: Survey, found: Sequence[Finding], change: Callable[[Link], Link]) -> Program:
    """Return the program with the links changed that findings stand at."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for finding in found:
        numbers[finding.place].add(int(finding.at[-1]))
    known, changes = survey.program.activities(), {}
    for path, chosen in numbers.items():
        links = enumerate(known[path].after if path in known else ())
        changes[path] = {"after": tuple(change(link) if place in chosen else link for place, link in links)}
    return with_own_activities(survey.program, changes)


def _reshaped(survey: Survey, found: Sequence[Finding], shares: tuple[float, float, float]) -> Program:
    """Return the program with a triangle around the most likely value in the place of the ranges that were found."""

    def reshaped(item: Written) -> Size:
        share = kind(item.size) == "share"
        return _triangle(Quantity(item.first.central, "%") if share else _minutes(item.first), shares)

    return _resized(survey, found, reshaped)


def _resized(survey: Survey, found: Sequence[Finding], change: Callable[[Written], Size]) -> Program:
    """Return the program with other sizes where the findings stand: at activities, or at entries of `ranges`."""
    places = {finding.place for finding in found}
    activities: Changes = {}
    rules = list(survey.program.ranges)
    for item in written(survey):
        if item.place not in places:
            continue
        rule, size = item.first.rule, change(item)
        if rule is not None:
            rules[rule] = rules[rule].model_copy(update={"duration": size})
            continue
        duration = survey.activities[item.place].duration
        assert duration is not None
        activities[item.place] = {"duration": duration.model_copy(update={"range": size})}
    return _with(with_own_activities(survey.program, activities), ranges=tuple(rules))


def _minutes(item: Range) -> Quantity:
    """Return the most likely duration of an activity in minutes of its calendar."""
    return Quantity(item.central * item.task.planned / item.plan, "emin" if item.task.elapsed else "min")


def _triangle(middle: Quantity, shares: tuple[float, float, float]) -> Size:
    """Return the triangular range around a value."""
    words = zip(("low", "mode", "high"), shares, strict=True)
    return Size("triangular", tuple((word, Quantity(middle.value * share, middle.unit)) for word, share in words))


def _with_lower_end(item: Written) -> Size:
    """Return the range with its least value a tenth below its most likely one."""
    words = dict(item.size.parameters)
    words["low"] = Quantity(words["mode"].value * LOWER, words["mode"].unit)
    return Size(item.size.family, tuple(words.items()), item.size.clip, item.size.operation)
