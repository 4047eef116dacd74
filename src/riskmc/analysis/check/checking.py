"""Check: what is wrong, doubtful or worth knowing in a program, and what it does to P80."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from os import PathLike

from riskmc.analysis.check.effects import Laboratory
from riskmc.analysis.check.finding import SEVERITIES, Effect, Finding
from riskmc.analysis.check.findings import Findings
from riskmc.analysis.check.limits import beyond_the_engine
from riskmc.analysis.check.registry import RULES
from riskmc.analysis.check.survey import Survey
from riskmc.io import read
from riskmc.network.compiling import Settings
from riskmc.network.network import Mitigation, Network
from riskmc.program.origin import Origin, origin_of
from riskmc.program.plain_words import Place
from riskmc.program.program import Program
from riskmc.program.scenario import Scenario
from riskmc.simulation.arguments import read_range
from riskmc.simulation.engine import simulate, stretched
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
    default_range: str | None = None,
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
) -> Findings:
    """Return what is wrong, doubtful or worth knowing in a program: data, not prints.

    Effects on P80 are paired runs of ``iterations`` with the same ``seed``, one for each rule that found something; the
    options mean what they mean in `simulate`. What only the discrete-event engine can honour is left out and listed.

    Raises
    ------
    ProgramError, ArgumentError
        The program cannot be simulated at all, or an argument has no meaning.
    """
    loaded = program if isinstance(program, Program) else read(program)
    whole = loaded if scenario is None else loaded.scenario(scenario)
    run = partial(
        simulate, iterations=iterations, seed=seed, threads=threads, mitigation=mitigation,
        default_range=default_range, ignore=beyond_the_engine(whole),
    )  # fmt: skip
    base = run(whole, statistics=True, notice=notice)
    survey = Survey(whole, _network(whole, mitigation, default_range), base)
    found = [finding for rule in RULES for finding in rule.find(survey)]
    effects, correlations = Laboratory(survey, run, progress).results(found)
    origin = origin_of(loaded)
    file = None if origin is None else origin.file
    name = scenario if isinstance(scenario, str) or scenario is None else scenario.name
    return Findings(tuple(_told(found, effects, origin)), replace(base, scenario=name), correlations, file)


def _network(program: Program, mitigation: Mitigation, default_range: str | None) -> Network:
    """Return the program compiled."""
    settings = Settings(mitigation, default_range=read_range(default_range), ignore=beyond_the_engine(program))
    return stretched(program, settings, lambda network: network)


def _told(found: Sequence[Finding], effects: Mapping[str, Effect], origin: Origin | None) -> Iterator[Finding]:
    """Yield the findings with their lines and effects: the gravest first, in each rule the largest figure first."""
    order = [rule.id for rule in RULES]
    ranked = sorted(found, key=lambda finding: (order.index(finding.rule), -abs(finding.value or 0.0)))
    for severity in SEVERITIES:
        for finding in ranked:
            if finding.severity == severity:
                file, line = _line(finding.at, origin)
                yield replace(finding, file=file, line=line, effect=effects.get(finding.rule))


def _line(place: Place, origin: Origin | None) -> tuple[str | None, int | None]:
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
