"""Leftwards: words written from right to left inside a line that runs to the right, whose figures they pull along."""

from __future__ import annotations

import re

_RUN = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^A-Za-z]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*")


def apart(text: str, before: str, after: str) -> str:
    """Return text with ``before`` and ``after`` around every run of words from right to left."""
    return _RUN.sub(lambda run: f"{before}{run[0]}{after}", text)
