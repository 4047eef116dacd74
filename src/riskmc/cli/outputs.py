"""Outputs: the files that a command was asked for beside its answer: all checked before any work, then written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import riskmc
from riskmc.cli.terminal import say
from riskmc.errors import ArgumentError


def check_further(files: Mapping[str, str | None], sources: Sequence[str | None]) -> None:
    """Refuse outputs, by option, that could not be written or would replace a source, and two of them in one place."""
    asked = [(option, file) for option, file in files.items() if file is not None]
    for option, file in asked:
        if option != "--into":
            riskmc.reports.check_destination(file, *sources)
    for (one, file), (other, same) in combinations(asked, 2):
        if file == same:
            raise ArgumentError(f"{one} and {other} both go to {file}: name two different files")


def deliver(answer: Callable[[], str], silent: bool, *records: tuple[str | None, Callable[[], str | bytes]]) -> None:
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
