"""What-if: a program, the knobs that are turned, and the answer: the same bits as the scenario simulated anew (A3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from os import PathLike
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, nearest
from riskmc.forecast.language import ENGLISH, Language
from riskmc.forecast.language_choice import find_language
from riskmc.io.scenario_file import add_scenario, check_name, scenario_text
from riskmc.live.answer import Answer, Question, Run
from riskmc.live.knob import Group, Knob, Value
from riskmc.live.knobs import COST, FINISH, ITERATIONS, PLACE, Chosen, knobs_of, project_at, promised
from riskmc.network.refusals import Engine
from riskmc.program.origin import origin_of
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.scenario import Scenario
from riskmc.program.sections import Sections
from riskmc.program.uncertainty import Driver
from riskmc.simulation.engine import simulate
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.place import PROGRAM
from riskmc.simulation.retuned_runs import Numbers, Outcome, RetunedRuns
from riskmc.simulation.trials import CENTS, Sampling, Trials

Changes = Mapping[str, object]
NAME = "what_if"
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")
_MOST_KEPT = 4  # runs of the program as it stands, one for each number of iterations and place
ASPECTS = {"durations": "duration", "costs": "cost_total"}  # what a driver of a group of knobs multiplies


@dataclass(eq=False)
class WhatIf:
    """A program and its knobs.

    ``base`` are the trials of the program as it stands, ``knobs`` are by key; ``language`` is that of page and widgets.
    """

    base: Trials
    knobs: Mapping[str, Knob]
    language: Language = ENGLISH
    _scenarios: dict[str, Scenario] = field(default_factory=dict)
    _before: dict[tuple[int, str], Run] = field(default_factory=dict)
    _promises: dict[str, tuple[str, float | None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @cached_property
    def program(self) -> Program:
        """The program as it stands."""
        return self.base.again().program

    @property
    def is_quick(self) -> bool:
        """Whether answers come from a program compiled once; not with queues, where each is a run of its own."""
        return self.base.again().network.dynamics is None

    def answer(self, changes: Changes | None = None) -> Answer:
        """Return the forecast with these knobs turned, beside that of the program as it stands, of paired iterations.

        ``changes`` are values by the knob's key; what is not named is as it stands. Threads take turns. Raises
        ArgumentError for an unknown knob, or a value that it cannot take.
        """
        said = self.read(changes or {})
        question = self._question(said, changes or {})
        with self._lock:
            before = self._as_it_stands(question)
            moved = self.moved(said)
            after = before if not moved else self._run(moved, question)
        words = scenario_text(NAME, self.scenario(moved)) if moved else ""
        return Answer(self.base, said, question, before, after, words)

    def _question(self, said: Mapping[str, Value], changes: Changes) -> Question:
        """Return what is asked; a date and a budget that are not named are those of the place."""
        whole = {key: said.get(key, knob.neutral) for key, knob in self.knobs.items() if knob.group == "question"}
        place = str(whole.get(PLACE, PROGRAM))
        asked = {key: self.knobs[key].read(changes[key]) for key in (FINISH, COST) if key in changes}
        date, amount = self.promised(place)
        amount = amount if COST not in asked else float(asked[COST])
        return Question(str(asked.get(FINISH, date)), amount, int(float(whole[ITERATIONS])), place)

    def promised(self, place: str) -> tuple[str, float | None]:
        """Return the date and the budget that stand for a place until others are asked for."""
        if place not in self._promises:
            self._promises[place] = promised(self.base, place)
        return self._promises[place]

    def fields(self, question: Question) -> dict[str, str]:
        """Return what the fields of date and budget say at the place of a question before they are turned, by key."""
        date, amount = self.promised(question.place)
        return {FINISH: date, **({} if amount is None else {COST: self.knobs[COST].text(amount)})}

    def read(self, changes: Changes) -> dict[str, Value]:
        """Return the values of the knobs that are not as the program has them, each checked, in the knobs' order."""
        unknown = next((key for key in changes if key not in self.knobs), None)
        if unknown is not None:
            raise ArgumentError(f"there is no knob {unknown!r}{nearest(str(unknown), self.knobs)}")
        read = {key: knob.read(changes[key]) for key, knob in self.knobs.items() if key in changes}
        return {key: value for key, value in read.items() if value != self.knobs[key].neutral}

    def moved(self, changes: Changes) -> dict[str, Value]:
        """Return the changes that change the program; not the question: iterations, target date and budget."""
        return {key: value for key, value in self.read(changes).items() if self.knobs[key].group != "question"}

    def scenario(self, changes: Changes) -> Scenario:
        """Return the scenario that makes these changes, in the words of the program file.

        Durations and costs become drivers: each multiplies what the activity takes, or costs in all, in every
        iteration, and leaves the plan's own dates and money as they are.
        """
        moved = self.moved(changes)
        turned = [(self.knobs[key], value) for key, value in moved.items()]
        drivers = {name: driver for key, (name, driver) in self._drivers(moved).items() if key in moved}
        switched = {on: [k.subject for k, v in turned if k.form == "switch" and v is on] for on in (True, False)}
        return Scenario(
            add=Sections(drivers=drivers) if drivers else None,
            set={knob.key: knob.text(value) for knob, value in turned if knob.group in ("risks", "resources")},
            approve=switched[True],
            withdraw=switched[False],
        )

    @cached_property
    def file(self) -> str | None:
        """The file that the program was read from, as it stands; None for a program made in Python."""
        origin = origin_of(self.program)
        return None if origin is None else origin.file

    def keep(self, changes: Changes, name: str) -> Program:
        """Return the program with one scenario more, ``name``, which makes these changes; its file is written too.

        The file keeps its layout and comments, and is written whole or not at all. Raises ArgumentError where nothing
        is turned, the name is taken or no identifier, or the file cannot take it.
        """
        if not self.moved(changes):
            raise ArgumentError("nothing is turned: a scenario needs a change; iterations, date and budget are none")
        with self._lock:
            program = self._with_kept()
            check_name(name, program)
            scenario = self.scenario(changes)
            if self.file is not None:
                add_scenario(self.file, name, scenario, program)
            self._scenarios[name] = scenario
            return self._with_kept()

    def _with_kept(self) -> Program:
        """Return the program with the scenarios that were kept."""
        if not self._scenarios:
            return self.program
        return self.program.but(scenarios={**self.program.scenarios, **self._scenarios})

    def _drivers(self, moved: Mapping[str, Value]) -> dict[str, tuple[str, Driver]]:
        """Return the driver of every knob on activities, by its key: an identifier of its own, the factor it is at."""
        found: dict[str, tuple[str, Driver]] = {}
        taken = set(self.program.drivers)
        for key, knob in self.knobs.items():
            if knob.group in ASPECTS:
                of = "" if knob.group == "durations" else f"{knob.group}_"
                stem = f"{NAME}_{of}{_NOT_IN_A_NAME.sub('_', knob.subject).strip('_') or 'work'}"
                name = next(name for n in count(1) if (name := stem if n == 1 else f"{stem}_{n}") not in taken)
                taken.add(name)
                factor = {ASPECTS[knob.group]: knob.text(moved.get(key, 1.0))}
                found[key] = name, Driver(on=[knob.subject], **factor)
        return found

    def simulate(self, changes: Changes) -> Trials:
        """Return the trials of the scenario, simulated anew: everything that an answer does not keep."""
        iterations = self.answer(changes).question.iterations
        return self._simulated(self.program.scenario(self.scenario(changes)), iterations)

    def _as_it_stands(self, question: Question) -> Run:
        asked = question.iterations, question.place
        if asked not in self._before:
            self._before[asked] = self._run({}, question)
            if len(self._before) > _MOST_KEPT:
                del self._before[next(iter(self._before))]
        return self._before[asked]

    def _run(self, moved: Mapping[str, Value], question: Question) -> Run:
        found = self._retuned(moved, question) if self.is_quick else self._anew(moved, question)
        base, place = self.base, question.place
        finish = replace(base.finish(place or None), samples=_still(found.finish_minutes), provenance="")
        cost = replace(base.cost(project_at(base, place)), samples=_still(found.cost_cents / CENTS), provenance="")
        return Run(found, finish, cost if base.has_cost else None)

    def _retuned(self, moved: Mapping[str, Value], question: Question) -> Outcome:
        chances = {self.knobs[key].subject: float(value) for key, value in moved.items() if key in self._in("risks")}
        factors = {self._named[key]: float(value) for key, value in moved.items() if key in self._named}
        bought = frozenset(knob.subject for key, knob in self._in("responses").items() if moved.get(key, knob.neutral))
        return self._runs.outcome(Numbers(chances, factors, bought), question.iterations, question.place)

    def _in(self, group: Group) -> dict[str, Knob]:
        return {key: knob for key, knob in self.knobs.items() if knob.group == group}

    @cached_property
    def _named(self) -> dict[str, str]:
        return {key: name for key, (name, _) in self._drivers({}).items()}

    def _anew(self, moved: Mapping[str, Value], question: Question) -> Outcome:
        changed = self.program.scenario(self.scenario(moved)) if moved else self.program
        trials, place = self._simulated(changed, question.iterations), question.place
        finish = trials.finish(place or None).samples.astype(np.int64)
        return Outcome(finish, trials.project_cost.get(place, trials.cost_cents))

    def _simulated(self, program: Program, iterations: int) -> Trials:
        again, settings = self.base.again(), self.base.again().settings
        return simulate(
            program, iterations, again.seed, threads=again.threads, engine=settings.engine, ignore=settings.ignore,
            default_range=settings.default_range, sampling=self.base.sampling,
        )  # fmt: skip

    @cached_property
    def _runs(self) -> RetunedRuns:
        responses = frozenset(knob.subject for knob in self._in("responses").values())
        return RetunedRuns(self.base.again(), dict(self._drivers({}).values()), responses)


