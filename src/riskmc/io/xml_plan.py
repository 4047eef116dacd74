"""Plan in XML -> Program: the root element says whether it is Microsoft Project's or Primavera P6's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.plan_file import Reader, late
from riskmc.io.xml_source import document, root_name
from riskmc.program.program import Program

ROOTS: Mapping[str, Reader] = {"Project": late("mspdi.reader"), "APIBusinessObjects": late("pmxml.reader")}


def read(path: Path) -> Program:
    """Return the program of a plan in XML; InputError for a document with another root element, or none at all."""
    root = root_name(path)
    if root in ROOTS:
        return ROOTS[root](path)
    document(path)
    allowed = "Project (Microsoft Project XML) or APIBusinessObjects (Primavera P6 XML)"
    raise InputError([Problem(str(path), 1, "", f"expected the root element {allowed}, found {root!r}")])
