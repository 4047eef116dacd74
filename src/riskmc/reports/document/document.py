"""Document: everything that a report says, in the order of reading, whatever it is written as.

    trials -> document -> a page, slides, a workbook, text

Sentences, tables and pictures are made once; a format only sets them. So every format says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from riskmc.reports.document.blocks import Part, Table
from riskmc.reports.document.facts import Fact


@dataclass(frozen=True)
class Decision:
    """What is asked of those who read: the question, what each answer brings, and what stays bad with it.

    ``ask`` is one sentence, ``effects`` are numbered, ``without`` says what holds if the answer is no.
    """

    title: str
    ask: str
    effects: tuple[str, ...] = ()
    remains: str = ""
    without: str = ""


@dataclass(frozen=True)
class Document:
    """A report: the answer first, then the parts.

    ``name`` is the program's, ``kind`` what this is (Forecast, Plan, Risk report), ``dated`` its data date in words.
    ``basis`` says in short sentences what the numbers speak of: mitigation state, money, scenario. ``top`` holds the
    risks that carry most of the delay. ``footer`` explains the words that every page uses.
    """

    name: str
    kind: str
    dated: str
    headline: str
    lead: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    footer: str = ""
    basis: tuple[str, ...] = ()
    decision: Decision | None = None
    top: Table | None = None
