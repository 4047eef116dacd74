"""Critical paths by frequency: the driving chains of every iteration, counted, overall and around the P80 (N6).

The critical path of an iteration is the set of all activities on a driving chain to its finish, in the order of the
logic. So every iteration has exactly one, and the shares add up to 1; where several chains drive at once, it branches.
The iterations behind a percentile are those nearest to it in rank, one in twenty of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.sensitivity.estimates import mean
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import chance, day, iterations_text, level_name
from riskmc.forecast.instant import instant_of
from riskmc.forecast.interval import check_share, quantile_rank
from riskmc.forecast.probability import Probability
from riskmc.forecast.replicates import INDEPENDENT
from riskmc.simulation.kept_paths import Patterns, kept_patterns
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

BAND = 0.05  # of the iterations stand behind a percentile
ARROW = " > "
_LISTED = 20  # paths in a table
_SHOWN = 3  # paths in a repr and on a card


@dataclass(frozen=True, eq=False, repr=False)
class Path(Shown):
    """One critical path: its activities in the order of the logic, and how often it sets the finish.

    ``number`` counts from 1, the most frequent; ``share`` is of all iterations, ``share_near`` of those behind the
    percentile. ``mean_finish`` with its interval is over the iterations of this path, ``first_iteration`` the number
    of the first of them: `riskmc.iteration` replays it.
    """

    number: int
    activities: tuple[str, ...]
    iterations: int
    share: Probability
    share_near: Probability
    mean_finish: tuple[datetime, datetime | None, datetime | None]
    first_iteration: int

    def _card(self) -> Card:
        """Return what a notebook shows: how often the path sets the finish, and its activities."""
        figures = [
            ("sets the finish in", chance(self.share), True),
            ("behind the percentile", chance(self.share_near), True),
            ("mean finish", day(self.mean_finish[0]), True),
        ]
        count = f"{len(self.activities):,} activities, first in iteration {self.first_iteration:,}"
        return Card(f"Critical path {self.number}", "Path", figures, None, (" > ".join(self.activities),), "", count)


@dataclass(frozen=True, eq=False, repr=False)
class Paths(Shown, Sequence[Path]):
    """The critical paths of a run, the most frequent first: ``paths[0]``. ``near`` bool[n] are the iterations behind
    the ``percentile``."""

    trials: Trials
    percentile: float
    patterns: Patterns
    near: NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.patterns.counts.size)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(f"there are {len(self):,} paths, got {place}")
        return self._path(place % len(self))

    @property
    def level(self) -> str:
        """The name of the percentile, ``P80``."""
        return level_name(self.percentile)

    def of(self, iteration: int) -> Path:
        """Return the path of an iteration by its number."""
        if iteration not in self.trials.iterations:
            raise ArgumentError(f"iteration {iteration} is none of these {len(self.trials):,}")
        path: Path = self[int(self.patterns.path_of[self.trials.iterations.index(iteration)])]
        return path

    @cached_property
    def behind(self) -> Path:
        """The path that is the most frequent behind the percentile; of equals the more frequent overall."""
        path: Path = self[int(np.argmax(self._counts_near))]
        return path

    def top(self, most: int) -> list[Path]:
        """Return the ``most`` most frequent paths and, last, the one behind the percentile where it is none of them."""
        chosen: list[Path] = self[:most]
        if self.behind.number > len(chosen):
            chosen.append(self.behind)
        return chosen

    def to_frame(self, most: int = _LISTED) -> pd.DataFrame:
        """Return one row a path, the ``most`` most frequent ones and the one behind the percentile, by number.

        ``share`` of all iterations and ``share_near_p80`` (or the percentile asked for) of those behind it, each with
        its 95% interval; ``mean_finish`` when it is critical; ``path`` names its activities in order.
        """
        import pandas as pd

        chosen = self.top(most)
        rows = [dict(self._row(path)) for path in chosen]
        return pd.DataFrame(rows, index=pd.Index([path.number for path in chosen], name="path_number"))

    def activities(self) -> pd.DataFrame:
        """Return one row an activity that is ever critical: how often overall, and behind the percentile.

        ``criticality_near_p80_low`` and ``..._high`` are its 95% interval; in the order of the logic.
        """
        import pandas as pd

        some = [path for path, share in self.criticality.items() if share]
        n, word = int(self.near.sum()), f"criticality_near_{self.level.lower()}"
        shares = [Probability.of(round(self.criticality_near[path] * n), n) for path in some]
        columns = {
            "name": [name_of(self.trials.program, path) for path in some],
            "criticality": [self.criticality[path] for path in some],
            word: [share.value for share in shares],
            f"{word}_low": [share.low for share in shares],
            f"{word}_high": [share.high for share in shares],
        }
        return pd.DataFrame(columns, index=pd.Index(some, name="activity"))

    @cached_property
    def criticality(self) -> dict[str, float]:
        """The share of all iterations in which each activity is critical, by path, in the order of the logic."""
        return self._shares(self.patterns.counts)

    @cached_property
    def criticality_near(self) -> dict[str, float]:
        """The share of the iterations behind the percentile in which each activity is critical."""
        return self._shares(self._counts_near)

    def _shares(self, counts: NDArray[np.int64]) -> dict[str, float]:
        return dict(zip(self._names, ((counts @ self.patterns.critical) / counts.sum()).tolist(), strict=True))

    def told(self, path: Path) -> str:
        """Return the activities of a path by name, in order."""
        return ARROW.join(name_of(self.trials.program, one) for one in path.activities)

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    @cached_property
    def _names(self) -> list[str]:
        tasks = self.trials.again().network.tasks
        return [tasks[node].path for node in self.patterns.nodes.tolist()]

    @cached_property
    def _counts_near(self) -> NDArray[np.int64]:
        return np.bincount(self.patterns.path_of[self.near], minlength=len(self))

    def _path(self, number: int) -> Path:
        hits = self.patterns.path_of == number
        shown = tuple(self._names[a] for a in np.flatnonzero(self.patterns.critical[number]))
        value, low, high = mean(self.trials.finish_minutes[hits], self.trials.replicates if hits.all() else INDEPENDENT)
        assert value is not None
        ends = tuple(None if end is None else instant_of(round(end)) for end in (low, high))
        return Path(
            number + 1,
            shown,
            int(self.patterns.counts[number]),
            Probability.among(hits, self.trials.replicates),
            Probability.of(int(self._counts_near[number]), int(self.near.sum())),
            (instant_of(round(value)), ends[0], ends[1]),
            self.trials.iterations[int(self.patterns.first[number])],
        )

    def _row(self, path: Path) -> Iterator[tuple[str, Any]]:
        for word, share in (("share", path.share), (f"share_near_{self.level.lower()}", path.share_near)):
            yield from zip((word, f"{word}_low", f"{word}_high"), (share.value, share.low, share.high), strict=True)
        yield "iterations", path.iterations
        yield from zip(("mean_finish", "mean_finish_low", "mean_finish_high"), path.mean_finish, strict=True)
        yield "first_iteration", path.first_iteration
        yield "activities", len(path.activities)
        yield "path", self.told(path)

    def _card(self) -> Card:
        """Return what a notebook shows: the most frequent critical paths, and how often they set the finish."""
        near, level = self.behind, self.level
        rows = [(self.told(path), chance(path.share), chance(path.share_near)) for path in self[:_SHOWN]]
        figures = [
            ("", f"{len(self):,} critical path{'' if len(self) == 1 else 's'}", False),
            ("the most frequent in", f"{chance(self[0].share)} of the iterations", True),
            (f"behind {level}", f"no. {near.number} in {chance(near.share_near)}", True),
        ]
        table = Table(("of all", f"behind {level}"), rows)
        return Card(self.trials.program.program, "Critical paths", figures, table, (), "", self.foot)


def paths(trials: Trials, percentile: float = 0.80, *, progress: Progress | None = None) -> Paths:
    """Return the critical paths of the iterations by frequency, overall and behind a percentile of the finish.

    Behind it are the iterations nearest in rank to the one that is the percentile: one in twenty, and at least one. The
    iterations are run again, same bits.

    Raises
    ------
    ArgumentError
        The percentile is no share between 0 and 1, or nothing was kept of the trials to run them again.
    """
    check_share("percentile", percentile)
    return Paths(trials, percentile, kept_patterns(trials.again(), progress), _near(trials.finish_minutes, percentile))


def _near(finishes: NDArray[np.int64], percentile: float) -> NDArray[np.bool_]:
    """Return the iterations that stand behind a percentile, bool[n]; of equal finishes the earlier iterations first."""
    n = finishes.size
    wanted = max(1, round(BAND * n))
    first = min(max(quantile_rank(n, percentile) - 1 - wanted // 2, 0), n - wanted)
    near = np.zeros(n, np.bool_)
    near[np.argsort(finishes, kind="stable")[first : first + wanted]] = True
    return near
