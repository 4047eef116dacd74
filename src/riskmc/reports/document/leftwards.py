"""Leftwards: words written from right to left inside a line that runs to the right, whose figures they pull along."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUN = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield text in pieces, and of each whether it is a run of words from right to left."""
    place = 0
    for run in _RUN.finditer(text):
        yield text[place : run.start()], False
        yield run[0], True
        place = run.end()
    yield text[place:], False


def apart(text: str, before: str, after: str) -> str:
    """Return text with ``before`` and ``after`` around every run of words from right to left."""
    return "".join(f"{before}{piece}{after}" if leftwards else piece for piece, leftwards in runs(text))
