"""Scenarios written into a program file: one more named entry, all else of the file as it was, comments included.

The new text is read back before anything is replaced: it must be the same program with the one scenario more.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import yaml

from riskmc.errors import ArgumentError, InputError
from riskmc.io.program_file import read, readable
from riskmc.io.yaml_source import Loader
from riskmc.io.yaml_text import WordPath, document, in_braces, key_text
from riskmc.program.program import Program
from riskmc.program.scenario import Scenario

SUFFIXES = (".yaml", ".yml")
_IDENTIFIER = re.compile(r"[A-Za-z_][\w-]*")
_SECTION = "scenarios"
_MARK = b"\xef\xbb\xbf"  # of UTF-8, as some editors write it


def scenario_text(name: str, scenario: Scenario) -> str:
    """Return a scenario as the program file says it: its name, and its changes indented below."""
    return document({name: _said(scenario)})


def with_scenario(text: str, name: str, scenario: Scenario) -> str:
    """Return the text of a program file with one more scenario; every other character stays as it is.

    Raises ArgumentError where the layout of the file leaves no place for it that a program can find.
    """
    break_ = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text.replace("\r\n", "\n"), Loader=Loader)
    plain = text.replace("\r\n", "\n")
    key, value = _section(root)
    if key is None:
        ended = plain if not plain or plain.endswith("\n") else plain + "\n"
        new = ended + f"\n{_SECTION}:\n" + _indented(scenario_text(name, scenario), 2)
    elif isinstance(value, yaml.MappingNode) and value.value and not value.flow_style:
        last = value.value[-1][1]
        at, pad = _end(plain, last), value.value[0][0].start_mark.column
        head = plain[:at] if plain[:at].endswith("\n") else plain[:at] + "\n"
        new = head + _indented(scenario_text(name, scenario), pad) + plain[at:]
    elif isinstance(value, yaml.MappingNode) and value.flow_style:
        at = value.value[-1][1].end_mark.index if value.value else value.start_mark.index + 1
        said = f"{', ' if value.value else ''}{key_text(name)}: {in_braces(_said(scenario))}"
        new = plain[:at] + said + plain[at:]
    else:
        at = plain.find("\n", key.end_mark.index)
        cut = len(plain) if at < 0 else at + 1
        head = plain[:cut] if at >= 0 else plain + "\n"
        new = head + _indented(scenario_text(name, scenario), 2) + plain[cut:]
    return new.replace("\n", break_)


def add_scenario(file: str | os.PathLike[str], name: str, scenario: Scenario, program: Program) -> None:
    """Write a scenario into the program file from which ``program`` was read; whole, or not at all.

    Raises ArgumentError for a file of another kind, a name that is taken or is no identifier, a file that has changed
    since it was read, and a layout that cannot be added to.
    """
    path = Path(os.path.realpath(file))
    check_name(name, program)
    if path.suffix.lower() not in SUFFIXES:
        raise ArgumentError(f"{file} is no program file (.yaml): make one that lies over it, `plan: {path.name}`")
    content = path.read_bytes()
    text = _decoded(content, file)
    if _read(path) != program:
        raise ArgumentError(f"{file} has changed since it was read; open it again, then keep the scenario")
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        mark = _MARK if content.startswith(_MARK) else b""
        part.write_bytes(mark + with_scenario(text, name, scenario).encode("utf-8"))
        _check(part, file, program.but(scenarios={**program.scenarios, name: scenario}))
        part.chmod(path.stat().st_mode)
        part.replace(path)
    except OSError as error:
        raise ArgumentError(f"cannot write {file}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def check_name(name: str, program: Program) -> None:
    """Refuse a name that is no identifier, or that a scenario of the program has."""
    if not isinstance(name, str) or not _IDENTIFIER.fullmatch(name):
        rule = "a name of a scenario is letters, digits, _ and -, beginning with a letter"
        raise ArgumentError(f"{rule}, got {str(name)[:60]!r}")
    if name in program.scenarios:
        raise ArgumentError(f"scenario {name!r} is there already; choose another name")


def _said(scenario: Scenario) -> Any:
    said = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {word: _by_path(part) if word == "set" else readable(part) for word, part in said.items()}


def _by_path(changes: dict[str, Any]) -> dict[str, Any]:
    return {WordPath(path): said for path, said in changes.items()}


def _section(root: Any) -> tuple[Any, Any]:
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == _SECTION), (None, None))


def _end(text: str, node: Any) -> int:
    """Return where the line ends on which a node's own text ends: before comments and blank lines that follow."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    body = len(text[: node.end_mark.index].rstrip())
    end = text.find("\n", body)
    return len(text) if end < 0 else end + 1


def _indented(text: str, columns: int) -> str:
    pad = " " * columns
    return "".join(f"{pad}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _decoded(content: bytes, file: object) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArgumentError(f"{file} is not in UTF-8; save it so, then keep the scenario") from None


def _read(path: Path) -> Program | None:
    try:
        return read(path)
    except InputError:
        return None


def _check(part: Path, file: object, wanted: Program) -> None:
    """Refuse to replace the file where the new text is not the same program with one scenario more."""
    if _read(part) != wanted:
        raise ArgumentError(f"{file} is laid out so that a scenario cannot be added safely; add its text by hand")
