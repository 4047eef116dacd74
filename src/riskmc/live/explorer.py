"""The explorer: a live what-if in a notebook, turned by hand or from code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike
from typing import Any

from riskmc.forecast.language import said, speaking
from riskmc.live.answer import Answer
from riskmc.live.knob import Knob
from riskmc.live.knobs import Chosen
from riskmc.live.panel import write_panel
from riskmc.live.what_if import Changes, WhatIf, prepare
from riskmc.live.widgets import Widgets, toolkit
from riskmc.network.refusals import Engine
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.scenario import Scenario


class Explorer:
    """Sliders and switches beside the forecast that follows them; a notebook shows them as the value of a cell.

    ``set`` turns knobs from code, ``answer`` is what they say, ``scenario`` what they change, and ``keep`` makes a
    scenario of it, in the program's file too.
    """

    def __init__(self, asked: WhatIf):
        self._asked = asked
        self.answer: Answer = asked.answer({})

    @property
    def knobs(self) -> Mapping[str, Knob]:
        """What can be turned, by key: ``risks.soil.probability`` and the like."""
        return self._asked.knobs

    def set(self, changes: Changes | None = None) -> Answer:
        """Turn knobs, by key, each from where the program has it; those not named go back there. Returns the answer.

        A percentage is a share or a text, 0.8 or "80%"; a switch True or False; a date or an amount as elsewhere.
        Raises ArgumentError for an unknown knob, or a value that it cannot take.
        """
        self.answer = self._asked.answer(changes or {})
        if "_widgets" in self.__dict__:
            self._widgets.show(self.answer.changes)
        return self.answer

    def scenario(self) -> Scenario:
        """Return what is turned as a scenario, for `program.scenario` or a program file."""
        return self._asked.scenario(self.answer.changes)

    def keep(self, name: str) -> Program:
        """Return the program with what is turned as one more scenario; written into its file where it has one.

        The file keeps its layout and comments, and is written whole or not at all. Raises ArgumentError where nothing
        is turned, the name is taken, or the file cannot take it.
        """
        return self._asked.keep(self.answer.changes, name)

    @cached_property
    def _widgets(self) -> Widgets:
        with speaking(self._asked.language):
            return self._made()

    def _made(self) -> Widgets:
        widgets = Widgets(self.knobs, self._turned, self._kept, lambda: self._asked.fields(self.answer.question))
        widgets.show(self.answer.changes)
        return widgets

    def _turned(self, changes: Changes) -> str:
        self.answer = self._asked.answer(changes)
        with speaking(self._asked.language):
            return write_panel(self.answer)

    def _kept(self, name: str) -> str:
        self.keep(name)
        with speaking(self._asked.language):
            return kept_text(self._asked, name)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Return the widgets, and a card with its plain-text twin for whatever shows no widgets."""
        found = self._widgets.box._repr_mimebundle_(**options)
        with speaking(self._asked.language):
            return {**found, "text/html": self.answer._repr_html_(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<Explorer {self._asked.program.program!r}, {len(self.knobs)} knobs: {self.answer.lead}>"


def kept_text(asked: WhatIf, name: str) -> str:
    """Return a sentence that says where a scenario was kept."""
    if asked.file is None:
        return said("Kept: program.scenario({name}) of the program that `keep` returned.", name=repr(name))
    return said("Kept: scenario {name} is in {file}.", name=name, file=asked.file)


def explore(
    program: Program | str | PathLike[str],
    *,
    durations: Sequence[str] | None = None,
    risks: Sequence[str] | None = None,
    responses: Sequence[str] | None = None,
    resources: Sequence[str] | None = None,
    costs: Sequence[str] = (),
    at: str | None = None,
    iterations: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    engine: Engine | None = None,
    ignore: Sequence[str] = (),
    default_range: str | Size | None = None,
    language: str = "en",
) -> Explorer:
    """Return live what-ifs of a program: knobs beside S-curves, joint confidence and key figures that follow them.

    A duration knob multiplies what the activities take in every iteration, a cost knob what they cost; the others say
    how likely a risk is, whether a response acts, how many units a resource has. Every answer has the bits of the
    scenario simulated anew, and differences are paired. Programs with queues need the discrete-event engine, where each
    answer is a run of its own and slower.

    Parameters
    ----------
    program : Program or path
        A program, or a file that `read` understands.
    durations : sequence of str, optional
        Activities or selectors, one knob each; default: the six most critical activities.
    risks, responses, resources : sequence of str, optional
        Identifiers; default: the eight risks that move the forecast most, the responses, the pools.
    costs : sequence of str
        Activities or selectors whose cost is multiplied, one knob each; default: none.
    at : str, optional
        The project, milestone or target whose finish is shown first; default: the program. Of a project its cost.
    iterations, seed, threads, engine, ignore, default_range
        As in `simulate`.
    language : str
        Of words, dates and numbers: ``de``, as in the theme of a report.

    Raises
    ------
    ArgumentError
        ipywidgets is missing, nothing in the program is random, or a name means nothing in it.
    """
    toolkit()
    chosen = Chosen(durations, risks, responses, resources, costs)
    asked = prepare(
        program, chosen, iterations, seed, threads=threads, engine=engine, ignore=ignore, default_range=default_range,
        at=at, language=language,
    )  # fmt: skip
    return Explorer(asked)
