"""Hunting by hand, outside CI, for random programs on which engines part, hang or fail; CI draws a few of the same.

``python tests/hunting.py twins --examples 2000 --seed 7`` draws programs with every behaviour at random: the event
kernel and the simpy reference must tell the same events, dates and cents. ``engines`` draws programs of what both
engines know: minutes, cents and statistics must be the same (D0). ``hostile`` draws programs that want the event kernel
to hang: it ends, or is refused in words. What happened is counted, and printed from time to time; each fault is printed
and its program kept in ``--keep``, from where ``--again FILE`` runs it once more; the exit code is 1 where there was
any. A program may take 30 s of process time, and is a fault above; after 300 s the hunt itself ends.

With NUMBA_DISABLE_JIT=1 before the command, kernels run uncompiled on arrays that refuse negative indices
(guarded.py), ten times as slowly. Give a fault that was found a test of its own.
"""

import argparse
import faulthandler
import json
import re
import sys
import time
import traceback
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import guarded
import riskmc as rm
from behaving_programs import behaving
from detailed_programs import detailed
from hostile_programs import hostile
from p6_programs import plan_words
from random_programs import programs, programs_in_progress
from riskmc.errors import RiskmcError
from riskmc.network.compiling import Settings
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.stretching import stretched

LONGEST, HUNG = (300, 3000) if guarded.UNCOMPILED else (30, 300)
EVENTS = Settings(engine="discrete-event")
STATISTICS = ("criticality", "mean_start", "mean_finish", "mean_duration_days")
P6 = st.integers(0, 10**9).map(lambda number: plan_words(Random(number)))
SHARED = st.one_of(programs(), programs_in_progress(), detailed(), P6)


def twins(words, iterations=4):
    """Assert that both implementations of the event engine tell the same events, dates and cents."""
    agreement = stretched(rm.Program(**words), EVENTS, lambda network: compare_events(network, 1, iterations))
    assert agreement.first is None, agreement.first
    assert agreement.agree == iterations
    return "same"


def engines(words):
    """Assert that both engines give the same (D0), with constraints relaxed and as planned."""
    program = rm.Program(**words)
    for constraints in ("relaxed", "as-planned"):
        run = partial(rm.simulate, program, 256, constraints=constraints, statistics=True)
        assert_same_trials(run(engine="monte-carlo"), run(engine="discrete-event"))
    return "same"


def assert_same_trials(static, events):
    """Assert that two trials are the same in every iteration: minutes, cents, chains and means."""
    assert np.array_equal(static.finish_minutes, events.finish_minutes)
    assert np.array_equal(static.cost_cents, events.cost_cents)
    for kept in ("project_finish", "project_cost", "milestone_finish"):
        ours, theirs = getattr(static, kept), getattr(events, kept)
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours), kept
    for told in STATISTICS:
        assert np.array_equal(getattr(static.statistics, told), getattr(events.statistics, told), equal_nan=True), told
    assert vars(static.plan) == vars(events.plan)


def ends(words, iterations=3):
    """Return whether every replication of the event kernel finished, or some were censored."""

    def run(network):
        block = EventBlock(network, 1)
        block.run(0, 0, iterations)
        return block.space.outcome[:iterations].max()

    return "censored" if stretched(rm.Program(**words), EVENTS, run) else "finished"


OPEN_ENDED = settings(
    phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None, database=None, derandomize=False
)
HUNTS = {"twins": (behaving(), twins), "engines": (SHARED, engines), "hostile": (hostile(), ends)}


class Hunt:
    """One hunt: what it draws and checks, what happened so far, and where programs with a fault are kept."""

    def __init__(self, kind, keep):
        self.kind, self.keep = kind, Path(keep)
        self.check, self.happened, self.faults = HUNTS[kind][1], Counter(), 0

    def look(self, words):
        """Check one program and count what happened."""
        self._save("now", words)
        faulthandler.dump_traceback_later(HUNG, exit=True, file=sys.__stderr__)
        begin = time.process_time()
        try:
            happened = self.check(words)
        except RiskmcError as refused:
            happened = f"{type(refused).__name__}: {nameless(str(refused))}"
        except Exception:  # every fault is told, and the hunt goes on
            happened = "FAULT"
            self._tell(words, traceback.format_exc()[-2000:])
        faulthandler.cancel_dump_traceback_later()
        if (took := time.process_time() - begin) > LONGEST:
            self._tell(words, f"took {took:.0f} s: {happened}")
        self.happened[happened] += 1
        if self.happened.total() % 100 == 0:
            print(self.happened.total(), dict(self.happened.most_common(6)), flush=True)

    def _tell(self, words, text):
        self.faults += 1
        print(f"{self._save(f'fault-{self.faults}', words)}: {text}", flush=True)

    def _save(self, name, words):
        self.keep.mkdir(parents=True, exist_ok=True)
        file = self.keep / f"{self.kind}-{name}.json"
        file.write_text(json.dumps(words), encoding="utf-8")
        return file


def nameless(text):
    """Return the first line of a message without the names and numbers in it, to count its kind."""
    return re.sub(r"\b[pq]\b|\ba?\d[\d.,]*", "#", text.strip().splitlines()[-1])[:100]


def main(arguments):
    """Return the exit code of a hunt: 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=HUNTS)
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="out/hunted")
    parser.add_argument("--again", help="a kept program: check it alone")
    asked = parser.parse_args(arguments)
    hunt = Hunt(asked.kind, asked.keep)
    if asked.again:
        hunt.look(json.loads(Path(asked.again).read_text(encoding="utf-8")))
    else:
        every = settings(OPEN_ENDED, max_examples=asked.examples)
        every(seed(asked.seed)(given(HUNTS[asked.kind][0])(hunt.look)))()
    for happened, count in hunt.happened.most_common():
        print(count, happened)
    return int(hunt.faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
