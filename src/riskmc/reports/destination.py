"""Destinations: a result file is written whole or not at all, and `-` is standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from riskmc.errors import ArgumentError

STANDARD_OUTPUT = "-"


def check_destination(where: str, *sources: object) -> None:
    """Refuse a file that could not be written, or is one of the files that are read, before any work is done for it."""
    if where == STANDARD_OUTPUT:
        return
    if any(_same(where, source) for source in sources):
        raise ArgumentError(f"cannot write {where}: it is the file that is read; name another one")
    path = Path(os.path.realpath(where))
    if path.is_dir():
        raise ArgumentError(f"cannot write {where}: it is a folder; name a file in it, or - for standard output")
    if not path.parent.is_dir():
        raise ArgumentError(f"cannot write {where}: there is no folder {path.parent}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ArgumentError(f"cannot write {where}: no permission")


def _same(where: str, source: object) -> bool:
    """Return whether a file that is there and a source, if that is a path at all, are one file."""
    if not isinstance(source, str | os.PathLike):
        return False
    return Path(where).exists() and Path(source).exists() and os.path.samefile(where, source)


def check_folder(where: str) -> None:
    """Refuse a folder that is neither there nor could be made, before any work is done for what goes into it."""
    path = Path(os.path.realpath(where))
    if path.exists() and not path.is_dir():
        raise ArgumentError(f"cannot write into {where}: it is a file; name a folder")
    if not path.parent.is_dir():
        why = f"{path.parent} is a file" if path.parent.exists() else f"there is no folder {path.parent}"
        raise ArgumentError(f"cannot make {where}: {why}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ArgumentError(f"cannot write into {where}: no permission")


def write_whole(text: str | bytes, where: str) -> None:
    """Write text (as UTF-8) or bytes to the file ``where``: a reader sees the old file or the new one, never a part."""
    content = text.encode("utf-8") if isinstance(text, str) else text
    if where == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = Path(os.path.realpath(where))
    try:
        _replace(path, content) if path.is_file() or not path.exists() else path.write_bytes(content)
    except OSError as error:
        raise ArgumentError(f"cannot write {where}: {error.strerror}") from None


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
