"""Documents that run: the answers printed in README.md and docs/ are made by the commands and the code above them.

Two conventions. In a ```console block the lines that begin with ``$ riskmc`` are run, and what follows each, up to
the next ``$`` line, is what it printed. A ```text block right after a ```python block is what the code printed; the
python blocks of one document share their names, and run at the top of the project; a block that begins with
```python shown is compiled only. A ```yaml or ```text block that names a file of the project holds that file.
``python tests/rendering.py`` writes all of it anew, with the ``expected.json`` of every bundled program and the
picture of the README; ``python tests/rendering.py docs/tutorial.md`` one document alone.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("models/*/README.md")])
PICTURE = ROOT / "docs" / "ferry-finish.svg"
MODELS = sorted(ROOT.glob("models/*/program.yaml"))
FENCE = re.compile(r"^```(?P<language>[a-z]*)(?P<note>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block of a document: its language, the word behind it, its text, and where the text stands."""

    language: str
    note: str
    body: str
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a document, in order."""
    for found in FENCE.finditer(text):
        yield Block(found["language"], found["note"].strip(), found["body"], found.start("body"), found.end("body"))


def rendered(text: str) -> str:
    """Return the document with every printed answer replaced by what is printed now."""
    names: dict[str, object] = {}
    parts: list[str] = []
    position, printed = 0, None
    for block in blocks(text):
        between = text[position : block.start]
        body, printed_before, printed = block.body, printed, None
        if block.language == "python" and block.note == "shown":
            compile(body, "<document>", "exec")
        elif block.language == "python":
            printed = printed_by(body, names)
        elif block.language == "console":
            body = transcript(body)
        elif block.note.startswith("docs/"):
            body = (ROOT / block.note).read_text(encoding="utf-8")
        elif block.language == "text" and printed_before is not None and between.split() == ["```", "```text"]:
            body = printed_before
        parts += [between, body]
        position = block.end
    return "".join([*parts, text[position:]])


def printed_by(source: str, names: dict[str, object]) -> str:
    """Return what a piece of Python prints, run at the top of the project with the names of the pieces before it."""
    out = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(out):
        exec(compile(source, "<document>", "exec"), names)
    return out.getvalue()


def transcript(body: str) -> str:
    """Return a console block with the answer of each ``riskmc`` command after it; other lines stay as they are."""
    lines, ours = [], False
    for line in body.splitlines():
        if line.startswith("$ "):
            ours = line.startswith("$ riskmc ")
            lines += [line, *(answer(line[2:]) if ours else [])]
        elif not ours:
            lines.append(line)
    return "\n".join(lines) + "\n"


def answer(command: str) -> list[str]:
    """Return the lines that a ``riskmc`` command prints in a terminal of 80 columns."""
    arguments = shlex.split(command, comments=True)[1:]
    terminal = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "riskmc", *arguments],
        cwd=ROOT, env=terminal, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stderr}")
    return [line.rstrip() for line in done.stdout.rstrip("\n").splitlines()]


def record(model: Path) -> str:
    """Return the JSON answer of a bundled program, as ``expected.json`` beside it holds it."""
    return "\n".join(answer(f"riskmc forecast {model.relative_to(ROOT).as_posix()} --json - --quiet")) + "\n"


def picture(path: Path) -> None:
    """Write the picture of the README: the S-curve of the program whose answer it prints."""
    import riskmc as rm

    rm.plot.write_svg(rm.plot.s_curve(rm.simulate(ROOT / "models" / "ferry" / "program.yaml").finish()), path)


def render(documents: Iterable[Path]) -> None:
    """Write the printed answers of these documents."""
    for document in documents:
        text = document.read_text(encoding="utf-8")
        document.write_text(rendered(text), encoding="utf-8")


def main() -> None:
    """Write the printed answers of all documents, the ``expected.json`` of all bundled programs and the picture."""
    picture(PICTURE)
    for model in MODELS:
        (model.parent / "expected.json").write_text(record(model), encoding="utf-8")
    render(DOCUMENTS)


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]]
    render(named) if named else main()
