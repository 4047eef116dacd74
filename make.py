"""Set up riskmc and run it: ``python3 make.py demo`` or ``python3 make.py test`` (Windows: ``py make.py demo``).

Standard library only. The first run makes ``.venv`` beside this file and installs the package with the versions of
``constraints.txt``; later runs install again only where ``pyproject.toml`` or ``constraints.txt`` changed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)
if sys.version_info[:2] < OLDEST:  # nothing above this line needs a newer one
    sys.exit(
        "riskmc needs Python {}.{} or newer; this is Python {}.{}.\n"
        "Install a newer one and start this script with it, for example: python3.12 make.py demo".format(
            *(OLDEST + tuple(sys.version_info[:2]))
        )
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "riskmc-installed.txt"
DEMO = "models/ferry/program.yaml"
CROSSCHECKED = "models/portfolio/program.yaml"
DEBIAN = ("chromium", "fonts-liberation", "libpango-1.0-0", "libpangoft2-1.0-0")  # a browser, and what sets the PDF
SHOWN = ROOT / "demo"  # where the demo leaves the page and the pictures

USAGE = """usage: python3 make.py COMMAND [OPTIONS]     (Windows: py make.py COMMAND)

  demo    forecast the bundled program, print the answer, and leave it as a page and as pictures
  test    lint, types, layers and all tests; stops at the first step that fails
  lint    lint, types and layers only
  bench   time the engine against its yardsticks

OPTIONS are handed on: to `riskmc forecast` (demo), to pytest (test), to the benchmarks (bench)."""

NO_ENSUREPIP = """This Python cannot make virtual environments: its module 'ensurepip' is missing.
Debian and Ubuntu keep it in a package of its own. Install that, then run this command again:

    sudo apt install python3-venv"""

OFFLINE = """The packages that riskmc needs could not be fetched: no package index answered.
Connect this machine to the network, or point pip at your organisation's package index
(pip config set global.index-url ADDRESS), then run this command again. Nothing has to be undone."""

NOT_INSTALLED = """The packages that riskmc needs could not be installed; pip says why above.
Put that right and run this command again. Nothing has to be undone."""

SIGNS_OF_NO_NETWORK = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Connection refused",
    "ConnectTimeout",
    "Read timed out",
    "getaddrinfo failed",
    "Network is unreachable",
    "Cannot connect to proxy",
)


class Stop(Exception):
    """A set-up step failed; the text says what to do about it."""


def main(arguments: list[str]) -> int:
    """Return the exit code of the command named by the first argument: 0, or that of the first step that failed."""
    commands = {"demo": demo, "test": test, "lint": lint, "bench": bench}
    if not arguments or arguments[0] not in commands:
        print(USAGE)
        return 0 if arguments in (["-h"], ["--help"], ["help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def demo(options: list[str]) -> int:
    """Return the exit code of a forecast of the bundled program; its page and pictures stay in a folder."""
    prepare("")
    SHOWN.mkdir(exist_ok=True)
    page, pictures = SHOWN / "page.html", SHOWN / "pictures"
    left = ["--html", str(page), "--plots", str(pictures)]
    code = run([("forecasting " + DEMO, ["-m", "riskmc", "forecast", DEMO, *left, *options])])
    if not code:
        print(f"== the page:     {page}\n== the pictures: {pictures}")
    return code


def test(options: list[str]) -> int:
    """Return the exit code of the first failing check, or of the tests."""
    prepare("dev")
    install_browser()
    kernels = ["-m", "riskmc", "crosscheck", CROSSCHECKED, "--iterations", "20", "--quiet"]  # else each worker compiles
    tests = ["-m", "pytest", "-n", "auto", "--dist", "loadfile", *options]
    return run_beside(("kernels, compiled once", kernels), checks()) or run([("tests", tests)])


def lint(options: list[str]) -> int:
    """Return the exit code of the first failing check."""
    if options:
        raise Stop(f"lint takes no options, got: {' '.join(options)}")
    prepare("dev")
    return run(checks())


def bench(options: list[str]) -> int:
    """Return the exit code of the benchmarks."""
    prepare("dev")
    return run([("benchmarks", ["-m", "benchmarks", *options])])


def checks() -> list[tuple[str, list[str]]]:
    """Return what is checked besides behaviour, as (name, arguments of Python)."""
    return [
        ("lint", ["-m", "ruff", "check", "."]),
        ("format", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("layers", ["-m", "pytest", "tests/test_layers.py"]),
    ]


def run(steps: list[tuple[str, list[str]]]) -> int:
    """Return 0, or the exit code of the first of ``steps`` that fails; a short line is printed before each."""
    for name, arguments in steps:
        print(f"== {name}", flush=True)
        code = subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment(), check=False).returncode
        if code:
            print(f"== {name} failed (exit code {code})", file=sys.stderr)
            return code
    return 0


def run_beside(aside: tuple[str, list[str]], steps: list[tuple[str, list[str]]]) -> int:
    """Return what ``run`` returns of ``steps``, else the exit code of the step ``aside``, which runs at the same time.

    What that one prints is shown where it fails. Where one of ``steps`` fails, it is ended.
    """
    name, arguments = aside
    print(f"== {name}, while the next steps run", flush=True)
    command, both = [str(PYTHON), *arguments], subprocess.STDOUT
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=both) as other:
        code = run(steps)
        if code:
            other.kill()
            return code
        said, _ = other.communicate()
    if other.returncode:
        print(f"{said.decode()}== {name} failed (exit code {other.returncode})", file=sys.stderr)
    return other.returncode


def environment() -> dict[str, str]:
    """Return the environment of every step: UTF-8 throughout, no paths from outside the project."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return {**kept, "PYTHONUTF8": "1"}


