"""A program to explore: it has everything that a knob can turn in the Monte Carlo engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from riskmc.live import prepare, serve

FILE = """\
# an example; every comment stays
riskmc: 1
program: Canal
start: 2027-01-04
currency: EUR

projects:
  p:
    activities:
      dig: {name: Dig, duration: pert(15d 20d 40d), cost: {fixed: 20k, per_day: 1k}}
      lay: {name: Lay the lining, duration: triangular(10d 15d 30d), cost: 90k, after: [dig]}
      plant: {duration: 5d, after: [dig]}
      open: {milestone: true, after: [lay, plant]}

targets:
  - {name: Opening, finish: 2027-03-05, cost: 150k}

risks:
  rain: {name: Rain, probability: 40%, impacts: [{on: p.dig, duration: + uniform(5d 20d), cost: + 9k}]}
  leak: {probability: 12.5%, impacts: [{on: p.lay, duration: + 4d}]}
  gone: {probability: 10%, status: closed, impacts: [{on: p.lay, duration: + 4d}]}

responses:
  pumps: {name: Pumps, status: proposed, cost: 3k, acts_on: {rain: {probability: 10%}}}
  tents: {status: approved, cost: 2k, acts_on: {rain: {duration: x 50%}}}
  talks: {status: done, acts_on: {leak: {probability: 12%}}}

scenarios:
  early: {set: {p.dig.duration: 18d}}     # the contractor's offer

assumptions: [Rain falls.]
"""


def written(folder: Path) -> Path:
    """Return the file of the example, in a folder."""
    file = folder / "program.yaml"
    file.write_text(FILE, encoding="utf-8")
    return file


@contextmanager
def serving(folder: Path) -> Iterator[Any]:
    """Serve the example from a thread, which ends with the block."""
    import uvicorn

    from riskmc.live.server import application, guarded

    found = serve(prepare(written(folder), iterations=500))
    server = uvicorn.Server(uvicorn.Config(guarded(application(found), found), log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [found.listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield found
    server.should_exit = True
    thread.join(10)
