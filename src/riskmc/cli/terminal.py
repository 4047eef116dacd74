"""Terminal: text in whatever encoding it has, colour only where it is wanted, a progress bar above two seconds."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 2.0  # seconds before a progress bar appears
_PLAINER = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2026": "~", "\u00b7": "-", "\u00b1": "+-"})


def say(text: str, stream: TextIO) -> None:
    """Write ``text`` to ``stream``, with plainer signs where its encoding lacks one (cp1252, ASCII)."""
    if not text:
        return
    stream.write(encodable(text, getattr(stream, "encoding", None) or "utf-8"))
    stream.flush()


def encodable(text: str, encoding: str) -> str:
    """Return ``text`` with every character that ``encoding`` lacks replaced by a plainer one, at last by `?`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_sign(character, encoding) for character in text)
    return text


def _sign(character: str, encoding: str) -> str:
    for sign in (character, character.translate(_PLAINER)):
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            continue
        return sign
    return "?"


def colourful(stream: TextIO) -> bool:
    """Return whether ``stream`` is a terminal that shows colours and has not been asked to leave them out."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and stream.isatty() and not _old_windows(stream)


def _old_windows(stream: TextIO) -> bool:
    if sys.platform != "win32":
        return False
    from rich.console import Console

    return Console(file=stream).legacy_windows


def silence(stream: TextIO) -> None:
    """Send what is still to be written to a closed pipe to nowhere, so that nothing complains at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())


class Progress:
    """Progress of a run on standard error: nothing for two seconds, then a bar, if standard error is a terminal."""

    def __init__(self, silent: bool = False, stream: TextIO | None = None):
        self._stream = stream or sys.stderr
        self._silent = silent
        self._shown = not silent and self._stream.isatty()
        self._since = monotonic()
        self._bar: Bar | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._silent = True

    def advance(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` iterations are made; any thread may call this."""
        if not self._shown or monotonic() - self._since < PATIENCE:
            return
        with self._lock:
            if self._bar is None:
                self._bar = _bar(self._stream, done, total)
            self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def part(self, place: int, parts: int) -> Callable[[int, int], None]:
        """Return what tells of run number ``place``, from 0, as a part of ``parts`` runs of as many iterations."""
        return lambda done, total: self.advance(place * total + done, parts * total)

    def notice(self, text: str) -> None:
        """Say one line about a wait, such as "compiling once, about 5 s"; any thread may call this."""
        with self._lock:
            if self._bar is not None:
                self._bar.console.print(text, markup=False)
            elif not self._silent:
                say(f"{text}\n", self._stream)

    def close(self) -> None:
        """Take the bar away, if there is one, and show no more."""
        with self._lock:
            self._shown = False
            if self._bar is not None:
                self._bar.stop()
                self._bar = None


def _bar(stream: TextIO, done: int, total: int) -> Bar:
    """Return a progress bar on ``stream``, started."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("simulating"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(file=stream), transient=True)
    bar.add_task("simulating", completed=done, total=total)
    bar.start()
    return bar
