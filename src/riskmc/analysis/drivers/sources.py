"""Sources of uncertainty that are no risks: ranges in groups, drivers, choices, lags; each with the program without it.

Ranges are grouped as analysts speak of them: all of them, those of a project, those that one rule of `ranges` gives,
and where there are only a few, those of single activities; and any selection that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from riskmc.analysis.drivers import held
from riskmc.analysis.drivers.held import SampledDates
from riskmc.analysis.drivers.held_ranges import DEFAULT, RangedWork
from riskmc.errors import ArgumentError
from riskmc.forecast.language import phrase
from riskmc.program.program import Program
from riskmc.program.words import listed
from riskmc.simulation.place import name_of, own_name
from riskmc.simulation.trials import Trials

FEW = 12  # ranges, or activities that may not exist, up to which each is a source of its own
ESTIMATES, DRIVER, CHOICE, EXISTENCE = "estimates", "driver", "choice", "existence"
LAGS, SLIPS, CORRELATIONS = "lags", "slips", "correlations"


@dataclass(frozen=True, eq=False)
class Source:
    """One source: its identifier among those of its kind, what to call it, and the program that is without it."""

    id: str
    kind: str
    name: str
    without: Callable[[], Program]


def sources(trials: Trials, groups: Mapping[str, str | Sequence[str]] | None = None) -> list[Source]:
    """Return every source that a program has; ``groups`` are further selections of ranges by name.

    Raises ArgumentError for a selection without any range.
    """
    again = trials.again()
    program, default = again.program, again.settings.default_range
    found = [*_ranges(RangedWork(program, again.network), groups or {}), *_drivers(program), *_choices(program)]
    found += [*_existence(program), *_dates(program, SampledDates(program, again.network))]
    if held.correlates(program, default):
        without = partial(held.uncorrelated, program, default)
        found.append(Source(CORRELATIONS, CORRELATIONS, phrase("Correlations"), without))
    return found


def _ranges(work: RangedWork, groups: Mapping[str, str | Sequence[str]]) -> Iterator[Source]:
    """Yield the groups of ranges, each set of activities once, under the first name that it has."""
    seen: set[frozenset[str]] = set()
    for key, name, paths in [*_asked(work, groups), *_grouped(work)]:
        if paths and frozenset(paths) not in seen:
            seen.add(frozenset(paths))
            yield Source(key, ESTIMATES, name, partial(work.held, paths))
    if work.other_costs:
        yield Source("costs", ESTIMATES, phrase("Costs of no activity"), partial(work.held_other_costs, work.program))


def _asked(work: RangedWork, groups: Mapping[str, str | Sequence[str]]) -> Iterator[tuple[str, str, list[str]]]:
    for name, selector in groups.items():
        paths = work.select(listed(selector))
        if not paths:
            raise ArgumentError(f"groups: {name!r} selects no activity with a range, got {selector!r}")
        yield name, name, paths


def _grouped(work: RangedWork) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (identifier, name, paths) of all ranges, of those of each project, of each rule, of single activities."""
    program, paths = work.network.program, list(work.tasks)
    yield "ranges", phrase("All ranges"), paths
    for home in program.projects:
        inside = [path for path in paths if work.tasks[path].project == home]
        yield home, phrase("Ranges of {name}", name=name_of(program, home)), inside
    given = {path: work.source(path) for path in paths}
    for key in dict.fromkeys(key for key in given.values() if key is not None):
        name = phrase("Default range") if key == DEFAULT else phrase("Rule {key}", key=key)
        yield key, name, [path for path in paths if given[path] == key]
    own = [path for path in paths if given[path] is None]
    yield "own", phrase("Ranges of single activities"), own
    for path in paths if len(paths) <= FEW else ():
        yield path, phrase("Range of {name}", name=own_name(program, path)), [path]


def _drivers(program: Program) -> Iterator[Source]:
    for name, driver in program.drivers.items():
        if held.acts(driver):
            yield Source(name, DRIVER, driver.name or name, partial(held.without_drivers, program, {name}))


def _choices(program: Program) -> Iterator[Source]:
    for name, choice in program.choices.items():
        if sum(share > 0 for share in choice.values()) > 1:
            yield Source(
                name, CHOICE, phrase("Choice of {name}", name=name), partial(held.without_choices, program, {name})
            )


def _existence(program: Program) -> Iterator[Source]:
    paths = doubtful(program)
    if len(paths) > FEW:
        without = partial(held.without_doubt, program, paths)
        yield Source(EXISTENCE, EXISTENCE, phrase("{count} activities, needed or not", count=len(paths)), without)
        return
    for path in paths:
        name = phrase("{name}, needed or not", name=own_name(program, path))
        yield Source(path, EXISTENCE, name, partial(held.without_doubt, program, [path]))


def doubtful(program: Program) -> list[str]:
    """Return the activities that exist with a chance that is neither 0 nor 1."""
    return [path for path, a in program.activities().items() if a.exists is not None and 0 < a.exists < 1]


def _dates(program: Program, dates: SampledDates) -> Iterator[Source]:
    if dates.lagged:
        yield Source(LAGS, LAGS, phrase("Sampled lags"), partial(dates.held_lags, program))
    if dates.slipping:
        yield Source(SLIPS, SLIPS, phrase("Earliest dates that may slip"), partial(dates.held_slips, program))