def prepare(
    program: Program | str | PathLike[str],
    chosen: Chosen = Chosen(),  # noqa: B008  frozen
    iterations: int = 10_000,
    seed: int = 1,
    *,
    threads: int | None = None,
    sampling: Sampling = "montecarlo",
    engine: Engine | None = None,
    ignore: Sequence[str] = (),
    default_range: str | Size | None = None,
    at: str | None = None,
    language: str = "en",
    progress: Progress | None = None,
    notice: Callable[[str], None] | None = None,
) -> WhatIf:
    """Return the what-if of a program, simulated as it stands; the options are those of `simulate`.

    ``at`` is the project, milestone or target whose finish is asked for first, instead of the program's; ``language``
    is that of words, dates and numbers. Raises
    ArgumentError where nothing in the program is random, or a knob is asked for that it does not have.
    """
    spoken = find_language(language)
    base = simulate(
        program, iterations, seed, threads=threads, sampling=sampling, engine=engine, ignore=ignore,
        default_range=default_range, statistics=True, progress=progress, notice=notice,
    )  # fmt: skip
    if not base.random:
        raise ArgumentError("explore: nothing in the program is random, so there is one outcome, a plan")
    return WhatIf(base, {knob.key: knob for knob in knobs_of(base, chosen, at)}, spoken)


def _still(samples: NDArray[Any]) -> NDArray[Any]:
    """Return the array read-only, so that a forecast takes it as it is."""
    samples.flags.writeable = False
    return samples
