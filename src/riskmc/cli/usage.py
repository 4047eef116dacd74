"""Usage told plainly: a wrong option or command in the house's form: its name, the rule, the value that was shown."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from riskmc.cli.terminal import say
from riskmc.errors import nearest

# typer has click's exceptions under its own name since 0.25; this is the one below BadParameter in either.
UsageError: Any = typer.BadParameter.__mro__[1]
_WHOLE = re.compile(r"[+-]?\d{1,40}")
_LEVEL = re.compile(r"[Pp](\d{1,2}(?:\.\d{1,6})?)")
_FILES = (".yaml", ".yml", ".xer", ".xml", ".xlsx", ".xlsm", ".csv", ".sm", ".mm", ".rcp", ".mpp", ".mpx")


class Commands(TyperGroup):
    """The commands of riskmc; what is wrong with the words of one is said in a sentence, with exit code 2."""

    def main(
        self, args: Any = None, prog_name: Any = None, *more: Any, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run a command; leave with its exit code, unless asked not to."""
        extra["standalone_mode"] = False
        if not standalone_mode:
            return super().main(args, prog_name, *more, **extra)
        try:
            code = super().main(args, prog_name, *more, **extra)
        except UsageError as error:
            if "NoArgs" in type(error).__name__:
                say(f"{error.ctx.get_help()}\n", sys.stderr)
                sys.exit(2)
            say(f"{usage_text(error)}\n", sys.stderr)
            sys.exit(error.exit_code)
        sys.exit(code or 0)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command is for, under its heading, in the order in which they were added."""
        width = max(map(len, self.commands))
        headings: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.commands[name]
            told = command.get_short_help_str(formatter.width - width)
            headings.setdefault(getattr(command, "rich_help_panel", None) or "Commands", []).append((name, told))
        for heading, rows in headings.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), told) for name, told in rows])


def usage_text(error: Any) -> str:
    """Return what is wrong with the words of a command, and where its help stands."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "riskmc"
    return f"{_told(error, command)} (see {command} --help)"


def _told(error: Any, command: str) -> str:
    message, parameter = str(error.message).rstrip("."), getattr(error, "param", None)
    if message.startswith("No such command"):
        return _unknown_command(message.split("'")[1], error)
    if parameter is None or message.startswith(("-", f"{parameter.metavar}:")):
        meant = getattr(error, "possibilities", None)
        return f"{message}; did you mean {meant[0]}?" if meant else message
    name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar or parameter.opts[0]
    return f"{name}: {message}" if message else f"{name} is missing: {command} {name}"


def _unknown_command(word: str, error: Any) -> str:
    """Return the text for a first word that is no command: often a file, with the command forgotten."""
    if word.lower().endswith(_FILES) or Path(word).exists():
        return f"{word} is a file, not a command; did you mean: riskmc forecast {word}?"
    known = list(error.ctx.command.commands)
    return f"there is no command {word!r}{nearest(word, known)}; commands: {', '.join(known)}"


def whole(option: str, least: int, most: int | None = None) -> Callable[[Any], int]:
    """Return the parser of an option's whole number between ``least`` and ``most``."""
    limit = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"

    def parse(value: Any) -> int:
        text = str(value).strip()
        if not _WHOLE.fullmatch(text) or int(text) < least or (most is not None and int(text) > most):
            raise typer.BadParameter(f"{option}: a whole number, {limit}, got {text}")
        return int(text)

    return parse


def percentile(option: str) -> Callable[[Any], float]:
    """Return the parser of an option's percentile: 0.80, or P80."""

    def parse(value: Any) -> float:
        text = str(value).strip()
        named = _LEVEL.fullmatch(text)
        try:
            share = float(named[1]) / 100 if named else float(text)
        except ValueError:
            raise typer.BadParameter(f"{option}: a share such as 0.80, or P80, got {text}") from None
        if not 0 < share < 1:
            hint = f"; did you mean {share / 100:.2f}?" if 1 < share < 100 else ""
            raise typer.BadParameter(f"{option}: a share between 0 and 1, got {text}{hint}")
        return share

    return parse


def word(option: str, *allowed: str) -> Callable[[Any], str]:
    """Return the parser of an option's one word out of those ``allowed``."""

    def parse(value: Any) -> str:
        if value not in allowed:
            raise typer.BadParameter(f"{option} is one of {', '.join(allowed)}, got {value!r}{nearest(value, allowed)}")
        return str(value)

    return parse
