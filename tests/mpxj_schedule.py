"""mpxj as an independent scheduler of P6 plans, in a process of its own: early and late dates of many files at once.

Source: J. Iles, MPXJ (https://www.mpxj.org, LGPL), class org.mpxj.cpm.PrimaveraScheduler, which its author made to
agree with P6's own dates. Tests skip where Java or the extra `mpp` is absent.
"""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


def schedule(files: list[Path]) -> list[dict[str, list[str]]]:
    """Return early and late start and finish of what is unfinished in each plan of one project, by activity code."""
    if shutil.which("java") is None or find_spec("mpxj") is None or find_spec("jpype") is None:
        pytest.skip("Java or the extra mpp is not here: mpxj cannot be asked")
    command = [sys.executable, "-P", __file__, *map(str, files)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _answers(files: list[str]) -> list[dict[str, list[str]]]:
    import jpype
    import mpxj  # noqa: F401

    jpype.startJVM("-Xmx1g")
    reader, scheduler = (
        jpype.JClass(name) for name in ("org.mpxj.primavera.PrimaveraXERFileReader", "org.mpxj.cpm.PrimaveraScheduler")
    )
    found = []
    for file in files:
        project = reader().read(file)
        scheduler().schedule(project, project.getProjectProperties().getPlannedStart())
        found.append({str(task.getActivityID()): _dates(task) for task in project.getTasks() if _unfinished(task)})
    return found


def _unfinished(task) -> bool:
    return not task.getSummary() and task.getActualFinish() is None


def _dates(task) -> list[str]:
    early = task.getRemainingEarlyStart(), task.getRemainingEarlyFinish()
    return [str(at) for at in (*early, task.getRemainingLateStart(), task.getRemainingLateFinish())]


if __name__ == "__main__":
    print(json.dumps(_answers(sys.argv[1:])))
