"""Usage told plainly: a wrong option or command in the house's form: its name, the rule, the value that was shown."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path
from shlex import quote
from typing import Any

import typer
from typer.core import TyperGroup

from riskmc.cli.endings import EVERY_INPUT
from riskmc.cli.examples import examples_of
from riskmc.cli.help_page import write_examples
from riskmc.cli.terminal import say
from riskmc.errors import nearest

# typer has click's exceptions under its own name since 0.25; this is the one below BadParameter in either.
UsageError: Any = typer.BadParameter.__mro__[1]
_WHOLE = re.compile(r"[+-]?\d{1,40}")
_GROUPED = re.compile(r"(?<=\d)[,_' ](?=\d{3})")
_SHORT = re.compile(r"(\d{1,15}(?:\.\d{1,9})?)(?:e(\d))?([km])?")
_SURPLUS = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
_OTHER_KINDS = (".pdf", ".pptx", ".docx", ".md")
_LEVEL = re.compile(r"[Pp](\d{1,2}(?:\.\d{1,6})?)")


class Commands(TyperGroup):
    """The commands of riskmc; what is wrong with the words of one is said in a sentence, with exit code 2."""

    def main(
        self, args: Any = None, prog_name: Any = None, *more: Any, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run a command; leave with its exit code, unless asked not to."""
        extra["standalone_mode"] = False
        if not standalone_mode:
            return super().main(args, prog_name, *more, **extra)
        words = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(args, prog_name, *more, **extra)
        except UsageError as error:
            if "NoArgs" in type(error).__name__:
                say(f"{error.ctx.get_help()}\n", sys.stderr)
                sys.exit(2)
            say(f"{usage_text(error, self, words)}\n", sys.stderr)
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

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the examples of the command line as a whole."""
        write_examples(formatter, examples_of(""))


def usage_text(error: Any, commands: Any, words: Sequence[str]) -> str:
    """Return what is wrong with the words of a command, and where its help stands.

    ``words`` are those that were typed after `riskmc`; ``commands`` the group that reads them.
    """
    called = commands.commands.get(words[0]) if words else None
    command = "riskmc" if called is None else f"riskmc {called.name}"
    message = str(error.message).rstrip(".")
    if called is None and message.startswith("No such command"):
        told = _unknown_command(words, list(commands.commands))
    elif called is None:
        told = _told(error, command, message)
    else:
        told = _unvalued(called, words, command) or _surplus(called, message, command) or _told(error, command, message)
    return f"{told} (see {command} --help)"


def _told(error: Any, command: str, message: str) -> str:
    """Return what is wrong with an option or an argument, by its name."""
    parameter = getattr(error, "param", None)
    if parameter is None or message.startswith(("-", f"{parameter.metavar}:")):
        meant = getattr(error, "possibilities", None)
        return f"{message}; did you mean {meant[0]}?" if meant else message
    name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar or parameter.opts[0]
    needed = [_typed(one) for one in error.ctx.command.params if one.required]
    return f"{name}: {message}" if message else f"{name} is missing: {' '.join([command, *needed])}"


def _typed(parameter: Any) -> str:
    """Return how a parameter is typed: ``FILE``, or ``--reference TABLE``."""
    takes = parameter.metavar or parameter.name.upper()
    return f"{parameter.opts[0]} {takes}" if parameter.opts[0].startswith("-") else takes


def _unvalued(called: Any, words: Sequence[str], command: str) -> str:
    """Return the text for an option without its value, at the end or before another option; empty for none."""
    options = {name: one for one in called.params for name in one.opts if name.startswith("-")}
    for word, following in zip_longest(words, words[1:]):
        one = options.get(word)
        if one is not None and not one.is_flag and (following is None or following in options):
            found = "" if following is None else f", found {following}"
            return f"{word} needs a value{found}: {command} ... {_typed(one)}"
    return ""


def _surplus(called: Any, message: str, command: str) -> str:
    """Return the text for words that the command has no use for; empty for another message."""
    found = _SURPLUS.match(message)
    if found is None:
        return ""
    takes = [_typed(one) for one in called.params if one.param_type_name == "argument"]
    only = f"takes {' and '.join(takes)} alone" if takes else "takes no word"
    return f"{command} {only} besides options, found {found[1]} too; a name with spaces stands in quotes"


def _unknown_command(words: Sequence[str], known: Sequence[str]) -> str:
    """Return the text for a first word that is no command: often a file, with the command forgotten."""
    word, *others = words
    if word in ("help", "version"):
        wanted = [*[one for one in others[:1] if one in known], "--help"] if word == "help" else ["--version"]
        return f"there is no command {word!r}; did you mean: {_line(wanted)}?"
    if word.lower().endswith(EVERY_INPUT) or Path(word).exists():
        return f"{word} is a file, not a command; did you mean: {_line(['forecast', *words])}?"
    close = get_close_matches(word.lower().replace("_", "-"), known, n=1, cutoff=0.6)
    if close:
        return f"there is no command {word!r}; did you mean: {_line([*close, *others])}?"
    return f"there is no command {word!r}; commands: {', '.join(known)}"


def _line(words: Iterable[str]) -> str:
    """Return words as they are typed after `riskmc`."""
    return " ".join(["riskmc", *(quote(word) if " " in word else word for word in words)])


def page_file(option: str) -> Callable[[Any], str]:
    """Return the parser of an option's file for a page: refused where its ending promises another kind of report."""

    def parse(value: Any) -> str:
        if str(value).lower().endswith(_OTHER_KINDS):
            told = f"{option} writes a page: name a file ending in .html, got {value}"
            raise typer.BadParameter(f"{told}; other kinds are written by: riskmc report FILE -o {value}")
        return str(value)

    return parse


