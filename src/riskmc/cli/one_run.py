"""One run: the options of every command that asks something of one program, and the trials that they ask for.

    @one_run()
    def convergence(run: Run, within: Within = None) -> Answer: ...

is a command with FILE, its own options, and those of `Run`. An own option takes the place of one of the same name, and
``one_run(without=...)`` leaves out those that the command has no use for.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, get_type_hints

import typer

import riskmc
from riskmc.cli.faults import plainly
from riskmc.cli.options import (
    Constraints,
    DataDate,
    Debug,
    Dispatch,
    Engine,
    File,
    Ignore,
    Iterations,
    Json,
    LagCalendar,
    LagFrom,
    Mitigation,
    Named,
    NoOvertaking,
    OutOfSequence,
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
from riskmc.cli.terminal import Progress, colourful

T = TypeVar("T")


class Answer(NamedTuple):
    """What a command has to say, made when it is wanted: ``told(colour)``, ``record()``, and pictures by file name.

    ``files`` are further outputs, each where it goes, or None, and what makes it; ``code`` is the exit code.
    """

    told: Callable[[bool], str]
    record: Callable[[], str]
    pictures: Mapping[str, Callable[[], Any]] = MappingProxyType({})
    files: Sequence[tuple[str | None, Callable[[], str | bytes]]] = ()
    code: int = 0


@dataclass
class Run:
    """The options that every such command has, and what they ask for."""

    file: File = ""
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
    engine: Engine = None
    dispatch: Dispatch = None
    no_overtaking: NoOvertaking = False
    constraints: Constraints = "relaxed"
    lag_calendar: LagCalendar = None
    out_of_sequence: OutOfSequence = None
    lag_from: LagFrom = None
    data_date: DataDate = None
    json_file: Json = None
    plots: Plots = None
    quiet: Quiet = False
    debug: Debug = False

    def __post_init__(self) -> None:
        self.progress = Progress(silent=self.quiet)

    @property
    def sources(self) -> tuple[str | None, ...]:
        """The files that are read."""
        return self.file, self.register, self.scales, self.ranges_file

    def check(self, *others: object) -> None:
        """Refuse outputs that could not be written, or would replace what is read; ``others`` may name files too."""
        if self.json_file is not None:
            riskmc.reports.check_destination(self.json_file, *self.sources, *others)
        if self.plots is not None:
            riskmc.reports.check_folder(self.plots)

    def program(self, file: str | None = None) -> riskmc.Program:
        """Return the program of FILE, or of another file, that the options ask for."""
        read = partial(riskmc.read, register=self.register, scales=self.scales, three_point=self.three_point)
        program = riskmc.with_options(
            read(file or self.file, strict=self.strict, ranges=self.ranges_file),
            lag_calendar=self.lag_calendar,
            out_of_sequence=self.out_of_sequence,
            lag_from=self.lag_from,
            data_date=self.data_date,
        )
        if self.json_file is not None:
            riskmc.reports.check_plan_kept(program, self.json_file)
        return program

    def trials(self, iterations: range | None = None) -> riskmc.Trials:
        """Return the trials that the options ask for, or other iterations of them."""
        some = {} if iterations is None else {"iterations": iterations}
        return self.ask(riskmc.simulate, self.program(), scenario=self.scenario, **some)

    def engine_for(self, *programs: riskmc.Program) -> str:
        """Return the one engine for programs that are compared: what was asked for, else what any of them needs."""
        needed = {riskmc.needed_engine(program, split_items(self.ignore)) for program in programs}
        return self.engine or ("discrete-event" if "discrete-event" in needed else "monte-carlo")

    def ask(self, work: Callable[..., T], *programs: riskmc.Program, **more: Any) -> T:
        """Return what ``work`` makes of programs with the options of a simulation; ``more`` goes before these."""
        asked: dict[str, Any] = {
            "iterations": self.iterations,
            "seed": self.seed,
            "threads": self.threads,
            "sampling": self.sampling,
            "default_range": self.default_range,
            "mitigation": self.mitigation,
            "ignore": split_items(self.ignore),
            "constraints": self.constraints,
            "progress": self.progress.advance,
            "notice": self.progress.notice,
        }
        return work(*programs, **{**asked, **self._of_the_engine(), **more})

    def _of_the_engine(self) -> dict[str, Any]:
        """Return the options that choose an engine and its ways, as far as they were given."""
        said = {"engine": self.engine, "dispatch": self.dispatch, "strict": self.no_overtaking or None}
        return {name: value for name, value in said.items() if value is not None}

    def deliver(self, answer: Answer) -> None:
        """Print the answer, and write what else was asked for."""
        self.progress.close()
        deliver(lambda: answer.told(colourful(sys.stdout)), self.quiet, (self.json_file, answer.record), *answer.files)
        if self.plots is not None:
            riskmc.reports.write_drawn(((name, draw()) for name, draw in answer.pictures.items()), self.plots)


def one_run(without: Collection[str] = ()) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Return what makes a command of a function: with its own options after FILE, and those of `Run` but ``without``.

    The function is given a `Run` and its own options.
    """
    return partial(_command, without)


def _command(without: Collection[str], command: Callable[..., Answer]) -> Callable[..., None]:
    def run(**options: Any) -> None:
        own = {name: options.pop(name) for name in parameters}
        asked = Run(**options)
        with plainly(asked.debug), asked.progress:
            asked.check(*own.values())
            answer = command(asked, **own)
            asked.deliver(answer)
        if answer.code:
            raise typer.Exit(answer.code)

    parameters = _own(command)
    shared = [one for one in _shared() if one.name not in {*parameters, *without}]
    place = int(bool(shared) and shared[0].name == "file")
    whole = [*shared[:place], *parameters.values(), *shared[place:]]
    run.__signature__ = inspect.Signature(whole)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in whole}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def _own(command: Callable[..., Answer]) -> dict[str, inspect.Parameter]:
    """Return the command's own options by name: all its parameters after the first."""
    hints = get_type_hints(command, include_extras=True)
    told = list(inspect.signature(command).parameters.values())[1:]
    return {one.name: _option(one.name, hints[one.name], one.default) for one in told}


def _shared() -> list[inspect.Parameter]:
    """Return the options of `Run`, FILE first; it has to be said."""
    hints = get_type_hints(Run, include_extras=True)
    defaults = {one.name: one.default for one in fields(Run) if one.init} | {"file": inspect.Parameter.empty}
    return [_option(name, hints[name], default) for name, default in defaults.items()]


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