def prepare(extra: str) -> None:
    """Make ``.venv`` and install riskmc with ``extra`` into it, unless that has been done for these very files."""
    place, contents = wanted()
    installed = read_stamp()
    if not PYTHON.exists() or installed[:1] != [place]:
        make_venv()
        installed = []
    if installed[1:2] == [contents] and extra in installed[2:]:
        return
    install(extra)
    extras = {"", extra, *(installed[2:] if installed[1:2] == [contents] else [])}
    STAMP.write_text("\n".join([place, contents, *sorted(extras)]) + "\n", encoding="utf-8")


def wanted() -> tuple[str, str]:
    """Return what the environment must have been made for: (Python and folder, contents of the two files)."""
    place = f"{ROOT} {sys.version}"
    contents = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    return hashlib.sha256(place.encode()).hexdigest(), hashlib.sha256(contents).hexdigest()


def read_stamp() -> list[str]:
    """Return the lines left by the last complete installation: place, contents, extras; or nothing."""
    return STAMP.read_text(encoding="utf-8").split("\n")[:-1] if STAMP.exists() else []


def make_venv() -> None:
    """Make an empty ``.venv`` with pip in it."""
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop(NO_ENSUREPIP)
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Stop("The environment .venv must be made anew. Start this script with the Python outside .venv.")
    print("== making .venv", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Stop(f"The environment .venv could not be made: {error}") from error


def install(extra: str) -> None:
    """Install riskmc, editable, with the pinned versions; ``extra`` names optional dependencies or is empty."""
    print("== installing riskmc and what it needs (a minute or two, only when something changed)", flush=True)
    what = f".[{extra}]" if extra else "."
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--constraint", "constraints.txt", "--editable", what]
    done = subprocess.run(command, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise Stop(failure(done.stderr))


def install_browser() -> None:
    """Install what the tests of pages look through, where that asks nobody: as root on Debian. Else they may skip."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if shutil.which("chromium") or not is_root or not shutil.which("apt-get"):
        return
    print("== installing Chromium and Pango for the tests of pages (skipped where that fails)", flush=True)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def failure(messages: str) -> str:
    """Return in plain words what to do about a failed installation, from what pip printed."""
    return OFFLINE if any(sign in messages for sign in SIGNS_OF_NO_NETWORK) else NOT_INSTALLED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