def whole(option: str, least: int, most: int | None = None) -> Callable[[Any], int]:
    """Return the parser of an option's whole number between ``least`` and ``most``."""
    limit = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"

    def parse(value: Any) -> int:
        text = str(value).strip()
        if not _WHOLE.fullmatch(text) or int(text) < least or (most is not None and int(text) > most):
            raise typer.BadParameter(f"{option}: a whole number, {limit}, got {text}{_plain_number(text)}")
        return int(text)

    return parse


def _plain_number(text: str) -> str:
    """Return ``"; did you mean 10000?"`` for 10k, 10,000, 10_000 or 1e4."""
    bare = _GROUPED.sub("", text.lower())
    found = None if _WHOLE.fullmatch(text) else _SHORT.fullmatch(bare)
    if found is None:
        return ""
    value = float(found[1]) * 10.0 ** int(found[2] or 0) * {"k": 1e3, "m": 1e6}.get(found[3], 1.0)
    return f"; did you mean {value:.0f}?" if value >= 1 and value.is_integer() else ""


def percentile(option: str) -> Callable[[Any], float]:
    """Return the parser of an option's percentile: 0.80, or P80."""

    def parse(value: Any) -> float:
        text = str(value).strip()
        named, bare = _LEVEL.fullmatch(text), text.removesuffix("%")
        try:
            share = float(named[1]) / 100 if named else float(bare)
        except ValueError:
            raise typer.BadParameter(f"{option}: a share such as 0.80, or P80, got {text}") from None
        if bare != text or not 0 < share < 1:
            hint = f"; did you mean {_share(share)}?" if (bare != text or share > 1) and 0 < share < 100 else ""
            raise typer.BadParameter(f"{option}: a share between 0 and 1, got {text}{hint}")
        return share

    return parse


def _share(percent: float) -> str:
    """Return 80 as ``0.80``, 97.5 as ``0.975``."""
    return f"{percent / 100:.2f}" if percent.is_integer() else f"{percent / 100:g}"


def word(option: str, *allowed: str) -> Callable[[Any], str]:
    """Return the parser of an option's one word out of those ``allowed``."""

    def parse(value: Any) -> str:
        if value not in allowed:
            raise typer.BadParameter(f"{option} is one of {', '.join(allowed)}, got {value!r}{nearest(value, allowed)}")
        return str(value)

    return parse
