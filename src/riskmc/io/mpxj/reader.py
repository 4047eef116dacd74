"""Plan of Microsoft Project (.mpp) and of other tools -> Program, through mpxj, which needs Java and an extra.

mpxj (J. Iles, LGPL; the extra ``mpp``) reads the file in a process of its own and writes it as XML, which our own
readers read. docs/guide/mpp.md says which tools and suffixes there are.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from riskmc.errors import InputError, Problem
from riskmc.io.mpxj import SUFFIXES
from riskmc.io.plan_lines import PlanLines
from riskmc.program.origin import Origin, remember
from riskmc.program.program import Program
from riskmc.program.stored import remember_stored, stored_of

NEEDS = "needs Java 11 or newer and `pip install 'riskmc[mpp]'`"
PATIENCE = 600
"""Seconds after which a file counts as one that cannot be read."""

_SCRIPT = Path(__file__).with_name("run.py")


def read(path: str | Path, read_xml: Callable[[Path], Program]) -> Program:
    """Return the Program of a plan that mpxj reads; ``read_xml`` reads the XML that mpxj makes of it.

    Raises InputError where the extra or Java is missing, saying what to install, and for a file that mpxj refuses.
    """
    plan = Path(path)
    kind = f"a plan of {SUFFIXES.get(plan.suffix.lower(), 'another tool')}"
    if not plan.is_file():
        raise _fault(plan, "cannot be read: there is no such file")
    if missing := [name for name in ("mpxj", "jpype") if find_spec(name) is None]:
        raise _fault(plan, f"{kind} {NEEDS}; not found: {', '.join(missing)}")
    with TemporaryDirectory(prefix="riskmc-") as folder:
        target = Path(folder) / f"{plan.stem}.xml"
        answer = _converted(plan, target)
        if "missing" in answer:
            raise _fault(plan, f"{kind} {NEEDS}; not found: {answer['missing']}")
        if "refused" in answer:
            raise _fault(plan, f"mpxj cannot read it: {answer['refused']}")
        program = _read(plan, target, read_xml)
    return _noted(program, plan, f"read through mpxj {answer['mpxj']} as {answer['kind'] or 'a plan'}")


def _converted(plan: Path, target: Path) -> dict[str, str]:
    """Return what the script answers, the XML written; a crash or a wait without end is a refusal."""
    command = [sys.executable, "-P", str(_SCRIPT), str(plan.absolute()), str(target)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        answer: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return {"refused": f"it has not come to an end within {PATIENCE} seconds"}
    except (IndexError, ValueError):
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return {"refused": f"it stopped: {last[:300] or 'without a word'}"}
    return answer


def _read(plan: Path, target: Path, read_xml: Callable[[Path], Program]) -> Program:
    """Return the Program of the XML; its faults are those of the plan, in which lines mean nothing."""
    try:
        return read_xml(target)
    except InputError as error:
        problems = (replace(problem, file=str(plan), line=0) for problem in error.problems)
        raise InputError(problems) from None


def _noted(program: Program, plan: Path, note: str) -> Program:
    """Return the program with one more note, its stored dates and its origin those of the plan."""
    stored = stored_of(program)
    noted = program.model_copy(update={"notes": (note, *program.notes)})
    if stored is not None:
        remember_stored(noted, replace(stored, file=str(plan)))
    remember(noted, Origin(PlanLines(str(plan), dict)))
    return noted


def _fault(plan: Path, message: str) -> InputError:
    return InputError([Problem(str(plan), 0, "", message)])
