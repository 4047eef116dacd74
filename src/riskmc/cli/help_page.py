"""Help pages: what `riskmc COMMAND --help` shows: arguments, options by panel, examples; text of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from inspect import cleandoc
from textwrap import wrap
from typing import Any

from typer.core import TyperCommand

from riskmc.cli.examples import Example, examples_of
from riskmc.cli.panels import OWN, PANELS

_NAME = 27  # columns of an option and what it takes
_WIDTH = 78
_CHOICES = re.compile(r"\[(?P<words>[\w-]+(?:\|[\w-]+)+)\]")
_ASIDE = re.compile(r"\s*\[(?:default: .*|required)\]$")


class Command(TyperCommand):
    """A command of riskmc; its options stand under the headings of `panels`, its examples at the end."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of a command; for completion without a last option that still lacks its value."""
        unfinished = ctx.resilient_parsing and bool(args) and args[-1].startswith("-")
        return super().parse_args(ctx, args[:-1] if unfinished else args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return FILE and its like, then the options: the order of the examples."""
        names = [one.metavar or one.name.upper() for one in _arguments(self.get_params(ctx))]
        needed = [one.required for one in _arguments(self.get_params(ctx))]
        told = [name if must else f"[{name}]" for name, must in zip(names, needed, strict=True)]
        return [*told, "[OPTIONS]"]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write what the command is for, paragraph by paragraph."""
        for paragraph in cleandoc(self.help or "").split("\n\n"):
            lines = wrap(paragraph, min(formatter.width, _WIDTH) - 2)
            formatter.write("\n" + "".join(f"  {line}\n" for line in lines))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options under their headings."""
        found = self.get_params(ctx)
        arguments = [(one.metavar or one.name.upper(), one.help or "") for one in _arguments(found)]
        panels: dict[str, list[tuple[str, str]]] = {heading: [] for heading in PANELS}
        for one in found:
            record = None if one.param_type_name == "argument" else one.get_help_record(ctx)
            if record is not None:
                panels.setdefault(getattr(one, "rich_help_panel", None) or OWN, []).append(_row(one, *record))
        for heading, rows in {"Arguments": arguments, **panels}.items():
            write_rows(formatter, heading, rows)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the examples."""
        write_examples(formatter, examples_of(self.name or ""))


def write_rows(formatter: Any, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    """Write names and what they mean in two columns; nothing where there are none."""
    told = list(rows)
    if not told:
        return
    with formatter.section(heading):
        for name, meaning in told:
            formatter.write(_lines(name, meaning, formatter.width))


def write_examples(formatter: Any, examples: Iterable[Example]) -> None:
    """Write each example as it is typed, with what it does below."""
    shown = list(examples)
    if not shown:
        return
    with formatter.section("Examples"):
        for one in shown:
            formatter.write(f"  {one.line}\n      {one.does}\n")


def _arguments(found: Iterable[Any]) -> list[Any]:
    return [one for one in found if one.param_type_name == "argument" and not getattr(one, "hidden", False)]


def _row(option: Any, name: str, meaning: str) -> tuple[str, str]:
    """Return the row of an option; words to choose from that are too long for their column stand in the meaning."""
    found = _CHOICES.search(name)
    if found is None or len(name) <= _NAME:
        return name, meaning
    aside = _ASIDE.search(meaning)
    said = meaning[: aside.start()] if aside else meaning
    words = found["words"].replace("|", ", ")
    return f"{option.opts[0]} WORD", f"{said} One of {words}.{aside[0] if aside else ''}"


def _lines(name: str, meaning: str, width: int) -> str:
    """Return a row as lines; an aside such as [default: 1] is never broken."""
    kept = re.sub(r"\[default: [^\]]{1,36}\]", lambda aside: aside[0].replace(" ", "\0"), meaning)
    lines = wrap(kept, min(width, _WIDTH) - _NAME - 4, break_on_hyphens=False, break_long_words=False) or [""]
    first = f"  {name:<{_NAME}}" if len(name) <= _NAME else f"  {name}\n{'':{_NAME + 2}}"
    told = f"\n{'':{_NAME + 4}}".join(lines).replace("\0", " ")
    return f"{first}  {told}".rstrip() + "\n"
