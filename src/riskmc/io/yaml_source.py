"""YAML as an analyst's text: every scalar stays text, every place has a line, every fault is said in plain words.

Read with the C loader of PyYAML where it is there. Duplicate keys are caught. Commas inside parentheses, which YAML's
braces and brackets take for their own (``{duration: pert(15d, 20d, 40d)}``), are met with an explanation.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from riskmc.errors import InputError, Problem
from riskmc.io.yaml_faults import fault_of, unreadable_character
from riskmc.program.notation import BRACES_HINT, NUMBER_HINT
from riskmc.program.origin import Line
from riskmc.program.plain_words import Place, path_text

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

OVERRIDDEN = ("resolve", "descend_resolver", "ascend_resolver")
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
_DEEPEST = 40
_MOST_NODES = 5_000_000
_TOO_DEEP = "is nested too deeply to be a program (or an alias contains itself)"
_NESTING = re.compile(r"[\[{\]}]")
_NESTING_LIMIT = 5_000
_KEYS = {"program": "program: ..."}
_IDENTIFIER = re.compile(r"[\w-]+")
_BEFORE_COMMA = re.compile(r"[€$£]?\s*[+-]?\d{1,3}")
_AFTER_COMMA = re.compile(r"\d{1,3}(?:\.\d+)?\s*[A-Za-z%]*")


class Loader(_Base):  # type: ignore[misc]
    """PyYAML's loader without its guesses: every scalar is text, so no tags are resolved."""

    def resolve(self, kind: type[yaml.Node], *_: Any) -> str:
        """Return the one tag of a kind of node."""
        return _TAGS[kind]

    def descend_resolver(self, *_: Any) -> None:
        """Do nothing: no tag depends on its place."""

    def ascend_resolver(self) -> None:
        """Do nothing."""


def source(path: str | os.PathLike[str], kind: str = "program", first: str = "riskmc: 1") -> Source:
    """Return the YAML file at ``path``; InputError where it cannot be read as YAML with a mapping at its top.

    ``kind`` says what the file is to be, ``first`` with which line such a file may begin.
    """
    file = os.fspath(path)
    text = _decoded(file, _bytes(file))
    fault = unreadable_character(text)
    if fault is not None or _too_deep(text):
        raise InputError([Problem(file, *(fault or (1, "", f"the file {_TOO_DEEP}")))])
    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        line, message = fault_of(error, text)
        raise InputError([Problem(file, line, "", message)]) from None
    except RecursionError:
        raise InputError([Problem(file, 1, "", f"the file {_TOO_DEEP}")]) from None
    if root is None:
        raise InputError([Problem(file, 1, "", f"the file is empty; a {kind} file begins with `{first}`")])
    if not isinstance(root, yaml.MappingNode):
        found = "a list" if isinstance(root, yaml.SequenceNode) else "text"
        raise InputError(
            [Problem(file, 1, "", f"a {kind} file is a mapping (`{_KEYS.get(kind, first)}`), found {found}")]
        )
    return Source(file, root)


def _bytes(file: str) -> bytes:
    """Return the bytes of a file; InputError in plain words where that fails."""
    try:
        return Path(file).read_bytes()
    except FileNotFoundError:
        message = "there is no such file"
    except IsADirectoryError:
        message = "is a folder, not a file"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise InputError([Problem(file, 0, "", message)])


def _decoded(file: str, content: bytes) -> str:
    """Return the text of a file in UTF-8 (or UTF-16 with its mark)."""
    if content.startswith(b"PK\x03\x04"):
        raise InputError([Problem(file, 0, "", "is a zip or spreadsheet file, not the text of a program")])
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{content[error.start]:02X} is not UTF-8; save the file with the encoding UTF-8"
        raise InputError([Problem(file, line, "", message)]) from None


