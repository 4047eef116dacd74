"""Critical paths as `riskmc paths` prints them: how often each sets the finish, and which stands behind the P80."""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.paths import Path, Paths
from riskmc.forecast.differences import ends_text
from riskmc.forecast.figures import chance, iterations_text, shortened
from riskmc.reports.document import remarks
from riskmc.reports.document.layout import WIDTH, Column, Section, rendered
from riskmc.simulation.place import own_name

NAME_WIDTH = 44
TOP = 5
_FEW = 6  # activities in which a path is told by its difference from the first one


def tell_paths(found: Paths, top: int = TOP, width: int = WIDTH, colour: bool = False) -> str:
    """Return the printed answer as text of ``width`` columns, with terminal colours where asked for."""
    return rendered([_sentence(found)], _sections(found, top), width, colour)


def _sentence(found: Paths) -> str:
    trials = found.trials
    if not trials.random:
        return "One critical path: this is a plan, not a forecast; nothing in it is random."
    if len(found) == 1:
        return f"One critical path sets the finish in all {iterations_text(len(trials))}."
    first, behind = found[0], found.behind
    near = "the same" if behind.number == first.number else f"no. {behind.number}"
    return (
        f"{len(found):,} critical paths; the most frequent sets the finish in {chance(first.share)} of "
        f"{iterations_text(len(trials))}. Behind {found.level} it is most often {near}, in {chance(behind.share_near)}."
    )


def _sections(found: Paths, top: int) -> Iterator[Section]:
    shown = found.top(top)
    if found.trials.random:
        yield _table(found, shown)
    yield _listed(found, found[0])
    for path in shown[1:]:
        yield Section(notes=[f"Path {path.number}: {_apart(found, path)}."])
    if found.trials.random:
        yield Section(notes=[_reading(found)])
    yield remarks.conditions(found.trials)
    yield remarks.provenance(found.trials)


def _table(found: Paths, shown: list[Path]) -> Section:
    heads = [("Path", True), ("Share", True), ("95% interval", False), (f"Near {found.level}", True)]
    more = [("95% interval", False), ("Mean finish", True), ("First in", True)]
    rows = [
        (
            f"{path.number}",
            chance(path.share),
            ends_text((path.share.low, path.share.high), chance),
            chance(path.share_near),
            ends_text((path.share_near.low, path.share_near.high), chance),
            found.trials.finish().text(path.mean_finish[0]),
            f"{path.first_iteration:,}",
        )
        for path in shown
    ]
    left = len(found) - len(shown)
    notes = [f"and {left:,} more paths: --top and --json list more."] if left > 0 else []
    return Section([Column(*head) for head in (*heads, *more)], rows, notes)


def _listed(found: Paths, path: Path) -> Section:
    """Return the activities of a path, each with its criticality overall and near the percentile."""
    columns = [Column(f"Path {path.number}", yields=True), Column("Critical", right=True)]
    columns += [Column(f"Near {found.level}", right=True)] if found.trials.random else []
    overall, near = found.criticality, found.criticality_near
    rows = []
    for activity in path.activities:
        name = shortened(own_name(found.trials.program, activity), NAME_WIDTH)
        shares = [overall[activity], near[activity]] if found.trials.random else [overall[activity]]
        rows.append((name, *map(_share, shares)))
    return Section(columns, rows)


def _share(share: float) -> str:
    """Return a share of the iterations; all of them are all."""
    return "always" if share == 1 else chance(share)


def _apart(found: Paths, path: Path) -> str:
    """Return what sets a path apart from the first one, or the whole of it where that is shorter."""
    first, own = found[0].activities, path.activities
    joined, left = [one for one in own if one not in first], [one for one in first if one not in own]
    if not joined and not left:
        return "as path 1"
    parts = [_names(found, "without", left), _names(found, "with", joined)]
    return "as path 1, " + ", ".join(part for part in parts if part)


def _names(found: Paths, word: str, activities: list[str]) -> str:
    if not activities:
        return ""
    told = [shortened(own_name(found.trials.program, one), NAME_WIDTH) for one in activities[:_FEW]]
    more = [f"{len(activities) - _FEW:,} more"] if len(activities) > _FEW else []
    return f"{word} {'; '.join([*told, *more])}"


def _reading(found: Paths) -> str:
    n = int(found.near.sum())
    return (
        f"A critical path is every activity on a driving chain to the finish of its iteration. Near {found.level}: "
        f"{iterations_text(n)} nearest to it in rank. First in: replay it with riskmc iteration. 95% interval: "
        "simulation error only."
    )
