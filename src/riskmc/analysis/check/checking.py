"""Check: what is wrong, doubtful or worth knowing in a program, and what it does to P80."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os import PathLike

from riskmc.analysis.check.actuals import without_future_actuals
from riskmc.analysis.check.dcma import assess
from riskmc.analysis.check.effects import Laboratory
from riskmc.analysis.check.finding import SEVERITIES, Effect, Finding
from riskmc.analysis.check.findings import Findings
from riskmc.analysis.check.limits import beyond_the_engine
from riskmc.analysis.check.practices import practices
from riskmc.analysis.check.registry import RULES
from riskmc.analysis.check.survey import Survey
from riskmc.analysis.check.thresholds import Given, read_thresholds
from riskmc.io import read
from riskmc.network.compiling import Settings
from riskmc.network.network import Mitigation
from riskmc.program.locating import located
from riskmc.program.origin import Origin, origin_of
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.scenario import Scenario
from riskmc.program.stored import StoredDates, stored_of_plan
from riskmc.simulation.arguments import read_range
from riskmc.simulation.engine import compiled_trials, simulate
from riskmc.simulation.montecarlo import Progress

ITERATIONS = 2_000


def check(
    program: Program | str | PathLike[str],
    iterations: int = ITERATIONS,
    seed: int = 1,
    *,
    threads: int | None = None,
    scenario: str | Scenario | None = None,
    mitigation: Mitigation = "current",
    default_range: str | Size | None = None,
    thresholds: Given = None,
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
) -> Findings:
    """Return what is wrong, doubtful or worth knowing in a program: data, not prints.

    Effects on P80 are paired runs of ``iterations`` with the same ``seed``, one for each rule that found something; the
    options mean what they mean in `simulate`. ``thresholds`` are marks of the gate and the rules other than the usual
    ones, by name: ``{"high_duration": "60d", "logic": "10%"}`` (`Thresholds`). What only the discrete-event engine can
    honour is left out and listed.

    Raises
    ------
    ProgramError, ArgumentError
        The program cannot be simulated at all, or an argument has no meaning.
    """
    marks = read_thresholds(thresholds)
    loaded = program if isinstance(program, Program) else read(program)
    whole, future = without_future_actuals(loaded if scenario is None else loaded.scenario(scenario))
    default, ignore = read_range(default_range), beyond_the_engine(whole)
    settings = Settings(mitigation, default_range=default, ignore=ignore)
    with located(loaded):
        network, base = compiled_trials(
            whole, settings, iterations, seed, threads=threads, statistics=True, notice=notice
        )  # fmt: skip
    run = partial(
        simulate, iterations=iterations, seed=seed, threads=threads, mitigation=mitigation,
        default_range=default, ignore=ignore,
    )  # fmt: skip
    survey = Survey(whole, network, base, marks, _stored(loaded), future, default)
    found = [finding for rule in RULES for finding in rule.find(survey)]
    laboratory = Laboratory(survey, run, progress)
    effects, correlations = laboratory.results(found)
    told = partial(_told, effects=effects, alone=laboratory.alone(found, effects), origin=origin_of(loaded))
    name = scenario if isinstance(scenario, str) or scenario is None else scenario.name
    points = assess(survey)
    return Findings(
        tuple(told(found)), replace(base, scenario=name), correlations, _file(loaded),
        points, practices(survey, points, found),
    )  # fmt: skip


def _stored(program: Program) -> Mapping[str, StoredDates]:
    """Return the dates that a planning tool stored, by activity path; none for a program without a plan."""
    stored = stored_of_plan(program)
    return {} if stored is None else stored.dates


def _file(program: Program) -> str | None:
    origin = origin_of(program)
    return None if origin is None else origin.file


def _told(
    found: Sequence[Finding], effects: Mapping[str, Effect], alone: Mapping[Finding, Effect], origin: Origin | None
) -> Iterator[Finding]:
    """Yield the findings with their lines and effects: the gravest first, in each rule the largest figure first."""
    order = [rule.id for rule in RULES]
    ranked = sorted(found, key=lambda finding: (order.index(finding.rule), -abs(finding.value or 0.0)))
    for severity in SEVERITIES:
        for finding in ranked:
            if finding.severity == severity:
                file, line = _line(finding.at, origin)
                effect = effects.get(finding.rule)
                yield replace(finding, file=file, line=line, effect=effect, alone=alone.get(finding))


def _line(place: Place, origin: Origin | None) -> tuple[str | None, int | str | None]:
    """Return file and line of a place: of the deepest part of it that a file has, down to the item it belongs to."""
    least = 4 if place[:1] == ("projects",) and len(place) >= 4 else 2
    for length in range(len(place), min(least, len(place)) - 1, -1) if origin is not None and place else ():
        assert origin is not None
        if place[:length] in origin.elsewhere:
            file, _, number = origin.elsewhere[place[:length]].rpartition(":")
            return file, int(number)
        line = origin.line(place[:length])
        if line is not None:
            return origin.file, line
    return None, None
