"""Outputs: the files that a command was asked for beside its answer: all checked before any work, then written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import riskmc
from riskmc.cli.terminal import say
from riskmc.errors import ArgumentError


@dataclass(frozen=True)
class Outputs:
    """Where the record, the page, the pictures and a copy of the plan go; None for those not asked for."""

    record: str | None = None
    page: str | None = None
    pictures: str | None = None
    copy: str | None = None

    def check(self, *sources: str | None) -> None:
        """Refuse what could not be written or would replace a source, and two outputs in one place."""
        for file in self._files:
            riskmc.reports.check_destination(file, *sources)
        if self.pictures is not None:
            riskmc.reports.check_folder(self.pictures)
        named = {"--json": self.record, "--html": self.page, "--into": self.copy}
        asked = [(option, file) for option, file in named.items() if file is not None]
        for (one, file), (other, same) in combinations(asked, 2):
            if file == same:
                raise ArgumentError(f"{one} and {other} both go to {file}: name two different files")

    def check_plan(self, program: riskmc.Program) -> None:
        """Refuse what would replace the program's plan, and a copy of it that could not be made."""
        for file in self._files:
            riskmc.reports.check_plan_kept(program, file)
        if self.copy is not None:
            riskmc.reports.check_plan_copy(program, self.copy)

    @property
    def take_standard_output(self) -> bool:
        """Whether standard output belongs to one of them, and the answer is not printed."""
        return riskmc.reports.STANDARD_OUTPUT in self._files

    def write(self, trials: riskmc.Trials) -> None:
        """Write what was asked for; record, page and copy are made before any is written."""
        record = riskmc.reports.dumps(trials) if self.record is not None else ""
        page = riskmc.reports.page(trials) if self.page is not None else ""
        copy = riskmc.reports.fill_plan_copy(trials) if self.copy is not None else b""
        if self.record is not None:
            riskmc.reports.write_whole(record, self.record)
        if self.page is not None:
            riskmc.reports.write_whole(page, self.page)
        if self.copy is not None:
            riskmc.reports.write_whole(copy, self.copy)
        if self.pictures is not None:
            riskmc.reports.write_pictures(trials, self.pictures)

    @property
    def _files(self) -> list[str]:
        return [file for file in (self.record, self.page) if file is not None]


def deliver(answer: Callable[[], str], silent: bool, *records: tuple[str | None, Callable[[], str]]) -> None:
    """Write the records, each (file or None, what makes it), and print the answer; all are made before any is written.

    The answer is neither made nor printed where it is not wanted, or where a record takes standard output.
    """
    wanted = [(file, make) for file, make in records if file is not None]
    silent = silent or any(file == riskmc.reports.STANDARD_OUTPUT for file, _ in wanted)
    told = "" if silent else answer()
    made = [(make(), file) for file, make in wanted]
    for text, file in made:
        riskmc.reports.write_whole(text, file)
    say(told, sys.stdout)
