"""mpxj as an independent reader of plans: activities, links, durations and dates, and other formats.

It runs in a process of its own, started by the first question and asked all of them: one JSON line each way.
Source: J. Iles, MPXJ (https://www.mpxj.org, LGPL). Tests skip where Java or the extra `mpp` is absent.
"""

import atexit
import json
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

import pytest

PATIENCE = 300
MARK = "answer: "
WRITERS = {
    ".xml": "org.mpxj.primavera.PrimaveraPMFileWriter",
    ".mspdi": "org.mpxj.mspdi.MSPDIWriter",
    ".mpx": "org.mpxj.mpx.MPXWriter",
    ".planner": "org.mpxj.planner.PlannerWriter",
}


def needs_mpxj() -> None:
    """Skip the test where mpxj cannot run."""
    if shutil.which("java") is None or find_spec("mpxj") is None or find_spec("jpype") is None:
        pytest.skip("Java or the extra mpp is not here: mpxj cannot be asked")


def ask(plan: Path, target: Path | None = None) -> list[dict]:
    """Return what mpxj reads in a plan, activity by activity; ``target`` is the plan in another format, by suffix."""
    needs_mpxj()
    oracle = _oracle()
    late = Timer(PATIENCE, oracle.kill)
    late.start()
    try:
        print(json.dumps([str(plan), str(target) if target else None]), file=oracle.stdin, flush=True)
        answer = next((line for line in oracle.stdout if line.startswith(MARK)), f"{MARK}{json.dumps('it stopped')}")
    finally:
        late.cancel()
    found = json.loads(answer.removeprefix(MARK))
    assert isinstance(found, list), f"mpxj and {plan}: {found}"
    return found


@cache
def _oracle() -> subprocess.Popen:
    command = [sys.executable, "-P", __file__]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    oracle = subprocess.Popen(command, **pipes, text=True, encoding="utf-8")
    atexit.register(oracle.kill)
    return oracle


def _answer_all() -> None:
    import jpype
    import mpxj  # noqa: F401

    jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true")
    for line in sys.stdin:
        try:
            found = _answer(*json.loads(line))
        except jpype.JException as error:
            found = str(error)
        print(f"{MARK}{json.dumps(found)}", flush=True)


def _answer(plan: str, target: str | None) -> list[dict]:
    import jpype

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
        "name": str(task.getName() or ""),
        "hours": float(task.getDuration().getDuration()) if task.getDuration() else None,
        "start": str(task.getStart()),
        "finish": str(task.getFinish()),
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
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    _answer_all()