def _too_deep(text: str) -> bool:
    """Return True for a text nested so deeply that the C loader would run out of stack."""
    depth = deepest = 0
    for match in _NESTING.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    indents = (len(line) - len(line.lstrip(" -?")) for line in text.split("\n"))
    return deepest > _NESTING_LIMIT or max(indents, default=0) > _NESTING_LIMIT


class Source:
    """A YAML file as a tree of nodes: its data, the line of every place, and the faults of its form."""

    def __init__(self, file: str, root: yaml.MappingNode):
        self.file = file
        self.problems: list[Problem] = []
        self.taken_out: list[Place] = []
        self._root = root
        self._visited = 0
        self._clean(root, ())

    def plain(self) -> dict[str, Any]:
        """Return the data: mappings, lists and texts."""
        data: dict[str, Any] = _plain(self._root)
        return data

    def line(self, place: Place) -> int:
        """Return the line, from 1, of the deepest part of ``place`` that the file has; 0 where it has none of it."""
        line, node = 0, self._root
        for part in place:
            step = _step(node, part)
            if step is None:
                break
            line, node = step
        return line

    def lines(self) -> dict[Place, Line]:
        """Return the line, from 1, of every place of the file."""
        found: dict[Place, Line] = {}
        waiting: list[tuple[Place, Any]] = [((), self._root)]
        while waiting:
            place, node = waiting.pop()
            for part, line, inner in _parts(node):
                found[*place, part] = line
                waiting.append(((*place, part), inner))
        return found

    def problem(self, place: Place, message: str) -> Problem:
        """Return a fault at a place of this file."""
        return Problem(self.file, self.line(place), path_text(place), message)

    def take_out(self, places: Iterable[Place]) -> bool:
        """Take what stands at these places (or at the deepest part there is) out of the data; False if nothing does."""
        found = sorted({self._existing(place) for place in places} - {()}, key=_document_order, reverse=True)
        for place in found:  # later items first: the numbers of the earlier ones still hold
            trail = [self._root, *self._trail(place)]
            _remove(trail[-2], place[-1])
        self.taken_out += found
        return bool(found)

    def has_lost(self, place: Place) -> bool:
        """Return True where something at or below ``place`` was taken out, so that a fault there may follow from it."""
        return any(out[: len(place)] == place for out in self.taken_out)

    def _trail(self, place: Place) -> list[Any]:
        """Return the nodes on the way to ``place``, as far as there are any."""
        trail: list[Any] = []
        for part in place:
            step = _step(trail[-1] if trail else self._root, part)
            if step is None:
                break
            trail.append(step[1])
        return trail

    def _existing(self, place: Place) -> Place:
        """Return the deepest part of ``place`` that the file has."""
        return place[: len(self._trail(place))]

    def identifiers(self, place: Place) -> Iterator[tuple[str, int, bool]]:
        """Yield key, line, and whether the key can stand without quotes and does not, of the mapping at ``place``."""
        node = [self._root, *self._trail(place)][-1]
        if self._existing(place) == place and isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                yield key.value, key.start_mark.line + 1, not key.style and not _IDENTIFIER.fullmatch(key.value)

    def _fault(self, node: yaml.Node, place: Place, message: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, path_text(place), message))

    def _clean(self, node: yaml.Node, place: Place) -> None:
        """Report and repair what is wrong with the form below a node: keys said twice, broken parentheses, depth."""
        self._visited += 1
        if len(place) > _DEEPEST or self._visited > _MOST_NODES:
            self._fault(node, place[:4], _TOO_DEEP)
            raise InputError(self.problems)
        if isinstance(node, yaml.MappingNode):
            node.value = self._pairs(node, place)
            for key, value in node.value:
                if not isinstance(value, yaml.ScalarNode):
                    self._clean(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            node.value = self._items(node, place)
            for number, value in enumerate(node.value):
                if not isinstance(value, yaml.ScalarNode):
                    self._clean(value, (*place, number))

    def _pairs(self, node: yaml.MappingNode, place: Place) -> list[Any]:
        """Return the sound pairs of a mapping, having reported the others."""
        kept: list[Any] = []
        first: dict[str, int] = {}
        broken = ""
        for key, value in self._uncut(node, place) if node.flow_style else node.value:
            if broken:
                broken = "" if ")" in key.value else broken
                continue
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, place, "a key is one word, not a list or mapping")
            elif key.value in first:
                self._fault(key, (*place, key.value), f"is said twice; first on line {first[key.value]}")
            elif node.flow_style and _is_broken(value):
                broken = key.value
                self._fault(key, (*place, key.value), f"{value.value!r} is broken off: {BRACES_HINT}")
                self.taken_out.append((*place, key.value))
            else:
                first[key.value] = key.start_mark.line + 1
                kept.append((key, value))
        return kept

    def _uncut(self, node: yaml.MappingNode, place: Place) -> list[Any]:
        """Return the pairs of a mapping in braces without the numbers that a comma broke (1,200), having told them."""
        kept: list[Any] = []
        cut = False
        for key, value in node.value:
            rest = _is_rest(key, value)
            if cut and rest:
                continue
            cut = rest and bool(kept) and _is_cut(kept[-1][1])
            if cut:
                word, number = kept.pop()
                self._fault(word, (*place, word.value), f"'{number.value},{key.value}' is broken off: {NUMBER_HINT}")
                self.taken_out.append((*place, word.value))
            else:
                kept.append((key, value))
        return kept

    def _items(self, node: yaml.SequenceNode, place: Place) -> list[Any]:
        """Return the sound items of a list, having reported those that a comma broke."""
        kept: list[Any] = []
        broken = False
        for item in node.value:
            if broken:
                broken = not (isinstance(item, yaml.ScalarNode) and ")" in item.value)
            elif node.flow_style and _is_broken(item):
                broken = True
                self._fault(item, (*place, len(kept)), f"{item.value!r} is broken off: {BRACES_HINT}")
                self.taken_out.append((*place, len(kept)))
            else:
                kept.append(item)
        return kept


