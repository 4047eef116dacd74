"""One run: the options of every command that asks something of one program, and the trials that they ask for.

    @one_run
    def convergence(run: Run, within: Within = None) -> Answer: ...

is a command with FILE, its own options, and those of `Run`.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, get_type_hints

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    Constraints,
    Debug,
    File,
    Ignore,
    Iterations,
    Json,
    Mitigation,
    Named,
    Plots,
    Quiet,
    Range,
    Ranges,
    Register,
    Sampling,
    Scales,
    Seed,
    Strict,
    Threads,
    ThreePoint,
    split_items,
)
from riskmc.cli.outputs import deliver
from riskmc.cli.startup import load_numba
from riskmc.cli.terminal import Progress, colourful


class Answer(NamedTuple):
    """What a command has to say, made when it is wanted: ``told(colour)``, ``record()``, and pictures by file name."""

    told: Callable[[bool], str]
    record: Callable[[], str]
    pictures: Mapping[str, Callable[[], Any]] = MappingProxyType({})


@dataclass
class Run:
    """The options that every such command has, and what they ask for."""

    file: File
    scenario: Named = None
    iterations: Iterations = 10_000
    seed: Seed = 1
    threads: Threads = None
    sampling: Sampling = "montecarlo"
    default_range: Range = None
    ranges_file: Ranges = None
    register: Register = None
    scales: Scales = None
    three_point: ThreePoint = None
    strict: Strict = False
    mitigation: Mitigation = "current"
    ignore: Ignore = None
    constraints: Constraints = "relaxed"
    json_file: Json = None
    plots: Plots = None
    quiet: Quiet = False
    debug: Debug = False

    def __post_init__(self) -> None:
        self.progress = Progress(silent=self.quiet)

    def check(self) -> None:
        """Refuse outputs that could not be written, or would replace what is read."""
        if self.json_file is not None:
            sources = (self.register, self.scales, self.ranges_file)
            riskmc.reports.check_destination(self.json_file, self.file, *sources)
        if self.plots is not None:
            riskmc.reports.check_folder(self.plots)

    def trials(self, iterations: range | None = None) -> riskmc.Trials:
        """Return the trials that the options ask for, or other iterations of them."""
        load_numba()
        more = (self.strict, self.ranges_file, self.register, self.scales, self.three_point)
        program = riskmc.read(self.file, *more)
        return riskmc.simulate(
            program,
            iterations=iterations or self.iterations,
            seed=self.seed,
            threads=self.threads,
            sampling=self.sampling,
            scenario=self.scenario,
            default_range=self.default_range,
            mitigation=self.mitigation,
            ignore=split_items(self.ignore),
            constraints=self.constraints,
            progress=self.progress.advance,
            notice=self.progress.notice,
        )

    def deliver(self, answer: Answer) -> None:
        """Print the answer, and write what else was asked for."""
        self.progress.close()
        deliver(
            lambda: answer.told(colourful(sys.stdout)),
            self.quiet,
            (self.json_file, answer.record),
        )
        if self.plots is not None:
            riskmc.reports.write_drawn(((name, draw()) for name, draw in answer.pictures.items()), self.plots)


def one_run(command: Callable[..., Answer]) -> Callable[..., None]:
    """Return the command with the options of `Run`, its own after FILE; it is given a `Run` and its own options."""

    def run(**options: Any) -> None:
        own = {name: options.pop(name) for name in parameters}
        asked = Run(**options)
        with plainly(asked.debug), asked.progress:
            asked.check()
            asked.deliver(partial(command, asked)(**own))

    parameters = _own(command)
    shared = _shared()
    first, rest = shared[:1], shared[1:]
    run.__signature__ = inspect.Signature([*first, *parameters.values(), *rest])  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in [*first, *parameters.values(), *rest]}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def _own(command: Callable[..., Answer]) -> dict[str, inspect.Parameter]:
    """Return the command's own options by name: all its parameters after the first."""
    hints = get_type_hints(command, include_extras=True)
    told = list(inspect.signature(command).parameters.values())[1:]
    return {one.name: _option(one.name, hints[one.name], one.default) for one in told}


def _shared() -> list[inspect.Parameter]:
    """Return the options of `Run`, FILE first."""
    hints = get_type_hints(Run, include_extras=True)
    named = [one for one in fields(Run) if one.init]
    return [_option(one.name, hints[one.name], getattr(Run, one.name, inspect.Parameter.empty)) for one in named]


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
