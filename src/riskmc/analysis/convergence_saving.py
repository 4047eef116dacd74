"""What Latin hypercubes save: the variance of mean, P50 and P80 with them as a share of that of plain iterations (R4).

Measured here, for this program: as many iterations again as hypercubes of 256. Plain iterations are independent, so
their mean of 256 has the variance s^2 / 256, and a share p of them p (1 - p) / 256. The means and shares of the
hypercubes vary among each other; the variance among them over the plain one is what is left. A percentile is known
as well as the share of outcomes at or below it. Sources: McKay, Beckman and Conover (1979), Technometrics 21, 239-245;
Stein (1987), Technometrics 29, 143-151; Avramidis and Wilson (1998), Operations Research 46, 574-591. The interval is
that of a variance (chi-squared), in which the hypercubes count as independent and their means as normal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.figures import level_name
from riskmc.forecast.interval import CONFIDENCE, quantile_rank
from riskmc.forecast.outcome import ordered_sum
from riskmc.forecast.replicates import FEWEST
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import HYPERCUBE, Trials


@dataclass(frozen=True)
class Saving:
    """What Latin hypercubes leave of the variance of one estimate, with its 95% interval, from so many hypercubes.

    0.25 means that 10,000 iterations as hypercubes know it as well as 40,000 plain ones; 1 that nothing is saved.
    """

    measure: str
    variance_ratio: float
    low: float
    high: float
    hypercubes: int


def measure_savings(trials: Trials, levels: Sequence[float], progress: Progress | None = None) -> tuple[Saving, ...]:
    """Return what hypercubes save for mean and percentiles of finish, and of cost where it varies.

    As many iterations as the trials have are run, in whole hypercubes of 256, ten of them at least.
    """
    count = max(FEWEST, len(trials) // HYPERCUBE)
    first = -(-trials.iterations.start // HYPERCUBE) * HYPERCUBE
    chosen = range(first, first + count * HYPERCUBE)
    done = replace(trials.again(), stratified=True, iterations=chosen).run(progress=progress)
    outcomes = [("finish", done.finishes[0].astype(np.int64)), ("cost", done.cents[0])]
    return tuple(saving for name, samples in outcomes for saving in _savings(name, samples, levels))


def _savings(name: str, samples: NDArray[Any], levels: Sequence[float]) -> Iterator[Saving]:
    values = (samples - samples[0]).astype(np.float64)
    spread = float(np.square(values - values.mean()).mean())
    if not spread:
        return
    ordered = np.sort(values)
    for p in levels:
        below = values <= ordered[quantile_rank(values.size, p) - 1]
        share = float(below.mean())
        if share < 1:
            yield _saving(f"{level_name(p)} {name}", below.astype(np.float64), share * (1 - share))
    yield _saving(f"mean {name}", values, spread)


def _saving(measure: str, values: NDArray[np.float64], plain: float) -> Saving:
    """Return the variance among the means of the hypercubes over that of the means of as many plain iterations."""
    from scipy import special  # not needed by a plain forecast

    means = np.add.accumulate(values.reshape(-1, HYPERCUBE), axis=1)[:, -1] / HYPERCUBE  # in order (R6)
    k = means.size
    scatter = ordered_sum(np.square(means - ordered_sum(means) / k)) * HYPERCUBE / plain  # chi-squared, k - 1
    low, high = (float(special.chdtri(k - 1, tail)) for tail in ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    ratio, lowest, highest = (round(scatter / by, 9) for by in (k - 1, low, high))
    return Saving(measure, ratio, lowest, highest, k)