def _document_order(place: Place) -> list[tuple[int, str]]:
    """Return a key that sorts places like the numbers and words they are made of."""
    return [(part, "") if isinstance(part, int) else (0, part) for part in place]


def _is_broken(node: yaml.Node) -> bool:
    """Return True for an unquoted text with an open parenthesis."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value.count("(") > node.value.count(")")


def _is_cut(node: yaml.Node) -> bool:
    """Return True for an unquoted value that may be the beginning of a number, up to its comma: 1 of 1,200."""
    return isinstance(node, yaml.ScalarNode) and not node.style and bool(_BEFORE_COMMA.fullmatch(node.value))


def _is_rest(key: yaml.Node, value: yaml.Node) -> bool:
    """Return True for a key without a value that a comma in braces made of the end of a number: 200 of 1,200."""
    if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
        return False
    return not (key.style or value.style or value.value) and bool(_AFTER_COMMA.fullmatch(key.value))


def _plain(node: yaml.Node) -> Any:
    """Return the data of a node."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(item) for item in node.value]


def _step(node: Any, part: str | int) -> tuple[int, Any] | None:
    """Return the line and node one step further down, or None where there is none."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return _line(key, value), value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None


def _line(key: yaml.Node, value: yaml.Node) -> int:
    """Return the line, from 1, of one entry of a mapping: that of its value where it is text, else of its key."""
    inline = isinstance(value, yaml.ScalarNode) and value.value
    line: int = (value if inline else key).start_mark.line + 1
    return line


def _parts(node: Any) -> Iterator[tuple[str | int, int, Any]]:
    """Yield key (or number), line and node of everything right inside a node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, _line(key, value), value
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield number, value.start_mark.line + 1, value


def _remove(node: Any, part: str | int) -> None:
    """Take one entry or item out of a node."""
    if isinstance(node, yaml.MappingNode):
        node.value = [pair for pair in node.value if pair[0].value != str(part)]
    elif isinstance(part, int):
        del node.value[part]
