"""Results of a forecast in a copy of its plan: user-defined fields of Primavera P6 (XER, XML) or Microsoft Project."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from riskmc.errors import ArgumentError, InputError, Problem
from riskmc.io.mspdi import reader as mspdi
from riskmc.io.mspdi import results as mspdi_results
from riskmc.io.pmxml import reader as pmxml
from riskmc.io.pmxml import results as pmxml_results
from riskmc.io.results import Result
from riskmc.io.xer import reader as xer
from riskmc.io.xer import results as xer_results
from riskmc.io.xml_source import root_name
from riskmc.program.stored import stored_of


def with_results(plan: str | os.PathLike[str], results: Mapping[str, Result]) -> bytes:
    """Return the bytes of a plan file with results in user-defined fields; all else stands as it is, byte for byte.

    ``results`` are by activity path. Raises ArgumentError for a plan of another kind, InputError where it is not read.
    """
    check_kind(plan)
    file = os.fspath(plan)
    try:
        content = Path(plan).read_bytes()
    except OSError as error:
        raise InputError([Problem(file, 0, "", f"cannot be read: {error.strerror or error}")]) from None
    if Path(plan).suffix.lower() == ".xer":
        return xer_results.with_results(content, xer.task_ids(content, file), results)
    if root_name(file) == pmxml.ROOT:
        return pmxml_results.with_results(content, pmxml.object_ids(file), results)
    known = stored_of(mspdi.read(file))
    uids = {path: path.rpartition(".")[2] for path in (known.dates if known is not None else ())}
    return mspdi_results.with_results(content, uids, results)


def check_kind(plan: str | os.PathLike[str]) -> None:
    """Refuse a plan file of a kind that takes no results."""
    suffix = Path(plan).suffix.lower()
    if suffix == ".xer" or (suffix == ".xml" and root_name(plan) in (mspdi.ROOT, pmxml.ROOT)):
        return
    allowed = "Primavera P6 (.xer, .xml) or Microsoft Project (.xml)"
    raise ArgumentError(f"{os.fspath(plan)}: results go into a copy of a plan of {allowed}")
