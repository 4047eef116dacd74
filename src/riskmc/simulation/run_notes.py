"""What a run has to say besides its numbers: draws that were raised, iterations that did not end, hooks that acted."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.figures import day
from riskmc.forecast.language import in_a_row, phrase, phrases
from riskmc.network.network import Network
from riskmc.simulation.hooks import hooks_note
from riskmc.simulation.montecarlo import Outcomes

MOST_NAMED = 3


def run_notes(network: Network, outcomes: Outcomes, n: int) -> tuple[str, ...]:
    """Return the sentences that go with the trials of ``n`` iterations: those of the network, then of the run."""
    hooks = (hooks_note(network.hooks),) if network.hooks else ()
    told = (_raised, _endless, _censored)
    return (*network.notes, *hooks, *(sentence for tell in told for sentence in tell(network, outcomes, n)))


def _raised(network: Network, outcomes: Outcomes, n: int) -> tuple[str, ...]:
    """Return the sentence that says how many sampled durations came out below zero (T1), and of which activities."""
    counts = outcomes.sums.raised
    below = int(np.count_nonzero(counts))
    if not below:
        return ()
    share, worst = counts.sum() / (n * max(1, sum(network.ranged))), int(np.argmax(counts))
    told = {"percent": 100 * share, "worst": network.tasks[worst].path, "own": 100 * counts[worst] / n}
    return (
        phrases(
            "{percent:.2f}% of the sampled durations came out below zero and were raised to one minute: all of {worst} "
            "({own:.2f}% of its own)",
            "{percent:.2f}% of the sampled durations came out below zero and were raised to one minute: {count} "
            "activities, most often {worst} ({own:.2f}% of its own)",
            below,
            **told,
        ),
    )


def _censored(network: Network, outcomes: Outcomes, n: int) -> tuple[str, ...]:
    """Return the sentence that says how many iterations did not end, and with which date they count (D8)."""
    count = int(outcomes.sums.censored[0])
    if not count:
        return ()
    last = datetime(1970, 1, 1) + timedelta(minutes=network.axis.unix + network.axis.horizon)
    return (
        phrases(
            "{count} of {all:,} iterations did not end: stopped, and counted as finishing at the end of the calendars, "
            "{date}; a percentile at or above {percent:.0f}% means no sooner than it says",
            "{count} of {all:,} iterations did not end: stopped, and counted as finishing at the end of the calendars, "
            "{date}; a percentile at or above {percent:.0f}% means no sooner than it says",
            count,
            all=n, date=day(last), percent=100 * (1 - count / n),
        ),
        *_stopped(network, outcomes.sums.stopped),
    )  # fmt: skip


def _stopped(network: Network, counts: NDArray[np.int64]) -> tuple[str, ...]:
    """Return the sentence that names the work at which iterations were stopped: what it waited for was done."""
    often = np.argsort(-counts, kind="stable")[: min(MOST_NAMED, np.count_nonzero(counts))]
    named = [phrase("{activity} ({number:,})", activity=network.tasks[a].path, number=int(counts[a])) for a in often]
    return (phrase("the work at which most of them were stopped: {work}", work=in_a_row(named)),) if named else ()


def _endless(network: Network, outcomes: Outcomes, n: int) -> tuple[str, ...]:
    """Return a sentence for every backlog that some iterations did not end: how many, and what they count as (D8)."""
    counts = zip(network.sampler.backlogs, outcomes.sums.endless.tolist(), strict=True)
    paths = {id(task.backlog): task.path for task in network.tasks}
    return tuple(
        phrase(
            "the backlog of {activity} is not done after 20 years of work in {number:,} of {all:,} iterations, which "
            "count as 20 years",
            activity=paths[id(one.worked_off.backlog)],
            number=count,
            all=n,
        )
        for one, count in counts
        if count
    )
