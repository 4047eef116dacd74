"""Documents of made-up programs, each made once: the committee report, or the shorter page of a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import riskmc as rm
from extreme_programs import PROGRAMS
from riskmc.reports.committee.composed import committee_document
from riskmc.reports.committee.material import gather
from riskmc.reports.document.blocks import Picture, Table
from riskmc.reports.document.document import Document
from riskmc.reports.document.layout import Section
from riskmc.reports.forecast_page import forecast_document

ITERATIONS = 200


@cache
def committee(name: str) -> Document:
    """Return the committee report of one of the extreme programs, with its scenarios beside it."""
    program = PROGRAMS[name]()
    others = [rm.simulate(program.scenario(key), ITERATIONS) for key in list(program.scenarios or {})]
    return committee_document(gather(rm.simulate(program, ITERATIONS, statistics=True), *others))


@cache
def forecast(name: str) -> Document:
    """Return the page of a forecast of one of the extreme programs."""
    return forecast_document(rm.simulate(PROGRAMS[name](), ITERATIONS, statistics=True))


def sections_of(document: Document) -> Iterator[Section]:
    """Yield all tables of a document."""
    if document.top is not None:
        yield document.top.section
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Picture | Table):
                yield block.numbers if isinstance(block, Picture) else block.section
