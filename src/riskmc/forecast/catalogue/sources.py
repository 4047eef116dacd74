"""Texts of the sources: every literal of `said`, `counted`, `marked` and `phrase`, in Python and in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
_SKIPPED = {"catalogue", "language.py"}
_IN_TEMPLATE = re.compile(r"""said\(\s*(?P<quote>["'])(?P<text>.*?)(?<!\\)(?P=quote)""")
_SPEAKS = "from riskmc.forecast.language import"
_FORMS = {"said": 1, "marked": 1, "phrase": 1, "counted": 2, "phrases": 2}
_ALSO = (("{amount}k",), ("{amount}M",))  # made of a suffix, by `LocaleFormats.scaled`


@dataclass(frozen=True, order=True)
class Text:
    """One text, in one or two forms, and the file in which it is said."""

    forms: tuple[str, ...]
    file: str


def texts(package: Path = PACKAGE) -> list[Text]:
    """Return every text that a report may say, each once, by the first file that says it; files in their order."""
    found: dict[tuple[str, ...], str] = dict.fromkeys(_ALSO, "forecast/language_locale.py")
    for path in sorted(package.rglob("*.py")):
        if not _SKIPPED & {*path.relative_to(package).parts}:
            for forms in _said(path.read_text(encoding="utf-8")):
                found.setdefault(forms, path.relative_to(package).as_posix())
    for path in sorted(package.rglob("*.j2")):
        for match in _IN_TEMPLATE.finditer(path.read_text(encoding="utf-8")):
            found.setdefault((match["text"],), path.relative_to(package).as_posix())
    return [Text(forms, file) for forms, file in _once(found).items()]


def _once(found: dict[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Return the texts without those that are the singular of a counted text: gettext holds them under that."""
    counted = {forms[0] for forms in found if len(forms) > 1}
    return {forms: file for forms, file in found.items() if len(forms) > 1 or forms[0] not in counted}


def _said(source: str) -> Iterator[tuple[str, ...]]:
    """Yield the forms of every text in one source; ValueError for one that is not a literal."""
    if _SPEAKS not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FORMS:
            forms = [_literal(argument) for argument in node.args[: _FORMS[node.func.id]]]
            if all(form is not None for form in forms):
                yield tuple(form for form in forms if form)
            elif node.func.id == "marked" or any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                raise ValueError(f"line {node.lineno}: {node.func.id} takes a text as it is, without an f before it")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
