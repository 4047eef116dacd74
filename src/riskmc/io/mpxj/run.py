"""Plan of any tool that mpxj knows -> one XML file: a script that `reader` runs in a process of its own.

A Java machine starts once in a process, with its memory and its class path; a hostile file may bring it down. Here
that costs one reading. Called with the plan and the file to write; prints one line of JSON, what was read or why not.
"""

import json
import sys
from importlib.metadata import version

MEMORY = "-Xmx2g"
QUIET = (
    "-Djava.awt.headless=true",
    "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
    "-Dorg.apache.logging.log4j.simplelog.StatusLogger.level=OFF",
)
PRIMAVERA = ("Primavera", "SureTrak", "P3")


def convert(plan: str, target: str) -> dict[str, str]:
    """Write the projects of ``plan`` as XML; return the kind of plan and the version of mpxj, or what is missing."""
    import jpype
    import mpxj  # noqa: F401  adds its classes to the path of the Java machine

    try:
        jpype.startJVM(MEMORY, *QUIET)
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException, OSError, RuntimeError) as error:
        return {"missing": f"Java ({str(error).splitlines()[0]})"}
    try:
        return {**_written(plan, target), "mpxj": version("mpxj")}
    except jpype.JException as error:
        return {"refused": _reason(error)}


def _written(plan: str, target: str) -> dict[str, str]:
    """Write the projects that have tasks: for Primavera's own, and for several, as P6 XML, else as Microsoft's."""
    import jpype

    found = jpype.JClass("org.mpxj.reader.UniversalProjectReader")().readAll(plan)
    projects = [project for project in found if project.getTasks().size()]
    if not projects:
        return {"refused": "it holds no plan with tasks" if len(found) else "it is no plan of a tool that mpxj knows"}
    properties = projects[0].getProjectProperties()
    tool = str(properties.getFileApplication() or "")
    if len(projects) > 1 or tool.startswith(PRIMAVERA):
        writer = jpype.JClass("org.mpxj.primavera.PrimaveraPMFileWriter")()
    else:
        writer = jpype.JClass("org.mpxj.mspdi.MSPDIWriter")()
    writer.write(jpype.java.util.ArrayList(projects) if len(projects) > 1 else projects[0], target)
    return {"kind": f"{tool} {properties.getFileType() or ''}".strip()}


def _reason(error: Exception) -> str:
    """Return the innermost cause of an error of Java in one line."""
    cause = error
    while (deeper := cause.getCause()) is not None:  # type: ignore[attr-defined]
        cause = deeper
    text = str(cause.getMessage() or cause.getClass().getSimpleName())  # type: ignore[attr-defined]
    return " ".join(text.split())[:300]


if __name__ == "__main__":
    print(json.dumps(convert(*sys.argv[1:])))
