"""mpxj as an independent reader of plans, in a process of its own: activities, links and durations, and other formats.

Source: J. Iles, MPXJ (https://www.mpxj.org, LGPL). Tests skip where Java or the extra `mpp` is absent.
"""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

WRITERS = {
    ".xml": "org.mpxj.primavera.PrimaveraPMFileWriter",
    ".mspdi": "org.mpxj.mspdi.MSPDIWriter",
    ".mpx": "org.mpxj.mpx.MPXWriter",
    ".planner": "org.mpxj.planner.PlannerWriter",
}


def ask(plan: Path, target: Path | None = None) -> list[dict]:
    """Return what mpxj reads in a plan, activity by activity; ``target`` is the plan in another format, by suffix."""
    if shutil.which("java") is None or find_spec("mpxj") is None or find_spec("jpype") is None:
        pytest.skip("Java or the extra mpp is not here: mpxj cannot be asked")
    command = [sys.executable, "-P", __file__, str(plan), *([str(target)] if target else [])]
    done = subprocess.run(command, capture_output=True, timeout=300, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _answer(plan: str, target: str | None = None) -> list[dict]:
    import jpype
    import mpxj  # noqa: F401

    jpype.startJVM("-Xmx1g")
    projects = [
        p for p in jpype.JClass("org.mpxj.reader.UniversalProjectReader")().readAll(plan) if p.getTasks().size()
    ]
    if target:
        writer = jpype.JClass(WRITERS[Path(target).suffix])()
        writer.write(projects[0] if len(projects) == 1 else jpype.java.util.ArrayList(projects), target)
    return [_activity(task) for project in projects for task in project.getTasks() if not task.getSummary()]


def _activity(task) -> dict:
    return {
        "code": str(task.getActivityID() or task.getID()),
        "name": str(task.getName()),
        "hours": float(task.getDuration().getDuration()) if task.getDuration() else 0.0,
        "after": sorted(
            [
                str(link.getPredecessorTask().getActivityID() or link.getPredecessorTask().getID()),
                str(link.getType()),
                float(link.getLag().getDuration()),
            ]
            for link in task.getPredecessors()
        ),
    }


if __name__ == "__main__":
    print(json.dumps(_answer(*sys.argv[1:])))
